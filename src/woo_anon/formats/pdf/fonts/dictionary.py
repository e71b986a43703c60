"""Cuts the dictionary of a font: widths, names, characters and glyph procedures of codes that are not shown go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from woo_anon.formats.pdf.fonts import cmap, to_unicode
from woo_anon.formats.pdf.fonts.metrics import differences
from woo_anon.formats.pdf.fonts.use import Use

COLLECTIONS = ("CNS1", "GB1", "Japan1", "Korea1", "KR", "Manga1", "Identity")  # ISO 32000-2, 9.7.3


def cut_dictionary(pdf: pikepdf.Pdf, use: Use) -> bool:
    """Cut what belongs to the font alone. Returns whether nothing had to stay that tells of other codes."""
    font = use.font
    if isinstance(font.get("/ToUnicode"), Stream):
        table = to_unicode.read(font.ToUnicode.read_bytes())
        kept = {code: target for code, target in table if code in use.codes}
        font.ToUnicode = Stream(pdf, to_unicode.written(kept))
    if "/DescendantFonts" in font:
        return _cut_cmap(pdf, use)
    shown = set(use.single_bytes)
    if isinstance(font.get("/Widths"), Array):
        put_widths(font, {code: width for code, width in _widths(font).items() if code in shown})
    names = {code: name for code, name in differences(font) if code in shown}
    encoding = font.get("/Encoding")
    if isinstance(encoding, Dictionary) and "/Differences" in encoding:
        named = [item for code, name in names.items() for item in (code, Name(f"/{name}"))]
        font.Encoding = Dictionary({**dict(encoding.items()), "/Differences": Array(named)})
    descriptor = font.get("/FontDescriptor")
    if isinstance(descriptor, Dictionary) and "/CharSet" in descriptor:
        del descriptor["/CharSet"]
    return _cut_procedures(font, shown, names)


def _widths(font: Any) -> dict[int, Any]:
    """What `font.py` takes for the widths, as they stand in the file."""
    missing = font.get("/FontDescriptor", {}).get("/MissingWidth", 0)
    last = min(int(font.get("/LastChar", 0)) or 255, 255)
    listed = dict(enumerate(font.Widths, int(font.get("/FirstChar", 0))))
    return {code: listed.get(code, missing) if code <= last else missing for code in range(256)}


def put_widths(font: Any, widths: Mapping[int, Any]) -> None:
    """Give a simple font widths for some codes; none is listed before the first of them and behind the last."""
    low, high = min(widths, default=0), max(widths, default=0)
    font.FirstChar, font.LastChar = low, high
    font.Widths = Array([widths.get(code, 0) for code in range(low, high + 1)])


def _cut_procedures(font: Any, shown: set[int], names: dict[int, str]) -> bool:
    """The glyphs of a Type 3 font, known by the names in its encoding (ISO 32000-2, 9.6.4)."""
    procedures = font.get("/CharProcs")
    if not isinstance(procedures, Dictionary):
        return True
    if shown - set(names) and "/BaseEncoding" in font.get("/Encoding", {}):
        return False
    font.CharProcs = Dictionary(
        {f"/{name}": procedures[f"/{name}"] for name in names.values() if f"/{name}" in procedures}
    )
    return True


def _cut_cmap(pdf: pikepdf.Pdf, use: Use) -> bool:
    """An embedded CMap lists codes; one that builds on another is left to readers, who differ in how they follow it."""
    if not isinstance(use.font.get("/Encoding"), Stream):
        return True
    loaded = use.composite
    if loaded is None or loaded.cmap.base is not None:
        return False
    cids = {code: loaded.cmap.cid(code) for code in use.codes}
    ordering, supplement = collection = _collection(use.font.DescendantFonts[0])
    data = cmap.written(cids, loaded.cmap.spaces, vertical=loaded.vertical, collection=collection)
    entries = Dictionary(Type=Name.CMap, CMapName=Name.WooAnon, WMode=int(loaded.vertical))
    entries.CIDSystemInfo = Dictionary(Registry=b"Adobe", Ordering=String(ordering), Supplement=supplement)
    use.font.DescendantFonts[0].CIDSystemInfo = entries.CIDSystemInfo
    use.font.Encoding = Stream(pdf, data, entries)
    return True


def _collection(descendant: Any) -> tuple[str, int]:
    """The ordering and supplement of the CIDs, which CMap and CIDFont have to agree on (ISO 19005-2, 6.2.11.3.1). One
    that is not Adobe's says nothing to a reader, and becomes `Identity`."""
    info = descendant.get("/CIDSystemInfo", Dictionary())
    ordering, supplement = str(info.get("/Ordering", "")), info.get("/Supplement", 0)
    known = str(info.get("/Registry", "")) == "Adobe" and ordering in COLLECTIONS and isinstance(supplement, int)
    return (ordering, supplement) if known else ("Identity", 0)


def cut_descendant(pdf: pikepdf.Pdf, uses: Sequence[Use]) -> None:
    """Cut the CIDFont that the Type 0 fonts of `uses` share: metrics and glyph numbers of CIDs that none shows."""
    descendant = uses[0].font.DescendantFonts[0]
    descriptor = descendant.get("/FontDescriptor")
    if isinstance(descriptor, Dictionary) and "/CIDSet" in descriptor:
        del descriptor["/CIDSet"]
    fonts = [use.composite for use in uses]
    if None in fonts or not fonts or fonts[0] is None:
        return
    cids = sorted({cid for use in uses if use.composite for cid in use.composite.cids(use.codes)})
    widths, verticals = fonts[0].widths, fonts[0].verticals
    if "/W" in descendant:
        descendant.W = _by_cid({cid: (widths[cid],) for cid in cids if cid in widths})
    if "/W2" in descendant:
        descendant.W2 = _by_cid({cid: verticals[cid] for cid in cids if cid in verticals})
    numbers = descendant.get("/CIDToGIDMap")
    if isinstance(numbers, Stream):
        table = numbers.read_bytes()
        kept = bytearray(2 * (max(cids, default=0) + 1))
        for cid in cids:
            kept[2 * cid : 2 * cid + 2] = table[2 * cid : 2 * cid + 2].ljust(2, b"\0")
        descendant.CIDToGIDMap = Stream(pdf, bytes(kept))


def _by_cid(metrics: dict[int, tuple[float, ...]]) -> Array:
    """The form `c [w …]` of /W and /W2 (ISO 32000-2, 9.7.4.3)."""
    return Array([item for cid, ems in metrics.items() for item in (cid, Array([round(em * 1000, 3) for em in ems]))])
