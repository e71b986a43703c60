"""Text objects (BT … ET) of which something went or moved are written anew, each piece with a matrix of its own.

    before   BT 72 700 Td (Beste ) Tj 31.2 0 Td (Jan) Tj 19.4 0 Td ( zegt) Tj ET
    after    BT 1 0 0 1 72 700 Tm [(Beste )] TJ 1 0 0 1 166.2 700 Tm [( zegt)] TJ ET

Were the moves left as they are, or made good by a number behind what moved, their sum would tell how wide the text was
that went. For the same reason a `cm` before the text waits until something is drawn that needs it: programs that set a
matrix for every word would tell in it where the word stood. Text objects of which nothing goes stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Operator

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.interpreter import Glyph, Run
from woo_anon.formats.pdf.content.matrix import Matrix, Point, inverse, multiply

MOVING = frozenset(("Td", "TD", "Tm", "T*"))
_STILL = (0.0, 0.0)


@dataclass(frozen=True)
class _Waiting:
    """A `cm` that is not written yet, and those before it; a chain, for `q` keeps it and there may be many."""

    instruction: Any
    result: Matrix
    before: _Waiting | None


class Coordinates:
    """The coordinate system of what has been written so far, and the `cm` that wait."""

    def __init__(self, written: Matrix) -> None:
        self.written = written
        self._waiting: _Waiting | None = None
        self._stack: list[tuple[Matrix, _Waiting | None]] = []

    def push(self) -> None:
        self._stack.append((self.written, self._waiting))

    def pop(self) -> None:
        if self._stack:
            self.written, self._waiting = self._stack.pop()

    def concat(self, instruction: Any, result: Matrix) -> None:
        """A `cm` with the matrix of coordinates that it leads to."""
        self._waiting = _Waiting(instruction, result, self._waiting)

    def caught_up(self) -> list[Any]:
        """The instructions that have to be written before something that needs the coordinates."""
        due, waiting = [], self._waiting
        if waiting is not None:
            self.written = waiting.result
        while waiting is not None:
            due.append(waiting.instruction)
            waiting = waiting.before
        self._waiting = None
        return due[::-1]


@dataclass
class _Shown:
    """An instruction that shows text: its place in the output, what of it goes, what moves how far."""

    at: int
    run: Run
    instruction: Any
    gone: frozenset[int]
    shifts: Mapping[int, Point]
    before: tuple[Any, ...]
    written: Matrix


@dataclass
class TextObject:
    """One text object on its way into `out`, where an entry is an instruction or a list of them."""

    out: list[Any]
    at: int  # where instructions may be put before it
    _moves: list[tuple[int, list[Any]]] = field(default_factory=list)
    _shown: list[_Shown] = field(default_factory=list)
    _touched: bool = False

    def move(self, operator: str, instruction: Any) -> None:
        """Td, TD, Tm or T*."""
        leading = [_instruction([_negative(instruction.operands[1])], "TL")] if operator == "TD" else []
        self._moves.append((len(self.out), leading))
        self.out.append(instruction)

    def show(
        self, instruction: Any, run: Run, gone: frozenset[int], shifts: Mapping[int, Point], written: Matrix
    ) -> None:
        """Tj, TJ, ' or ": the parts of `run` at `gone` go, those in `shifts` move (points on the page)."""
        self._touched |= bool(gone or shifts)
        self._shown.append(_Shown(len(self.out), run, instruction, gone, shifts, _parameters(instruction), written))
        self.out.append(instruction)

    def catch_up(self, coordinates: Coordinates) -> None:
        """Put the `cm` that wait before the text object."""
        due = coordinates.caught_up()
        if due:
            self.out[self.at] = [*self.out[self.at], *due]
            for shown in self._shown:
                shown.written = coordinates.written

    def finish(self, coordinates: Coordinates) -> None:
        """At ET. Raises NotUnderstoodError when a piece cannot be given a place of its own."""
        if not self._touched:
            self.catch_up(coordinates)
            return
        for at, replacement in self._moves:
            self.out[at] = replacement
        for shown in self._shown:
            self.out[shown.at] = [*shown.before, *_pieces(shown)]


def _parameters(instruction: Any) -> tuple[Any, ...]:
    """The spacing that " sets besides showing text."""
    if str(instruction.operator) != '"':
        return ()
    return (_instruction([instruction.operands[0]], "Tw"), _instruction([instruction.operands[1]], "Tc"))


def _pieces(shown: _Shown) -> list[Any]:
    run = shown.run
    if run.doubt is not None:
        if run.lost:
            raise run.doubt
        text = shown.instruction.operands[-1]
        items = list(text) if isinstance(text, pikepdf.Array) else [text]
        return _placed(run.matrix, _STILL, items, shown.written)
    pieces: list[Any] = []
    items, start, shift, number = [], None, _STILL, 0.0
    for at, part in enumerate(run.parts):
        if not isinstance(part, Glyph):
            number += part
            continue
        moved = shown.shifts.get(at, _STILL)
        if start is not None and (at in shown.gone or moved != shift):
            pieces += _placed(start, shift, items, shown.written)
            start = None
        if at in shown.gone:
            continue
        if start is None:
            items, start, shift, number = [], run.matrix_at(part), moved, 0.0
        _append(items, number, part.code)
        number = 0.0
    if start is not None:
        pieces += _placed(start, shift, items, shown.written)
    return pieces


def _append(items: list[Any], number: float, code: bytes) -> None:
    if number:
        items.append(_decimal(number, 3))
    if items and isinstance(items[-1], bytes):
        items[-1] += code
    else:
        items.append(code)


def _placed(matrix: Matrix, shift: Point, items: list[Any], written: Matrix) -> list[Any]:
    """Tm and TJ of one piece whose text space `matrix` takes to the page, in the coordinates of what is written."""
    back = inverse(written)
    if back is None:
        raise NotUnderstoodError("text:size")
    x, y = matrix[4] + shift[0], matrix[5] + shift[1]
    if shift != _STILL:
        x, y = round(x, 2), round(y, 2)  # what is smaller is rounding, and tells from where it came
    a, b, c, d, e, f = multiply((*matrix[:4], x, y), back)
    numbers = [*(_decimal(number, 6) for number in (a, b, c, d)), _decimal(e, 4), _decimal(f, 4)]
    texts = [pikepdf.String(item) if isinstance(item, bytes) else item for item in items]
    return [_instruction(numbers, "Tm"), _instruction([pikepdf.Array(texts)], "TJ")]


def _decimal(number: float, places: int) -> Decimal:
    return Decimal(f"{number:.{places}f}".rstrip("0").rstrip("."))


def _negative(number: Any) -> Decimal:
    return -Decimal(str(number))


def _instruction(operands: list[Any], operator: str) -> Any:
    return ContentStreamInstruction(operands, Operator(operator))
