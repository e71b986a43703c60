"""Approved decisions as marks: what is written in the gold format is read again as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Action, Decision, Document, Entity, Page, Role
from woo_anon.evaluation.gold import Gold, Mention, dumps, parse
from woo_anon.evaluation.marking import label_of, marked
from woo_anon.evaluation.reviewed import Reviewed
from woo_anon.geometry import Box, Place
from woo_anon.policy.decide import pieces, placed
from woo_anon.spans import Span

PIECES = st.sampled_from(
    ["{", "}", "{{", "|", "\n", "\r\n", "\r", "\f", " ", "\ud800", "\u2028", "#", "a.b@c.nl", "Sem", "x", "é"]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def decided(span: Span, action: Action = Action.REDACT, **more: Any) -> Decision:
    given: dict[str, Any] = {"entity": Entity.PERSON, "role": Role.CIVIL_SERVANT, "rule": "r", "detector": "d"}
    ground = None if action is Action.KEEP else "5.1.2e"
    return Decision(span=span, action=action, score=1.0, label="", **{"ground": ground, **given, **more})


def reviewed(text: str, *decisions: Decision) -> Reviewed:
    document = Document("nota.txt", "text", text, (Page(1, 0, len(text)),))
    return Reviewed(1, "nota", document, (), decisions, 1, "woo\nbesluit")


@st.composite
def approved(draw: st.DrawFn) -> Reviewed:
    """A text with disjoint decisions on it, cut as the policy cuts them."""
    text = draw(TEXTS)
    at = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(at, at).map(lambda ends: Span(min(ends), max(ends))), max_size=6))
    entities = st.sampled_from([Entity.PERSON, Entity.EMAIL, Entity.TERM, Entity.AREA])
    actions = st.sampled_from(Action)
    ranked = [decided(span, draw(actions), entity=draw(entities), role=draw(st.sampled_from(Role))) for span in spans]
    cut = [piece for one in placed(ranked) for piece in pieces(text, one)]
    return reviewed(text, *sorted(cut, key=lambda one: one.span))


@given(approved())
def test_what_is_written_is_read_again_as_it_was(document: Reviewed) -> None:
    gold = marked(document).gold
    assert parse("nota.gold.txt", dumps(gold)) == gold


@given(approved())
def test_every_line_is_written_or_left_out_and_every_mark_marks_a_decision(document: Reviewed) -> None:
    found = marked(document)
    lines = document.document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = [line for line in found.gold.text.split("\n") if line]
    left = iter(lines)
    assert all(line in left for line in written)  # in the same order
    assert len(written) + found.left_out == sum(map(bool, lines))
    surfaces = {document.document.text[one.span.start : one.span.end] for one in document.approved}
    for mention in found.gold.mentions:
        surface = found.gold.text[mention.span.start : mention.span.end]
        assert any(surface.startswith(one) for one in surfaces)


@pytest.mark.parametrize(
    ("decision", "label"),
    [
        (decided(Span(0, 1)), "PERSON"),
        (decided(Span(0, 1), Action.REVIEW), "PERSON"),
        (decided(Span(0, 1), Action.KEEP), "KEEP"),
        (decided(Span(0, 1), Action.KEEP, role=Role.TOP_OFFICIAL), "TOP"),
        (decided(Span(0, 1), role=Role.TOP_OFFICIAL), "TOP"),
        (decided(Span(0, 1), entity=Entity.PHONE, role=Role.TOP_OFFICIAL), "PHONE"),
        (decided(Span(0, 1), entity=Entity.TERM), None),  # the settings said so
        (decided(Span(0, 1), entity=Entity.TERM, rule="reviewer:1"), "TERM"),
        (decided(Span(0, 1), entity=Entity.TERM, rule="reviewer:1", ground="5.2.1"), None),
    ],
)
def test_the_label_is_what_reviewers_approved(decision: Decision, label: str | None) -> None:
    assert label_of(decision) == label


def test_of_an_address_the_domain_is_marked_with_it() -> None:
    text = "Mail s.ruigrok@westerhaar.nl. Bel."
    gold = marked(reviewed(text, decided(Span(5, 14), entity=Entity.EMAIL))).gold
    assert dumps(gold).endswith("\n\nMail {{EMAIL|s.ruigrok@westerhaar.nl}}. Bel.")


def test_a_part_of_a_page_leaves_its_text_alone() -> None:
    area = decided(Span(0, 0), entity=Entity.AREA, area=Place(1, Box(0, 0, 10, 10)))
    assert marked(reviewed("Groet\n", area)).gold.text == "Groet\n"


def test_what_the_format_cannot_hold_is_not_written() -> None:
    for text in ("a {{ b", "a\r\nb", "\ud800"):
        with pytest.raises(ValueError, match="holds"):
            dumps(Gold("x", {"kind": "nota"}, text, ()))
    with pytest.raises(ValueError, match="mark"):
        dumps(Gold("x", {"kind": "nota"}, "a|b", (Mention(Span(0, 3), "PERSON"),)))
