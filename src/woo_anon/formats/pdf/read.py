"""Reads a PDF: text in reading order, with the box of every character.

    bytes ──► guard ──► PDFium: glyphs of a page ──► layout: reading order ──► text and boxes

Only what stands on the pages is text; comments, form fields and metadata give hints at most.
"""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from woo_anon.document import Document, Page
from woo_anon.errors import UnreadableError
from woo_anon.formats.pdf.glyphs import Glyphs, read_glyphs
from woo_anon.formats.pdf.layout import IMPLIED_LINE_END, IMPLIED_SPACE, arrange

PAGE_BREAK = "\n"


def read(path: Path) -> Document:
    """Read a PDF into a Document whose every drawn character has its box (points, user space of the unrotated page).

    Raises UnreadableError when the file is missing, empty, broken or hostile; RefusedError when it needs a password, is
    signed, is an XFA form or a portfolio, or has a page whose text we cannot see.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path.name}: cannot be read ({error.strerror or 'input error'}).") from error
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"{path.name}: PDFium cannot open this PDF.", "Export it again.") from error
    try:
        text, pages = _read_pages(pdf)
    finally:
        pdf.close()
    return Document(path.name, "pdf", text, pages)


def _read_pages(pdf: Any) -> tuple[str, tuple[Page, ...]]:
    pieces: list[str] = []
    pages: list[Page] = []
    start = 0
    for index in range(len(pdf)):
        page = pdf[index]
        try:
            text, boxes = _page_text(page, last=index == len(pdf) - 1)
            width, height = _size(page)
            rotation = pdfium.FPDFPage_GetRotation(page.raw) * 90
        finally:
            page.close()
        pages.append(Page(index + 1, start, start + len(text), width, height, rotation, boxes))
        pieces.append(text)
        start += len(text)
    return "".join(pieces), tuple(pages)


def _page_text(page: Any, *, last: bool) -> tuple[str, array[float]]:
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    if not text_page:
        raise UnreadableError("PDFium cannot read the text of a page.", "Export the document again.")
    try:
        glyphs = read_glyphs(text_page)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return compose(glyphs, end="" if last else PAGE_BREAK)


def compose(glyphs: Glyphs, end: str = "") -> tuple[str, array[float]]:
    """Text of a page in reading order and four doubles a character, NaN where it is implied; `end` closes the page."""
    glyphs, order = arrange(glyphs)
    if not len(order):
        return "", array("d")
    codes = np.append(glyphs.codes, [ord("\n"), ord(" ")])  # IMPLIED_LINE_END is -2, IMPLIED_SPACE -1
    assert (IMPLIED_LINE_END, IMPLIED_SPACE) == (-2, -1)
    boxes = np.vstack([glyphs.boxes, np.full((2, 4), np.nan)])
    text = codes[order].astype("<u4").tobytes().decode("utf-32-le") + end
    places = array("d")
    places.frombytes(boxes[order].tobytes())
    places.extend([float("nan")] * (4 * len(end)))
    return text, places


def _size(page: Any) -> tuple[float, float]:
    """Width and height of the unrotated page in points."""
    width, height = page.get_width(), page.get_height()
    return (height, width) if pdfium.FPDFPage_GetRotation(page.raw) % 2 else (width, height)
