"""Cuts a bare CFF program down to the glyphs that its fonts show (Adobe Technical Note 5176)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence, Set
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont

from woo_anon.formats.pdf.fonts.use import Use, names_by_encodings

# What a CFF program says of itself beside its glyphs (table 9).
_SAYINGS = ("version", "Notice", "Copyright", "FullName", "FamilyName", "Weight")


def cut_cff(data: bytes, uses: Sequence[Use]) -> bytes:
    """A bare CFF program: charstrings that nothing shows go, and subroutines, which hold outlines."""
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
        keep_explicit_matrix(dictionary)
        for saying in _SAYINGS:
            dictionary.rawDict.pop(saying, None)
            dictionary.__dict__.pop(saying, None)
    cff.desubroutinize()
    keep |= {part for name in keep & set(top.charset) for part in accented_of(top.CharStrings[name].program)}
    if not hasattr(top, "ROS") and any(use.composite for use in uses):
        rename_dropped(top, keep)
    else:
        _drop(top, keep)
    target = io.BytesIO()
    cff.compile(target, owner)
    return target.getvalue()


def accented_of(program: list[Any]) -> list[str]:
    """The two glyphs that an `endchar` with four operands puts together (Adobe Technical Note 5177, appendix C)."""
    codes = program[-3:-1]
    if program[-1:] != ["endchar"] or len(program) < 5 or not all(isinstance(item, int) for item in program[-5:-1]):
        return []
    return [StandardEncoding[code] for code in codes if 0 <= code < 256]


def _drop(top: Any, keep: Set[str]) -> None:
    """Take glyphs out of a program whose glyphs are known by name or CID."""
    strings = top.CharStrings
    numbers = [number for number, name in enumerate(top.charset) if name in keep]
    strings.charStringsIndex.items = [strings.charStringsIndex[number] for number in numbers]
    if hasattr(top, "FDSelect"):
        top.FDSelect.gidArray = [top.FDSelect[number] for number in numbers]
        top.FDSelect.format = None
    top.charset = [top.charset[number] for number in numbers]
    top.numGlyphs = len(numbers)
    strings.charStrings = {name: at for at, name in enumerate(top.charset)}
    _cut_encoding(top, keep)


def rename_dropped(top: Any, keep: Set[str]) -> None:
    """Empty glyphs, and name them by number, in a program whose glyphs are known by number."""
    strings = top.CharStrings
    for at, name in enumerate(top.charset):
        if name not in keep:
            strings[name].setProgram(["endchar"])
            strings.charStrings[f"glyph{at:05}"] = strings.charStrings.pop(name)
    top.charset = [name if name in keep else f"glyph{at:05}" for at, name in enumerate(top.charset)]
    _cut_encoding(top, keep)


def _cut_encoding(top: Any, keep: Set[str]) -> None:
    if isinstance(getattr(top, "Encoding", None), list):
        codes = [name if name in keep else ".notdef" for name in top.Encoding]
        # One without any code, which fontTools cannot write, serves nobody.
        top.Encoding = codes if set(codes) != {".notdef"} else "StandardEncoding"


def keep_explicit_matrix(dictionary: Any) -> None:
    """fontTools leaves out what equals the default; but a reader multiplies the matrices that are there."""
    if "FontMatrix" in dictionary.rawDict:
        dictionary.defaults = {key: value for key, value in dictionary.defaults.items() if key != "FontMatrix"}


def _by_number(charset: list[str], numbers: set[int]) -> set[str]:
    return {charset[number] for number in numbers if number < len(charset)}


def _cff_names(use: Use, top: Any) -> Iterator[str]:
    built_in = getattr(top, "Encoding", "StandardEncoding")
    own = built_in if isinstance(built_in, list) else StandardEncoding
    return names_by_encodings(use, dict(enumerate(own)))
