"""What may stand in the objects that pages draw with: keys by allowlist, and what each of them leads to (ISO 32000-2).

A key that no reader asks for is a place where anything can stand, and lead to anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from woo_anon.formats.pdf.pictures.inline import PARAMETERS


@dataclass(frozen=True)
class Kind:
    """The keys that objects of a kind may have; `leads` has, for some of them, the kind of the object that stands
    there, or of those in an array there."""

    keys: frozenset[str]
    leads: Mapping[str, str]


def _kind(plain: str = "", **leads: str) -> Kind:
    return Kind(frozenset(f"/{key}" for key in (*plain.split(), *leads)), {f"/{key}": to for key, to in leads.items()})


DATA = "data"  # nothing but bytes
STREAM = _kind("Filter Length", DecodeParms="parameters")  # of every stream, whatever else it is

KINDS: Mapping[str, Kind] = {
    DATA: _kind(),
    "parameters": _kind(" ".join(key[1:] for key in PARAMETERS), JBIG2Globals="segments"),
    "form": _kind(
        "Type Subtype FormType BBox Matrix Resources StructParents StructParent", Group="group", OC="layer"
    ),
    "group": _kind("Type S I K", CS="space"),
    "image": _kind(
        "Type Subtype Width Height BitsPerComponent ImageMask Decode Interpolate Intent SMaskInData StructParent Matte",
        ColorSpace="space",
        Mask="image",
        SMask="image",
        OC="layer",
    ),
    "pattern": _kind(
        "Type PatternType PaintType TilingType BBox XStep YStep Resources Matrix", Shading="shading", ExtGState="state"
    ),
    "shading": _kind(
        "ShadingType Background BBox AntiAlias Domain Matrix Coords Extend BitsPerCoordinate BitsPerComponent"
        " BitsPerFlag Decode VerticesPerRow",
        ColorSpace="space",
        Function="function",
    ),
    "function": _kind(
        "FunctionType Domain Range Size BitsPerSample Order Encode Decode C0 C1 N Bounds", Functions="function"
    ),
    # Table 57, without what only a printer of its time asks for: halftones, black generation.
    "state": _kind(
        "Type LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK UseBlackPtComp",
        Font="font",
        SMask="mask",
        TR="function",
        TR2="function",
    ),
    "mask": _kind("Type S BC", G="form", TR="function"),
    "calibrated": _kind("WhitePoint BlackPoint Gamma Matrix Range"),
    "profile": _kind("N Range", Alternate="space"),
    "colorants": _kind("Subtype", Colorants="spaces", Process="process"),
    "process": _kind("Components", ColorSpace="space"),
    "font": _kind(
        "Type Subtype Name BaseFont FirstChar LastChar Widths DW W DW2 W2 FontBBox FontMatrix Resources",
        FontDescriptor="descriptor",
        Encoding="encoding",
        ToUnicode="encoding",
        DescendantFonts="font",
        CIDSystemInfo="collection",
        CIDToGIDMap=DATA,
        CharProcs="glyphs",
    ),
    "descriptor": _kind(
        "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight"
        " XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet Lang",
        FontFile="program",
        FontFile2="program",
        FontFile3="program",
        CIDSet=DATA,
        Style="style",
    ),
    "program": _kind("Subtype Length1 Length2 Length3"),
    "encoding": _kind(
        "Type BaseEncoding Differences CMapName WMode", CIDSystemInfo="collection", UseCMap="encoding"
    ),
    "collection": _kind("Registry Ordering Supplement"),
    "style": _kind("Panose"),
    "intent": _kind("Type S OutputConditionIdentifier Info", DestOutputProfile="profile"),
    "metadata": _kind("Type Subtype"),
    **dict.fromkeys(("glyph", "segments"), _kind()),
}  # fmt: skip

# Dictionaries whose keys are names that the maker of the file gave, with the kind of what stands under each.
BY_NAME = {"glyphs": "glyph", "spaces": "space"}

# Colour spaces with parameters (8.6), by their family: the kinds of what stands behind that; "" leads nowhere.
SPACES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("/CalGray", "/CalRGB", "/Lab"), ("calibrated",)),
    "/ICCBased": ("profile",),
    "/Pattern": ("space",),
    **dict.fromkeys(("/Indexed", "/I"), ("space", "", DATA)),
    "/Separation": ("", "space", "function"),
    "/DeviceN": ("", "space", "function", "colorants"),
}

# What a resource dictionary lists (7.8.3), by category, with the kind of it.
CATEGORIES = {
    "/Font": "font",
    "/XObject": "drawing",
    "/ExtGState": "state",
    "/ColorSpace": "space",
    "/Pattern": "pattern",
    "/Shading": "shading",
    "/Properties": "properties",
}
