"""Lines of a page that lay askew in the scanner, made straight so that they can be put in reading order.

OCR places the text along its print, so a page that is turned by half a degree has lines that climb by a line's height
over its width. The text is turned back as a whole, about the page's origin, by what most letters say.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Ints
from woo_anon.formats.pdf.reading.glyphs import Glyphs

MOST = 5  # degrees; what is turned further was meant so


def straightened(glyphs: Glyphs) -> Glyphs:
    """The glyphs with lines that run nearly along the page's edges turned back to those."""
    quarter: Ints = np.rint(glyphs.angles / 90).astype(np.int64) % 4 * 90
    off = (glyphs.angles - quarter + 180) % 360 - 180
    askew = np.abs(off) <= MOST
    skew = _skew(glyphs, askew, quarter)
    if skew == 0:
        return glyphs
    turn = np.array([[np.cos(skew), -np.sin(skew)], [np.sin(skew), np.cos(skew)]])  # a row times it: turned back
    middles = (glyphs.boxes[:, :2] + glyphs.boxes[:, 2:]) / 2
    moved = np.where(askew[:, None], middles @ turn - middles, 0.0)
    return replace(
        glyphs,
        angles=np.where(askew, quarter, glyphs.angles),
        boxes=glyphs.boxes + np.tile(moved, 2),
        origins=np.where(askew[:, None], glyphs.origins @ turn, glyphs.origins),
    )


def _skew(glyphs: Glyphs, askew: Flags, quarter: Ints) -> float:
    """The median angle, in radians anticlockwise, between neighbouring letters of a line and the page's edge."""
    step = np.diff(glyphs.origins, axis=0)
    turn = np.radians(quarter[1:])
    along = step[:, 0] * np.cos(turn) + step[:, 1] * np.sin(turn)
    up = step[:, 1] * np.cos(turn) - step[:, 0] * np.sin(turn)
    size = glyphs.sizes[1:]
    near = askew[1:] & askew[:-1] & (along > 0.1 * size) & (along < 2 * size) & (np.abs(up) < 0.2 * along)
    near &= glyphs.owners[1:] == glyphs.owners[:-1]
    return float(np.median(np.arctan2(up[near], along[near]))) if near.any() else 0.0
