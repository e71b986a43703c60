"""Marks for redaction and one document: whether it can have any, those that people left in it, and setting our own.

How they stand in files is `formats.pdf.marks`, what they say `policy.marked`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from woo_anon.document import Document, Redaction
from woo_anon.errors import RefusedError
from woo_anon.formats import recognise
from woo_anon.formats.access import Access
from woo_anon.mark import Mark
from woo_anon.record.marks import marks
from woo_anon.settings import Settings


def check(source: Path, settings: Settings) -> None:
    """Raise RefusedError when marks can be neither set in a document nor applied to it, as `settings` ask."""
    if (settings.marks or settings.from_marks) and not recognise(source).marks:
        raise RefusedError(
            f"{source.name}: marks for redaction can stand in a PDF only.",
            "Leave out --marks. With --from-marks, give the PDF or the image that was marked as INPUT.",
        )


def access(source: Path, settings: Settings) -> Access:
    """What the user allows and knows; the marks of a marked copy that is itself the document are taken out."""
    file = settings.from_marks
    marked = file is not None and file.exists() and source.samefile(file)
    keep_comments = settings.comments == "keep"
    return Access(settings.passwords, settings.accept_signed, settings.ocr, keep_comments=keep_comments, marked=marked)


def read(source: Path, document: Document, settings: Settings) -> tuple[Mark, ...] | None:
    """The marks that people left or set, for a document that was read; None when none are to be applied.

    Raises RefusedError and UnreadableError as `formats.pdf.marks.read`.
    """
    from woo_anon.formats.pdf.marks.read import read_marks

    file = settings.from_marks
    if file is None:
        return None
    return read_marks(file, source, _handled(source, document), replace(access(source, settings), marked=False))


def write(
    source: Path,
    document: Document,
    redactions: Iterable[Redaction],
    settings: Settings,
    *,
    staged: tuple[Path, Path],
    name: str,
) -> None:
    """Write a copy of the document, to be called `name`, in which what is to go is marked, and the marks as XFDF.

    Raises OutputError.
    """
    from woo_anon.formats.pdf.marks.read import digest, identity_of
    from woo_anon.formats.pdf.marks.write import write_marks

    content = source.read_bytes()
    identity = identity_of(content, source.name, access(source, settings)) or digest(content)
    of_scan = bool(document.recognised_pages)
    write_marks(_handled(source, document), *staged, marks(redactions), identity=identity, name=name, of_scan=of_scan)


def _handled(source: Path, document: Document) -> bytes:
    """The bytes of the PDF that is redacted: of the source, or the copy that was prepared of it."""
    return document.prepared.content if document.prepared is not None else source.read_bytes()
