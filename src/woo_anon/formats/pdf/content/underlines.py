"""Underlines, strike-throughs, marks behind words: they follow the text that they belong to.

before   Beste Jan Jansen, wij         after   Beste ┌────────┐, wij
         ─────────────────────                 ─────────────────────   its end told where the text ended
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pikepdf import ContentStreamInstruction, Operator

from woo_anon.document import Box
from woo_anon.formats.pdf.boxes.width import PADDING_EM, Move, belongs_to
from woo_anon.formats.pdf.content.matrix import Matrix, Point, apply, box_bounds, inverse
from woo_anon.formats.pdf.content.paths import Subpath

WIDEST_PT = 14_400.0  # of a page, ISO 32000-2, annex C.2


def followed(subpath: Subpath, moves: Sequence[Move], matrix: Matrix) -> list[Any]:
    """The instructions of a subpath, drawn with `matrix`, after the text on its line has moved."""
    line = _line_of(subpath, moves)
    back = inverse(matrix)
    if not line or back is None:
        return subpath.instructions
    return [_followed(instruction, line, matrix, back) for instruction in subpath.instructions]


def widened(subpath: Subpath, moves: Sequence[Move], matrix: Matrix) -> list[Any]:
    """The instructions of a subpath that clips: as wide as any page when it is around text of a line that moved.

    Some programs clip every word to its own rectangle: that tells its width, and would cut off what moved.
    """
    line = _line_of(subpath, moves)
    back = inverse(matrix)
    if not line or back is None:
        return subpath.instructions
    axes = line[0].axes
    _, low, _, high = axes.span(subpath.box)
    wide = box_bounds(back, axes.box(-WIDEST_PT, low, WIDEST_PT, high))
    numbers = (wide.left, wide.bottom, wide.width, wide.height)
    return [ContentStreamInstruction([round(number, 4) for number in numbers], Operator("re"))]


def _line_of(subpath: Subpath, moves: Sequence[Move]) -> list[Move]:
    """The moves of the line whose text the subpath belongs to; none when there is no such line."""
    if not moves or not subpath.points or not subpath.upright:
        return []
    return [move for move in moves if _belongs(subpath.box, move)]


def _belongs(box: Box, move: Move) -> bool:
    shape, text = move.axes.span(box), move.axes.span(move.line)
    return shape[1] < text[3] and text[1] < shape[3] and belongs_to(shape, text, move.em)


def _followed(instruction: Any, line: Sequence[Move], matrix: Matrix, back: Matrix) -> Any:
    numbers = [float(number) for number in instruction.operands]
    if str(instruction.operator) == "re":
        x, y, width, height = numbers
        (x, y), (right, top) = (_moved(line, matrix, back, point) for point in ((x, y), (x + width, y + height)))
        return ContentStreamInstruction([x, y, right - x, top - y], Operator("re"))
    points = [_moved(line, matrix, back, point) for point in zip(numbers[::2], numbers[1::2], strict=True)]
    return ContentStreamInstruction([number for point in points for number in point], instruction.operator)


def _moved(line: Sequence[Move], matrix: Matrix, back: Matrix, point: Point) -> Point:
    x, y = apply(matrix, *point)
    for move in line:
        right, up = _shift(move, x, y)
        x, y = x + right, y + up
        if right or up:
            break
    x, y = apply(back, x, y)
    return round(x, 4), round(y, 4)


def _shift(move: Move, x: float, y: float) -> Point:
    """How far a point on the line moves with what stands before, in or behind the box of `move`."""
    u = move.axes.span(Box(x, y, x, y))[0]
    tolerance = PADDING_EM * move.em
    if move.text is not None:
        start, _, end, _ = move.axes.span(move.text)
        if start - tolerance <= u <= end + tolerance:
            return move.shift
    start, _, end, _ = move.axes.span(move.area)
    if start - tolerance <= u <= end + tolerance:
        left, _, right, _ = move.axes.span(move.box)
        return move.axes.shift(right - end if u > (start + end) / 2 else left - start)
    return (0.0, 0.0)
