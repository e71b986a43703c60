"""Who works on something stands in a column of its own."""

from __future__ import annotations

import pytest

from woo_anon.people.columns import staff_cells
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


def test_a_word_in_a_sentence_heads_no_column() -> None:
    text = "De behandelaar belde gisteren met Zandvoort over het verzoek.\nDaarna kwam Wortelboer.\n"
    assert not staff_cells(text).any(Span(0, len(text)))
