"""What is to go, as marks for redaction that people review in other programs.

A mark says in Dutch what it is about. Its ground stands in its label where boxes carry one, and always in its note:
from there it is read back (`policy.marked`).
"""

from __future__ import annotations

from collections.abc import Iterable

from woo_anon.document import Action, Decision, Redaction
from woo_anon.mark import Mark, Quad
from woo_anon.record.wording import ACTIONS, ENTITIES, ROLES


def marks(redactions: Iterable[Redaction]) -> tuple[Mark, ...]:
    """A mark for each redaction that has a place, or one a page; they have the order of the redactions."""
    return tuple(mark for redaction in redactions for mark in _marks(redaction))


def _marks(redaction: Redaction) -> Iterable[Mark]:
    decision = redaction.decision
    for page in dict.fromkeys(place.page for place in redaction.places):
        quads = tuple(Quad.of(place.area) for place in redaction.places if place.page == page)
        doubtful = decision.action is Action.REVIEW
        yield Mark(page, quads, decision.label, _note(redaction.number, decision), doubtful)


def _note(number: int, decision: Decision) -> str:
    said = [f"Nr. {number}", decision.ground or "", ENTITIES[decision.entity], ROLES[decision.role]]
    if decision.action is Action.REVIEW:
        said.append(ACTIONS[decision.action])
    return " – ".join(filter(None, said))
