"""Text that cannot be seen: what covers it, and what only seems to."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from attacks import hidden_layer, make
from audited import MARKER, audited, drawn, found, only
from pikepdf import Array, Dictionary, Name, Pdf, String

from woo_anon.audit.codes import Severity

TEXT = f"BT /F1 12 Tf 72 700 Td (Beste {MARKER} tot ziens) Tj ET"
BOX = "104 695 69.5 16 re f"  # over the marker


@pytest.mark.parametrize("colour", ["0 g", "1 g", "0.75 g", "1 0 0 rg"], ids=["black", "white", "grey", "red"])
def test_text_under_a_box_of_any_colour_is_a_leak(tmp_path: Path, colour: str) -> None:
    issue = only(drawn(tmp_path, f"{TEXT} {colour} {BOX}"), "text-under-box")
    assert issue.severity is Severity.LEAK
    assert issue.text == MARKER


def test_the_place_of_covered_text_is_its_own_and_not_that_of_its_line(tmp_path: Path) -> None:
    place = only(drawn(tmp_path, f"{TEXT} {BOX}"), "text-under-box").place
    assert place.page == 1
    assert place.box is not None
    assert 103 < place.box.left < 107 and 166 < place.box.right < 173


def test_a_box_drawn_before_the_text_covers_nothing(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"1 1 0 rg 60 690 300 30 re f 0 g {TEXT}")) == set()


def test_a_transparent_box_covers_nothing(tmp_path: Path) -> None:
    def transparent(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.ExtGState = Dictionary(Gs=Dictionary(ca=0.4))

    assert found(drawn(tmp_path, f"{TEXT} q /Gs gs 1 1 0 rg {BOX} Q", transparent)) == set()


def test_a_frame_without_filling_covers_nothing(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"{TEXT} 104 695 66 16 re S")) == set()


def test_a_box_beside_the_text_covers_nothing(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"{TEXT} 300 695 66 16 re f")) == set()


def test_a_label_on_the_box_does_not_hide_what_is_under_the_box(tmp_path: Path) -> None:
    label = "1 g BT /F1 12 Tf 104 700 Td (5.1.2e gelakt) Tj ET"
    assert MARKER in only(drawn(tmp_path, f"{TEXT} 0 g 100 690 90 25 re f {label}"), "text-under-box").text


def test_a_label_alone_is_no_leak(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, "0.75 g 100 690 90 25 re f 0 g BT /F1 12 Tf 104 700 Td (5.1.2e) Tj ET")) == set()


def test_text_in_the_colour_of_the_box_behind_it_is_a_leak(tmp_path: Path) -> None:
    path = drawn(tmp_path, f"0 g 60 690 300 30 re f {TEXT}")
    assert only(path, "text-in-box-colour").severity is Severity.LEAK


def test_white_text_on_white_paper_is_a_risk(tmp_path: Path) -> None:
    assert only(drawn(tmp_path, f"1 g {TEXT}"), "text-in-ground-colour").severity is Severity.RISK


def test_white_text_on_a_dark_box_is_seen(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"0 g 60 690 300 30 re f 1 g {TEXT}")) == set()


def test_invisible_ink_without_a_picture_is_a_risk(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"BT 3 Tr /F1 12 Tf 72 700 Td ({MARKER}) Tj ET")) == {"invisible-text"}


def test_text_off_the_page_is_a_risk(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"BT /F1 12 Tf 72 900 Td ({MARKER}) Tj ET")) == {"text-off-page"}


def test_tiny_text_is_a_risk(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"BT /F1 0.1 Tf 72 700 Td ({MARKER}) Tj ET")) == {"tiny-text"}


def test_text_outside_its_clipping_path_is_a_risk(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, f"q 10 10 20 20 re W n {TEXT} Q")) == {"clipped-text"}


def test_text_in_a_hidden_layer_is_a_risk(tmp_path: Path) -> None:
    issue = only(make(tmp_path / "file.pdf", hidden_layer), "hidden-layer")
    assert (issue.severity, issue.text) == (Severity.RISK, MARKER)


def test_fillers_and_single_letters_under_a_box_are_left(tmp_path: Path) -> None:
    content = "BT /F1 12 Tf 72 700 Td (XXXXXX) Tj 0 -90 Td (q) Tj ET 60 690 90 30 re f 60 600 90 30 re f"
    assert found(drawn(tmp_path, content)) == set()


def _picture(pdf: Pdf, page: pikepdf.Page, rows: list[bytes], key: str = "Im") -> None:
    image = pdf.make_stream(b"".join(rows), Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceGray)
    image.Width, image.Height, image.BitsPerComponent = len(rows[0]), len(rows), 8
    page.obj.Resources.XObject = Dictionary({f"/{key}": image})


def test_text_under_an_image_is_a_leak(tmp_path: Path) -> None:
    path = drawn(tmp_path, f"{TEXT} q 69.5 0 0 16 104 695 cm /Im Do Q", lambda f, p: _picture(f, p, [b"\x00"]))
    assert only(path, "text-under-image").text == MARKER


STRIPES = [b"\xff\x00" * 300, b"\x00\xff" * 300] * 400
SCAN = "q 595 0 0 842 0 0 cm /Im Do Q BT 3 Tr /F1 12 Tf 72 700 Td (Beste Zwartemans) Tj ET"


def test_the_text_layer_of_a_scan_is_no_issue(tmp_path: Path) -> None:
    assert found(drawn(tmp_path, SCAN, lambda f, p: _picture(f, p, STRIPES))) == set()


def test_the_text_layer_of_a_scan_where_the_picture_is_black_is_a_leak(tmp_path: Path) -> None:
    paper = [b"\xff" * 595] * 842
    for row in range(120, 150):  # from 692 to 722 points above the lower edge
        paper[row] = b"\x00" * 595
    path = drawn(tmp_path, SCAN, lambda f, p: _picture(f, p, paper))
    assert only(path, "scan-text-under-box").text == f"Beste {MARKER}"


def test_text_under_a_square_annotation_is_a_leak(tmp_path: Path) -> None:
    def square(pdf: Pdf, page: pikepdf.Page) -> None:
        black = Array([0, 0, 0])
        rect = Array([103, 694, 173, 712])
        page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=rect, C=black, IC=black)])

    assert MARKER in only(drawn(tmp_path, TEXT, square), "text-under-annotation").text


def test_a_yellow_highlight_covers_nothing_and_a_black_one_does(tmp_path: Path) -> None:
    def highlight(*colour: float) -> object:
        def attack(pdf: Pdf, page: pikepdf.Page) -> None:
            corners = Array([103, 712, 173, 712, 103, 694, 173, 694])
            rect = Array([103, 694, 173, 712])
            page.obj.Annots = Array(
                [Dictionary(Type=Name.Annot, Subtype=Name.Highlight, Rect=rect, QuadPoints=corners, C=Array(colour))]
            )

        return attack

    assert found(drawn(tmp_path, TEXT, highlight(1, 1, 0))) == set()  # type: ignore[arg-type]
    assert found(drawn(tmp_path, TEXT, highlight(0, 0, 0))) == {"text-under-annotation"}  # type: ignore[arg-type]


def test_a_redaction_that_was_not_applied_is_a_leak(tmp_path: Path) -> None:
    def mark(pdf: Pdf, page: pikepdf.Page) -> None:
        rect = Array([103, 694, 173, 712])
        page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=rect, OC=String("x"))])

    assert only(drawn(tmp_path, TEXT, mark), "redaction-not-applied").severity is Severity.LEAK


def test_text_inside_a_form_is_judged_like_other_text(tmp_path: Path) -> None:
    def form(pdf: Pdf, page: pikepdf.Page) -> None:
        drawing = pdf.make_stream(TEXT.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
        drawing.Resources = Dictionary(Font=page.obj.Resources.Font)
        page.obj.Resources.XObject = Dictionary(Fm=drawing)

    assert found(drawn(tmp_path, "/Fm Do", form)) == set()
    assert only(drawn(tmp_path, f"/Fm Do {BOX}", form), "text-under-box").text == MARKER


def test_text_of_a_turned_page_is_found_as_well(tmp_path: Path) -> None:
    def turn(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Rotate = 90

    assert only(drawn(tmp_path, f"{TEXT} {BOX}", turn), "text-under-box").text == MARKER


def test_a_text_that_pdf_replaces_by_another_is_judged_by_its_glyphs(tmp_path: Path) -> None:
    content = f"/Span <</ActualText (x)>> BDC {TEXT} EMC {BOX}"
    assert only(drawn(tmp_path, content), "text-under-box").text == MARKER


def test_no_text_stands_in_the_representation_of_an_issue(tmp_path: Path) -> None:
    assert MARKER not in repr(audited(drawn(tmp_path, f"{TEXT} {BOX}")))
