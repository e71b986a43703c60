"""Reads the marks that people left or set: from a marked PDF, or from XFDF beside the document.

The marks take the place of what the machine proposes, so those of another document would lay bare everything: they
must be of the document that they are applied to, as far as the files tell.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.marks import xfdf
from woo_anon.formats.pdf.marks.annotations import OF_SCAN, OURS, marks_of
from woo_anon.formats.pdf.marks.places import Sheet, on_sheets, sheets
from woo_anon.formats.pdf.opening.guard import opened
from woo_anon.mark import Mark

_HEADER = re.compile(rb"%PDF-")
_RIGHT_FILE = "Give the copy that was marked, or the XFDF that was exported from it."


@dataclass(frozen=True)
class _Marked:
    """A file with marks. `pages` are those of a PDF. `ours`: we made it, so that it may hold no mark any more; and
    `of_scan`: of pages that OCR read."""

    marks: tuple[Mark, ...]
    identity: bytes | None = None
    pages: Sequence[Sheet] | None = None
    ours: bool = False
    of_scan: bool = False


def read_marks(file: Path, source: Path, handled: bytes, access: Access) -> tuple[Mark, ...]:
    """The marks in `file`, a marked PDF or XFDF, for the document `source`, which may be the same file.

    `handled` is the PDF that is redacted: the source, or what was prepared of it. Raises UnreadableError when the file
    is missing, broken or of another kind; RefusedError when it holds no mark, one that cannot be understood, or those
    of another document.
    """
    name = file.name
    content = _content(file)
    marked = _read_pdf(content, name, access) if _is_pdf(content) else _Marked(*xfdf.loads(content, name))
    if not marked.marks and not marked.ours:
        raise RefusedError(f"{name}: holds no marks for redaction.", _RIGHT_FILE)
    with pikepdf.open(io.BytesIO(handled), suppress_warnings=True) as pdf:
        pages = sheets(pdf)
    if file.samefile(source):
        _check_is_read(marked, name)
    else:
        _check_same(marked, identity_of(_content(source), source.name, access), pages, name)
    return tuple(on_sheets(marked.marks, pages, name))


def identity_of(content: bytes, name: str, access: Access) -> bytes | None:
    """What tells a document from others in the files made of it: the first identifier of a PDF (ISO 32000-2, 14.4),
    of an image a digest; None for a PDF that has none.

    Raises as the guard.
    """
    if not _is_pdf(content):
        return digest(content)
    with opened(content, name, access) as pdf:
        return _identifier(pdf)


def _is_pdf(content: bytes) -> bool:
    return bool(_HEADER.search(content, 0, 1029))


def digest(content: bytes) -> bytes:
    """An identifier for a file that has none: of 16 bytes, as those of PDFs are."""
    return hashlib.sha256(content).digest()[:16]


def _identifier(pdf: pikepdf.Pdf) -> bytes | None:
    identifiers = pdf.trailer.get("/ID")
    if isinstance(identifiers, pikepdf.Array) and len(identifiers) and isinstance(identifiers[0], pikepdf.String):
        return bytes(identifiers[0]) or None
    return None


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableError(
            f"{file.name}: cannot be read ({error.strerror or 'input error'}).", "Check the path and its permissions."
        ) from error


def _read_pdf(content: bytes, name: str, access: Access) -> _Marked:
    with opened(content, name, access) as pdf:
        ours = pdf.Root.get(OURS)
        return _Marked(marks_of(pdf, name), _identifier(pdf), sheets(pdf), ours is not None, ours == OF_SCAN)


def _check_is_read(marked: _Marked, name: str) -> None:
    """The text that OCR found stands in a copy like any other, and what it hardly read would no longer be told."""
    if marked.of_scan:
        raise RefusedError(f"{name}: is the marked copy of a scan.", "Give the scan itself as INPUT.")


def _check_same(marked: _Marked, identity: bytes | None, pages: Sequence[Sheet], name: str) -> None:
    same_id = identity is None or marked.identity is None or identity == marked.identity
    same_pages = marked.pages is None or (
        len(marked.pages) == len(pages) and all(one.like(two) for one, two in zip(marked.pages, pages, strict=True))
    )
    if not (same_id and same_pages):
        raise RefusedError(
            f"{name}: these marks are of another document, or of another version of it.",
            "Give the document that was marked; or a marked PDF alone, as --from-marks without INPUT.",
        )
