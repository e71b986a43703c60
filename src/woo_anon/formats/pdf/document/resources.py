"""Keys of what pages draw with, by allowlist: forms, images, patterns, fonts, colours, states, functions.

    resources ─► graphics states, colour spaces, shadings, patterns, fonts, property lists
    every object of the file, reached or not ─► by its kind

A key that no reader asks for is a place where anything can stand, and lead to anything. Each object is cleaned once:
fonts are shared by pages, and functions of hostile files hold themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence, Set
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from woo_anon.formats.pdf.content.properties import staying
from woo_anon.formats.pdf.content.resources import all_resources
from woo_anon.formats.pdf.pictures.bare import make_bare
from woo_anon.formats.pdf.pictures.inline import PARAMETERS, several

NamesSomebody = Callable[[str], bool]
Key = tuple[int, int]

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


class Cleaning:
    """The keys of one document's resources. `removed` are the kinds of things taken away."""

    def __init__(self, names_somebody: NamesSomebody) -> None:
        self._names_somebody = names_somebody
        self._seen: set[Key] = set()
        self.removed: set[str] = set()

    def resources(self, resources: Any) -> None:
        """Clean a resource dictionary in place, and what it holds itself."""
        if not self._is_new(resources, Dictionary):
            return
        keep(resources, _RESOURCES)
        for category, clean in _BY_CATEGORY.items():
            entries = resources.get(category)
            for entry in entries.values() if isinstance(entries, Dictionary) else ():
                clean(self, entry)

    def objects(self, pdf: pikepdf.Pdf, named: Set[Key]) -> None:
        """Clean every object by its kind, reached or not, but for those `named` (`with_names_of_authors`)."""
        for obj in pdf.objects:
            if isinstance(obj, Stream):
                self._stream(obj)
            elif isinstance(obj, Dictionary) and obj.objgen not in named:
                drop(obj, _NOWHERE)
                self._dictionary(obj)
            elif isinstance(obj, Array):
                self._space(obj)

    def paint(self, item: Any) -> None:
        """Clean a function, a shading, a pattern or a transparency group, and what it holds itself."""
        if not _is_paint(item) or not self._is_new(item, Dictionary | Stream):
            return
        more = _STREAM if isinstance(item, Stream) else []
        if "/FunctionType" in item:
            keep(item, _FUNCTION + more)
            if isinstance(item, Stream) and item.FunctionType == 4 and b"%" in (program := item.read_bytes()):
                item.write(_COMMENT.sub(b"", program))
        elif "/ShadingType" in item:
            keep(item, _SHADING + more)
            self._space(item.get("/ColorSpace"))
        elif "/PatternType" in item:
            keep(item, _PATTERN + more)
            self._state(item.get("/ExtGState"))
            self.resources(item.get("/Resources"))
        else:
            keep(item, _GROUP)
            self._space(item.get("/CS"))
        for key in ("/Functions", "/Function", "/Shading"):
            for one in several(item.get(key)):
                self.paint(one)

    def _is_new(self, obj: Any, kind: Any) -> bool:
        """Whether it is an object of that kind which was not cleaned yet."""
        if not isinstance(obj, kind) or obj.objgen in self._seen:
            return False
        if obj.objgen != (0, 0):
            self._seen.add(obj.objgen)
        return True

    def _stream(self, stream: Any) -> None:
        for parameters in several(stream.get("/DecodeParms")):
            if isinstance(parameters, Dictionary):
                keep(parameters, PARAMETERS)
        kind = str(stream.get("/Subtype", ""))
        if kind == "/Form":
            keep(stream, _FORM + _STREAM)
            self.resources(stream.get("/Resources"))
            self.paint(stream.get("/Group"))
        elif kind == "/Image":
            keep(stream, _IMAGE + _STREAM)
            self._space(stream.get("/ColorSpace"))
            if make_bare(stream):
                self.removed.add("picture-metadata")
        else:
            drop(stream, _NOWHERE)
            self.paint(stream)

    def _dictionary(self, obj: Any) -> None:
        kind = str(obj.get("/Type", ""))
        if kind in _LAYERS:
            _clean_layer(obj)
        elif kind == "/Font":
            self._font(obj)
        else:
            self.paint(obj)

    def _state(self, state: Any) -> None:
        if not self._is_new(state, Dictionary):
            return
        keep(state, _STATE)
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary):
            keep(mask, _SOFT_MASK)
        for transfer in (
            state.get("/TR"),
            state.get("/TR2"),
            mask.get("/TR") if isinstance(mask, Dictionary) else None,
        ):
            for function in several(transfer):
                self.paint(function)

    def _space(self, space: Any) -> None:
        """A colour space with parameters (ISO 32000-2, 8.6): an array that begins with its family."""
        if not self._is_new(space, Array) or len(space) < 2:
            return
        family, first = space[0], space[1]
        if family in (Name.CalGray, Name.CalRGB, Name.Lab) and isinstance(first, Dictionary):
            keep(first, _CALIBRATED)
        elif family == Name.ICCBased and isinstance(first, Stream):
            keep(first, _PROFILE + _STREAM)
        elif family in (Name.Indexed, Name.Pattern):
            self._space(first)
        elif family in (Name.Separation, Name.DeviceN) and len(space) > 3:
            self._space(space[2])
            self.paint(space[3])
            self._colorants(space[4] if len(space) > 4 else None)

    def _colorants(self, attributes: Any) -> None:
        if isinstance(attributes, Dictionary):
            keep(attributes, _COLORANTS)
            spaces = attributes.get("/Colorants")
            for space in spaces.values() if isinstance(spaces, Dictionary) else ():
                self._space(space)

    def _font(self, font: Any) -> None:
        if not self._is_new(font, Dictionary):
            return
        keep(font, _FONT)
        for key, allowed in (("/FontDescriptor", _DESCRIPTOR), ("/Encoding", _ENCODING)):
            if isinstance(font.get(key), Dictionary):
                keep(font[key], allowed)
        self.resources(font.get("/Resources"))
        for descendant in several(font.get("/DescendantFonts")):
            self._font(descendant)

    def _properties(self, properties: Any) -> None:
        if isinstance(properties, Dictionary):
            if str(properties.get("/Type")) in _LAYERS:
                _clean_layer(properties)
            else:
                keep(properties, tuple(staying(properties, self._names_somebody)))


def keep(dictionary: Any, keys: Collection[str]) -> None:
    """Delete all other keys."""
    for key in list(dictionary.keys()):
        if key not in keys:
            del dictionary[key]


def drop(dictionary: Any, keys: Sequence[str]) -> None:
    """Delete these keys."""
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def _is_paint(item: Any) -> bool:
    if not isinstance(item, Dictionary | Stream):
        return False
    return any(key in item for key in ("/FunctionType", "/ShadingType", "/PatternType")) or (
        str(item.get("/S", "")) == "/Transparency"
    )


def with_names_of_authors(pdf: pikepdf.Pdf) -> frozenset[Key]:
    """Numbers of dictionaries whose keys are names that the makers of the file gave: fonts and forms of a page, glyphs,
    roles. A font may be called `/AA` or `/FT`, which says elsewhere what an object is."""
    held = [resources.get(key) for resources in all_resources(pdf) for key in _RESOURCES]
    held += [obj.get(key) for obj in pdf.objects if isinstance(obj, Dictionary | Stream) for key in _NAMED]
    return frozenset(one.objgen for one in held if isinstance(one, Dictionary) and one.is_indirect)


def _clean_layer(group: Any) -> None:
    if str(group.get("/Type")) == "/OCMD":
        keep(group, ("/Type", "/OCGs"))  # by what its content was hidden, or not: what was hidden is gone
        return
    keep(group, ("/Type",))
    group.Name = String("laag")


_LAYERS = ("/OCG", "/OCMD")  # optional content
_NAMED = ("/CharProcs", "/RoleMap", "/ClassMap", "/Colorants")
_BY_CATEGORY: dict[str, Callable[[Cleaning, Any], None]] = {
    "/ExtGState": Cleaning._state,
    "/ColorSpace": Cleaning._space,
    "/Shading": Cleaning.paint,
    "/Pattern": Cleaning.paint,
    "/Font": Cleaning._font,
    "/Properties": Cleaning._properties,
}
