"""What a document tells the rest of its dossier of its people, and what it makes of what it is told (dossier.py)."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from woo_anon.document import Entity, Person, Role
from woo_anon.people.cues import around
from woo_anon.people.dossier import OFFICE_LOGIT, OFFICES, Fact, Known, Standing, words_of
from woo_anon.people.group import Group, agrees
from woo_anon.people.name import parse
from woo_anon.people.survey import OFFICE_CUES

BELIEF = 0.2  # that a mention of somebody who goes elsewhere in the dossier may stay
DISPUTED = (0.3, 0.4)  # least and most belief where documents contradict each other: goes, and is marked for review
_CERTAIN = 0.85
_T = TypeVar("_T")


def known(text: str, persons: Iterable[Person], going: Container[int]) -> Known:
    """What a document knows of `persons`; `going` holds the numbers of those whom the decisions remove."""
    sure: list[str] = []
    staying: list[str] = []
    perhaps: list[str] = []
    roles: list[tuple[str, str]] = []
    for person in persons:
        goes, certain = person.number in going, not person.doubtful and person.score >= _CERTAIN
        if certain if goes else _holds_office(text, person):
            roles += [(name, person.role.value) for name in _names(text, person) if parse(name).full]
        if not goes:
            staying += _names(text, person)
            continue
        names = sure if certain else perhaps
        names += (name for name in _names(text, person) if parse(name).full)
    words = " ".join(sorted(words_of(text)))
    return Known(_once(sure), _once(staying), _once(perhaps), _once(roles), words=words)


def _once(items: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(items))


def _names(text: str, person: Person) -> Iterator[str]:
    for mention in person.mentions:
        if mention.entity is Entity.PERSON and mention.score >= _CERTAIN:
            yield " ".join(text[mention.span.start : mention.span.end].split())


def _holds_office(text: str, person: Person) -> bool:
    """Whether an office stands at a mention; that the detector believes in one is not enough."""
    return person.role in OFFICES and any(
        mention.score >= _CERTAIN and not OFFICE_CUES.isdisjoint(around(text, mention.span))
        for mention in person.mentions
    )


def weighed(stays: float, facts: Sequence[Fact], *, office: bool, said: bool) -> float:
    """The belief that a mention may stay, given what the dossier knows of its bearer.

    `office` when an office stands at the mention itself, `said` when the document gives its bearer an office or a
    function of the staff anywhere.
    """
    standings = {fact.standing for fact in facts}
    if not standings or office:
        return stays
    if standings == {Standing.GOES}:
        return min(stays, BELIEF)
    if said:
        return stays
    if standings == {Standing.OFFICE}:
        clipped = min(max(stays, 1e-6), 1 - 1e-6)
        return 1 / (1 + (1 - clipped) / clipped * math.exp(-OFFICE_LOGIT))
    return min(max(stays, DISPUTED[0]), DISPUTED[1])


def role_of(facts: Iterable[Fact]) -> Role:
    """The role that all `facts` agree on; UNKNOWN when they do not, or tell none."""
    roles = {fact.role for fact in facts}
    return roles.pop() if len(roles) == 1 else Role.UNKNOWN


def told(fact: Fact, made: Group) -> Fact | None:
    """What `fact` tells of a group: nothing when that is somebody else, or when only a surname that others bear as
    well leads to it. An office is disputed where initials fit others as well."""
    if fact.name.surname not in made.surnames or not agrees(made, fact.name):
        return None
    if not made.first_letters():
        return None if fact.others else fact
    if fact.standing is Standing.OFFICE and any(agrees(made, other) for other in fact.others):
        return replace(fact, standing=Standing.DISPUTED, role=Role.UNKNOWN)
    return fact
