"""Names taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.people.name import fold, paraaf_letters, parse


@pytest.mark.parametrize(
    ("surface", "given", "initials", "infix", "surname"),
    [
        ("Willemijn van der Meulen", ("willemijn",), "", "van der", "meulen"),
        ("W.J. van der Meulen-Achterberg", (), "wj", "van der", "meulen-achterberg"),
        ("Meulen, W.J. van der (Willemijn)", ("willemijn",), "wj", "van der", "meulen"),
        ("Pham, Thao", ("thao",), "", "", "pham"),
        ("VAN DER MEULEN", (), "", "van der", "meulen"),
        ("drs. K.J. Sytema", (), "kj", "", "sytema"),
        ("KJ Sytema", (), "kj", "", "sytema"),
        ("Tuğba Çelikkanat", ("tugba",), "", "", "celikkanat"),
        ("Sh. Farahmandi", (), "sh", "", "farahmandi"),
        ("Jan-Willem Bakker", ("jan-willem",), "", "", "bakker"),
        ("W. van der Meulen-\nAchterberg", (), "w", "van der", "meulen-achterberg"),
        ("Yntema", (), "", "", ""),
        ("Van 't Hoff", (), "", "van 't", "hoff"),
    ],
)
def test_a_name_is_taken_apart_in_any_order(surface, given, initials, infix, surname):
    name = parse(surface)
    assert (name.given, name.initials, name.infix, name.surname) == (given, initials, infix, surname)


def test_the_halves_of_a_double_surname_are_words_of_the_name():
    assert {"meulen", "achterberg"} <= set(parse("W. van der Meulen-Achterberg").words)


def test_a_spaced_name_is_one_word():
    assert parse("P O S T H O L T").words == ("postholt",)


@pytest.mark.parametrize(
    ("surface", "paraaf"), [("Willemijn van der Meulen", "wvdm"), ("J. de Vries", "jdv"), ("Cherno Jallow", "cj")]
)
def test_a_paraaf_follows_from_a_name(surface, paraaf):
    assert paraaf in paraaf_letters(parse(surface))


def test_a_single_word_has_no_paraaf():
    assert not paraaf_letters(parse("Yntema"))


@pytest.mark.parametrize(
    ("one", "two"),
    [("YILDIRIM", "Yıldırım"), ("Celikkanat", "Çelikkanat"), ("Keijzer", "Keĳzer"), ("Joseﬁen", "Josefien")],
)
def test_spellings_of_one_name_fold_to_the_same(one, two):
    assert fold(one) == fold(two)


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(text):
    name = parse(text)
    assert all(word and word == fold(word) for word in name.words)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("letter", "DESVY")
def test_a_capital_before_a_surname_is_an_initial_and_no_infix(letter: str) -> None:
    name = parse(f"{letter}. Oldeboom")
    assert (name.initials, name.infix, name.surname) == (letter.lower(), "", "oldeboom")
    assert name.full


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Zwaluwen-\nburg", ("zwaluwenburg",)),
        ("Bos-\nVos", ("bos", "vos")),
        ("Mu\u0308\u00adlenaar", ("mulenaar",)),
        ("M\u00adülenaar", ("mulenaar",)),
        ("mevrouw Wit5", ("wit",)),
        ("Wit²", ("wit",)),
        ("Meu1en", ("meu1en",)),
    ],
)
def test_line_ends_unseen_signs_and_the_digits_of_notes_are_no_part_of_a_name(written, words):
    assert parse(written).words == words
