"""One person has one pseudonym throughout a dossier; two never share one; nothing of a name is in it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Action, Decision, Entity, Finding, Person, Role
from woo_anon.people.pseudonyms import Alias, aliases, labelled, pseudonyms
from woo_anon.spans import Span

TEXT = "Femke Oldeboom belt. Minister Wortelboer luistert. De burger Bos schrijft."


def alias(*names: str, role: str = "onbekend") -> Alias:
    return Alias(names, role)


def labels(*documents: list[Alias]) -> list[list[str | None]]:
    listed = [(str(number), people) for number, people in enumerate(documents)]
    found = pseudonyms(listed)
    return [[found.of(path, one) for one in people] for path, people in listed]


def decision(
    surface: str, person: int | None, action: Action = Action.REDACT, entity: Entity = Entity.PERSON
) -> Decision:
    start = TEXT.index(surface)
    span = Span(start, start + len(surface))
    return Decision(span, entity, action, Role.CIVIL_SERVANT, "5.1.2e", "5.1.2e", "test", 0.9, "ner", person)


def person(number: int, surface: str, *, doubtful: bool = False) -> Person:
    made = decision(surface, number)
    mention = Finding(made.span, Entity.PERSON, 0.9, "test")
    return Person(number, (mention,), Role.CIVIL_SERVANT, 0.9, doubtful=doubtful)


def test_people_are_numbered_as_they_appear_whatever_they_are_called() -> None:
    names = [f"{given} Oldeboom" for given in ("Zita", "Anna", "Merel")]
    assert labels([alias(name) for name in names]) == [["persoon 1", "persoon 2", "persoon 3"]]


@given(st.permutations(["Anna Bos", "Zita Wortelboer", "K. Halfwerk", "Oldeboom"]))
def test_a_pseudonym_tells_nothing_of_the_name(names: list[str]) -> None:
    assert labels([alias(name) for name in names]) == [[f"persoon {number}" for number in (1, 2, 3, 4)]]


@pytest.mark.parametrize("other", ["Femke Oldeboom", "Oldeboom, Femke", "F. Oldeboom", "Oldeboom", "OLDEBOOM"])
def test_one_person_has_one_number_in_all_documents(other: str) -> None:
    assert labels([alias("Femke Oldeboom", "Oldeboom")], [alias(other)]) == [["persoon 1"], ["persoon 1"]]


@pytest.mark.parametrize("other", ["Frits Oldeboom", "K. Oldeboom", "Femke Wortelboer", "Jan"])
def test_others_have_another(other: str) -> None:
    assert labels([alias("Femke Oldeboom")], [alias(other)]) == [["persoon 1"], ["persoon 2"]]


@pytest.mark.parametrize("name", ["F. Oldeboom", "Oldeboom"])
def test_who_can_be_either_of_two_people_is_a_third_in_this_document_alone(name: str) -> None:
    both = [alias("Femke Oldeboom"), alias("Frits Oldeboom")]
    assert labels(both, [alias(name)], [alias(name)])[1:] == [["persoon 3"], ["persoon 4"]]


def test_a_given_name_alone_counts_in_its_own_document() -> None:
    assert labels([alias("Femke")], [alias("Femke")]) == [["persoon 1"], ["persoon 2"]]


@pytest.mark.parametrize(
    ("roles", "word"),
    [
        (("ambtenaar", "onbekend"), "ambtenaar"),
        (("topambtenaar", "ambtenaar"), "ambtenaar"),
        (("burger",), "burger"),
        (("extern",), "externe"),
        (("burger", "ambtenaar"), "persoon"),
        (("onbekend",), "persoon"),
    ],
)
def test_the_word_is_the_role_that_all_documents_agree_on(roles: tuple[str, ...], word: str) -> None:
    documents = [[alias("Femke Oldeboom", role=role)] for role in roles]
    assert labels(*documents) == [[f"{word} 1"]] * len(roles)


def test_a_word_that_is_somebodys_name_is_not_used() -> None:
    found = labels([alias("Jan Burger", role="burger"), alias("Anna Persoon", role="burger")])
    assert found == [["betrokkene 1", "betrokkene 2"]]


def test_a_new_dossier_counts_anew() -> None:
    people = [alias(name) for name in ("Anna Bos", "Zita Wortelboer")]
    random.Random(1).shuffle(people)
    assert labels(people) == labels(people[::-1]) == [["persoon 1", "persoon 2"]]


def test_whoever_is_in_doubt_or_stays_has_no_pseudonym() -> None:
    persons = [person(1, "Femke Oldeboom"), person(2, "Wortelboer"), person(3, "Bos", doubtful=True)]
    decisions = [decision("Femke Oldeboom", 1), decision("Wortelboer", 2, Action.KEEP), decision("Bos", 3)]
    assert list(aliases(TEXT, persons, decisions)) == [1]


def test_a_pseudonym_takes_the_place_of_the_label() -> None:
    decisions = [decision("Femke Oldeboom", 1), decision("Wortelboer", None, entity=Entity.TERM)]
    people = aliases(TEXT, [person(1, "Femke Oldeboom")], decisions)
    names = pseudonyms([("nota.txt", list(people.values()))])
    found = labelled(TEXT, decisions, people, "nota.txt", names)
    assert [one.label for one in found] == ["ambtenaar 1", "5.1.2e"]


def test_a_word_that_the_document_removes_does_not_come_back_in_a_label() -> None:
    decisions = [decision("Femke Oldeboom", 1), decision("burger", None, entity=Entity.TERM)]
    people = {1: alias("Femke Oldeboom", role="burger")}
    found = labelled(TEXT, decisions, people, "nota.txt", pseudonyms([("nota.txt", list(people.values()))]))
    assert [one.label for one in found] == ["5.1.2e", "5.1.2e"]


def test_no_name_stands_in_a_repr() -> None:
    people = [alias("Femke Oldeboom")]
    assert "ldeboom" not in repr(people) + repr(pseudonyms([("a", people)]))
