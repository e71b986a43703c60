"""Document information and XMP."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from attacks import make
from audited import MARKER, found, only
from pdf_files import FONT, PAGES, TEXT, page, stream, written
from pikepdf import Name, Pdf

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
