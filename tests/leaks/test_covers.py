"""Comments that hide text: the page is refused, for without the comment the text would be seen again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from attacks import BOX_OF_MARKER, MARKER, make
from pikepdf import Array, Dictionary, Name, Pdf

from woo_anon.errors import RefusedError
from woo_anon.formats.pdf.read import read


def comment(subtype: str, look: str = "", rotate: int = 0, **entries: object) -> Callable[[Pdf, pikepdf.Page], None]:
    """A comment over the marker that draws `look` in a square of 100 × 100."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Rotate = rotate
        made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array(BOX_OF_MARKER), F=4)
        if look:
            form = pdf.make_stream(look.encode(), Subtype=Name.Form, BBox=Array([0, 0, 100, 100]))
            state = Dictionary(Half=Dictionary(ca=0.4), Multiply=Dictionary(BM=Name.Multiply))
            form.Resources = Dictionary(ExtGState=state)
            made.AP = Dictionary(N=form)
        for key, value in entries.items():
            made[f"/{key}"] = value
        page.obj.Annots = Array([pdf.make_indirect(made)])

    return attack


HIDING = {
    "a black rectangle": comment("Square", "0 g 0 0 100 100 re f"),
    "a white one": comment("FreeText", "1 g 0 0 100 100 re f"),
    "a stamp": comment("Stamp", "0.5 g 0 0 100 100 re f"),
    "a thick line": comment("Ink", "60 w 0 50 m 100 50 l S"),
    "on a turned page": comment("Square", "0 g 0 0 100 100 re f", rotate=90),
}

MARKED = {
    "with a look": comment("Redact", "1 0 0 RG 1 1 98 98 re S"),
    "without one": comment("Redact"),
    "hidden": comment("Redact", F=2),
    "beside the text": comment("Redact", Rect=Array([300, 300, 400, 400])),
    "nowhere": comment("Redact", Rect=Array([])),
}

HARMLESS = {
    "a frame": comment("Square", "2 w 1 1 98 98 re S"),
    "a transparent marker": comment("Highlight", "/Half gs 1 1 0 rg 0 0 100 100 re f"),
    "a marker that lets ink through": comment("Highlight", "/Multiply gs 1 1 0 rg 0 0 100 100 re f"),
    "a thin line": comment("StrikeOut", "2 w 0 40 m 100 40 l S"),
    "a note's icon": comment("Text", "1 1 0 rg 0 0 100 100 re f"),
    "a hidden comment": comment("Square", "0 g 0 0 100 100 re f", F=2),
    "beside the text": comment("Square", "0 g 0 0 100 100 re f", Rect=Array([300, 300, 400, 400])),
}


@pytest.mark.parametrize("way", HIDING)
def test_a_page_with_a_comment_that_hides_text_is_refused(tmp_path: Path, way: str) -> None:
    with pytest.raises(RefusedError, match=r"^note\.pdf: on page 1 a comment covers text"):
        read(make(tmp_path / "note.pdf", HIDING[way]))


@pytest.mark.parametrize("way", MARKED)
def test_a_page_with_a_mark_for_redaction_is_refused(tmp_path: Path, way: str) -> None:
    with pytest.raises(RefusedError, match=r"^note\.pdf: on page 1 something is marked for redaction") as refusal:
        read(make(tmp_path / "note.pdf", MARKED[way]))
    assert "--from-marks" in refusal.value.remedy


@pytest.mark.parametrize("way", HARMLESS)
def test_a_page_with_other_comments_is_read(tmp_path: Path, way: str) -> None:
    assert MARKER in read(make(tmp_path / "note.pdf", HARMLESS[way])).text


LOOKS = {"black": "0 g 0 0 100 100 re f", "white": "1 g 0 0 100 100 re f"}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_page_with_a_comment_that_hides_a_part_of_a_picture_is_refused(tmp_path: Path, look: str) -> None:
    with pytest.raises(RefusedError, match=r"on page 1 a comment covers a part of a picture"):
        read(_with_picture(tmp_path / "note.pdf", comment("Square", look, Rect=Array(OVER_PICTURE))))


def test_a_marker_pen_and_a_frame_over_a_picture_hide_nothing(tmp_path: Path) -> None:
    for at, look in enumerate(["2 w 1 1 98 98 re S", "/Multiply gs 1 1 0 rg 0 0 100 100 re f"]):
        path = _with_picture(tmp_path / f"{at}.pdf", comment("Square", look, Rect=Array(OVER_PICTURE)))
        assert MARKER in read(path).text


OVER_PICTURE = [320, 320, 380, 380]


def _with_picture(path: Path, attack: Callable[[Pdf, pikepdf.Page], None]) -> Path:
    """A page with the marker, and beside it a picture of squares in two greys."""

    def attacked(pdf: Pdf, page: pikepdf.Page) -> None:
        squares = bytes(60 if (x // 4 + y // 4) % 2 else 190 for y in range(100) for x in range(100))
        image = pdf.make_stream(
            squares, Subtype=Name.Image, Width=100, Height=100, BitsPerComponent=8, ColorSpace=Name.DeviceGray
        )
        page.obj.Resources.XObject = Dictionary(Squares=image)
        page.contents_add(b"q 200 0 0 200 250 250 cm /Squares Do Q", prepend=False)
        attack(pdf, page)

    return make(path, attacked)
