"""Reads a PDF: text in reading order, with the box of every character.

    bytes ──► guard ──► prepare ──► PDFium: glyphs of a page ──► layout: reading order ──► text and boxes
                                        ▲    │ pages without text
                                        └── OCR

Only what stands on the pages is text, filled-in form fields included; comments and metadata give hints at most.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from woo_anon.document import Document, Page, Prepared, Unseen
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import NO_ACCESS, Access
from woo_anon.formats.pdf.arrays import Flags, Ints
from woo_anon.formats.pdf.forms.comb import Combs, comb_fields, joined
from woo_anon.formats.pdf.handwriting.find import find_drawn
from woo_anon.formats.pdf.marks.annotations import take_out_marks
from woo_anon.formats.pdf.opening.covers import check_covers, check_covers_of_pictures, find_covers
from woo_anon.formats.pdf.opening.guard import EXPORT_AGAIN, opened
from woo_anon.formats.pdf.opening.prepare import prepare
from woo_anon.formats.pdf.reading.accents import composed
from woo_anon.formats.pdf.reading.beside import find_beside
from woo_anon.formats.pdf.reading.glyphs import Glyphs, read_glyphs
from woo_anon.formats.pdf.reading.hints import find_hints
from woo_anon.formats.pdf.reading.layout import arrange
from woo_anon.formats.pdf.reading.spoken import read_glyphs_not_marks
from woo_anon.formats.pdf.reading.unread import NOWHERE, why_unread
from woo_anon.formats.pdf.reading.unread_drawings import unread_drawings
from woo_anon.formats.pdf.reading.unread_pictures import BESIDE, print_in_pictures
from woo_anon.formats.pdf.reading.vertical import as_turned
from woo_anon.formats.pdf.scans.due import Due, Scan, judged, recognised
from woo_anon.formats.pdf.scans.skew import straightened
from woo_anon.formats.pdf.scans.words import without_specks
from woo_anon.formats.pdf.unseen.pictures import may_hide_pictures
from woo_anon.formats.pdf.unseen.removal import find_unseen, of_seen_words
from woo_anon.formats.pdf.unseen.scene import Scene, read_scene
from woo_anon.formats.print_rows import NOT_READ
from woo_anon.geometry import Box

PAGE_BREAK = "\n"  # after the line end: an empty line


def read(path: Path, access: Access = NO_ACCESS, name: str = "") -> Document:
    """Read a PDF into a Document whose every drawn character has its box (points, user space of the unrotated page).

    `name` is that of the file of which the PDF was made, where it was.

    Pages whose text we cannot see are read by OCR. Raises UnreadableError when the file is missing, empty, broken or
    hostile; RefusedError when it needs a password or is signed (unless `access` gives or accepts that), is an XFA form
    or a portfolio, has a page that needs OCR where `access` allows none, or one on which a comment hides text;
    MissingError when the programs for OCR are missing.
    """
    name = name or path.name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{name}: cannot be read ({error.strerror or 'input error'}).") from error
    with opened(content, name, access) as structure:
        had_marks = access.marked and take_out_marks(structure)
        hints, beside, count = find_hints(structure), find_beside(structure), len(structure.pages)
        combs, covers, drawings = comb_fields(structure), find_covers(structure), unread_drawings(structure)
        prepared = prepare(structure, name, changed=had_marks)
    if prepared is not None:
        content = prepared.content
    check_covers(content, name, covers)
    found = _read_pages(content, name, count, combs, drawings=drawings)
    due, pages = found.due, found.pages
    if due:
        check_covers_of_pictures(content, name, covers, due)
        by_ocr = recognised(content, due, name, access)
        if by_ocr.words:
            prepared = Prepared(by_ocr.content, prepared.removed if prepared else ())
            scans = {number: Scan(words, due[number]) for number, words in by_ocr.words.items()}
            found = _read_pages(by_ocr.content, name, count, combs, scans=scans)
        pages = [replace(page, doubt=NOT_READ) if page.number in by_ocr.left else page for page in found.pages]
    return Document(name, "pdf", "".join(found.pieces), tuple(pages), hints, prepared, beside=beside)


@dataclass
class _Found:
    """What was read so far, and the pages, by number, that OCR is to read."""

    pieces: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    due: dict[int, Due] = field(default_factory=dict)


def _read_pages(
    content: bytes,
    name: str,
    count: int,
    combs: Combs,
    *,
    scans: Mapping[int, Scan] = MappingProxyType({}),
    drawings: Mapping[int, str] = MappingProxyType({}),
) -> _Found:
    """All pages; `scans` are those that OCR read, `drawings` those with tiles and masks that show something."""
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"{name}: this PDF is broken.", EXPORT_AGAIN) from error
    try:
        if len(pdf) != count:
            raise UnreadableError(f"{name}: pages of this PDF are missing.", EXPORT_AGAIN)
        found = _Found()
        for index in range(count):
            end = PAGE_BREAK if index < count - 1 else ""
            found.pages.append(
                _read_page(
                    pdf,
                    index,
                    name,
                    found,
                    combs=combs.get(index, ()),
                    end=end,
                    scan=scans.get(index + 1),
                    drawing=drawings.get(index + 1),
                )
            )
    finally:
        pdf.close()
    return found


def _read_page(
    pdf: Any,
    index: int,
    name: str,
    found: _Found,
    *,
    combs: Sequence[Box],
    end: str,
    scan: Scan | None,
    drawing: str | None,
) -> Page:
    """One page, which is added to what was `found`; `scan` is what OCR found on it, where it read it, `drawing` what
    its tiles and masks show."""
    number = index + 1
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(f"{name}: page {number} is broken.", EXPORT_AGAIN) from error
    try:
        glyphs, hidden, unseen, scene = _glyphs(page, number, name)
        reason = why_unread(page.raw, glyphs.take(~hidden), page.get_width() * page.get_height(), drawing)
        if reason is None and scan is None:
            reason = print_in_pictures(page, glyphs, scene)
        if reason == NOWHERE:
            raise RefusedError(
                f"{name}: page {number} cannot be read: {reason}.",
                "Print it to a new PDF in the program that made it.",
            )
        whole = scan is not None and scan.whole
        text, boxes, buried = _composed(joined(glyphs, combs), hidden, end, scanned=whole)
        unseen = replace(unseen, boxes=buried) if unseen else None
        start = found.pages[-1].end if found.pages else 0
        read = Page(number, start, start + len(text), *_size(page), page.get_rotation(), boxes, unseen)
        if scan is not None:
            read = judged(page, read, text, scan)
        if may_hide_pictures(scene, Box(*page.get_bbox())):
            read = replace(read, hides_pictures=True)
        if scan is not None or reason in {None, BESIDE}:
            words = scan.all_words(read, text, Box(*page.get_bbox())) if scan and whole else None
            read = replace(read, drawn=find_drawn(page, scene, read, text, words))
    finally:
        page.close()
    if reason:
        found.due[number] = Due.of(reason, has_text=len(glyphs) > 0)
    found.pieces.append(text)
    return read


def _size(page: Any) -> tuple[float, float]:
    """Width and height before rotation; PDFium gives them as seen."""
    width, height = page.get_width(), page.get_height()
    return (height, width) if page.get_rotation() in (90, 270) else (width, height)


def _glyphs(page: Any, number: int, name: str) -> tuple[Glyphs, Flags, Unseen | None, Scene]:
    """The characters of a page, which of them nobody sees, and the same for the writer; and all that it draws."""
    read_glyphs_not_marks(page.raw)
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    if not text_page:
        raise UnreadableError(f"{name}: the text of page {number} is broken.", EXPORT_AGAIN)
    try:
        glyphs, scene = read_glyphs(text_page), read_scene(page.raw)
        hidden, unseen = find_unseen(page, text_page, glyphs, scene)
        return as_turned(glyphs), hidden, unseen, scene
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _composed(glyphs: Glyphs, hidden: Flags, end: str, *, scanned: bool) -> tuple[str, array[float], array[float]]:
    """Text of a page with its boxes: what is seen, and behind it what nobody sees, which has no place to draw a box;
    those that it would have come third. A word of which a part is seen is read as a whole, for that part may tell it;
    the box is for that part."""
    cut_off = of_seen_words(glyphs, hidden)
    placeless, hidden = glyphs.indices[cut_off], hidden & ~cut_off
    if not hidden.any():
        return *compose(glyphs, end, scanned=scanned, placeless=placeless), array("d")
    text, boxes = compose(glyphs.take(~hidden), scanned=scanned, placeless=placeless)
    unseen, places = compose(glyphs.take(hidden), end)
    return text + unseen, boxes + array("d", [float("nan")] * len(places)), places


def compose(
    glyphs: Glyphs, end: str = "", *, scanned: bool = False, placeless: Ints | None = None
) -> tuple[str, array[float]]:
    """Text of a page in reading order and four doubles a character, NaN where it is implied; `end` closes the page.

    `scanned` pages may lie askew, and are in the order in which OCR read them. The glyphs with the indices `placeless`
    have no box either.
    """
    own = composed(glyphs)
    glyphs, order = arrange(straightened(own) if scanned else own, drawn=not scanned)
    if scanned:
        glyphs = own.take(np.isin(own.indices, glyphs.indices))
    # IMPLIED_LINE_END is -2 and IMPLIED_SPACE -1, so they find these two at the end of the arrays.
    codes = np.append(glyphs.codes, [ord("\n"), ord(" ")])
    boxes = np.vstack([glyphs.boxes, np.full((2, 4), np.nan)])
    if placeless is not None:
        boxes[:-2][np.isin(glyphs.indices, placeless)] = np.nan
    text = codes[order].astype("<u4").tobytes().decode("utf-32-le") + end
    if scanned:
        text = without_specks(text)
    places = array("d", boxes[order].tobytes())
    places.extend([float("nan")] * (4 * len(end)))
    return text, places
