"""Operators of content streams and the operands of each (ISO 32000-2, annex A).

A stream that is nothing but operators with operands of their own says what it shows and no more. Whatever else stands
in one may say anything and shows nothing: comments, operands that no operator takes, operators that nobody knows.
`fits` tells whether there is any of that, or what may have it: an inline image, a property list with texts; `fitting`
leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, String

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.properties import HARMLESS

# n number, s string, / name, t strings and numbers in an array, a numbers in an array, p name or property list.
_BY_OPERANDS = {
    "": "b B b* B* BT EMC ET f F f* h n q Q s S T* W W*",
    "n": "g G i j J M Tc TL Tr Ts Tw Tz w",
    "nn": "d0 l m Td TD",
    "nnn": "rg RG",
    "nnnn": "k K re v y",
    "nnnnnn": "c cm d1 Tm",
    "an": "d",
    "/": "BMC cs CS Do gs ri sh",
    "/n": "Tf",
    "/p": "BDC",
    "s": "Tj '",
    "nns": '"',
    "t": "TJ",
}
OPERANDS = {operator: kinds for kinds, operators in _BY_OPERANDS.items() for operator in operators.split()}
COLOURS = frozenset("sc SC scn SCN".split())  # as many numbers as the colour space has components, and a pattern's name
_STRICT = frozenset("rg RG k K".split())
SHOWING = frozenset(("Tj", "TJ", "'", '"'))
# Those that show nothing and that nobody misses: points that are marked, and what is to be skipped if unknown.
_SKIPPED = frozenset(("MP", "DP", "BX", "EX"))
KNOWN = frozenset(OPERANDS) | COLOURS | _SKIPPED
INLINE_IMAGE = "INLINE IMAGE"  # pikepdf's name for what stands between BI and EI

_SPACE = rb"[\0\t\n\f\r ]"
# What readers take for a number, though it be none. Nothing here gives back what it took, or a long number would be
# tried in all its parts.
_NUMBER = rb"[+\-]*+[0-9.][0-9.+\-]*+(?:[eE][+\-]?[0-9]++)?+"
_NAME = rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*+"
_LITERAL = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\))*+\)"
_STRING = rb"(?:%b|<[0-9A-Fa-f\0\t\n\f\r ]*+>)" % _LITERAL
_PROPERTIES = rb"(?:%b|%b)" % (_NAME, HARMLESS)


def _either(*operators: str) -> bytes:
    """Any of these operators, with nothing that goes on behind it."""
    longest_first = sorted(operators, key=len, reverse=True)
    names = b"|".join(re.escape(one.encode()) for one in longest_first)
    return rb"(?:%b)(?![^\0\t\n\f\r ()<>\[\]{}/%%])" % names


def _of(kinds: str, *more: str) -> bytes:
    return _either(*_BY_OPERANDS[kinds].split(), *more)


def _behind_numbers(count: int) -> bytes:
    """What may stand behind `count` numbers: another, or an operator that takes these."""
    ends = [_of("n" * count, *COLOURS) if "n" * count in _BY_OPERANDS else _either(*COLOURS)]
    ends.append(rb"%b%b*+%b" % (_NAME, _SPACE, _either("scn", "SCN")))
    if count == 2:
        ends.append(rb"%b%b*+%b" % (_STRING, _SPACE, _of("nns")))
    if count < 6:
        ends.append(rb"%b%b*+%b" % (_NUMBER, _SPACE, _behind_numbers(count + 1)))
    else:
        ends.append(rb"(?:%b%b*+){1,26}+%b" % (_NUMBER, _SPACE, _either(*COLOURS)))
    return rb"(?:%b)" % b"|".join(ends)


def _instruction() -> bytes:
    space, numbers = _SPACE + b"*+", rb"(?:%b|%b)*+" % (_SPACE, _NUMBER)
    array = rb"\[%b(?:\]%b(?:%b|%b%b%b)|(?:%b|%b|%b)*+\]%b%b)" % (
        numbers, space, _of("t"), _NUMBER, space, _of("an"), _SPACE, _NUMBER, _STRING, space, _of("t")
    )  # fmt: skip
    named = rb"%b%b(?:%b|%b%b%b|%b%b%b)" % (
        _NAME, space, _of("/", "scn", "SCN"), _NUMBER, space, _of("/n"), _PROPERTIES, space, _of("/p")
    )  # fmt: skip
    shown = rb"%b%b%b" % (_STRING, space, _of("s"))
    numbered = rb"%b%b%b" % (_NUMBER, space, _behind_numbers(1))
    return rb"(?:%b|%b|%b|%b|%b)" % (numbered, _of(""), shown, array, named)


_FITTING = re.compile(rb"%b*+(?:%b%b*+)*+" % (_SPACE, _instruction(), _SPACE), re.DOTALL)


def fits(data: bytes) -> bool:
    """Whether a stream is nothing but operators with operands of their own, with no inline image and with harmless
    property lists only."""
    return _FITTING.fullmatch(data) is not None


def fitting(instructions: Iterable[Any]) -> Iterator[Any]:
    """The instructions with operands of their own alone, of known operators alone.

    Of too many operands readers take the last. Raises NotUnderstoodError where readers differ: about operands of the
    wrong kind, and too many of a colour (PDFium leaves such a colour out).
    """
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == INLINE_IMAGE:
            yield instruction
        elif operator in OPERANDS:
            yield _with_own(instruction, OPERANDS[operator], strictly=operator in _STRICT)
        elif operator in COLOURS:
            _check_colour(list(instruction.operands))
            yield instruction


def _with_own(instruction: Any, kinds: str, *, strictly: bool) -> Any:
    operands = list(instruction.operands)
    if strictly and len(operands) > len(kinds):
        raise NotUnderstoodError("content:operands")
    kept = [_own(kind, one) for kind, one in zip(reversed(kinds), reversed(operands), strict=False)][::-1]
    if len(kept) == len(operands) and all(own is one for own, one in zip(kept, operands, strict=True)):
        return instruction
    return ContentStreamInstruction(kept, instruction.operator)


def _own(kind: str, operand: Any) -> Any:
    """The operand; of an array without what does not belong in it."""
    if not isinstance(operand, _TYPES[kind]):
        raise NotUnderstoodError("content:operands")
    if not isinstance(operand, Array):
        return operand
    kept = [one for one in operand if isinstance(one, _NUMBERS) or (kind == "t" and isinstance(one, String))]
    return operand if len(kept) == len(operand) else Array(kept)


def _check_colour(operands: list[Any]) -> None:
    numbers = operands[:-1] if operands and isinstance(operands[-1], Name) else operands
    if not all(isinstance(one, _NUMBERS) for one in numbers):
        raise NotUnderstoodError("content:operands")


_NUMBERS = (int, float, Decimal)
_TYPES: dict[str, Any] = {"n": _NUMBERS, "s": String, "/": Name, "a": Array, "t": Array, "p": (Name, Dictionary)}
