"""Small PDFs that hide a marker text in one place each: the rows of the table of channels.

The page says "Beste <marker> tot ziens"; the attack puts the marker into something beside it.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

MARKER = "Zwartemans"
CONTENT = f"BT /F1 12 Tf 72 700 Td (Beste {MARKER} tot ziens) Tj 0 -14 Td (en een regel eronder) Tj ET"
BOX_OF_MARKER = (104, 690, 180, 715)

Attack = Callable[[Pdf, pikepdf.Page], None]


def make(path: Path, attack: Attack | None = None, content: str | bytes = CONTENT) -> Path:
    """One page with `content`, changed by `attack`, saved at `path`."""
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(content.encode("latin-1") if isinstance(content, str) else content)
        if attack is not None:
            attack(pdf, page)
        pdf.save(path)
    return path


def _root(key: str, make_value: Callable[[Pdf], object]) -> Attack:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        pdf.Root[key] = make_value(pdf)

    return attack


def _page(key: str, make_value: Callable[[Pdf], object]) -> Attack:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj[key] = make_value(pdf)

    return attack


def _script(pdf: Pdf) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{MARKER}')"))


def _private(pdf: Pdf) -> Dictionary:
    return Dictionary(App=Dictionary(Private=Dictionary(Who=String(MARKER))))


def _annotation(**entries: object) -> Attack:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        values = {"Type": Name.Annot, "Rect": Array([300, 300, 400, 320]), **entries}
        page.obj.Annots = Array([pdf.make_indirect(Dictionary(values_as_names(values)))])

    return attack


def values_as_names(values: dict[str, object]) -> dict[str, object]:
    return {f"/{key}": value for key, value in values.items()}


def info(pdf: Pdf, page: pikepdf.Page) -> None:
    pdf.docinfo["/Author"] = MARKER
    pdf.docinfo["/Eigen"] = MARKER


def attached_file(pdf: Pdf, page: pikepdf.Page) -> None:
    pdf.attachments[f"{MARKER}.txt"] = MARKER.encode()


def outline(pdf: Pdf, page: pikepdf.Page) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Gesprek met {MARKER}", 0))


def named_destination(pdf: Pdf, page: pikepdf.Page) -> None:
    target = Array([page.obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(MARKER), target])))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([9, 9, 99, 99]), Dest=String(MARKER))
    page.obj.Annots = Array([pdf.make_indirect(link)])


def page_label(pdf: Pdf, page: pikepdf.Page) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, P=String(f"{MARKER}-"))]))


def form_field(pdf: Pdf, page: pikepdf.Page) -> None:
    names = ("T", "V", "DV", "TU", "RV")
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=Array([72, 500, 200, 520]))
    for name in names:
        field[f"/{name}"] = String(MARKER)
    field.AP = Dictionary(N=pdf.make_stream(f"BT ({MARKER}) Tj ET".encode(), Subtype=Name.Form, BBox=[0, 0, 9, 9]))
    field = pdf.make_indirect(field)
    page.obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def appearance_under_the_box(pdf: Pdf, page: pikepdf.Page) -> None:
    look = pdf.make_stream(f"BT /F1 9 Tf ({MARKER}) Tj ET".encode(), Subtype=Name.Form, BBox=[0, 0, 90, 20])
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([104, 690, 180, 715]), AP=Dictionary(N=look))
    page.obj.Annots = Array([pdf.make_indirect(stamp)])


def structure_tree(pdf: Pdf, page: pikepdf.Page) -> None:
    """A tagged page whose element names the marker in Alt, ActualText, E, T, ID, attributes and its role."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{MARKER}"), P=root, Pg=page.obj, K=0))
    for key in ("Alt", "ActualText", "E", "T", "ID"):
        element[f"/{key}"] = String(MARKER)
    element.A = Dictionary(O=Name.Table, Summary=String(MARKER))
    root.K = Array([element])
    root.IDTree = Dictionary(Names=Array([String(MARKER), element]))
    root.RoleMap = Dictionary({f"/{MARKER}": Name.P})
    root.ParentTree = Dictionary(Nums=Array([0, Array([element])]))
    root.AF = Array([Dictionary(Type=Name.Filespec, F=String(MARKER))])
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    page.obj.StructParents = 0
    page.obj.Contents = pdf.make_stream(f"/P <</MCID 0>> BDC {CONTENT} EMC".encode())


def namespace(pdf: Pdf, page: pikepdf.Page) -> None:
    structure_tree(pdf, page)
    roles = Dictionary({f"/{MARKER}": Name.P, "/Nota": Array([Name(f"/{MARKER}"), String(MARKER)])})
    space = Dictionary(Type=Name.Namespace, NS=String(f"http://example.org/{MARKER}"), RoleMapNS=roles)
    space.Foo = String(MARKER)
    pdf.Root.StructTreeRoot.Namespaces = Array([space])


def name_inside_a_word(pdf: Pdf, page: pikepdf.Page) -> None:
    structure_tree(pdf, page)
    pdf.Root.StructTreeRoot.K[0].Alt = String(f"handtekening{MARKER}s.png")


def _segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2, "big") + data


def _jpeg(*, before: bytes = b"", behind: bytes = b"") -> Attack:
    """A picture that is not redacted, with data in its JPEG that is no picture."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        target = io.BytesIO()
        Image.new("L", (8, 8), 200).save(target, "JPEG")
        data = target.getvalue()
        image = pdf.make_stream(data[:2] + before + data[2:] + behind, Subtype=Name.Image, Width=8, Height=8)
        image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceGray, 8, Name.DCTDecode
        page.obj.Resources.XObject = Dictionary(Im=image)
        page.obj.Contents = pdf.make_stream(f"q 90 0 0 90 300 300 cm /Im Do Q {CONTENT}".encode())

    return attack


def comment_in_jpeg2000(pdf: Pdf, page: pikepdf.Page) -> None:
    target = io.BytesIO()
    Image.new("L", (8, 8), 200).save(target, "JPEG2000", comment=MARKER, no_jp2=False)
    data = target.getvalue() + (len(MARKER) + 8).to_bytes(4, "big") + b"xml " + MARKER.encode()
    image = pdf.make_stream(data, Subtype=Name.Image, Width=8, Height=8)
    image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceGray, 8, Name.JPXDecode
    page.obj.Resources.XObject = Dictionary(Im=image)
    page.obj.Contents = pdf.make_stream(f"q 90 0 0 90 300 300 cm /Im Do Q {CONTENT}".encode())


def comment_in_a_tile_of_jpeg2000(pdf: Pdf, page: pikepdf.Page) -> None:
    target = io.BytesIO()
    Image.new("L", (8, 8), 200).save(target, "JPEG2000", no_jp2=True)
    data = target.getvalue()
    at = data.index(b"\xff\x90\x00\x0a")
    comment = b"\xff\x64" + (len(MARKER) + 4).to_bytes(2, "big") + b"\0\1" + MARKER.encode()
    length = (int.from_bytes(data[at + 6 : at + 10], "big") + len(comment)).to_bytes(4, "big")
    data = data[: at + 6] + length + data[at + 10 : at + 12] + comment + data[at + 12 :] + MARKER.encode()
    image = pdf.make_stream(data, Subtype=Name.Image, Width=8, Height=8)
    image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceGray, 8, Name.JPXDecode
    page.obj.Resources.XObject = Dictionary(Im=image)
    page.obj.Contents = pdf.make_stream(f"q 90 0 0 90 300 300 cm /Im Do Q {CONTENT}".encode())


def _on_another_page(content: str) -> Attack:
    """A page on which nothing is redacted."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        other = pdf.add_blank_page(page_size=(595, 842))
        other.obj.Resources = Dictionary(Font=page.obj.Resources.Font)
        other.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td (Bijlage) Tj ET {content}".encode())

    return attack


def properties_resource(pdf: Pdf, page: pikepdf.Page) -> None:
    page.obj.Resources.Properties = Dictionary(Pr=Dictionary(ActualText=String(MARKER), Alt=String(MARKER)))
    page.obj.Contents = pdf.make_stream(f"/Span /Pr BDC {CONTENT} EMC".encode())


def hidden_layer(pdf: Pdf, page: pikepdf.Page) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"Laag {MARKER}")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([group])))
    page.obj.Resources.Properties = Dictionary(Oc=group)
    hidden = f"/OC /Oc BDC BT /F1 9 Tf 300 99 Td ({MARKER}) Tj ET EMC"
    page.obj.Contents = pdf.make_stream(f"{CONTENT} {hidden}".encode())


def comment_in_content(pdf: Pdf, page: pikepdf.Page) -> None:
    page.obj.Contents = pdf.make_stream(f"% door {MARKER}\n{CONTENT}".encode())


def unused_resource(pdf: Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(f"BT ({MARKER}) Tj ET".encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    page.obj.Resources.XObject = Dictionary(Unused=form)


def keys_of_a_form(pdf: Pdf, page: pikepdf.Page) -> None:
    form = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Metadata = pdf.make_stream(MARKER.encode())
    form.PieceInfo = _private(pdf)
    form[f"/{MARKER}"] = String(MARKER)
    page.obj.Resources.XObject = Dictionary(Fm=form)
    page.obj.Contents = pdf.make_stream(f"{CONTENT} /Fm Do".encode())


def output_intent(pdf: Pdf, page: pikepdf.Page) -> None:
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1)
    for key in ("OutputConditionIdentifier", "OutputCondition", "Info", "RegistryName"):
        intent[f"/{key}"] = String(MARKER)
    pdf.Root.OutputIntents = Array([intent])


def identifier(pdf: Pdf, page: pikepdf.Page) -> None:
    pdf.trailer.ID = Array([String(f"{MARKER}123456"), String(f"{MARKER}123456")])


def trailer_key(pdf: Pdf, page: pikepdf.Page) -> None:
    pdf.trailer.DocChecksum = String(MARKER)


def pattern_with_text(pdf: Pdf, page: pikepdf.Page) -> None:
    tile = pdf.make_stream(f"BT /F1 8 Tf 2 2 Td ({MARKER}) Tj ET".encode(), PatternType=1, PaintType=1, TilingType=1)
    tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 60, 12]), 60, 12
    tile.Resources = Dictionary(Font=page.obj.Resources.Font)
    page.obj.Resources.Pattern = Dictionary(P1=tile)
    fill = "/Pattern cs /P1 scn 72 400 200 100 re f"
    page.obj.Contents = pdf.make_stream(f"{fill} {CONTENT}".encode())


def soft_mask_with_text(pdf: Pdf, page: pikepdf.Page) -> None:
    """The marker is seen, for black shows through it, and no text of the page says it."""
    group = pdf.make_stream(f"1 g BT /F1 24 Tf 72 600 Td ({MARKER}) Tj ET".encode(), Subtype=Name.Form)
    group.BBox, group.Group = Array([0, 0, 595, 842]), Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    group.Resources = Dictionary(Font=page.obj.Resources.Font)
    page.obj.Resources.ExtGState = Dictionary(Gs=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group)))
    page.obj.Contents = pdf.make_stream(f"q /Gs gs 0 0 595 842 re f Q {CONTENT}".encode())


def soft_mask_group(pdf: Pdf, page: pikepdf.Page) -> None:
    group = pdf.make_stream(CONTENT.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
    group.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    group.Resources = Dictionary(Font=page.obj.Resources.Font)
    page.obj.Resources.ExtGState = Dictionary(Gs=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=group)))
    page.obj.Contents = pdf.make_stream(f"q /Gs gs 0 0 595 842 re f Q {CONTENT}".encode())


SECRET_PIXELS = b"\x20\xe0\x40\xc0" * 10  # a row of the image that `form_and_image` draws


def form_and_image(pdf: Pdf, page: pikepdf.Page) -> Dictionary:
    """The page draws its text in a form, and an image from 100, 500 to 200, 560; gives these two."""
    form = pdf.make_stream(CONTENT.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
    form.Resources = Dictionary(Font=page.obj.Resources.Font)
    image = pdf.make_stream(SECRET_PIXELS * 24, Type=Name.XObject, Subtype=Name.Image, Width=40, Height=24)
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
    page.obj.Resources = pdf.make_indirect(
        Dictionary(Font=page.obj.Resources.Font, XObject=Dictionary(Fm=form, Im=image))
    )
    page.obj.Contents = pdf.make_stream(b"/Fm Do q 100 0 0 60 100 500 cm /Im Do Q")
    return page.obj.Resources.XObject


def listed_on_another_page(pdf: Pdf, page: pikepdf.Page) -> None:
    form_and_image(pdf, page)
    other = pdf.add_blank_page(page_size=(595, 842))
    other.obj.Resources = page.obj.Resources
    other.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 700 Td (Bijlage bij de brief) Tj ET")


def held_by_the_structure_tree(pdf: Pdf, page: pikepdf.Page) -> None:
    drawn = form_and_image(pdf, page)
    figures = [Dictionary(S=Name.Figure, K=Dictionary(Type=Name.OBJR, Obj=one)) for one in drawn.values()]
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(figures)))


def held_by_an_unknown_key(pdf: Pdf, page: pikepdf.Page) -> None:
    drawn = form_and_image(pdf, page)
    other = pdf.add_blank_page(page_size=(595, 842))
    state = Dictionary(CA=1, Foo=Array([Dictionary(Bar=one) for one in drawn.values()]))
    other.obj.Resources = Dictionary(Font=page.obj.Resources.Font, ExtGState=Dictionary(Gs=state))
    other.obj.Contents = pdf.make_stream(b"/Gs gs BT /F1 12 Tf 72 700 Td (Bijlage bij de brief) Tj ET")


DRAWN_ELSEWHERE: dict[str, Attack] = {
    "shared resources": listed_on_another_page,
    "structure tree": held_by_the_structure_tree,
    "unknown key": held_by_an_unknown_key,
}


def _mark(instruction: str) -> Attack:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Contents = pdf.make_stream(f"{instruction} {CONTENT}".encode())

    return attack


BESIDE: dict[str, Attack] = {
    "info": info,
    "xmp": _root("/Metadata", lambda pdf: pdf.make_stream(MARKER.encode(), Type=Name.Metadata, Subtype=Name.XML)),
    "outline": outline,
    "named destination": named_destination,
    "page label": page_label,
    "JavaScript name tree": _root(
        "/Names", lambda p: Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _script(p)])))
    ),
    "OpenAction": _root("/OpenAction", _script),
    "AA of the catalog": _root("/AA", lambda p: Dictionary(WC=_script(p))),
    "AA of a page": _page("/AA", lambda p: Dictionary(O=_script(p))),
    "PieceInfo of the catalog": _root("/PieceInfo", _private),
    "PieceInfo of a page": _page("/PieceInfo", _private),
    "metadata of a page": _page("/Metadata", lambda pdf: pdf.make_stream(MARKER.encode())),
    "thumbnail": _page("/Thumb", lambda pdf: pdf.make_stream(zlib.compress(MARKER.encode()), Filter=Name.FlateDecode)),
    "URI base": _root("/URI", lambda _: Dictionary(Base=String(f"https://{MARKER}.nl"))),
    "SpiderInfo": _root("/SpiderInfo", lambda _: Dictionary(V=1.0, C=String(MARKER))),
    "output intent": output_intent,
    "threads": _root("/Threads", lambda _: Array([Dictionary(I=Dictionary(Title=String(MARKER)))])),
    "collection": _root("/Collection", lambda _: Dictionary(D=String(MARKER))),
    "unknown catalog key": _root("/Eigen", lambda _: String(MARKER)),
    "identifier": identifier,
    "trailer key": trailer_key,
    "comment": _annotation(Subtype=Name.Text, Contents=String(MARKER), T=String(MARKER), RC=String(f"<p>{MARKER}</p>")),
    "appearance under the box": appearance_under_the_box,
    "mailto link": _annotation(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String(f"mailto:j.{MARKER}@minbzk.nl"))),
    "form field": form_field,
    "XFA": _root("/AcroForm", lambda pdf: Dictionary(Fields=Array(), XFA=pdf.make_stream(MARKER.encode()))),
    "attached file": attached_file,
    "associated file": _root("/AF", lambda _: Array([Dictionary(Type=Name.Filespec, F=String(MARKER))])),
    "structure tree": structure_tree,
    "property list": properties_resource,
    "hidden layer": hidden_layer,
    "comment in the content stream": comment_in_content,
    "unused resource": unused_resource,
    "keys of a form": keys_of_a_form,
    "soft mask group": soft_mask_group,
    "namespace": namespace,
    "name inside a word": name_inside_a_word,
    "EXIF of a picture": _jpeg(before=_segment(0xE1, b"Exif\0\0" + MARKER.encode())),
    "comment of a picture": _jpeg(before=_segment(0xFE, MARKER.encode())),
    "behind the end of a picture": _jpeg(behind=MARKER.encode()),
    "comment and box of a JPEG 2000": comment_in_jpeg2000,
    "comment in a tile of a JPEG 2000": comment_in_a_tile_of_jpeg2000,
    "language in place": _mark(f"/Span <</Lang ({MARKER})>> BDC EMC"),
    "subtype in place": _mark(f"/Artifact <</Subtype /{MARKER} /Attached [/{MARKER}]>> BDC EMC"),
    "property on another page": _on_another_page(f"/Span <</Wie ({MARKER})>> BDC EMC"),
    "property in hexadecimal on another page": _on_another_page(f"/Span <</Wie <{MARKER.encode().hex()}>>> BDC EMC"),
    "language on another page": _on_another_page(f"/Span <</Lang ({MARKER})>> BDC EMC"),
    "ActualText in place": _mark(f"/Span <</ActualText ({MARKER})>> BDC EMC"),
    "Alt in place": _mark(f"/Figure <</Alt ({MARKER})>> BDC EMC"),
    "E in place": _mark(f"/Span <</E ({MARKER})>> BDC EMC"),
    "name of marked content": _mark(f"/{MARKER} BMC EMC"),
    "marked point": _mark(f"/{MARKER} MP"),
    "marked point with properties": _mark(f"/Span <</Wie ({MARKER})>> DP"),
}

# The marker shown as text in many ways: what stands on the page is found by reading it.
M = MARKER
SHOWN: dict[str, str] = {
    "Tj": CONTENT,
    "TJ in pieces": f"BT /F1 12 Tf 72 700 Td [(Beste {M[:3]}) -20 ({M[3:6]}) 15 ({M[6:]}) ( tot ziens)] TJ ET",
    "apostrophe": f"BT /F1 12 Tf 14 TL 72 714 Td (Beste {M} tot ziens) ' (en verder) ' ET",
    "quotation mark": f"BT /F1 12 Tf 14 TL 72 714 Td 1 0.5 (Beste {M} tot ziens) \" (en verder) ' ET",
    "several Tj": f"BT /F1 12 Tf 72 700 Td (Beste ) Tj ({M[:4]}) Tj ({M[4:]}) Tj ( tot ziens) Tj ET",
    "hexadecimal": f"BT /F1 12 Tf 72 700 Td (Beste ) Tj <{M.encode().hex()}> Tj ( tot ziens) Tj ET",
    "octal escapes": "BT /F1 12 Tf 72 700 Td (Beste " + "".join(f"\\{ord(c):03o}" for c in M) + " tot ziens) Tj ET",
    "rise and scaling": f"BT /F1 12 Tf 80 Tz 4 Ts 2 Tc 3 Tw 72 700 Td (Beste {M} tot ziens) Tj ET",
    "rotated": f"BT /F1 12 Tf 0 1 -1 0 300 300 Tm (Beste {M} tot ziens) Tj ET",
    "scaled by cm": f"q 12 0 0 12 72 700 cm BT /F1 1 Tf (Beste {M} tot ziens) Tj ET Q",
    "mirrored page": f"q 1 0 0 -1 0 842 cm BT /F1 12 Tf 1 0 0 -1 72 142 Tm (Beste {M} tot ziens) Tj ET Q",
    "too many Q": f"Q Q BT /F1 12 Tf 72 700 Td (Beste {M} tot ziens) Tj ET Q",
    "open q": f"q q 1 0 0 1 10 10 cm BT /F1 12 Tf 72 700 Td (Beste {M} tot ziens) Tj ET",
}
