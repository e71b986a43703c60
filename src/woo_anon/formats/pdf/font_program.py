"""Cuts an embedded font program down to the glyphs that its fonts show: TrueType and OpenType, and bare CFF."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any

from fontTools import subset
from fontTools.agl import UV2AGL
from fontTools.cffLib import CFFFontSet
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont
from pikepdf import Stream

from woo_anon.formats.pdf.font_metrics import differences, encoding_of
from woo_anon.formats.pdf.fonts import CompositeFont

# What a CFF program says of itself beside its glyphs (Adobe Technical Note 5176, table 9).
_SAYINGS = ("version", "Notice", "Copyright", "FullName", "FamilyName", "Weight")


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


def cut(data: bytes, uses: Sequence[Use]) -> bytes | None:
    """The program without what `uses` do not need; None when it cannot be cut."""
    logger = logging.getLogger("fontTools")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # it warns, on stderr, of what fonts in PDFs are allowed to be
    try:
        return _cut_true_type(data, uses) if data[:4] in _WRAPPED else _cut_cff(data, uses)
    except Exception:  # fontTools has no error of its own for all that can be broken
        return None
    finally:
        logger.setLevel(level)


_WRAPPED = (b"OTTO", b"true", b"\0\1\0\0")  # begins a file with a table of tables


def _cut_true_type(data: bytes, uses: Sequence[Use]) -> bytes:
    program = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    order = program.getGlyphOrder()
    names: set[str] = set()
    glyphs: set[int] = set()
    for use in uses:
        if use.composite is not None:
            glyphs |= set(_glyphs_of_cids(use.font.DescendantFonts[0], use.composite.cids(use.codes), program))
        else:
            names |= set(_names_of_codes(use, program))
    options = subset.Options(retain_gids=True, layout_features=[], notdef_outline=True, glyph_names=True)
    options.legacy_cmap = options.symbol_cmap = options.passthrough_tables = True
    options.name_IDs, options.recalc_bounds = [], False  # names of families, makers and licences: nobody reads them
    options.ignore_missing_glyphs = True
    options.drop_tables = [*options.drop_tables, "GSUB", "GPOS", "GDEF", "FFTM", "kern", "hdmx", "VDMX", "LTSH"]
    cutter = subset.Subsetter(options)
    cutter.populate(glyphs=names & set(order), gids=[gid for gid in glyphs if gid < len(order)])
    # The cutter drops tables of format 0, the only ones that many subset fonts have.
    characters = program.get("cmap")
    tables = [(table, dict(table.cmap)) for table in (characters.tables if characters is not None else ())]
    cutter.subset(program)
    for table, mapping in tables:
        table.cmap = {code: name for code, name in mapping.items() if name in cutter.glyphs_retained}
    if characters is not None:
        characters.tables = [table for table, _ in tables]
        program["cmap"] = characters
    target = io.BytesIO()
    program.save(target)
    if not _alike(TTFont(io.BytesIO(data)), TTFont(io.BytesIO(target.getvalue())), cutter.glyphs_retained):
        raise ValueError("the cut font shows something else")
    return target.getvalue()


def _alike(before: TTFont, after: TTFont, kept: set[str]) -> bool:
    """Whether codes lead to the same glyphs of the same form, as far as `kept` goes."""
    numbers = [before.getGlyphID(name) for name in kept]
    if "glyf" in before and any(
        before["glyf"][before.getGlyphName(number)] != after["glyf"][after.getGlyphName(number)] for number in numbers
    ):
        return False
    return _characters_of(before, set(numbers)) == _characters_of(after, set(numbers))


def _characters_of(program: TTFont, numbers: set[int]) -> list[tuple[int, int, dict[int, int]]]:
    """For each table of characters the codes that lead to one of the glyphs `numbers`."""
    tables = program["cmap"].tables if "cmap" in program else ()
    return [
        (
            table.platformID,
            table.platEncID,
            {code: glyph for code, name in table.cmap.items() if (glyph := program.getGlyphID(name)) in numbers},
        )
        for table in tables
    ]


def _glyphs_of_cids(descendant: Any, cids: set[int], program: TTFont) -> Iterator[int]:
    mapping = descendant.get("/CIDToGIDMap")
    table = mapping.read_bytes() if isinstance(mapping, Stream) else None
    names = _cid_names(program)
    for cid in cids:
        if table is not None:
            yield int.from_bytes(table[2 * cid : 2 * cid + 2])
        elif names and (name := f"cid{cid:05}") in names:
            yield program.getGlyphID(name)
        else:
            yield cid


def _cid_names(program: TTFont) -> frozenset[str]:
    """Glyph names of a program whose glyphs are known by CID, else nothing."""
    if "CFF " in program and hasattr(program["CFF "].cff[0], "ROS"):
        return frozenset(program.getGlyphOrder())
    return frozenset()


def _names_of_codes(use: Use, program: TTFont) -> Iterator[str]:
    """Every glyph that a reader may take for one of the codes (ISO 32000-2, 9.6.5.4, and what readers do besides)."""
    encoding, named = encoding_of(use.font), dict(differences(use.font))
    tables = program["cmap"].tables if "cmap" in program else ()
    for code in use.single_bytes:
        character = encoding[code]
        yield from _glyph_names(character)
        yield named.get(code, "")
        for table in tables:
            for key in (code, 0xF000 + code, 0xF100 + code, ord(character) if len(character) == 1 else -1):
                if key in table.cmap:
                    yield table.cmap[key]
            mac = character.encode("mac_roman", "ignore") if table.platformID == 1 else b""
            if mac and mac[0] in table.cmap:
                yield table.cmap[mac[0]]


def _glyph_names(character: str) -> Iterator[str]:
    if len(character) == 1:
        yield UV2AGL.get(ord(character), f"uni{ord(character):04X}")
        yield f"uni{ord(character):04X}"


def _cut_cff(data: bytes, uses: Sequence[Use]) -> bytes:
    """A bare CFF program: charstrings that nothing shows become empty, subroutines (which hold outlines) go."""
    owner = TTFont()
    owner.recalcBBoxes = False
    cff = CFFFontSet()
    cff.decompile(io.BytesIO(data), owner)
    top = cff[0]
    keep = {".notdef", "cid00000"}
    for use in uses:
        if use.composite is None:
            keep |= set(_cff_names(use, top))
            continue
        cids = use.composite.cids(use.codes)
        keep |= {f"cid{cid:05}" for cid in cids} if hasattr(top, "ROS") else _by_number(top.charset, cids)
    cff.fontNames = ["Font"]
    for dictionary in (top, *getattr(top, "FDArray", ())):
        _keep_explicit_matrix(dictionary)
        for saying in _SAYINGS:
            dictionary.rawDict.pop(saying, None)
            dictionary.__dict__.pop(saying, None)
    cff.desubroutinize()
    for name in top.charset:
        if name not in keep:
            charstring = top.CharStrings[name]
            charstring.setProgram(["endchar"])
    target = io.BytesIO()
    cff.compile(target, owner)
    return target.getvalue()


def _keep_explicit_matrix(dictionary: Any) -> None:
    """fontTools leaves out what equals the default; but a reader multiplies the matrices that are there."""
    if "FontMatrix" in dictionary.rawDict:
        dictionary.defaults = {key: value for key, value in dictionary.defaults.items() if key != "FontMatrix"}


def _by_number(charset: list[str], numbers: set[int]) -> set[str]:
    return {charset[number] for number in numbers if number < len(charset)}


def _cff_names(use: Use, top: Any) -> Iterator[str]:
    encoding, named = encoding_of(use.font), dict(differences(use.font))
    built_in = getattr(top, "Encoding", "StandardEncoding")
    own = built_in if isinstance(built_in, list) else StandardEncoding
    for code in use.single_bytes:
        yield from _glyph_names(encoding[code])
        yield named.get(code, "")
        yield own[code]
        yield StandardEncoding[code]
