"""Takes away what is left of text that went: its saved states, text objects, fonts and colours.

    before   q BT /F1 12 Tf (Jan) Tj ET Q  q BT /F1 12 Tf (Zwart) Tj ET Q  q BT /F1 12 Tf (zegt) Tj ET Q
    rewritten  q BT /F1 12 Tf ET Q           q BT /F1 12 Tf ET Q         q BT /F1 12 Tf [(zegt)] TJ ET Q
    after                                                                q BT /F1 12 Tf [(zegt)] TJ ET Q

Programs that write a text object for every word, or for every letter, would tell how many there were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pikepdf import Dictionary

_ENDS = {"q": "Q", "BT": "ET"}
_MARKED = frozenset(("BMC", "BDC", "EMC"))
_USING = frozenset(("INLINE IMAGE", *"Tj TJ ' \" f F f* B B* b b* S s sh Do d0 d1".split()))
_PLACING = frozenset(("BT", "ET", "Td", "TD", "Tm", "T*"))
# What an instruction sets; the same set again, before anything uses it, makes the first one idle.
_SETS = {
    **{operator: operator for operator in "Tf Tc Tw Tz TL Tr Ts w J j M d ri i".split()},
    **dict.fromkeys("g rg k cs sc scn".split(), "fill"),
    **dict.fromkeys("G RG K CS SC SCN".split(), "stroke"),
}
_NEUTRAL = frozenset("BT ET BMC BDC EMC cm Td Tm W W* n m l c v y h re BX EX".split())


def without_remains(instructions: Sequence[Any]) -> list[Any]:
    """The instructions without groups that show nothing and settings that nothing uses.

    Marked content that the structure tree may speak of stays. So does all where saved states and text objects are not
    nested in each other.
    """
    entries = [(str(instruction.operator), instruction) for instruction in instructions]
    idle = _idle_groups(entries)
    left = [entry for at, entry in enumerate(entries) if at not in idle]
    return [instruction for _, instruction in _without_idle(left)]


def _idle_groups(entries: Sequence[tuple[str, Any]]) -> set[int]:
    """The indices of what goes: of a saved state all but marked content, for that may begin in it and end behind it; of
    a text object all but settings, for these last; of marked content its beginning and its end."""
    marks: set[int] = set()
    spans: list[tuple[int, int]] = []  # first and last of saved states and text objects; none within a saved state
    shown = 0
    groups: list[tuple[str, int, int]] = []  # what ends it, where it began, how much was shown before
    marked: list[tuple[int, int]] = []
    for at, (operator, _) in enumerate(entries):
        shown += operator in _USING
        if operator in _ENDS:
            groups.append((_ENDS[operator], at, shown))
        elif operator in {"Q", "ET"}:
            if not groups or groups[-1][0] != operator:
                return set()
            _, start, before = groups.pop()
            if shown == before:
                while operator == "Q" and spans and spans[-1][0] > start:
                    spans.pop()
                spans.append((start, at))
        elif operator in {"BDC", "BMC"}:
            marked.append((at, shown))
        elif operator == "EMC" and marked:
            start, before = marked.pop()
            if shown == before and not _is_known(entries[start][1]):
                marks |= {start, at}
    return set() if groups else marks.union(*(_going(entries, *span) for span in spans))


def _going(entries: Sequence[tuple[str, Any]], start: int, end: int) -> Iterator[int]:
    """What goes of a saved state or a text object."""
    is_text = entries[start][0] == "BT"
    for at in range(start, end + 1):
        operator = entries[at][0]
        if (operator in _PLACING) if is_text else (operator not in _MARKED):
            yield at


def _is_known(opening: Any) -> bool:
    """Whether the structure tree may speak of marked content: it has properties that may hold an identifier."""
    if len(opening.operands) < 2:
        return False
    properties = opening.operands[1]
    return not isinstance(properties, Dictionary) or "/MCID" in properties


def _without_idle(entries: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Without settings that are made again, or undone by Q, before anything uses them."""
    idle: set[int] = set()
    waiting: dict[str, list[int]] = {}  # what is set and not used yet → by which entries
    for at, (operator, instruction) in enumerate(entries):
        sets = f"gs {instruction.operands[0]}" if operator == "gs" else _SETS.get(operator)
        if sets is not None:
            before = waiting.get(sets, [])
            needed = _needed(entries, before, operator)
            idle |= set(before) - set(needed)
            waiting[sets] = [*needed, at]
        elif operator == "Q":
            idle.update(*waiting.values())
            waiting.clear()
        elif operator not in _NEUTRAL:
            waiting.clear()
    idle.update(*waiting.values())
    return [entry for at, entry in enumerate(entries) if at not in idle]


def _needed(entries: Sequence[tuple[str, Any]], before: list[int], operator: str) -> list[int]:
    """Which of the settings `before` this one needs: a colour, the space that was set last; and readers differ in
    whether a space keeps the colour that was set before it."""
    if operator in {"cs", "CS"}:
        return before
    if operator.upper() in {"SC", "SCN"}:
        return [at for at in before if entries[at][0].upper() not in {"SC", "SCN"}][-1:]
    return []
