"""Places that no reader asks for, each with a name too short to be looked for in data of any kind.

They are on a page of which nothing is redacted: the name is redacted on another one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from attacks import make
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

NAME = "Vos"
LINE = "BT /F1 12 Tf 72 700 Td (Bijlage bij de brief) Tj ET"
IMAGE = "q 20 0 0 20 72 600 cm BI /W 1 /H 1 /BPC 8 /CS /G {} ID \x80 EI Q"

Way = Callable[[Pdf, pikepdf.Page], None]


def make_with(path: Path, way: Way) -> Path:
    """A letter to somebody of that name on page 1, and page 2 with `way`."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        other = pdf.add_blank_page(page_size=(595, 842))
        other.obj.Resources = Dictionary(Font=Dictionary(F1=page.obj.Resources.Font.F1))
        other.obj.Contents = pdf.make_stream(LINE.encode())
        way(pdf, other)

    return make(path, attack, f"BT /F1 12 Tf 72 700 Td (Beste {NAME} tot ziens) Tj ET")


def _content(content: str) -> Way:
    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Contents = pdf.make_stream(f"{LINE} {content}".encode("latin-1"))

    return way


def _form(content: str) -> Way:
    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        form = pdf.make_stream(content.encode("latin-1"), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
        page.obj.Resources.XObject = Dictionary(Fm=form)
        page.obj.Contents = pdf.make_stream(f"{LINE} /Fm Do".encode())

    return way


def _tile(content: str, **entries: object) -> Way:
    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        tile = pdf.make_stream(content.encode("latin-1"), PatternType=1, PaintType=1, TilingType=1, **entries)
        tile.BBox, tile.XStep, tile.YStep, tile.Resources = Array([0, 0, 9, 9]), 9, 9, Dictionary()
        page.obj.Resources.Pattern = Dictionary(P1=tile)
        page.obj.Contents = pdf.make_stream(f"{LINE} /Pattern cs /P1 scn 72 400 90 90 re f".encode())

    return way


def _glyph(content: str) -> Way:
    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        glyph = pdf.make_stream(f"500 0 d0 0 0 400 400 re f {content}".encode("latin-1"))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500], FirstChar=65, LastChar=65)
        font.Encoding, font.CharProcs = Dictionary(Differences=Array([65, Name.A])), Dictionary(A=glyph)
        font.FontMatrix, font.Widths, font.Resources = Array([0.001, 0, 0, 0.001, 0, 0]), Array([500]), Dictionary()
        page.obj.Resources.Font.T3 = pdf.make_indirect(font)
        page.obj.Contents = pdf.make_stream(f"{LINE} BT /T3 12 Tf 72 500 Td (AA) Tj ET".encode())

    return way


def _resource(category: str, use: str, build: Callable[[Pdf], object]) -> Way:
    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources[category] = Dictionary({"/R1": build(pdf)})
        page.obj.Contents = pdf.make_stream(f"q {use} Q {LINE}".encode())

    return way


def _twice_deflated(pdf: Pdf) -> Stream:
    return pdf.make_stream(zlib.compress(zlib.compress(f"BT ({NAME}) Tj ET".encode())), Filter=Name.FlateDecode)


def _function(**more: object) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[1], N=1, **more)


def _program(pdf: Pdf) -> Stream:
    return pdf.make_stream(f"{{ 1 % {NAME}\n exch sub }}".encode(), FunctionType=4, Domain=[0, 1], Range=[0, 1])


def _shading(**more: object) -> Dictionary:
    return Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 9, 0], **{"Function": _function(), **more}
    )


def _image(pdf: Pdf, space: object = Name.DeviceGray, **more: object) -> Stream:
    image = pdf.make_stream(zlib.compress(b"\x80"), Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, **more)
    image.ColorSpace, image.BitsPerComponent, image.Filter = space, 8, Name.FlateDecode
    return image


def _font_keys(pdf: Pdf, page: pikepdf.Page) -> None:
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Helvetica, Flags=32, Wie=String(NAME))
    encoding = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Wie=String(NAME))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Wie=String(NAME))
    font.Encoding, font.FontDescriptor = encoding, descriptor
    page.obj.Resources.Font.F1 = font


def holds_itself(pdf: Pdf, page: pikepdf.Page) -> None:
    """A function made of itself, and a font whose glyphs are drawn with that font."""
    function = pdf.make_indirect(Dictionary(FunctionType=3, Domain=[0, 1], Bounds=[], Encode=[0, 1], Wie=String(NAME)))
    function.Functions = Array([function])
    page.obj.Resources.Shading = Dictionary(Sh=_shading(Function=function))
    _glyph("")(pdf, page)
    font = page.obj.Resources.Font.T3
    font.Wie, font.Resources.Font = String(NAME), Dictionary(T3=font)


NOBODY_ASKS: dict[str, Way] = {
    "comment": _content(f"% {NAME}\n"),
    "operand that nothing takes": _content(f"({NAME}) 20 20 20 20 re S"),
    "name that nothing takes": _content(f"/{NAME} 1 w"),
    "operand in an array": _content(f"BT /F1 12 Tf 72 650 Td [(als) /{NAME} (nog)] TJ ET"),
    "operands at the end": _content(f"({NAME})"),
    "unknown operator": _content(f"BX ({NAME}) zegt EX"),
    "key of an inline image": _content(IMAGE.format(f"/Wie ({NAME})")),
    "parameter of an inline image": _content(IMAGE.format(f"/DP <</Wie ({NAME})>>")),
    "comment in a form": _form(f"0 0 9 9 re f % {NAME}\n"),
    "operand in a form": _form(f"({NAME}) 0 0 9 9 re f"),
    "comment in a tile": _tile(f"0 0 4 4 re f % {NAME}\n"),
    "replacement text in a tile": _tile(f"/Span <</ActualText ({NAME})>> BDC 0 0 4 4 re f EMC"),
    "key of a tile": _tile("0 0 4 4 re f", Wie=String(NAME)),
    "comment in a glyph": _glyph(f"% {NAME}\n"),
    "key of an inline image in a glyph": _glyph(IMAGE.format(f"/Wie ({NAME})")),
    "replacement text in a glyph": _glyph(f"/Span <</ActualText ({NAME})>> BDC EMC"),
    "key of a state": _resource("/ExtGState", "/R1 gs", lambda _: Dictionary(CA=1, Wie=String(NAME))),
    "stream under a key of a state": _resource("/ExtGState", "/R1 gs", lambda p: Dictionary(Wie=_twice_deflated(p))),
    "key of a soft mask": _resource(
        "/ExtGState", "/R1 gs", lambda p: Dictionary(SMask=Dictionary(S=Name.Alpha, G=p.make_stream(b""), Wie=NAME))
    ),
    "key of a shading": _resource("/Shading", "/R1 sh", lambda _: _shading(Wie=String(NAME))),
    "key of a function": _resource("/Shading", "/R1 sh", lambda _: _shading(Function=_function(Wie=String(NAME)))),
    "key of a shading in a pattern": _resource(
        "/Pattern",
        "/Pattern cs /R1 scn 0 0 9 9 re f",
        lambda _: Dictionary(PatternType=2, Shading=_shading(Wie=String(NAME))),
    ),
    "key of a colour space": _resource(
        "/ColorSpace",
        "/R1 cs",
        lambda _: Array([Name.CalGray, Dictionary(WhitePoint=[0.95, 1, 1.09], Wie=String(NAME))]),
    ),
    "key of a spot colour": _resource(
        "/ColorSpace",
        "/R1 cs",
        lambda _: Array([Name.Separation, Name.Rood, Name.DeviceGray, _function(Wie=String(NAME))]),
    ),
    "comment in a function": _resource(
        "/ColorSpace", "/R1 cs", lambda p: Array([Name.Separation, Name.Rood, Name.DeviceGray, _program(p)])
    ),
    "key of an image's colour space": _resource(
        "/XObject",
        "/R1 Do",
        lambda p: _image(p, Array([Name.CalGray, Dictionary(WhitePoint=[1, 1, 1], Wie=String(NAME))])),
    ),
    "parameter of an image": _resource(
        "/XObject", "/R1 Do", lambda p: _image(p, DecodeParms=Dictionary(Predictor=1, Wie=String(NAME)))
    ),
    "keys of a font": _font_keys,
}

READERS_DIFFER: dict[str, Way] = {
    "operand of a colour": _content(f"({NAME}) 1 0 0 rg 20 20 90 90 re f"),
    "operand of a colour in a space": _content(f"({NAME}) 0.5 sc 20 20 90 90 re f"),
    "operand of a colour in a form": _form(f"({NAME}) 1 0 0 rg 20 20 90 90 re f"),
    "text in place of a number": _content(f"({NAME}) 20 20 20 re S"),
}
