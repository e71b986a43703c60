"""Takes data in the syntax of PDF and PostScript apart: content streams, CMaps, the readable part of a font program.

    /Span <</MCID 3>> BDC [(Jan) -20 (sen)] TJ % done
     │       │             └─ one string      └─ rest, with the operators and numbers
     └───────┴─ names

ISO 32000-2, 7.3. Errs on the side of more strings: what looks like one is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_BRACKETED = re.compile(rb"\[((?:[^\[\]()<>]|\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)*)\]", re.DOTALL)
_STRING = re.compile(rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|(?<!<)<([0-9A-Fa-f\s]*)>(?!>)", re.DOTALL)
_NAME = re.compile(rb"/([^\s/<>\[\]()%{}]+)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}
_CODED = re.compile(r"#([0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Syntax:
    """The parts of some data: strings decoded (those of one array joined), names without their slash, what is left."""

    strings: tuple[bytes, ...] = field(repr=False)
    names: frozenset[str] = field(repr=False)
    rest: bytes = field(repr=False)


def parse(data: bytes) -> Syntax:
    """Take `data` apart."""
    strings = [b"".join(_strings(array)) for array in _BRACKETED.findall(data)]
    # An array with names in it, /Differences say, is left for the names to be found.
    outside = _BRACKETED.sub(lambda found: b" ".join(b"/" + name for name in _NAME.findall(_bare(found[1]))), data)
    strings += _strings(outside)
    bare = _bare(outside)
    names = frozenset(_CODED.sub(_character, name.decode("latin-1")) for name in _NAME.findall(bare))
    return Syntax(tuple(string for string in strings if string), names, _NAME.sub(b" ", bare))


def _bare(data: bytes) -> bytes:
    return _STRING.sub(b" ", data)


def _strings(data: bytes) -> Iterator[bytes]:
    return (_unescaped(literal, digits) for literal, digits in _STRING.findall(data))


def _character(coded: re.Match[str]) -> str:
    return chr(int(coded[1], 16))


def _unescaped(literal: bytes, digits: bytes) -> bytes:
    if digits:
        clean = re.sub(rb"\s", b"", digits).decode("ascii")
        return bytes.fromhex(clean + "0" * (len(clean) % 2))
    return _ESCAPE.sub(lambda found: _escaped(found[1]), literal)


def _escaped(code: bytes) -> bytes:
    return bytes((int(code, 8) & 255,)) if code[:1] in b"01234567" else _ESCAPES.get(code, code)
