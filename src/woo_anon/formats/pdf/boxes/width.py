"""Where boxes stand and what moves with them, so that neither a box nor a gap tells how wide the name was.

    before    Beste Marieke van den Zwartemans, wij   │
    after     Beste ┌──────────┐, wij                 │ an edge: the next column, a rule, the page
                    └──────────┘

Every box is of one width: BOX_EM times the size of the text, whatever it covers; only what is longer than any name gets
a multiple of it. What follows on the line moves along, up to the next wide gap (a column, a tab). Where the line has no
room, the boxes in it are made narrower until its end meets the edge: the edge tells their width then, not the name.
Gaps beside a box are rounded, for kerning tells the letters that were there. All boxes in text of one size are of one
height, for that of the text tells its ascenders and descenders.

Coordinates along the line are called `u`, across it `v`; both in points. The idea of the attack: M. Bland, A. Iyer,
K. Levchenko, "Story Beyond the Eye: Glyph Positions Break PDF Text Redaction" (2022).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.boxes.axes import Axes, Span, Turned
from woo_anon.formats.pdf.boxes.columns import BAND_EM, COLUMN_EM, Columns, Line, sides_of
from woo_anon.formats.pdf.boxes.geometry import cores, inside
from woo_anon.formats.pdf.boxes.obstacles import Obstacles
from woo_anon.formats.pdf.boxes.telling import (
    BESIDE_EM,
    belongs_to,
    frames_words,
    is_filled_up,
    shapes_tell,
    side_tells,
    sides_around,
)
from woo_anon.formats.pdf.content.interpreter import CORE_MIDDLE_EM
from woo_anon.formats.pdf.content.matrix import Point
from woo_anon.formats.pdf.reading.glyphs import BLANKS, Glyphs
from woo_anon.geometry import Box, Place

BOX_EM = 6.0  # near the mean of surnames (4.5) and full names (7.5): lines keep about their length
LONGEST_NAME_EM = 15.0  # of 20,000 Dutch full names one is longer
NARROWEST_EM = 1.5  # a box of which nobody wonders what it is
GRID_EM = 0.25  # gaps beside a box are a multiple of this; a space is about one
HEIGHT_EM = (-0.22, 0.82)  # of a box, from the base line: from under a "g" to over a "b"
LOWEST_BOX_EM = 0.4  # where lines nearly overlap
ROOM_EM = 3.0  # letters this near to a box count as above or below it
PAGE_MARGIN_PT = 20.0
PADDING_EM = 0.3  # between moved text and a rule
COLUMN_PADDING_EM = 0.75
LARGEST_EM = 2.0  # of what stands on the line; a watermark is larger
HALF_A_LINE_EM = 0.35  # beyond a line: no other line of the same column has its middle there


@dataclass(frozen=True)
class Move:
    """One box, and what moves behind it, in points on the page.

    `area` is what was removed, `box` what stands there now, `line` the text of the whole line; `text` is the text up
    to the next box or the line's end (None when there is none). All of the line in `strip` moves over `shift`; without
    a `text` it goes, for it shows nothing, such as a space at the end of a line, and would tell where the text ended.
    `axes` and `em` are the line's direction and the size of its text, `direction` that of its glyphs, in whole
    degrees: in vertical writing another one. `cells` are borders of a table beside it, which stay where they are.
    """

    axes: Axes
    em: float
    line: Box
    area: Box
    box: Box
    text: Box | None = None
    strip: Box | None = None
    shift: Point = (0.0, 0.0)
    cells: tuple[Box, ...] = ()
    direction: int = 0

    def takes(self, angles: Ints, sizes: Floats) -> Flags:
        """Which of the glyphs in the strip that run in these directions (whole degrees) and have these sizes (points)
        are of the line: no watermark across it."""
        return on_line(self.direction, self.em, angles, sizes)


@dataclass(frozen=True)
class Plan:
    """The places of one page with the boxes as they are to be drawn, in the order they were given, and the moves.

    `exact` are the same places with boxes as wide as their text, for when nothing may move."""

    places: tuple[Place, ...]
    moves: tuple[Move, ...] = ()
    exact: tuple[Place, ...] = ()

    def unmoved(self) -> Plan:
        return Plan(self.exact, (), self.exact)


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
        self._columns = Columns(self._obstacles.frames, ~self._space)
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
        """The line of a place; None when it holds no text or that runs askew."""
        taken = np.flatnonzero((self._owner == number) & ~self._space)
        if not len(taken):
            return None
        angle = int(np.bincount(self._glyphs.angles[taken]).argmax())
        if angle % 90:
            return None
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
        cells = self._columns.cells(line)
        part = self._columns.parts(line, seen, inked, cells)
        mine = part[np.flatnonzero(self._owner[inked] == number)[0]]
        own, behind = inked[part == mine], inked[part == mine + 1]
        start, end = float(seen.starts[own].min()), float(seen.ends[own].max())
        following = float(seen.starts[behind].min()) if len(behind) else self._half_a_line_off(line, seen, end)
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

    def _half_a_line_off(self, line: Line, seen: Turned, end: float) -> float:
        """Where text behind the line begins whose base line is another one, as in the next cell of a row in which all
        is centred."""
        middles = (seen.middles - line.base) / line.em
        off = (middles > BAND_EM[0] - HALF_A_LINE_EM) & (middles < BAND_EM[1] + HALF_A_LINE_EM)
        off &= on_line(line.axes.angle, line.em, self._glyphs.angles, self._glyphs.sizes) & ~self._space
        return float(seen.starts[off & (seen.starts > end)].min(initial=math.inf))

    def _tells(self, line: Line, at: Ints, band: Box, sides: Sequence[float], cells: Sequence[Box]) -> bool:
        """Whether something that stays where it is tells where the text `at`, in `band`, ended."""
        seen = self._turned(line.axes)
        text = line.axes.span(band)
        removed = [line.axes.span(self._places[number].area) for number in set(self._owner[at].tolist()) - {-1}]
        shapes = self._near(line, text, cells)
        sides = [*sides, *sides_around(shapes, text, line.em)]
        return (
            is_filled_up(self._glyphs.codes[at])
            or side_tells(line, seen, (self._owner < 0) & ~self._space, text[2], sides)
            or shapes_tell(shapes, [text[2], *(area[2] for area in removed)], text, line.em)
            or frames_words(shapes, text, min(area[0] for area in removed), line.em)
        )

    def _near(self, line: Line, text: Span, cells: Sequence[Box]) -> list[Span]:
        """The shapes on a line and just above and below it, but for the borders of its cells."""
        shapes, axes = self._obstacles.shapes, line.axes
        if axes.angle not in self._shapes:
            self._shapes[axes.angle] = np.array([axes.span(shape) for shape in shapes], np.float64).reshape(-1, 4)
        spans, reach = self._shapes[axes.angle], BESIDE_EM * line.em
        near = np.flatnonzero((spans[:, 1] < text[3] + reach) & (spans[:, 3] > text[1] - reach))
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
        widths = _widths(items, segment)
        if widths is not None:
            self._apply(segment, items, widths)
        return set(numbers)

    def _items(self, segment: _Segment) -> Iterator[_Item]:
        """What stands on the segment, in order: removed areas, and the texts between them."""
        seen = self._turned(segment.line.axes)
        starts, ends = seen.starts[segment.at], seen.ends[segment.at]
        owners = self._owner[segment.at]
        breaks = np.flatnonzero(np.diff(owners)) + 1
        for run in np.split(np.arange(len(owners)), breaks):
            start, end = float(starts[run].min()), float(ends[run].max())
            # Spaces at the end of a line need no room.
            yield _Item(int(owners[run[0]]), start, max(start, min(end, segment.end)))

    def _apply(self, segment: _Segment, items: Sequence[_Item], widths: Sequence[float]) -> None:
        line, em = segment.line, segment.line.em
        starts = list(_starts(items, widths, em))
        whole = line.box(items[0].start, segment.end, BAND_EM)
        for at, item in enumerate(items):
            if item.number < 0:
                continue
            place = self._places[item.number]
            drawn = self._box(line, starts[at], starts[at] + widths[at])
            behind = items[at + 1] if at + 1 < len(items) else _Item(-1, item.end, item.end)
            distance = starts[at + 1] - behind.start if at + 1 < len(items) else 0.0
            # Up to the next box, for there may be spaces that PDFium does not list.
            area = next((other.start for other in items[at + 1 :] if other.number >= 0), segment.strip_end)
            text = line.box(behind.start, behind.end, BAND_EM) if behind.number < 0 and behind.width else None
            strip = line.box(item.end, area, BAND_EM) if area > item.end else None
            shift = line.axes.shift(distance)
            direction = int(np.bincount(self._directions[self._owner == item.number]).argmax())
            move = Move(line.axes, em, whole, place.area, drawn, text, strip, shift, segment.cells, direction)
            self._moves.append(move)
            self._places[item.number] = replace(place, drawn=drawn, rest=text, shift=move.shift, exact=False)


@dataclass(frozen=True)
class _Item:
    """Removed text (`number` of its place) or staying text (-1), from `start` to `end` along the line."""

    number: int
    start: float
    end: float

    @property
    def width(self) -> float:
        return self.end - self.start


def _widths(items: Sequence[_Item], segment: _Segment) -> list[float] | None:
    """The width of every item's box, that of staying text its own; None when there is no room for any that tells
    nothing."""
    em = segment.line.em
    for rounding in (math.ceil, math.floor):
        widths = [item.width if item.number < 0 else _wanted(item.width, em, rounding) for item in items]
        over = _end(items, widths, em) - segment.edge
        if over <= 0:
            return widths
    flexible = [at for at, item in enumerate(items) if item.number >= 0 and widths[at] <= BOX_EM * em]
    narrower = BOX_EM * em - over / len(flexible) if flexible else 0.0
    if narrower < NARROWEST_EM * em:
        return None
    return [narrower if at in flexible else width for at, width in enumerate(widths)]


def _wanted(width: float, em: float, rounding: Callable[[float], int]) -> float:
    one = BOX_EM * em
    return one if width <= LONGEST_NAME_EM * em else rounding(width / one) * one


def _starts(items: Sequence[_Item], widths: Sequence[float], em: float) -> Iterator[float]:
    """Where every item begins once the boxes have these widths. Gaps beside a box are rounded."""
    pen = end = items[0].start
    grid = GRID_EM * em
    for item, width in zip(items, widths, strict=True):
        start = pen + round((item.start - end) / grid) * grid
        yield start
        pen, end = start + width, item.end


def _end(items: Sequence[_Item], widths: Sequence[float], em: float) -> float:
    """How far the text reaches once the boxes have these widths."""
    *_, start = _starts(items, widths, em)
    return start + widths[-1]


def on_line(direction: int, em: float, angles: Ints, sizes: Floats) -> Flags:
    """Which glyphs, by their directions (whole degrees) and sizes, may be of a line of text of size `em`."""
    found: Flags = (angles == direction) & (sizes <= LARGEST_EM * em)
    return found
