"""CMaps: how the bytes of a string in a Type 0 font split into codes, and which CID each code means.

Only what geometry needs of ISO 32000-2, 9.7.5 and Adobe Technical Note 5014: codespace ranges, CID ranges and single
CIDs. Identity and embedded CMaps are understood; predefined ones other than Identity are not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from woo_anon.formats.pdf.doubt import NotUnderstoodError

_SECTION = re.compile(rb"begin(codespacerange|cidrange|cidchar)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\d+)")
_USE = re.compile(rb"/([^\s/]+)\s+usecmap")
_VERTICAL = re.compile(rb"/WMode\s+1\b")


@dataclass(frozen=True, slots=True)
class CMap:
    """`spaces` are codespace ranges (low, high), both of one length; `ranges` are (length, first, last, CID)."""

    spaces: tuple[tuple[bytes, bytes], ...]
    ranges: tuple[tuple[int, int, int, int], ...] = ()
    identity: bool = False
    vertical: bool = False

    def split(self, data: bytes) -> Iterator[tuple[bytes, int]]:
        """The codes in `data` with their CIDs. Raises NotUnderstoodError when the bytes fit no codespace."""
        if self.identity:
            # An odd last byte is shown by nobody, but it must not be lost: it stays with the code before it.
            for at in range(0, len(data), 2):
                yield data[at : at + 2], int.from_bytes(data[at : at + 2])
            return
        at = 0
        while at < len(data):
            code = self._code(data, at)
            yield code, self._cid(code)
            at += len(code)

    def _code(self, data: bytes, at: int) -> bytes:
        for length in range(1, 5):
            code = data[at : at + length]
            if len(code) == length and any(_within(code, low, high) for low, high in self.spaces):
                return code
        raise NotUnderstoodError("font:codespace")

    def _cid(self, code: bytes) -> int:
        value = int.from_bytes(code)
        at = bisect_right(self.ranges, (len(code), value, 1 << 40, 0)) - 1
        if at >= 0:
            length, first, last, cid = self.ranges[at]
            if length == len(code) and first <= value <= last:
                return cid + value - first
        return 0  # .notdef, ISO 32000-2, 9.7.6.3


def _within(code: bytes, low: bytes, high: bytes) -> bool:
    return len(code) == len(low) and all(a <= b <= c for a, b, c in zip(low, code, high, strict=True))


def identity(*, vertical: bool = False) -> CMap:
    """Identity-H or Identity-V: two bytes a code, the code is the CID."""
    return CMap(((b"\0\0", b"\xff\xff"),), identity=True, vertical=vertical)


def parse_cmap(data: bytes, used: Any = None) -> CMap:
    """An embedded CMap; `used` is its /UseCMap. Raises NotUnderstoodError when it builds on a CMap we do not have."""
    base = _base(data, used)
    spaces = list(base.spaces) if base else []
    ranges = list(base.ranges) if base else []
    if base and base.identity:
        ranges.append((2, 0, 0xFFFF, 0))
    for section in _SECTION.finditer(data):
        tokens = _TOKEN.findall(section[2])
        if section[1] == b"codespacerange":
            spaces += [(_hex(low), _hex(high)) for (low, _), (high, _) in _groups(tokens, 2)]
        elif section[1] == b"cidrange":
            ranges += [_range(low[0], high[0], cid[1]) for low, high, cid in _groups(tokens, 3)]
        else:
            ranges += [_range(code[0], code[0], cid[1]) for code, cid in _groups(tokens, 2)]
    if not spaces or any(len(low) != len(high) for low, high in spaces):
        raise NotUnderstoodError("font:cmap")
    return CMap(tuple(spaces), tuple(sorted(ranges)), vertical=bool(_VERTICAL.search(data)))


def _base(data: bytes, used: Any) -> CMap | None:
    if isinstance(used, pikepdf.Stream):
        return parse_cmap(used.read_bytes(), used.get("/UseCMap"))
    named = _USE.search(data)
    name = str(used)[1:] if used is not None else named[1].decode("latin-1") if named else None
    if name is None:
        return None
    if name in {"Identity-H", "Identity-V"}:
        return identity()
    raise NotUnderstoodError("font:predefined-cmap")


def _groups(tokens: list[Any], size: int) -> Iterator[tuple[Any, ...]]:
    return zip(*[iter(tokens)] * size, strict=False)


def _hex(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode("ascii"))


def _range(low: bytes, high: bytes, cid: bytes) -> tuple[int, int, int, int]:
    code = _hex(low)
    return len(code), int.from_bytes(code), int.from_bytes(_hex(high)), int(cid)
