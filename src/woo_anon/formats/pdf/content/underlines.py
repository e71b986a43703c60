"""Underlines, strike-throughs, marks behind words, clips around them: they follow the text that they belong to.

before   Beste Jan Jansen, wij         after   Beste ┌────────┐, wij
         ─────────────────────                 ─────────────────────   its end told where the text ended
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pikepdf import ContentStreamInstruction, Operator

from woo_anon.formats.pdf.boxes.move import Move
from woo_anon.formats.pdf.boxes.telling import PADDING_EM, follows
from woo_anon.formats.pdf.content.matrix import Matrix, Point, apply, inverse
from woo_anon.formats.pdf.content.paths import Subpath
from woo_anon.geometry import Box

EDGE_EM = 0.12  # a shape that ends this near to removed text ends with it
SAME_PT = 0.1

Way = Callable[[Point], Point]


def followed(subpath: Subpath, moves: Sequence[Move], matrix: Matrix, written: Matrix) -> list[Any]:
    """The instructions of a subpath, drawn with `matrix`, after the text on its line has moved, for the coordinates of
    `written`."""
    line = line_of(subpath, moves)
    back = inverse(written)
    if back is None or (not line and written == matrix):
        return subpath.instructions
    way = _way_of(subpath, line, matrix, back)
    return [_followed(instruction, way) for instruction in subpath.instructions]


def line_of(subpath: Subpath, moves: Sequence[Move]) -> list[Move]:
    """The moves of the line whose text the subpath belongs to; none when there is no such line."""
    if not moves or not subpath.points:
        return []
    candidates = [move for move in moves if _belongs(subpath.box, move)]
    nearest = max(candidates, key=lambda move: _overlap(subpath.box, move), default=None)
    return [move for move in candidates if nearest is not None and move.line == nearest.line]


def hugs(box: Box, moves: Sequence[Move]) -> bool:
    """Whether a box that cannot follow, such as that of a group for transparent words, is around text of a line that
    moved: it tells where that text ended."""
    return any(_belongs(box, move) for move in moves)


def _overlap(box: Box, move: Move) -> float:
    """How much of a box is as high as the line."""
    shape, text = move.axes.span(box), move.axes.span(move.line)
    return min(shape[3], text[3]) - max(shape[1], text[1])


def _belongs(box: Box, move: Move) -> bool:
    """Whether a shape is of the line that moved, and no border of its cell."""
    if any(_same(box, cell) for cell in move.cells):
        return False
    return follows(move.axes.span(box), move.axes.span(move.line), move.em)


def _same(one: Box, other: Box) -> bool:
    return one.widened(SAME_PT).contains(other) and other.widened(SAME_PT).contains(one)


def _followed(instruction: Any, way: Way) -> Any:
    numbers = [float(number) for number in instruction.operands]
    if str(instruction.operator) == "re":
        x, y, width, height = numbers
        (x, y), (right, top) = way((x, y)), way((x + width, y + height))
        return ContentStreamInstruction([x, y, round(right - x, 4), round(top - y, 4)], Operator("re"))
    points = [way(point) for point in zip(numbers[::2], numbers[1::2], strict=True)]
    return ContentStreamInstruction([number for point in points for number in point], instruction.operator)


def _way_of(shape: Subpath, line: Sequence[Move], matrix: Matrix, back: Matrix) -> Way:
    """Where each point of a shape goes, in the coordinates in which the points are written."""
    distance = _distance(shape, line)

    def way(point: Point) -> Point:
        x, y = apply(matrix, *point)
        by = distance(line[0].axes.span(Box(x, y, x, y))[0]) if line else 0.0
        if by:
            along, up = line[0].axes.shift(by)
            # What is smaller is rounding, and tells from where it came.
            x, y = round(x + along, 2), round(y + up, 2)
        x, y = apply(back, x, y)
        return round(x, 4), round(y, 4)

    return way


def _distance(shape: Subpath, line: Sequence[Move]) -> Callable[[float], float]:
    """How far a point of a shape moves along the line, by its place along it. In one with curved or oblique sides it
    moves with an end where it belongs to its rounded corner, in proportion in between."""
    if not line:
        return lambda _: 0.0
    left, low, right, high = line[0].axes.span(shape.box)
    if shape.upright:
        return lambda u: _by(line, left, right, u)
    first, last = (_by(line, left, right, end) for end in (left, right))
    corner = min((high - low) / 2 + SAME_PT, (right - left) / 2)
    middle = max(right - left - 2 * corner, SAME_PT)
    return lambda u: first + (last - first) * min(max((u - left - corner) / middle, 0.0), 1.0)


def _by(line: Sequence[Move], left: float, right: float, u: float) -> float:
    """How far a point at `u` of a shape from `left` to `right` moves."""
    ways = (*(_to_the_edge(move, left, right, u) for move in line), *(_with_the_text(move, u) for move in line))
    return next((by for by in ways if by is not None), 0.0)


def _to_the_edge(move: Move, left: float, right: float, u: float) -> float | None:
    """How far a point moves that lies on what was removed, or at its edge: to the very edge of the box, for how far it
    was from there tells of the letters, as where an underline leaves out a descender."""
    start, _, end, _ = move.axes.span(move.area)
    near = EDGE_EM * move.em
    if not start - near <= u <= end + near or left > end:
        return None
    box = move.axes.span(move.box)
    at_right = u > end - near or (u > start + near and right > end + near)
    return (box[2] if at_right else box[0]) - u


def _with_the_text(move: Move, u: float) -> float | None:
    """How far a point moves with the text behind the box, or with the space between them."""
    if move.strip is None:
        return None
    start, _, end, _ = move.axes.span(move.strip)
    if move.text is not None:
        end = max(end, move.axes.span(move.text)[2] + PADDING_EM * move.em)
    right, up = move.shift
    along = move.axes.span(Box(right, up, right, up))[0]
    return along if start <= u <= end else None
