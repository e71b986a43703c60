"""Digital signatures: they name who signed, where and why, and their certificate does too.

Finds every signature dictionary (ISO 32000-2, 12.8.1).

Leaves fields that are there to be signed.

Known to miss: what the certificate itself says.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import entry, text_of


def find_signatures(file: File) -> Iterator[Issue]:
    """One issue per signature."""
    for held in file.held:
        if "/ByteRange" in held.value and "/Contents" in held.value:
            said = [text_of(entry(held.value, key)) for key in ("/Name", "/Reason", "/Location", "/ContactInfo")]
            yield issue_with_text("signature", Place(what=held.what), " ".join(said))
