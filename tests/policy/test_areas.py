"""What is drawn where people sign is always in doubt, and the text under its box goes with it."""

from __future__ import annotations

from array import array

import pytest

from woo_anon.document import Action, Decision, Document, Entity, Page, Role, Signature
from woo_anon.geometry import Box, Place
from woo_anon.pipeline import examine_document
from woo_anon.policy.areas import of_signatures, with_areas
from woo_anon.policy.profile import BUILT_IN, load
from woo_anon.policy.rulings import Area, Proposed, Ruling, overruled
from woo_anon.settings import Settings
from woo_anon.spans import Span

TEXT = "Met vriendelijke groet, Nieboer"
NAME = Span(24, 31)
BOX = Box(236, -5, 320, 40)  # over the name, and above it


def document() -> Document:
    """Every character is 10 points wide and high, on one line at the foot of the page."""
    boxes = array("d", (edge for at in range(len(TEXT)) for edge in (at * 10.0, 0.0, at * 10.0 + 10, 10.0)))
    return Document("nota.pdf", "pdf", TEXT, (Page(1, 0, len(TEXT), 1000, 100, 0, boxes, drawn=(BOX,)),))


def name(action: Action) -> Decision:
    ground = "5.1.2e" if action is Action.REDACT else None
    return Decision(NAME, Entity.PERSON, action, Role.OFFICE_HOLDER, ground, "", "naam", 0.9, "names")


def decided(action: Action = Action.KEEP) -> tuple[Decision, ...]:
    signature = Signature(Place(1, BOX), 0.5, "signature")
    return with_areas(document(), (name(action),), list(of_signatures(document(), [signature], load("woo-besluit"))))


@pytest.mark.parametrize("profile", BUILT_IN)
def test_a_signature_is_for_review_in_every_profile_of_ours(profile: str) -> None:
    (own,) = of_signatures(document(), [Signature(Place(1, BOX), 0.5, "signature")], load(profile))
    assert (own.action, own.ground, own.area, own.span) == (Action.REVIEW, "5.1.2e", Place(1, BOX), Span(0, 0))


def test_text_under_a_signature_goes_with_it_for_review() -> None:
    area, text = decided()
    assert area.area and text.area is None
    assert (text.span, text.entity, text.action) == (NAME, Entity.SIGNATURE, Action.REVIEW)


def test_a_name_under_a_signature_that_goes_anyway_keeps_its_own_decision() -> None:
    _, text = decided(Action.REDACT)
    assert text == name(Action.REDACT)


def test_a_reviewer_who_keeps_a_signature_keeps_the_text_under_it() -> None:
    ruled = overruled(Proposed(document(), (), decided()), [Ruling(1, Area(1, BOX), Action.KEEP)], load("woo-besluit"))
    assert [one.action for one in ruled.decisions] == [Action.KEEP, Action.KEEP]


def test_the_pipeline_puts_what_is_drawn_below_a_closing_to_review() -> None:
    decisions = examine_document(document(), Settings()).decisions
    assert [one.action for one in decisions if one.area] == [Action.REVIEW]


def test_who_wants_doubt_to_stay_keeps_signatures() -> None:
    decisions = examine_document(document(), Settings(review="keep")).decisions
    assert [one.action for one in decisions if one.area] == [Action.KEEP]
