"""What PDF/A-1 wants to be told of a font subset: the names or CIDs of its program's glyphs (ISO 19005-1, 6.3.5).

Later parts of PDF/A want nothing, so there the old lists just go. The lists are made from the programs as they are
written; they tell nothing that those do not.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from fontTools.cffLib import CFFFontSet
from fontTools.misc.eexec import decrypt
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Dictionary, Stream, String

_SUBSET = re.compile(r"/[A-Z]{6}\+")
_KEY = 55665  # of the encrypted part of a Type 1 program (Adobe Type 1 Font Format, 7.3)
_CHARSTRING = re.compile(rb"/([^\s/]+)\s+\d+\s+(?:RD|-\|)\s")
_BROKEN = (TTLibError, pikepdf.PdfError, ValueError, KeyError, IndexError, AssertionError)


def declare_subsets(pdf: pikepdf.Pdf) -> None:
    """Give every font subset its list. A program that cannot be read gets none."""
    for font in pdf.objects:
        if not isinstance(font, Dictionary) or str(font.get("/Type", "")) != "/Font":
            continue
        descriptor = font.get("/FontDescriptor")
        if not isinstance(descriptor, Dictionary) or not _SUBSET.match(str(font.get("/BaseFont", ""))):
            continue
        try:
            if str(font.get("/Subtype", "")).startswith("/CIDFont"):
                descriptor.CIDSet = Stream(pdf, _bits(_cids(font, descriptor)))
            elif str(font.get("/Subtype", "")) == "/Type1":
                descriptor.CharSet = String("".join(f"/{name}" for name in _names(descriptor)))
        except _BROKEN:
            continue


def _names(descriptor: Any) -> Iterator[str]:
    """The names of the glyphs of a Type 1 or CFF program."""
    if "/FontFile3" in descriptor:
        yield from (name for name in _cff(descriptor.FontFile3.read_bytes()).charset if name != ".notdef")
        return
    data, clear = descriptor.FontFile.read_bytes(), int(descriptor.FontFile.Length1)
    private, _ = decrypt(data[clear : clear + int(descriptor.FontFile.Length2)], _KEY)
    yield from (name.decode("latin-1") for name in _CHARSTRING.findall(private) if name != b".notdef")


def _cids(font: Any, descriptor: Any) -> list[int]:
    """The CIDs for which the program has a glyph."""
    if "/FontFile2" not in descriptor:
        data = descriptor.FontFile3.read_bytes()
        top = TTFont(io.BytesIO(data))["CFF "].cff[0] if data[:4] == b"OTTO" else _cff(data)
        by_cid = hasattr(top, "ROS")
        return [int(name[3:]) if by_cid and number else number for number, name in enumerate(top.charset)]
    glyphs = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)["maxp"].numGlyphs
    mapping = font.get("/CIDToGIDMap")
    if not isinstance(mapping, Stream):
        return list(range(glyphs))
    table = mapping.read_bytes()
    numbers = (int.from_bytes(table[at : at + 2]) for at in range(0, len(table), 2))
    return [cid for cid, number in enumerate(numbers) if number < glyphs and (number or not cid)]


def _cff(data: bytes) -> Any:
    cff = CFFFontSet()
    cff.decompile(io.BytesIO(data), TTFont())
    return cff[0]


def _bits(numbers: list[int]) -> bytes:
    """A bit for every number, the first in the highest bit of the first byte."""
    table = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        table[number // 8] |= 0x80 >> number % 8
    return bytes(table)
