"""Which text of a page may be unseen: a cheap look at what is drawn, which never says no where the answer is yes.

A text is above suspicion when it is drawn with a known, opaque colour that stands out from paper, in an ordinary mode,
within what clips it, under nothing that is drawn later and over nothing of a like or unknown colour:

    earlier ─────────────────────────────────────────────► later
    a fill of a like colour,      the text      a fill, an image, a shading,
    an image, a shading                         a thick line, a text (████)
    └────────── each counts by the share of a glyph's box that it may paint ──────────┘

Text over an image is suspected, then, and cleared by the pixels (`sight.py`).
"""

from __future__ import annotations

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.formats.pdf.unseen.layers import painted_over
from woo_anon.formats.pdf.unseen.scene import UNKNOWN, Scene

LIKE = 40  # grey levels in the channel that differs most; a colour nearer than this to its ground is looked at
PAPER = 255
MUCH = 0.3  # share of a glyph's box; rules under, over and through a line come to some 0.1
MOST_PAIRS = 20_000_000  # texts × other objects; beyond it every text is suspected, for a picture is cheaper

_UNSEEN_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_FILL_MODES = (pdfium.FPDF_TEXTRENDERMODE_FILL, pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE)


def suspected(scene: Scene, glyphs: Glyphs, rows: Ints) -> Flags:
    """Which glyphs may be unseen; `rows` are the rows of `scene` that they come from, -1 for none."""
    texts = scene.texts
    odd = texts & (~np.isin(scene.modes, _FILL_MODES) | ~scene.opaque | scene.clipped | _pale(scene.colours))
    odd |= scene.blank
    if (scene.modes >= pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP).any():
        odd |= texts  # a text that clips takes from what follows, and PDFium does not tell from which
    found: Flags = np.logical_or(rows < 0, odd[rows])
    rest = np.flatnonzero(~found)
    found[rest] = _between(scene, glyphs.boxes[rest], rows[rest])
    return found | (painted_over(glyphs.boxes, rows) >= MUCH)


def _pale(colours: Ints) -> Flags:
    result: Flags = ((PAPER - colours).max(axis=1) < LIKE) | (colours == UNKNOWN).any(axis=1)
    return result


def _between(scene: Scene, boxes: Floats, rows: Ints) -> Flags:
    """Which glyphs may lose themselves in what lies over or under them."""
    others = np.flatnonzero(~scene.texts & (scene.ink > 0))
    texts, of_glyph = np.unique(rows, return_inverse=True)
    if len(texts) * len(others) > MOST_PAIRS:
        return np.ones(len(rows), dtype=np.bool_)
    extents = _extents(boxes, of_glyph, len(texts))
    pairs = (_overlap(extents, scene.boxes[others]) > 0) & _matters(scene, texts, others)
    found = np.zeros(len(rows), dtype=np.bool_)
    for at in np.flatnonzero(pairs.any(axis=1)).tolist():
        own = np.flatnonzero(of_glyph == at)
        near = others[pairs[at]]
        if len(own) * len(near) > MOST_PAIRS:
            found[own] = True
            continue
        painted = (_overlap(boxes[own], scene.boxes[near]) * scene.ink[near]).sum(axis=1)
        found[own] = painted >= MUCH * (boxes[own, 2:] - boxes[own, :2]).prod(axis=1)
    return found


def _matters(scene: Scene, texts: Ints, others: Ints) -> Flags:
    """texts × others: whether the other is drawn later, or earlier in a colour that may be that of the text."""
    unsure = (scene.kinds[others] != pdfium.FPDF_PAGEOBJ_PATH) | ~scene.opaque[others]
    unsure |= (scene.colours[others] == UNKNOWN).any(axis=1)
    apart = np.abs(scene.colours[texts][:, None, :] - scene.colours[others][None, :, :]).max(axis=2)
    result: Flags = (others[None, :] > texts[:, None]) | unsure[None, :] | (apart < LIKE)
    return result


def _extents(boxes: Floats, groups: Ints, count: int) -> Floats:
    """The box around the boxes of each group."""
    extents = np.tile([np.inf, np.inf, -np.inf, -np.inf], (count, 1))
    np.minimum.at(extents[:, :2], groups, boxes[:, :2])
    np.maximum.at(extents[:, 2:], groups, boxes[:, 2:])
    return extents


def _overlap(some: Floats, others: Floats) -> Floats:
    """The area that each of `some` has in common with each of `others`, in points²."""
    low = np.maximum(some[:, None, :2], others[None, :, :2])
    high = np.minimum(some[:, None, 2:], others[None, :, 2:])
    area: Floats = np.maximum(high - low, 0).prod(axis=2)
    return area
