"""Texts that lie over one another, told apart: which of them can be left out of the page at once.

De brief is van Geheimhuizen en       layer 0
                ▇▇ 5.1.2e ▇▇          layer 1: where it goes with the other one, each seems to be seen by the other
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from woo_anon.formats.pdf.reading.glyphs import Floats, Ints

CELL_PT = 1.0
MOST_CELLS = 4_000_000  # a larger page has coarser ones
MOST = 8  # layers; what lies over more of them is in the last one


def layers(boxes: Floats, rows: Ints) -> Ints:
    """The layer of each glyph, by its box (n×4, in points) and the number of its text: texts that have a place in
    common are in different ones."""
    result = np.zeros(len(rows), dtype=np.int64)
    if len(rows) == 0 or (rows == rows[0]).all():
        return result
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    side = max(CELL_PT, sqrt(float((high - low).prod()) / MOST_CELLS))
    # The cells whose middles lie in the box, one at least: neighbours on a line have none in common.
    first = np.rint((boxes[:, :2] - low) / side).astype(np.int64)
    last = np.maximum(np.rint((boxes[:, 2:] - low) / side).astype(np.int64), first + 1)
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
