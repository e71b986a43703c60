"""Fits pages that OCR read into their document, which keeps all that is not theirs: tags, links, bookmarks, claims.

text layer over a page     in a tagged document an artifact, for what it lies over is tagged already
picture of a page, with    packed as our own pictures, in calibrated colours where colours must be, and an artifact;
a layer                    the structure tree forgets what stood there, and level A and PDF/UA are claimed no more
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary
from PIL import Image

from woo_anon.formats.pdf.boxes.calibrated import calibrate
from woo_anon.formats.pdf.document.metadata import TITLE, is_tagged, read_claims, write_metadata
from woo_anon.formats.pdf.document.title import own_title
from woo_anon.formats.pdf.opening.prepare import saved
from woo_anon.formats.pdf.pictures.raster import DPI, picture_stream
from woo_anon.formats.pdf.structure.tree import Losses, clean_structure

_LAYER = "/OCR-"  # how OCRmyPDF names the form that holds its text
_CHANGED = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit")  # keys of a page


def without_comments(content: bytes, pages: Iterable[int]) -> bytes:
    """The PDF without the annotations on `pages` (numbers): they are no part of the page, so OCR must not read them."""
    with _opened(content) as pdf:
        for number in pages:
            if "/Annots" in pdf.pages[number - 1]:
                del pdf.pages[number - 1].obj.Annots
        return saved(pdf)


def fitted(source: bytes, made: bytes, read: Iterable[int], pictured: Collection[int]) -> bytes:
    """The PDF `source` with those pages (numbers) of `made`, its copy by OCRmyPDF, that OCR has `read`; of these,
    `pictured` are pictures now."""
    with _opened(source) as pdf, _opened(made) as copy:
        for number in read:
            page = pdf.pages[number - 1]
            _take_over(pdf, page, copy, copy.pages[number - 1])
            if number in pictured:
                _fit_picture(pdf, page)
            elif is_tagged(pdf):
                _mark_layer(page)
        if pictured:
            lost = frozenset(pdf.pages[number - 1].obj.objgen for number in pictured)
            clean_structure(pdf, lambda text: False, Losses(lost))
            claims = read_claims(pdf).of_pictures()
            if claims.archival:
                calibrate(pdf, pictured)
            write_metadata(pdf, claims, own_title(pdf) or TITLE)
        return saved(pdf)


def _opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content), suppress_warnings=True)


def _take_over(pdf: pikepdf.Pdf, page: pikepdf.Page, copy: pikepdf.Pdf, made: pikepdf.Page) -> None:
    for key in _CHANGED:
        if key in made.obj:
            value: Any = made.obj[key]
            is_plain = not isinstance(value, pikepdf.Object)  # a number
            page.obj[key] = value if is_plain else pdf.copy_foreign(copy.make_indirect(value))
        elif key in page.obj:
            del page.obj[key]


def _fit_picture(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    longest = max(abs(right - left), abs(top - bottom)) / 72 * DPI
    for name, image in list(_xobjects(page, "/Image")):
        picture = pikepdf.PdfImage(image).as_pil_image()
        if picture.mode != "1":
            picture = _coarser(picture.convert("RGB"), longest)
        page.obj.Resources.XObject[name] = picture_stream(pdf, picture)
    if "/StructParents" in page.obj:
        del page.obj.StructParents
    page.contents_add(b"/Artifact BMC\n", prepend=True)
    page.contents_add(b"\nEMC\n")


def _coarser(picture: Image.Image, longest: float) -> Image.Image:
    scale = min(1.0, longest / max(picture.size))
    width, height = (max(round(side * scale), 1) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _mark_layer(page: pikepdf.Page) -> None:
    for name, form in _xobjects(page, "/Form"):
        if name.startswith(_LAYER):
            form.write(b"/Artifact BMC\n" + form.read_bytes() + b"\nEMC\n")


def _xobjects(page: pikepdf.Page, kind: str) -> Iterator[tuple[str, Any]]:
    found: Any = page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    return ((name, item) for name, item in found.items() if str(item.get("/Subtype")) == kind)
