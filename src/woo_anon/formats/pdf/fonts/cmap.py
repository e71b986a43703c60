"""CMaps: how the bytes of a string in a Type 0 font split into codes, and which CID each code means.

What geometry needs of ISO 32000-2, 9.7.5 and Adobe Technical Note 5014: codespace ranges, CID ranges, single CIDs,
notdef ranges, the writing mode, and the CMap that another builds on. Embedded CMaps and Adobe's own (`predefined.py`)
are read by the same code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError

_COMMENT = re.compile(rb"%[^\r\n]*")
_SECTION = re.compile(rb"begin(codespacerange|cidrange|cidchar|notdefrange|notdefchar)\b(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\d+)")
_USE = re.compile(rb"/([^\s/]+)\s+usecmap")
_MODE = re.compile(rb"/WMode\s+(\d)\b")
_DEEPEST = 8  # CMaps that build on CMaps; Adobe's own go two deep

Range = tuple[int, int, int, int]  # length of the code in bytes, first code, last code, CID of the first


@dataclass(frozen=True, slots=True)
class CMap:
    """`spaces` are codespace ranges (low, high), both of one length. `ranges` and `notdefs` are sorted and disjoint;
    all codes of a notdef range mean the same CID. What is in none of them, `base` may know."""

    spaces: tuple[tuple[bytes, bytes], ...]
    ranges: tuple[Range, ...] = ()
    notdefs: tuple[Range, ...] = ()
    base: CMap | None = None
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
            yield code, self.cid(code)
            at += len(code)

    def _code(self, data: bytes, at: int) -> bytes:
        for length in range(1, 5):
            code = data[at : at + length]
            if len(code) == length and any(_within(code, low, high) for low, high in self.spaces):
                return code
        raise NotUnderstoodError("font:codespace")

    def cid(self, code: bytes) -> int:
        """The CID of one code: 0 where nothing else is said (ISO 32000-2, 9.7.6.3)."""
        for find in (CMap._mapped, CMap._undefined):
            cmap: CMap | None = self
            while cmap is not None:
                cid = find(cmap, code)
                if cid is not None:
                    return cid
                cmap = cmap.base
        return 0

    def _mapped(self, code: bytes) -> int | None:
        if self.identity:
            return int.from_bytes(code) if len(code) == 2 else None
        found = _range_of(code, self.ranges)
        return found[3] + int.from_bytes(code) - found[1] if found else None

    def _undefined(self, code: bytes) -> int | None:
        found = _range_of(code, self.notdefs)
        return found[3] if found else None


def _within(code: bytes, low: bytes, high: bytes) -> bool:
    return len(code) == len(low) and all(a <= b <= c for a, b, c in zip(low, code, high, strict=True))


def _range_of(code: bytes, ranges: tuple[Range, ...]) -> Range | None:
    value = int.from_bytes(code)
    at = bisect_right(ranges, (len(code), value, 1 << 40, 0)) - 1
    if at < 0:
        return None
    length, first, last, _ = ranges[at]
    return ranges[at] if length == len(code) and first <= value <= last else None


def identity(*, vertical: bool = False) -> CMap:
    """Identity-H or Identity-V: two bytes a code, the code is the CID."""
    return CMap(((b"\0\0", b"\xff\xff"),), identity=True, vertical=vertical)


def embedded(stream: Any, named: Callable[[str], CMap], depth: int = 0) -> CMap:
    """The CMap in a stream object. `named` gives a predefined one, and raises NotUnderstoodError when it is none.

    Raises NotUnderstoodError also for a CMap that contradicts itself.
    """
    if depth > _DEEPEST:
        raise NotUnderstoodError("font:cmap")
    used = stream.get("/UseCMap")
    base = embedded(used, named, depth + 1) if isinstance(used, pikepdf.Stream) else None
    if isinstance(used, pikepdf.Name):
        base = named(str(used)[1:])
    cmap = parse_cmap(stream.read_bytes(), named, base)
    if int(stream.get("/WMode", cmap.vertical)) != cmap.vertical:
        raise NotUnderstoodError("font:cmap")
    return cmap


def parse_cmap(data: bytes, named: Callable[[str], CMap], base: CMap | None = None) -> CMap:
    """A CMap file. It builds on `base`, or on the one that it names itself."""
    data = _COMMENT.sub(b"", data)
    use = _USE.search(data)
    if base is None and use is not None:
        base = named(use[1].decode("latin-1"))
    sections: dict[bytes, list[Any]] = {}
    for section in _SECTION.finditer(data):
        sections.setdefault(section[1], []).extend(_rows(section[1], _TOKEN.findall(section[2])))
    spaces = (*(base.spaces if base else ()), *sections.get(b"codespacerange", ()))
    if not spaces or any(len(low) != len(high) for low, high in spaces):
        raise NotUnderstoodError("font:cmap")
    mode = _MODE.search(data)
    return CMap(
        tuple(dict.fromkeys(spaces)),
        _disjoint(sections, b"cidrange", b"cidchar"),
        _disjoint(sections, b"notdefrange", b"notdefchar"),
        base,
        vertical=mode[1] == b"1" if mode else base is not None and base.vertical,
    )


def _rows(kind: bytes, tokens: list[tuple[bytes, bytes]]) -> Iterator[Any]:
    width = 3 if kind in {b"cidrange", b"notdefrange"} else 2
    for row in zip(*[iter(tokens)] * width, strict=False):
        low, high = _hex(row[0][0]), _hex(row[-2][0])
        if kind == b"codespacerange":
            yield low, _hex(row[1][0])
        else:
            yield len(low), int.from_bytes(low), int.from_bytes(high), int(row[-1][1])


def _hex(digits: bytes) -> bytes:
    return bytes.fromhex(digits.decode("ascii"))


def _disjoint(sections: Mapping[bytes, list[Range]], *kinds: bytes) -> tuple[Range, ...]:
    ranges = tuple(sorted({entry for kind in kinds for entry in sections.get(kind, ())}))
    if any(one[0] == other[0] and other[1] <= one[2] for one, other in pairwise(ranges)):
        raise NotUnderstoodError("font:cmap")  # readers differ in which of the two holds
    return ranges


def written(
    cids: Mapping[bytes, int],
    spaces: Iterable[tuple[bytes, bytes]],
    *,
    vertical: bool,
    collection: tuple[str, int] = ("Identity", 0),
) -> bytes:
    """A CMap file that knows the codes in `cids` and no others; `collection` is an ordering of Adobe's and its
    supplement."""
    lines = [b"<%s> %d" % (code.hex().encode("ascii"), cid) for code, cid in sorted(cids.items())]
    ranges = [b"<%s> <%s>" % (low.hex().encode("ascii"), high.hex().encode("ascii")) for low, high in spaces]
    parts = [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (%s) def /Supplement %d def end def"
        % (collection[0].encode("ascii"), collection[1]),
        b"/CMapName /WooAnon def /CMapType 1 def /WMode %d def" % vertical,
        *_blocks(b"codespacerange", ranges),
        *_blocks(b"cidchar", lines),
    ]
    return b"\n".join([*parts, b"endcmap CMapName currentdict /CMap defineresource pop end end"])


def _blocks(kind: bytes, lines: list[bytes]) -> Iterator[bytes]:
    """At most 100 entries a block (Adobe Technical Note 5014)."""
    for at in range(0, len(lines), 100):
        chunk = lines[at : at + 100]
        yield b"%d begin%s\n%s\nend%s" % (len(chunk), kind, b"\n".join(chunk), kind)
