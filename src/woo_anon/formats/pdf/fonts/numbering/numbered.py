"""What becomes of fonts that get new numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Stream

from woo_anon.formats.pdf.fonts import to_unicode
from woo_anon.formats.pdf.fonts.use import Use


class KeptError(Exception):
    """Fonts keep their numbers, for what readers would make of others is not certain."""


@dataclass(frozen=True)
class Program:
    """An embedded program, the box around all its glyphs in thousandths of the em (None: as it was), and, of a Type 1
    program, the length of its clear text."""

    data: bytes
    box: tuple[int, int, int, int] | None = None
    clear: int | None = None


@dataclass(frozen=True)
class Numbered:
    """Fonts with their new numbers, for nothing in the file is changed before all of them are known.

    `recodes` gives a shown string its new codes, by number of the font's object; `program` is the new program, None
    where it stays; `put` changes the dictionaries.
    """

    uses: Sequence[Use]
    recodes: Mapping[tuple[int, int], Callable[[bytes], bytes]]
    program: Program | None
    put: Callable[[pikepdf.Pdf], Any]


@dataclass(frozen=True)
class Codes:
    """The codes of a simple font: the new number of each, in the order of their use; what they mean, in UTF-16, as far
    as the font says so; `fixed` when they stay."""

    new: Mapping[int, int]
    texts: Mapping[int, bytes]
    fixed: bool


def texts_of(font: Any) -> dict[bytes, bytes]:
    """What a font says that its codes mean, in UTF-16. An empty text is none: readers take the code itself for it."""
    table = font.get("/ToUnicode")
    read = to_unicode.read(table.read_bytes()) if isinstance(table, Stream) else ()
    return {code: text for code, text in read if text.strip(b"\0")}
