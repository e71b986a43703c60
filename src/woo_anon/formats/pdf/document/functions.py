"""Functions in PostScript (ISO 32000-2, 7.10.5): the program, and nothing besides."""

from __future__ import annotations

import re

_COMMENT = re.compile(rb"%[^\r\n]*")
_TOKEN = re.compile(rb"[{}]|[^\0\t\n\f\r {}]+")
_PLAIN_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_WORDS = frozenset(
    b"{ } abs add and atan bitshift ceiling copy cos cvi cvr div dup eq exch exp false floor ge gt idiv if ifelse index"
    b" le ln log lt mod mul ne neg not or pop roll round sin sqrt sub true truncate xor".split()
)


def bare_program(data: bytes) -> bytes:
    """A function in PostScript without comments and without what stands behind it; nothing of one with words that no
    such function has (ISO 32000-2, 7.10.5)."""
    kept, depth = list[bytes](), 0
    for token in _TOKEN.findall(_COMMENT.sub(b" ", data)):
        if token not in _WORDS and not _PLAIN_NUMBER.fullmatch(token):
            return b""
        kept.append(token)
        depth += {b"{": 1, b"}": -1}.get(token, 0)
        if not depth:
            return b" ".join(kept)
    return b""
