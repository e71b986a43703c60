"""Dutch words for what speaks for a decision."""

from __future__ import annotations

import pytest

from woo_anon.document import Evidence
from woo_anon.people.whose import weights
from woo_anon.record.wording import evidence


@pytest.mark.parametrize("code", sorted(set(weights()) - {"bias"}))
def test_every_feature_of_the_decision_whose_name_it_is_has_dutch_words(code: str) -> None:
    assert evidence(Evidence(code)).removeprefix("elders: ") != code.removeprefix("others:").replace("_", " ")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("register:full:now", "volledige naam staat in het register van ambtsdragers"),
        ("others:shape:mixed:3", "elders: vorm van de letters"),
        ("zone:chat", "staat in"),
        ("title:minister", "title:minister"),
    ],
)
def test_a_code_without_words_of_its_own_has_those_of_its_family(code: str, words: str) -> None:
    assert evidence(Evidence(code)).startswith(words)
