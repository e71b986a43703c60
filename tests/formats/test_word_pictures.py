"""A Word document with a picture that shows print does not count as read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from word_files import paragraph, picture, png, word

sys.path.append(str(Path(__file__).parents[1] / "scans"))

from pictures import chart, logo, photo, screenshot

from woo_anon.formats.word.read import read

CENTIMETRE = 360_000


def not_read(folder: Path, image: Image.Image, centimetres: int = 14) -> tuple[tuple[int, str], ...]:
    body = paragraph("Kijk", picture("i", width=centimetres * CENTIMETRE))
    parts = {"word/media/a.png": png(image)}
    return read(word(folder / "nota.docx", body, parts, (("i", "image", "media/a.png", False),))).pages_not_read


@pytest.mark.parametrize("scale", [1, 3])
@pytest.mark.parametrize("colours", [("black", "white"), ("white", "#075e54")], ids=["light", "dark"])
def test_a_screenshot_is_told(tmp_path: Path, colours: tuple[str, str], scale: int) -> None:
    image = screenshot(ink=colours[0], paper=colours[1])
    assert not_read(tmp_path, image.resize((900 * scale, 600 * scale))) == ((1, "scan:picture"),)


@pytest.mark.parametrize("image", [photo, chart])
def test_photos_and_charts_are_not(tmp_path: Path, image: Callable[[], Image.Image]) -> None:
    assert not_read(tmp_path, image()) == ()


def test_the_logo_of_a_letterhead_is_not(tmp_path: Path) -> None:
    assert not_read(tmp_path, logo(), centimetres=6) == ()


def test_a_drawing_that_is_published_grey_is_not(tmp_path: Path) -> None:
    body = paragraph("Kijk", picture("i", width=14 * CENTIMETRE))
    parts = {"word/media/a.emf": b"\x01\x00\x00\x00"}
    document = read(word(tmp_path / "nota.docx", body, parts, (("i", "image", "media/a.emf", False),)))
    assert document.pages_not_read == ()
