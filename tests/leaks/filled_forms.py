"""Small forms: a page with fields of every kind, with or without the appearances that show their values."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

FLAGS = {"comb": 1 << 24, "lines": 1 << 12, "combo": 1 << 17, "radio": 1 << 15}
DRAWN = "q 0.9 g 0 0 200 20 re f Q /Tx BMC q BT /F1 12 Tf 0 g 2 5 Td ({}) Tj ET Q EMC"


class Form:
    """A PDF in the making: one page of 595 × 842 pt that says "Formulier", and fields put on it."""

    def __init__(self, content: str = "BT /F1 12 Tf 72 780 Td (Formulier) Tj ET") -> None:
        self.pdf = Pdf.new()
        self.page = self.pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        self.fonts = Dictionary(F1=self.pdf.make_indirect(font))
        self.page.obj.Resources = Dictionary(Font=self.fonts)
        self.page.obj.Contents = self.pdf.make_stream(content.encode("latin-1"))
        self.page.obj.Annots = Array([])
        resources, default = Dictionary(Font=self.fonts), String("/F1 12 Tf 0 g")
        self.pdf.Root.AcroForm = Dictionary(Fields=Array([]), DR=resources, DA=default)

    def field(self, kind: str = "Tx", *, bottom: float = 700, height: float = 20, **entries: object) -> Dictionary:
        """Put a field of 200 pt wide on the page; `entries` are those of field and widget."""
        rectangle = Array([72, bottom, 272, bottom + height])
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name(f"/{kind}"), Rect=rectangle, F=4)
        field.T = String(f"veld {len(self.page.obj.Annots)}")
        for key, value in entries.items():
            field[f"/{key}"] = value
        field = self.pdf.make_indirect(field)
        self.page.obj.Annots.append(field)
        self.pdf.Root.AcroForm.Fields.append(field)
        return field

    def look(self, text: str, instructions: str = DRAWN, **entries: object) -> Dictionary:
        """An appearance that draws `text` in a field of 200 × 20 pt."""
        look = self.pdf.make_stream(instructions.format(text).encode("latin-1"), Subtype=Name.Form)
        look.BBox, look.Resources = Array([0, 0, 200, 20]), Dictionary(Font=self.fonts)
        for key, value in entries.items():
            look[f"/{key}"] = value
        return Dictionary(N=look)

    def saved(self, path: Path, **options: object) -> Path:
        """Write the form to `path`."""
        self.pdf.save(path, **options)
        return path


def tag(form: Form, field: Dictionary) -> Dictionary:
    """Make the form a tagged one, whose title is a paragraph and whose `field` stands in an element /Form."""
    pdf, page = form.pdf, form.page.obj
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, ParentTreeNextKey=2))
    title = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page, K=0))
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=root, Pg=page))
    element.K = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
    root.K = Array([title, element])
    root.ParentTree = Dictionary(Nums=Array([0, pdf.make_indirect(Array([title])), 1, element]))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo, pdf.Root.Lang = root, Dictionary(Marked=True), String("nl-NL")
    page.StructParents, field.StructParent = 0, 1
    content = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC " + content + b" EMC")
    return element


def sign(form: Form, field: Dictionary) -> None:
    """Give a signature field a signature (that nobody could verify)."""
    signature = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 1, 2, 3]))
    signature.Contents, signature.Name = String(b"\0" * 16), String("Jan Zwartemans")
    field.V = form.pdf.make_indirect(signature)
    form.pdf.Root.AcroForm.SigFlags = 3


def make_annotation(form: Form, subtype: str, rectangle: tuple[float, ...], **entries: object) -> pikepdf.Object:
    """Put another annotation on the page."""
    annotation = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array(rectangle))
    for key, value in entries.items():
        annotation[f"/{key}"] = value
    annotation = form.pdf.make_indirect(annotation)
    form.page.obj.Annots.append(annotation)
    return annotation
