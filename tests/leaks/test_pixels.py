"""Pixels under a box are gone from every kind of image, its masks included; pixels beside it stay."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from attacks import make
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, TiffImagePlugin
from pypdfium2 import raw
from redacting import redact

from woo_anon.formats.pdf.read import read
from woo_anon.geometry import Box
from woo_anon.verify import verify

SIDE = 80  # pixels; the image is drawn at 160 × 160 pt from (100, 500), so a pixel is 2 pt
BOX = Box(140, 540, 220, 600)  # columns 20..60, rows 30..60
DRAW = "q 160 0 0 160 100 500 cm /Im Do Q BT /F1 12 Tf 72 300 Td (Beste lezer) Tj ET"


def _noise(bands: int) -> np.ndarray:
    """High contrast in squares of eight pixels, so that JPEG keeps it: the secret."""
    coarse = np.random.default_rng(7).integers(0, 2, (SIDE // 8, SIDE // 8, bands), dtype=np.uint8) * 255
    return coarse.repeat(8, axis=0).repeat(8, axis=1)


def _base(pdf: Pdf, data: bytes, **entries: object) -> pikepdf.Stream:
    image = pikepdf.Stream(pdf, data)
    values = {"Type": Name.XObject, "Subtype": Name.Image, "Width": SIDE, "Height": SIDE, "BitsPerComponent": 8}
    for key, value in {**values, **entries}.items():
        image[f"/{key}"] = value
    return image


def _encoded(mode: str, format_name: str, **options: object) -> bytes:
    target = io.BytesIO()
    bands = len(Image.new(mode, (1, 1)).getbands())
    Image.fromarray(_noise(bands).squeeze(), mode).save(target, format_name, **options)
    return target.getvalue()


def _ccitt() -> bytes:
    target = io.BytesIO()
    TiffImagePlugin.STRIP_SIZE, kept = 1 << 20, TiffImagePlugin.STRIP_SIZE
    Image.fromarray(_noise(1).squeeze()).convert("1").save(target, "TIFF", compression="group4")
    TiffImagePlugin.STRIP_SIZE = kept
    with Image.open(target) as tiff:
        at, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    return target.getvalue()[at : at + length]


def _jbig2() -> bytes:
    """An embedded bitstream (ITU-T T.88, annex D.3): a page, and a generic region that holds fax data."""
    size = SIDE.to_bytes(4) * 2
    page = size + bytes(8) + b"\0" + bytes(2)
    region = size + bytes(8) + b"\0" + b"\1" + _ccitt()  # its last flag: coded as MMR
    return _segment(0, 48, page) + _segment(1, 38, region)


def _segment(number: int, kind: int, data: bytes) -> bytes:
    return number.to_bytes(4) + bytes((kind, 0, 1)) + len(data).to_bytes(4) + data


def _lzw(data: bytes) -> bytes:
    """Codes of nine bits that each stand for one byte; the table is cleared before they would need ten."""
    codes = [code for at in range(0, len(data), 200) for code in (256, *data[at : at + 200])]
    bits = "".join(f"{code:09b}" for code in (*codes, 257))
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))


def _runs(data: bytes) -> bytes:
    return b"".join(b"\x7f" + data[at : at + 128] for at in range(0, len(data), 128)) + b"\x80"


def _predicted(data: bytes) -> bytes:
    """Rows as PNG stores them, each byte as the difference from the one above it, deflated."""
    rows = np.frombuffer(data, np.uint8).reshape(SIDE, -1)
    above = np.vstack([np.zeros_like(rows[:1]), rows[:-1]])
    return zlib.compress(b"".join(b"\2" + row.tobytes() for row in rows - above))


def _bits() -> bytes:
    return np.packbits(_noise(1)[:, :, 0] > 127, axis=1).tobytes()


KINDS: dict[str, Callable[[Pdf], pikepdf.Stream]] = {
    "grey": lambda pdf: _base(pdf, _noise(1).tobytes(), ColorSpace=Name.DeviceGray),
    "RGB": lambda pdf: _base(pdf, _noise(3).tobytes(), ColorSpace=Name.DeviceRGB),
    "CMYK": lambda pdf: _base(pdf, _noise(4).tobytes(), ColorSpace=Name.DeviceCMYK),
    "one bit": lambda pdf: _base(pdf, _bits(), ColorSpace=Name.DeviceGray, BitsPerComponent=1),
    "inverted": lambda pdf: _base(pdf, _bits(), ColorSpace=Name.DeviceGray, BitsPerComponent=1, Decode=Array([1, 0])),
    "indexed": lambda pdf: _base(
        pdf,
        (_noise(1) // 255).tobytes(),
        ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(b"\0\0\0\xff\xff\xff")]),
    ),
    "sixteen bits": lambda pdf: _base(
        pdf, _noise(1).repeat(2, axis=1).tobytes(), ColorSpace=Name.DeviceGray, BitsPerComponent=16
    ),
    "deflated with a predictor": lambda pdf: _base(
        pdf,
        _predicted(_noise(3).tobytes()),
        ColorSpace=Name.DeviceRGB,
        Filter=Name.FlateDecode,
        DecodeParms=Dictionary(Predictor=15, Colors=3, Columns=SIDE),
    ),
    "LZW": lambda pdf: _base(pdf, _lzw(_noise(1).tobytes()), ColorSpace=Name.DeviceGray, Filter=Name.LZWDecode),
    "run lengths": lambda pdf: _base(
        pdf, _runs(_noise(1).tobytes()), ColorSpace=Name.DeviceGray, Filter=Name.RunLengthDecode
    ),
    "JBIG2": lambda pdf: _base(pdf, _jbig2(), ColorSpace=Name.DeviceGray, BitsPerComponent=1, Filter=Name.JBIG2Decode),
    "two filters": lambda pdf: _base(
        pdf,
        base64.a85encode(zlib.compress(_noise(1).tobytes())) + b"~>",
        ColorSpace=Name.DeviceGray,
        Filter=Array([Name.ASCII85Decode, Name.FlateDecode]),
    ),
    "grey JPEG": lambda pdf: _base(pdf, _encoded("L", "JPEG"), ColorSpace=Name.DeviceGray, Filter=Name.DCTDecode),
    "RGB JPEG": lambda pdf: _base(pdf, _encoded("RGB", "JPEG"), ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode),
    "with parameters of none, as Tesseract writes them, RGB JPEG": lambda pdf: _base(
        pdf,
        _encoded("RGB", "JPEG"),
        ColorSpace=Name.DeviceRGB,
        Filter=Name.DCTDecode,
        DecodeParms=Dictionary(Predictor=1, Colors=3, Columns=SIDE, BitsPerComponent=8),
    ),
    "CMYK JPEG": lambda pdf: _base(pdf, _encoded("CMYK", "JPEG"), ColorSpace=Name.DeviceCMYK, Filter=Name.DCTDecode),
    "JPX": lambda pdf: _base(pdf, _encoded("RGB", "JPEG2000"), ColorSpace=Name.DeviceRGB, Filter=Name.JPXDecode),
    "CCITT": lambda pdf: _base(
        pdf,
        _ccitt(),
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
        Filter=Name.CCITTFaxDecode,
        DecodeParms=Dictionary(K=-1, Columns=SIDE, Rows=SIDE),
    ),
}


# How far grey values may spread under the box, for compression blurs over its edge, and change elsewhere on average.
LOSSY = {"JPEG": (64, 12), "JPX": (16, 4)}


def _samples(path: Path, page: int = 0) -> np.ndarray:
    """The first image of a page as PDFium decodes it."""
    document = pypdfium2.PdfDocument(path)
    found = next(iter(document[page].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])))
    picture = found.get_bitmap(render=False).to_numpy().copy()
    document.close()
    return picture.reshape(SIDE, SIDE, -1)[:, :, :3].astype(int)


@pytest.mark.parametrize("kind", KINDS)
def test_pixels_under_the_box_are_of_one_colour_and_others_stay(kind: str, tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.XObject = Dictionary(Im=KINDS[kind](pdf))

    source = make(tmp_path / "scan.pdf", attack, DRAW)
    done = redact(source, [], boxes=[BOX])
    assert done.written.pages_as_images == ()
    before, after = _samples(source), _samples(done.target)
    assert len(np.unique(before[30:60, 20:60])) > 1
    under = after[30:60, 20:60]
    blurred, changed = LOSSY.get(kind.rsplit(maxsplit=1)[-1], (0, 0))
    assert (under.max(axis=(0, 1)) - under.min(axis=(0, 1))).max() <= blurred
    assert np.abs(after[:24] - before[:24]).mean() <= changed
    assert np.abs(after[:, 72:] - before[:, 72:]).mean() <= changed
    failed = [check for check in verify(source, done.target, done.document, done.redactions).checks if not check.passed]
    assert failed == []


@pytest.mark.parametrize("key", ["/SMask", "/Mask"])
def test_a_mask_loses_its_pixels_too(key: str, tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        image = _base(pdf, bytes(SIDE * SIDE), ColorSpace=Name.DeviceGray)
        if key == "/SMask":
            image[key] = pdf.make_indirect(_base(pdf, _noise(1).tobytes(), ColorSpace=Name.DeviceGray))
        else:
            image[key] = pdf.make_indirect(_base(pdf, _bits(), ImageMask=True, BitsPerComponent=1))
        page.obj.Resources.XObject = Dictionary(Im=image)

    source = make(tmp_path / "scan.pdf", attack, DRAW)
    done = redact(source, [], boxes=[BOX])
    with pikepdf.open(done.target) as pdf:
        name = next(iter(pdf.pages[0].obj.Resources.XObject))
        data = pdf.pages[0].obj.Resources.XObject[name][key].read_bytes()
    rows = np.frombuffer(data, np.uint8).reshape(SIDE, -1)
    pixels = rows if key == "/SMask" else np.unpackbits(rows, axis=1)
    assert len(np.unique(pixels[30:60, 20:60])) == 1
    assert len(np.unique(pixels[:28])) == 2


def test_a_stencil_loses_what_it_paints(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.XObject = Dictionary(Im=_base(pdf, _bits(), ImageMask=True, BitsPerComponent=1))

    done = redact(make(tmp_path / "scan.pdf", attack, DRAW), [], boxes=[BOX])
    with pikepdf.open(done.target) as pdf:
        (image,) = (image for _, image in pdf.pages[0].obj.Resources.XObject.items())
        pixels = np.unpackbits(np.frombuffer(image.read_bytes(), np.uint8).reshape(SIDE, -1), axis=1)
    assert (pixels[30:60, 20:60] == 1).all()


def test_an_inline_image_loses_its_pixels(tmp_path: Path) -> None:
    data = _noise(1).tobytes()
    content = (
        b"q 160 0 0 160 100 500 cm BI /W 80 /H 80 /BPC 8 /CS /G ID "
        + data
        + b"\nEI Q BT /F1 12 Tf 72 300 Td (Beste lezer) Tj ET"
    )
    done = redact(make(tmp_path / "scan.pdf", content=content), [], boxes=[BOX])
    pixels = _samples(done.target)
    assert len(np.unique(pixels[30:60, 20:60])) == 1


@pytest.mark.parametrize("filter_name", ["/AHx", "/A85", "/Fl"])
def test_an_inline_image_with_a_filter_loses_its_pixels(tmp_path: Path, filter_name: str) -> None:
    data = _noise(1).tobytes()
    packed = {
        "/AHx": data.hex().encode() + b">",
        "/A85": base64.a85encode(data) + b"~>",
        "/Fl": zlib.compress(data),
    }[filter_name]
    head = f"q 160 0 0 160 100 500 cm BI /W 80 /H 80 /BPC 8 /CS /G /F {filter_name} ID ".encode()
    content = head + packed + b"\nEI Q BT /F1 12 Tf 72 300 Td (Beste lezer) Tj ET"
    done = redact(make(tmp_path / "scan.pdf", content=content), [], boxes=[BOX])
    assert done.written.pages_as_images == ()
    assert len(np.unique(_samples(done.target)[30:60, 20:60])) == 1


def test_an_image_shared_by_pages_loses_its_pixels_only_where_a_box_lies(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.XObject = Dictionary(Im=pdf.make_indirect(KINDS["grey"](pdf)))
        pdf.pages.append(page)

    source = make(tmp_path / "scan.pdf", attack, DRAW)
    done = redact(source, [], boxes=[BOX])
    assert len(np.unique(_samples(done.target)[30:60, 20:60])) == 1
    assert (_samples(done.target, 1) == _samples(source, 1)).all()


def test_an_image_in_a_form_loses_its_pixels(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        form = pdf.make_stream(b"q 80 0 0 80 0 0 cm /Im Do Q", Subtype=Name.Form, BBox=[0, 0, 80, 80])
        form.Resources = Dictionary(XObject=Dictionary(Im=KINDS["grey"](pdf)))
        page.obj.Resources.XObject = Dictionary(Fm=form)

    content = "q 2 0 0 2 100 500 cm /Fm Do Q BT /F1 12 Tf 72 300 Td (Beste lezer) Tj ET"
    done = redact(make(tmp_path / "scan.pdf", attack, content), [], boxes=[BOX])
    with pikepdf.open(done.target) as pdf:
        images = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Width" in item]
        pixels = np.frombuffer(images[0].read_bytes(), np.uint8).reshape(SIDE, SIDE)
    assert len(images) == 1
    assert len(np.unique(pixels[30:60, 20:60])) == 1
    assert len(np.unique(pixels[:28])) == 2


def test_an_image_in_a_pattern_under_a_box_makes_the_page_an_image(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        tile = pdf.make_stream(b"q 160 0 0 160 0 0 cm /Im Do Q", PatternType=1, PaintType=1, TilingType=1)
        tile.BBox, tile.XStep, tile.YStep = Array([0, 0, 160, 160]), 160, 160
        tile.Resources = Dictionary(XObject=Dictionary(Im=KINDS["grey"](pdf)))
        page.obj.Resources.Pattern = Dictionary(P1=tile)

    content = "/Pattern cs /P1 scn 100 500 160 160 re f BT /F1 12 Tf 72 300 Td (Beste lezer) Tj ET"
    document = read(make(tmp_path / "plain.pdf", content="BT /F1 12 Tf 72 300 Td (Beste lezer) Tj ET"))
    done = redact(make(tmp_path / "scan.pdf", attack, content), [], boxes=[BOX], document=document)
    assert done.written.pages_as_images == ((1, "pattern"),)
    with pikepdf.open(done.target) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and "/Width" in item]
        assert [int(image.Width) for image in streams] == [1653]  # the page's at 200 dpi, and no other


def test_an_image_that_nobody_can_decode_makes_the_page_an_image(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        broken = _base(pdf, b"no such data", ColorSpace=Name.DeviceRGB, Filter=Name.JPXDecode)
        page.obj.Resources.XObject = Dictionary(Im=broken)

    done = redact(make(tmp_path / "scan.pdf", attack, DRAW), [], boxes=[BOX])
    assert [number for number, _ in done.written.pages_as_images] == [1]


def test_text_drawn_as_outlines_goes_and_a_frame_stays(tmp_path: Path) -> None:
    letters = "".join(
        f"{145 + 10 * n} 550 m {150 + 10 * n} 575 {152 + 10 * n} 575 {153 + 10 * n} 550 c h " for n in range(7)
    )
    content = f"{letters} f 100 500 160 160 re S BT /F1 12 Tf 72 300 Td (Beste lezer) Tj ET"
    done = redact(make(tmp_path / "vector.pdf", content=content), [], boxes=[BOX])
    with pikepdf.open(done.target) as pdf:
        instructions = [str(i.operator) for i in pikepdf.parse_content_stream(pdf.pages[0])]
    assert "c" not in instructions
    assert instructions.count("S") == 2  # the frame's, and that of the box we draw


def test_an_image_that_the_second_reader_cannot_decode_does_not_stop_verification(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        image = _base(
            pdf, b"\x97JB2 no bitmap", BitsPerComponent=1, ColorSpace=Name.DeviceGray, Filter=Name.JBIG2Decode
        )
        page.obj.Resources.XObject = Dictionary(Im=pdf.make_indirect(image))

    done = redact(make(tmp_path / "scan.pdf", attack, DRAW), ["lezer"])
    verification = verify(done.source, done.target, done.document, done.redactions)
    assert [check.name for check in verification.checks if not check.passed] == []
