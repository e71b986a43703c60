"""Type 0 fonts for tests: East Asian, with a predefined or embedded CMap, horizontal or vertical, with or without a
program (squares and triangles made here)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Pdf


def true_type(glyphs: int) -> bytes:
    """A TrueType program of that many glyphs, each but .notdef a square of a size of its own."""
    names = [".notdef", *(f"g{number}" for number in range(1, glyphs))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    builder.setupGlyf({name: _square(100 + number) for number, name in enumerate(names)})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupPost()
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def _square(size: int) -> Any:
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, size + 500), (size + 700, size + 500), (size + 700, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def composite(
    pdf: Pdf, encoding: object, ordering: str, *, cids: Sequence[int] = (), **entries: object
) -> pikepdf.Object:
    """A Type 0 font with that /Encoding and character collection; its program, if it gets `cids`, shows these.

    `entries` go into the descendant font.
    """
    name = Name(f"/Adobe{ordering}")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=Array([0, -120, 1000, 880]),
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=880,
        StemV=80,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=ordering.encode(), Supplement=2),
        FontDescriptor=descriptor,
        **entries,
    )
    if cids:
        program = true_type(len(cids) + 1)
        table = bytearray(2 * (max(cids) + 1))
        for number, cid in enumerate(cids, 1):
            table[2 * cid : 2 * cid + 2] = number.to_bytes(2)
        descendant.Subtype = Name.CIDFontType2
        descendant.CIDToGIDMap = pdf.make_stream(bytes(table))
        descriptor.FontFile2 = pdf.make_stream(program, Length1=len(program))
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=encoding,
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
        )
    )
