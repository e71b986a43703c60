"""Cutting text: exact offsets, nothing lost, names on their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nota_yntema_v6.docx", ["nota", "_", "yntema", "_", "v6", ".", "docx"]),
        ("@Tuğba", ["@", "Tuğba"]),
        ("motie-Grinwis", ["motie", "-", "Grinwis"]),
        ("W.J. Vos", ["W", ".", "J", ".", "Vos"]),
        ("Marieke's", ["Marieke", "'", "s"]),
        ("JdV/MvdB", ["JdV", "/", "MvdB"]),
        ("DeBondt", ["De", "Bondt"]),
        ("MvdBerg JSt", ["Mvd", "Berg", "JSt"]),
        ("BartekKołodziej", ["Bartek", "Kołodziej"]),
        ("[YG2]", ["[", "YG", "2", "]"]),
        ("P1oegstra", ["P1oegstra"]),
        ("Bj?rn Ren(cid:233)e N&uuml;khet", ["Bj?rn", "Ren(cid:233)e", "N&uuml;khet"]),
        ("Komt Jan? Ja.", ["Komt", "Jan", "?", "Ja", "."]),
        ("Jose\u0301 komt", ["Jose\u0301", "komt"]),
        ("", []),
    ],
)
def test_names_are_tokens_of_their_own(text: str, words: list[str]) -> None:
    assert tokenise(text).words == words


@given(st.text(max_size=300))
def test_tokens_are_the_text_without_white_space(text: str) -> None:
    tokens = tokenise(text)
    assert all(
        text[start:end] == word for start, end, word in zip(tokens.starts, tokens.ends, tokens.words, strict=True)
    )
    assert "".join(tokens.words) == "".join(text.split())
    assert all(left <= right for left, right in zip(tokens.ends, tokens.starts[1:], strict=False))


def test_lines_and_gaps_are_counted() -> None:
    tokens = tokenise("Aan  Jan\tPiet\n\nKees en Wil\nx")
    assert tokens.lines == [0, 0, 0, 1, 1, 1, 2]
    assert tokens.gaps == [3, 2, 2, 4, 1, 1, 3]
