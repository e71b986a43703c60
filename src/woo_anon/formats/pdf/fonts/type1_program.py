"""Cuts an embedded Type 1 program, multiple-master ones too, down to the glyphs that its fonts show.

    clear text     names, notice, encoding               ─► loses what it says of itself, and codes that are not shown
    eexec section  subroutines and charstrings, each     ─► loses charstrings, and the content of subroutines that only
                   encrypted once more                      those called; the rest stays to the byte, sorted by name

Adobe Type 1 Font Format (1990), chapters 2, 6, 7 and 8. What is not written as it says there raises ValueError.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc import eexec
from fontTools.misc.psCharStrings import T1CharString

_EEXEC_KEY, _CHARSTRING_KEY = 55665, 4330
_TRAILER = (b"0" * 64 + b"\n") * 8 + b"cleartomark\n"
_START = re.compile(rb"currentfile\s+eexec(?:\r\n|\s)")
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f\s]{8}")
_SAYING = re.compile(
    rb"/(version|Notice|Copyright|FullName|FamilyName|Weight)\s*\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*+\)", re.DOTALL
)
_NUMBER = re.compile(rb"/(?:UniqueID\s+\d+|XUID\s*\[[^\]]*\])\s+(?:readonly\s+)?def\b")
_NAME = re.compile(rb"/FontName\s*(/[^\s/{}<>\[\]()%]+)")
_COMMENT = re.compile(rb"(?:\A|(?<=[\r\n]))%[^\r\n]*[\r\n]*")
_CODE = re.compile(rb"\s*dup\s+(\d+)\s*/([^\s/]+)\s+put\b")
_PADDING = re.compile(rb"/lenIV\s+(-?\d+)")
_SUBRS = re.compile(rb"/Subrs\s+\d+\s+array")
_SUBR = re.compile(rb"(\s*dup\s+(\d+)\s+)(\d+)(\s+\S+ )")
_GLYPHS = re.compile(rb"/CharStrings\s+\d+\s+dict\s+dup\s+begin")
_GLYPH = re.compile(rb"(\s*/([^\s/{}<>\[\]()%]+)\s+)(\d+)(\s+\S+ )")
_ENDING = re.compile(rb"\s*(?:noaccess\s+)?[^\s/]+")  # NP, ND, or what they stand for
_FIRST_SUBRS = 4  # flex and the replacement of hints
_RETURN = b"\x0b"
_SUBR_NUMBER = re.compile(rb"(dup\s+)\d+(\s)")
_HINT_REPLACEMENT = 3
_DEEPEST_CALL, _MOST_CALLS = 10, 200_000  # "Subroutines may be nested to 10 levels"


@dataclass(frozen=True)
class Parts:
    """The three parts of a program as PDF stores them (ISO 32000-2, table 125: Length1, Length2, Length3)."""

    clear: bytes
    secret: bytes
    trailer: bytes = _TRAILER

    def written(self) -> tuple[bytes, dict[str, int]]:
        """The program, and what its stream says of it."""
        parts = (self.clear, self.secret, self.trailer)
        return b"".join(parts), {f"/Length{at}": len(part) for at, part in enumerate(parts, 1)}


@dataclass(frozen=True)
class _Entry:
    """`dup 5 9 RD … NP` or `/A 44 RD … ND`: what stands before the length and after it, the bytes, and the ending."""

    name: str
    opening: bytes
    reads: bytes
    code: bytes
    ending: bytes

    def written(self) -> bytes:
        return b"".join((self.opening, b"%d" % len(self.code), self.reads, self.code, self.ending))


def cut_type1(data: bytes, shown: Callable[[Mapping[int, str]], Iterable[str]]) -> Parts:
    """The program without what is not needed. `shown` names the glyphs that are, given the program's own encoding."""
    start = _START.search(data)
    if start is None:
        raise ValueError("no eexec section")
    clear, secret = data[: start.end()], data[start.end() :]
    if _HEXADECIMAL.match(secret):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", secret)
        secret = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    private = eexec.decrypt(secret, _EEXEC_KEY)[0]
    private = private[: private.index(b"currentfile closefile")] + b"currentfile closefile\n"
    own = {int(code): name.decode("latin-1") for code, name in _CODE.findall(clear)}
    private, kept = _cut_private(private, set(shown(own or dict(enumerate(StandardEncoding)))))
    return Parts(_cut_clear(clear, kept), eexec.encrypt(private, _EEXEC_KEY)[0])


def own_encoding(data: bytes) -> dict[int, str]:
    """The codes of a program with the names of their glyphs; StandardEncoding where it lists none."""
    start = _START.search(data)
    own = {int(code): name.decode("latin-1") for code, name in _CODE.findall(data[: start.end()] if start else b"")}
    return own or dict(enumerate(StandardEncoding))


def without_encoding(data: bytes) -> tuple[bytes, int]:
    """The program with no code in the encoding that it lists, and how long its clear text is then."""
    start = _START.search(data)
    if start is None:
        raise ValueError("no eexec section")
    clear = _CODE.sub(b"", data[: start.end()])
    return clear + data[start.end() :], len(clear)


def _cut_clear(clear: bytes, kept: set[str]) -> bytes:
    clear = _SAYING.sub(rb"/\1 ()", clear)
    clear = _COMMENT.sub(b"", clear)
    clear = _NUMBER.sub(b"", clear)  # readers may keep glyphs by it, and this is another font now
    for name in _NAME.findall(clear):
        clear = re.sub(re.escape(name) + rb"(?![^\s/{}<>\[\]()%])", b"/Font", clear)
    clear = _CODE.sub(lambda code: code[0] if code[2].decode("latin-1") in kept else b"", clear)
    return b"%!PS-AdobeFont-1.0: Font\n" + clear


def _cut_private(private: bytes, shown: set[str]) -> tuple[bytes, set[str]]:
    """The decrypted section without what `shown` does not need, and the names of the glyphs that stay."""
    head, subrs, rest = _table(private, _SUBRS, _SUBR)
    middle, glyphs, tail = _table(rest, _GLYPHS, _GLYPH)
    if not any(glyph.name == ".notdef" for glyph in glyphs) or _GLYPHS.search(tail) or _SUBRS.search(middle):
        raise ValueError("no charstrings, or two sets of them or of subroutines")
    found = _PADDING.search(head + middle)
    padding = int(found[1]) if found else 4
    programs = {glyph.name: _program(glyph.code, padding) for glyph in glyphs}
    routines = {int(subr.name): _program(subr.code, padding) for subr in subrs}
    kept = {".notdef"} | (shown & set(programs))
    kept |= {part for name in kept for part in _accented_of(programs[name]) if part in programs}
    called = _called((programs[name] for name in kept), routines)
    empty = eexec.encrypt(bytes(padding) + _RETURN, _CHARSTRING_KEY)[0] if padding >= 0 else _RETURN
    subrs = list(_up_to_the_last(subrs, called, empty))
    head = _SUBRS.sub(b"/Subrs %d array" % len(subrs), head)
    # By name: a maker may have put them in the order of their first use.
    glyphs = sorted((glyph for glyph in glyphs if glyph.name in kept), key=lambda glyph: glyph.name)
    middle = _GLYPHS.sub(b"/CharStrings %d dict dup begin" % len(glyphs), middle)
    head, middle = _NUMBER.sub(b"", head), _NUMBER.sub(b"", middle)
    entries = (b"".join(entry.written() for entry in table) for table in (subrs, glyphs))
    return b"".join((head, next(entries), middle, next(entries), tail)), kept


def _table(data: bytes, heading: re.Pattern[bytes], entry: re.Pattern[bytes]) -> tuple[bytes, list[_Entry], bytes]:
    """What stands before the first entry under the heading, the entries, what follows; no entries without heading."""
    start = heading.search(data)
    if start is None:
        return b"", [], data
    at = start.end()
    entries = []
    while found := entry.match(data, at):
        end = found.end() + int(found[3])
        ending = _ENDING.match(data, end)
        if ending is None:
            raise ValueError("an entry without an end")
        entries.append(_Entry(found[2].decode("latin-1"), found[1], found[4], data[found.end() : end], ending[0]))
        at = ending.end()
    return data[: start.end()], entries, data[at:]


def _program(code: bytes, padding: int) -> list[int | str]:
    """The numbers and operators of a charstring."""
    plain = eexec.decrypt(code, _CHARSTRING_KEY)[0][padding:] if padding >= 0 else code
    charstring = T1CharString(plain)
    charstring.decompile()
    program: list[int | str] = charstring.program
    return program


def _accented_of(program: list[int | str]) -> set[str]:
    """The two glyphs that `seac` (Adobe Type 1 Font Format, 6.4) puts together, by their codes in StandardEncoding."""
    if "seac" not in program:
        return set()
    at = program.index("seac")
    return {StandardEncoding[int(code)] for code in program[at - 2 : at]}


def _up_to_the_last(subrs: Sequence[_Entry], called: Collection[int], empty: bytes) -> Iterator[_Entry]:
    """The subroutines up to the last one that is called, without content those that are not: neither their number nor
    which the maker left out tells what went."""
    known = {int(subr.name): subr for subr in subrs}
    for number in range(max(called, default=-1) + 1):
        if number in called:
            yield known[number]
        else:
            opening = _SUBR_NUMBER.sub(rb"\g<1>%d\g<2>" % number, subrs[0].opening)
            yield replace(subrs[0], name=str(number), opening=opening, code=empty)


def _called(programs: Iterable[list[int | str]], routines: Mapping[int, list[int | str]]) -> set[int]:
    """The subroutines that programs call, and those that these call."""
    first = set(range(_FIRST_SUBRS)) & set(routines)
    programs = [*programs, *(routines[number] for number in first)]
    calls = _Calls(routines)
    try:
        for program in programs:
            calls.follow(program, [], 0)
    except _UnclearError:
        return _perhaps_called(programs, routines, first)
    return first | calls.called


class _UnclearError(Exception):
    """Which subroutine a charstring calls cannot be said."""


class _Calls:
    """Follows charstrings with their stack, for the numbers of the subroutines that they call (Adobe Type 1 Font
    Format, 6.4 and 8.4). OtherSubr 3 answers with the number that it was given; of others nobody calls a result."""

    def __init__(self, routines: Mapping[int, list[int | str]]) -> None:
        self._routines = routines
        self._left = _MOST_CALLS
        self.called: set[int] = set()

    def follow(self, program: list[int | str], stack: list[Any], depth: int) -> None:
        """Follow one charstring, called with `stack`. Raises _UnclearError."""
        given: list[Any] = []
        for token in program:
            if isinstance(token, int):
                stack.append(token)
            elif token == "callothersubr":
                given = _answers(stack)
            elif token == "pop":
                stack.append(given.pop() if given else None)
            elif token == "callsubr":
                self._call(stack, depth)
            elif token == "div":
                stack[-2:] = [None]
            elif token != "return":
                stack.clear()

    def _call(self, stack: list[Any], depth: int) -> None:
        number = stack.pop() if stack else None
        self._left -= 1
        if not isinstance(number, int) or number not in self._routines or depth > _DEEPEST_CALL or self._left < 0:
            raise _UnclearError
        self.called.add(number)
        self.follow(self._routines[number], stack, depth + 1)


def _answers(stack: list[Any]) -> list[Any]:
    """What `callothersubr` leaves for `pop`, once it has taken its arguments from `stack`."""
    other, count = (stack.pop() if stack else None for _ in range(2))
    if not isinstance(count, int):
        raise _UnclearError
    arguments = [stack.pop() if stack else None for _ in range(min(count, len(stack)))]
    return arguments if other == _HINT_REPLACEMENT else [None] * len(arguments)


def _perhaps_called(
    programs: Iterable[list[int | str]], routines: Mapping[int, list[int | str]], called: set[int]
) -> set[int]:
    """As `_called`, where not all is clear: each number that may end on the stack of a call is taken for one."""
    due = [*programs, *(routines[number] for number in called)]
    while due:
        program = due.pop()
        numbers = {token for token in program if isinstance(token, int)} if "callsubr" in program else set()
        new = (numbers & set(routines)) - called
        called |= new
        due += [routines[number] for number in new]
    return called
