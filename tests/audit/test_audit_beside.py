"""What stands beside the pages: one family of checks after the other."""

from __future__ import annotations

from pathlib import Path

import attacks
import pikepdf
import pytest
from attacks import BESIDE, make
from audited import MARKER, audited, found, only
from pdf_files import FONT, PAGES, TEXT, page, stream, written
from pikepdf import Array, Dictionary, Name, Pdf, String

from woo_anon.audit.codes import Severity

EXPECTED = {
    "info": {"author", "custom-property"},
    "outline": {"outline"},
    "page label": {"outline"},
    "JavaScript name tree": {"javascript"},
    "OpenAction": {"javascript"},
    "AA of the catalog": {"javascript"},
    "AA of a page": {"javascript"},
    "PieceInfo of the catalog": {"private-data"},
    "PieceInfo of a page": {"private-data"},
    "thumbnail": {"thumbnail"},
    "comment": {"comment", "comment-author"},
    "form field": {"form-value"},
    "XFA": {"xfa"},
    "attached file": {"attachment"},
    "hidden layer": {"hidden-layer"},
}


@pytest.mark.parametrize("channel", EXPECTED)
def test_a_channel_is_found(channel: str, tmp_path: Path) -> None:
    path = make(tmp_path / "file.pdf", BESIDE[channel], "BT /F1 12 Tf 72 700 Td (Beste allen tot ziens) Tj ET")
    assert found(path) == EXPECTED[channel]


def test_a_page_without_anything_beside_it_is_clean(tmp_path: Path) -> None:
    assert found(make(tmp_path / "file.pdf")) == set()


def test_what_is_said_stands_in_the_text_of_the_issue_alone(tmp_path: Path) -> None:
    for issue in audited(make(tmp_path / "file.pdf", attacks.info)):
        assert MARKER not in issue.detail + issue.place.what


# ── Properties ────────────────────────────────────────────────────────────────────────────────────────────────────────

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" {attributes}>{elements}</rdf:Description>
</rdf:RDF></x:xmpmeta>"""


def with_xmp(tmp_path: Path, attributes: str = "", elements: str = "") -> Path:
    packet = XMP.format(attributes=attributes, elements=elements)

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return make(tmp_path / "file.pdf", attack)


def test_a_creator_in_xmp_is_an_author(tmp_path: Path) -> None:
    names = f"<dc:creator><rdf:Seq><rdf:li>{MARKER}</rdf:li></rdf:Seq></dc:creator>"
    assert only(with_xmp(tmp_path, elements=names), "author").text == MARKER


def test_a_custom_property_in_an_attribute_of_xmp_is_found(tmp_path: Path) -> None:
    custom = f'xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" pdfx:Behandelaar="{MARKER}"'
    assert only(with_xmp(tmp_path, attributes=custom), "custom-property").text == MARKER


def test_a_title_and_dates_in_xmp_are_left(tmp_path: Path) -> None:
    attributes = 'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="2024-01-01"'
    title = "<dc:title><rdf:Alt><rdf:li>Nota</rdf:li></rdf:Alt></dc:title>"
    assert found(with_xmp(tmp_path, attributes, title)) == set()


def test_xmp_with_entities_counts_as_not_checked(tmp_path: Path) -> None:
    catalog = b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>"
    packet = stream(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b"/Type/Metadata/Subtype/XML")
    path = written(tmp_path / "file.pdf", catalog, PAGES, page(), stream(TEXT), FONT, packet)
    assert only(path, "not-checked").place.what == "XMP, object 6"


# ── Annotations and links ─────────────────────────────────────────────────────────────────────────────────────────────


def link(address: str) -> attacks.Attack:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        action = Dictionary(S=Name.URI, URI=String(address))
        rect = Array([72, 695, 200, 712])
        page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, A=action)])

    return attack


def test_a_link_to_a_mail_address_that_the_page_does_not_show_is_a_risk(tmp_path: Path) -> None:
    path = make(tmp_path / "file.pdf", link("mailto:j.zandvoort@minwes.nl?subject=x"))
    assert only(path, "mail-link").text == "j.zandvoort@minwes.nl"


def test_a_link_to_a_mail_address_that_the_page_shows_is_none(tmp_path: Path) -> None:
    content = "BT /F1 12 Tf 72 700 Td (j.zandvoort@minwes.nl) Tj ET"
    assert found(make(tmp_path / "file.pdf", link("mailto:j.zandvoort@minwes.nl"), content)) == set()


def test_a_link_to_a_web_page_is_none(tmp_path: Path) -> None:
    assert found(make(tmp_path / "file.pdf", link("https://www.rijksoverheid.nl"))) == set()


def test_an_attachment_of_a_page_is_found_once(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        data = pdf.make_indirect(pdf.make_stream(b"vier", Type=Name.EmbeddedFile))
        file = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec, F=String("bron.docx"), UF=String("bron.docx"), EF=Dictionary(F=data, UF=data)
            )
        )
        rect = Array([9, 9, 20, 20])
        page.obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=rect, FS=file)])
        pdf.Root.AF = Array([file])

    issue = only(make(tmp_path / "file.pdf", attack), "attachment")
    assert (issue.text, issue.detail) == ("bron.docx", "4 bytes")


# ── Forms, actions, signatures ────────────────────────────────────────────────────────────────────────────────────────


def field(**values: object) -> attacks.Attack:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, T=String("naam"), Rect=Array([72, 500, 200, 520]))
        for key, value in values.items():
            widget[f"/{key}"] = value
        page.obj.Annots = Array([pdf.make_indirect(widget)])
        pdf.Root.AcroForm = Dictionary(Fields=page.obj.Annots)

    return attack


def test_an_empty_field_is_a_note_and_a_filled_one_a_risk(tmp_path: Path) -> None:
    empty = make(tmp_path / "leeg.pdf", field(FT=Name.Tx))
    filled = make(tmp_path / "vol.pdf", field(FT=Name.Tx, V=String(MARKER), DV=String(MARKER)))
    assert only(empty, "form-field").severity is Severity.NOTE
    assert only(filled, "form-value").text == MARKER


def test_a_signature_is_found_with_who_signed(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        signature = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"), Name=String(MARKER))
        field(FT=Name.Sig, V=pdf.make_indirect(signature))(pdf, page)

    assert only(make(tmp_path / "file.pdf", attack), "signature").text == MARKER


def test_an_action_that_starts_a_program_is_found(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.Launch, F=String("x.exe"))

    assert only(make(tmp_path / "file.pdf", attack), "action").detail == "Launch"


def test_opening_at_a_page_is_no_issue(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        pdf.Root.OpenAction = Array([page.obj, Name.Fit])

    assert found(make(tmp_path / "file.pdf", attack)) == set()


# ── Spoken texts ──────────────────────────────────────────────────────────────────────────────────────────────────────


ALLEN = "BT /F1 12 Tf 72 700 Td (Beste allen) Tj ET"


@pytest.mark.parametrize("key", ["ActualText", "E"])
@pytest.mark.parametrize("text", [f"({MARKER})", f"<{MARKER.encode().hex()}>", "<FEFF005A0077006100720074>"])
def test_a_replacement_text_with_other_words_is_a_leak(tmp_path: Path, key: str, text: str) -> None:
    issue = only(make(tmp_path / "file.pdf", None, f"/Span <</{key} {text}>> BDC {ALLEN} EMC"), "actual-text")
    assert issue.severity is Severity.LEAK
    assert MARKER.startswith(issue.text)


def test_a_replacement_text_in_the_structure_tree_is_a_leak(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        attacks.structure_tree(pdf, page)
        page.obj.Contents = pdf.make_stream(ALLEN.encode())

    assert "actual-text" in found(make(tmp_path / "file.pdf", attack))


def test_a_replacement_text_with_the_words_of_the_page_is_none(tmp_path: Path) -> None:
    content = f"/Span <</ActualText (Beste {MARKER})>> BDC {attacks.CONTENT} EMC"
    assert found(make(tmp_path / "file.pdf", None, content)) == set()


def test_a_replacement_text_that_says_that_something_was_redacted_is_none(tmp_path: Path) -> None:
    said = "gelakt op grond van artikel 5.1, tweede lid, onder e, Woo"
    content = f"/Span <</ActualText ({said})>> BDC {attacks.CONTENT} EMC"
    assert found(make(tmp_path / "file.pdf", None, content)) == set()


def test_a_description_of_a_figure_is_a_note(tmp_path: Path) -> None:
    content = f"/Figure <</Alt (Foto van de uitreiking)>> BDC EMC {attacks.CONTENT}"
    assert only(make(tmp_path / "file.pdf", None, content), "alternative-text").severity is Severity.NOTE


def test_an_outline_with_the_words_of_the_page_is_none(tmp_path: Path) -> None:
    content = f"BT /F1 12 Tf 72 700 Td (Gesprek met {MARKER}) Tj ET"
    assert found(make(tmp_path / "file.pdf", attacks.outline, content)) == set()


def test_missing_tags_language_and_title_are_notes(tmp_path: Path) -> None:
    codes = {issue.code for issue in audited(make(tmp_path / "file.pdf")) if issue.severity is Severity.NOTE}
    assert {"untagged", "no-language", "no-title"} <= codes
