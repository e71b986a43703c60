"""Splits marked content behind every redacted word, so that its box gets a place between what stands around it.

    /P <</MCID 4>> BDC                               /P <</MCID 4>> BDC
      BT … (De nota van Jansen is af.) Tj ET   ──►     BT … [(De nota van Jansen)] TJ ET
    EMC                                              EMC
                                                     /P <</MCID 8>> BDC
                                                       BT … [-9310 ( is af.)] TJ ET
                                                     EMC

Nothing moves and nothing goes: this runs before the page is rewritten. A sequence stands whole text objects or stands
within one (ISO 32000-2, 14.6.1), so a text object around the word is split as well where it lies within the sequence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, String

from woo_anon.formats.pdf.content.interpreter import Glyph, Interpreter, Run, State
from woo_anon.formats.pdf.content.marked import continued
from woo_anon.formats.pdf.content.resources import FontCache, Resources, inherited
from woo_anon.formats.pdf.content.targets import within
from woo_anon.formats.pdf.structure.tagging import ParentTree
from woo_anon.geometry import Box

_NEW_LINE = frozenset(("BT", "Tm", "Td", "TD", "T*", "'", '"'))
_CLIPS = 4  # text rendering modes from here on clip to a whole text object, which is then not split


def split_at_boxes(
    pdf: pikepdf.Pdf, page: pikepdf.Page, boxes: Sequence[Box], fonts: FontCache, parents: ParentTree
) -> None:
    """Split the page's tagged content behind what lies under each of `boxes` (points, user space), in place.

    Raises NotUnderstoodError for senseless operands, PdfError for content that cannot be parsed.
    """
    splitter = _Splitter(page, boxes, fonts, parents)
    instructions = splitter.run()
    if splitter.changed:
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


@dataclass
class _Sequence:
    """An open sequence; `in_text` tells whether it began within the text object of this moment."""

    instruction: Any
    properties: Any
    mcid: int | None
    in_text: bool


class _Splitter:
    """One page's own content; forms are drawn within one piece of content and stay whole."""

    def __init__(self, page: pikepdf.Page, boxes: Sequence[Box], fonts: FontCache, parents: ParentTree) -> None:
        self._page = page.obj
        self._boxes = boxes
        self._parents = parents
        self._resources = Resources(page.obj.get("/Resources") or inherited(page.obj), fonts)
        self._interpreter = Interpreter(State(), self._resources)
        self._instructions = list(pikepdf.parse_content_stream(page))
        self._highest = max((mcid for i in self._instructions if (mcid := self._mcid(i)) is not None), default=-1)
        self._open: list[_Sequence] = []
        self._placed: set[int] = set()  # boxes whose word was met
        self._due = False  # a word was met; what follows it in this sequence belongs to a new one
        self._advance = 0.0  # from the start of the line, text space
        self._in_text = self._clips = False
        self._out: list[Any] = []
        self.changed = False

    def run(self) -> list[Any]:
        for instruction in self._instructions:
            operator = str(instruction.operator)
            if operator in {"BDC", "BMC"}:
                self._begin(instruction)
            elif operator == "EMC":
                closed = self._open.pop() if self._open else None
                self._due &= closed is not None and closed.mcid is None
            elif operator in {"BT", "ET"}:
                self._in_text = operator == "BT"
                for sequence in self._open:
                    sequence.in_text = False
            elif operator == "Tr":
                self._clips |= bool(len(instruction.operands)) and int(instruction.operands[0]) >= _CLIPS
            if operator in _NEW_LINE:
                self._advance = 0.0
            run = self._interpreter.step(operator, instruction.operands)
            if run is None:
                self._out.append(instruction)
            else:
                self._show(operator, instruction, run)
        return self._out

    def _mcid(self, instruction: Any) -> int | None:
        properties = self._properties(instruction) if str(instruction.operator) == "BDC" else None
        mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
        return int(mcid) if mcid is not None else None

    def _properties(self, instruction: Any) -> Any:
        value = instruction.operands[1] if len(instruction.operands) > 1 else None
        return self._resources.find("/Properties", str(value)) if isinstance(value, Name) else value

    def _begin(self, instruction: Any) -> None:
        properties = self._properties(instruction)
        self._open.append(_Sequence(instruction, properties, self._mcid(instruction), self._in_text))

    def _show(self, operator: str, instruction: Any, run: Run) -> None:
        starts = self._starts(run)
        if not starts:
            self._out.append(instruction)
        else:
            if operator == '"':
                self._emit([instruction.operands[0]], "Tw")
                self._emit([instruction.operands[1]], "Tc")
            if operator in {"'", '"'}:
                self._emit([], "T*")
            self._show_array(run.parts[: starts[0]])
            for start, end in zip(starts, [*starts[1:], len(run.parts)], strict=True):
                first = run.parts[start]
                self._split(run, self._advance + (first.start if isinstance(first, Glyph) else 0.0))
                self._show_array(run.parts[start:end])
        self._advance += run.end

    def _starts(self, run: Run) -> list[int]:
        """The indices in `run.parts` of the glyphs that begin a new piece of content."""
        if run.doubt is not None or not self._may_split(run):
            return []
        bounds = run.bounds
        near = [number for number, box in enumerate(self._boxes) if box.intersects(bounds)]
        starts = []
        for at, x, y in run.centres() if near or self._due else ():
            hit = {number for number in near if within((x, y), (self._boxes[number],))}
            is_new = bool(hit - self._placed)
            self._placed |= hit
            if self._due and (is_new or not hit):
                starts.append(at)
            self._due = is_new or (self._due and bool(hit))
        return starts

    def _may_split(self, run: Run) -> bool:
        at = self._tagged()
        if at is None or abs(run.unit * run.scaling) < 1e-9:
            return False
        return not (self._clips and self._in_text and any(not sequence.in_text for sequence in self._open[at:]))

    def _tagged(self) -> int | None:
        """The index in the open sequences of the innermost that has an identifier."""
        return next((at for at in range(len(self._open) - 1, -1, -1) if self._open[at].mcid is not None), None)

    def _split(self, run: Run, advance: float) -> None:
        """End the tagged sequence and open another for what follows, `advance` behind the start of the line."""
        at = self._tagged()
        if at is None:
            return
        split = self._open[at:]
        new = self._parents.free(self._page, self._highest)
        if not self._parents.continue_content(self._page, split[0].mcid or 0, new):
            return
        self.changed = True
        self._highest = new
        outer = [sequence for sequence in split if not sequence.in_text]
        inner = [sequence for sequence in split if sequence.in_text]
        breaks_text = bool(outer) and self._in_text
        self._close(inner)
        if breaks_text:
            self._emit([], "ET")
        self._close(outer)
        split[0].mcid = new
        self._reopen(outer)
        if breaks_text:
            self._emit([], "BT")
            self._emit([_number(number) for number in self._interpreter.line], "Tm")
            self._emit([Array([_number(-advance * 1000 / (run.unit * run.scaling))])], "TJ")
        self._reopen(inner)

    def _close(self, sequences: Sequence[_Sequence]) -> None:
        for _ in sequences:
            self._emit([], "EMC")

    def _reopen(self, sequences: Sequence[_Sequence]) -> None:
        self._out += [continued(one.instruction, one.properties, one.mcid) for one in sequences]

    def _show_array(self, parts: Sequence[Glyph | float]) -> None:
        items: list[Any] = []
        text = b""
        for part in parts:
            if isinstance(part, Glyph):
                text += part.code
                continue
            if text:
                items.append(String(text))
                text = b""
            items.append(_number(part))
        if text:
            items.append(String(text))
        if items:
            self._emit([Array(items)], "TJ")

    def _emit(self, operands: list[Any], operator: str) -> None:
        self._out.append(ContentStreamInstruction(operands, Operator(operator)))


def _number(number: float) -> Decimal:
    return Decimal(f"{number:.6f}".rstrip("0").rstrip("."))
