"""Somebody who listens to the document hears what stands there, and of each redaction where its word stood."""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf
import pytest
from notes import BROKEN, PARAGRAPH, TITLE, note
from pikepdf import Array, Dictionary, Name, String
from reading import artifacts, elements, kids, read_out

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("leaks", "formats")]

from pdf_files import changed
from redacting import redact
from scanner import places_of

from woo_anon.formats.pdf.boxes.grounds import spoken
from woo_anon.verify import verify

SAMPLES = Path(__file__).parents[2] / "samples"
SPOKEN = "".join(spoken("5.1.2e").split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_redaction_is_heard_where_the_word_stood(tmp_path: Path) -> None:
    source = note(tmp_path / "note.pdf", "ua-1")
    done = redact(source, ["Zwartemans", PARAGRAPH])
    expected = read_out(source).replace("Zwartemans", SPOKEN).replace(squeezed(PARAGRAPH), SPOKEN)
    assert read_out(done.target) == expected
    assert expected.count(SPOKEN) > 5


def test_so_it_is_in_a_note_that_an_office_suite_exported(tmp_path: Path) -> None:
    source = tmp_path / "nota.pdf"
    source.write_bytes((SAMPLES / "nota.pdf").read_bytes())
    done = redact(source, ["Lagerwey", "Kamer"])
    assert read_out(done.target) == read_out(source).replace("Lagerwey", SPOKEN).replace("Kamer", SPOKEN)


def test_a_pseudonym_is_heard_before_the_ground(tmp_path: Path) -> None:
    source = tmp_path / "nota.pdf"
    source.write_bytes((SAMPLES / "nota.pdf").read_bytes())
    done = redact(source, ["Lagerwey"], label="ambtenaar 12")
    said = squeezed(spoken("5.1.2e", "ambtenaar 12"))
    assert said == f"ambtenaar12,{SPOKEN}"
    assert read_out(done.target) == read_out(source).replace("Lagerwey", said)
    assert verify(done.source, done.target, done.document, done.redactions).passed


def test_boxes_side_by_side_are_heard_in_their_order(tmp_path: Path) -> None:
    source = note(tmp_path / "note.pdf", "ua-1")
    done = redact(source, ["mevrouw", "Okkerse"], label="")
    assert f"verzoekvan{SPOKEN}{SPOKEN}heeft" in read_out(done.target)


def test_a_word_over_two_lines_is_heard_line_by_line(tmp_path: Path) -> None:
    done = redact(note(tmp_path / "note.pdf", "ua-1"), [BROKEN])
    assert f"naast{SPOKEN}{SPOKEN}Zwartemans" in read_out(done.target)


def test_a_box_in_a_running_head_is_an_artifact(tmp_path: Path) -> None:
    source = note(tmp_path / "note.pdf", "ua-1")
    done = redact(source, ["Ter beslissing"])
    assert artifacts(done.target).count("/Artifact") == artifacts(source).count("/Artifact") + 2
    assert read_out(done.target) == read_out(source)


def test_the_language_and_a_title_that_the_pages_show_stay(tmp_path: Path) -> None:
    done = redact(note(tmp_path / "note.pdf", "ua-1"), ["Zwartemans"])
    with pikepdf.open(done.target) as pdf:
        assert str(pdf.Root.Lang) == "nl-NL"
        assert str(pdf.trailer.Info.Title) == TITLE
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert TITLE.encode() in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("title", ["Memo van Jan Bakker", "nota voor Zwartemans", "Beslisnota herziening"[:-2]])
def test_a_title_that_the_pages_do_not_show_goes(tmp_path: Path, title: str) -> None:
    def retitle(pdf: pikepdf.Pdf) -> None:
        pdf.trailer.Info.Title = String(title)

    done = redact(changed(note(tmp_path / "note.pdf", "ua-1"), retitle), ["Zwartemans"])
    with pikepdf.open(done.target) as pdf:
        assert str(pdf.trailer.Info.Title) == "Publicatieversie"


def test_boxes_over_a_form_have_their_place_in_the_parent_tree_of_the_page(tmp_path: Path) -> None:
    done = redact(changed(note(tmp_path / "note.pdf", "ua-1"), _page_as_form), ["Zwartemans"])
    with pikepdf.open(done.target) as pdf:
        page = pdf.pages[1].obj
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(page.StructParents)]
        spans = [one for one in elements(pdf, "/Span") if "/ActualText" in one and one.Pg.objgen == page.objgen]
        assert len(spans) == 2
        assert all(parents[int(span.K)].objgen == span.objgen for span in spans)


def test_no_reference_leads_to_the_form_as_it_was(tmp_path: Path) -> None:
    done = redact(changed(note(tmp_path / "note.pdf", "ua-1"), _page_as_form), ["Zwartemans"])
    with pikepdf.open(done.target) as pdf:
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == Name.Form]
        references = [kid for one in pdf.objects for kid in kids(one) if isinstance(kid, Dictionary) and "/Stm" in kid]
        assert len(forms) == 1
        assert references and {kid.Stm.objgen for kid in references} == {forms[0].objgen}


def _page_as_form(pdf: pikepdf.Pdf) -> None:
    """The content of the last page, marks and all, becomes a form that the page draws."""
    page = pdf.pages[1].obj
    form = pdf.make_stream(page.Contents.read_bytes(), Type=Name.XObject, Subtype=Name.Form, BBox=page.MediaBox)
    form.Resources, form.StructParents = page.Resources, page.StructParents
    del page["/StructParents"]
    page.Resources, page.Contents = Dictionary(XObject=Dictionary(Fm=form)), pdf.make_stream(b"/Fm Do")
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/S" in one and "/K" in one and one.get("/Pg", Dictionary()) == page:
            kids = list(one.K) if isinstance(one.K, Array) else [one.K]
            one.K = Array([_in_form(kid, page, form) for kid in kids])


def _in_form(kid: object, page: Dictionary, form: pikepdf.Stream) -> object:
    return Dictionary(Type=Name.MCR, Pg=page, Stm=form, MCID=kid) if isinstance(kid, int) else kid


def test_an_element_that_the_parent_tree_alone_knows_goes(tmp_path: Path) -> None:
    def strand(pdf: pikepdf.Pdf) -> None:
        stray = Dictionary(Type=Name.StructElem, S=Name.P, P=pdf.Root.StructTreeRoot, ActualText=String("Jan Bakker"))
        pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[int(pdf.pages[0].obj.StructParents)].append(
            pdf.make_indirect(stray)
        )

    done = redact(changed(note(tmp_path / "note.pdf", "ua-1"), strand), ["Zwartemans"])
    assert places_of("Bakker", done.target) == []


@pytest.mark.parametrize("standard", ["ua-1", "a-1b", "a-2b"])
def test_the_output_is_not_much_larger_than_the_source(tmp_path: Path, standard: str) -> None:
    done = redact(note(tmp_path / "note.pdf", standard), ["Zwartemans", "Okkerse", "de"])
    assert done.target.stat().st_size <= 1.2 * done.source.stat().st_size
