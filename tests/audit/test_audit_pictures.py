"""Boxes over pictures."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from audited import drawn, found
from pikepdf import Dictionary, Name, Pdf


def stripes(pdf: Pdf, page: pikepdf.Page) -> None:
    """A picture with black and white in turn."""
    image = pdf.make_stream(b"\xff\x00" * 50 * 40, Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceGray)
    image.Width, image.Height, image.BitsPerComponent = 100, 40, 8
    page.obj.Resources.XObject = Dictionary(Im=image)


PICTURE = "q 400 0 0 160 100 600 cm /Im Do Q"


def test_a_box_over_part_of_a_picture_is_a_leak(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"{PICTURE} 150 650 80 20 re f", stripes)) == {"picture-under-box"}


def test_a_box_drawn_before_the_picture_is_none(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"150 650 80 20 re f {PICTURE}", stripes)) == set()


def test_a_box_beside_the_picture_is_none(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"{PICTURE} 150 500 80 20 re f", stripes)) == set()


def test_a_large_panel_over_a_picture_is_no_more_than_a_note(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"{PICTURE} 1 g 150 620 300 100 re f", stripes)) == set()


def test_a_box_over_one_colour_hides_nothing(tmp_path: Path) -> None:
    def plain(pdf: Pdf, page: pikepdf.Page) -> None:
        stripes(pdf, page)
        page.obj.Resources.XObject.Im.write(b"\xcc" * 4000)

    assert found(drawn(tmp_path, f"{PICTURE} 0 g 150 650 80 20 re f", plain)) == set()


def test_a_panel_behind_a_name_on_a_map_is_no_leak(tmp_path: Path) -> None:
    label = "0 g BT /F1 9 Tf 155 655 Td (Dorpsstraat) Tj ET"
    assert found(drawn(tmp_path, f"{PICTURE} 1 g 150 650 80 20 re f {label}", stripes)) == set()


def test_boxes_on_a_panel_are_not_told_of_again(tmp_path: Path) -> None:
    panel = "1 g 150 620 300 100 re f 0 g 160 640 80 20 re f"
    assert found(drawn(tmp_path, f"{PICTURE} {panel}", stripes)) == set()
