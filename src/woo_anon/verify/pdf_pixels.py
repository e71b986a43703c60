"""Checks of how the pages of a written PDF look, as PDFium draws them.

outside the boxes and the lines that moved      the same as the source
lines that moved                                as dark as they were
in the boxes                                    their grey, and nothing in the images under them
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

from woo_anon.document import Check
from woo_anon.geometry import Box, Place
from woo_anon.verify.checks import check_none

FINER = 3  # at scale 1 a pixel is a point; at this scale the resolution is near that of pages made images
MOST_PIXELS = 40_000_000  # an A0 sheet at twice its points; larger pages are rendered coarser
CHANGED = 96  # a colour that differs by more than this, in any channel, is another pixel, not another rounding
MOST_CHANGED = 40  # how many pixels may differ outside the boxes: a word of small text has more
CHANGED_COARSE = 24  # the same for the mean of a square of eight points: half of what a line of small text makes
MOST_CHANGED_COARSE = 3
GREY = 191  # the boxes' own grey, 0.75
MARK = 0.35  # how far a mark may reach beyond its line, in heights of that
INK_TOLERANCE = 0.2  # of moved text: its pixels fall otherwise, and a rule under it may belong to the page
INK_OF_A_LETTER = 6.0  # points² of black; a letter of 11 pt has some 10
UNIFORM = 80  # spread of grey values that JPEG may leave in an area of one colour

WEIGHTS = np.array([11, 59, 30])  # of blue, green and red in grey, in hundredths, as PDFium has them
COLOURS, GREYS = np.eye(3), WEIGHTS[:, None] / 100  # what is looked at: 3 × channels

Colours = npt.NDArray[np.uint8]  # rows × columns × blue, green, red and what is no colour
Flags = npt.NDArray[np.bool_]  # rows × columns
Channels = npt.NDArray[np.float64]  # 3 × channels


class _Look:
    """One page as PDFium draws it, before its rotation; each scale once."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.area = Box(*page.get_bbox())
        self._drawn: dict[int, Colours] = {}

    def at(self, scale: int) -> Colours:
        if scale not in self._drawn:
            self._drawn[scale] = self._render(scale)
        return self._drawn[scale]

    def grey(self, scale: int, rows: slice, columns: slice) -> npt.NDArray[np.int_]:
        """A part of the page in grey: rows × columns."""
        grey: npt.NDArray[np.int_] = self.at(scale)[rows, columns, :3] @ WEIGHTS // 100
        return grey

    def _render(self, scale: int) -> Colours:
        turn = (360 - self.page.get_rotation()) % 360
        width, height = self.page.get_size()
        fitting = min(scale, math.sqrt(MOST_PIXELS / max(width * height, 1)))
        bitmap = self.page.render(
            scale=fitting, rotation=turn, draw_annots=False, may_draw_forms=False, prefer_bgrx=True
        )
        pixels: Colours = bitmap.to_numpy()
        return pixels

    def part(self, box: Box, scale: int, grown: int = 0) -> tuple[slice, slice]:
        """Rows and columns of a box, grown by so many pixels."""
        height, width = self.at(scale).shape[:2]
        across, down = width / self.area.width, height / self.area.height
        left, right = math.floor((box.left - self.area.left) * across), math.ceil((box.right - self.area.left) * across)
        upper, lower = math.floor((self.area.top - box.top) * down), math.ceil((self.area.top - box.bottom) * down)
        rows = slice(max(upper - grown, 0), max(lower + grown, 0))
        return rows, slice(max(left - grown, 0), max(right + grown, 0))


def check_pixels(before: Any, after: Any, places: Mapping[int, Sequence[Place]]) -> Iterator[Check]:
    """The checks of the pages that `places` names by number, in two pypdfium2 documents."""
    wrong: dict[str, list[int]] = {
        "same-outside-the-boxes": [],
        "moved-text-as-before": [],
        "boxes-visible": [],
        "image-pixels-blank": [],
    }
    for number, placed in places.items():
        old, new = _Look(before[number - 1]), _Look(after[number - 1])
        passed = (
            not _changed_outside(old, new, [box for place in placed for box in _affected(place)]),
            all(_same_ink(old, new, place) for place in placed),
            all(_covered(new, place.box) for place in placed),
            _images_blank(new.page, [place.area for place in placed]),
        )
        for name, right in zip(wrong, passed, strict=True):
            wrong[name] += [] if right else [number]
        old.page.close()
        new.page.close()
    for name, numbers in wrong.items():
        yield check_none(name, "pages", numbers)


def _affected(place: Place) -> Iterator[Box]:
    """What looks different afterwards: where text was, where the box stands, where the rest of the line was and is."""
    yield place.area
    yield place.box
    if place.rest is not None:
        yield place.rest
        yield place.rest.moved(*place.shift)


def _with_marks(box: Box) -> Box:
    """What a mark behind the words may take: it is higher than they are, and moves with them."""
    return box.widened(MARK * min(box.width, box.height))


def _same_ink(old: _Look, new: _Look, place: Place) -> bool:
    """Whether text that moved is drawn as dark as it was: none of it clipped, covered or lost."""
    if place.rest is None or place.shift == (0.0, 0.0):
        return True
    core = _core(place.rest, place.shift)
    return any(_alike(_ink(old, core, scale), _ink(new, core.moved(*place.shift), scale)) for scale in (1, FINER))


def _alike(was: float, now: float) -> bool:
    return abs(was - now) <= INK_TOLERANCE * max(was, now) + INK_OF_A_LETTER


def _core(line: Box, shift: tuple[float, float]) -> Box:
    """The middle half of a line that moves along itself: what hangs into it from other lines is left out."""
    across, up = (0.0, line.height / 4) if shift[0] else (line.width / 4, 0.0)
    return Box(line.left + across, line.bottom + up, line.right - across, line.top - up)


def _ink(look: _Look, box: Box, scale: int) -> float:
    """How much an area differs from its commonest grey, in points² of black."""
    area = look.grey(scale, *look.part(box, scale))
    if not area.size:
        return 0.0
    ground = np.bincount(area.ravel(), minlength=256).argmax()
    return float(np.abs(area - ground).sum()) / 255 / scale**2


def _changed_outside(old: _Look, new: _Look, boxes: Sequence[Box]) -> bool:
    """Whether it is as dark as before outside the boxes, and of the same colours outside what marks may take there."""
    if old.at(1).shape != new.at(1).shape:
        return True
    if not _unlike(old, new, boxes, 1).any():
        return False
    return _changed(old, new, boxes, GREYS) or _changed(old, new, list(map(_with_marks, boxes)), COLOURS)


def _changed(old: _Look, new: _Look, boxes: Sequence[Box], seen: Channels) -> bool:
    if _different(old.at(1), new.at(1), _unlike(old, new, boxes, 1), seen) <= MOST_CHANGED:
        return False
    # The letters of a page that became an image have other edges: seen finer, what matters is how dark each part is.
    unlike = _unlike(old, new, boxes, FINER)
    changed = np.abs(_coarse(old.at(FINER), unlike) @ seen - _coarse(new.at(FINER), unlike) @ seen) > CHANGED_COARSE
    return bool(np.count_nonzero(changed.any(axis=2)) > MOST_CHANGED_COARSE)


def _unlike(old: _Look, new: _Look, boxes: Sequence[Box], scale: int) -> Flags:
    """Which pixels outside the boxes have another colour now."""
    first, second = (look.at(scale).view("<u4")[:, :, 0] for look in (old, new))
    unlike: Flags = (first ^ second) & 0xFFFFFF != 0
    for box in boxes:
        unlike[old.part(box, scale, 2 * scale)] = False
    return unlike


def _different(first: Colours, second: Colours, unlike: Flags, seen: Channels) -> int:
    """How many of the pixels `unlike` have no like within one pixel of their place on the other page: PDFium sets
    letters on whole pixels, so that the smallest move of one shows as a whole pixel."""
    rows, columns = np.nonzero(unlike)
    far = (np.abs(_taken(first, rows, columns, seen) - _taken(second, rows, columns, seen)) > CHANGED).any(axis=1)
    rows, columns = rows[far], columns[far]
    height, width = unlike.shape
    alone = np.zeros(len(rows), dtype=np.bool_)
    for one, other in ((first, second), (second, first)):
        around = [
            _taken(other, (rows + down).clip(0, height - 1), (columns + across).clip(0, width - 1), seen)
            for down in (-1, 0, 1)
            for across in (-1, 0, 1)
        ]
        own = _taken(one, rows, columns, seen)
        alone |= ((own > np.max(around, axis=0) + CHANGED) | (own < np.min(around, axis=0) - CHANGED)).any(axis=1)
    return int(np.count_nonzero(alone))


def _taken(
    colours: Colours, rows: npt.NDArray[np.int_], columns: npt.NDArray[np.int_], seen: Channels
) -> npt.NDArray[np.float64]:
    """What is looked at of some pixels: pixels × channels."""
    taken: npt.NDArray[np.float64] = colours[rows, columns, :3] @ seen
    return taken


def _coarse(colours: Colours, unlike: Flags) -> npt.NDArray[np.float64]:
    """Mean colour of every square of eight points, of the pixels `unlike` alone."""
    side = 8 * FINER
    height, width = (size // side for size in unlike.shape)
    shown = np.where(unlike[:, :, None], colours[:, :, :3], np.uint8(0))[: height * side, : width * side]
    means: npt.NDArray[np.float64] = shown.reshape(height, side, width, side, 3).mean(axis=(1, 3))
    return means


def _covered(look: _Look, box: Box) -> bool:
    """Whether the box is drawn: half of what is seen of it, within its edges, has its grey."""
    area = look.grey(1, *look.part(box, 1))[1:-1, 1:-1]
    return min(area.shape) < 3 or area.size < 12 or bool((np.abs(area - GREY) < 40).mean() > 0.5)


def _images_blank(page: Any, boxes: Sequence[Box]) -> bool:
    """Whether the pixels of images under the boxes are of one colour, whatever is drawn over them."""
    if not boxes:
        return True
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=1):
        left, bottom, right, top = found.get_bounds()
        area = Box(left, bottom, right, top)
        over = [box for box in boxes if box.intersects(area)]
        a, b, c, d, *_ = found.get_matrix().get()
        if not over or abs(b) + abs(c) > 1e-3 * (abs(a) + abs(d)):
            continue
        picture = found.get_bitmap(render=False).to_numpy()
        picture = picture.reshape(picture.shape[0], picture.shape[1], -1)
        if not all(_one_colour(picture, area, box, mirrored=(a < 0, d < 0)) for box in over):
            return False
    return True


def _one_colour(picture: npt.NDArray[np.uint8], area: Box, box: Box, *, mirrored: tuple[bool, bool]) -> bool:
    height, width = picture.shape[:2]
    across, down = width / area.width, height / area.height
    columns = sorted(((box.left - area.left) * across, (box.right - area.left) * across))
    rows = sorted(((area.top - box.top) * down, (area.top - box.bottom) * down))
    columns = [width - x for x in reversed(columns)] if mirrored[0] else columns
    rows = [height - y for y in reversed(rows)] if mirrored[1] else rows
    margin = 2  # JPEG blurs over an edge
    part = picture[
        max(int(rows[0]) + margin, 0) : max(int(rows[1]) - margin, 0),
        max(int(columns[0]) + margin, 0) : max(int(columns[1]) - margin, 0),
        :3,
    ]
    return part.size == 0 or bool((part.max(axis=(0, 1)).astype(int) - part.min(axis=(0, 1))).max() <= UNIFORM)
