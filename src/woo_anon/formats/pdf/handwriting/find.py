"""What on a page may be written by hand, wherever it stands; whether that is where people sign, detection says.

    a page that OCR read, and pictures larger than handwriting      ink that no word explains (`strokes.py`)
    other pictures, of the size of handwriting                      the picture
    paths that lie together and turn often                          the drawing (`drawings.py`)

A page without any of these takes next to no time: what it draws has been listed already (`unseen/scene.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.document import Page
from woo_anon.formats.pdf.handwriting.drawings import drawings
from woo_anon.formats.pdf.handwriting.strokes import MOST_HIGH_PT, MOST_WIDE_PT, Sheet, has_size, strokes
from woo_anon.formats.pdf.scans.ink import ink
from woo_anon.formats.pdf.scans.words import Words, in_user_space, of_text_layer
from woo_anon.formats.pdf.unseen.scene import Scene
from woo_anon.geometry import Box

DARKER = 50  # grey levels below the paper: a faint pen
LEAST_PICTURE_PT = (24.0, 12.0)  # wide and high: pictures of handwriting have a margin, and icons are smaller


def find_drawn(page: Any, scene: Scene, read: Page, text: str, words: Words | None) -> tuple[Box, ...]:
    """The parts of a pypdfium2 page with this scene that may be written by hand: points, user space, from the top.

    `read` is the same page as it was read, `text` its text, `words` are all that it shows, when OCR
    read all of it.
    """
    found = _of_objects(page, scene, read, text) if words is None else _of_ink(page, words)
    return tuple(sorted(found, key=lambda box: (-box.top, box.left)))


def _of_ink(page: Any, words: Words) -> Iterator[Box]:
    seen = ink(page, DARKER)
    found = strokes(Sheet(seen, words, seen.shape[1] / page.get_width()))
    corners = in_user_space(found.reshape(-1, 2), Box(*page.get_bbox()), page.get_rotation()).reshape(-1, 2, 2)
    return map(Box, *np.hstack([corners.min(axis=1), corners.max(axis=1)]).T.tolist())


def _of_objects(page: Any, scene: Scene, read: Page, text: str) -> Iterator[Box]:
    """Of a page with text of its own."""
    visible = Box(*page.get_bbox())
    pictures = [Box(*box) for box in scene.boxes[scene.images].tolist()]
    larger = [box for box in pictures if box.width > MOST_WIDE_PT or box.height > MOST_HIGH_PT]
    for box in pictures:
        large_enough = box.width >= LEAST_PICTURE_PT[0] and box.height >= LEAST_PICTURE_PT[1]
        if large_enough and has_size(box.width, box.height) and not any(map(box.intersects, larger)):
            yield box
    if larger:
        unseen = (scene.modes[scene.texts] == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE).all()
        words = of_text_layer(read, text, visible, of_scan=bool(unseen))
        yield from (box for box in _of_ink(page, words) if any(map(box.intersects, larger)))
    yield from drawings(scene, visible)
