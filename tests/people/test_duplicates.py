"""Documents that say the same, or nearly, are recognised, and what differs in their redaction is counted."""

from __future__ import annotations

import random

import pytest

from woo_anon.document import Action, Decision, Entity, Role
from woo_anon.people.duplicates import Trace, differences, duplicates, trace
from woo_anon.spans import Span

WORDS = "de kade raming nota brug haven water besluit plan kosten dijk sluis voor van met door over langs".split()


def prose(seed: int, count: int = 400) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + str(chance.randrange(50)) for _ in range(count))


def gone(text: str, surface: str, times: int = 1) -> list[Decision]:
    found, at = [], -1
    for _ in range(times):
        at = text.index(surface, at + 1)
        span = Span(at, at + len(surface))
        found.append(Decision(span, Entity.PERSON, Action.REDACT, Role.UNKNOWN, "5.1.2e", "", "test", 0.9, "ner"))
    return found


def traced(**texts: str) -> list[Trace]:
    return [trace(path, text, []) for path, text in texts.items()]


def test_the_same_document_laid_out_otherwise_is_a_duplicate() -> None:
    text = prose(1)
    found = duplicates(traced(one=text, two=text.replace(" ", "\n  "), three=prose(2)))
    assert {path: twin.location for path, twin in found.items()} == {"one": "two", "two": "one"}
    assert all(twin.similarity == 1 for twin in found.values())


@pytest.mark.parametrize(("changed", "alike"), [(2, True), (30, False)])
def test_a_draft_is_a_near_duplicate_while_little_was_changed(changed: int, alike: bool) -> None:
    words = prose(1).split()
    for at in range(changed):
        words[at * 13 + 5] = "anders"
    found = duplicates(traced(draft=" ".join(words), final=prose(1)))
    assert bool(found) is alike
    assert all(0.85 <= twin.similarity < 1 for twin in found.values())


def test_of_several_the_one_most_alike_is_named_and_the_others_counted() -> None:
    text = prose(1)
    found = duplicates(traced(one=text, two=f"{text} {prose(3, 15)}", three=text))
    assert (found["one"].location, found["one"].others) == ("three", 1)


@pytest.mark.parametrize("text", ["", "Akkoord, zie bijlage."])
def test_texts_of_a_few_words_are_no_duplicates(text: str) -> None:
    assert not duplicates(traced(one=text, two=text))


def test_what_the_other_removes_and_this_one_shows_is_a_difference() -> None:
    text = f"{prose(1)} Wortelboer belt. {prose(2)} Wortelboer schrijft."
    other = duplicates([trace("a", text, gone(text, "Wortelboer", 2)), trace("b", text, [])])["b"]
    assert differences(other, text, []) == 2
    assert differences(other, text, gone(text, "Wortelboer", 1)) == 1
    assert differences(other, text, gone(text, "Wortelboer", 2)) == 0


def test_what_a_document_does_not_say_is_no_difference() -> None:
    text = prose(1)
    longer = f"{text} Wortelboer belt."
    found = duplicates([trace("a", longer, gone(longer, "Wortelboer")), trace("b", text, [])])
    assert differences(found["b"], text, []) == 0


def test_a_mention_that_both_keep_is_no_difference() -> None:
    text = f"{prose(1)} minister Wortelboer. {prose(2)} Wortelboer schrijft."
    once = gone(text, "Wortelboer", 1)
    found = duplicates([trace("a", text, once), trace("b", text, once)])
    assert differences(found["b"], text, once) == 0
