"""Print in a picture that fills a page beside text of the page: a scan with a stamp or a running head put over it."""

from __future__ import annotations

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Floats
from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.formats.pdf.reading.unread import MOST_OF_A_PAGE
from woo_anon.formats.pdf.scans.ink import DARKER
from woo_anon.formats.pdf.unseen.view import View
from woo_anon.geometry import Box

LEAST_PAPER = 180  # grey level of what most of the page is; photos are darker
MOST_INK = 0.35  # share of the page
CELL_PT = 8.0
LEAST_CELLS = 40  # of ink beside the text: a line of print
MOST_BESIDE = 0.5  # of the cells with ink, and no text in them


def fill_page(pictures: Floats, area: Box) -> bool:
    """Whether `pictures` (n×4, points) fill the most of a page."""
    sides = pictures[:, 2:] - pictures[:, :2]
    return float(np.prod(sides, axis=1).sum()) > MOST_OF_A_PAGE * area.width * area.height


def is_unread(view: View, glyphs: Glyphs) -> bool:
    """Whether a page that pictures fill, in a `view` without its text, shows print of which `glyphs`, seen or unseen,
    do not say the most."""
    area = view.area
    ink = _cells_with_ink(view)
    if ink is None:
        return False
    beside = ink & ~_cells_with_text(glyphs.boxes, area, ink.shape)
    return bool(beside.sum() >= LEAST_CELLS and beside.sum() > MOST_BESIDE * ink.sum())


def _cells_with_ink(view: View) -> Flags | None:
    """Cells of CELL_PT, row 0 on top, in which something dark is drawn; None where this is no paper with ink on it."""
    grey = view.pixels.mean(axis=2)
    paper = float(np.median(grey))
    dark = grey < paper - DARKER
    if paper < LEAST_PAPER or dark.mean() > MOST_INK:
        return None
    size = max(1, round(CELL_PT * grey.shape[0] / view.area.height))
    rows, columns = (length // size for length in dark.shape)
    cells = dark[: rows * size, : columns * size].reshape(rows, size, columns, size).sum(axis=(1, 3))
    result: Flags = cells >= max(2, size * size // 50)
    return result


def _cells_with_text(boxes: Floats, area: Box, shape: tuple[int, ...]) -> Flags:
    result = np.zeros(shape, dtype=np.bool_)
    across, down = shape[1] / area.width, shape[0] / area.height
    for left, bottom, right, top in boxes[np.isfinite(boxes).all(axis=1)].tolist():
        rows = slice(max(int((area.top - top) * down), 0), max(int((area.top - bottom) * down) + 1, 0))
        result[rows, max(int((left - area.left) * across), 0) : max(int((right - area.left) * across) + 1, 0)] = True
    return result
