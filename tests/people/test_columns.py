"""Who works on something stands in a column of its own."""

from __future__ import annotations

import pytest

from woo_anon.people.columns import office_cells, staff_cells
from woo_anon.spans import Span

SPACED = """Nr   Onderwerp           Behandelaar     Status
1    verzoek stikstof    Zandvoort       nieuw
2    verzoek molens      Wortelboer      gereed
"""


def cells(text: str) -> list[str]:
    return [text[cell.span.start : cell.span.end] for cell in staff_cells(text).all]


@pytest.mark.parametrize(
    "heading", ["Behandelaar", "Trekker", "Opsteller", "Behandeld door", "Dossierhouder", "Contactpersoon"]
)
def test_the_names_below_a_heading_for_staff_are_found(heading: str) -> None:
    assert cells(SPACED.replace("Behandelaar", f"{heading:<11}")) == ["Zandvoort", "Wortelboer"]


def test_cells_may_be_parted_by_tabs() -> None:
    text = "Nr\tOnderwerp\tBehandelaar\tStatus\n1\tstikstof\tZandvoort, A.A.\tnieuw\n"
    assert cells(text) == ["Zandvoort, A.A."]


@pytest.mark.parametrize("heading", ["Indiener", "Wethouder", "Onderwerp2", "Fractie"])
def test_other_columns_are_none_of_staff(heading: str) -> None:
    assert cells(SPACED.replace("Behandelaar", f"{heading:<11}")) == []


@pytest.mark.parametrize("heading", ["Gedeputeerde", "Wethouder", "Pfh", "Raadslid"])
def test_the_names_below_a_heading_for_office_holders_are_found(heading: str) -> None:
    text = SPACED.replace("Behandelaar", f"{heading:<11}")
    assert [text[cell.span.start : cell.span.end] for cell in office_cells(text).all] == ["Zandvoort", "Wortelboer"]


def test_who_signs_below_an_office_beside_another_is_found() -> None:
    text = "Ede, 12 april 2024\n\nde secretaris,\t\tde burgemeester,\nW. ter Braak\t\tT. Oldeboom\n"
    assert [text[cell.span.start : cell.span.end] for cell in office_cells(text).all] == ["T. Oldeboom"]


@pytest.mark.parametrize("heading", ["Advies wethouder", "Vraag raadslid", "Indiener", "Behandelaar"])
def test_a_heading_that_says_more_than_an_office_is_none_for_office_holders(heading: str) -> None:
    assert not office_cells(SPACED.replace("Behandelaar", f"{heading:<11}")).all


def test_a_word_in_a_sentence_heads_no_column() -> None:
    text = "De behandelaar belde gisteren met Zandvoort over het verzoek.\nDaarna kwam Wortelboer.\n"
    assert not staff_cells(text).any(Span(0, len(text)))
