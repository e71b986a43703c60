"""Reading order of the segments of a page: lines, columns, tables.

Segments are joined to rows, the rows to bands, one below the other. A band with a gutter through all its rows is
columns or a table:

    ┌──────────────────────────┐
    │ a line over the width    │  band 1: lines
    ├────────────────┬─────────┤
    │ body text that │ Contact │  band 2: columns, read one after the other,
    │ goes on and on │ J. Smit │  each of them split into bands again
    ├──────┬─────────┴─────────┤
    │ Van  │ directie          │  band 3: a table, read row by row
    │ Aan  │ minister          │
    └──────┴───────────────────┘

Columns or table is decided by what a reader would go by (do the lines of both sides stand on the same base lines, do
they fill their column as running text does) and by the order in which the file draws them. The idea of cutting a page
at its gaps: Nagy and Seth, "Hierarchical representation of optically scanned documents", 1984 (XY-cut).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

# In ems.
CELL_GAP = 1.2  # a gap that is no space between words
GUTTER = 0.7  # LaTeX sets its columns 10 pt apart
COLUMN = 3.0  # what is left free beside lines is room for a column from here on
SAME_BASE_LINE = 0.12
DEEPEST = 12  # columns within bands within columns…
MOST_SEGMENTS = 20_000  # letters strewn over a page: read as drawn

Interval = tuple[float, float]


@dataclass(slots=True, eq=False)
class Segment:
    """Characters `first`..`last` of a frame on one base line; the extents (points) are those of what is not white.

    `line` and `part` are set by `order`: segments of one line stand beside each other; a new part (a column) starts
    a new paragraph.
    """

    first: int
    last: int
    left: float
    right: float
    base: float
    size: float
    line: int = -1
    part: int = -1

    @property
    def low(self) -> float:
        return self.base - 0.2 * self.size

    @property
    def high(self) -> float:
        return self.base + 0.7 * self.size


Row = list[Segment]


@dataclass(frozen=True)
class Band:
    """Rows below each other, and the gutters (left, right) that go through all of them."""

    rows: list[Row]
    gutters: list[Interval]

    @property
    def segments(self) -> list[Segment]:
        return [segment for row in self.rows for segment in row]

    @property
    def is_weak(self) -> bool:
        """Whether no more than one row has text on both sides of a gutter: chance, or a line with a gap."""
        return all(
            sum(row[0].left < gutter[0] and row[-1].right > gutter[1] for row in self.rows) < 2
            for gutter in self.gutters
        )


def order(segments: Sequence[Segment], *, drawn: bool = True) -> list[Segment]:
    """The segments in reading order, with `line` and `part` set. Unless they are `drawn`, by a program that knew what
    belongs together, the order in which they come says nothing: OCR takes parts of a table for columns."""
    if len(segments) > MOST_SEGMENTS:
        return _as_drawn(segments)
    ordered: list[Segment] = []
    part = 0
    for segment in _order(segments, 0, drawn=drawn):
        if segment is None:
            part += 1
            continue
        segment.part = part
        ordered.append(segment)
    return ordered


def _as_drawn(segments: Sequence[Segment]) -> list[Segment]:
    ordered = sorted(segments, key=lambda segment: segment.first)
    ordered[0].line = 0
    for previous, segment in pairwise(ordered):
        segment.line = previous.line + (abs(previous.base - segment.base) > SAME_BASE_LINE * segment.size)
    return ordered


def _order(segments: Sequence[Segment], depth: int, *, drawn: bool) -> list[Segment | None]:
    """Reading order of a region; None where a column begins or ends."""
    ordered: list[Segment | None] = []
    for band in _bands(_rows(segments)):
        sides = _columns(band, drawn=drawn) if depth < DEEPEST else []
        for side in sides:
            ordered += [None, *_order(side, depth + 1, drawn=drawn), None]
        if not sides:
            _number_lines(band)
            ordered += _table(band) if band.gutters and drawn else band.segments
    return ordered


def _rows(segments: Sequence[Segment]) -> list[Row]:
    """The segments by line, top to bottom, each row from left to right."""
    rows: list[Row] = []
    tallest: Segment | None = None
    for segment in sorted(segments, key=lambda s: (-s.base, s.left)):
        if tallest is None or not _beside(tallest, segment) or _over(rows[-1], segment):
            rows.append([])
            tallest = segment
        rows[-1].append(segment)
        if segment.size > tallest.size:
            tallest = segment
    for row in rows:
        row.sort(key=lambda s: s.left)
    return rows


def _number_lines(band: Band) -> None:
    for row in band.rows:
        for segment in row:
            segment.line = row[0].first  # as good a number as any: no two rows share it


def _beside(one: Segment, other: Segment) -> bool:
    overlap = min(one.high, other.high) - max(one.low, other.low)
    return overlap > 0.5 * 0.9 * min(one.size, other.size)


def _over(row: Row, segment: Segment) -> bool:
    """Whether the segment covers half of one in the row: then it is a line of its own."""
    return any(
        min(one.right, segment.right) - max(one.left, segment.left)
        > 0.5 * min(one.right - one.left, segment.right - segment.left)
        for one in row
    )


def _bands(rows: list[Row]) -> list[Band]:
    """The rows cut into bands so that gutters are as long as they can be."""
    bands: list[Band] = []
    at = 0
    while at < len(rows):
        end, gutters = _grow(rows, at)
        band = Band(rows[at:end], gutters)
        above = bands.pop().rows if bands and bands[-1].is_weak else []
        if above and gutters:
            above, band = _take_from_above(above, band)
            bands += _bands(above)
        elif above:
            band = Band(above + band.rows, [])
        bands.append(band)
        at = end
    return bands


def _grow(rows: list[Row], at: int) -> tuple[int, list[Interval]]:
    """How far down a band that begins with row `at` reaches, and its gutters."""
    width = (min(row[0].left for row in rows), max(segment.right for row in rows for segment in row))
    free: list[Interval] = [(float("-inf"), float("inf"))]
    left, right = float("inf"), float("-inf")
    inside: list[Interval] = []
    for end in range(at, len(rows)):
        row = rows[end]
        narrower = _subtract(free, row)
        left, right = min(left, row[0].left), max(right, *(segment.right for segment in row))
        gutters = [gap for gap in narrower if left < gap[0] and gap[1] < right]
        least = COLUMN * row[0].size
        hopeless = not any(min(gap[1], width[1]) - max(gap[0], width[0]) >= least for gap in narrower)
        if end > at and not gutters and (inside or hopeless or _has_gutter(row)):
            return end, inside
        if inside and not any(_is_within(gap, old) for gap in gutters for old in inside):
            return end, inside  # what this row leaves free is a gap of its own, no gutter of those above
        free, inside = narrower, gutters
    return len(rows), inside


def _is_within(gap: Interval, old: Interval) -> bool:
    return old[0] <= gap[0] and gap[1] <= old[1]


def _has_gutter(row: Row) -> bool:
    return any(b.left - a.right >= GUTTER * b.size for a, b in pairwise(row))


def _subtract(free: list[Interval], row: Row) -> list[Interval]:
    """What of the free intervals the row leaves free, as far as it is wide enough for a gutter."""
    least = GUTTER * median(segment.size for segment in row)
    for segment in row:
        left: list[Interval] = []
        for low, high in free:
            if segment.right <= low or segment.left >= high:
                left.append((low, high))
                continue
            left += [(low, segment.left)] if segment.left - low >= least else []
            left += [(segment.right, high)] if high - segment.right >= least else []
        free = left
    return free


def _take_from_above(above: list[Row], band: Band) -> tuple[list[Row], Band]:
    """The band with rows above it that fit as well, from the widest space upwards that is met on the way.

    So a first line whose neighbour stands a little lower comes along, and the last line of a paragraph stays.
    """
    cut, cut_gutters = len(above), band.gutters
    widest = _step(above[-1], band.rows[0])
    gutters = band.gutters
    for at in range(len(above) - 1, -1, -1):
        gutters = _subtract(gutters, above[at])
        if not gutters:
            break
        space = _step(above[at - 1], above[at]) if at else float("inf")
        if space > widest:
            cut, cut_gutters, widest = at, gutters, space
    return above[:cut], Band(above[cut:] + band.rows, cut_gutters)


def _step(upper: Row, lower: Row) -> float:
    return max(segment.base for segment in upper) - max(segment.base for segment in lower)


def _columns(band: Band, *, drawn: bool) -> list[list[Segment]]:
    """The two sides of the widest gutter that parts columns, in reading order; empty when there is none."""
    for gutter in sorted(band.gutters, key=lambda gap: gap[0] - gap[1]):
        left, right = _sides(band, gutter)
        if left and right and _are_columns(left, right, drawn=drawn):
            first = drawn and max(s.first for s in right) < min(s.first for s in left)
            return [right, left] if first else [left, right]
    return []


def _sides(band: Band, gutter: Interval) -> tuple[list[Segment], list[Segment]]:
    middle = (gutter[0] + gutter[1]) / 2
    left = [segment for segment in band.segments if segment.left < middle]
    return left, [segment for segment in band.segments if segment.left >= middle]


def _are_columns(left: list[Segment], right: list[Segment], *, drawn: bool) -> bool:
    """Whether two sides are columns to be read one after the other, and not cells to be read row by row."""
    aligned = _aligned(left, right)
    if not drawn:
        return aligned < 0.5 or (_flows(left) and _flows(right))
    drawing = _drawing(left, right)
    short = min(len(left), len(right))
    flowing = (_is_running_text(left), _is_running_text(right))
    if drawing == "one after the other":
        return aligned < 0.7 or (short >= 2 and any(flowing))
    if drawing == "row by row":
        return False
    return aligned < 0.5 or all(flowing)  # drawn line by line over both, or in no order


def _drawing(left: list[Segment], right: list[Segment]) -> str:
    """In what order the file draws the two sides."""
    sides = sorted([(s.first, 0, s) for s in left] + [(s.first, 1, s) for s in right], key=lambda item: item[0])
    switches = up = back = below = 0
    lowest = float("inf")
    for (_, before, previous), (_, after, segment) in pairwise(sides):
        lowest = min(lowest, previous.base)
        if before == after:
            continue
        switches += 1
        up += segment.base > previous.base + 0.5 * segment.size
        back += before > after
        below += before > after and segment.high < lowest + 0.5 * segment.size
    by_rows = back > 0 and below == back
    if switches <= 1 or (not by_rows and switches <= 3 and 4 * switches <= len(sides)):
        return "one after the other"
    if by_rows and up:
        return "row by row"
    return "line by line"


def _aligned(left: list[Segment], right: list[Segment]) -> float:
    """The share of the lines on the side with fewer lines that stand on a base line of the other side."""
    bases, others = sorted((sorted(s.base for s in left), sorted(s.base for s in right)), key=len)
    tolerance = SAME_BASE_LINE * median(s.size for s in left)
    return sum(_near(others, base, tolerance) for base in bases) / len(bases)


def _near(values: list[float], value: float, tolerance: float) -> bool:
    at = bisect_left(values, value - tolerance)
    return at < len(values) and values[at] <= value + tolerance


def _is_running_text(segments: list[Segment]) -> bool:
    """Whether most lines fill the column and hold several words: at least three lines, 12 em wide."""
    widths = [max(s.right for s in row) - row[0].left for row in _rows(segments)]
    usual = median(widths)
    return len(widths) >= 3 and usual >= 0.75 * max(widths) and usual >= 12 * median(s.size for s in segments)


def _flows(segments: list[Segment]) -> bool:
    """Whether segments are running text, in one column or several: that is, without cells."""
    rows = _rows(segments)
    longest = max(_bands(rows), key=lambda band: len(band.rows))
    if longest.gutters and not longest.is_weak:
        sides = _sides(longest, max(longest.gutters, key=lambda gap: gap[1] - gap[0]))
        return all(map(_flows, sides))
    return _is_running_text(segments) and 2 * sum(len(row) > 1 for row in rows) < len(rows)


def _table(band: Band) -> list[Segment]:
    """Row by row: as drawn when the file draws cell by cell (cells of several lines stay whole), else by line."""
    drawn = sorted(band.segments, key=lambda segment: segment.first)
    return drawn if _cell_by_cell(drawn, band) else band.segments


def _cell_by_cell(drawn: list[Segment], band: Band) -> bool:
    """Whether the file draws cells from left to right and rows from top to bottom.

    A step up must lead to the right and not above the row that is being drawn. Columns drawn one after the other look
    like one row of tall cells: those are read by line. With a head or a foot of the page for another row they are
    read as drawn: the columns, then the foot.
    """
    ceiling = lowest = float("inf")
    starts = 1
    for previous, segment in pairwise(drawn):
        lowest = min(lowest, previous.base)
        # Over a gutter, as within a cell a line may begin left of the one above it: indents, centred lines.
        back = any(segment.left < gutter[0] < previous.left for gutter in band.gutters)
        if back and segment.high < lowest + 0.5 * segment.size:
            ceiling = lowest
            starts += 1
        rises = segment.base > previous.base + 0.5 * segment.size
        if rises and (segment.left < previous.left or segment.base > ceiling):
            return False
    return starts > 1 or len(band.rows) < 2
