"""Print in pictures beside the text of a page: a screenshot of mails, a letter photographed, a table pasted as one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import Any

import numpy as np

from woo_anon.formats.pdf.arrays import Floats
from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.formats.pdf.reading.unread_print import fill_page, is_unread
from woo_anon.formats.pdf.unseen.scene import Scene
from woo_anon.formats.pdf.unseen.view import View, drawn, without
from woo_anon.formats.print_rows import LEAST, LEAST_PICTURE_PT, rows_of_print
from woo_anon.geometry import Box

PRINT = "it is a picture of print, of which its text says little"
BESIDE = "a picture on it shows print"

MOST_COVERED = 0.3  # of a row that text of the page lies over: what is there is read
MOST_READ = 0.5  # of the rows of a picture


def print_in_pictures(page: Any, glyphs: Glyphs, scene: Scene) -> str | None:
    """PRINT or BESIDE for a pypdfium2 page whose pictures show print that `glyphs`, seen or unseen, do not say."""
    area, pictures = Box(*page.get_bbox()), scene.boxes[scene.images]
    large = list(_large_enough(pictures, area))
    if not large:
        return None
    fills = fill_page(pictures, area)
    with without(scene.handles[scene.texts].tolist()):
        view = drawn(page, area if fills else reduce(Box.union, large))
    if fills and is_unread(view, glyphs):
        return PRINT
    return BESIDE if any(_is_unread(_rows(view, box), glyphs.boxes) for box in large) else None


def _large_enough(boxes: Floats, area: Box) -> Iterator[Box]:
    """Of the pictures, n×4, the parts on the page."""
    low, high = (area.left, area.bottom), (area.right, area.top)
    for left, bottom, right, top in np.hstack([boxes[:, :2].clip(low, high), boxes[:, 2:].clip(low, high)]).tolist():
        if right - left >= LEAST_PICTURE_PT[0] and top - bottom >= LEAST_PICTURE_PT[1]:
            yield Box(left, bottom, right, top)


def _rows(view: View, picture: Box) -> Floats:
    """The rows of print in a picture: n×4 in points."""
    rows, columns = view.window((picture.left, picture.bottom, picture.right, picture.top))
    points = view.area.height / view.pixels.shape[0]
    found = rows_of_print(view.pixels[rows, columns].mean(axis=2).astype(np.int16), 72 / points) * points
    left, top = view.area.left + columns.start * points, view.area.top - rows.start * points
    return np.column_stack([left + found[:, 0], top - found[:, 3], left + found[:, 2], top - found[:, 1]])


def _is_unread(rows: Floats, text: Floats) -> bool:
    unread = sum(_covered(row, text) <= MOST_COVERED for row in rows)
    return unread >= LEAST and unread > MOST_READ * len(rows)


def _covered(row: Floats, text: Floats) -> float:
    """The share of a row's width over which text lies."""
    low, high = np.maximum(row[:2], text[:, :2]), np.minimum(row[2:], text[:, 2:])
    shared = (high - low)[(high > low).all(axis=1)]
    return float(shared[:, 0].sum() / (row[2] - row[0]))
