"""Places that no reader asks for, each with a name too short to be looked for in data of any kind.

They are on a page of which nothing is redacted: the name is redacted on another one.
"""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from attacks import make
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageCms

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


def _jpeg() -> bytes:
    """A grey picture whose EXIF data is the name."""
    target = io.BytesIO()
    Image.new("L", (8, 8), 90).save(target, "JPEG", exif=b"Exif\0\0" + NAME.encode())
    return target.getvalue()


def _inline_jpeg(pdf: Pdf, page: pikepdf.Page) -> None:
    head = b"q 20 0 0 20 72 600 cm BI /W 8 /H 8 /BPC 8 /CS /G /F /DCT ID "
    page.obj.Contents = pdf.make_stream(LINE.encode() + b" " + head + _jpeg() + b" EI Q")


def _packed_jpeg(pdf: Pdf, page: pikepdf.Page) -> None:
    """As ReportLab writes pictures."""
    image = _image(pdf)
    image.Width = image.Height = 8
    packed = base64.a85encode(_jpeg()) + b"~>"
    image.write(packed, filter=Array([Name.ASCII85Decode, Name.DCTDecode]), decode_parms=None)
    page.obj.Resources.XObject = Dictionary(Im=image)
    page.obj.Contents = pdf.make_stream(f"{LINE} q 20 0 0 20 72 600 cm /Im Do Q".encode())


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return number.to_bytes(4) + bytes((kind, 0, 1)) + len(data).to_bytes(4) + data


def _comment(number: int) -> bytes:
    """An extension that is a comment (ITU-T T.88, 7.4.15), and nothing but one."""
    return _segment(number, 62, (0x20000000).to_bytes(4) + b"Titel\0" + NAME.encode() + b"\0\0")


def _jbig2(pdf: Pdf, page: pikepdf.Page) -> None:
    """A black square, with a comment in it, one behind its end and one in what such pictures share."""
    size = (8).to_bytes(4) * 2 + bytes(8) + b"\0"
    black = b"\x26\xa1\x5f\xff\xfe\x00\x10\x01"  # fax data: a row of eight black, the rest like it, the end
    picture = _segment(2, 48, size + bytes(2)) + _comment(3) + _segment(4, 38, size + b"\1" + black)
    image = _image(pdf)
    image.Width, image.Height, image.BitsPerComponent = 8, 8, 1
    shared = Dictionary(JBIG2Globals=pdf.make_stream(_comment(1)))
    image.write(picture + _segment(5, 49, b"") + _comment(6), filter=Name.JBIG2Decode, decode_parms=shared)
    page.obj.Resources.XObject = Dictionary(Im=image)
    page.obj.Contents = pdf.make_stream(f"{LINE} q 20 0 0 20 72 600 cm /Im Do Q".encode())


def _profile(tag: Callable[[], bytes], *, behind: bytes = b"", maker: bytes = bytes(4)) -> Way:
    """A colour profile with one tag."""

    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        made, head = tag(), bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()[:128])
        table = (1).to_bytes(4) + b"desc" + (144).to_bytes(4) + len(made).to_bytes(4)
        head[:4], head[48:52] = (144 + len(made)).to_bytes(4), maker
        profile = pdf.make_stream(bytes(head) + table + made + behind, N=3, Alternate=Name.DeviceRGB)
        page.obj.Resources.ColorSpace = Dictionary(C1=Array([Name.ICCBased, profile]))
        page.obj.Contents = pdf.make_stream(f"{LINE} /C1 cs 1 0 0 sc 20 20 90 90 re f".encode())

    return way


def _in_languages() -> bytes:
    """`Scherm van Vos`, in a second language `Display`."""
    texts = [f"Scherm van {NAME}".encode("utf-16-be"), "Display".encode("utf-16-be")]
    offsets = [40, 40 + len(texts[0])]
    records = b"".join(
        language + len(text).to_bytes(4) + offset.to_bytes(4)
        for language, text, offset in zip((b"nlNL", b"enUS"), texts, offsets, strict=True)
    )
    return b"mluc" + bytes(4) + (2).to_bytes(4) + (12).to_bytes(4) + records + b"".join(texts)


def _in_a_dictionary() -> bytes:
    """`wie`: `Vos`."""
    names = [(32).to_bytes(4) + (6).to_bytes(4), (38).to_bytes(4) + (6).to_bytes(4)]
    text = f"wie{NAME}".encode("utf-16-be")
    return b"dict" + bytes(4) + (1).to_bytes(4) + (16).to_bytes(4) + b"".join(names) + text


def _direct_glyph(pdf: Pdf, page: pikepdf.Page) -> None:
    _glyph(f"% {NAME}\n")(pdf, page)
    page.obj.Resources.Font.T3 = Dictionary(dict(page.obj.Resources.Font.T3.items()))


def holds_itself(pdf: Pdf, page: pikepdf.Page) -> None:
    """A function made of itself, and a font whose glyphs are drawn with that font."""
    function = pdf.make_indirect(Dictionary(FunctionType=3, Domain=[0, 1], Bounds=[], Encode=[0, 1], Wie=String(NAME)))
    function.Functions = Array([function])
    page.obj.Resources.Shading = Dictionary(Sh=_shading(Function=function))
    _glyph("")(pdf, page)
    font = page.obj.Resources.Font.T3
    font.Wie, font.Resources.Font = String(NAME), Dictionary(T3=font)


def _font_without_use(pdf: Pdf, page: pikepdf.Page) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Onbekend, FirstChar=65, LastChar=65)
    font.Widths, font.FontDescriptor = Array([500]), Dictionary(Type=Name.FontDescriptor, FontName=Name.Onbekend)
    font.FontDescriptor.Flags, font.FontDescriptor.FontFile2 = 32, _twice_deflated(pdf)
    page.obj.Resources.Font.F9 = font


def _font_with(**entries: Callable[[Pdf], Stream]) -> Way:
    """A font that shows something and has a stream under these keys, of it or of its descriptor."""

    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        font.FontDescriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name.Helvetica, Flags=32)
        for key, build in entries.items():
            holder = font if key == "FirstChar" else font.FontDescriptor
            holder[f"/{key}"] = build(pdf)
        page.obj.Resources.Font.F1 = font

    return way


def _tagged(build: Callable[[Pdf, pikepdf.Page, Dictionary, Dictionary], None]) -> Way:
    """A structure tree with one element; `build` gets its root and the element."""

    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, Pg=page.obj))
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([element])))
        element.K, element.P, pdf.Root.StructTreeRoot, page.obj.StructParents = 0, root, root, 1
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([1, Array([element])])))
        page.obj.Contents = pdf.make_stream(f"/P <</MCID 0>> BDC {LINE} EMC".encode())
        build(pdf, page, root, element)

    return way


def _key_of_a_reference(pdf: Pdf, page: pikepdf.Page, root: Dictionary, element: Dictionary) -> None:
    element.K = Dictionary(Type=Name.MCR, MCID=0, Pg=page.obj, Wie=_twice_deflated(pdf), Ook=String(NAME))


def _role(pdf: Pdf, page: pikepdf.Page, root: Dictionary, element: Dictionary) -> None:
    root.RoleMap = Dictionary(Rol=_twice_deflated(pdf))


def _namespace(pdf: Pdf, page: pikepdf.Page, root: Dictionary, element: Dictionary) -> None:
    root.Namespaces = Array([Dictionary(Type=Name.Namespace, NS=_twice_deflated(pdf), Schema=_twice_deflated(pdf))])


def _called_an_object_stream(pdf: Pdf, page: pikepdf.Page, root: Dictionary, element: Dictionary) -> None:
    stream = _twice_deflated(pdf)
    stream.Type, stream.N, stream.First = Name.ObjStm, 0, 0
    element.K = Dictionary(Type=Name.MCR, MCID=0, Pg=page.obj, Stm=stream)


def _keys_of_contents(pdf: Pdf, page: pikepdf.Page) -> None:
    page.obj.Contents.Wie = _twice_deflated(pdf)


def _key_of_a_profile_of_the_file(pdf: Pdf, page: pikepdf.Page) -> None:
    profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), N=3)
    profile.Wie = _twice_deflated(pdf)
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=profile)
    pdf.Root.OutputIntents = Array([intent])


def _behind_a_program(pdf: Pdf) -> Stream:
    return pdf.make_stream(f"{{ 1 exch sub }} ({NAME}) {NAME}".encode(), FunctionType=4, Domain=[0, 1], Range=[0, 1])


def _shared_lists(pdf: Pdf, page: pikepdf.Page) -> None:
    """A form without resources of its own, drawn by two pages that have other fonts under one name."""
    form = pdf.make_stream(LINE.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Courier-Bold"))
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(Fm=form))
    page.obj.Contents = pdf.make_stream(b"/Fm Do")
    other = pdf.add_blank_page(page_size=(595, 842))
    other.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.pages[0].obj.Resources.Font.F1))
    other.obj.Resources.XObject = Dictionary(Fm=form)
    other.obj.Contents = pdf.make_stream(b"/Fm Do")


def _masked_with_the_fonts_of_the_page(pdf: Pdf, page: pikepdf.Page) -> None:
    """Inherited resources, of which a soft mask uses a colour, and an inline image another."""
    space = Array([Name.Indexed, Name.DeviceGray, 1, String(b"\x00\x99")])
    mask = pdf.make_stream(b"/C2 cs 1 sc 0 0 595 842 re f", Type=Name.XObject, Subtype=Name.Form)
    mask.BBox, mask.Group = Array([0, 0, 595, 842]), Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))
    page.obj.Resources.ExtGState, page.obj.Resources.ColorSpace = Dictionary(G1=state), Dictionary(C1=space, C2=space)
    page.obj.Parent.Resources = page.obj.Resources
    del page.obj.Resources
    image = IMAGE.replace("/BPC 8 /CS /G", "/BPC 1 /CS /C1").format("")
    page.obj.Contents = pdf.make_stream(f"{LINE} {image} /G1 gs 20 20 90 90 re f".encode("latin-1"))


NOBODY_ASKS: dict[str, Way] = {
    "comment": _content(f"% {NAME}\n"),
    "operand that nothing takes": _content(f"({NAME}) 20 20 20 20 re S"),
    "name that nothing takes": _content(f"/{NAME} 1 w"),
    "operand in an array": _content(f"BT /F1 12 Tf 72 650 Td [(als) /{NAME} (nog)] TJ ET"),
    "operands at the end": _content(f"({NAME})"),
    "unknown operator": _content(f"BX ({NAME}) zegt EX"),
    "key of an inline image": _content(IMAGE.format(f"/Wie ({NAME})")),
    "parameter of an inline image": _content(IMAGE.format(f"/DP <</Wie ({NAME})>>")),
    "value of an inline image": _content(IMAGE.format(f"/D [0 1 ({NAME})]")),
    "intent of an inline image": _content(IMAGE.format(f"/Intent /{NAME}")),
    "name glued to an operator": _content(f"/{NAME}Do 1 w"),
    "language": _content(f"/Span <</Lang ({NAME})>> BDC EMC"),
    "language in a form": _form(f"/Span <</Lang (nl-{NAME})>> BDC 0 0 9 9 re f EMC"),
    "text behind an empty one": _content(f"/Span <</MCID 0 /X <> /Y ({NAME})>> BDC EMC"),
    "array in an array": _content(f"/Artifact <</BBox [[({NAME})]]>> BDC EMC"),
    "name under a key of its own": _content(f"/Span <</Wie /Jan{NAME}>> BDC EMC"),
    "metadata of an inline image": _inline_jpeg,
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
    "comment in a glyph of a font without number": _direct_glyph,
    "one of the texts of a profile": _profile(_in_languages),
    "dictionary of a profile": _profile(_in_a_dictionary),
    "behind a profile": _profile(lambda: b"text\0\0\0\0scherm\0\0", behind=NAME.encode()),
    "maker in a profile": _profile(lambda: b"text\0\0\0\0scherm\0\0", maker=NAME.encode() + b" "),
    "picture packed in letters": _packed_jpeg,
    "comments of JBIG2 pictures": _jbig2,
    "PostScript": _resource(
        "/XObject", "/R1 Do", lambda p: p.make_stream(f"({NAME}) show".encode(), Type=Name.XObject, Subtype=Name.PS)
    ),
    "font that nothing shows": _font_without_use,
    "stream in place of a number of a font": _font_with(FirstChar=_twice_deflated),
    "stream in place of a number of a descriptor": _font_with(Ascent=_twice_deflated),
    "colour space that nothing uses": _resource(
        "/ColorSpace", "", lambda p: Array([Name.ICCBased, p.make_indirect(_twice_deflated(p))])
    ),
    "behind a colour space": _resource("/ColorSpace", "/R1 cs", lambda p: Array([Name.Pattern, Name.DeviceGray, NAME])),
    "shading that nothing draws": _resource("/Shading", "", _twice_deflated),
    "drawing that nothing draws": _resource("/XObject", "", _twice_deflated),
    "soft mask of a state that nothing sets": _resource(
        "/ExtGState", "", lambda p: Dictionary(SMask=Dictionary(S=Name.Alpha, G=_twice_deflated(p)))
    ),
    "words behind a function": _resource(
        "/ColorSpace", "/R1 cs", lambda p: Array([Name.Separation, Name.Rood, Name.DeviceGray, _behind_a_program(p)])
    ),
    "key of the contents": _keys_of_contents,
    "key of the profile of the file": _key_of_a_profile_of_the_file,
    "key of a reference of the structure": _tagged(_key_of_a_reference),
    "stream in place of a role": _tagged(_role),
    "streams of a namespace": _tagged(_namespace),
    "called an object stream": _tagged(_called_an_object_stream),
    "drawing of no kind": _resource("/XObject", "/R1 Do", lambda p: p.make_stream(f"({NAME}) Tj".encode())),
}

READERS_DIFFER: dict[str, Way] = {
    "operand of a colour": _content(f"({NAME}) 1 0 0 rg 20 20 90 90 re f"),
    "operand of a colour in a space": _content(f"({NAME}) 0.5 sc 20 20 90 90 re f"),
    "operand of a colour in a form": _form(f"({NAME}) 1 0 0 rg 20 20 90 90 re f"),
    "text in place of a number": _content(f"({NAME}) 20 20 20 re S"),
}


def _named_like_keys(name: str) -> Way:
    """An indirect dictionary of fonts with one that has this name."""

    def way(pdf: Pdf, page: pikepdf.Page) -> None:
        fonts = page.obj.Resources.Font
        fonts[f"/{name}"] = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Courier-Bold"))
        page.obj.Resources.Font = pdf.make_indirect(fonts)
        page.obj.Contents = pdf.make_stream(f"{LINE} BT /{name} 20 Tf 72 500 Td (Zo heet het) Tj ET".encode())

    return way


def _shown_when_off(pdf: Pdf, page: pikepdf.Page) -> None:
    """A line that is shown because a layer is not."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("laag 1")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    shown = Dictionary(Type=Name.OCMD, OCGs=Array([layer]), P=Name.AnyOff)
    page.obj.Resources.Properties = Dictionary(M=pdf.make_indirect(shown))
    page.obj.Contents = pdf.make_stream(f"{LINE} /OC /M BDC 20 20 90 90 re f EMC".encode())


def _shown_by_the_layer(pdf: Pdf, page: pikepdf.Page) -> None:
    """A line in a layer that is off, and says itself that it is shown on screen."""
    usage = Dictionary(View=Dictionary(ViewState=Name.ON))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("laag 1"), Usage=usage))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    page.obj.Resources.Properties = Dictionary(M=layer)
    page.obj.Contents = pdf.make_stream(f"{LINE} /OC /M BDC 20 20 90 90 re f EMC".encode())


def _mesh_beside_a_comment(pdf: Pdf, page: pikepdf.Page) -> None:
    corners = b"".join(bytes((0, x, y, colour)) for x, y, colour in ((0, 0, 0), (255, 0, 128), (0, 255, 250)))
    mesh = pdf.make_stream(corners, ShadingType=4, ColorSpace=Name.DeviceGray, BitsPerCoordinate=8, BitsPerFlag=8)
    mesh.BitsPerComponent, mesh.Decode = 8, Array([100, 300, 100, 300, 0, 1])
    page.obj.Resources.Shading = Dictionary(Sh=mesh)
    page.obj.Contents = pdf.make_stream(f"{LINE} % {NAME}\n/Sh sh".encode())


LOOKS_THE_SAME: dict[str, Way] = {
    **{f"font called {name}": _named_like_keys(name) for name in ("AA", "JS", "Ref", "Thumb", "FT", "Rect")},
    "shown when a layer is not": _shown_when_off,
    "shown by what the layer says": _shown_by_the_layer,
    "a form in the fonts of two pages": _shared_lists,
    "colours of a mask and an inline image": _masked_with_the_fonts_of_the_page,
    "mesh beside a comment": _mesh_beside_a_comment,
}
