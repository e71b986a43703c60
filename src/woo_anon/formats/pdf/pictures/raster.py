"""The way out for a page that is not understood: an image of it, with the boxes burnt in, takes its place.

PDFium renders the source's page upright (before its rotation) at 200 dpi; what lay under a box is painted over in the
pixels themselves. Nothing of the page's text, fonts, annotations and structure is left.
"""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops, ImageDraw

from woo_anon.errors import OutputError
from woo_anon.formats.pdf.boxes.drawing import FILL_GREY
from woo_anon.formats.pdf.pictures.codecs import fax_image
from woo_anon.geometry import Box

DPI = 200
MAX_PIXELS = 40_000_000  # an A2 page at 200 dpi; larger pages are rendered coarser
JPEG_QUALITY = 85
MOST_DIFFERENT = 16  # levels of 255, at any pixel: less than a JPEG does to the edges of letters


def page_image(source: Path, index: int, boxes: Sequence[Box]) -> tuple[Image.Image, Box]:
    """The page as an upright image with `boxes` burnt in, and the rectangle of user space that it fills.

    Raises OutputError when PDFium cannot render the page: then there is no safe way to publish it.
    """
    pdf = pypdfium2.PdfDocument(source)
    try:
        page = pdf[index]
        area = Box(*page.get_bbox())
        scale = DPI / 72
        scale *= min(1.0, math.sqrt(MAX_PIXELS / max(area.width * area.height * scale * scale, 1)))
        picture = page.render(
            scale=scale, rotation=(360 - page.get_rotation()) % 360, draw_annots=False, may_draw_forms=False
        ).to_pil()
    except pypdfium2.PdfiumError as error:
        raise OutputError(
            f"Page {index + 1} can neither be rewritten nor rendered.", "Export the PDF again."
        ) from error
    finally:
        pdf.close()
    picture = picture.convert("RGB")
    _burn(picture, area, boxes)
    return picture, area


def _burn(picture: Image.Image, area: Box, boxes: Sequence[Box]) -> None:
    across, down = picture.width / area.width, picture.height / area.height
    draw = ImageDraw.Draw(picture)
    grey = round(FILL_GREY * 255)
    for box in boxes:
        left, right = (box.left - area.left) * across, (box.right - area.left) * across
        top, bottom = (area.top - box.top) * down, (area.top - box.bottom) * down
        draw.rectangle((math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)), fill=(grey,) * 3)


def replace_page(pdf: pikepdf.Pdf, page: pikepdf.Page, picture: Image.Image, area: Box) -> None:
    """Make `picture`, filling `area`, the only content of `page`."""
    image = picture_stream(pdf, picture)
    _strip(page.obj)
    page.obj.Resources = Dictionary(XObject=Dictionary(Im=image))
    matrix = f"{area.width:.4f} 0 0 {area.height:.4f} {area.left:.4f} {area.bottom:.4f}"
    page.obj.Contents = pdf.make_stream(f"/Artifact BMC q {matrix} cm /Im Do Q EMC\n".encode("ascii"))


def picture_stream(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    """A picture as an image XObject: black and white (mode 1) as a fax, else by numbers of few colours or as a JPEG, as
    is smaller; grey where it has no colour."""
    if picture.mode == "RGB" and _is_grey(picture):
        picture = picture.convert("L")
    if picture.mode == "1":
        image = fax_image(pdf, np.asarray(picture))
        image.ColorSpace = Name.DeviceGray
    else:
        ways = [_jpeg_image(pdf, picture), *_few_colours(pdf, picture)]
        image = min(ways, key=lambda way: len(way.read_raw_bytes()))
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height = picture.size
    return image


def _jpeg_image(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=JPEG_QUALITY, optimize=True)
    image = pikepdf.Stream(pdf, data.getvalue())
    image.Filter, image.BitsPerComponent, image.ColorSpace = Name.DCTDecode, 8, _space(picture)
    return image


def _few_colours(pdf: pikepdf.Pdf, picture: Image.Image) -> Iterator[pikepdf.Stream]:
    """The picture by numbers of 256 colours, where nobody sees the difference: print on a page, no photographs."""
    numbered = picture.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    again = numbered.convert(picture.mode)
    if max(high for _, high in _extremes(ImageChops.difference(picture, again))) > MOST_DIFFERENT:
        return
    palette = np.array(numbered.getpalette(), dtype=np.uint8).reshape(-1, 3)
    palette[(palette >= 254).all(axis=1)] = 255  # paper stays white
    shades = palette[:, :1] if picture.mode == "L" else palette
    image = pikepdf.Stream(pdf, zlib.compress(numbered.tobytes(), 9))
    image.Filter, image.BitsPerComponent = Name.FlateDecode, 8
    image.ColorSpace = Array([Name.Indexed, _space(picture), len(shades) - 1, String(shades.tobytes())])
    yield image


def _extremes(picture: Image.Image) -> list[tuple[int, int]]:
    """The least and the highest value of each band."""
    return [band.getextrema() for band in picture.split()]  # type: ignore[misc]


def _space(picture: Image.Image) -> Any:
    return Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray


def _is_grey(picture: Image.Image) -> bool:
    small = picture.resize((max(picture.width // 8, 1), max(picture.height // 8, 1)))
    red, green, blue = small.split()
    spreads = (np.asarray(ImageChops.difference(*pair)).max() for pair in ((red, green), (green, blue)))
    return bool(max(spreads) < 8)


def _strip(page: Any) -> None:
    kept = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit"}
    for key in list(page.keys()):
        if key not in kept:
            del page[key]
