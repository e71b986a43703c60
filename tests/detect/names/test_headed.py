"""Headings: under which one each word of a document stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect.headed import Heading, headings
from woo_anon.detect.lexicon import Kind, Lexicon
from woo_anon.detect.tokens import tokenise
from woo_anon.detect.words import Words

COMMON = ["raad", "ambtelijk", "aanwezig", "namens", "de", "secretaris", "gasten", "sprak", "met", "contactpersoon"]
WORDS = Words(
    Lexicon.compile(
        {word: (0, 6) for word in COMMON}
        | {"van": (int(Kind.INFIX), 7)}
        | {word: (int(Kind.SURNAME_RARE), 0) for word in ("datema", "fennema", "bolk", "eising", "zuidhof")}
    )
)


def under(text: str) -> dict[str, Heading | None]:
    tokens = tokenise(text)
    known = [WORDS(word) for word in tokens.words]
    return dict(zip(tokens.words, headings(tokens, known), strict=True))


def told(text: str, word: str) -> tuple[str, str] | None:
    heading = under(text)[word]
    return heading and (heading.last, heading.place)


def test_a_colon_labels_its_line() -> None:
    found = under("Raad: Datema, Fennema\nAmbtelijk: Bolk")
    assert [found[word] and found[word].last for word in ("Raad", "Datema", "Fennema", "Bolk")] == [
        None,
        "raad",
        "raad",
        "ambtelijk",
    ]


def test_a_list_goes_on_over_lines_and_ends_with_a_sentence() -> None:
    text = "Raad: Datema,\nFennema en Van Eising\nBolk sprak met\nZuidhof"
    assert told(text, "Fennema") == told(text, "Eising") == told(text, "Bolk") == ("raad", ":")
    assert told(text, "Zuidhof") is None


def test_a_line_of_common_words_heads_the_lines_below_until_an_empty_one() -> None:
    text = "Aanwezig namens de raad\nDatema\nFennema\n\nZuidhof"
    assert told(text, "Fennema") == ("raad", "_")
    assert told(text, "Zuidhof") is None


def test_an_empty_line_may_stand_between_a_heading_and_its_list() -> None:
    assert told("Aanwezig\n\nDatema\nFennema", "Fennema") == ("aanwezig", "_")


def test_a_surname_alone_on_its_line_is_no_heading() -> None:
    assert told("Aanwezig\nDatema\nFennema", "Fennema") == ("aanwezig", "_")


def test_a_wide_gap_labels_its_line() -> None:
    assert told("Raad        Datema, Fennema", "Fennema") == ("raad", "|")


def test_a_heading_knows_the_one_above_it() -> None:
    heading = under("Aanwezig\nRaad: Datema\nAmbtelijk: Bolk")["Bolk"]
    assert heading is not None and (heading.above, heading.last) == ("aanwezig", "ambtelijk")


def test_a_colon_within_a_line_heads_what_follows() -> None:
    text = "Raad: Datema, Fennema. Secretaris: Bolk"
    assert told(text, "Fennema") == ("raad", ":")
    assert told(text, "Bolk") == ("secretaris", ":")


@pytest.mark.parametrize("sentence", ["Datema sprak: Fennema", "14:30 Datema"])
def test_no_heading_is_made_of_a_name_or_a_time(sentence: str) -> None:
    assert not any(heading and heading.last == "datema" for heading in under(sentence).values())


@given(st.lists(st.sampled_from(["Raad", ":", "Datema", "\n", "\n\n", "  ", ",", ".", "en", "14", "("])).map(" ".join))
def test_every_token_has_an_answer(text: str) -> None:
    tokens = tokenise(text)
    assert len(list(headings(tokens, [WORDS(word) for word in tokens.words]))) == len(tokens)
