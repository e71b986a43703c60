"""The values of TOOI that come with the package."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from xsd import path_of_lists

from woo_anon.publication.tooi import find, is_organisation, lists

_XS = "{http://www.w3.org/2001/XMLSchema}"
KERN = "https://identifier.overheid.nl/tooi/def/thes/kern/"


def test_there_are_the_seventeen_categories_of_the_act_and_the_one_for_all_else() -> None:
    assert [value.number for value in lists().categories] == list(range(1, 19))


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("wetten en algemeen verbindende voorschriften", 1),  # art. 3.3, first paragraph, under a
        ("adviezen", 10),  # second paragraph, under d
        ("Woo-verzoeken en -besluiten", 14),
        ("onderzoeksrapporten", 15),  # the example of the handbook
        ("klachtoordelen", 17),
    ],
)
def test_categories_have_the_number_of_their_sitemap_index(label: str, number: int) -> None:
    value = find(lists().categories, label)
    assert value is not None
    assert value.number == number


@pytest.mark.parametrize("text", ["beslisnota", " Beslisnota ", "c_2977c34f", f"{KERN}c_2977c34f"])
def test_a_value_is_found_by_label_code_or_identifier(text: str) -> None:
    value = find(lists().kinds, text)
    assert value is not None
    assert (value.uri, value.label) == (f"{KERN}c_2977c34f", "beslisnota")


def test_a_straight_apostrophe_finds_a_curly_one() -> None:
    assert find(lists().categories, "agenda's en besluitenlijsten bestuurscolleges") is not None


@pytest.mark.parametrize("text", ["", "beslis", "c_", "https://identifier.overheid.nl/tooi/def/thes/kern/"])
def test_a_part_of_a_value_is_no_value(text: str) -> None:
    assert find(lists().kinds, text) is None


@pytest.mark.parametrize("name", ["categories", "kinds", "handlings", "languages", "formats"])
def test_no_two_values_of_a_list_go_by_one_name(name: str) -> None:
    values = getattr(lists(), name)
    assert [find(values, text) for value in values for text in (value.uri, value.label)] == [
        value for value in values for _ in range(2)
    ]


@pytest.mark.parametrize(
    "code",
    ["gemeente/gm0589", "ministerie/mnre1034", "provincie/pv26", "waterschap/ws0636", "zbo/zb000300", "so/so0896"],
)
def test_identifiers_of_organisations_have_a_known_form(code: str) -> None:
    assert is_organisation(f"https://identifier.overheid.nl/tooi/id/{code}")


@pytest.mark.parametrize(
    "text",
    [
        "gm0589",
        "http://identifier.overheid.nl/tooi/id/gemeente/gm0589",
        "https://identifier.overheid.nl/tooi/id/gemeente/mnre1034",
        "https://identifier.overheid.nl/tooi/id/gemeente/gm0589/",
        "https://identifier-overheid.nl/tooi/id/gemeente/gm0589",
    ],
)
def test_anything_else_is_no_identifier_of_an_organisation(text: str) -> None:
    assert not is_organisation(text)


@pytest.mark.parametrize(
    ("name", "standard"),
    [
        ("categories", "informatiecategorielijst"),
        ("kinds", "documentsoortlijst"),
        ("handlings", "soorthandelinglijst"),
        ("languages", "taallijst"),
    ],
)
def test_the_lists_are_those_of_the_standard(name: str, standard: str) -> None:
    path: Path = path_of_lists()
    found = etree.parse(path).iterfind(f".//{_XS}simpleType[@name='{standard}']//{_XS}enumeration")
    assert {value.uri for value in getattr(lists(), name)} == {element.get("value") for element in found}
