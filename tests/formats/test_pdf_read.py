"""Characters of a PDF and the boxes they stand in."""

from __future__ import annotations

import math
import pickle
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_files import CATALOG, FONT, PAGE, PAGES, at_places, changed, drawn, lines, page, stream, typeset, written
from reportlab.pdfgen.canvas import Canvas

from woo_anon.document import Document
from woo_anon.formats.pdf.read import read
from woo_anon.geometry import Box
from woo_anon.spans import Span


def boxes_of(document: Document, text: str) -> list[Box]:
    start = document.text.index(text)
    boxes = [document.page_at(at).box(at) for at in range(start, start + len(text))]
    return [box for box in boxes if box is not None]


def ink(path: Path, box: Box) -> float:
    """The darkest pixel in a box of an unrotated page, 0 (white) to 1."""
    pdf = pypdfium2.PdfDocument(path)
    image = 1 - np.asarray(pdf[0].render(scale=4, grayscale=True).to_numpy()).squeeze() / 255
    left, _, _, top = pdf[0].get_cropbox()
    rows = slice(round((top - box.top) * 4), round((top - box.bottom) * 4))
    return float(image[rows, round((box.left - left) * 4) : round((box.right - left) * 4)].max(initial=0))


def test_every_glyph_has_its_ink_inside_its_box(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", lines("Behandeld door Hgq Wxyz"))
    document = read(path)
    for at, sign in enumerate(document.text):
        box = document.pages[0].box(at)
        if box is not None and not sign.isspace():
            assert ink(path, box) > 0.5


def test_no_ink_is_left_outside_the_boxes(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", lines("Behandeld door", "Hgq Wxyz"))
    document = read(path)
    image = 1 - np.asarray(pypdfium2.PdfDocument(path)[0].render(scale=4, grayscale=True).to_numpy()).squeeze() / 255
    for place in document.places(Span(0, len(document.text))):
        box = place.box
        image[
            round((300 - box.top) * 4) : round((300 - box.bottom) * 4), round(box.left * 4) : round(box.right * 4)
        ] = 0
    assert image.max() < 0.5


def test_a_box_is_as_wide_as_the_advance(tmp_path: Path) -> None:
    document = read(drawn(tmp_path / "a.pdf", lines("Jansen")))
    boxes = boxes_of(document, "Jansen")
    assert boxes[0].left == pytest.approx(30, abs=0.01)
    for left, right in pairwise(boxes):
        assert left.right == pytest.approx(right.left, abs=0.01)


def test_a_line_end_has_no_box(tmp_path: Path) -> None:
    document = read(drawn(tmp_path / "a.pdf", lines("een", "twee")))
    assert document.text == "een\ntwee\n"
    assert document.pages[0].box(3) is None
    assert math.isnan(document.pages[0].boxes[12])


def test_a_hyphen_at_a_line_end_stays_with_its_box(tmp_path: Path) -> None:
    document = read(drawn(tmp_path / "a.pdf", lines("de heer Jan-", "sen kwam")))
    assert document.text == "de heer Jan-\nsen kwam\n"
    assert len(boxes_of(document, "Jan-\nsen")) == 7


def test_a_drawn_soft_hyphen_is_a_hyphen(tmp_path: Path) -> None:
    source = '#set page(width: 6cm, height: auto)\n#set text(lang: "nl", hyphenate: true)\n#set par(justify: true)\n'
    document = read(typeset(tmp_path / "a.pdf", source + "vertrouwenspersonenoverleg " * 4))
    assert "-\n" in document.text
    assert not set(document.text) & set("\u00ad\u0002\ufffe\ufffd")


def test_the_letters_of_a_ligature_share_a_box(tmp_path: Path) -> None:
    cmap = b"1 beginbfchar <01> <006600660069> endbfchar"
    head = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
    font = (
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 1/LastChar 1/Widths[900]/ToUnicode 6 0 R"
        b"/Encoding<</Differences[1/fi]>>>>"
    )
    content = stream(b"BT /F1 12 Tf 50 50 Td (\\001\\001) Tj ET")
    path = written(tmp_path / "a.pdf", CATALOG, PAGES, page(), content, font, stream(head + cmap + b" endcmap"))
    document = read(path)
    assert document.text == "ffiffi\n"
    boxes = boxes_of(document, "ffiffi")
    assert boxes[0] == boxes[1] == boxes[2] != boxes[3]


def test_text_printed_twice_for_bold_is_read_once_and_covered(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", at_places((30, 200, "Jansen"), (30, 100, "los"), (30.5, 200.2, "Jansen")))
    document = read(path)
    assert document.text.count("Jansen") == 1
    last = boxes_of(document, "Jansen")[-1]
    assert ink(path, Box(last.right + 0.3, last.bottom, last.right + 20, last.top)) == 0


def test_double_letters_are_no_overprint(tmp_path: Path) -> None:
    assert read(drawn(tmp_path / "a.pdf", lines("Willem 11 Aalles"))).text == "Willem 11 Aalles\n"


def test_boxes_stand_in_user_space_when_the_crop_box_is_moved(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", lines("Jansen", left=150))
    changed(path, lambda pdf: pdf.pages[0].obj.__setitem__("/CropBox", [100, 100, 290, 290]))
    document = read(path)
    box = boxes_of(document, "Jansen")[0]
    assert box.left == pytest.approx(150, abs=0.01)
    assert ink(path, box) > 0.5
    assert (document.pages[0].width_pt, document.pages[0].height_pt) == (190, 190)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_rotated_page_gives_the_boxes_of_the_unrotated_one(tmp_path: Path, rotation: int) -> None:
    plain = read(drawn(tmp_path / "a.pdf", lines("Van: Jan", "Aan: Piet")))
    turned = changed(tmp_path / "a.pdf", lambda pdf: pdf.pages[0].rotate(rotation, relative=False))
    document = read(turned)
    assert document.text == plain.text
    assert document.pages[0].rotation == rotation
    assert list(document.places(Span(0, 8))) == list(plain.places(Span(0, 8)))


@pytest.mark.parametrize("angle", [90, 180, 270, 45, 30])
def test_turned_text_is_read_by_line(tmp_path: Path, angle: int) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.translate(150, 150)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "Opgesteld door Jan")
        canvas.drawString(0, -12, "op een mooie dag")

    assert read(drawn(tmp_path / "a.pdf", turned)).text == "Opgesteld door Jan\nop een mooie dag\n"


def test_the_box_of_a_turned_character_is_high_where_an_upright_one_is_wide(tmp_path: Path) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.translate(150, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Jansen")

    boxes = boxes_of(read(drawn(tmp_path / "a.pdf", turned)), "Jansen")
    assert boxes[-1].bottom > boxes[0].top
    assert boxes[-1].left == pytest.approx(boxes[0].left, abs=0.01)


def test_what_is_printed_is_read_and_not_the_actual_text_in_its_place(tmp_path: Path) -> None:
    content = stream(b"BT /F1 12 Tf 50 50 Td /Span <</ActualText (iemand)>> BDC (Jan Jansen) Tj EMC ET")
    assert read(written(tmp_path / "a.pdf", CATALOG, PAGES, page(), content, FONT)).text == "Jan Jansen\n"


def test_a_glyph_without_meaning_is_the_replacement_character(tmp_path: Path) -> None:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[1/g9999]>>>>"
    content = stream(b"BT /F1 12 Tf 50 50 Td (Jan\\001Jansen) Tj ET")
    text = read(written(tmp_path / "a.pdf", CATALOG, PAGES, page(), content, font)).text
    assert text == "Jan\ufffdJansen\n"


def test_text_of_comments_is_a_hint_at_most(tmp_path: Path) -> None:
    def comment(canvas: Canvas) -> None:
        canvas.drawString(30, 200, "Nota")
        canvas.textAnnotation("Dit moet weg", Rect=[50, 50, 90, 90])

    def sign(pdf: object) -> None:
        pdf.pages[0].Annots[0].T = "Karel de Boer"  # type: ignore[attr-defined]

    document = read(changed(drawn(tmp_path / "a.pdf", comment), sign))
    assert document.text == "Nota\n"
    assert [hint.value for hint in document.hints if hint.kind == "comment:author"] == ["Karel de Boer"]


def test_author_and_custom_properties_are_hints(tmp_path: Path) -> None:
    path = changed(
        drawn(tmp_path / "a.pdf", lines("Nota")),
        lambda pdf: pdf.docinfo.update({"/Author": "Jan Jansen", "/Opgesteld door, Naam": "Piet de Vries"}),
    )
    hints = {(hint.kind, hint.value) for hint in read(path).hints}
    assert hints >= {("info:Author", "Jan Jansen"), ("info:Opgesteld door, Naam", "Piet de Vries")}


def test_the_creator_in_xmp_is_a_hint(tmp_path: Path) -> None:
    def describe(pdf: object) -> None:
        with pdf.open_metadata() as metadata:  # type: ignore[attr-defined]
            metadata["dc:creator"] = ["Jan & Jansen"]

    hints = read(changed(drawn(tmp_path / "a.pdf", lines("Nota")), describe)).hints
    assert [hint.value for hint in hints if hint.kind == "xmp:creator"] == ["Jan & Jansen"]


def test_a_document_travels_between_processes(tmp_path: Path) -> None:
    document = read(drawn(tmp_path / "a.pdf", lines("Nota")))
    arrived = pickle.loads(pickle.dumps(document))
    assert arrived.text == document.text
    assert arrived.pages[0].boxes.tobytes() == document.pages[0].boxes.tobytes()


TEXTS = st.lists(
    st.tuples(
        st.integers(10, 200),
        st.integers(10, 280),
        st.text(st.sampled_from("abcdefgh IJK-é.,1"), min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=st.lists(TEXTS, min_size=1, max_size=3))
def test_pages_cover_the_text_and_boxes_lie_on_the_page(
    tmp_path: Path, pages: list[list[tuple[int, int, str]]]
) -> None:
    document = read(drawn(tmp_path / "a.pdf", *(at_places(*texts) for texts in pages)))
    assert "".join(document.text[page.start : page.end] for page in document.pages) == document.text
    for read_page in document.pages:
        assert len(read_page.boxes) == 4 * (read_page.end - read_page.start)
        for at in range(read_page.start, read_page.end):
            box = read_page.box(at)
            if box is not None:
                assert -3 < box.left < box.right < PAGE[0] + 3
                assert -3 < box.bottom < box.top < PAGE[1] + 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS)
def test_no_drawn_character_is_lost(tmp_path: Path, texts: list[tuple[int, int, str]]) -> None:
    # Apart on the page, so that nothing counts as printed twice.
    apart = [(10 + 140 * (at % 2), 285 - 20 * at, text) for at, (_, _, text) in enumerate(texts)]
    document = read(drawn(tmp_path / "a.pdf", at_places(*apart)))
    wanted = sorted("".join(text for *_, text in apart).replace(" ", ""))
    assert sorted("".join(document.text.split())) == wanted
