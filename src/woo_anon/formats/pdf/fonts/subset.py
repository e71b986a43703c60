"""Cuts embedded fonts down to the glyphs that the remaining text shows.

A font that was subset by its maker holds the letters of the document and no others; what stays of it after a redaction
would tell which letters the redacted words had. So glyphs, widths and the table from codes to characters lose what is
not used any more, and what is left gets numbers that tell nothing either (`numbering/`). A font of which that cannot be
done, for it is broken, keeps what it has; the log then does not list `unused-glyphs` among what was removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.resources import FontCache
from woo_anon.formats.pdf.fonts.dictionary import cut_descendant, cut_dictionary
from woo_anon.formats.pdf.fonts.font import CompositeFont
from woo_anon.formats.pdf.fonts.numbering.renumber import renumber, retag
from woo_anon.formats.pdf.fonts.program import cut
from woo_anon.formats.pdf.fonts.use import Use, program_of
from woo_anon.formats.pdf.fonts.used_codes import Key, used_codes

_NEUTRAL = "/AAAAAB+Font"
_KINDS = frozenset({"/Type0", "/TrueType", "/Type1", "/MMType1", "/Type3"})


@dataclass
class _Shared:
    """What several fonts may have in common, with the uses that are made of it, by number of the object: programs (and
    the key they stand under) and CIDFonts. `unknown` are those of which not all uses are known."""

    programs: dict[Key, tuple[Any, str, list[Use]]] = field(default_factory=dict)
    descendants: dict[Key, list[Use]] = field(default_factory=dict)
    unknown: set[Key] = field(default_factory=set)
    uses: list[Use] = field(default_factory=list)

    def add(self, use: Use, *, known: bool) -> None:
        """Note what a font uses."""
        self.uses.append(use)
        descriptor, key = program_of(use.font)
        if descriptor is not None:
            number = descriptor[key].objgen
            self.programs.setdefault(number, (descriptor[key], key, []))[2].append(use)
        if "/DescendantFonts" in use.font:
            self.descendants.setdefault(_descendant_of(use.font), []).append(use)
        self.unknown |= set() if known else self._numbers_of(use.font)

    def _numbers_of(self, font: Any) -> set[Key]:
        descriptor, key = program_of(font)
        numbers = {_descendant_of(font)} if "/DescendantFonts" in font else {font.objgen}
        return numbers | ({descriptor[key].objgen} if descriptor is not None else set())

    def groups(self) -> Iterator[list[Use]]:
        """The fonts that have both a program and a CIDFont in common, where all is known of them."""
        groups: dict[frozenset[Key], list[Use]] = {}
        for use in self.uses:
            groups.setdefault(frozenset(self._numbers_of(use.font)), []).append(use)
        return (group for numbers, group in groups.items() if not numbers & self.unknown)

    def is_whole(self, group: Sequence[Use]) -> bool:
        """Whether no other font uses what these do."""
        sharing = [self.programs[number][2] for number in self._numbers_of(group[0].font) if number in self.programs]
        return all(len(uses) == len(group) for uses in sharing)


def subset_fonts(pdf: pikepdf.Pdf, fonts: FontCache, names_somebody: Callable[[str], bool]) -> bool:
    """Cut all fonts of `pdf` down. Returns whether nothing had to be kept that nothing shows.

    An embedded font whose name is a redacted word (`Georgia`, `Roman`) gets another.
    """
    usage = used_codes(pdf, fonts)
    shared = _Shared()
    for font in [item for item in pdf.objects if _is_font(item)]:
        known = font.objgen not in usage.unknown
        use = Use(font, usage.codes.get(font.objgen, {}).keys(), _composite(font, fonts))
        shared.add(use, known=known)
        if known:
            cut_dictionary(pdf, use)
        _rename(font, names_somebody)
    for number in set(shared.programs) - shared.unknown:
        if not _cut_program(*shared.programs[number]):
            shared.unknown.add(number)
    for number in set(shared.descendants) - shared.unknown:
        cut_descendant(pdf, shared.descendants[number])
    groups = list(shared.groups())
    done = renumber(pdf, fonts, [group for group in groups if shared.is_whole(group)], usage.spaced)
    for group in groups:
        for use in group:
            retag(use.font)
    return all(use.font.objgen in done for use in shared.uses)


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


def _descendant_of(font: Any) -> Key:
    number: Key = font.DescendantFonts[0].objgen
    return font.objgen if number == (0, 0) else number


def _is_font(item: Any) -> bool:
    return isinstance(item, Dictionary) and str(item.get("/Subtype", "")) in _KINDS


def _rename(font: Any, names_somebody: Callable[[str], bool]) -> None:
    descriptor, _ = program_of(font)
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
