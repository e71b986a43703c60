"""The written PDF beside its boxes: text stays where it was, labels, tags, links, shared forms, page images."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

sys.path.append(str(Path(__file__).parents[1] / "leaks"))

from attacks import CONTENT, MARKER, make, structure_tree
from redacting import redact

from woo_anon.formats.pdf.boxes.geometry import glyphs_of
from woo_anon.formats.pdf.boxes.grounds import spoken
from woo_anon.formats.pdf.content.interpreter import Interpreter, State
from woo_anon.formats.pdf.content.resources import FontCache, Resources
from woo_anon.formats.pdf.read import read
from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.geometry import Box
from woo_anon.verify import verify

WORDS = ["Beste", "Zwartemans", "hallo", "jij", "AVATAR", "Okkerse", "fijn", "gaat", "(weg)"]


def _glyphs(path: Path, page: int = 0) -> Glyphs:
    document = pypdfium2.PdfDocument(path)
    glyphs = glyphs_of(document[page])
    document.close()
    return glyphs.take(glyphs.codes != 32)


def _text(path: Path, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(path)
    text = document[page].get_textpage().get_text_range()
    document.close()
    return str(text)


def _origins_without(path: Path, *words: str) -> np.ndarray:
    glyphs = _glyphs(path)
    text = "".join(map(chr, glyphs.codes))
    keep = np.ones(len(text), dtype=bool)
    for word in words:
        at = text.find(word)
        while at >= 0:
            keep[at : at + len(word)] = False
            at = text.find(word, at + 1)
    return glyphs.origins[keep]


def _assert_nothing_failed(done: object) -> None:
    checks = verify(done.source, done.target, done.document, done.redactions).checks  # type: ignore[attr-defined]
    assert [check for check in checks if not check.passed] == []


def test_text_that_stays_does_not_move_when_the_layout_is_kept(tmp_path: Path) -> None:
    content = (
        f"BT /F1 11 Tf 0.3 Tc 1 Tw 95 Tz 13 TL 72 700 Td [(Beste {MARKER} tot) -200 ( ziens)] TJ T*"
        f" (boven {MARKER} onder) Tj ({MARKER}) ' (en dan nog) ' ET"
    )
    source = make(tmp_path / "note.pdf", content=content)
    done = redact(source, [MARKER], label="", keep_layout=True)
    moved = np.abs(_origins_without(source, MARKER) - _glyphs(done.target).origins)
    assert moved.max() < 0.02


def test_letters_above_below_and_beside_survive(tmp_path: Path) -> None:
    lines = f"BT /F1 12 Tf 12 TL 72 700 Td (gpqj boven hem gpqj) Tj T* (x{MARKER}x) Tj T* (bdfhkl onder hem) Tj ET"
    done = redact(make(tmp_path / "note.pdf", content=lines), [MARKER], label="")
    assert _text(done.target).split() == ["gpqj", "boven", "hem", "gpqj", "x", "x", "bdfhkl", "onder", "hem"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=2, max_size=7),
    pick=st.integers(0, 6),
    size=st.floats(6, 20),
    spacing=st.floats(-0.2, 1.5),
    word_spacing=st.floats(0, 4),
    scaling=st.floats(70, 130),
    place=st.tuples(st.floats(30, 90), st.floats(60, 780)),
)
def test_redacting_one_word_leaves_every_other_where_it_is_when_the_layout_is_kept(  # noqa: PLR0917
    tmp_path: Path,
    words: list[str],
    pick: int,
    size: float,
    spacing: float,
    word_spacing: float,
    scaling: float,
    place: tuple[float, float],
) -> None:
    secret = words[pick % len(words)]
    shown = " ".join(words).replace("(", "\\(").replace(")", "\\)")
    content = (
        f"BT /F1 {size:.3f} Tf {spacing:.3f} Tc {word_spacing:.3f} Tw {scaling:.3f} Tz"
        f" {place[0]:.3f} {place[1]:.3f} Td ({shown}) Tj ET"
    )
    source = make(tmp_path / "note.pdf", content=content)
    done = redact(source, [secret], label="", keep_layout=True)
    assume(not done.written.hidden_text_pages)  # the line runs off the page
    assert done.written.pages_as_images == ()
    after = _glyphs(done.target)
    expected = "".join(words).replace(secret, "")
    assert "".join(map(chr, after.codes)) == expected
    if expected:
        assert np.abs(_origins_without(source, secret) - after.origins).max() < 0.02


def test_a_page_whose_number_the_parent_tree_does_not_know_is_redacted(tmp_path: Path) -> None:
    def renumbered(pdf: Pdf, page: pikepdf.Page) -> None:
        structure_tree(pdf, page)
        page.obj.StructParents = 7

    done = redact(make(tmp_path / "note.pdf", renumbered), [MARKER])
    assert done.written.pages_as_images == ()
    _assert_nothing_failed(done)


def test_a_label_stands_in_its_box_and_can_be_read(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf"), [MARKER])
    assert "5.1.2e" in _text(done.target)
    _assert_nothing_failed(done)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_label_reads_along_the_page_however_it_is_turned(rotation: int, tmp_path: Path) -> None:
    def turn(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Rotate = rotation

    done = redact(make(tmp_path / "note.pdf", turn), [], boxes=[Box(200, 400, 300, 500)])
    glyphs = _glyphs(done.target)
    label = glyphs.take(glyphs.boxes[:, 0] > 199)
    label = label.take((label.origins[:, 1] > 399) & (label.origins[:, 1] < 501))
    assert set(label.angles.tolist()) == {rotation}


def test_a_label_that_does_not_fit_is_left_out(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf"), [], boxes=[Box(300, 300, 306, 310)])
    assert "5.1.2e" not in _text(done.target)


def test_a_box_over_as_much_of_one_line_as_of_the_next_has_a_middle_in_neither(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf"), [], boxes=[Box(70, 684, 107, 715)])
    assert done.redactions[0].places[0].exact
    assert set(_text(done.target).split()) == {"5.1.2e", "Zwartemans", "tot", "ziens", "regel", "eronder"}


def test_fonts_of_labels_are_embedded(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf"), [MARKER])
    with pikepdf.open(done.target) as pdf:
        fonts = [font for _, font in pdf.pages[0].obj.Resources.Font.items()]
        (label,) = (font for font in fonts if "WooAnon" in str(font.BaseFont))
        assert "/FontFile2" in label.FontDescriptor


def test_a_box_in_a_tagged_document_is_a_span_that_says_why(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf", structure_tree), [MARKER])
    with pikepdf.open(done.target) as pdf:
        owner = pdf.Root.StructTreeRoot.K[0]
        before, span, after = owner.K
        assert (before, after) == (0, 1)
        assert str(span.ActualText) == spoken("5.1.2e")
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert parents[int(span.K)].objgen == span.objgen
        assert str(pdf.Root.Lang) == "nl-NL"
    _assert_nothing_failed(done)


def test_a_name_under_a_replacement_text_goes_and_the_page_stays_text(tmp_path: Path) -> None:
    content = f"/Span <</ActualText (x)>> BDC BT /F1 12 Tf 72 600 Td (voor {MARKER} en daarna) Tj ET EMC"
    done = redact(make(tmp_path / "note.pdf", content=content), [MARKER])
    assert done.written.pages_as_images == ()
    assert [word for word in ("voor", MARKER, "en daarna") if word in read(done.target).text] == ["voor", "en daarna"]
    _assert_nothing_failed(done)


def test_the_sentence_of_a_box_names_article_paragraph_and_letter() -> None:
    assert spoken("5.1.2e") == "gelakt op grond van artikel 5.1, tweede lid, onder e, Woo"
    assert spoken("5.2.1") == "gelakt op grond van artikel 5.2, eerste lid, Woo"
    assert spoken(None) == "gelakt"


def test_boxes_in_an_untagged_document_are_artifacts(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf"), [MARKER])
    with pikepdf.open(done.target) as pdf:
        marks = [i.operands[0] for i in pikepdf.parse_content_stream(pdf.pages[0]) if str(i.operator) == "BMC"]
    assert marks == [Name.Artifact]


def _links(pdf: Pdf, page: pikepdf.Page) -> None:
    def link(rect: list[int], uri: str) -> Dictionary:
        action = Dictionary(S=Name.URI, URI=String(uri))
        return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(rect), A=action))

    page.obj.Annots = Array(
        [
            link([72, 100, 200, 120], "https://www.rijksoverheid.nl/a"),
            link([104, 696, 170, 712], "https://www.rijksoverheid.nl/b"),
            link([72, 140, 200, 160], f"mailto:{MARKER.lower()}@minbzk.nl"),
            link([72, 180, 200, 199], "file:///c:/geheim"),
        ]
    )


def test_only_harmless_links_stay(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf", _links), [MARKER])
    with pikepdf.open(done.target) as pdf:
        assert [str(link.A.URI) for link in pdf.pages[0].obj.Annots] == ["https://www.rijksoverheid.nl/a"]
    assert "links" in done.written.removed


def test_a_clean_outline_keeps_leading_where_it_led(tmp_path: Path) -> None:
    def outline(pdf: Pdf, page: pikepdf.Page) -> None:
        with pdf.open_outline() as tree:
            tree.root.append(pikepdf.OutlineItem("Inleiding", 0))
            tree.root.append(pikepdf.OutlineItem(f"Over {MARKER}", 0))

    done = redact(make(tmp_path / "note.pdf", outline), [MARKER])
    with pikepdf.open(done.target) as pdf, pdf.open_outline() as tree:
        assert [item.title for item in tree.root] == ["Inleiding", "[gelakt]"]
        assert pdf.Root.Outlines.First.Dest[0].objgen == pdf.pages[0].objgen


def test_a_form_shared_by_two_pages_loses_the_name_only_where_it_is_redacted(tmp_path: Path) -> None:
    def share(pdf: Pdf, page: pikepdf.Page) -> None:
        form = pdf.make_stream(CONTENT.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842])
        form.Resources = Dictionary(Font=page.obj.Resources.Font)
        form.Matrix = Array([1, 0, 0, 1, 10, -20])
        other = pdf.add_blank_page(page_size=(595, 842))
        for each in (page, other):
            each.obj.Resources.XObject = Dictionary(Fm=form)
            each.obj.Contents = pdf.make_stream(b"q 1 0 0 1 5 5 cm /Fm Do Q")

    source = make(tmp_path / "note.pdf", share)
    document = read(source)
    box = document.places(_span(document.text))[0].box
    done = redact(source, [], boxes=[box])
    assert MARKER not in _text(done.target, 0)
    assert MARKER in _text(done.target, 1)
    assert "eronder" in _text(done.target, 0)


def _span(text: str):  # type: ignore[no-untyped-def]
    from woo_anon.spans import Span

    return Span(text.index(MARKER), text.index(MARKER) + len(MARKER))


def test_a_font_that_is_not_understood_makes_the_page_an_image(tmp_path: Path) -> None:
    def unknown(pdf: Pdf, page: pikepdf.Page) -> None:
        inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Arial)
        inner.CIDSystemInfo = Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)
        page.obj.Resources.Font.F2 = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name.Arial,
            Encoding=Name("/Eigen-H"),
            DescendantFonts=[inner],
        )
        page.obj.Contents = pdf.make_stream(f"{CONTENT} BT /F2 12 Tf 110 720 Td <00410042> Tj ET".encode())

    plain = read(make(tmp_path / "plain.pdf"))
    done = redact(make(tmp_path / "note.pdf", unknown), [MARKER], document=plain)
    assert done.written.pages_as_images == ((1, "font:predefined-cmap"),)
    assert MARKER not in _text(done.target)
    _assert_nothing_failed(done)


def test_an_image_of_a_page_has_grey_pixels_under_its_boxes(tmp_path: Path) -> None:
    from woo_anon.formats.pdf.pictures.raster import page_image

    source = make(tmp_path / "note.pdf")
    picture, area = page_image(source, 0, [Box(100, 690, 200, 720)])
    scale = picture.width / area.width
    part = picture.crop((int(102 * scale), int((842 - 718) * scale), int(198 * scale), int((842 - 692) * scale)))
    assert part.getextrema() == ((191, 191),) * 3


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf", structure_tree)
    first = redact(source, [MARKER]).target.read_bytes()
    assert redact(source, [MARKER]).target.read_bytes() == first


def test_redacting_the_output_again_changes_nothing_that_is_seen(tmp_path: Path) -> None:
    once = redact(make(tmp_path / "note.pdf"), [MARKER]).target
    twice = redact(once, []).target
    assert _text(twice) == _text(once)
    assert (_glyphs(twice).origins == _glyphs(once).origins).all()


def test_an_undeclared_source_gives_an_output_that_declares_nothing(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf"), [MARKER])
    with pikepdf.open(done.target) as pdf:
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes().replace(b"xmlns:pdfaid", b"")
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}


def test_the_interpreter_and_pdfium_agree_on_every_origin(tmp_path: Path) -> None:
    content = (
        f"q 0.9 0.1 -0.1 0.9 20 30 cm BT /F1 9 Tf 2 Tc 80 Tz 3 Ts 72 600 Td [(Beste) 120 ({MARKER})] TJ"
        " 12 TL T* (en) Tj 1.5 0 0 2 90 500 Tm (groot) Tj 0 -9 TD (klein) ' ET Q"
    )
    source = make(tmp_path / "note.pdf", content=content)
    with pikepdf.open(source) as pdf:
        page = pdf.pages[0]
        interpreter = Interpreter(State(), Resources(page.obj.Resources, FontCache()))
        runs = [interpreter.step(str(i.operator), i.operands) for i in pikepdf.parse_content_stream(page)]
    ours = [run.origin(part) for run in runs if run for part in run.parts if not isinstance(part, float)]
    assert np.abs(np.array(ours) - _glyphs(source).origins).max() < 0.01
