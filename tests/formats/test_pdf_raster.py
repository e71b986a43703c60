"""A page that became a picture is small, and looks like the page."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from woo_anon.formats.pdf.pictures.raster import picture_stream, replace_page
from woo_anon.geometry import Box

SIZE = (600, 800)


def printed(ink: tuple[int, int, int]) -> Image.Image:
    picture = Image.new("RGB", SIZE, "white")
    for row in range(12):
        font = ImageFont.load_default(size=20 + row)
        ImageDraw.Draw(picture).text((40, 30 + 60 * row), "Beste lezer, tot ziens", fill=ink, font=font)
    return picture


def photographed() -> Image.Image:
    noise = np.random.default_rng(1).normal(0, 12, (*SIZE[::-1], 3))
    ramp = np.linspace(20, 230, SIZE[0])[None, :, None]
    return Image.fromarray(np.clip(ramp + noise, 0, 255).astype(np.uint8))


def shown(picture: Image.Image) -> tuple[pikepdf.Object, Image.Image]:
    """The image in the file, and the page as PDFium shows it."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=SIZE)
        replace_page(pdf, page, picture, Box(0, 0, *SIZE))
        image = page.obj.Resources.XObject.Im
        target = io.BytesIO()
        pdf.save(target)
        document = pypdfium2.PdfDocument(target.getvalue())
        seen = document[0].render(scale=1).to_pil().convert("RGB").copy()
        document.close()
        return pikepdf.Dictionary({key: image[key] for key in ("/Filter", "/ColorSpace")}), seen


@pytest.mark.parametrize("ink", [(0, 0, 0), (90, 90, 90), (0, 60, 140)])
def test_print_takes_less_than_a_jpeg_and_keeps_its_white_and_its_edges(ink: tuple[int, int, int]) -> None:
    picture = printed(ink)
    image, seen = shown(picture)
    with pikepdf.new() as pdf:
        size = len(picture_stream(pdf, picture).read_raw_bytes())
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=85, optimize=True)
    assert image.Filter == pikepdf.Name.FlateDecode
    assert size < len(jpeg.getvalue()) / 2
    before, after = np.asarray(picture).astype(int), np.asarray(seen).astype(int)
    assert np.abs(after - before).max() <= 16
    assert (after[(before == 255).all(axis=2)] == 255).all()


def test_a_photograph_is_a_jpeg() -> None:
    image, _ = shown(photographed())
    assert image.Filter == pikepdf.Name.DCTDecode


def test_black_and_white_is_a_fax() -> None:
    picture = printed((0, 0, 0)).convert("1")
    image, seen = shown(picture)
    assert image.Filter == pikepdf.Name.CCITTFaxDecode
    assert (np.asarray(seen.convert("L")) == np.asarray(picture.convert("L"))).all()
