"""All checks of a written PDF, in the order in which the log lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from woo_anon.document import Check, Document, Redaction
from woo_anon.verify.pdf_objects import check_objects
from woo_anon.verify.pdf_pages import check_pages
from woo_anon.verify.strings import gone


def check_pdf(source: Path, target: Path, document: Document, redactions: Sequence[Redaction]) -> Iterator[Check]:
    """All checks on the PDF `target`."""
    strings = gone(document, redactions)
    data = target.read_bytes()
    yield check_revision(data)
    yield from check_objects(source, data, document, redactions, strings)
    yield from check_pages(source, data, document, redactions, strings)


def check_revision(data: bytes) -> Check:
    """One header at the start, one trailer at the end, nothing in front, behind or between."""
    ends = [len(re.findall(marker, data)) for marker in (rb"(?m)^%PDF-1|^%PDF-2", rb"(?m)^startxref", rb"(?m)^%%EOF")]
    single = ends == [1, 1, 1] and data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    return Check("one-revision", single, "" if single else f"headers, xrefs, ends: {ends}")
