"""Reads a PDF: text in reading order, with the box of every character.

    bytes ──► guard ──► prepare ──► PDFium: glyphs of a page ──► layout: reading order ──► text and boxes

Only what stands on the pages is text, filled-in form fields included; comments and metadata give hints at most.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from woo_anon.document import Box, Document, Page, Unseen
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import NO_ACCESS, Access
from woo_anon.formats.pdf.forms.comb import Combs, comb_fields, joined
from woo_anon.formats.pdf.opening.covers import check_covers, find_covers
from woo_anon.formats.pdf.opening.guard import EXPORT_AGAIN, opened
from woo_anon.formats.pdf.opening.prepare import prepare
from woo_anon.formats.pdf.reading.glyphs import Flags, Glyphs, read_glyphs
from woo_anon.formats.pdf.reading.hints import find_hints
from woo_anon.formats.pdf.reading.layout import arrange
from woo_anon.formats.pdf.reading.spoken import read_glyphs_not_marks
from woo_anon.formats.pdf.reading.unread import why_unread
from woo_anon.formats.pdf.reading.vertical import as_turned
from woo_anon.formats.pdf.unseen.removal import find_unseen
from woo_anon.formats.pdf.unseen.scene import read_scene

PAGE_BREAK = "\n"  # after the line end: an empty line


def read(path: Path, access: Access = NO_ACCESS) -> Document:
    """Read a PDF into a Document whose every drawn character has its box (points, user space of the unrotated page).

    Raises UnreadableError when the file is missing, empty, broken or hostile; RefusedError when it needs a password or
    is signed (unless `access` gives or accepts that), is an XFA form or a portfolio, or has a page whose text we cannot
    see, or on which a comment hides text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path.name}: cannot be read ({error.strerror or 'input error'}).") from error
    with opened(content, path.name, access) as structure:
        hints, count = find_hints(structure), len(structure.pages)
        combs, covers = comb_fields(structure), find_covers(structure)
        prepared = prepare(structure, path.name)
    if prepared is not None:
        content = prepared.content
    text, pages = _read_pages(content, path.name, count, combs)
    check_covers(content, path.name, covers)
    return Document(path.name, "pdf", text, pages, hints, prepared)


def _read_pages(content: bytes, name: str, count: int, combs: Combs) -> tuple[str, tuple[Page, ...]]:
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"{name}: this PDF is broken.", EXPORT_AGAIN) from error
    try:
        if len(pdf) != count:
            raise UnreadableError(f"{name}: pages of this PDF are missing.", EXPORT_AGAIN)
        pieces: list[str] = []
        pages: list[Page] = []
        start = 0
        for index in range(count):
            end = PAGE_BREAK if index < count - 1 else ""
            text, page = _read_page(pdf, index, start, name, combs=combs.get(index, ()), end=end)
            pieces.append(text)
            pages.append(page)
            start = page.end
    finally:
        pdf.close()
    return "".join(pieces), tuple(pages)


def _read_page(pdf: Any, index: int, start: int, name: str, *, combs: Sequence[Box], end: str) -> tuple[str, Page]:
    number = index + 1
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"{name}: page {number} is broken.", EXPORT_AGAIN) from error
    try:
        glyphs, hidden, unseen = _glyphs(page, number, name)
        width, height = page.get_width(), page.get_height()
        rotation = pdfium.FPDFPage_GetRotation(page.raw) * 90
        reason = why_unread(page.raw, glyphs.take(~hidden), width * height)
    finally:
        page.close()
    if reason:
        raise RefusedError(
            f"{name}: page {number} cannot be read: {reason}.", "Run OCR on the document first (for example OCRmyPDF)."
        )
    if rotation in (90, 270):
        width, height = height, width  # PDFium gives them as seen
    text, boxes = _composed(joined(glyphs, combs), hidden, end)
    return text, Page(number, start, start + len(text), width, height, rotation, boxes, unseen)


def _glyphs(page: Any, number: int, name: str) -> tuple[Glyphs, Flags, Unseen | None]:
    """The characters of a page, which of them nobody sees, and the same for the writer."""
    read_glyphs_not_marks(page.raw)
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    if not text_page:
        raise UnreadableError(f"{name}: the text of page {number} is broken.", EXPORT_AGAIN)
    try:
        glyphs, scene = read_glyphs(text_page), read_scene(page.raw)
        hidden, unseen = find_unseen(page, text_page, glyphs, scene)
        return as_turned(glyphs), hidden, unseen
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _composed(glyphs: Glyphs, hidden: Flags, end: str) -> tuple[str, array[float]]:
    """Text of a page with its boxes: what is seen, and behind it what nobody sees, which has no place to draw a box."""
    if not hidden.any():
        return compose(glyphs, end)
    text, boxes = compose(glyphs.take(~hidden))
    unseen, places = compose(glyphs.take(hidden), end)
    return text + unseen, boxes + array("d", [float("nan")] * len(places))


def compose(glyphs: Glyphs, end: str = "") -> tuple[str, array[float]]:
    """Text of a page in reading order and four doubles a character, NaN where it is implied; `end` closes the page."""
    glyphs, order = arrange(glyphs)
    # IMPLIED_LINE_END is -2 and IMPLIED_SPACE -1, so they find these two at the end of the arrays.
    codes = np.append(glyphs.codes, [ord("\n"), ord(" ")])
    boxes = np.vstack([glyphs.boxes, np.full((2, 4), np.nan)])
    text = codes[order].astype("<u4").tobytes().decode("utf-32-le") + end
    places = array("d", boxes[order].tobytes())
    places.extend([float("nan")] * (4 * len(end)))
    return text, places
