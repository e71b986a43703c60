"""Follows a content stream: the graphics state and the whole text state (ISO 32000-2, 8.4, 9.3 and 9.4).

`Interpreter.step` takes one instruction. For one that shows text it answers with a `Run`: which codes are shown, where,
and how far each advances. It knows nothing of redaction.

    text space ──(matrix: Tm × CTM)──► page          a glyph's core, the part that decides whether it is hit:

        rise ┄┄┄┄┄┄┄ G l y p h                        0.60 em ┌──────┐
                     ▲                                        │  ×   │ × = centre, 0.275 em above the base line
                     start                           -0.05 em └──────┘

In vertical writing (ISO 32000-2, 9.7.4.3) the pen goes down the middle of a column, and the core is the middle of what
a glyph takes of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

import pikepdf

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.matrix import IDENTITY, Matrix, Point, apply, box_bounds, multiply, shifted
from woo_anon.formats.pdf.fonts.font import Font
from woo_anon.geometry import Box

_NUMBERS = frozenset((Decimal, int))
CORE_MIDDLE_EM = 0.275  # the middle of the core, 0.05 em below to 0.6 em above the base line


class Lookup(Protocol):
    """What the interpreter asks of a stream's resources. `font` and `load` raise NotUnderstoodError."""

    def font(self, name: str) -> Font: ...

    def load(self, dictionary: Any) -> Font: ...

    def find(self, category: str, name: str) -> Any: ...


@dataclass(slots=True)
class State:
    """The part of the graphics state that geometry needs; q copies it. `doubt` is set while the font is unknown, `clip`
    is around what the clipping path leaves of the page."""

    ctm: Matrix = IDENTITY
    font: Font | None = None
    doubt: NotUnderstoodError | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    scaling: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0.0
    fill_pattern: str | None = None
    stroke_pattern: str | None = None
    clip: Box | None = None

    def copied(self) -> State:
        # copy.copy takes twenty times as long, and some pages save their state for every word.
        return State(
            self.ctm,
            self.font,
            self.doubt,
            self.size,
            self.spacing,
            self.word_spacing,
            self.scaling,
            self.leading,
            self.rise,
            self.mode,
            self.fill_pattern,
            self.stroke_pattern,
            self.clip,
        )

    def clip_to(self, box: Box) -> None:
        old = self.clip or box
        left, bottom = max(old.left, box.left), max(old.bottom, box.bottom)
        self.clip = Box(left, bottom, max(left, min(old.right, box.right)), max(bottom, min(old.top, box.top)))


@dataclass(slots=True)
class Glyph:
    """One shown code: its bytes, where it starts, how far it moves the next one, how wide it is (text space).

    All three are along the writing: x, or y in vertical writing, where they are negative downwards.
    """

    code: bytes
    start: float
    advance: float
    width: float


@dataclass(slots=True)
class Run:
    """What one instruction shows: `parts` are glyphs and, between them, the numbers of a TJ array as they stand.

    `matrix` takes text space to the page; `unit` is the size that TJ numbers are thousandths of, `scaling` the
    horizontal scaling (1 in vertical writing, which it does not touch). When the font is not understood `doubt` says
    why, `parts` is empty and all that is known is that the text starts at `matrix`'s origin; not even that when `lost`,
    for it stands behind other text of unknown extent.
    """

    matrix: Matrix
    rise: float
    em: float
    unit: float
    scaling: float = 1.0
    parts: list[Glyph | float] = field(default_factory=list)
    end: float = 0.0
    doubt: NotUnderstoodError | None = None
    lost: bool = False
    vertical: bool = False
    low: float = 0.0  # between `low` and `high` stand all starts
    high: float = 0.0

    @property
    def bounds(self) -> Box:
        """Around the middles of all cores on the page, or a little more."""
        if self.vertical:
            ends = [apply(self.matrix, 0.0, self.rise + at) for at in (self.low, self.high)]
        else:
            ends = [apply(self.matrix, at, self.rise + CORE_MIDDLE_EM * self.em) for at in (self.low, self.high)]
        slack = 1.0 + abs(self.em) * max(map(abs, self.matrix[:4]))
        (left, bottom), (right, top) = map(min, zip(*ends, strict=True)), map(max, zip(*ends, strict=True))
        return Box(left - slack, bottom - slack, right + slack, top + slack)

    @property
    def direction(self) -> tuple[int, float]:
        """The direction of the letters, in whole degrees anticlockwise, and their size on the page."""
        a, b, c, d = self.matrix[:4]
        return round(math.degrees(math.atan2(b, a))) % 360, abs(self.em) * math.hypot(c, d)

    def centres(self) -> Iterator[tuple[int, float, float]]:
        """Of every glyph its index in `parts` and the middle of its core on the page."""
        a, b, c, d, e, f = self.matrix
        if self.vertical:
            a, b, x, y = c, d, e + self.rise * c, f + self.rise * d
        else:
            height = self.rise + CORE_MIDDLE_EM * self.em
            x, y = e + height * c, f + height * d
        for at, part in enumerate(self.parts):
            if isinstance(part, Glyph):
                middle = part.start + part.width / 2
                yield at, middle * a + x, middle * b + y

    def origin(self, glyph: Glyph) -> Point:
        """Where the pen stands on the page when it sets the glyph."""
        return (
            apply(self.matrix, 0.0, self.rise + glyph.start)
            if self.vertical
            else apply(self.matrix, glyph.start, self.rise)
        )

    def box(self, glyph: Glyph) -> Box:
        """Around the glyph's core on the page."""
        width, height = max(glyph.width, 0.01), CORE_MIDDLE_EM * self.em
        low = self.rise + 0.9 * height
        return box_bounds(self.matrix, Box(glyph.start, low, glyph.start + width, low + 0.2 * height))

    def matrix_at(self, glyph: Glyph) -> Matrix:
        """Takes text space to the page for a run that begins with this glyph."""
        return shifted(self.matrix, 0.0, glyph.start) if self.vertical else shifted(self.matrix, glyph.start, 0.0)


class Interpreter:
    """Runs through one content stream.

    The state may be handed over from an enclosing stream. After `step`, `state` is that behind it.
    """

    def __init__(self, state: State, resources: Lookup) -> None:
        self.state = state
        self._resources = resources
        self._stack: list[State] = []
        self._text: Matrix = IDENTITY
        self._line: Matrix = IDENTITY
        self._lost: NotUnderstoodError | None = None  # text was shown whose width is unknown; until the next move

    @property
    def depth(self) -> int:
        """How many q are open."""
        return len(self._stack)

    @property
    def line(self) -> Matrix:
        """The text line matrix: where Td and T* count from."""
        return self._line

    def step(self, operator: str, operands: Any) -> Run | None:
        """Follow one instruction; a Run when it shows text. Raises NotUnderstoodError for senseless operands."""
        handler = _HANDLERS.get(operator)
        if handler is None:
            return None
        try:
            return handler(self, operands)
        except (IndexError, TypeError, ValueError) as error:
            raise NotUnderstoodError("content:operands") from error

    def _push(self, _: Any) -> None:
        self._stack.append(self.state.copied())

    def _pop(self, _: Any) -> None:
        if self._stack:
            self.state = self._stack.pop()

    def _concat(self, operands: Any) -> None:
        self.state.ctm = multiply(_matrix(operands), self.state.ctm)

    def _begin_text(self, _: Any) -> None:
        self._text = self._line = IDENTITY
        self._lost = None

    def _set_matrix(self, operands: Any) -> None:
        self._text = self._line = _matrix(operands)
        self._lost = None

    def _move(self, x: float, y: float) -> None:
        self._text = self._line = shifted(self._line, x, y)
        self._lost = None

    def _move_to(self, operands: Any) -> None:
        self._move(float(operands[0]), float(operands[1]))

    def _move_leading(self, operands: Any) -> None:
        self.state.leading = -float(operands[1])
        self._move_to(operands)

    def _next_line(self, _: Any) -> None:
        self._move(0.0, -self.state.leading)

    def _set_font(self, operands: Any) -> None:
        self._use_font(lambda: self._resources.font(str(operands[0])), float(operands[1]))

    def _use_font(self, load: Callable[[], Font], size: float) -> None:
        self.state.size = size
        self.state.font = self.state.doubt = None
        try:
            self.state.font = load()
        except NotUnderstoodError as doubt:
            self.state.doubt = doubt

    def _set_parameters(self, operands: Any) -> None:
        parameters = self._resources.find("/ExtGState", str(operands[0]))
        if parameters is not None and "/Font" in parameters:
            font, size = parameters.Font
            self._use_font(lambda: self._resources.load(font), float(size))

    def _fill_pattern(self, operands: Any) -> None:
        self.state.fill_pattern = _pattern(operands)

    def _stroke_pattern(self, operands: Any) -> None:
        self.state.stroke_pattern = _pattern(operands)

    def _show_string(self, operands: Any) -> Run:
        return self._show([operands[0]])

    def _show_array(self, operands: Any) -> Run:
        return self._show(list(operands[0]))

    def _show_next_line(self, operands: Any) -> Run:
        self._next_line(())
        return self._show([operands[0]])

    def _show_spaced(self, operands: Any) -> Run:
        self.state.word_spacing, self.state.spacing = float(operands[0]), float(operands[1])
        return self._show_next_line(operands[2:])

    def _show(self, items: list[Any]) -> Run:
        state = self.state
        doubt = self._lost or state.doubt or (None if state.font else NotUnderstoodError("font:none"))
        matrix = multiply(self._text, state.ctm)
        if doubt is not None or state.font is None:
            lost, self._lost = self._lost is not None, doubt
            return Run(matrix, state.rise, state.size, state.size, doubt=doubt, lost=lost)
        vertical = state.font.vertical
        scaling = 1.0 if vertical else state.scaling
        run = Run(matrix, state.rise, state.size * state.font.em, state.size, scaling, vertical=vertical)
        try:
            self._fill(run, items, state.font)
        except NotUnderstoodError as broken:
            self._lost = broken
            return Run(matrix, state.rise, state.size, state.size, doubt=broken)
        self._text = shifted(self._text, 0.0, run.end) if vertical else shifted(self._text, run.end, 0.0)
        return run

    def _fill(self, run: Run, items: list[Any], font: Font) -> None:
        state = self.state
        size, spacing, word, scaling = state.size, state.spacing, state.word_spacing, run.scaling
        at = low = high = 0.0
        add = run.parts.append
        for item in items:
            # That a number is no string takes pikepdf longer to say than all the rest of it.
            if type(item) not in _NUMBERS and isinstance(item, pikepdf.String):
                for code, width, is_space in font.split(bytes(item)):
                    wide = width * size * scaling
                    advance = wide + (spacing + word) * scaling if is_space else wide + spacing * scaling
                    add(Glyph(code, at, advance, wide))
                    at += advance
                    if at > high:
                        high = at
                    elif at < low:
                        low = at
            else:
                number = float(item)
                add(number)
                at -= number * size * scaling / 1000
                if at > high:
                    high = at
                elif at < low:
                    low = at
        run.end, run.low, run.high = at, low, high


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in operands)
    return (a, b, c, d, e, f)


def _pattern(operands: Any) -> str | None:
    return str(operands[-1]) if len(operands) and isinstance(operands[-1], pikepdf.Name) else None


def _setter(attribute: str, scale: float = 1.0) -> Callable[[Interpreter, Any], None]:
    def set_number(interpreter: Interpreter, operands: Any) -> None:
        setattr(interpreter.state, attribute, float(operands[0]) * scale)

    return set_number


def _no_pattern(attribute: str) -> Callable[[Interpreter, Any], None]:
    def set_plain(interpreter: Interpreter, _: Any) -> None:
        setattr(interpreter.state, attribute, None)

    return set_plain


_HANDLERS: dict[str, Callable[[Interpreter, Any], Run | None]] = {
    "q": Interpreter._push,
    "Q": Interpreter._pop,
    "cm": Interpreter._concat,
    "gs": Interpreter._set_parameters,
    "BT": Interpreter._begin_text,
    "Tm": Interpreter._set_matrix,
    "Td": Interpreter._move_to,
    "TD": Interpreter._move_leading,
    "T*": Interpreter._next_line,
    "Tf": Interpreter._set_font,
    "Tc": _setter("spacing"),
    "Tw": _setter("word_spacing"),
    "Tz": _setter("scaling", 0.01),
    "TL": _setter("leading"),
    "Ts": _setter("rise"),
    "Tr": _setter("mode"),
    "Tj": Interpreter._show_string,
    "TJ": Interpreter._show_array,
    "'": Interpreter._show_next_line,
    '"': Interpreter._show_spaced,
    "scn": Interpreter._fill_pattern,
    "SCN": Interpreter._stroke_pattern,
    **dict.fromkeys(("g", "rg", "k", "cs", "sc"), _no_pattern("fill_pattern")),
    **dict.fromkeys(("G", "RG", "K", "CS", "SC"), _no_pattern("stroke_pattern")),
}
