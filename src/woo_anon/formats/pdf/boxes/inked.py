"""Places over a picture reach as far as the ink of their words: layers of text fit scans but roughly.

    layer    │mevrouw │Vo│s│          Tesseract draws a word and the space behind it out over the ink of the word:
    ink      │mevrouw  Vos │          the box of its letters ends before the last of them

A letter that a box cuts through goes as a whole. Other ink beside it belongs to the word up to the next letter of the
layer, on the left also up to the next space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from woo_anon.formats.pdf.arrays import Flags
from woo_anon.formats.pdf.boxes.axes import Axes, Span, Turned
from woo_anon.formats.pdf.boxes.geometry import cores, inside
from woo_anon.formats.pdf.reading.glyphs import BLANKS, Glyphs
from woo_anon.formats.pdf.scans.ink import ink
from woo_anon.formats.pdf.unseen.sight import painted
from woo_anon.geometry import Box, Place

REACH_EM = 1.2  # of ink beyond the box of a word
_SAME_LINE_EM = 0.5
_BELOW_EM = 0.12  # of a letter that goes below its line, such as J
_TOUCHING_PT = 0.3  # of two boxes that stand side by side
_RULE = 0.9  # share of ink in a row of pixels that is a line under or through the words


def with_ink(page: Any, glyphs: Glyphs, places: Sequence[Place], pictures: Sequence[Box]) -> tuple[Place, ...]:
    """`places` on a pypdfium2 page with these characters, those over `pictures` grown to the ink beside them.

    Words that are drawn over a picture themselves are their own ink.
    """
    over = {place.area for place in places if any(picture.intersects(place.area) for picture in pictures)}
    if not over:
        return tuple(places)
    seen, layer = _Ink(page), _Layer(page, glyphs, tuple(over))
    return tuple(
        replace(place, area=_grown(place.area, layer, seen)) if place.area in over else place for place in places
    )


class _Layer:
    """The text over a picture: what it is asked of every place is worked out once. `areas` are those of the places."""

    def __init__(self, page: Any, glyphs: Glyphs, areas: Sequence[Box]) -> None:
        self.glyphs = glyphs
        self.blank = np.isin(glyphs.codes, BLANKS)
        self.in_word = np.array([chr(code).isalnum() for code in glyphs.codes.tolist()], dtype=np.bool_)
        self._cores = cores(glyphs)
        self._turned: dict[int, Turned] = {}
        self._letters = inside(self._cores, areas, 0.01) & ~self.blank
        self._painted = painted(page, glyphs, self._letters)

    def is_read(self, own: Flags) -> bool:
        """Whether most of these characters are what OCR read in a picture, and not drawn themselves."""
        letters = self._painted[own & self._letters]
        return bool(len(letters) and letters.mean() < 0.5)

    def under(self, area: Box) -> Flags:
        """Which characters lie in an area."""
        return inside(self._cores, (area,), 0.01)

    def turned(self, axes: Axes) -> Turned:
        if axes.angle not in self._turned:
            self._turned[axes.angle] = Turned.of(self.glyphs, self._cores, axes)
        return self._turned[axes.angle]


class _Ink:
    """The ink of a page; in points of its user space."""

    def __init__(self, page: Any) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._dark = np.rot90(ink(page), page.get_rotation() // 90)  # a page is seen turned to the right

    def within(self, box: Box) -> Flags:
        """Rows × columns, row 0 on top."""
        rows, columns = self._dark.shape
        across, down = columns / (self._right - self._left), rows / (self._top - self._bottom)
        left, right = (round((x - self._left) * across) for x in (box.left, box.right))
        top, bottom = (round((self._top - y) * down) for y in (box.top, box.bottom))
        found: Flags = self._dark[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
        return found


def _grown(area: Box, layer: _Layer, seen: _Ink) -> Box:
    own = layer.under(area)
    angles = layer.glyphs.angles[own]
    if not layer.is_read(own) or (angles % 90).any():
        return area
    axes = Axes(int(np.bincount(angles).argmax()))
    em, (u0, v0, u1, v1) = float(np.median(layer.glyphs.sizes[own])), axes.span(area)
    v0 -= _BELOW_EM * em
    before, behind = _gaps(axes, (u0, v0, u1, v1), layer, own, seen)
    reach = REACH_EM * em
    left = _inked(seen, axes, (u0 - reach, v0, u0, v1), u0 - before, backwards=True)
    right = _inked(seen, axes, (u1, v0, u1 + reach, v1), behind - u1, backwards=False)
    return axes.box(u0 - left, v0, u1 + right, v1)


def _gaps(axes: Axes, span: Span, layer: _Layer, own: Flags, seen: _Ink) -> tuple[float, float]:
    """From where before, and to where behind a place nothing else of the layer stands on its line.

    Signs behind a word are drawn out with it: they do not count when there is ink under the space behind them.
    """
    turned, em = layer.turned(axes), float(np.median(layer.glyphs.sizes[own]))
    middle = float(np.median(turned.middles[own]))
    others = ~own & turned.upright & (np.abs(turned.middles - middle) < _SAME_LINE_EM * em)
    blanks = others & layer.blank
    right = turned.starts > span[2] - _TOUCHING_PT

    def first(which: Flags) -> float:
        return float(turned.starts[which & right].min(initial=span[2] + REACH_EM * em))

    before = float(turned.ends[others & (turned.ends < span[0] + _TOUCHING_PT)].max(initial=span[0] - REACH_EM * em))
    behind = first(others & ~blanks)
    space, word = first(blanks), first(others & layer.in_word)
    if behind < space < word and seen.within(axes.box(space, span[1], word, span[3])).any():
        behind = word
    return min(before, span[0]), max(behind, span[2])


def _inked(seen: _Ink, axes: Axes, beside: Span, gap: float, *, backwards: bool) -> float:
    """How far ink goes beside a place, in points: that which goes on from under it, and that in the `gap`, but for what
    goes on in the letter behind the gap."""
    dark = seen.within(axes.box(*beside))
    if axes.angle % 180:
        dark = dark.T
    if not dark.size:
        return 0.0
    dark = dark[dark.mean(axis=1) < _RULE]
    columns = np.asarray(dark.any(axis=0))
    if backwards != (axes.angle in {90, 180}):
        columns = columns[::-1]
    width = (beside[2] - beside[0]) / len(columns)
    white = np.flatnonzero(~columns)
    whole = int(white[0]) if len(white) else len(columns)
    last = white[white < round(gap / width)].max(initial=0)
    inked = np.flatnonzero(columns[:last])
    return max(whole, int(inked[-1]) + 1 if len(inked) else 0) * width
