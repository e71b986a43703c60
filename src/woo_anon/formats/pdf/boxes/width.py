"""Where boxes stand and what moves with them, so that neither a box nor a gap tells how wide the name was.

    before    Beste Marieke van den Zwartemans, wij   │
    after     Beste ┌──────────┐, wij                 │ an edge: the next column, a rule, the page
                    └──────────┘

The widths are those of `arrangement`. What follows on the line moves along, up to the next wide gap (a column, a tab)
or as far as there is room. All boxes in text of one size are of one height, for that of the text tells its ascenders
and descenders.

Coordinates along the line are called `u`, across it `v`; both in points. The idea of the attack: M. Bland, A. Iyer,
K. Levchenko, "Story Beyond the Eye: Glyph Positions Break PDF Text Redaction" (2022).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from woo_anon.formats.pdf.arrays import Floats, Ints
from woo_anon.formats.pdf.boxes.arrangement import Item, starts, widths
from woo_anon.formats.pdf.boxes.axes import Axes, Span, Turned
from woo_anon.formats.pdf.boxes.columns import BAND_EM, COLUMN_EM, Columns, Line, sides_of
from woo_anon.formats.pdf.boxes.geometry import cores, inside
from woo_anon.formats.pdf.boxes.move import LARGEST_EM, Move, Plan, on_line
from woo_anon.formats.pdf.boxes.obstacles import Obstacles
from woo_anon.formats.pdf.boxes.telling import (
    BESIDE_EM,
    ROWS_EM,
    belongs_to,
    frames_words,
    is_filled_up,
    shapes_tell,
    side_tells,
    sides_alike,
    sides_around,
)
from woo_anon.formats.pdf.content.interpreter import CORE_MIDDLE_EM
from woo_anon.formats.pdf.reading.glyphs import BLANKS, Glyphs
from woo_anon.geometry import Box, Place

HEIGHT_EM = (-0.22, 0.82)  # of a box, from the base line: from under a "g" to over a "b"
LOWEST_BOX_EM = 0.4  # where lines nearly overlap
ROOM_EM = 3.0  # letters this near to a box count as above or below it
PAGE_MARGIN_PT = 20.0
PADDING_EM = 0.3  # between moved text and a rule
COLUMN_PADDING_EM = 0.75
HALF_A_LINE_EM = 0.35  # beyond a line: no other line of the same column has its middle there


@dataclass(frozen=True)
class _Segment:
    """The part of a line without wide gaps: its glyphs `at` (indices, along the line), where its text ends, the edge
    that text may not pass, how far the line reaches, and the borders of cells beside it."""

    line: Line
    at: Ints
    end: float
    edge: float
    strip_end: float
    cells: tuple[Box, ...]


def plan(
    page: Box, glyphs: Glyphs, places: Sequence[Place], obstacles: Obstacles | None, directions: Ints | None = None
) -> Plan:
    """Plan the boxes of one page (`page` is its visible rectangle) whose characters are `glyphs`; `directions` are
    theirs before vertical writing was turned, in whole degrees.

    A box keeps the width of its text where no text is removed, where the text lies over an image, runs askew, or cannot
    move for want of room; all of them do when `obstacles` is None.
    """
    planner = _Planner(
        page, glyphs, places, obstacles or Obstacles(), glyphs.angles if directions is None else directions
    )
    return planner.plan(moving=obstacles is not None)


class _Planner:
    def __init__(
        self, page: Box, glyphs: Glyphs, places: Sequence[Place], obstacles: Obstacles, directions: Ints
    ) -> None:
        self._page = page
        self._directions = directions
        self._glyphs = glyphs
        self._obstacles = obstacles
        self._cores = cores(glyphs)
        self._known: dict[int, Turned] = {}
        self._shapes: dict[int, Floats] = {}  # by angle: the obstacles' shapes turned, n×4
        self._owner = np.full(len(glyphs), -1, dtype=np.int64)
        for number, place in enumerate(places):
            self._owner[inside(self._cores, (place.area,), 0.01)] = number
        self._space = np.isin(glyphs.codes, BLANKS)
        self._columns = Columns(self._obstacles.frames, self._obstacles.fills, ~self._space)
        self._lines = [self._line(number) for number in range(len(places))]
        self._places = [self._framed(place, line) for place, line in zip(places, self._lines, strict=True)]
        self._moves: list[Move] = []

    def _turned(self, axes: Axes) -> Turned:
        if axes.angle not in self._known:
            self._known[axes.angle] = Turned.of(self._glyphs, self._cores, axes)
        return self._known[axes.angle]

    def plan(self, *, moving: bool) -> Plan:
        exact = tuple(self._places)
        done: set[int] = set()
        for number, line in enumerate(self._lines):
            if moving and not self._obstacles.crowded and line is not None and number not in done:
                segment = self._segment(line, number)
                if segment is not None:
                    done |= self._lay_out(segment)
        return Plan(tuple(self._places), tuple(self._moves), exact)

    def _line(self, number: int) -> Line | None:
        """The line of a place; None when it holds no text, or some that runs askew: all of it goes then, and the box
        must be where it was."""
        taken = np.flatnonzero((self._owner == number) & ~self._space)
        if not len(taken) or (self._glyphs.angles[taken] % 90).any():
            return None
        angle = int(np.bincount(self._glyphs.angles[taken]).argmax())
        em = float(np.median(self._glyphs.sizes[taken]))
        base = float(np.median(self._turned(Axes(angle)).middles[taken])) - CORE_MIDDLE_EM * em
        return Line(Axes(angle), base, em)

    def _framed(self, place: Place, line: Line | None) -> Place:
        """The place with a box of the height that all boxes in text of this size have."""
        if line is None:
            return place
        start, low, end, high = line.axes.span(place.area)
        if not 0.3 * line.em < high - low < 1.7 * line.em:
            return place  # a font whose size says nothing
        return replace(place, drawn=self._box(line, start, end))

    def _box(self, line: Line, start: float, end: float) -> Box:
        """A box on the line that leaves the letters of the lines above and below free."""
        low, high = HEIGHT_EM
        seen, reach = self._turned(line.axes), ROOM_EM * line.em
        near = np.flatnonzero(np.abs(seen.middles - line.base) < 2 * line.em)
        near = near[(seen.starts[near] < end + reach) & (seen.ends[near] > start - reach) & seen.upright[near]]
        near = near[(self._owner[near] < 0) & ~self._space[near]]
        middles, sizes = (seen.middles[near] - line.base) / line.em, self._glyphs.sizes[near] / line.em
        above, below = middles > BAND_EM[1], middles < BAND_EM[0]
        if above.any():
            high = max(min(high, float((middles - 0.5 * sizes)[above].min())), LOWEST_BOX_EM)
        if below.any():
            low = min(max(low, float((middles + 0.45 * sizes)[below].max())), 0.0)
        return line.box(start, end, (low, high))

    def _segment(self, line: Line, number: int) -> _Segment | None:
        """The part of the line in which a place lies; None when it must not move."""
        axes, em = line.axes, line.em
        seen = self._turned(axes)
        low, high = (line.base + edge * em for edge in BAND_EM)
        at = np.flatnonzero(
            on_line(axes.angle, em, self._glyphs.angles, self._glyphs.sizes)
            & (seen.middles > low)
            & (seen.middles < high)
        )
        at = at[np.argsort(seen.starts[at], kind="stable")]
        inked = at[~self._space[at]]
        owned = np.flatnonzero(self._owner[inked] == number)
        if not len(owned):
            return None  # a place over several lines, whose middle lies between them
        cells = self._columns.cells(line)
        part = self._columns.parts(line, seen, inked, cells)
        mine = part[owned[0]]
        own, behind = inked[part == mine], inked[part == mine + 1]
        start, end = float(seen.starts[own].min()), float(seen.ends[own].max())
        following = self._off_the_line(line, seen, end)
        if len(behind):
            following = min(following, float(seen.starts[behind].min()))
        band = line.box(start, end, BAND_EM)
        # A picture right behind the text is one of the line, and where it stands tells where the text ended.
        beside = line.box(start, end + COLUMN_EM * em, BAND_EM)
        if any(image.intersects(beside) for image in self._obstacles.images):
            return None
        at = at[(seen.starts[at] > start - 0.01) & (seen.starts[at] < following - 0.01)]
        if self._tells(line, at, band, [following, *sides_of(cells, axes)], cells):
            return None
        edge = min(self._edge(axes, band, em, cells), following - COLUMN_PADDING_EM * em)
        strip_end = following - 0.01 if following < math.inf else axes.span(self._page)[2] + em
        return _Segment(line, at, end, max(edge, end), strip_end, cells)

    def _off_the_line(self, line: Line, seen: Turned, end: float) -> float:
        """Where text behind the line begins whose base line is another one, as in the next cell of a row in which all
        is centred, or that is much larger."""
        middles, sizes = (seen.middles - line.base) / line.em, self._glyphs.sizes / line.em
        reach = np.where(sizes > LARGEST_EM, sizes / 2, HALF_A_LINE_EM)
        off = (middles > BAND_EM[0] - reach) & (middles < BAND_EM[1] + reach) & seen.upright & ~self._space
        return float(seen.starts[off & (seen.starts > end)].min(initial=math.inf))

    def _tells(self, line: Line, at: Ints, band: Box, sides: Sequence[float], cells: Sequence[Box]) -> bool:
        """Whether something that stays where it is tells where the text `at`, in `band`, ended."""
        seen = self._turned(line.axes)
        text = line.axes.span(band)
        removed = [line.axes.span(self._places[number].area) for number in set(self._owner[at].tolist()) - {-1}]
        shapes = self._near(line, text, BESIDE_EM, cells)
        stays = (self._owner < 0) & ~self._space
        sides = [*sides, *sides_around(shapes, text, line.em)]
        rows = self._near(line, text, ROWS_EM, cells)
        return (
            is_filled_up(self._glyphs.codes[at])
            or side_tells(line, seen, stays, text, sides)
            or any(
                side_tells(line, seen, stays, words, alike)
                for words in (text, *removed)
                if (alike := sides_alike(rows, words, text, line.em))
            )
            or shapes_tell(shapes, [text[2], *(area[2] for area in removed)], text, line.em)
            or frames_words(shapes, text, min(area[0] for area in removed), line.em)
        )

    def _near(self, line: Line, text: Span, reach: float, cells: Sequence[Box]) -> list[Span]:
        """The shapes on a line and up to `reach` em above and below it, but for the borders of its cells."""
        shapes, axes = self._obstacles.shapes, line.axes
        if axes.angle not in self._shapes:
            self._shapes[axes.angle] = np.array([axes.span(shape) for shape in shapes], np.float64).reshape(-1, 4)
        spans, away = self._shapes[axes.angle], reach * line.em
        near = np.flatnonzero((spans[:, 1] < text[3] + away) & (spans[:, 3] > text[1] - away))
        return [axes.span(shapes[at]) for at in near.tolist() if shapes[at] not in cells]

    def _edge(self, axes: Axes, band: Box, em: float, cells: Sequence[Box]) -> float:
        """How far text may move: to the page's margin, a rule, a frame's or a background's side, an image, a clip."""
        edge = axes.span(self._page)[2] - PAGE_MARGIN_PT
        text = axes.span(band)
        for obstacle in (*self._obstacles.shapes, *self._obstacles.images):
            shape = axes.span(obstacle)
            if min(shape[3], text[3]) - max(shape[1], text[1]) < 0.3 * em:
                continue
            if belongs_to(shape, text, em) and obstacle not in cells:
                continue
            sides = [side for side in (shape[0], shape[2]) if side > text[2] - 0.5]
            edge = min([edge, *(side - PADDING_EM * em for side in sides)])
        for clipped, clip in self._obstacles.clips:
            if clipped.intersects(band):
                edge = min(edge, axes.span(clip)[2])
        return edge

    def _lay_out(self, segment: _Segment) -> set[int]:
        """Place the boxes of one segment. Answers with the numbers of its places."""
        items = list(self._items(segment))
        numbers = [item.number for item in items if item.number >= 0]
        if len(set(numbers)) < len(numbers):
            return set(numbers)  # the text of two places is mixed
        wide = widths(items, segment.edge, segment.line.em)
        if wide is not None:
            self._apply(segment, items, wide)
        return set(numbers)

    def _items(self, segment: _Segment) -> Iterator[Item]:
        """What stands on the segment, in order: removed areas, and the texts between them."""
        seen = self._turned(segment.line.axes)
        starts, ends = seen.starts[segment.at], seen.ends[segment.at]
        owners = self._owner[segment.at]
        breaks = np.flatnonzero(np.diff(owners)) + 1
        for run in np.split(np.arange(len(owners)), breaks):
            start, end = float(starts[run].min()), float(ends[run].max())
            # Spaces at the end of a line need no room.
            yield Item(int(owners[run[0]]), start, max(start, min(end, segment.end)))

    def _apply(self, segment: _Segment, items: Sequence[Item], wide: Sequence[float]) -> None:
        line, em = segment.line, segment.line.em
        begin = list(starts(items, wide, em))
        whole = line.box(items[0].start, segment.end, BAND_EM)
        for at, item in enumerate(items):
            if item.number < 0:
                continue
            place = self._places[item.number]
            drawn = self._box(line, begin[at], begin[at] + wide[at])
            behind = items[at + 1] if at + 1 < len(items) else Item(-1, item.end, item.end)
            distance = begin[at + 1] - behind.start if at + 1 < len(items) else 0.0
            # Up to the next box, for there may be spaces that PDFium does not list.
            area = next((other.start for other in items[at + 1 :] if other.number >= 0), segment.strip_end)
            text = line.box(behind.start, behind.end, BAND_EM) if behind.number < 0 and behind.width else None
            strip = line.box(item.end, area, BAND_EM) if area > item.end else None
            shift = line.axes.shift(distance)
            direction = int(np.bincount(self._directions[self._owner == item.number]).argmax())
            move = Move(line.axes, em, whole, place.area, drawn, text, strip, shift, segment.cells, direction)
            self._moves.append(move)
            self._places[item.number] = replace(place, drawn=drawn, rest=text, shift=move.shift, exact=False)
