"""Text that no reader of the source sees is not in the publication version; what a reader sees stays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from attacks import MARKER, make
from hiding import CUT_OUT, DRAW, HIDDEN, LINE, SEEN, drawn_as_paths, printed, text, with_content, with_images
from redacting import Redacted, redact
from scanner import places_of

from woo_anon.document import Check, Verification
from woo_anon.errors import RefusedError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.read import read
from woo_anon.verify import verify


def _failed(done: Redacted) -> list[Check]:
    return [check for check in _verified(done).checks if not check.passed]


def _verified(done: Redacted) -> Verification:
    return verify(done.source, done.target, done.document, done.redactions)


def _origins(path: Path, word: str) -> list[tuple[float, float]]:
    """Where the letters of the first `word` on page 1 stand, by PDFium."""
    document = pypdfium2.PdfDocument(path)
    text_page = document[0].get_textpage()
    at = text_page.get_text_range().index(word)
    boxes = [text_page.get_charbox(at + n, loose=True) for n in range(len(word))]
    document.close()
    return [(round(box[0], 1), round(box[1], 1)) for box in boxes]


def _text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return text


def _pixels(path: Path) -> np.ndarray:
    document = pypdfium2.PdfDocument(path)
    pixels = document[0].render(scale=2).to_numpy().astype(int)
    document.close()
    return pixels


@pytest.mark.parametrize("way", HIDDEN)
def test_text_that_nobody_sees_is_gone_and_the_page_looks_the_same(way: str, tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", HIDDEN[way])
    assert places_of(MARKER, source)
    done = redact(source, [])
    assert places_of(MARKER, done.target) == []
    left = _text(done.target)
    assert not any(MARKER[at : at + 3] in left for at in range(len(MARKER) - 2))
    assert done.written.hidden_text_pages == (1,)
    assert _failed(done) == []
    assert (np.abs(_pixels(done.target) - _pixels(source)) > 40).mean() < 0.001


MAKES_AN_IMAGE = {"clipping mode", "scaled to hardly any width"}


@pytest.mark.parametrize("way", [way for way in HIDDEN if way not in MAKES_AN_IMAGE])
def test_the_visible_text_beside_it_stays_text_in_its_place(way: str, tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", HIDDEN[way])
    done = redact(source, [])
    assert done.written.pages_as_images == ()
    assert set(done.written.removed) <= {"hidden-text", "unused-glyphs"}
    assert _origins(done.target, "ziens") == _origins(source, "ziens")


@pytest.mark.parametrize("way", SEEN)
def test_text_that_somebody_sees_stays(way: str, tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf", SEEN[way]), [])
    assert MARKER in "".join(read(done.target).text.split())
    assert done.written.hidden_text_pages == ()
    assert done.written.pages_as_images == ()
    assert _failed(done) == []


@pytest.mark.parametrize(
    "way", ["white on white", "invisible mode", "beside the page", "clipped away", "covered by an image", "tiny"]
)
def test_unseen_text_is_read_behind_the_text_of_its_page(way: str, tmp_path: Path) -> None:
    document = read(make(tmp_path / "note.pdf", HIDDEN[way]))
    assert document.text.index(MARKER) > document.text.index("ziens")
    at = document.text.index(MARKER)
    assert [document.pages[0].box(at + n) for n in range(len(MARKER))] == [None] * len(MARKER)


def test_unseen_letters_between_visible_ones_do_not_part_a_name(tmp_path: Path) -> None:
    content = "BT /F1 12 Tf 72 700 Td (Beste ) Tj (Zwarte) Tj 1 g (xq) Tj -0.001 Tc 0 g (mans) Tj ET"
    document = read(make(tmp_path / "note.pdf", content=content))
    assert "xq" not in document.text.split("\n")[0]


def test_a_redacted_name_goes_from_visible_and_unseen_text(tmp_path: Path) -> None:
    content = f"{LINE} {text(y=650)} 1 g {text(y=600)}"
    done = redact(make(tmp_path / "note.pdf", content=content), [MARKER])
    assert places_of(MARKER, done.target) == []
    assert [len(redaction.places) for redaction in done.redactions] == [1, 0]
    assert _failed(done) == []


def test_a_page_of_nothing_but_unseen_text_ends_up_without_text(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf", content=text(before="3 Tr")), [])
    assert places_of(MARKER, done.target) == []
    assert read(done.target).text.strip() == ""
    assert _failed(done) == []


def test_a_picture_whose_text_nobody_sees_is_refused_as_a_scan_without_text(tmp_path: Path) -> None:
    attack = with_content(f"{DRAW} 1 g {text(y=300)}", line="", XObject=with_images(Im=printed()))
    with pytest.raises(RefusedError):
        read(make(tmp_path / "scan.pdf", attack), Access(ocr=False))


def test_a_letter_under_the_same_letter_stays_for_it_tells_nothing(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf", with_content(f"1 g {text()} 0 g {text()}")), [])
    assert done.written.hidden_text_pages == ()
    assert _failed(done) == []


def test_another_word_under_a_visible_one_makes_the_page_an_image(tmp_path: Path) -> None:
    visible = text(shown="W" * len(MARKER))
    done = redact(make(tmp_path / "note.pdf", with_content(f"1 g {text()} 0 g {visible}")), [])
    assert places_of(MARKER, done.target) == []
    assert done.written.pages_as_images == ((1, "hidden:overlap"),)


def test_the_width_of_unseen_text_at_the_end_of_a_line_is_not_told(tmp_path: Path) -> None:
    content = f"BT /F1 12 Tf 72 600 Td (voor ) Tj 1 g ({MARKER}) Tj 0 g 0 -14 Td (achter) Tj ET"
    done = redact(make(tmp_path / "note.pdf", content=content), [])
    with pikepdf.open(done.target) as pdf:
        shown = [i for i in pikepdf.parse_content_stream(pdf.pages[0]) if str(i.operator) in {"Tj", "TJ"}]
    assert [[str(piece) for piece in instruction.operands[0]] for instruction in shown] == [["voor "], ["achter"]]


def test_a_replacement_text_goes_with_the_unseen_text_it_speaks_for(tmp_path: Path) -> None:
    content = f"{LINE} /Span <</ActualText (Zwartmaker)>> BDC 1 g {text()} EMC"
    done = redact(make(tmp_path / "note.pdf", content=content), [])
    assert places_of("Zwartmaker", done.target) == []


def test_pixels_at_unseen_text_stay(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", HIDDEN["covered by an image"])
    done = redact(source, [MARKER])
    assert "pixels" not in done.written.removed
    assert (_pixels(done.target) == _pixels(source)).all()


@pytest.mark.parametrize("way", ["white on white", "invisible mode", "beside the page"])
def test_unseen_text_left_in_the_output_fails_the_verification(way: str, tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", HIDDEN[way])
    document = read(source)
    failed = {check.name for check in verify(source, source, document, ()).checks if not check.passed}
    assert "no-hidden-text" in failed


@pytest.mark.parametrize("way", ["invisible mode", "beside the page", "invisible mode in a form"])
def test_unseen_text_that_the_reader_missed_fails_the_verification(way: str, tmp_path: Path) -> None:
    document = read(make(tmp_path / "plain.pdf", content=LINE))
    source = make(tmp_path / "note.pdf", HIDDEN[way])
    failed = {check.name for check in verify(source, source, document, ()).checks if not check.passed}
    assert "no-hidden-text" in failed


def test_a_page_with_a_hidden_layer_stays_text_when_something_else_is_redacted(tmp_path: Path) -> None:
    def attack(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("concept")))
        off = pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=off)
        page.obj.Resources.Properties = pikepdf.Dictionary(M=layer)
        hidden = text(y=500, shown="Ouderkerk")
        page.obj.Contents = pdf.make_stream(f"{LINE} {text()} /OC /M BDC {hidden} EMC".encode())

    done = redact(make(tmp_path / "note.pdf", attack), [MARKER])
    assert done.written.pages_as_images == ()
    assert places_of("Ouderkerk", done.target) == places_of(MARKER, done.target) == []
    assert _failed(done) == []


def test_letters_drawn_as_paths_go_with_the_invisible_text_that_says_what_they_show(tmp_path: Path) -> None:
    content = f"{LINE} {drawn_as_paths()} {text(y=600, before='3 Tr')}"
    source = make(tmp_path / "note.pdf", content=content)
    kept = redact(source, [])
    assert MARKER in read(kept.target).text
    assert (_pixels(kept.target) == _pixels(source)).all()
    done = redact(source, [MARKER])
    assert places_of(MARKER, done.target) == []
    assert "outlines" in done.written.removed
    assert _failed(done) == []
    assert _rectangles(source) > 200
    assert _rectangles(done.target) < 5  # the box


def _rectangles(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return sum(str(one.operator) == "re" for one in pikepdf.parse_content_stream(pdf.pages[0]))


def test_a_form_drawn_twice_loses_its_text_only_where_it_is_covered(tmp_path: Path) -> None:
    def attack(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        form = pdf.make_stream(text().encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.BBox, form.Resources = [0, 0, 595, 842], pikepdf.Dictionary(Font=page.obj.Resources.Font)
        page.obj.Resources.XObject = pikepdf.Dictionary(Fm=form)
        page.obj.Contents = pdf.make_stream(b"/Fm Do q 1 0 0 1 0 -200 cm /Fm Do Q 1 g 60 390 200 30 re f")

    done = redact(make(tmp_path / "note.pdf", attack), [])
    assert read(done.target).text.count(MARKER) == 1
    assert _failed(done) == []


def test_a_cell_that_is_cut_off_at_the_next_one_loses_what_is_cut_off_and_stays_text(tmp_path: Path) -> None:
    """As spreadsheets print them. Some of the hidden letters stand where visible ones of the next cell stand."""
    cells = " ".join(
        f"q 72 {y} 60 15 re W n BT /F1 10 Tf 74 {y + 4} Td (Zwal{'i' * 40}) Tj ET Q "
        f"q 132 {y} 80 15 re W n BT /F1 10 Tf {134 + y / 1000} {y + 4} Td (061234567890) Tj ET Q"
        for y in (600, 585, 570)
    )
    done = redact(make(tmp_path / "note.pdf", content=f"{LINE} {cells}"), [])
    assert done.written.pages_as_images == ()
    assert done.written.hidden_text_pages == (1,)
    assert _text(done.target).count("061234567890") == 3
    assert _text(done.target).count("i") < 3 * 20
    assert _failed(done) == []


@pytest.mark.parametrize("way", CUT_OUT)
def test_a_name_cut_out_of_what_is_drawn_later_gets_its_box(way: str, tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf", CUT_OUT[way]), [MARKER])
    assert places_of(MARKER, done.target) == []
    assert done.written.pages_as_images == ((1, "text:clip"),)
    assert _is_covered(done)
    assert _failed(done) == []


def test_text_beside_what_is_cut_out_of_a_colour_goes_and_the_page_stays_text(tmp_path: Path) -> None:
    content = f"q {text(before='7 Tr', shown='Bijlage')} 0 0 1 rg 60 590 200 30 re f Q {text(y=560)}"
    done = redact(make(tmp_path / "note.pdf", content=f"{LINE} {content}"), [MARKER])
    assert places_of(MARKER, done.target) == []
    assert done.written.pages_as_images == ()
    assert "Bijlage" in _text(done.target)
    assert _failed(done) == []


def test_a_page_that_becomes_an_image_has_boxes_over_unseen_names_too(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf", HIDDEN["clipping mode"]), [MARKER])
    assert done.written.pages_as_images == ((1, "hidden:clip"),)
    assert [len(redaction.places) for redaction in done.redactions] == [1]
    assert _is_covered(done)
    assert _failed(done) == []


def test_what_is_seen_over_an_unseen_name_stays_on_a_page_that_becomes_an_image(tmp_path: Path) -> None:
    content = f"{LINE} q {text(before='7 Tr')} Q 1 g {text(y=560)} 0 g {text(size=14, y=559, x=70, shown='bijgevoegd')}"
    done = redact(make(tmp_path / "note.pdf", content=content), [MARKER])
    assert done.written.pages_as_images == ((1, "hidden:clip"),)
    assert [len(redaction.places) for redaction in done.redactions] == [1, 0]


def _is_covered(done: Redacted) -> bool:
    """Whether the marker's place, 72 to 140 points from the left on the base line 600, is of one colour."""
    place = _pixels(done.target)[2 * (842 - 608) : 2 * (842 - 601), 2 * 74 : 2 * 84]
    return bool(np.ptp(place, axis=(0, 1)).max() < 20)


PARTLY_SEEN = {
    "its end clipped": "q 72 590 58 30 re W n BT /F1 12 Tf 72 600 Td (Zwaluwstaart) Tj ET Q",
    "its begin clipped": "q 80 590 158 30 re W n BT /F1 12 Tf 72 600 Td (Zwaluwstaart) Tj ET Q",
    "its middle covered": "BT /F1 12 Tf 72 600 Td (Zwaluwstaart) Tj ET 1 g 100 590 8 30 re f",
    "its end covered": "BT /F1 12 Tf 72 600 Td (Zwaluwstaart) Tj ET 1 g 132 590 60 30 re f",
    "over the edge of the page": "BT /F1 12 Tf 537 600 Td (Zwaluwstaart) Tj ET",
    "in pieces": "q 72 590 58 30 re W n BT /F1 12 Tf 72 600 Td (Zwaluw) Tj (staart) Tj ET Q",
}


@pytest.mark.parametrize("way", PARTLY_SEEN)
def test_a_name_of_which_a_part_is_seen_is_read_as_a_whole_and_goes(way: str, tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf", content=f"{LINE} {PARTLY_SEEN[way]}"), ["Zwaluwstaart"])
    assert len(done.redactions) == 1
    assert all(places_of(piece, done.target) == [] for piece in ("Zwal", "uwst", "taart"))
    assert _failed(done) == []
