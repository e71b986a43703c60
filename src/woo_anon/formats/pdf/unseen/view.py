"""Pictures of a part of a page, with and without some of its objects."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.arrays import Floats, Pixels
from woo_anon.geometry import Box

SCALE = 2.0  # pixels a point: the stroke of 4 pt print is 0.7 of them wide
MOST_PIXELS = 16_000_000  # a larger page is drawn coarser
MARGIN_PT = 2.0


@dataclass(frozen=True)
class View:
    """A part of a page as drawn, before its rotation: `pixels` height×width×3, row 0 on top; `area` in points."""

    pixels: Pixels
    area: Box

    def window(self, box: Sequence[float]) -> tuple[slice, slice]:
        """The rows and columns that `box` (points) touches, one at least; empty outside the view."""
        height, width = self.pixels.shape[:2]
        across, down = width / self.area.width, height / self.area.height
        columns = _touched((box[0] - self.area.left) * across, (box[2] - self.area.left) * across)
        return _touched((self.area.top - box[3]) * down, (self.area.top - box[1]) * down), columns


def _touched(low: float, high: float) -> slice:
    first = math.floor(low)
    return slice(max(first, 0), max(math.ceil(high), first + 1, 0))


def around(boxes: Floats, page_area: Box) -> Box:
    """The part of the page around n×4 `boxes`."""
    left, bottom = boxes[:, :2].min(axis=0) - MARGIN_PT
    right, top = boxes[:, 2:].max(axis=0) + MARGIN_PT
    return Box(
        *np.clip((left, bottom), (page_area.left, page_area.bottom), (page_area.right, page_area.top)).tolist(),
        *np.clip((right, top), (page_area.left, page_area.bottom), (page_area.right, page_area.top)).tolist(),
    )


def drawn(page: Any, part: Box) -> View:
    """`part` of a pypdfium2 page as PDFium draws it, without form fields and comments."""
    area = Box(*page.get_bbox())
    scale = SCALE * min(1.0, math.sqrt(MOST_PIXELS / max(part.width * part.height * SCALE**2, 1.0)))
    # pypdfium2 cuts whole pixels from each side: the part grows to them.
    cut = [
        math.floor(points * scale) / scale
        for points in (part.left - area.left, part.bottom - area.bottom, area.right - part.right, area.top - part.top)
    ]
    bitmap = page.render(
        scale=scale,
        rotation=(360 - page.get_rotation()) % 360,
        crop=tuple(cut),
        draw_annots=False,
        may_draw_forms=False,
    )
    pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, :3].astype(np.int16)
    if pixels.shape[2] == 1:
        pixels = np.repeat(pixels, 3, axis=2)
    bitmap.close()
    exact = Box(area.left + cut[0], area.bottom + cut[1], area.right - cut[2], area.top - cut[3])
    return View(pixels, exact)


@contextmanager
def without(handles: Iterable[int]) -> Iterator[None]:
    """The objects with these PDFium handles are not drawn inside the with block."""
    objects = [ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT) for handle in handles]
    was = [_is_active(item) for item in objects]
    for item in objects:
        pdfium.FPDFPageObj_SetIsActive(item, 0)
    try:
        yield
    finally:
        for item, active in zip(objects, was, strict=True):
            pdfium.FPDFPageObj_SetIsActive(item, active)


def _is_active(item: Any) -> int:
    active = ctypes.c_int(1)
    pdfium.FPDFPageObj_GetIsActive(item, ctypes.byref(active))
    return active.value
