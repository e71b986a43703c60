"""Cuts embedded fonts down to the glyphs that the remaining text shows.

A font that was subset by its maker holds the letters of the document and no others; what stays of it after a redaction
would tell which letters the redacted words had. So glyphs, widths and the table from codes to characters lose what is
not used any more. A program that fontTools cannot cut (Type 1, or broken) keeps its glyphs; the log then does not list
`unused-glyphs` among what was removed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from woo_anon.formats.pdf import to_unicode
from woo_anon.formats.pdf.doubt import NotUnderstoodError
from woo_anon.formats.pdf.font_metrics import differences
from woo_anon.formats.pdf.font_program import Use, cut
from woo_anon.formats.pdf.fonts import CompositeFont
from woo_anon.formats.pdf.resources import FontCache
from woo_anon.formats.pdf.used_codes import Key, used_codes

_NEUTRAL = "/AAAAAB+Font"
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def subset_fonts(pdf: pikepdf.Pdf, fonts: FontCache, names_somebody: Callable[[str], bool]) -> bool:
    """Cut all fonts of `pdf` down. Returns whether no program had to keep glyphs that nothing shows.

    An embedded font whose name is a redacted word (`Georgia`, `Roman`) gets another.
    """
    usage = used_codes(pdf, fonts)
    programs: dict[Key, tuple[Any, str, list[Use]]] = {}
    untouchable: set[Key] = set()
    for font in [item for item in pdf.objects if _is_font(item)]:
        known = font.objgen not in usage.unknown
        descriptor, key = _program_of(font)
        use = Use(font, usage.codes.get(font.objgen, set()), _composite(font, fonts))
        if known:
            _cut_dictionary(pdf, use)
        if descriptor is None:
            continue
        _rename(font, descriptor, names_somebody)
        stream = descriptor[key]
        if not known:
            untouchable.add(stream.objgen)
            continue
        programs.setdefault(stream.objgen, (stream, key, []))[2].append(use)
    done = [_cut_program(*program) for number, program in programs.items() if number not in untouchable]
    return all(done) and not untouchable


def _cut_program(stream: Any, key: str, uses: Sequence[Use]) -> bool:
    """Cut the program in place. Returns whether that worked."""
    made = None if key == "/FontFile" else cut(stream.read_bytes(), uses)
    if made is None:
        return False
    stream.write(made)
    if "/Length1" in stream:
        stream.Length1 = len(made)
    return True


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


def _cut_dictionary(pdf: pikepdf.Pdf, use: Use) -> None:
    """Widths, names and characters of codes that are not shown go."""
    font = use.font
    if isinstance(font.get("/ToUnicode"), Stream):
        table = to_unicode.read(font.ToUnicode.read_bytes())
        kept = {code: target for code, target in table if code in use.codes}
        font.ToUnicode = Stream(pdf, to_unicode.written(kept))
    if "/DescendantFonts" in font:
        _cut_composite(use)
        return
    shown = set(use.single_bytes)
    if isinstance(font.get("/Widths"), Array):
        first = int(font.get("/FirstChar", 0))
        font.Widths = Array([width if at in shown else 0 for at, width in enumerate(font.Widths, first)])
    encoding = font.get("/Encoding")
    if isinstance(encoding, Dictionary) and "/Differences" in encoding:
        named = [item for code, name in differences(font) if code in shown for item in (code, Name(f"/{name}"))]
        font.Encoding = Dictionary({**dict(encoding.items()), "/Differences": Array(named)})
    descriptor = font.get("/FontDescriptor")
    if isinstance(descriptor, Dictionary) and "/CharSet" in descriptor:
        del descriptor["/CharSet"]


def _cut_composite(use: Use) -> None:
    descendant = use.font.DescendantFonts[0]
    descriptor = descendant.get("/FontDescriptor")
    if isinstance(descriptor, Dictionary) and "/CIDSet" in descriptor:
        del descriptor["/CIDSet"]
    loaded = use.composite
    if loaded is None or "/W" not in descendant:
        return
    widths = {cid: loaded.widths[cid] for cid in sorted(loaded.cids(use.codes)) if cid in loaded.widths}
    descendant.W = Array([item for cid, width in widths.items() for item in (cid, Array([round(width * 1000, 3)]))])


def _composite(font: Any, fonts: FontCache) -> CompositeFont | None:
    try:
        loaded = fonts.load(font)
    except NotUnderstoodError:
        return None
    return loaded if isinstance(loaded, CompositeFont) else None
