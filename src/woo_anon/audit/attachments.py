"""Files inside the file: embedded, associated, or hung on a page (ISO 32000-2, 7.11.4 and 14.13).

Finds every file specification that holds an embedded file, once, and portfolios.

Leaves references to files outside.

Known to miss: nothing of its kind; what an attachment holds is not audited.
"""

from __future__ import annotations

from collections.abc import Iterator

from pypdf.generic import StreamObject

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import data_of, entry, text_of


def find_attachments(file: File) -> Iterator[Issue]:
    """One issue per attached file."""
    seen: set[int] = set()
    for held in file.held:
        for key in ("/UF", "/F", "/DOS", "/Mac", "/Unix"):
            stream = entry(held.value, "/EF", key)
            if not isinstance(stream, StreamObject):
                continue
            if id(stream) not in seen:
                seen.add(id(stream))
                name = text_of(entry(held.value, "/UF")) or text_of(entry(held.value, "/F"))
                yield issue_with_text("attachment", Place(what=held.what), name, f"{len(data_of(stream))} bytes")
            break
