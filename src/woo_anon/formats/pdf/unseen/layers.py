"""Texts that lie over one another: which are painted over, and which can be left out of the page at once.

De brief is van Geheimhuizen en       layer 0
                ▇▇ 5.1.2e ▇▇          layer 1: where it goes with the other one, each seems to be seen by the other
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from woo_anon.formats.pdf.arrays import Floats, Ints

CELL_PT = 1.0
COARSE_PT = 2.0
MOST_CELLS = 4_000_000  # a larger page has coarser ones
MOST = 8  # layers; what lies over more of them is in the last one
_QUARTERS = (0.25, 0.5, 0.75)


def layers(boxes: Floats, rows: Ints) -> Ints:
    """The layer of each glyph, by its box (n×4, in points) and the number of its text: texts that have a place in
    common are in different ones."""
    result = np.zeros(len(rows), dtype=np.int64)
    if len(rows) == 0 or (rows == rows[0]).all():
        return result
    first, last = _cells(boxes, max(CELL_PT, sqrt(_extent(boxes) / MOST_CELLS)))
    taken = np.zeros(tuple(last.max(axis=0).tolist()), dtype=np.uint8)  # a bit for each layer
    for row in np.unique(rows).tolist():
        own = np.flatnonzero(rows == row)
        cells = [
            (slice(left, right), slice(bottom, top))
            for (left, bottom), (right, top) in zip(first[own].tolist(), last[own].tolist(), strict=True)
        ]
        used = 0
        for cell in cells:
            used |= int(np.bitwise_or.reduce(taken[cell], axis=None))
        layer = next((layer for layer in range(MOST) if not used >> layer & 1), MOST - 1)
        for cell in cells:
            taken[cell] |= np.uint8(1 << layer)
        result[own] = layer
    return result


def painted_over(boxes: Floats, rows: Ints) -> Floats:
    """The share of each glyph's box that glyphs of later texts lie over, in ninths. `rows` are the numbers of the
    texts, in the order of drawing."""
    share = np.zeros(len(rows))
    if len(rows) == 0 or (rows == rows[0]).all():
        return share
    order = np.argsort(rows, kind="stable")
    together = float((boxes[:, 2:] - boxes[:, :2]).clip(min=COARSE_PT).prod(axis=1).sum())
    first, last = _cells(boxes[order], max(COARSE_PT, sqrt(max(together, _extent(boxes)) / MOST_CELLS)))
    number, across, up = _each(first, last)
    drawn_last = np.zeros(tuple(last.max(axis=0).tolist()), dtype=np.int64)
    drawn_last[across, up] = rows[order][number]  # of several texts the last one is what stays
    for x in _QUARTERS:
        for y in _QUARTERS:
            across, up = (first + (last - first) * (x, y)).astype(np.int64).T
            share[order] += drawn_last[across, up] != rows[order]
    return share / len(_QUARTERS) ** 2


def _extent(boxes: Floats) -> float:
    """The area around all boxes, in points²."""
    return float((boxes[:, 2:].max(axis=0) - boxes[:, :2].min(axis=0)).prod())


def _cells(boxes: Floats, side: float) -> tuple[Ints, Ints]:
    """The first cell of each box, across and up, and the first behind it: of cells whose middles lie in the box, one at
    least, so that neighbours on a line have none in common."""
    low = boxes[:, :2].min(axis=0)
    first = np.rint((boxes[:, :2] - low) / side).astype(np.int64)
    return first, np.maximum(np.rint((boxes[:, 2:] - low) / side).astype(np.int64), first + 1)


def _each(first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
    """All cells of all boxes, box after box: the number of the box, across and up."""
    size = last - first
    counts = size.prod(axis=1)
    number = np.repeat(np.arange(len(size)), counts)
    at = np.arange(len(number)) - (np.cumsum(counts) - counts)[number]
    high = size[number, 1]
    return number, first[number, 0] + at // high, first[number, 1] + at % high
