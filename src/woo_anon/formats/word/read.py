"""Reads a Word document: what readers see in reading order, and behind it, as a further part, what they do not."""

from __future__ import annotations

from pathlib import Path

from woo_anon.document import Document, Page, Unseen
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import NO_ACCESS, Access
from woo_anon.formats.print_rows import NOT_READ
from woo_anon.formats.word.edition import open_edition
from woo_anon.formats.word.pictures import shows_print

LARGEST = 4_000_000  # characters, as of a text


def read(path: Path, access: Access = NO_ACCESS) -> Document:
    """Read a Word document. Page 1 is what readers see, the last one (if there are others) what they do not: deletions,
    hidden text, properties, the words of all other parts. Comments are with those; where they are to be kept they are a
    page of their own. No character has a box. Page 1 does not count as read when a picture shows print.

    Raises UnreadableError when the file is missing, broken or hostile, no Word document or without text; RefusedError
    when it holds macros, is protected with a password, too large, or signed (unless `access` accepts that).
    """
    edition = open_edition(path, access)
    text, seen = edition.text, edition.seen
    if len(text) > LARGEST:
        raise RefusedError(
            f"{path.name}: holds more than {LARGEST // 1_000_000} million characters.",
            "Split it and handle the parts.",
        )
    if not text[:seen].strip():
        raise UnreadableError(
            f"{path.name}: holds no text.", "A scan is read as PDF: save it as PDF and run OCR on it."
        )
    pages = [Page(1, 0, seen, doubt=NOT_READ if shows_print(edition) else None)]
    if access.keep_comments and edition.known > seen:
        pages.append(Page(2, seen, edition.known))
    if len(text) > pages[-1].end:
        pages.append(Page(len(pages) + 1, pages[-1].end, len(text), unseen=Unseen()))
    return Document(path.name, "word", text, tuple(pages), edition.hints, authors=edition.authors)
