"""The dictionary: folding, looking up, and its file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect.lexicon import Kind, Lexicon, fold

WORDS = {"jansen": (int(Kind.SURNAME), 4), "storm": (int(Kind.FIRST | Kind.SURNAME), 6), "tafel": (0, 6)}


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Özgür", "ozgur"),
        ("KOŁODZIEJ", "kolodziej"),
        ("Yıldırım", "yildirim"),
        ("Jose\u0301", "jose"),
        ("Strauß", "strauss"),
    ],
)
def test_folding_takes_case_and_accents_away(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_a_listed_word_is_found_with_its_lists_and_frequency() -> None:
    lexicon = Lexicon.compile(WORDS)
    assert {word: lexicon.look_up(word) for word in WORDS} == WORDS


def test_an_unlisted_word_is_unknown() -> None:
    assert Lexicon.compile(WORDS).look_up("grinwis") == (0, 0)


def test_a_dictionary_survives_its_file() -> None:
    lexicon = Lexicon.from_bytes(Lexicon.compile(WORDS).to_bytes())
    assert len(lexicon) == 3
    assert lexicon.look_up("storm") == WORDS["storm"]


@pytest.mark.parametrize("data", [b"", b"WOOLEX1\n", b"something else", Lexicon.compile(WORDS).to_bytes()[:-1]])
def test_another_or_a_shortened_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="lexicon"):
        Lexicon.from_bytes(data)


@given(st.dictionaries(st.text("abcdefgh", min_size=1), st.tuples(st.integers(0, 0xFFFF), st.integers(0, 7))))
def test_every_compiled_word_is_found(words: dict[str, tuple[int, int]]) -> None:
    lexicon = Lexicon.compile(words)
    for word, (kinds, _) in words.items():
        assert lexicon.look_up(word)[0] & kinds == kinds
