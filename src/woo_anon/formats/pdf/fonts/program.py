"""Cuts an embedded font program down to the glyphs that its fonts show: TrueType and OpenType, bare CFF, Type 1."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from pikepdf import Stream

from woo_anon.formats.pdf.fonts.cff_program import cut_cff, rename_dropped
from woo_anon.formats.pdf.fonts.metrics import differences, encoding_of
from woo_anon.formats.pdf.fonts.type1_program import cut_type1
from woo_anon.formats.pdf.fonts.use import Use, glyph_names, names_by_encodings


def cut(key: str, data: bytes, uses: Sequence[Use]) -> tuple[bytes, dict[str, int]] | None:
    """The program that stands under `key` in a descriptor, without what `uses` do not need, and the lengths to put into
    its stream; None when it cannot be cut."""
    logger = logging.getLogger("fontTools")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # it warns, on stderr, of what fonts in PDFs are allowed to be
    try:
        if key == "/FontFile":
            return cut_type1(data, lambda own: _type1_names(uses, own)).written()
        made = _cut_true_type(data, uses) if data[:4] in _WRAPPED else cut_cff(data, uses)
        return made, {"/Length1": len(made)} if key == "/FontFile2" else {}
    except Exception:  # fontTools has no error of its own for all that can be broken
        return None
    finally:
        logger.setLevel(level)


_WRAPPED = (b"OTTO", b"true", b"\0\1\0\0")  # begins a file with a table of tables


def _cut_true_type(data: bytes, uses: Sequence[Use]) -> bytes:
    program = _opened(data)
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
    characters = program["cmap"]
    tables = [(table, dict(table.cmap)) for table in characters.tables]
    cutter.subset(program)
    for table, mapping in tables:
        table.cmap = {code: name for code, name in mapping.items() if name in cutter.glyphs_retained}
    characters.tables = [table for table, _ in tables]
    if tables:
        program["cmap"] = characters
    else:
        del program["cmap"]
    target = io.BytesIO()
    program.save(target)
    made = _without_names(target.getvalue(), cutter.glyphs_retained)
    if not _alike(_opened(data), TTFont(io.BytesIO(made)), cutter.glyphs_retained):
        raise ValueError("the cut font shows something else")
    return made


def _without_names(data: bytes, kept: Set[str]) -> bytes:
    """The program with other names for the glyphs that went."""
    program = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    names = [name if name in kept else f"glyph{at:05}" for at, name in enumerate(program.getGlyphOrder())]
    top = program["CFF "].cff[0] if "CFF " in program else None
    if top is not None and not hasattr(top, "ROS"):
        rename_dropped(top, kept)
    elif "post" in program and program["post"].formatType == 2:
        program["post"].extraNames = []
    else:
        return data
    program.setGlyphOrder(names)
    target = io.BytesIO()
    program.save(target)
    return target.getvalue()


def _opened(data: bytes) -> TTFont:
    """The program, with what fontTools misses in fonts that makers of PDFs have cut: a table of characters (needed by
    nobody where glyphs are known by number), and metrics to the end."""
    program = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    if "cmap" not in program:
        characters = newTable("cmap")
        characters.tableVersion, characters.tables = 0, []
        program["cmap"] = characters
    if "hmtx" in program:
        count = program["hhea"].numberOfHMetrics
        length = 4 * count + 2 * max(program["maxp"].numGlyphs - count, 0)
        metrics = newTable("hmtx")
        metrics.decompile(program.reader["hmtx"].ljust(length, b"\0"), program)
        program["hmtx"] = metrics
    return program


def _alike(before: TTFont, after: TTFont, kept: set[str]) -> bool:
    """Whether codes lead to the same glyphs of the same form, as far as `kept` goes."""
    numbers = [before.getGlyphID(name) for name in kept]
    if "glyf" in before and not all(_same_form(before, after, number) for number in numbers):
        return False
    return _characters_of(before, set(numbers)) == _characters_of(after, set(numbers))


def _same_form(before: TTFont, after: TTFont, number: int) -> bool:
    (old, name), (new, other) = ((font["glyf"], font.getGlyphName(number)) for font in (before, after))
    # As they are stored first: taking them apart is slow.
    return bool(old.glyphs[name] == new.glyphs[other] or old[name] == new[other])


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
        yield from glyph_names(character)
        yield named.get(code, "")
        for table in tables:
            for key in (code, 0xF000 + code, 0xF100 + code, ord(character) if len(character) == 1 else -1):
                if key in table.cmap:
                    yield table.cmap[key]
            mac = character.encode("mac_roman", "ignore") if table.platformID == 1 else b""
            if mac and mac[0] in table.cmap:
                yield table.cmap[mac[0]]


def _type1_names(uses: Sequence[Use], own: Mapping[int, str]) -> Iterator[str]:
    for use in uses:
        yield from names_by_encodings(use, own)
