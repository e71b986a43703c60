"""Unseen text that is the text of a picture, and therefore stays: who cannot see the picture reads it (ISO 14289-1).

A letter is shown when something other than text shows at its place: in the letter's box the page, drawn without any
text, differs by CONTRAST grey levels or more, as print and paper do. It may be an image, or letters drawn as outlines.
A line belongs to a scan when most of its letters are shown, a word of another line when half of its letters are. OCR
programs put invisible text (mode 3) over the image, or visible text under it; both are met here.

    image   Singapore 138588          image
    text    S i n g a p o r e 1 3 8 5 8 8      the whole line stays: the widths of OCR's fonts seldom fit the print

What it cannot tell: whether the picture shows these very letters. Other words there stay, as do a few behind the end of
a printed line, and are searched for names like all text.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from woo_anon.formats.pdf.reading.glyphs import Flags, Glyphs, Ints
from woo_anon.formats.pdf.unseen.scene import Scene
from woo_anon.formats.pdf.unseen.view import View, around, drawn, without
from woo_anon.geometry import Box

CONTRAST = 48  # grey levels: faint print on grey paper has some 80, the grain of blank paper some 20
OF_WORD = 0.5  # boxes of OCR are laid over a word as a whole, so single letters stand beside their print
OF_LINE = 0.6
SAME_LINE_EM = 0.3
SAME_LINE_GAP_EM = 4.0


def belongs_to_scan(page: Any, glyphs: Glyphs, scene: Scene) -> Flags:
    """Which unseen glyphs, letters in the order of the content stream, are the text of a picture on the page."""
    if not len(glyphs) or scene.texts.all():
        return np.zeros(len(glyphs), dtype=np.bool_)
    part = around(glyphs.boxes, Box(*page.get_bbox()))
    with without(scene.handles[scene.texts].tolist()):
        picture = drawn(page, part)
    grey = View(picture.pixels.mean(axis=2, keepdims=True).astype(np.int16), picture.area)
    result = np.array([_shows_something(grey, box) for box in glyphs.boxes.tolist()])
    return _mostly(result, _lines(glyphs), OF_LINE) | _mostly(result, _words(glyphs), OF_WORD)


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
