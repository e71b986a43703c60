"""PNG, JPEG and TIFF become a PDF with the text that OCR finds, and nothing else of the file."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from paper import DPI, NOTE, needs_ocr, sheet
from PIL import Image

from woo_anon.document import Action, Document
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats import recognise
from woo_anon.formats.access import Access
from woo_anon.formats.image import read
from woo_anon.pipeline import Plan, examine, process
from woo_anon.settings import Settings

ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4
ARTIST = 0x013B
A4_PT = (595, 842)


def saved(path: Path, picture: Image.Image, *more: Image.Image, **options: object) -> Path:
    if more:
        options |= {"save_all": True, "append_images": more}
    picture.save(path, dpi=(DPI, DPI), **options)
    return path


def begun(document: Document) -> list[str]:
    return [line.split()[0] for line in document.text.splitlines() if line.strip()]


@needs_ocr
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_an_image_is_read(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path / name, sheet(*NOTE))
    assert recognise(path).key == "image"
    document = recognise(path).read(path)
    assert document.name == name
    assert NOTE[0] in document.text
    assert (round(document.pages[0].width_pt), round(document.pages[0].height_pt)) == (595, 842)


@needs_ocr
def test_every_page_of_a_tiff_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.tif", sheet(NOTE[1]), sheet(NOTE[2]), sheet(NOTE[4]))
    document = read(path)
    assert [document.text[page.start : page.end].split()[0] for page in document.pages] == [
        "Opgesteld",
        "Nota",
        "aanpak",
    ]


@needs_ocr
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_photo_is_turned_upright(tmp_path: Path, orientation: int) -> None:
    upright = sheet(*NOTE)
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[orientation]
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    path = saved(tmp_path / "a.jpg", upright.transpose(turn), exif=exif)
    document = read(path)
    assert document.pages[0].rotation == 0
    assert begun(document) == [line.split()[0] for line in NOTE]


@needs_ocr
@pytest.mark.parametrize("mode", ["1", "RGBA", "P", "LA", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_read(tmp_path: Path, mode: str) -> None:
    picture = sheet(*NOTE)
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(picture).astype(np.uint16) * 257)
    elif mode == "1":
        picture = picture.convert("1", dither=Image.Dither.NONE)
    elif mode == "P":
        picture = picture.convert("RGB").quantize(32)
    else:
        picture = picture.convert("RGB").convert(mode)
    path = saved(tmp_path / ("a.tif" if mode == "CMYK" else "a.png"), picture)
    assert NOTE[0] in read(path).text


@needs_ocr
def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    letters = Image.eval(sheet(*NOTE), lambda grey: 255 - grey)
    picture = Image.new("RGBA", letters.size, "black")
    picture.putalpha(letters)
    assert NOTE[0] in read(saved(tmp_path / "a.png", picture)).text


@needs_ocr
def test_nothing_else_of_the_file_comes_along(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ARTIST] = "Q. Zonneveld"
    path = saved(tmp_path / "a.jpg", sheet(*NOTE), exif=exif, comment=b"Zonneveld")
    prepared = read(path).prepared
    assert prepared is not None
    assert b"Zonneveld" not in prepared.content
    with pikepdf.open(io.BytesIO(prepared.content)) as pdf:
        streams = [one.read_raw_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    assert not any(b"Zonneveld" in stream or b"Exif" in stream for stream in streams)


@needs_ocr
def test_an_image_goes_all_the_way(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", sheet(*NOTE, turned=0.5))
    plan = Plan(path, tmp_path / "out.pdf", tmp_path / "log", tmp_path / "report", tmp_path / "prepared.pdf")
    done = process(plan, plan, examine(path, Settings()), Settings())
    assert sum(one.decision.action is Action.REDACT for one in done.written.redactions) >= 3
    assert b"%PDF-" in plan.publication.read_bytes()[:10]


def test_a_moving_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="moves"):
        read(saved(tmp_path / "a.png", sheet(), sheet(*NOTE)))


def test_without_ocr_an_image_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"a\.png: page 1 cannot be read"):
        read(saved(tmp_path / "a.png", sheet(*NOTE)), Access(ocr=False))


def test_a_broken_image_is_told_apart(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.jpg", sheet(*NOTE))
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(UnreadableError, match="broken"):
        read(path)


def test_a_picture_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (20000, 4300)).save(path)  # just below what Pillow itself warns of
    with pytest.raises(RefusedError, match="megapixels"):
        read(path)
