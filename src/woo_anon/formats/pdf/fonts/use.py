"""What a font dictionary shows of a program, and by which names its glyphs may be known there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from fontTools.encodings.StandardEncoding import StandardEncoding
from pikepdf import Dictionary, Stream
from pypdf._codecs import adobe_glyphs

from woo_anon.formats.pdf.fonts.font import CompositeFont
from woo_anon.formats.pdf.fonts.metrics import differences, encoding_of

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True)
class Use:
    """A font dictionary that uses the program, the codes that it shows, and its geometry when it is a Type 0 font."""

    font: Any
    codes: Set[bytes]
    composite: CompositeFont | None

    @property
    def single_bytes(self) -> list[int]:
        """The codes of a simple font."""
        return [code[0] for code in self.codes if code]


def names_by_encodings(use: Use, own: Mapping[int, str]) -> Iterator[str]:
    """Every glyph that a reader may take for one of the codes; `own` is the encoding in the program."""
    encoding, named = encoding_of(use.font), dict(differences(use.font))
    for code in use.single_bytes:
        yield from glyph_names(encoding[code])
        yield named.get(code, "")
        yield own.get(code, "")
        yield StandardEncoding[code]


def glyph_names(character: str) -> Iterator[str]:
    """The names of glyphs for a character; none for what is not one character."""
    if len(character) == 1:
        yield from _names_by_character().get(character, ())
        yield f"uni{ord(character):04X}"


@cache
def _names_by_character() -> dict[str, list[str]]:
    """All names that Adobe's list of glyphs has for a character."""
    names: dict[str, list[str]] = {}
    for name, character in adobe_glyphs.items():
        names.setdefault(character, []).append(name[1:])
    return names


def program_of(font: Any) -> tuple[Any, str]:
    """The descriptor that holds the font's program, and under which key; None where none is embedded."""
    holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor")
    for key in _PROGRAMS:
        if isinstance(descriptor, Dictionary) and isinstance(descriptor.get(key), Stream):
            return descriptor, key
    return None, ""
