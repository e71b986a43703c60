"""Numbers in words, as speech recognition writes them; all made up."""

from __future__ import annotations

import pytest
from families import found
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn as eleven_test

from woo_anon.detect import birth, bsn, phone

FIGURES = "nul een twee drie vier vijf zes zeven acht negen".split()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            "bereikbaar op nul zes twaalf vierendertig tachtig elf nul twee",
            "nul zes twaalf vierendertig tachtig elf nul twee",
        ),
        (
            "nul zes veertien tweeëntachtig dertig elf\nnul vier jaap",
            "nul zes veertien tweeëntachtig dertig elf\nnul vier",
        ),
        ("ik bel Harmke op toestel vier vier twee zeven streepje", "vier vier twee zeven"),
    ],
)
def test_a_telephone_number_in_words_is_found(text: str, number: str) -> None:
    assert found(phone.find, text) == [number]


@given(st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_any_mobile_number_a_figure_at_a_time_is_found(figures: list[int]) -> None:
    words = " ".join(["nul", "zes", *(FIGURES[figure] for figure in figures)])
    assert found(phone.find, f"mijn nummer is {words}.") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "nul twee drie",
        "een twee drie vier vijf zes zeven acht negen tien",
        "twaalf mensen, drie honden, vier katten en vijf paarden",
        "toestel een is stuk",
    ],
)
def test_counting_is_no_telephone_number(text: str) -> None:
    assert found(phone.find, text) == []


@given(st.integers(10_000_000, 99_999_999).map(lambda number: f"9{number}"))
def test_nine_figures_in_words_are_a_service_number_when_they_pass_the_test(number: str) -> None:
    words = " ".join(FIGURES[int(figure)] for figure in number)
    assert found(bsn.find, f"mijn nummer {words} dus") == ([words] if eleven_test.is_valid(number) else [])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("mevrouw is geboren op vier mei negentienachtenveertig en woont", "vier mei negentienachtenveertig"),
        ("geboren vierentwintig mei vijfentachtig", "vierentwintig mei vijfentachtig"),
        ("geboren op twintig april negentienhonderdnegentig", "twintig april negentienhonderdnegentig"),
    ],
)
def test_a_date_of_birth_in_words_is_found(text: str, date: str) -> None:
    assert found(birth.find, text) == [date]
