"""Strings are counted by the places of one of their words: that finds no fewer and no more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from woo_anon.verify.strings import Gone, Haystack, Needle, Sought, Words, count, plain, words_of

# Letters and digits of several scripts, what joins and parts them, and what is neither letter nor space.
TEXTS = st.text(alphabet="abn1é٣_ -.()李田ー\ufffc", max_size=40).map(plain)
NEEDLES = st.text(alphabet="abn1é٣_ -.()李田ー", min_size=1, max_size=5).map(plain).filter(bool)


@given(TEXTS, NEEDLES)
def test_counting_by_the_places_of_a_word_is_counting(text: str, needle: str) -> None:
    assert Words(text).count(needle) == count(needle, text)


@given(TEXTS, st.lists(NEEDLES, max_size=5))
def test_every_string_that_stands_in_a_text_is_among_those_with_one_of_its_words(text: str, needles: list[str]) -> None:
    strings = [Gone(number, needle, 0, int) for number, needle in enumerate(needles)]
    among = {string.number for string in Sought(strings).among(words_of(text))}
    assert {string.number for string in strings if count(string.text, text)} <= among


@given(
    st.binary(max_size=20), st.text(alphabet="abcX 1", min_size=1, max_size=8).map(plain).filter(bool), st.booleans()
)
def test_a_string_is_found_in_bytes_in_any_case(around: bytes, needle: str, upper: bool) -> None:
    said = (needle.upper() if upper else needle).encode("ascii")
    assert Haystack(around + said + around[::-1]).holds(Needle(needle))
