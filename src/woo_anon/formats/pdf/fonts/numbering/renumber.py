"""Gives fonts new numbers after a redaction.

Many programs number glyphs, and with them the codes in the text, in the order in which a document uses them first:

    text    B e s t e   J a n ,   d e …       numbers  1 2 3 4 2 5 6 7 8 9 5 10 2 …
    after   B e s t e  ▇▇▇▇▇▇▇▇   d e …                1 2 3 4 2 5       9 5 10 2 …   the name began three letters

So codes, CIDs, glyphs and the names that count them are numbered anew, in the order in which the text that is left uses
them. Fonts whose numbers are the same in every document may get new ones too; it does no harm. Where it is not certain
what a reader would make of new numbers a font keeps its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence, Set
from typing import Any

import pikepdf
from pikepdf import Array, Name

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.recoding import recoded
from woo_anon.formats.pdf.content.resources import FontCache
from woo_anon.formats.pdf.fonts.numbering.composite import number_composite
from woo_anon.formats.pdf.fonts.numbering.numbered import Numbered
from woo_anon.formats.pdf.fonts.numbering.simple import number_simple
from woo_anon.formats.pdf.fonts.use import Use, program_of
from woo_anon.formats.pdf.fonts.used_codes import Key

_TAG = re.compile(r"^/[A-Z]{6}\+")
_TRUE_TYPE = b"\0\1\0\0"
# Worked out from the glyphs; none is needed.
_OF_A_SUBSET = ("/AvgWidth", "/MaxWidth", "/CharSet", "/CIDSet", "/XHeight", "/StemH", "/Leading")
_OF_LETTERS = 1 << 16 | 1 << 17  # flags: no small letters, small capitals (ISO 32000-2, table 121)
_STEM = 80  # of ordinary print


def renumber(pdf: pikepdf.Pdf, loaded: FontCache, groups: Iterable[Sequence[Use]], spaced: Set[Key]) -> frozenset[Key]:
    """Renumber the fonts of `pdf`, cut down already; each group shares what it has of program and CIDFont. `spaced` are
    those that show text with word spacing, by number of the object.

    Returns the fonts that tell nothing of what went, by number of the object: all but those that keep their numbers.
    """
    made = [_numbered(group, spaced) for group in groups]
    fonts = [numbered for numbered in made if numbered is not None]
    recodes = {number: recode for numbered in fonts for number, recode in numbered.recodes.items()}
    try:
        contents = recoded(pdf, loaded, recodes)
    except NotUnderstoodError:
        return frozenset()
    for stream, content in contents:
        if isinstance(stream, pikepdf.Page):
            stream.obj.Contents = pdf.make_stream(content)
        else:
            stream.write(content)
    for numbered in fonts:
        numbered.put(pdf)
        _put_program(numbered)
    return frozenset(use.font.objgen for numbered in fonts for use in numbered.uses)


def _numbered(uses: Sequence[Use], spaced: Set[Key]) -> Numbered | None:
    is_spaced = any(use.font.objgen in spaced for use in uses)
    try:
        if all("/DescendantFonts" in use.font for use in uses):
            return number_composite(uses, is_spaced=is_spaced)
        (use,) = uses
        return number_simple(use, is_spaced=is_spaced)
    except Exception:  # KeptError, and all that fontTools raises for what can be broken
        return None


def _put_program(numbered: Numbered) -> None:
    descriptor, key = program_of(numbered.uses[0].font)
    if descriptor is None or numbered.program is None:
        return
    stream, data = descriptor[key], numbered.program.data
    wrapped = str(stream.get("/Subtype", "")) == "/OpenType"
    if wrapped:
        is_composite = "/DescendantFonts" in numbered.uses[0].font
        stream.Subtype = Name.CIDFontType0C if is_composite else Name.Type1C
    if wrapped and data[:4] == _TRUE_TYPE:
        del stream.Subtype, descriptor[key]
        descriptor.FontFile2, key = stream, "/FontFile2"
    stream.write(data)
    if key != "/FontFile3":
        stream.Length1 = len(data) if numbered.program.clear is None else numbered.program.clear
    _measure(descriptor, numbered.program.box or [int(side) for side in descriptor.get("/FontBBox", ())])
    for worked_out in _OF_A_SUBSET:
        if worked_out in descriptor:
            del descriptor[worked_out]


def _measure(descriptor: Any, box: Sequence[int]) -> None:
    """Heights, stems and flags as they come from the box around what is left: some programs (Ghostscript) work them out
    from the glyphs in use, so that they tell whether the text had a descender or a capital. With the program in the
    file no reader draws by them."""
    if len(box) != 4:
        return
    _, low, _, high = box
    descriptor.FontBBox = Array(list(box))
    for key, value in (("/Ascent", high), ("/Descent", min(low, 0)), ("/CapHeight", high), ("/StemV", _STEM)):
        if key in descriptor:
            descriptor[key] = value
    if isinstance(descriptor.get("/Flags"), int):
        descriptor.Flags = int(descriptor.Flags) & ~_OF_LETTERS


def retag(font: Any) -> None:
    """Makers work the tag of a subset out from its glyphs: give it one that comes from the program as it is now."""
    descriptor, key = program_of(font)
    if descriptor is None:
        return
    digest = int.from_bytes(hashlib.sha256(descriptor[key].read_bytes()).digest()[:8])
    tag = "".join(chr(ord("A") + digest // 26**at % 26) for at in range(6))
    for holder, name in ((font, "/BaseFont"), *((one, "/BaseFont") for one in font.get("/DescendantFonts", ()))):
        if name in holder:
            holder[name] = Name(_TAG.sub(f"/{tag}+", str(holder[name])))
    if "/FontName" in descriptor:
        descriptor.FontName = Name(_TAG.sub(f"/{tag}+", str(descriptor.FontName)))
