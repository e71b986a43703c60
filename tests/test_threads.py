"""Which mails of a run are one conversation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from woo_anon.batch.threads import numbered
from woo_anon.formats.member import Thread


def mail(*identifiers: str, subject: str = "", follows: bool = False) -> Thread:
    return Thread(frozenset(identifiers), subject, follows)


def test_mails_that_share_an_identifier_have_the_number_of_the_first() -> None:
    assert numbered([(4, mail("a")), (2, mail("b", "a")), (7, mail("c", "b")), (5, mail("d"))]) == {
        4: 2,
        2: 2,
        7: 2,
        5: 5,
    }


def test_a_mail_that_comes_last_joins_two_conversations() -> None:
    assert set(numbered([(3, mail("a")), (1, mail("b")), (2, mail("a", "b"))]).values()) == {1}


def test_an_answer_that_names_no_mail_joins_those_of_its_subject() -> None:
    mails = [(1, mail("a", subject="brug")), (2, mail(subject="brug", follows=True)), (3, mail("c", subject="plan"))]
    assert numbered(mails) == {1: 1, 2: 1, 3: 3}


def test_mails_of_one_subject_that_answer_nothing_stay_apart() -> None:
    assert numbered([(1, mail("a", subject="agenda")), (2, mail("b", subject="agenda"))]) == {1: 1, 2: 2}


def test_answers_without_a_subject_stay_apart() -> None:
    assert numbered([(1, mail(follows=True)), (2, mail(follows=True))]) == {1: 1, 2: 2}


_MAILS = st.lists(st.sets(st.sampled_from("abcdef"), max_size=3), max_size=12)


@given(_MAILS, st.randoms(use_true_random=False))
def test_the_order_of_the_mails_makes_no_difference(identifiers: list[set[str]], random) -> None:
    mails = [(number, mail(*each)) for number, each in enumerate(identifiers, 1)]
    shuffled = random.sample(mails, len(mails))
    found = numbered(mails)
    assert numbered(shuffled) == found
    assert all(found[found[number]] == found[number] <= number for number in found)
    for one, first in mails:
        for other, second in mails:
            if first.identifiers & second.identifiers:
                assert found[one] == found[other]
