"""The table from codes to characters in a font, /ToUnicode (ISO 32000-2, 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_CHARACTERS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def written(table: Mapping[bytes, bytes]) -> bytes:
    """The CMap for a table from codes to their characters in UTF-16."""
    sizes = {len(code) for code in table} or {1}
    spaces = b" ".join(_space([code for code in table if len(code) == size], size) for size in sorted(sizes))
    lines = [b"<%s> <%s>" % (_digits(code), _digits(target)) for code, target in sorted(table.items())]
    parts = [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /WooAnon def /CMapType 2 def",
        b"%d begincodespacerange %b endcodespacerange" % (len(sizes), spaces),
    ]
    for at in range(0, len(lines), 100):
        chunk = lines[at : at + 100]
        parts.append(b"%d beginbfchar\n%s\nendbfchar" % (len(chunk), b"\n".join(chunk)))
    return b"\n".join([*parts, b"endcmap end end"])


def _space(codes: list[bytes], size: int) -> bytes:
    """A codespace range that holds the codes, byte by byte (ISO 32000-2, 9.7.6.2)."""
    low = bytes(min(column) for column in zip(*codes, strict=True)) or bytes(size)
    high = bytes(max(column) for column in zip(*codes, strict=True)) or b"\xff" * size
    return b"<%s> <%s>" % (_digits(low), _digits(high))


def read(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Codes and the UTF-16 of their characters."""
    for section in _CHARACTERS.finditer(data):
        items = [item[1] + item[2] or _hex(item[0]) for item in _ITEM.findall(section[2])]
        if section[1] == b"bfchar":
            yield from zip(items[::2], items[1::2], strict=False)
            continue
        at = 0
        while at + 2 < len(items):
            low, high = items[at], items[at + 1]
            count = min(int.from_bytes(high) - int.from_bytes(low), 0xFFFF) + 1
            if items[at + 2] == b"[":
                end = items.index(b"]", at)
                targets = items[at + 3 : end]
                at = end + 1
            else:
                start = items[at + 2]
                targets = [_plus(start, step) for step in range(count)]
                at += 3
            for step, target in enumerate(targets[:count]):
                yield (int.from_bytes(low) + step).to_bytes(len(low)), target


def _digits(data: bytes) -> bytes:
    return data.hex().upper().encode("ascii")


def _hex(digits: bytes) -> bytes:
    plain = re.sub(rb"\s", b"", digits)
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))


def _plus(target: bytes, step: int) -> bytes:
    last = int.from_bytes(target[-2:]) + step
    return target[:-2] + (last & 0xFFFF).to_bytes(len(target[-2:])) if target else target
