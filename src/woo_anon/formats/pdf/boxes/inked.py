"""Places over a picture reach as far as the ink of their words: layers of text fit scans but roughly.

    layer    │mevrouw │Vo│s│          Tesseract draws a word and the space behind it out over the ink of the word:
    ink      │mevrouw  Vos │          the box of its letters ends before the last of them

A letter that a box cuts through goes as a whole. Other ink beside it belongs to the word up to the next letter of the
layer, on the left also up to the next space. Of a sheet that lay askew in the scanner the lines rise or fall a little;
ink is looked for along them. How high such a line is, its ink says: programs for OCR make the letters of lines that
rise too large and of those that fall too small, by half and more. A box on a level line is as high as that at least.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.boxes.axes import Axes, Span, Turned
from woo_anon.formats.pdf.boxes.geometry import cores, inside
from woo_anon.formats.pdf.boxes.width import HEIGHT_EM
from woo_anon.formats.pdf.content.interpreter import CORE_MIDDLE_EM
from woo_anon.formats.pdf.reading.glyphs import BLANKS, Glyphs
from woo_anon.formats.pdf.scans.ink import grey_of
from woo_anon.formats.pdf.unseen.sight import painted
from woo_anon.geometry import Box, Place

REACH_EM = 1.2  # of ink beyond the box of a word
MOST_ASKEW = 10  # degrees
CLEAR = 25  # grey levels between faint print, or light print on dark, and its ground
_NOISE = 6.0  # times that half of the pixels differ from the ground: only ink differs more
_AROUND_EM = 0.4  # above and below a line: ground, of which there is more than of ink then, whatever the print
_SAME_LINE_EM = 0.5
_INSIDE_EM, _BESIDE_EM = 0.2, 4.0  # above the base line, whatever em the layer has; along the line from a word
_HIGHEST_EM = 2.0  # of print, from within a line up or down, in ems of a layer that may be half as large
_WHITE = 0.015  # share of ink in a row of pixels between two lines
_BELOW_EM = 0.12  # of a letter that goes below its line, such as J
_TOUCHING_PT = 0.3  # of two boxes that stand side by side
_OF_AREA_PT = 0.5
_RULE = 0.9  # share of ink in a row of pixels that is a line under or through the words


def with_ink(page: Any, glyphs: Glyphs, places: Sequence[Place], pictures: Sequence[Box]) -> tuple[Place, ...]:
    """`places` on a pypdfium2 page with these characters, those over `pictures` grown to the ink beside them.

    Words that are drawn over a picture themselves are their own ink.
    """
    over = {place.area for place in places if any(picture.intersects(place.area) for picture in pictures)}
    if not over:
        return tuple(places)
    sheet, layer = _Sheet(page), _Layer(page, glyphs, tuple(over))
    return tuple(
        replace(place, area=_grown(place.area, layer, sheet)) if place.area in over else place for place in places
    )


@dataclass(frozen=True)
class _Line:
    """A line of text: `axes` are those of the nearest right angle, `slope` is how far it rises along them."""

    axes: Axes
    slope: float
    em: float

    def span(self, box: Box) -> Span:
        """From where to where a rectangle of the page reaches along and across the line, laid level."""
        u0, v0, u1, v1 = self.axes.span(box)
        low, high = (u0, u1) if self.slope > 0 else (u1, u0)
        return u0, v0 - self.slope * low, u1, v1 - self.slope * high

    def box(self, u0: float, v0: float, u1: float, v1: float) -> Box:
        """The rectangle on the page around a part of the line."""
        low, high = sorted((self.slope * u0, self.slope * u1))
        return self.axes.box(u0, v0 + low, u1, v1 + high)

    def points(self, u: Floats, v: Floats) -> Floats:
        """The points of the page at all `u` and `v`: rows × columns × (x, y), one row a `v`."""
        along, across = np.meshgrid(u, v)
        level = np.stack([along, across + self.slope * along], axis=-1).reshape(-1, 2)
        return Axes(-self.axes.angle % 360).points(level).reshape(len(v), len(u), 2)


class _Layer:
    """The text over a picture: what it is asked of every place is worked out once. `areas` are those of the places."""

    def __init__(self, page: Any, glyphs: Glyphs, areas: Sequence[Box]) -> None:
        self.glyphs = glyphs
        self.blank = np.isin(glyphs.codes, BLANKS)
        self.in_word = np.array([chr(code).isalnum() for code in glyphs.codes.tolist()], dtype=np.bool_)
        self._cores = cores(glyphs)
        self._turned: dict[_Line, Turned] = {}
        self._letters = inside(self._cores, areas, 0.01) & ~self.blank
        self._painted = painted(page, glyphs, self._letters)

    def under(self, area: Box) -> Flags:
        """Which characters an area is around: where letters are too large, some of the next line lie in it too."""
        boxes = self.glyphs.boxes
        low = (boxes[:, :2] > np.array([area.left, area.bottom]) - _OF_AREA_PT).all(axis=1)
        high = (boxes[:, 2:] < np.array([area.right, area.top]) + _OF_AREA_PT).all(axis=1)
        result: Flags = low & high & inside(self._cores, (area,), 0.01)
        return result

    def line(self, own: Flags) -> _Line | None:
        """The line of these characters; None where they are no text that OCR read in a picture, but drawn themselves,
        or run across the page."""
        letters = self._painted[own & self._letters]
        if not len(letters) or letters.mean() >= 0.5:
            return None
        angle = int(np.bincount(self.glyphs.angles[own]).argmax())
        upright = int(_upright(np.array([angle]))[0])
        askew = (angle - upright + 180) % 360 - 180
        em = float(np.median(self.glyphs.sizes[own]))
        return _Line(Axes(upright), math.tan(math.radians(askew)), em) if abs(askew) <= MOST_ASKEW else None

    def turned(self, line: _Line) -> Turned:
        """The characters along the line, laid level; those that rise a little more or less run in its direction too."""
        if line not in self._turned:
            turned, along = Turned.of(self.glyphs, self._cores, line.axes), line.axes.points(self._cores)[:, 0]
            upright = _upright(self.glyphs.angles) == line.axes.angle
            self._turned[line] = replace(turned, middles=turned.middles - line.slope * along, upright=upright)
        return self._turned[line]


def _upright(angles: Ints) -> Ints:
    """The right angles nearest to these, all in whole degrees."""
    return (angles + 45) // 90 * 90 % 360


class _Sheet:
    """The picture of a page; in points of its user space. `step` is the side of a pixel."""

    def __init__(self, page: Any) -> None:
        self._left, bottom, right, self._top = page.get_bbox()
        self._grey = np.rot90(grey_of(page), page.get_rotation() // 90)  # a page is seen turned to the right
        rows, columns = self._grey.shape
        self._dense = np.array([columns / (right - self._left), rows / (self._top - bottom)])
        self.step = float(1 / self._dense.max())

    def beside(self, line: _Line, end: float, reach: float, heights: tuple[float, float]) -> Flags:
        """In which columns of pixels there is ink, from the `end` of a place on; `reach` is negative at its beginning.

        Ink is what differs from its ground, that around the end, in either direction. Lines all along are none.
        """
        count, around = round(abs(reach) / self.step), round(_AROUND_EM * line.em / self.step)
        rows = max(round((heights[1] - heights[0]) / self.step), 0)
        u = end + math.copysign(self.step, reach) * (np.arange(-count, count, dtype=np.float64) + 0.5)
        v = heights[0] + self.step * (np.arange(-around, rows + around, dtype=np.float64) + 0.5)
        grey = self._at(line.points(u, v))
        away = np.abs(grey - np.median(grey))
        inked = (away > max(CLEAR, _NOISE * float(np.median(away))))[around : around + rows]
        found: Flags = np.asarray(inked[inked.mean(axis=1) < _RULE, count:].any(axis=0))
        return found

    def band(self, line: _Line, ends: tuple[float, float], middle: float) -> tuple[float, float] | None:
        """From where to where across the line there is ink around its `middle`, between `ends`; None when there is none
        or it does not stop."""
        count, rows = round((ends[1] - ends[0]) / self.step), round(_HIGHEST_EM * line.em / self.step)
        u = ends[0] + self.step * (np.arange(count, dtype=np.float64) + 0.5)
        v = middle + self.step * (np.arange(-rows, rows, dtype=np.float64) + 0.5)
        grey = self._at(line.points(u, v))
        away = np.abs(grey - np.median(grey))
        share = (away > max(CLEAR, _NOISE * float(np.median(away)))).mean(axis=1)
        white = np.flatnonzero((share < _WHITE) | (share >= _RULE))
        below, above = white[white < rows], white[white >= rows]
        if not len(below) or not len(above) or above[0] - below[-1] < 2:
            return None
        return float(v[below[-1]]), float(v[above[0]])

    def _at(self, points: Floats) -> Floats:
        """The grey levels at these points, rows × columns × (x, y)."""
        seen = (points - [self._left, self._top]) * self._dense * [1, -1]
        across, down = np.moveaxis(seen.astype(np.int64), -1, 0)
        rows, columns = self._grey.shape
        grey: Floats = self._grey[down.clip(0, rows - 1), across.clip(0, columns - 1)].astype(np.float64)
        return grey


def _grown(area: Box, layer: _Layer, sheet: _Sheet) -> Box:
    own = layer.under(area)
    line = layer.line(own)
    if line is None:
        return area
    u0, v0, u1, v1 = line.span(area)
    fitting, low, high = _heights(line, layer, sheet, own, (u0, u1))
    if line.slope:  # no box of the height of its line is drawn there
        line, v0, v1 = fitting, low, high
    else:
        v0, v1 = min(v0 - _BELOW_EM * line.em, low), max(v1, high)
    reach = REACH_EM * line.em
    left = sheet.beside(line, u0, -reach, (v0, v1))
    right = sheet.beside(line, u1, reach, (v0, v1))
    before, behind = _gaps(line, (u0, u1), layer, own, right=right, step=sheet.step)
    u0 -= _inked(left, before / sheet.step) * sheet.step
    u1 += _inked(right, behind / sheet.step) * sheet.step
    return line.box(u0, v0, u1, v1)


def _heights(
    line: _Line, layer: _Layer, sheet: _Sheet, own: Flags, ends: tuple[float, float]
) -> tuple[_Line, float, float]:
    """The line with an em that fits its ink, and from where to where across it its print reaches."""
    base = float(np.median(layer.turned(line).middles[own])) - CORE_MIDDLE_EM * line.em
    beside = _BESIDE_EM * line.em  # a word alone may have neither a "g" nor a "b"
    band = sheet.band(line, (ends[0] - beside, ends[1] + beside), base + _INSIDE_EM * line.em)
    low, high = base + HEIGHT_EM[0] * line.em, base + HEIGHT_EM[1] * line.em
    if band is None:
        return line, low, high
    em = (band[1] - band[0]) / (HEIGHT_EM[1] - HEIGHT_EM[0])
    return replace(line, em=round(em, 1)), band[0] - sheet.step, band[1] + sheet.step


def _gaps(
    line: _Line, ends: tuple[float, float], layer: _Layer, own: Flags, *, right: Flags, step: float
) -> tuple[float, float]:
    """How far before and behind a place nothing else of the layer stands on its line.

    Signs behind a word are drawn out with it: they do not count when there is ink (`right`, in columns of a `step`)
    under the space behind them.
    """
    turned, reach = layer.turned(line), REACH_EM * line.em
    middle = float(np.median(turned.middles[own]))
    others = ~own & turned.upright & (np.abs(turned.middles - middle) < _SAME_LINE_EM * line.em)
    blanks, after = others & layer.blank, turned.starts - ends[1]

    def first(which: Flags) -> float:
        return float(after[which & (after > -_TOUCHING_PT)].min(initial=reach))

    before = (ends[0] - turned.ends)[others & (turned.ends < ends[0] + _TOUCHING_PT)].min(initial=reach)
    behind = first(others & ~blanks)
    space, word = first(blanks), first(others & layer.in_word)
    if behind < space < word and right[max(round(space / step), 0) : round(word / step)].any():
        behind = word
    return max(float(before), 0.0), max(behind, 0.0)


def _inked(columns: Flags, gap: float) -> int:
    """How many columns of ink go on beside a place: those that go on from under it, and those in the `gap`, but for
    what goes on in the letter behind the gap."""
    white = np.flatnonzero(~columns)
    whole = int(white[0]) if len(white) else len(columns)
    last = white[white < round(gap)].max(initial=0)
    inked = np.flatnonzero(columns[:last])
    return max(whole, int(inked[-1]) + 1 if len(inked) else 0)
