"""Unseen text that is the text of a picture, and therefore stays: who cannot see the picture reads it (ISO 14289-1).

A letter is shown when print shows at its place, which an image draws, or outlines with the curves of letters: where
these are left out of the page without its text, the middle of the letter's box differs by CONTRAST grey levels more in
one place than in another, as print and paper do. So the bar, the border or the hatching that hides a text, or stands
beside it, is no print. A line belongs to a scan when most of its letters are shown, a word of another line when half of
its letters are. OCR programs put invisible text (mode 3) over the image, or visible text under it; both are met here.

    image   Singapore 138588          image
    text    S i n g a p o r e 1 3 8 5 8 8      the whole line stays: the widths of OCR's fonts seldom fit the print

What it cannot tell: whether the picture shows these very letters. Other words there stay, as do a few behind the end of
a printed line, and are searched for names like all text.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.formats.pdf.unseen.scene import Scene
from woo_anon.formats.pdf.unseen.view import View, around, drawn, without
from woo_anon.geometry import Box

CONTRAST = 48  # grey levels: faint print on grey paper has some 80, the grain of blank paper some 20
CURVES, SIDES = 2.0, 7.0  # for each time that the longer side of a path holds the shorter: "D" and "k" have more
ENOUGH = 1000  # segments that are looked at
AROUND = 0.2  # of the height of a glyph's box, over its print and under it
OF_WORD = 0.5  # boxes of OCR are laid over a word as a whole, so single letters stand beside their print
OF_LINE = 0.6
SAME_LINE_EM = 0.3
SAME_LINE_GAP_EM = 4.0


def belongs_to_scan(page: Any, glyphs: Glyphs, scene: Scene) -> Flags:
    """Which unseen glyphs, letters in the order of the content stream, are the text of a picture on the page."""
    prints = _prints(scene, glyphs.boxes) if len(glyphs) else []
    if not prints:
        return np.zeros(len(glyphs), dtype=np.bool_)
    part = around(glyphs.boxes, Box(*page.get_bbox()))
    with without(scene.handles[scene.texts].tolist()):
        picture = drawn(page, part)
        with without(prints):
            ground = drawn(page, part)
    print_alone = (picture.pixels - ground.pixels).mean(axis=2, keepdims=True).astype(np.int16)
    result = np.array([_shows_something(View(print_alone, picture.area), box) for box in _cores(glyphs).tolist()])
    return _mostly(result, _lines(glyphs), OF_LINE) | _mostly(result, _words(glyphs), OF_WORD)


def _prints(scene: Scene, boxes: Floats) -> list[int]:
    """The handles of what may show print at some of the boxes."""
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    near = (scene.boxes[:, :2] < high).all(axis=1) & (scene.boxes[:, 2:] > low).all(axis=1)
    paths = near & (scene.kinds == pdfium.FPDF_PAGEOBJ_PATH)
    outlines = [
        at for at in np.flatnonzero(paths).tolist() if _is_like_letters(int(scene.handles[at]), scene.boxes[at])
    ]
    return [*scene.handles[near & scene.images].tolist(), *scene.handles[outlines].tolist()]


def _is_like_letters(path: int, box: Floats) -> bool:
    """Whether a path has as many curves or sides as letters have that fill its box: a bar, also one with round corners
    or hatched, has fewer."""
    item = ctypes.cast(path, pdfium.FPDF_PAGEOBJECT)
    count = max(pdfium.FPDFPath_CountSegments(item), 0)
    width, height = float(box[2] - box[0]), float(box[3] - box[1])
    letters = max(1.0, width / max(height, 1.0), height / max(width, 1.0))
    if count >= SIDES * letters:
        return True
    if count < CURVES * letters:
        return False
    kinds = (
        pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(item, at)) for at in range(min(count, ENOUGH))
    )
    curves = sum(int(kind == pdfium.FPDF_SEGMENT_BEZIERTO) for kind in kinds)
    return curves >= CURVES * letters


def _cores(glyphs: Glyphs) -> Floats:
    """The middle of each glyph's box, across its line: what stands right above and below a line is left out."""
    upright = np.abs(np.sin(np.radians(glyphs.angles))) < 0.5
    boxes = glyphs.boxes.copy()
    margin = AROUND * (boxes[:, 2:] - boxes[:, :2]) * np.stack([~upright, upright], axis=1)
    boxes[:, :2] += margin
    boxes[:, 2:] -= margin
    return boxes


def _mostly(shown: Flags, groups: Ints, share: float) -> Flags:
    """Which glyphs are of a group of which this share is shown."""
    enough: Flags = np.bincount(groups, weights=shown) >= share * np.bincount(groups)
    return enough[groups]


def _shows_something(grey: View, box: list[float]) -> bool:
    pixels = grey.pixels[grey.window(box)]
    return bool(pixels.size and int(pixels.max()) - int(pixels.min()) >= CONTRAST)


def _words(glyphs: Glyphs) -> Ints:
    """A number for each glyph, the same for those of one word: of one text, without a blank between them."""
    return _numbered((np.diff(glyphs.indices) != 1) | (np.diff(glyphs.owners) != 0))


def _lines(glyphs: Glyphs) -> Ints:
    """A number for each glyph, the same for those that follow each other on one base line."""
    turn = np.radians(glyphs.angles)
    step = np.diff(glyphs.origins, axis=0)
    along = step[:, 0] * np.cos(turn[1:]) + step[:, 1] * np.sin(turn[1:])
    up = step[:, 1] * np.cos(turn[1:]) - step[:, 0] * np.sin(turn[1:])
    size = np.maximum(glyphs.sizes[1:], glyphs.sizes[:-1])
    new = (np.abs(up) > SAME_LINE_EM * size) | (along < -size) | (along > SAME_LINE_GAP_EM * size)
    return _numbered(new | (np.diff(glyphs.angles) != 0))


def _numbered(new: Flags) -> Ints:
    """The number of the group of each glyph; `new` tells where one begins, from the second glyph on."""
    return np.cumsum(np.concatenate([[False], new]))
