"""Pages whose text we cannot see: scans, drawn letters, fonts that do not say what their glyphs mean."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.formats.pdf.reading.unread_drawings import TEXT, TURNED
from woo_anon.formats.pdf.reading.unread_words import are_unmapped, shows_unread_word

NOWHERE = "its text stands nowhere"  # PDFium does not draw it either, so OCR is of no use
NO_LETTERS = "its fonts do not say which letters they show"
FEW_LETTERS = 50  # a stamp, a page number, a running head
MOST_OF_A_PAGE = 0.5
MOST_UNMAPPED = 0.2  # bullets and logos of symbol fonts stay below it
DRAWN_CURVES = 400  # some thirty letters in outlines; a logo or a rounded frame has fewer
FRAME_SEGMENTS = 40  # a blank page may have a white background, a frame, some rules
DEEPEST_FORM = 8

Matrix = tuple[float, float, float, float]


@dataclass
class Drawn:
    """What a page draws besides text: images (and their area in points²), shadings, curves, all path segments, text
    that has no place."""

    images: int = 0
    image_area: float = 0.0
    shadings: int = 0
    curves: int = 0
    segments: int = 0
    nowhere: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.images or self.shadings or self.curves) and self.segments <= FRAME_SEGMENTS


def why_unread(page: Any, glyphs: Glyphs, area: float, drawing: str | None = None) -> str | None:
    """Why the text of a page (PDFium handle; `area` in points²) cannot be taken as read; None when it can. `drawing`
    is what its tiles and masks show."""
    visible = int(np.count_nonzero(glyphs.codes != 32))
    unmapped = int(np.count_nonzero(are_unmapped(glyphs.codes)))
    if (unmapped > MOST_UNMAPPED * visible and unmapped >= 10) or shows_unread_word(page, glyphs):
        return NO_LETTERS
    few = np.count_nonzero(_are_letters(glyphs.codes)) < FEW_LETTERS
    if drawing in {TEXT, TURNED} or (few and drawing):
        return drawing
    if not few:
        return None
    drawn = Drawn()
    _look_at_page(page, drawn)
    if not visible and not drawn.nothing:
        return "it shows a picture or a drawing and no text"
    if drawn.nowhere and not len(glyphs):
        return NOWHERE
    return _why_thin(drawn, area)


def _why_thin(drawn: Drawn, area: float) -> str | None:
    if drawn.image_area > MOST_OF_A_PAGE * area:
        return "it is a picture with hardly any text"
    if drawn.curves > DRAWN_CURVES:
        return "it is a drawing with hardly any text"
    return None


def _are_letters(codes: Any) -> Any:
    latin = ((codes | 32) >= ord("a")) & ((codes | 32) <= ord("z"))
    return latin | ((codes >= 0xC0) & (codes < 0xE000) & (codes >> 8 != 0x20) & (codes >> 8 != 0x25))


def _look_at_page(page: Any, drawn: Drawn) -> None:
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        _look(pdfium.FPDFPage_GetObject(page, at), drawn, (1, 0, 0, 1), 0)


def _look(item: Any, drawn: Drawn, matrix: Matrix, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
        inner = _times(_matrix(item), matrix)
        for at in range(pdfium.FPDFFormObj_CountObjects(item)):
            _look(pdfium.FPDFFormObj_GetObject(item, at), drawn, inner, depth + 1)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        a, b, c, d = _times(_matrix(item), matrix)
        drawn.images += 1
        drawn.image_area += abs(a * d - b * c)  # an image is the unit square, transformed
    elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
        drawn.nowhere += _is_nowhere(item)
    elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
        drawn.shadings += 1
    elif kind == pdfium.FPDF_PAGEOBJ_PATH and drawn.curves <= DRAWN_CURVES:
        _count_segments(item, drawn)


def _is_nowhere(text: Any) -> bool:
    """Whether PDFium gave up on placing a text: blanks have no extent either, but they have a place."""
    bounds = [ctypes.c_float() for _ in range(4)]
    return not pdfium.FPDFPageObj_GetBounds(text, *bounds) or not any(bound.value for bound in bounds)


def _count_segments(path: Any, drawn: Drawn) -> None:
    count = max(pdfium.FPDFPath_CountSegments(path), 0)
    kinds = [pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(path, at)) for at in range(count)]
    drawn.segments += count
    drawn.curves += kinds.count(pdfium.FPDF_SEGMENT_BEZIERTO) // 3  # PDFium counts control points too


def _matrix(item: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
        return (1, 0, 0, 1)
    return (m.a, m.b, m.c, m.d)


def _times(m: Matrix, n: Matrix) -> Matrix:
    """The linear part of doing m and then n (ISO 32000-2, 8.3.4)."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
    )
