"""Earlier states of a file, which incremental saving leaves in it (ISO 32000-2, 7.5.6).

    %PDF-1.7 … startxref 9116 %%EOF │ … startxref 12034 %%EOF
    └───────── revision 1 ─────────┘
    └────────────────────── revision 2, what one sees ──────┘

Finds words that an earlier state shows, or says in properties and comments, and that the last one does not hold as
often (leak); tells of earlier states from which nothing was taken (note). Each state is read by cutting the file.

Leaves the first part of a linearised file, which is no state of its own.

Known to miss: pictures that were replaced; states of a file whose ends were removed (their objects are orphans).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator

import pypdf
import pypdfium2

from woo_anon.audit.file import File, page_texts
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import BROKEN, entry, items, text_of
from woo_anon.audit.words import words

MOST_REVISIONS = 40  # that are read; a form that is saved again and again may have more

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_TABLE = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")


def find_earlier_revisions(file: File) -> Iterator[Issue]:
    """One issue per earlier state."""
    ends = revision_ends(file.content)
    last = Counter[str]()
    for text in (*file.texts, *_beside(file.reader)):
        last += words(text)
    first = max(len(ends) - 1 - MOST_REVISIONS, 0)
    if first:
        yield Issue("not-checked", Place(what="revision 1"), detail=f"the oldest {first} of {len(ends)}")
    for number, end in enumerate(ends[first:-1], first + 1):
        place = Place(what=f"revision {number} of {len(ends)}")
        held = _read(file.content[:end])
        if held is None:
            yield Issue("not-checked", place, detail="cannot be read by itself")
            continue
        gone = held - last
        if gone:
            yield issue_with_text("earlier-revision", place, " ".join(gone), f"{sum(gone.values())} words")
        else:
            yield Issue("revisions", place)


def revision_ends(content: bytes) -> list[int]:
    """Where the states of a file end, in bytes, oldest first; markers that close no state are left out."""
    ends = []
    for found in _END.finditer(content):
        table = int(found[1])
        if 0 < table < found.start() and _TABLE.match(content, table):
            ends.append(found.end())
    return ends


def _read(content: bytes) -> Counter[str] | None:
    """The words of a state, on its pages and beside them; None when it cannot be read."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return None
    try:
        texts = page_texts(document)
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            reader.decrypt("")
        found = Counter[str]()
        for text in (*texts, *_beside(reader)):
            found += words(text)
        return found
    except (pypdfium2.PdfiumError, *BROKEN):
        return None
    finally:
        document.close()


def _beside(reader: pypdf.PdfReader) -> Iterator[str]:
    """What the properties and annotations of a state say."""
    info = entry(reader.trailer, "/Info")
    for key in list(info or ()):
        if not str(key).endswith("Date"):
            yield text_of(dict.__getitem__(info, key))
    for page in reader.pages:
        for annotation in items(page.get("/Annots")):
            yield from (text_of(entry(annotation, key)) for key in ("/Contents", "/T", "/V", "/RC"))
