"""What stands in the way of text that is to move along its line: rules, frames, backgrounds, images.

All rectangles are in points, user space of the page, as PDFium places the objects of a page and of the forms on it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.boxes.columns import THIN_PT
from woo_anon.formats.pdf.content.matrix import IDENTITY, Matrix, apply, bounds, box_bounds, multiply
from woo_anon.geometry import Box

DEEPEST_FORM = 24
MOST_SEGMENTS = 20_000  # of all paths of a page; a chart or a map has more, and moving text over it is not tried


@dataclass
class Obstacles:
    """`shapes` are the subpaths of paths and whole shadings, `frames` those of them that may be the border of a cell,
    `fills` those that may be its ground, `images` the images. `crowded` when there was too much to look at. `clips` are
    pairs of a piece of text and what it is clipped to; PDFium does not tell them."""

    shapes: list[Box] = field(default_factory=list)
    frames: list[Box] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    clips: list[tuple[Box, Box]] = field(default_factory=list)
    segments: int = 0

    @property
    def crowded(self) -> bool:
        return self.segments > MOST_SEGMENTS


def obstacles_of(page: Any) -> Obstacles:
    """The obstacles on a page (PDFium handle)."""
    found = Obstacles()
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        _look(pdfium.FPDFPage_GetObject(page, at), IDENTITY, found, 0)
    return found


def _look(item: Any, outer: Matrix, found: Obstacles, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
        inner = multiply(_matrix(item), outer)
        for at in range(pdfium.FPDFFormObj_CountObjects(item)):
            _look(pdfium.FPDFFormObj_GetObject(item, at), inner, found, depth + 1)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _look_at_path(item, outer, found)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        found.images.append(_bounds(item, outer))
    elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
        found.shapes.append(_bounds(item, outer))


def _look_at_path(item: Any, outer: Matrix, found: Obstacles) -> None:
    count = max(pdfium.FPDFPath_CountSegments(item), 0)
    found.segments += count
    if found.crowded:
        return
    segments = (pdfium.FPDFPath_GetPathSegment(item, at) for at in range(count))
    shapes = list(_subpaths(segments, multiply(_matrix(item), outer)))
    found.shapes += shapes
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    for shape in shapes:
        is_line = not fill.value or min(shape.width, shape.height) < THIN_PT
        (found.frames if is_line else found.fills).append(shape)


def _subpaths(segments: Iterator[Any], matrix: Matrix) -> Iterator[Box]:
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for segment in segments:
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield bounds(points)
            points = []
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            points.append(apply(matrix, x.value, y.value))
    if points:
        yield bounds(points)


def _matrix(item: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _bounds(item: Any, outer: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return box_bounds(outer, Box(left.value, bottom.value, right.value, top.value))
