"""What parts a line into columns: wide gaps, gutters, the borders of cells.

    Bekend is dat   Aan Ad Jansen   │ Utrecht │
    deze woorden    over de zaak    │ Leiden  │
                 a gutter: many lines have it  a border of a table: others have a side in common with it

Coordinates are those of `axes.py`: `u` along the line, `v` across it, in points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.boxes.axes import Axes, Turned
from woo_anon.geometry import Box

COLUMN_EM = 1.5  # a gap this wide is no space between words, not in a justified line either
GUTTER_EM = 0.7  # a gap this wide is one between columns where this many other lines within reach have it too
GUTTER_LINES, GUTTER_REACH_EM = 3, 8.0
BAND_EM = (-0.3, 0.85)  # of the middles of all cores on a line, superscripts included; that of the next line is outside
HIGHEST_MARK_EM = 1.8  # of an underline or a mark behind words
SAME_SIDE_PT = 0.5
THIN_PT = 2.0  # a border no wider than this is a line
LOWEST_CELL_PT = 6.0  # what is lower is no side of a cell, but a line under words or a dash


@dataclass(frozen=True)
class Line:
    """The line on which text is removed: its direction, its base line, the size of that text."""

    axes: Axes
    base: float
    em: float

    def box(self, start: float, end: float, height: tuple[float, float]) -> Box:
        return self.axes.box(start, self.base + height[0] * self.em, end, self.base + height[1] * self.em)


class Columns:
    """Of one page: `frames` are what may be borders of cells, `fills` their grounds, `letters` tells which of its
    glyphs are no blanks."""

    def __init__(self, frames: Sequence[Box], fills: Sequence[Box], letters: Flags) -> None:
        self._frames = [*frames, *fills]
        self._drawn = np.arange(len(self._frames)) < len(frames)
        self._letters = letters
        self._borders: dict[int, tuple[Floats, Flags]] = {}  # by angle: the frames turned, and which are of a grid

    def cells(self, line: Line) -> tuple[Box, ...]:
        """The borders of cells between which a line stands: those of a grid, and those higher than any mark."""
        axes = line.axes
        if axes.angle not in self._borders:
            turned = np.array([axes.span(frame) for frame in self._frames], dtype=np.float64).reshape(-1, 4)
            self._borders[axes.angle] = turned, _in_a_grid(turned, self._drawn)
        borders, gridded = self._borders[axes.angle]
        _, low, _, high = axes.span(line.box(0.0, 0.0, BAND_EM))
        common = np.minimum(borders[:, 3], high) - np.maximum(borders[:, 1], low)
        tall = self._drawn & (borders[:, 3] - borders[:, 1] > HIGHEST_MARK_EM * line.em)
        chosen = np.flatnonzero((common > 0.5 * (high - low)) & (gridded | tall))
        return tuple(self._frames[at] for at in chosen.tolist())

    def parts(self, line: Line, seen: Turned, own: Ints, cells: Sequence[Box]) -> Ints:
        """For each of the letters `own` of a line, in order along it, the number of its column."""
        ends, starts = np.maximum.accumulate(seen.ends[own])[:-1], seen.starts[own[1:]]
        parted = (starts - ends > COLUMN_EM * line.em) | _divided(ends, starts, line.axes, cells)
        for gap in np.flatnonzero((starts - ends > GUTTER_EM * line.em) & ~parted).tolist():
            parted[gap] = self._is_gutter(line, seen, (ends[gap] + starts[gap]) / 2)
        return np.concatenate([[0], np.cumsum(parted)])

    def _is_gutter(self, line: Line, seen: Turned, u: float) -> bool:
        """Whether the lines above and below have a gap at the same place."""
        reach = GUTTER_REACH_EM * line.em
        rows = np.rint((seen.middles - line.base) / line.em)
        near = seen.upright & self._letters & (np.abs(seen.middles - line.base) < reach)
        near &= seen.starts < u + reach
        if (near & (seen.starts < u) & (seen.ends > u)).any():
            return False
        both = np.intersect1d(rows[near & (seen.ends <= u)], rows[near & (seen.starts >= u)])
        return len(both) > GUTTER_LINES


def sides_of(cells: Sequence[Box], axes: Axes) -> list[float]:
    """Where along a line the sides of cells are."""
    return [side for cell in cells for side in axes.span(cell)[::2]]


def _divided(ends: Floats, starts: Floats, axes: Axes, cells: Sequence[Box]) -> Flags:
    """Between which letters, that end and start there, a border stands."""
    sides = np.sort(sides_of(cells, axes))
    divided: Flags = np.searchsorted(sides, starts + 0.5) > np.searchsorted(sides, ends - 0.5)
    return divided


def _in_a_grid(places: Floats, drawn: Flags) -> Flags:
    """Which borders (n×4: u0, v0, u1, v1) are those of cells: their sides go on in the row above or below, or are those
    of the next cell too.

    The pieces of a frame around words are not: its right side stands where the words end, and nowhere else. Nor are
    marks behind words, one beside the other: of what is not `drawn` but filled, the row above or below tells.
    """
    high = np.flatnonzero(places[:, 3] - places[:, 1] >= LOWEST_CELL_PT)
    shared = np.zeros((len(places), 2), dtype=np.bool_)
    sides = places[high][:, [0, 2]].ravel()
    owners, which = np.repeat(high, 2), np.tile([0, 1], len(high))
    order = np.argsort(sides, kind="stable")
    for step in (1, 2, 3):  # a border that is a thin rectangle has its own other side beside it
        first, second = order[:-step], order[step:]
        one, other = owners[first], owners[second]
        above = np.minimum(places[one, 3], places[other, 3]) - np.maximum(places[one, 1], places[other, 1])
        beside = (which[first] != which[second]) & (one != other) & _is_wide(places[one]) & _is_wide(places[other])
        beside &= drawn[one] & drawn[other]
        alike = (sides[second] - sides[first] < SAME_SIDE_PT) & ((above < SAME_SIDE_PT) | beside)
        for at in (first[alike], second[alike]):
            shared[owners[at], which[at]] = True
    found: Flags = np.where(_is_wide(places), shared.all(axis=1), shared.any(axis=1))
    return found


def _is_wide(places: Floats) -> Flags:
    """Which borders are rectangles around something, and no lines."""
    wide: Flags = places[:, 2] - places[:, 0] > THIN_PT
    return wide
