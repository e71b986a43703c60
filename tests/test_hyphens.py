"""Words that a text cuts up."""

from __future__ import annotations

import pytest

from woo_anon.hyphens import made_whole
from woo_anon.spans import Span


def whole(text: str, *said: str) -> list[tuple[int, str]]:
    """Of how many spans what is, where each of `said` has one."""
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in said]
    return [(len(together), one) for together, one in made_whole(text, spans)]


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("mevrouw Terp-\nstra", ["Terp-", "stra"], [(2, "Terpstra")]),
        ("mevrouw Terp-\r\n  > stra", ["Terp", "stra"], [(2, "Terpstra")]),
        ("Zwa-\nlu\u00ad\nwen is hier", ["Zwa-", "lu\u00ad", "wen"], [(3, "Zwaluwen")]),
        ("Ç\u00ad elik", ["Ç\u00ad elik"], [(1, "Çelik")]),
        ("J. T e r p s t r a", ["J. T e r p s t r a"], [(1, "J. Terpstra")]),
    ],
)
def test_a_word_that_is_cut_up_is_made_whole(text: str, said: list[str], found: list[tuple[int, str]]) -> None:
    assert whole(text, *said) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Jan Bos\nPiet Vos", ["Jan Bos", "Piet Vos"]),
        ("Bos heeft di-\nrect Vos gebeld", ["Bos", "Vos"]),
        ("Bos-Visser", ["Bos", "Visser"]),
        ("A B C", ["A B C"]),
        ("Terp-\nstra", ["Terp-"]),
        ("Terpstra", []),
    ],
)
def test_what_is_not_cut_up_stays_as_it_is(text: str, said: list[str]) -> None:
    assert whole(text, *said) == []


def test_parts_of_pages_cut_up_nothing() -> None:
    assert [one for _, one in made_whole("Terp-\nstra", [Span(0, 5), Span(6, 6), Span(6, 10)])] == ["Terpstra"]
