"""Puts the glyphs of a CFF program, bare or wrapped as OpenType, in another order (Adobe Technical Note 5176)."""

from __future__ import annotations

import copy
import io
import math
from collections.abc import Sequence
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont

from woo_anon.formats.pdf.fonts.cff_program import accented_of, keep_explicit_matrix
from woo_anon.formats.pdf.fonts.numbering.numbered import Program

_IDENTIFIERS = ("UniqueID", "XUID", "UIDBase")


def reordered(
    data: bytes,
    numbers: Sequence[int],
    names: Sequence[str],
    cids: Sequence[int] = (),
    collection: tuple[str, str, int] = ("Adobe", "Identity", 0),
) -> Program:
    """A bare CFF program with the glyphs `numbers` behind .notdef. They are known as `cids` of `collection` when the
    program's are known by CID; else as `names`."""
    owner = TTFont()
    owner.recalcBBoxes = False
    fonts = opened(data)
    top = fonts[0]
    strings = top.CharStrings
    order = [0, *numbers]
    chosen = [strings.charStringsIndex[number] for number in order]
    box = _bounds(chosen, strings)
    for dictionary in (top, *getattr(top, "FDArray", ())):
        keep_explicit_matrix(dictionary)
        for key in _IDENTIFIERS:
            dictionary.rawDict.pop(key, None)
            dictionary.__dict__.pop(key, None)
    if hasattr(top, "ROS"):
        top.charset = [".notdef", *(f"cid{cid:05}" for cid in cids)]
        top.ROS, top.CIDCount = collection, max(cids, default=0) + 1
        chosen_dictionaries = [top.FDSelect[number] for number in order]
        used = list(dict.fromkeys(chosen_dictionaries))
        top.FDSelect.gidArray = [used.index(at) for at in chosen_dictionaries]
        top.FDSelect.format = None
        top.FDArray.items = [top.FDArray[at] for at in used]
    else:
        top.charset = [".notdef", *names]
        top.Encoding = "StandardEncoding"
    strings.charStringsIndex.items = chosen
    strings.charStrings = {name: at for at, name in enumerate(top.charset)}
    top.numGlyphs = len(chosen)
    top.FontBBox = list(box)
    target = io.BytesIO()
    fonts.compile(target, owner)
    matrix = getattr(top, "FontMatrix", None) or [0.001]
    return Program(target.getvalue(), _scaled(box, float(matrix[0])))


def opened(data: bytes) -> Any:
    """A bare CFF program, or the one in an OpenType font."""
    if data[:4] == b"OTTO":
        data = TTFont(io.BytesIO(data), lazy=True).reader["CFF "]
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(data), TTFont())
    return fonts


def parts_of(top: Any, number: int) -> list[str]:
    """The names of the glyphs that a glyph of a CFF program is put together of; mostly none."""
    charstring = copy.copy(top.CharStrings.charStringsIndex[number])
    charstring.decompile()
    return accented_of(charstring.program)


def _bounds(charstrings: Sequence[Any], strings: Any) -> tuple[int, int, int, int]:
    boxes = [box for charstring in charstrings if (box := copy.copy(charstring).calcBounds(strings)) is not None]
    left, bottom, right, top = (tuple(zip(*boxes, strict=True))) if boxes else ((0,), (0,), (0,), (0,))
    return math.floor(min(left)), math.floor(min(bottom)), math.ceil(max(right)), math.ceil(max(top))


def _scaled(box: Sequence[float], to_em: float) -> tuple[int, int, int, int]:
    left, bottom, right, top = (number * to_em * 1000 for number in box)
    return math.floor(left), math.floor(bottom), math.ceil(right), math.ceil(top)
