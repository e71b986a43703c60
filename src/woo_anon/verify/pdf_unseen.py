"""Checks that a written PDF holds no text that its reader does not see, but for the text of scans.

Two looks, with nothing of the reader that found the text: where the document says that unseen text stood, no character
stands now; and on every page no text object is off the page, or in invisible mode at a place where the page shows
nothing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

from woo_anon.document import Check, Document
from woo_anon.verify.checks import check_none

SAME_PLACE_PT, SAME_START_PT = 0.3, 0.5
# Looser than the reader, for a point is a pixel here: what it took for a scan must not fail.
SHOWS = 24  # grey levels within a box
SHARE = 0.4  # of the width of the invisible texts
DEEPEST_FORM = 32

_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
Area = tuple[float, float, float, float]  # left, bottom, right, top in points


def check_unseen(after: Any, document: Document) -> Check:
    """No page of the pypdfium2 document `after` has text that nobody sees."""
    wrong = [page.number for page in document.pages if _has_unseen(after[page.number - 1], page.unseen)]
    return check_none("no-hidden-text", "pages", wrong)


def _has_unseen(page: Any, unseen: Any) -> bool:
    if unseen is not None and len(unseen.origins):
        places, starts = (np.array(each).reshape(-1, 2) for each in (unseen.origins, unseen.starts))
        if _stands_at(page, places, starts):
            return True
    left, bottom, right, top = page.get_bbox()
    invisible = []
    for (x1, y1, x2, y2), mode in _texts(page):
        if x1 >= right or x2 <= left or y1 >= top or y2 <= bottom:
            return True
        if mode in _INVISIBLE:
            invisible.append((x1, y1, x2, y2))
    return bool(invisible) and not _mostly_shown(page, invisible)


def _stands_at(page: Any, places: npt.NDArray[np.float64], starts: npt.NDArray[np.float64]) -> bool:
    """Whether a character stands at one of the places: one whose text starts there, where `starts` says where."""
    text_page = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    begun: dict[int, tuple[float, float]] = {}
    found = False
    for index in range(text_page.count_chars()):
        if raw.FPDFText_IsGenerated(text_page.raw, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
        owner = ctypes.cast(raw.FPDFText_GetTextObject(text_page.raw, index), ctypes.c_void_p).value or 0
        start = begun.setdefault(owner, (x.value, y.value))
        here = np.abs(places - (x.value, y.value)).max(axis=1) < SAME_PLACE_PT
        if (here & ~(np.abs(starts - start).max(axis=1) > SAME_START_PT)).any():
            found = True
            break
    text_page.close()
    return found


def _texts(page: Any) -> Iterator[tuple[Area, int]]:
    """The box and the rendering mode of every text object that is not blank."""
    objects: list[tuple[Any, tuple[pypdfium2.PdfMatrix, ...]]]
    objects = [(raw.FPDFPage_GetObject(page.raw, at), ()) for at in range(raw.FPDFPage_CountObjects(page.raw))]
    while objects:
        item, matrices = objects.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and len(matrices) < DEEPEST_FORM:
            inner = (_matrix(item), *matrices)
            count = max(raw.FPDFFormObj_CountObjects(item), 0)
            objects += [(raw.FPDFFormObj_GetObject(item, at), inner) for at in range(count)]
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            area = _bounds(item, matrices)
            if area[2] > area[0] and area[3] > area[1]:
                yield area, raw.FPDFTextObj_GetTextRenderMode(item)


def _matrix(form: Any) -> pypdfium2.PdfMatrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(form, matrix)
    return pypdfium2.PdfMatrix.from_raw(matrix)


def _bounds(item: Any, matrices: tuple[pypdfium2.PdfMatrix, ...]) -> Area:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *sides)
    area = tuple(side.value for side in sides)
    for matrix in matrices:
        area = matrix.on_rect(*area)
    return area  # type: ignore[return-value]


def _mostly_shown(page: Any, areas: list[Area]) -> bool:
    """Whether the page shows something at most of the invisible texts, by their width."""
    turn = (360 - page.get_rotation()) % 360
    bitmap = page.render(scale=1, rotation=turn, grayscale=True, draw_annots=False, may_draw_forms=False)
    pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0].astype(np.int16)
    left, bottom, right, top = page.get_bbox()
    across, down = pixels.shape[1] / (right - left), pixels.shape[0] / (top - bottom)
    shown = total = 0.0
    for x1, y1, x2, y2 in areas:
        part = pixels[
            max(int((top - y2) * down), 0) : int((top - y1) * down) + 1,
            max(int((x1 - left) * across), 0) : int((x2 - left) * across) + 1,
        ]
        total += x2 - x1
        if part.size and part.max() - part.min() >= SHOWS:
            shown += x2 - x1
    return shown >= SHARE * total
