"""Cuts embedded fonts down to the glyphs that the remaining text shows.

A font that was subset by its maker holds the letters of the document and no others; what stays of it after a redaction
would tell which letters the redacted words had. So glyphs, widths and the table from codes to characters lose what is
not used any more. A program that cannot be cut, for it is broken, keeps its glyphs; the log then does not list
`unused-glyphs` among what was removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.resources import FontCache
from woo_anon.formats.pdf.fonts.dictionary import cut_descendant, cut_dictionary
from woo_anon.formats.pdf.fonts.font import CompositeFont
from woo_anon.formats.pdf.fonts.program import cut
from woo_anon.formats.pdf.fonts.use import Use
from woo_anon.formats.pdf.fonts.used_codes import Key, used_codes

_NEUTRAL = "/AAAAAB+Font"
_KINDS = frozenset({"/Type0", "/TrueType", "/Type1", "/MMType1", "/Type3"})
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass
class _Shared:
    """What several fonts may have in common, with the uses that are made of it, by number of the object: programs (and
    the key they stand under) and CIDFonts. `unknown` are those of which not all uses are known."""

    programs: dict[Key, tuple[Any, str, list[Use]]] = field(default_factory=dict)
    descendants: dict[Key, list[Use]] = field(default_factory=dict)
    unknown: set[Key] = field(default_factory=set)

    def add(self, use: Use, *, known: bool) -> None:
        """Note what a font uses."""
        descriptor, key = _program_of(use.font)
        if descriptor is not None:
            number = descriptor[key].objgen
            self.programs.setdefault(number, (descriptor[key], key, []))[2].append(use)
            self.unknown |= set() if known else {number}
        if "/DescendantFonts" in use.font:
            number = use.font.DescendantFonts[0].objgen
            number = use.font.objgen if number == (0, 0) else number
            self.descendants.setdefault(number, []).append(use)
            self.unknown |= set() if known else {number}


def subset_fonts(pdf: pikepdf.Pdf, fonts: FontCache, names_somebody: Callable[[str], bool]) -> bool:
    """Cut all fonts of `pdf` down. Returns whether nothing had to be kept that nothing shows.

    An embedded font whose name is a redacted word (`Georgia`, `Roman`) gets another.
    """
    _number_fonts(pdf)
    usage = used_codes(pdf, fonts)
    shared = _Shared()
    done = True
    for font in [item for item in pdf.objects if _is_font(item)]:
        known = font.objgen not in usage.unknown
        use = Use(font, usage.codes.get(font.objgen, set()), _composite(font, fonts))
        shared.add(use, known=known)
        done &= known and cut_dictionary(pdf, use)
        _rename(font, names_somebody)
    for number in set(shared.programs) - shared.unknown:
        done &= _cut_program(*shared.programs[number])
    for number in set(shared.descendants) - shared.unknown:
        cut_descendant(pdf, shared.descendants[number])
    return done


def _number_fonts(pdf: pikepdf.Pdf) -> None:
    """Make the fonts that stand directly in resources objects of their own: what shows is known by their numbers."""
    for item in list(pdf.objects):
        resources = item.get("/Resources") if isinstance(item, (Dictionary, Stream)) else None
        for holder in (item, resources):
            fonts: Any = holder.get("/Font") if isinstance(holder, Dictionary) else None
            for name, font in list(fonts.items()) if isinstance(fonts, Dictionary) else ():
                if _is_font(font) and not font.is_indirect:
                    fonts[name] = pdf.make_indirect(font)


def _cut_program(stream: Any, key: str, uses: Sequence[Use]) -> bool:
    """Cut the program in place. Returns whether that worked."""
    made = cut(key, stream.read_bytes(), uses)
    if made is None:
        return False
    program, lengths = made
    stream.write(program)
    for name, length in lengths.items():
        stream[name] = length
    return True


def _is_font(item: Any) -> bool:
    return isinstance(item, Dictionary) and str(item.get("/Subtype", "")) in _KINDS


def _program_of(font: Any) -> tuple[Any, str]:
    """The descriptor that holds the font's program, and under which key; None where none is embedded."""
    holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor")
    for key in _PROGRAMS:
        if isinstance(descriptor, Dictionary) and isinstance(descriptor.get(key), Stream):
            return descriptor, key
    return None, ""


def _rename(font: Any, names_somebody: Callable[[str], bool]) -> None:
    descriptor, _ = _program_of(font)
    if descriptor is None:
        return
    for holder in (font, *font.get("/DescendantFonts", ())):
        if "/BaseFont" in holder and names_somebody(str(holder.BaseFont)[1:]):
            holder.BaseFont = Name(_NEUTRAL)
    for key in ("/FontName", "/FontFamily"):
        if key in descriptor and names_somebody(str(descriptor[key]).lstrip("/")):
            descriptor[key] = Name(_NEUTRAL) if key == "/FontName" else pikepdf.String("")


def _composite(font: Any, fonts: FontCache) -> CompositeFont | None:
    try:
        loaded = fonts.load(font)
    except NotUnderstoodError:
        return None
    return loaded if isinstance(loaded, CompositeFont) else None
