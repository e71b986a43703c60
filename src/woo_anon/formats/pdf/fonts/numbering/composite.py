"""Type 0 fonts: codes, CIDs and glyphs are numbered 1, 2, 3 … in the order in which the text that is left uses them.

    code ──(/Encoding)──► CID ──(/CIDToGIDMap, or the program)──► glyph
      7                    7                                       7        all three are one number afterwards

CIDs of Adobe's collections for East Asian scripts are the same for every document: those stay, and of the program only
the order of the glyphs changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from woo_anon.formats.pdf.fonts import to_unicode
from woo_anon.formats.pdf.fonts.cmap import CMap
from woo_anon.formats.pdf.fonts.dictionary import COLLECTIONS
from woo_anon.formats.pdf.fonts.font import CompositeFont
from woo_anon.formats.pdf.fonts.numbering import cff, true_type
from woo_anon.formats.pdf.fonts.numbering.numbered import KeptError, Numbered, Program, texts_of
from woo_anon.formats.pdf.fonts.use import Use, program_of

_TRUE_TYPE = (b"\0\1\0\0", b"true")


@dataclass(frozen=True)
class _Shown:
    """What one code shows: the same CID and the same text are the same."""

    cid: int
    text: bytes


def number_composite(uses: Sequence[Use], *, is_spaced: bool) -> Numbered:
    """New numbers for the Type 0 fonts that share one CIDFont. Raises KeptError when they keep theirs, as for a code 32
    of one byte that `is_spaced`."""
    fonts = [_loaded(use) for use in uses]
    descendant = uses[0].font.DescendantFonts[0]
    if _is_fixed(descendant, uses):
        return _reordered(uses, fonts)
    texts = [texts_of(use.font) for use in uses]
    numbers: dict[_Shown, int] = {}
    tables: list[dict[bytes, int]] = []
    for use, font, text in zip(uses, fonts, texts, strict=True):
        shown = {code: _Shown(font.cmap.cid(code), text[code]) for code in use.codes if code in text}
        if len(shown) < len(use.codes) or (font.cmap.identity and any(len(code) != 2 for code in shown)):
            raise KeptError("a code without text")  # readers may take the number itself for the text
        if is_spaced and b" " in shown:
            raise KeptError("word spacing")
        tables.append({code: numbers.setdefault(one, len(numbers) + 1) for code, one in shown.items()})
    cids = [shown.cid for shown in numbers]
    program = _program(descendant, cids)

    def put(pdf: pikepdf.Pdf) -> None:
        for use, font, text, table in zip(uses, fonts, texts, tables, strict=True):
            use.font.Encoding = Name("/Identity-V" if font.vertical else "/Identity-H")
            new = {number.to_bytes(2): text[code] for code, number in table.items()}
            use.font.ToUnicode = Stream(pdf, to_unicode.written(new))
        _put_metrics(descendant, fonts[0], cids)
        descendant.CIDSystemInfo = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        if descendant.Subtype == Name.CIDFontType2:
            descendant.CIDToGIDMap = Name.Identity

    recodes = {
        use.font.objgen: _recode(font.cmap, {code: number.to_bytes(2) for code, number in table.items()})
        for use, font, table in zip(uses, fonts, tables, strict=True)
    }
    return Numbered(uses, recodes, program, put)


def _loaded(use: Use) -> CompositeFont:
    if use.composite is None:
        raise KeptError("not understood")
    return use.composite


def _is_fixed(descendant: Any, uses: Iterable[Use]) -> bool:
    """Whether CIDs are those of a collection, by its name, and codes those of predefined CMaps."""
    ordering = str(descendant.get("/CIDSystemInfo", {}).get("/Ordering", ""))
    predefined = all(isinstance(use.font.Encoding, Name) for use in uses)
    return ordering in COLLECTIONS and ordering != "Identity" and predefined


def _reordered(uses: Sequence[Use], fonts: Iterable[CompositeFont]) -> Numbered:
    """Fonts that keep their codes and CIDs: the glyphs stand in the order of the CIDs."""
    descendant = uses[0].font.DescendantFonts[0]
    descriptor, key = program_of(descendant)
    cids = sorted({cid for use, font in zip(uses, fonts, strict=True) for cid in font.cids(use.codes)} - {0})
    table = bytearray(2 * (max(cids, default=0) + 1))
    program = None
    data = descriptor[key].read_bytes() if descriptor is not None else b""
    mapped = data[:4] in _TRUE_TYPE and isinstance(descendant.get("/CIDToGIDMap"), Stream)
    if mapped:
        program = true_type.reordered(data, _glyphs_of(descendant, cids))
        for at, cid in enumerate(cids, 1):
            table[2 * cid : 2 * cid + 2] = at.to_bytes(2)
    elif data and data[:4] not in _TRUE_TYPE and hasattr(top := cff.opened(data)[0], "ROS"):
        program = cff.reordered(data, _by_cid(top, cids), (), cids, top.ROS)

    def put(pdf: pikepdf.Pdf) -> None:
        if mapped:
            descendant.CIDToGIDMap = Stream(pdf, bytes(table))

    return Numbered(uses, {}, program, put)


def _recode(cmap: CMap, table: Mapping[bytes, bytes]) -> Any:
    def recode(text: bytes) -> bytes:
        return b"".join([table[code] for code, _ in cmap.split(text)])

    return recode


def _program(descendant: Any, cids: Sequence[int]) -> Program | None:
    """The CIDFont's program with the glyphs of `cids` as 1, 2, 3 …; None where none is embedded."""
    descriptor, key = program_of(descendant)
    if descriptor is None:
        raise KeptError("not embedded")  # a reader's own font is known by CID
    data = descriptor[key].read_bytes()
    is_true_type = data[:4] in _TRUE_TYPE
    if is_true_type != (descendant.Subtype == Name.CIDFontType2):
        raise KeptError("a program of the other kind")
    if is_true_type:
        return true_type.reordered(data, _glyphs_of(descendant, cids))
    top = cff.opened(data)[0]
    if hasattr(top, "ROS"):
        return cff.reordered(data, _by_cid(top, cids), (), range(1, len(cids) + 1))
    glyphs = _glyphs_of(descendant, cids)
    if any(cff.parts_of(top, glyph) for glyph in glyphs):
        raise KeptError("glyphs that name others")
    return cff.reordered(data, glyphs, [f"glyph{at:05}" for at in range(1, len(cids) + 1)])


def _glyphs_of(descendant: Any, cids: Iterable[int]) -> list[int]:
    mapping = descendant.get("/CIDToGIDMap")
    if not isinstance(mapping, Stream):
        return list(cids)
    table = mapping.read_bytes()
    return [int.from_bytes(table[2 * cid : 2 * cid + 2]) for cid in cids]


def _by_cid(top: Any, cids: Iterable[int]) -> list[int]:
    """The numbers of the glyphs of a CFF program that knows them by CID."""
    numbers = {int(name[3:]) if at else 0: at for at, name in enumerate(top.charset)}
    return [numbers.get(cid, 0) for cid in cids]


def _put_metrics(descendant: Any, font: CompositeFont, cids: Sequence[int]) -> None:
    """Metrics for all CIDs, for the default may be that of most letters that were there."""
    for key in ("/W", "/DW", "/W2"):
        if key in descendant:
            del descendant[key]
    if cids:
        descendant.W = Array([1, Array([_thousandths(font.widths.get(cid, font.default)) for cid in cids])])
    verticals = [(at, font.verticals[cid]) for at, cid in enumerate(cids, 1) if cid in font.verticals]
    if verticals:
        items = [(at, Array(list(map(_thousandths, metrics)))) for at, metrics in verticals]
        descendant.W2 = Array([part for item in items for part in item])


def _thousandths(ems: float) -> float:
    return round(ems * 1000, 3)
