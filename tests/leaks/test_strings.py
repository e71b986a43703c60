"""Strings are counted by the places of one of their words: that finds no fewer and no more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Action, Decision, Document, Entity, Page, Redaction, Role
from woo_anon.spans import Span
from woo_anon.verify.strings import Gone, Haystack, Needle, Sought, Words, count, gone, plain, words_of

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


def wholes(text: str, *said: str) -> set[str]:
    """What is looked for beside the text, where `said` is redacted, because the text cuts it up."""
    document = Document("n.pdf", "pdf", text, (Page(1, 0, len(text)),))
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in said]
    decisions = [Decision(s, Entity.PERSON, Action.REDACT, Role.UNKNOWN, None, "", "test", 1.0, "test") for s in spans]
    strings = gone(document, [Redaction(number, one) for number, one in enumerate(decisions, 1)])
    return {whole for string in strings for whole in string.wholes}


def test_a_string_that_the_text_cuts_up_is_looked_for_whole_unless_the_text_says_it_elsewhere() -> None:
    assert wholes("mevrouw Terp-\nstra", "Terp-", "stra") == {"terpstra"}
    assert wholes("mevrouw Terp-\nstra bij Terpstra BV", "Terp-", "stra") == set()


def test_a_hyphen_alone_is_no_string() -> None:
    assert wholes("Beste -\nen \u00ad  tot ziens", "-", "\u00ad  ") == set()
