"""Keys of what pages draw with, by allowlist: forms, images, patterns, fonts, colours, states, functions.

    resources ─► graphics states, colour spaces, shadings, patterns, fonts, property lists
    every object of the file, reached or not ─► by its kind

A key that no reader asks for is a place where anything can stand, and lead to anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from woo_anon.formats.pdf.content.properties import staying
from woo_anon.formats.pdf.pictures.bare import make_bare
from woo_anon.formats.pdf.pictures.inline import PARAMETERS

NamesSomebody = Callable[[str], bool]

_COMMENT = re.compile(rb"%[^\r\n]*")  # of a function in PostScript

_RESOURCES = "/Font /XObject /ExtGState /ColorSpace /Pattern /Shading /Properties /ProcSet".split()
_FORM = "/Type /Subtype /FormType /BBox /Matrix /Resources /Group /StructParents /StructParent /OC".split()
_IMAGE = """/Type /Subtype /Width /Height /ColorSpace /BitsPerComponent /ImageMask /Mask /Decode /Interpolate /Intent
    /SMask /SMaskInData /StructParent /Matte /OC""".split()
_PATTERN = """/Type /PatternType /PaintType /TilingType /BBox /XStep /YStep /Resources /Matrix /Shading
    /ExtGState""".split()
# ISO 32000-2, table 57, without what only a printer of its time asks for: halftones, black generation
_STATE = """/Type /LW /LC /LJ /ML /D /RI /OP /op /OPM /Font /TR /TR2 /FL /SM /SA /BM /SMask /CA /ca /AIS /TK
    /UseBlackPtComp""".split()
_SOFT_MASK = "/Type /S /G /BC /TR".split()
_SHADING = """/ShadingType /ColorSpace /Background /BBox /AntiAlias /Function /Domain /Matrix /Coords /Extend
    /BitsPerCoordinate /BitsPerComponent /BitsPerFlag /Decode /VerticesPerRow""".split()
_FUNCTION = """/FunctionType /Domain /Range /Size /BitsPerSample /Order /Encode /Decode /C0 /C1 /N /Functions
    /Bounds""".split()
_GROUP = "/Type /S /CS /I /K".split()
_CALIBRATED = "/WhitePoint /BlackPoint /Gamma /Matrix /Range".split()
_PROFILE = "/N /Alternate /Range".split()
_COLORANTS = "/Subtype /Colorants /Process".split()
_FONT = """/Type /Subtype /Name /BaseFont /FirstChar /LastChar /Widths /FontDescriptor /Encoding /ToUnicode
    /DescendantFonts /CIDSystemInfo /DW /W /DW2 /W2 /CIDToGIDMap /FontBBox /FontMatrix /CharProcs /Resources""".split()
_DESCRIPTOR = """/Type /FontName /FontFamily /FontStretch /FontWeight /Flags /FontBBox /ItalicAngle /Ascent /Descent
    /Leading /CapHeight /XHeight /StemV /StemH /AvgWidth /MaxWidth /MissingWidth /FontFile /FontFile2 /FontFile3
    /CharSet /Style /Lang /FD /CIDSet""".split()
_ENCODING = "/Type /BaseEncoding /Differences".split()
_STREAM = "/Filter /DecodeParms /Length".split()  # every stream has these
# Keys that are allowed nowhere, whatever the object: each holds or leads to what nobody reads on a page.
_NOWHERE = "/Metadata /PieceInfo /LastModified /AF /Alternates /OPI /Thumb /Ref /JS /AA".split()


def clean_resources(resources: Any, names_somebody: NamesSomebody) -> None:
    """Clean a resource dictionary in place, and what it holds itself."""
    if not isinstance(resources, Dictionary):
        return
    keep(resources, _RESOURCES)
    for category, clean in _BY_CATEGORY.items():
        entries = resources.get(category)
        for entry in entries.values() if isinstance(entries, Dictionary) else ():
            clean(entry, names_somebody)


def clean_objects(pdf: pikepdf.Pdf, names_somebody: NamesSomebody) -> set[str]:
    """Clean every object by its kind, reached or not. Gives the kinds of things taken away."""
    removed: set[str] = set()
    for obj in pdf.objects:
        if isinstance(obj, Stream):
            _clean_stream(obj, names_somebody)
            if str(obj.get("/Subtype", "")) == "/Image" and make_bare(obj):
                removed.add("picture-metadata")
        elif isinstance(obj, Dictionary):
            _drop(obj, _NOWHERE)
            if str(obj.get("/Type")) in {"/OCG", "/OCMD"}:
                _clean_group(obj)
            elif str(obj.get("/Type")) == "/Font":
                _clean_font(obj, names_somebody)
            else:
                clean_drawing(obj)
        elif isinstance(obj, Array):
            _clean_space(obj)
    return removed


def keep(dictionary: Any, keys: Collection[str]) -> None:
    """Delete all other keys."""
    for key in list(dictionary.keys()):
        if key not in keys:
            del dictionary[key]


def _drop(dictionary: Any, keys: Sequence[str]) -> None:
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def _clean_stream(stream: Any, names_somebody: NamesSomebody) -> None:
    _clean_parameters(stream)
    kind = str(stream.get("/Subtype", ""))
    if kind == "/Form":
        keep(stream, _FORM + _STREAM)
        clean_resources(stream.get("/Resources"), names_somebody)
        clean_drawing(stream.get("/Group"))
    elif kind == "/Image":
        keep(stream, _IMAGE + _STREAM)
        _clean_space(stream.get("/ColorSpace"))
    elif "/PatternType" in stream:
        keep(stream, _PATTERN + _STREAM)
        clean_resources(stream.get("/Resources"), names_somebody)
    else:
        _drop(stream, _NOWHERE)
        clean_drawing(stream)


def _clean_parameters(stream: Any) -> None:
    given = stream.get("/DecodeParms")
    for one in given if isinstance(given, Array) else (given,):
        if isinstance(one, Dictionary):
            keep(one, PARAMETERS)


def clean_drawing(item: Any) -> None:
    """A function, a shading, a pattern or a transparency group, and what it holds itself."""
    if not isinstance(item, Dictionary | Stream):
        return
    more = _STREAM if isinstance(item, Stream) else []
    if "/FunctionType" in item:
        keep(item, _FUNCTION + more)
        if isinstance(item, Stream) and item.FunctionType == 4 and b"%" in (program := item.read_bytes()):
            item.write(_COMMENT.sub(b"", program))
        for one in _all(item.get("/Functions")):
            clean_drawing(one)
    elif "/ShadingType" in item:
        keep(item, _SHADING + more)
        _clean_space(item.get("/ColorSpace"))
        for one in _all(item.get("/Function")):
            clean_drawing(one)
    elif "/PatternType" in item:
        keep(item, _PATTERN + more)
        clean_drawing(item.get("/Shading"))
        _clean_state(item.get("/ExtGState"))
    elif str(item.get("/S", "")) == "/Transparency":
        keep(item, _GROUP)
        _clean_space(item.get("/CS"))


def _all(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else [value]


def _clean_state(state: Any, _: NamesSomebody | None = None) -> None:
    if not isinstance(state, Dictionary):
        return
    keep(state, _STATE)
    for transfer in ("/TR", "/TR2"):
        for function in _all(state.get(transfer)):
            clean_drawing(function)
    mask = state.get("/SMask")
    if isinstance(mask, Dictionary):
        keep(mask, _SOFT_MASK)
        clean_drawing(mask.get("/TR"))


def _clean_space(space: Any, _: NamesSomebody | None = None, depth: int = 0) -> None:
    """A colour space with parameters (ISO 32000-2, 8.6): an array that begins with its family."""
    if not isinstance(space, Array) or len(space) < 2 or depth > 4:
        return
    family, first = space[0], space[1]
    if family in (Name.CalGray, Name.CalRGB, Name.Lab) and isinstance(first, Dictionary):
        keep(first, _CALIBRATED)
    elif family == Name.ICCBased and isinstance(first, Stream):
        keep(first, _PROFILE + _STREAM)
    elif family in (Name.Indexed, Name.Pattern):
        _clean_space(first, depth=depth + 1)
    elif family in (Name.Separation, Name.DeviceN) and len(space) > 3:
        _clean_space(space[2], depth=depth + 1)
        clean_drawing(space[3])
        if len(space) > 4 and isinstance(space[4], Dictionary):
            keep(space[4], _COLORANTS)
            spaces = space[4].get("/Colorants")
            for one in spaces.values() if isinstance(spaces, Dictionary) else ():
                _clean_space(one, depth=depth + 1)


def _clean_font(font: Any, names_somebody: NamesSomebody) -> None:
    if not isinstance(font, Dictionary):
        return
    keep(font, _FONT)
    if isinstance(font.get("/FontDescriptor"), Dictionary):
        keep(font.FontDescriptor, _DESCRIPTOR)
    if isinstance(font.get("/Encoding"), Dictionary):
        keep(font.Encoding, _ENCODING)
    clean_resources(font.get("/Resources"), names_somebody)
    for one in _all(font.get("/DescendantFonts")):
        if isinstance(one, Dictionary) and one.objgen != font.objgen and "/DescendantFonts" not in one:
            _clean_font(one, names_somebody)


def _clean_properties(properties: Any, names_somebody: NamesSomebody) -> None:
    if not isinstance(properties, Dictionary):
        return
    if str(properties.get("/Type")) in {"/OCG", "/OCMD"}:
        _clean_group(properties)
        return
    keep(properties, tuple(staying(properties, names_somebody)))


def _clean_group(group: Any) -> None:
    if str(group.get("/Type")) == "/OCMD":
        keep(group, ("/Type", "/OCGs", "/P"))
        return
    keep(group, ("/Type",))
    group.Name = String("laag")


_BY_CATEGORY: dict[str, Callable[[Any, NamesSomebody], None]] = {
    "/ExtGState": _clean_state,
    "/ColorSpace": _clean_space,
    "/Shading": lambda shading, _: clean_drawing(shading),
    "/Pattern": lambda pattern, _: clean_drawing(pattern),
    "/Font": _clean_font,
    "/Properties": _clean_properties,
}
