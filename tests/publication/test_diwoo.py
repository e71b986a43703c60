"""DiWoo metadata and sitemaps: the structure as we know it, and, where it is at hand, the schema of the standard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from organisation import settings
from xsd import schema

from woo_anon.publication.diwoo import Entry, index_name, metadata, sitemap, sitemap_index
from woo_anon.publication.facts import facts, one_line
from woo_anon.publication.inventory import Judgement, Row
from woo_anon.publication.tooi import find, lists

DIWOO = "{https://standaarden.overheid.nl/diwoo/metadata/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FACTS = facts(settings())
ROW = Row("10001", "2025-01", "nota.pdf", date(2025, 2, 14), Judgement.PARTIAL, grounds=("5.1.2e",))
ENTRY = Entry(ROW, find(lists().formats, "pdf"), "https://open.oudewater.example/woo/documents/10001.pdf", "2025-04-01")
BARE = replace(ENTRY, row=replace(ROW, date=None), format=None, written=None)


def names(content: bytes) -> list[str]:
    return [element.tag.removeprefix(DIWOO) for element in ElementTree.fromstring(content).iter()]


def test_metadata_holds_what_the_standard_requires_and_no_more_than_is_known() -> None:
    required = "Document DiWoo identifiers identifier publisher titelcollectie officieleTitel classificatiecollectie"
    given_facts = "informatiecategorieen informatiecategorie documentsoorten documentsoort creatiedatum language format"
    handling = "documenthandelingen documenthandeling soortHandeling atTime"
    assert names(metadata(ENTRY, FACTS)) == f"{required} {given_facts} {handling}".split()


def test_what_is_not_known_is_left_out() -> None:
    assert not {"creatiedatum", "format", "documentsoorten"} & set(names(metadata(BARE, replace(FACTS, kind=None))))


def test_no_name_of_an_author_is_filled() -> None:
    assert b"naamOpsteller" not in metadata(ENTRY, FACTS) + sitemap([ENTRY, BARE], FACTS)


def test_values_carry_their_identifier_and_label() -> None:
    publisher = ElementTree.fromstring(metadata(ENTRY, FACTS)).find(f".//{DIWOO}publisher")
    assert publisher is not None
    assert publisher.attrib == {"resource": "https://identifier.overheid.nl/tooi/id/gemeente/gm0589"}
    assert publisher.text == "gemeente Oudewater"


@pytest.mark.parametrize(
    ("document", "title"),
    [
        ("nota.pdf", "nota"),
        ("Verslag 16 april 2020.docx", "Verslag 16 april 2020"),
        ("Overleg 16.30", "Overleg 16.30"),
        ("Namenlijst", "Namenlijst"),
        ("10001.pdf", "Document 10001"),
    ],
)
def test_the_title_is_the_name_without_its_suffix(document: str, title: str) -> None:
    assert replace(ROW, document=document).title == title


def test_a_sitemap_holds_address_and_day_and_metadata_of_every_document() -> None:
    first, second = ElementTree.fromstring(sitemap([ENTRY, BARE], FACTS))
    assert [child.tag for child in first] == [f"{SITEMAP}loc", f"{SITEMAP}lastmod", f"{DIWOO}Document"]
    assert [child.tag for child in second] == [f"{SITEMAP}loc", f"{DIWOO}Document"]
    assert (first[0].text, first[1].text) == (ENTRY.address, "2025-04-01")


def test_an_index_names_its_sitemaps() -> None:
    found = ElementTree.fromstring(sitemap_index(["https://a.example/1.xml", "https://a.example/2.xml"]))
    assert [loc.text for loc in found.iter(f"{SITEMAP}loc")] == ["https://a.example/1.xml", "https://a.example/2.xml"]


def test_an_index_is_called_after_its_category() -> None:
    assert index_name(FACTS.category) == "sitemapindex-diwoo-infocat014.xml"


@given(st.text(max_size=50).map(one_line).filter(bool))
def test_any_name_that_can_be_shown_gives_xml_that_can_be_read(name: str) -> None:
    title = ElementTree.fromstring(metadata(replace(ENTRY, row=replace(ROW, document=name)), FACTS)).find(
        f".//{DIWOO}officieleTitel"
    )
    assert title is not None
    assert title.text == replace(ROW, document=name).title


@pytest.mark.parametrize("entry", [ENTRY, BARE])
def test_metadata_is_valid_by_the_schema(entry: Entry) -> None:
    schema().assertValid(etree.fromstring(metadata(entry, FACTS)))


def test_metadata_in_a_sitemap_is_valid_by_the_schema() -> None:
    found = list(etree.fromstring(sitemap([ENTRY, BARE], FACTS)).iter(f"{DIWOO}Document"))
    for document in found:
        schema().assertValid(etree.fromstring(etree.tostring(document)))
    assert len(found) == 2


@pytest.mark.parametrize("list_name", ["categories", "kinds", "handlings", "languages"])
def test_every_value_of_our_lists_is_valid_by_the_schema(list_name: str) -> None:
    field = {"categories": "category", "kinds": "kind", "handlings": "handling", "languages": "language"}[list_name]
    known = schema()
    for value in getattr(lists(), list_name):
        known.assertValid(etree.fromstring(metadata(ENTRY, replace(FACTS, **{field: value}))))
