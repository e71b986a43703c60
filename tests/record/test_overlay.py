"""Boxes land where a reader sees them, however the page is turned."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen import canvas

from woo_anon.geometry import Box
from woo_anon.record.overlay import Frame, frame, shown_size

_SIZES = st.floats(10, 2000)
_ROTATIONS = st.sampled_from([0, 90, 180, 270])
W, H = 400.0, 600.0


@st.composite
def _pages(draw: st.DrawFn) -> tuple[Box, float, float]:
    width, height = draw(_SIZES), draw(_SIZES)
    left, right = sorted((draw(st.floats(0, width)), draw(st.floats(0, width))))
    bottom, top = sorted((draw(st.floats(0, height)), draw(st.floats(0, height))))
    return Box(left, bottom, right, top), width, height


def _turned(shown: Frame, height: float) -> Frame:
    """A frame on a picture of that height, after the picture is turned clockwise by a quarter."""
    return Frame(height - shown.y - shown.height, shown.x, shown.height, shown.width)


@given(_pages(), _ROTATIONS)
def test_a_quarter_more_turns_the_frame_with_the_picture(page: tuple[Box, float, float], rotation: int) -> None:
    box, width, height = page
    now = frame(box, width, height, rotation)
    expected = _turned(now, shown_size(width, height, rotation)[1])
    found = frame(box, width, height, rotation + 90)
    for one, other in zip(
        (found.x, found.y, found.width, found.height),
        (expected.x, expected.y, expected.width, expected.height),
        strict=True,
    ):
        assert one == pytest.approx(other, abs=1e-6)


@given(_pages(), _ROTATIONS)
def test_a_box_on_the_page_lies_on_the_picture(page: tuple[Box, float, float], rotation: int) -> None:
    box, width, height = page
    found = frame(box, width, height, rotation)
    shown_width, shown_height = shown_size(width, height, rotation)
    assert found.x >= -1e-6 and found.x + found.width <= shown_width + 1e-6
    assert found.y >= -1e-6 and found.y + found.height <= shown_height + 1e-6


@given(_pages(), _ROTATIONS)
def test_a_full_turn_changes_nothing(page: tuple[Box, float, float], rotation: int) -> None:
    box, width, height = page
    assert frame(box, width, height, rotation + 360) == frame(box, width, height, rotation)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_frame_covers_what_pdfium_draws_in_the_box(rotation: int) -> None:
    box = Box(50, 420, 130, 450)
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=(W, H))
    page.rect(box.left, box.bottom, box.width, box.height, stroke=0, fill=1)
    page.showPage()
    page.save()
    read = pypdfium2.PdfDocument(file.getvalue())[0]
    read.set_rotation(rotation)
    picture = read.render(scale=1).to_pil().convert("L")
    assert picture.size == shown_size(W, H, rotation)
    found = frame(box, W, H, rotation)
    dark = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert dark == pytest.approx((found.x, found.y, found.x + found.width, found.y + found.height), abs=1)


def test_a_page_does_not_turn_by_half_a_quarter() -> None:
    with pytest.raises(ValueError, match="quarters"):
        frame(Box(0, 0, 1, 1), W, H, 45)
