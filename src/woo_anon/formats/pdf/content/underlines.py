"""Underlines, strike-throughs, marks behind words: they follow the text that they belong to.

before   Beste Jan Jansen, wij         after   Beste ┌────────┐, wij
         ─────────────────────                 ─────────────────────   its end told where the text ended
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pikepdf import ContentStreamInstruction, Operator

from woo_anon.formats.pdf.boxes.width import PADDING_EM, Move, belongs_to
from woo_anon.formats.pdf.content.matrix import Matrix, Point, apply, box_bounds, inverse
from woo_anon.formats.pdf.content.paths import Subpath
from woo_anon.geometry import Box

EDGE_EM = 0.12  # a shape that ends this near to removed text ends with it
SAME_PT = 0.1
WIDEST_PT = 14_400.0  # of a page, ISO 32000-2, annex C.2


def followed(subpath: Subpath, moves: Sequence[Move], matrix: Matrix, written: Matrix) -> list[Any]:
    """The instructions of a subpath, drawn with `matrix`, after the text on its line has moved, for the coordinates of
    `written`."""
    line = line_of(subpath, moves)
    back = inverse(written)
    if back is None or (not line and written == matrix):
        return subpath.instructions
    return [_followed(instruction, line, subpath.box, matrix, back) for instruction in subpath.instructions]


def widened(subpath: Subpath, moves: Sequence[Move], matrix: Matrix, written: Matrix) -> list[Any]:
    """As `followed`, of a subpath that clips: as wide as any page when it is around text of a line that moved.

    Some programs clip every word to its own rectangle: that tells its width, and would cut off what moved.
    """
    line = line_of(subpath, moves)
    back = inverse(written)
    if not line or back is None:
        return followed(subpath, (), matrix, written)
    axes = line[0].axes
    _, low, _, high = axes.span(subpath.box)
    wide = box_bounds(back, axes.box(-WIDEST_PT, low, WIDEST_PT, high))
    numbers = (wide.left, wide.bottom, wide.width, wide.height)
    return [ContentStreamInstruction([round(number, 4) for number in numbers], Operator("re"))]


def line_of(subpath: Subpath, moves: Sequence[Move]) -> list[Move]:
    """The moves of the line whose text the subpath belongs to; none when there is no such line."""
    if not moves or not subpath.points or not subpath.upright:
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
    """Whether a shape is of the line that moved: its middle lies in it. What is behind the words of the line below, or
    in the row of a table, hangs into it."""
    shape, text = move.axes.span(box), move.axes.span(move.line)
    if any(_same(box, cell) for cell in move.cells):
        return False
    return text[1] < (shape[1] + shape[3]) / 2 < text[3] and belongs_to(shape, text, move.em)


def _same(one: Box, other: Box) -> bool:
    return one.widened(SAME_PT).contains(other) and other.widened(SAME_PT).contains(one)


def _followed(instruction: Any, line: Sequence[Move], shape: Box, matrix: Matrix, back: Matrix) -> Any:
    numbers = [float(number) for number in instruction.operands]
    if str(instruction.operator) == "re":
        x, y, width, height = numbers
        corners = ((x, y), (x + width, y + height))
        (x, y), (right, top) = (_moved(line, shape, matrix, back, corner) for corner in corners)
        return ContentStreamInstruction([x, y, round(right - x, 4), round(top - y, 4)], Operator("re"))
    points = [_moved(line, shape, matrix, back, point) for point in zip(numbers[::2], numbers[1::2], strict=True)]
    return ContentStreamInstruction([number for point in points for number in point], instruction.operator)


def _moved(line: Sequence[Move], shape: Box, matrix: Matrix, back: Matrix, point: Point) -> Point:
    x, y = apply(matrix, *point)
    for shift in (_to_the_edge, _with_the_text):
        right, up = next((by for move in line if (by := shift(move, shape, x, y)) is not None), (0.0, 0.0))
        if right or up:
            # What is smaller is rounding, and tells from where it came.
            x, y = round(x + right, 2), round(y + up, 2)
            break
    x, y = apply(back, x, y)
    return round(x, 4), round(y, 4)


def _to_the_edge(move: Move, shape: Box, x: float, y: float) -> Point | None:
    """How far a point of `shape` moves that lies on what was removed, or at its edge: to the very edge of the box, for
    how far it was from there tells of the letters, as where an underline leaves out a descender."""
    u = move.axes.span(Box(x, y, x, y))[0]
    start, _, end, _ = move.axes.span(move.area)
    near = EDGE_EM * move.em
    if not start - near <= u <= end + near:
        return None
    left, _, right, _ = move.axes.span(move.box)
    at_right = u > end - near or (u > start + near and move.axes.span(shape)[2] > end + near)
    return move.axes.shift((right if at_right else left) - u)


def _with_the_text(move: Move, _shape: Box, x: float, y: float) -> Point | None:
    """How far a point moves with the text behind the box."""
    u = move.axes.span(Box(x, y, x, y))[0]
    start, _, end, _ = move.axes.span(move.text) if move.text is not None else (math.inf, 0.0, -math.inf, 0.0)
    tolerance = PADDING_EM * move.em
    return move.shift if start - tolerance <= u <= end + tolerance else None
