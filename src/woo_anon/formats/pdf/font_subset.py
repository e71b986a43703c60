"""Cuts embedded fonts down to the glyphs that the remaining text shows.

A font that was subset by its maker holds the letters of the document and no others; what stays of it after a redaction
would tell which letters the redacted words had. So glyphs, widths and the table from codes to characters lose what is
not used any more. A program that fontTools cannot cut (Type 1, or broken) keeps its glyphs; the log then does not list
`unused-glyphs` among what was removed.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.agl import UV2AGL
from fontTools.cffLib import CFFFontSet
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from woo_anon.formats.pdf.doubt import NotUnderstoodError
from woo_anon.formats.pdf.font_metrics import encoding_of
from woo_anon.formats.pdf.fonts import CompositeFont
from woo_anon.formats.pdf.resources import FontCache
from woo_anon.formats.pdf.used_codes import Key, used_codes

_NEUTRAL = "/AAAAAB+Font"
# What a CFF program says of itself beside its glyphs (Adobe Technical Note 5176, table 9).
_SAYINGS = ("version", "Notice", "Copyright", "FullName", "FamilyName", "Weight")
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_CHARACTERS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_ITEM = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
# What fontTools may raise on a broken program: it has no error of its own for all of them.
_BROKEN = (Exception,)


@dataclass
class _Wanted:
    """What the fonts that share a program need of it."""

    stream: Any
    owner: Any  # the descriptor
    key: str
    names: set[str] = field(default_factory=set)
    glyphs: set[int] = field(default_factory=set)
    fonts: list[tuple[Any, set[bytes]]] = field(default_factory=list)


def subset_fonts(pdf: pikepdf.Pdf, fonts: FontCache, names_somebody: Callable[[str], bool]) -> bool:
    """Cut all fonts of `pdf` down. Returns whether no program had to keep glyphs that nothing shows.

    An embedded font whose name is a redacted word (`Georgia`, `Roman`) gets another.
    """
    usage = used_codes(pdf, fonts)
    programs: dict[Key, _Wanted] = {}
    untouchable: set[Key] = set()
    complete = True
    for font in [item for item in pdf.objects if _is_font(item)]:
        known = font.objgen not in usage.unknown
        descriptor, key = _program_of(font)
        if known:
            _cut_dictionary(pdf, font, fonts, usage.codes.get(font.objgen, set()))
        if descriptor is None:
            continue
        _rename(font, descriptor, names_somebody)
        stream = descriptor[key]
        if not known:
            untouchable.add(stream.objgen)
            continue
        wanted = programs.setdefault(stream.objgen, _Wanted(stream, descriptor, key))
        wanted.fonts.append((font, usage.codes.get(font.objgen, set())))
    for number, wanted in programs.items():
        complete &= number not in untouchable and _cut_program(wanted, fonts)
    return complete and not untouchable


def _is_font(item: Any) -> bool:
    return (
        isinstance(item, Dictionary)
        and str(item.get("/Type", "")) == "/Font"
        and str(item.get("/Subtype", "")) in {"/Type0", "/TrueType", "/Type1", "/MMType1"}
    )


def _program_of(font: Any) -> tuple[Any, str]:
    """The descriptor that holds the font's program, and under which key; None where none is embedded."""
    holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor")
    for key in _PROGRAMS:
        if isinstance(descriptor, Dictionary) and isinstance(descriptor.get(key), Stream):
            return descriptor, key
    return None, ""


def _rename(font: Any, descriptor: Any, names_somebody: Callable[[str], bool]) -> None:
    for holder in (font, *font.get("/DescendantFonts", ())):
        if "/BaseFont" in holder and names_somebody(str(holder.BaseFont)[1:]):
            holder.BaseFont = Name(_NEUTRAL)
    for key in ("/FontName", "/FontFamily"):
        if key in descriptor and names_somebody(str(descriptor[key]).lstrip("/")):
            descriptor[key] = Name(_NEUTRAL) if key == "/FontName" else pikepdf.String("")


# ── dictionaries ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _cut_dictionary(pdf: pikepdf.Pdf, font: Any, fonts: FontCache, codes: set[bytes]) -> None:
    """Widths, names and characters of codes that are not shown go."""
    if isinstance(font.get("/ToUnicode"), Stream):
        font.ToUnicode = Stream(pdf, _characters(font.ToUnicode.read_bytes(), codes))
    if "/DescendantFonts" in font:
        _cut_composite(font, fonts, codes)
        return
    shown = {code[0] for code in codes if code}
    if isinstance(font.get("/Widths"), Array):
        first = int(font.get("/FirstChar", 0))
        font.Widths = Array([width if at in shown else 0 for at, width in enumerate(font.Widths, first)])
    encoding = font.get("/Encoding")
    if isinstance(encoding, Dictionary) and "/Differences" in encoding:
        kept = Dictionary({key: value for key, value in encoding.items() if key != "/Differences"})
        kept.Differences = Array(_differences(encoding.Differences, shown))
        font.Encoding = kept
    descriptor = font.get("/FontDescriptor")
    if isinstance(descriptor, Dictionary) and "/CharSet" in descriptor:
        del descriptor["/CharSet"]


def _cut_composite(font: Any, fonts: FontCache, codes: set[bytes]) -> None:
    descendant = font.DescendantFonts[0]
    descriptor = descendant.get("/FontDescriptor")
    if isinstance(descriptor, Dictionary) and "/CIDSet" in descriptor:
        del descriptor["/CIDSet"]
    loaded = _composite(font, fonts)
    if loaded is None or "/W" not in descendant:
        return
    widths = {cid: loaded.widths[cid] for cid in sorted(_cids(loaded, codes)) if cid in loaded.widths}
    descendant.W = Array([item for cid, width in widths.items() for item in (cid, Array([round(width * 1000, 3)]))])


def _composite(font: Any, fonts: FontCache) -> CompositeFont | None:
    try:
        loaded = fonts.load(font)
    except NotUnderstoodError:
        return None
    return loaded if isinstance(loaded, CompositeFont) else None


def _cids(font: CompositeFont, codes: Iterable[bytes]) -> set[int]:
    return {cid for code in codes for _, cid in font.cmap.split(code)}


def _differences(items: Any, shown: set[int]) -> Iterator[Any]:
    code = 0
    for item in items:
        if not isinstance(item, Name):
            code = int(item)
            continue
        if code in shown:
            yield code
            yield item
        code += 1


def _characters(data: bytes, codes: set[bytes]) -> bytes:
    """A ToUnicode CMap for `codes` alone."""
    table = {code: target for code, target in _mapping(data) if code in codes}
    size = max(map(len, codes), default=1)
    lines = [b"<%s> <%s>" % (code.hex().encode(), target.hex().encode()) for code, target in sorted(table.items())]
    parts = [
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /WooAnon def /CMapType 2 def",
        b"1 begincodespacerange <%s> <%s> endcodespacerange" % (b"00" * size, b"FF" * size),
    ]
    for at in range(0, len(lines), 100):
        chunk = lines[at : at + 100]
        parts.append(b"%d beginbfchar\n%s\nendbfchar" % (len(chunk), b"\n".join(chunk)))
    return b"\n".join([*parts, b"endcmap end end"])


def _mapping(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Codes and the UTF-16 of their characters (ISO 32000-2, 9.10.3)."""
    for section in _CHARACTERS.finditer(data):
        items = [item[1] + item[2] or _hex(item[0]) for item in _ITEM.findall(section[2])]
        if section[1] == b"bfchar":
            yield from zip(items[::2], items[1::2], strict=False)
            continue
        at = 0
        while at + 2 < len(items):
            low, high = items[at], items[at + 1]
            count = min(int.from_bytes(high) - int.from_bytes(low), 0xFFFF) + 1
            if items[at + 2] == b"[":
                end = items.index(b"]", at)
                targets = items[at + 3 : end]
                at = end + 1
            else:
                start = items[at + 2]
                targets = [_plus(start, step) for step in range(count)]
                at += 3
            for step, target in enumerate(targets[:count]):
                yield (int.from_bytes(low) + step).to_bytes(len(low)), target


def _hex(digits: bytes) -> bytes:
    plain = re.sub(rb"\s", b"", digits)
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))


def _plus(target: bytes, step: int) -> bytes:
    last = int.from_bytes(target[-2:]) + step
    return target[:-2] + (last & 0xFFFF).to_bytes(len(target[-2:])) if target else target


# ── programs ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _cut_program(wanted: _Wanted, fonts: FontCache) -> bool:
    """Cut the program in place. Returns whether that worked."""
    if wanted.key == "/FontFile":
        return False
    data = wanted.stream.read_bytes()
    logger = logging.getLogger("fontTools")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # it warns, on stderr, of what fonts in PDFs are allowed to be
    try:
        bare = wanted.key == "/FontFile3" and data[:4] not in (b"OTTO", b"true", b"\0\1\0\0")
        cut = _cut_cff(data, wanted, fonts) if bare else _cut_true_type(data, wanted, fonts)
    except _BROKEN:
        return False
    finally:
        logger.setLevel(level)
    wanted.stream.write(cut)
    if "/Length1" in wanted.stream:
        wanted.stream.Length1 = len(cut)
    return True


def _cut_true_type(data: bytes, wanted: _Wanted, fonts: FontCache) -> bytes:
    program = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    order = program.getGlyphOrder()
    for font, codes in wanted.fonts:
        loaded = _composite(font, fonts)
        if loaded is not None:
            wanted.glyphs |= set(_glyphs_of_cids(font.DescendantFonts[0], _cids(loaded, codes), program))
        else:
            wanted.names |= set(_names_of_codes(font, codes, program))
    options = subset.Options(retain_gids=True, layout_features=[], notdef_outline=True, glyph_names=True)
    options.legacy_cmap = options.symbol_cmap = options.passthrough_tables = True
    options.name_IDs, options.recalc_bounds = [], False  # names of families, makers and licences: nobody reads them
    options.ignore_missing_glyphs = True
    options.drop_tables = [*options.drop_tables, "GSUB", "GPOS", "GDEF", "FFTM", "kern", "hdmx", "VDMX", "LTSH"]
    cutter = subset.Subsetter(options)
    cutter.populate(glyphs=wanted.names & set(order), gids=[gid for gid in wanted.glyphs if gid < len(order)])
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


def _names_of_codes(font: Any, codes: set[bytes], program: TTFont) -> Iterator[str]:
    """Every glyph that a reader may take for one of the codes (ISO 32000-2, 9.6.5.4, and what readers do besides)."""
    encoding = encoding_of(font)
    tables = program["cmap"].tables if "cmap" in program else ()
    for code in (code[0] for code in codes if code):
        character = encoding[code]
        yield from _glyph_names(character)
        yield from _raw_names(font, code)
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


def _raw_names(font: Any, code: int) -> Iterator[str]:
    """Names that /Differences gives the code, whatever they mean."""
    encoding = font.get("/Encoding")
    at = 0
    for item in encoding.get("/Differences", ()) if isinstance(encoding, Dictionary) else ():
        if not isinstance(item, Name):
            at = int(item)
            continue
        if at == code:
            yield str(item)[1:]
        at += 1


def _cut_cff(data: bytes, wanted: _Wanted, fonts: FontCache) -> bytes:
    """A bare CFF program: charstrings that nothing shows become empty, subroutines (which hold outlines) go."""
    owner = TTFont()
    owner.recalcBBoxes = False
    cff = CFFFontSet()
    cff.decompile(io.BytesIO(data), owner)
    top = cff[0]
    keep = {".notdef", "cid00000"}
    for font, codes in wanted.fonts:
        loaded = _composite(font, fonts)
        if loaded is not None:
            cids = _cids(loaded, codes)
            keep |= {f"cid{cid:05}" for cid in cids} if hasattr(top, "ROS") else _by_number(top.charset, cids)
        else:
            keep |= set(_cff_names(font, codes, top))
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


def _cff_names(font: Any, codes: set[bytes], top: Any) -> Iterator[str]:
    encoding = encoding_of(font)
    built_in = getattr(top, "Encoding", "StandardEncoding")
    own = built_in if isinstance(built_in, list) else StandardEncoding
    for code in (code[0] for code in codes if code):
        yield from _glyph_names(encoding[code])
        yield from _raw_names(font, code)
        yield own[code]
        yield StandardEncoding[code]
