"""Marked content: which sequences are open, which of them were hit, and what may stand in their properties.

A BDC stands before what it marks, so its instruction is put right when its sequence ends: by then it is known whether
something in it was redacted, and a replacement text (ActualText, Alt, E) that speaks of it has to go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Name, Operator

from woo_anon.formats.pdf.content.properties import TEXTS, harmless, staying
from woo_anon.formats.pdf.structure.roles import STANDARD


@dataclass(slots=True)
class _Mark:
    """An open sequence: where its instruction stands in the output and what is known of it."""

    at: int
    instruction: Any
    properties: Any
    named: bool
    hidden: bool


class Marks:
    """The open sequences of one content stream, on top of those of the streams that drew it."""

    def __init__(
        self,
        names_somebody: Callable[[str], bool],
        hidden: Callable[[Any], bool],
        outer: Marks | None = None,
        key: int = -1,
    ) -> None:
        self._names_somebody = names_somebody
        self._is_hidden = hidden
        self._outer = outer
        self._key = key
        self._open: list[_Mark] = []
        self._hidden = 0  # how many of them are
        self._hit = 0  # so many of them, from the outermost, were hit
        self.changed = False
        self.hit_mcids: set[tuple[int, int]] = set()
        self.highest_mcid = -1

    def opened(self, key: int) -> Marks:
        """The marks of a stream drawn inside the sequences open here; `key` is its StructParents."""
        return Marks(self._names_somebody, self._is_hidden, self, key)

    @property
    def hidden(self) -> bool:
        """Whether what is drawn now belongs to optional content that is not shown."""
        return self._hidden > 0 or (self._outer is not None and self._outer.hidden)

    def innermost(self) -> tuple[int, int | None]:
        """The StructParents key and the identifier of the innermost open sequence that has one."""
        for mark in reversed(self._open):
            mcid = mark.properties.get("/MCID") if mark.properties is not None else None
            if mcid is not None:
                return self._key, int(mcid)
        return self._outer.innermost() if self._outer is not None else (self._key, None)

    def hit(self) -> None:
        """Something in the open sequences was redacted."""
        self._hit = len(self._open)
        if self._outer is not None:
            self._outer.hit()

    def begin(self, instruction: Any, named: Any, out: list[Any]) -> None:
        """BMC or BDC; `named` is the dictionary that its name stands for in /Properties, if it is a name."""
        operands = instruction.operands
        properties = named
        if named is None and len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary):
            properties = operands[1]
        hidden = bool(len(operands)) and str(operands[0]) == "/OC" and named is not None and self._is_hidden(named)
        self._open.append(_Mark(len(out), instruction, properties, named is not None, hidden))
        self._hidden += hidden
        out.append(instruction)

    def end(self, instruction: Any, out: list[Any]) -> None:
        """EMC; one too many is dropped."""
        if not self._open:
            self.changed = True
            return
        mark = self._open.pop()
        self._hidden -= mark.hidden
        self._close(mark, out, hit=self._hit > len(self._open))
        self._hit = min(self._hit, len(self._open))
        out.append(instruction)

    def finish(self, out: list[Any]) -> None:
        """Close what the stream left open."""
        while self._open:
            self.changed = True
            self.end(ContentStreamInstruction([], Operator("EMC")), out)

    def _close(self, mark: _Mark, out: list[Any], *, hit: bool) -> None:
        mcid = mark.properties.get("/MCID") if mark.properties is not None else None
        if mcid is not None:
            self.highest_mcid = max(self.highest_mcid, int(mcid))
            if hit:
                self.hit_mcids.add((self._key, int(mcid)))
        cleaned = self._cleaned(mark, hit=hit)
        if cleaned is not None:
            out[mark.at] = cleaned
            self.changed = True

    def _cleaned(self, mark: _Mark, *, hit: bool) -> Any:
        """The instruction as it may stand; None when it may stand as it is."""
        tag = mark.instruction.operands[0] if len(mark.instruction.operands) else Name.Span
        safe_tag = tag if str(tag) in STANDARD or not self._names_somebody(str(tag)[1:]) else Name.Span
        if mark.properties is None:
            same = safe_tag is tag and len(mark.instruction.operands) < 2
            return None if same else ContentStreamInstruction([safe_tag], Operator("BMC"))
        if mark.named and str(tag) == "/OC":
            return None  # the group itself is cleaned with the document's resources
        kept = staying(mark.properties, self._names_somebody, texts=not hit)
        if not mark.named and safe_tag is tag and len(kept) == len(mark.properties.keys()):
            return None
        return ContentStreamInstruction([safe_tag, pikepdf.Dictionary(kept)], Operator("BDC"))


def continued(instruction: Any, properties: Any, mcid: int | None) -> Any:
    """The BMC or BDC that opens the rest of a sequence that was split: without replacement texts, which speak of the
    whole, and with the identifier `mcid` unless that is None. `properties` are those of `instruction`."""
    operands = instruction.operands
    if mcid is not None:
        kept = harmless(properties) | {"/MCID": mcid}
    elif len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary):
        kept = {key: value for key, value in properties.items() if key not in TEXTS}
    else:
        return instruction
    return ContentStreamInstruction([operands[0], pikepdf.Dictionary(kept)], Operator("BDC"))
