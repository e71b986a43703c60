"""Signatures drawn as lines and curves: paths that lie together and turn often.

Rules, frames, round corners and letters in outlines turn seldom: of a frame with round corners four steps run neither
along the page nor up it, of a letter some ten, of a signature nearly all.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from math import ceil
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.handwriting.cells import Area, groups
from woo_anon.formats.pdf.handwriting.strokes import CELL_PT, MOST_HIGH_PT, MOST_WIDE_PT, has_size
from woo_anon.formats.pdf.unseen.scene import Scene
from woo_anon.geometry import Box

LEAST_SLANTING = 24  # steps of a group
LEAST_SEGMENTS = 6  # of a path; a rectangle has five
MOST_SEGMENTS = 500  # of a path that are looked at
MOST_PATHS = 400  # a map or a chart draws more
THIN_PT = 1.0  # a rule is no thicker
UPRIGHT_PT = 0.05


@dataclass(frozen=True)
class _Path:
    """A path: where it lies (points, user space), and how many of its steps run neither along nor up."""

    box: Box
    slanting: int


def drawings(scene: Scene, area: Box) -> Iterator[Box]:
    """The groups of paths that may be handwriting: points, user space. `area` is the page."""
    paths = list(_paths(scene, area))
    if not paths:
        return
    cells = np.zeros((ceil(area.height / CELL_PT) + 1, ceil(area.width / CELL_PT) + 1), dtype=np.bool_)
    touched = [_cells(path.box, area) for path in paths]
    for cell in touched:
        cells[cell] = True
    for rows, columns in groups(cells):
        own = [
            path
            for path, (across, along) in zip(paths, touched, strict=True)
            if rows.start <= across.start < rows.stop and columns.start <= along.start < columns.stop
        ]
        box = reduce(Box.union, (path.box for path in own))
        if has_size(box.width, box.height) and sum(path.slanting for path in own) >= LEAST_SLANTING:
            yield box


def _paths(scene: Scene, area: Box) -> Iterator[_Path]:
    sides = scene.boxes[:, 2:] - scene.boxes[:, :2]
    likely = (scene.kinds == pdfium.FPDF_PAGEOBJ_PATH) & (sides > THIN_PT).all(axis=1)
    likely &= (sides < (MOST_WIDE_PT, MOST_HIGH_PT)).all(axis=1)
    due = np.flatnonzero(likely).tolist()
    if len(due) > MOST_PATHS:
        return
    for at in due:
        box = Box(*scene.boxes[at].tolist())
        slanting = _slanting(int(scene.handles[at])) if area.contains(box) else 0
        if slanting:
            yield _Path(box, slanting)


def _slanting(handle: int) -> int:
    path = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
    count = pdfium.FPDFPath_CountSegments(path)
    if count < LEAST_SEGMENTS:
        return 0
    points = np.array([_point(path, at) for at in range(min(count, MOST_SEGMENTS))])
    return int((np.abs(np.diff(points, axis=0)) > UPRIGHT_PT).all(axis=1).sum())


def _point(path: Any, at: int) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(path, at), x, y)
    return x.value, y.value


def _cells(box: Box, area: Box) -> Area:
    left, right = ((edge - area.left) / CELL_PT for edge in (box.left, box.right))
    bottom, top = ((edge - area.bottom) / CELL_PT for edge in (box.bottom, box.top))
    return slice(int(bottom), int(top) + 1), slice(int(left), int(right) + 1)
