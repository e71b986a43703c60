"""Pictures lose what is no picture, and no pixel of theirs changes."""

from __future__ import annotations

import io
import zlib
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Name, Pdf
from PIL import Image

from woo_anon.formats.pdf.pictures.bare import make_bare

SECRET = b"Zwartemans"
EXIF = b"Exif\0\0" + SECRET
KINDS: list[tuple[str, str, dict[str, Any]]] = [
    ("L", "JPEG", {"comment": SECRET}),
    ("RGB", "JPEG", {"exif": EXIF}),
    ("RGB", "JPEG", {"exif": EXIF, "progressive": True}),
    ("RGB", "JPEG", {"exif": EXIF, "quality": 95, "subsampling": 0, "restart_marker_blocks": 4}),
    ("CMYK", "JPEG", {"exif": EXIF}),
    ("RGB", "JPEG2000", {"comment": SECRET.decode(), "no_jp2": True}),
    ("RGB", "JPEG2000", {"comment": SECRET.decode(), "no_jp2": False}),
]


def encoded(mode: str, kind: str, options: dict[str, Any]) -> bytes:
    bands = len(Image.new(mode, (1, 1)).getbands())
    pixels = np.random.default_rng(1).integers(0, 255, (90, 120, bands), np.uint8).squeeze()
    target = io.BytesIO()
    Image.fromarray(pixels, mode).save(target, kind, **options)
    return target.getvalue()


def image(pdf: Pdf, data: bytes, kind: str) -> pikepdf.Stream:
    return pikepdf.Stream(pdf, data, Subtype=Name.Image, Filter=Name.DCTDecode if kind == "JPEG" else Name.JPXDecode)


@pytest.mark.parametrize(("mode", "kind", "options"), KINDS)
def test_only_the_picture_stays(mode: str, kind: str, options: dict[str, Any]) -> None:
    data = encoded(mode, kind, options)
    assert SECRET in data
    with Pdf.new() as pdf:
        stream = image(pdf, data, kind)
        assert make_bare(stream)
        bare = stream.read_raw_bytes()
        assert not make_bare(stream)
    assert SECRET not in bare
    before, after = (np.asarray(Image.open(io.BytesIO(one))) for one in (data, bare))
    assert np.array_equal(before, after)


def test_a_segment_or_a_header_that_is_too_long_loses_what_nobody_reads() -> None:
    jpeg = encoded("RGB", "JPEG", {})
    adobe = b"\xff\xee" + (14 + len(SECRET)).to_bytes(2) + b"Adobe\0\x64\0\0\0\0\x01" + SECRET
    jp2 = encoded("RGB", "JPEG2000", {"no_jp2": False})
    at = jp2.index(b"jp2h")
    box = (8 + len(SECRET)).to_bytes(4) + b"xml " + SECRET
    length = int.from_bytes(jp2[at - 4 : at])
    longer = jp2[: at - 4] + (length + len(box)).to_bytes(4) + jp2[at : at - 4 + length] + box + jp2[at - 4 + length :]
    with Pdf.new() as pdf:
        for data, kind in ((jpeg[:2] + adobe + jpeg[2:], "JPEG"), (longer, "JPEG2000")):
            assert SECRET in data
            stream = image(pdf, data, kind)
            assert make_bare(stream)
            left = stream.read_raw_bytes()
            assert SECRET not in left
            before, after = (np.asarray(Image.open(io.BytesIO(one))) for one in (data, left))
            assert np.array_equal(before, after)


@pytest.mark.parametrize("times", [1, 2])
def test_a_picture_that_is_deflated_once_more_loses_it_too(times: int) -> None:
    data = deflated = encoded("RGB", "JPEG", {"exif": EXIF})
    for _ in range(times):
        deflated = zlib.compress(deflated)
    with Pdf.new() as pdf:
        stream = pikepdf.Stream(pdf, deflated, Subtype=Name.Image)
        stream.Filter = pikepdf.Array([Name.FlateDecode] * times + [Name.DCTDecode])
        assert make_bare(stream)
        assert stream.Filter == Name.DCTDecode
        left = stream.read_raw_bytes()
    assert SECRET not in left
    assert (np.asarray(Image.open(io.BytesIO(left))) == np.asarray(Image.open(io.BytesIO(data)))).all()


def test_a_picture_that_is_cut_off_loses_it_too() -> None:
    with Pdf.new() as pdf:
        stream = image(pdf, encoded("RGB", "JPEG", {"exif": EXIF})[:-40], "JPEG")
        assert make_bare(stream)
        assert SECRET not in stream.read_raw_bytes()


def test_what_is_no_picture_is_left() -> None:
    with Pdf.new() as pdf:
        for kind in ("JPEG", "JPEG2000"):
            stream = image(pdf, b"no picture", kind)
            assert not make_bare(stream)
            assert stream.read_raw_bytes() == b"no picture"
