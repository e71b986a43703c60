"""Words hyphenated at line ends are whole for the tagger, and what it finds leads back to where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect.rejoined import rejoin


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("de accoun-\ntant keurde", "de accountant\nkeurde"),
        ("de accoun\u00ad\ntant, mevrouw", "de accountant,\nmevrouw"),
        ("> het tussenrappor-\n> tage van mei", "> het tussenrapportage\nvan mei"),
        ("mevrouw Terp-\nstra zei", "mevrouw Terpstra\nzei"),
        ("de wethou-\nder Kuipers", "de wethouder\nKuipers"),
        ("een beslis-\nsing.\nDaarna", "een beslissing.\nDaarna"),
        ("Senior\nbeleidsmedewer\nker\n12-05", "Senior\nbeleidsmedewerker\n12-05"),
        ("Naam  Akkoo\nrd", "Naam  Akkoord"),
    ],
)
def test_a_word_cut_by_the_end_of_a_line_is_made_whole(text: str, whole: str) -> None:
    assert rejoin(text).text == whole


@pytest.mark.parametrize(
    "text",
    [
        "met Jan\nsen",
        "het college\nzegt",
        "Terpstr\nade",
        "Jansen-\nde Vries",
        "in-\nen uitvoer",
        "Noord-\nen Zuid",
        "Den Haag -\ndaar",
        "Vos-\nTerpstra",
        "A-\nbrief",
    ],
)
def test_a_hyphen_of_its_own_stays(text: str) -> None:
    assert rejoin(text).text == text


@pytest.mark.parametrize("word", ["Terpstra", "keurde", "Kuipers", "accountant"])
def test_a_part_leads_back(word: str) -> None:
    text = "mevrouw Terp-\n  stra en de accoun-\n> tant keurde het goed, zei Kuipers."
    whole = rejoin(text)
    at = whole.text.index(word)
    start, end = whole.original(at, at + len(word))
    said = text[start:end].replace("-\n", "").replace("> ", "").replace("  ", "")
    assert said == word


@given(st.text(alphabet="abte-\n\u00ad >TV.", max_size=60))
def test_every_part_leads_back_to_itself(text: str) -> None:
    whole = rejoin(text)
    for at, sign in enumerate(whole.text):
        start, end = whole.original(at, at + 1)
        assert text[start : start + 1] == sign or (sign == "\n" and text[start].isspace())
        assert start < end <= len(text)
