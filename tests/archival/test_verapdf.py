"""What passes veraPDF before redaction passes it afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf
import pytest
from notes import BROKEN, PARAGRAPH, note
from pikepdf import Array, Dictionary, Name, String
from reading import elements
from verapdf import VeraPdf

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("leaks", "formats")]

from pdf_files import changed
from redacting import redact

from woo_anon.formats.pdf.fonts.cmap import written
from woo_anon.verify import verify

# typst's name of a standard and veraPDF's
STANDARDS = {
    "ua-1": "ua1",
    "a-1a": "1a",
    "a-1b": "1b",
    "a-2a": "2a",
    "a-2b": "2b",
    "a-2u": "2u",
    "a-3a": "3a",
    "a-4": "4",
}
EVERYTHING = ["Zwartemans", "Okkerse", PARAGRAPH, BROKEN, "toelichting"]


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_note_still_meets_the_standard_after_redaction(tmp_path: Path, vera: VeraPdf, standard: str) -> None:
    source = note(tmp_path / "note.pdf", standard)
    done = redact(source, EVERYTHING)
    assert vera.broken(STANDARDS[standard], source) == []
    assert vera.broken(STANDARDS[standard], done.target) == []
    assert done.written.pages_as_images == ()


@pytest.mark.parametrize("standard", ["ua-1", "a-1b", "a-2a"])
def test_such_a_note_leaks_nothing(tmp_path: Path, standard: str) -> None:
    done = redact(note(tmp_path / "note.pdf", standard), EVERYTHING)
    verification = verify(done.source, done.target, done.document, done.redactions)
    assert [check.name for check in verification.checks if not check.passed] == []


def test_a_tree_that_came_without_a_parent_tree_may_leave_without_one(tmp_path: Path) -> None:
    def drop_parents(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot.ParentTree

    done = redact(changed(note(tmp_path / "note.pdf"), drop_parents), EVERYTHING)
    verification = verify(done.source, done.target, done.document, done.redactions)
    assert [check.name for check in verification.checks if not check.passed] == []


@pytest.mark.parametrize("word", ["Form", "Table", "Link", "Artifact", "Lang", "Block"])
def test_somebody_with_the_name_of_a_structure_type_can_be_redacted(tmp_path: Path, vera: VeraPdf, word: str) -> None:
    done = redact(note(tmp_path / "note.pdf", "ua-1", surname=word), [word])
    assert vera.broken("ua1", done.target) == []


def test_a_role_that_another_stands_for_can_be_a_name(tmp_path: Path, vera: VeraPdf) -> None:
    def rename_paragraphs(pdf: pikepdf.Pdf) -> None:
        pdf.Root.StructTreeRoot.RoleMap = Dictionary({"/Alinea": Name("/Okkerse"), "/Okkerse": Name.P})
        for one in elements(pdf, "/P"):
            one.S = Name.Alinea

    source = changed(note(tmp_path / "note.pdf", "ua-1"), rename_paragraphs)
    assert vera.broken("ua1", source) == []
    assert vera.broken("ua1", redact(source, ["Okkerse"]).target) == []


def test_boxes_meet_the_rules_for_colour_in_a_file_without_an_output_intent(tmp_path: Path, vera: VeraPdf) -> None:
    def drop_intent(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.OutputIntents

    source = changed(note(tmp_path / "note.pdf", "a-2b"), drop_intent)
    assert vera.broken("2b", source) == []
    assert vera.broken("2b", redact(source, EVERYTHING).target) == []


def test_a_claim_of_both_standards_stays_true(tmp_path: Path, vera: VeraPdf) -> None:
    source = note(tmp_path / "note.pdf", "a-2a", "ua-1")
    done = redact(source, EVERYTHING)
    for standard in ("ua1", "2a"):
        assert vera.broken(standard, source) == []
        assert vera.broken(standard, done.target) == []
    with pikepdf.open(done.target) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
    assert b"<pdfuaid:part>1<" in packet and b"<pdfaid:part>2<" in packet


def test_a_form_field_that_became_text_leaves_sound_tags(tmp_path: Path, vera: VeraPdf) -> None:
    source = changed(note(tmp_path / "note.pdf", "ua-1"), _make_the_web_link_a_field)
    assert vera.broken("ua1", source) == []
    assert vera.broken("ua1", redact(source, ["Zwartemans"]).target) == []


def _make_the_web_link_a_field(pdf: pikepdf.Pdf) -> None:
    (link,) = (one for one in pdf.pages[0].Annots if "https" in str(one.get("/A", Dictionary()).get("/URI", "")))
    for key in ("/A", "/Border"):
        if key in link:
            del link[key]
    link.Subtype, link.FT, link.T, link.TU = Name.Widget, Name.Tx, String("veld"), String("Toelichting")
    pdf.Root.AcroForm = Dictionary(Fields=Array([link]))
    (owner,) = (one for one in elements(pdf, "/Link") if any(_refers_to(kid, link) for kid in one.K))
    text = [kid for kid in owner.K if not _refers_to(kid, link)]
    owner.S, owner.K = Name.Form, Array([kid for kid in owner.K if _refers_to(kid, link)])
    span = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Span, P=owner.P, Pg=owner.get("/Pg"), K=Array(text))
    )
    owner.P.K.append(span)


def _refers_to(kid: object, annotation: pikepdf.Object) -> bool:
    return isinstance(kid, Dictionary) and "/Obj" in kid and kid.Obj.objgen == annotation.objgen


def test_cells_still_name_their_headers_when_an_identifier_was_a_name(tmp_path: Path, vera: VeraPdf) -> None:
    source = changed(note(tmp_path / "note.pdf", "ua-1"), _identify_a_header)
    assert vera.broken("ua1", source) == []
    done = redact(source, ["Okkerse"])
    assert vera.broken("ua1", done.target) == []
    with pikepdf.open(done.target) as pdf:
        header, cell = elements(pdf, "/TH")[0], elements(pdf, "/TD")[0]
        assert list(cell.A.Headers) == [header.ID]
        assert "Okkerse" not in str(header.ID)


def _identify_a_header(pdf: pikepdf.Pdf) -> None:
    header, cell = elements(pdf, "/TH")[0], elements(pdf, "/TD")[0]
    header.ID = String("kolom Okkerse")
    cell.A = Dictionary(O=Name.Table, Headers=Array([header.ID]))
    pdf.Root.StructTreeRoot.IDTree = Dictionary(Names=Array([header.ID, header]))


def test_an_embedded_cmap_and_its_font_still_agree(tmp_path: Path, vera: VeraPdf) -> None:
    source = changed(note(tmp_path / "note.pdf", "ua-1"), _embed_cmaps)
    assert vera.broken("ua1", source) == []
    done = redact(source, EVERYTHING)
    assert vera.broken("ua1", done.target) == []
    assert done.written.pages_as_images == ()


def _embed_cmaps(pdf: pikepdf.Pdf) -> None:
    """Every Type 0 font says in a CMap of its own, of Adobe's Japanese collection, what Identity-H says."""
    collection = Dictionary(Registry=String("Adobe"), Ordering=String("Japan1"), Supplement=1)
    for font in pdf.objects:
        if isinstance(font, Dictionary) and str(font.get("/Subtype", "")) == "/Type0":
            cids = {number.to_bytes(2): number for number in range(200)}
            data = written(cids, [(b"\0\0", b"\xff\xff")], vertical=False, collection=("Japan1", 1))
            font.Encoding = pdf.make_stream(
                data, Type=Name.CMap, CMapName=Name.WooAnon, WMode=0, CIDSystemInfo=collection
            )
            font.DescendantFonts[0].CIDSystemInfo = collection
