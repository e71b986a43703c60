"""What has a mark goes and what has none stays: over text, over several lines, over something that is no text."""

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Action, Decision, Document, Entity, Page, Role
from woo_anon.geometry import Box, Place
from woo_anon.mark import Mark, Quad
from woo_anon.policy.marked import with_marks
from woo_anon.policy.profile import ground_in, load
from woo_anon.policy.rulings import Passage, Proposed, Ruling, overruled
from woo_anon.spans import Span

TEXT = "Van Tjitske Oldeboom\naan minister Hermans.\n"
PROFILE = load("woo-besluit")


def document(text: str = TEXT) -> Document:
    """Every character is 10 points wide and high; lines are 20 points apart, the first one at a height of 100. The ends
    of lines have no place."""
    boxes = array("d")
    x, y = 0.0, 100.0
    for sign in text:
        boxes.extend([float("nan")] * 4 if sign == "\n" else [x, y, x + 10, y + 10])
        x, y = (0.0, y - 20) if sign == "\n" else (x + 10, y)
    return Document("nota.pdf", "pdf", text, (Page(1, 0, len(text), 1000, 200, 0, boxes),))


def span(surface: str) -> Span:
    start = TEXT.index(surface)
    return Span(start, start + len(surface))


def decision(surface: str, action: Action = Action.REDACT, detector: str = "ner") -> Decision:
    ground = None if action is Action.KEEP else "5.1.2e"
    return Decision(
        span(surface), Entity.PERSON, action, Role.CIVIL_SERVANT, ground, ground or "", "test", 0.8, detector, 1
    )


PROPOSED = (decision("Tjitske Oldeboom"), decision("Hermans", Action.KEEP))


def quads(surface: str) -> tuple[Quad, ...]:
    return tuple(Quad.of(place.area) for place in document().places(span(surface)))


def marked(*marks: Mark, proposed=PROPOSED, rulings=(), of: Document | None = None):
    whole = Proposed(of or document(), (), proposed)
    return overruled(whole, with_marks(whole, rulings, marks), PROFILE).decisions


def going(decisions) -> list[str]:
    return [TEXT[one.span.start : one.span.end] for one in decisions if one.removes and one.area is None]


def test_a_mark_over_a_proposal_gives_that_proposal_decided_by_a_person():
    (first, second) = marked(Mark(1, quads("Tjitske Oldeboom")))
    assert replace(first, rule="test", score=0.8, evidence=()) == PROPOSED[0] and second == PROPOSED[1]
    assert first.rule == "reviewer:mark" and first.by_reviewer


def test_what_has_no_mark_stays_and_a_person_decided_it():
    (first, _) = marked()
    assert first.action is Action.KEEP and first.ground is None and first.by_reviewer


def test_a_mark_over_what_stays_makes_it_go():
    assert going(marked(Mark(1, quads("minister Hermans")))) == ["minister Hermans"]


def test_a_mark_that_covers_a_part_of_a_name_removes_that_part():
    assert going(marked(Mark(1, quads("Tjitske")))) == ["Tjitske"]


def test_quads_of_several_lines_are_one_mark_and_each_line_a_redaction():
    assert going(marked(Mark(1, quads("Oldeboom\naan minister")))) == ["Oldeboom", "aan minister"]


def test_a_mark_covers_the_characters_whose_middle_lies_in_it():
    left, right = 10 * TEXT.index("Tjitske") - 4, 10 * TEXT.index(" Oldeboom") + 4
    assert going(marked(Mark(1, (Quad.of(Box(left, 98, right, 112)),)))) == ["Tjitske"]


def test_a_mark_over_something_else_removes_that_part_of_the_page_and_the_text_under_it():
    box = Box(30, 50, 400, 95)
    decisions = marked(Mark(1, (Quad.of(box),)))
    (area,) = [one for one in decisions if one.area]
    assert area.area == Place(1, box) and area.entity is Entity.AREA and area.ground == "5.1.2e"
    assert going(decisions) == ["minister Hermans."[: len("minister Hermans.")]]


def test_a_mark_much_higher_than_its_text_is_about_more_than_the_text():
    decisions = marked(Mark(1, (Quad.of(Box(40, 95, 200, 150)),)))
    assert [one.area.area for one in decisions if one.area] == [Box(40, 95, 200, 150)]
    assert going(decisions) == ["Tjitske Oldeboom"]


def test_a_mark_over_signs_alone_removes_that_part_of_the_page():
    stop = TEXT.index(".")
    (quad,) = (Quad.of(place.area) for place in document().places(Span(stop, stop + 1)))
    assert [one.area.area for one in marked(Mark(1, (quad,))) if one.area] == [quad.box]


def test_a_part_of_the_page_ends_where_the_page_does():
    (area,) = [
        one for one in marked(Mark(1, (Quad.of(Box(500, 50, 2000, 95)),), sheet=Box(0, 0, 1000, 200))) if one.area
    ]
    assert area.area == Place(1, Box(500, 50, 1000, 95))


def test_a_mark_over_a_proposed_part_of_a_page_gives_that_proposal():
    signature = replace(decision("Van"), span=Span(0, 0), entity=Entity.SIGNATURE, area=Place(1, Box(300, 20, 400, 60)))
    decisions = marked(Mark(1, (Quad.of(Box(300.1, 20, 400, 59.9)),)), proposed=(signature,))
    assert [(one.entity, one.action, one.area) for one in decisions] == [
        (Entity.SIGNATURE, Action.REDACT, signature.area)
    ]
    assert [one.action for one in marked(proposed=(signature,))] == [Action.KEEP]


def test_a_term_of_the_user_goes_without_a_mark():
    assert going(marked(proposed=(decision("minister", detector="term"),))) == ["minister"]


def test_what_has_no_place_could_not_be_marked_and_stands_as_proposed():
    nowhere = document()
    nowhere = replace(nowhere, pages=(replace(nowhere.pages[0], boxes=array("d")),))
    assert marked(of=nowhere) == PROPOSED


def test_what_the_trail_removes_goes_still_and_what_it_keeps_goes_when_it_is_marked():
    removing = Ruling(7, Passage.of(TEXT, span("minister")), Action.REDACT)
    keeping = Ruling(8, Passage.of(TEXT, span("Tjitske Oldeboom")), Action.KEEP)
    assert going(marked(rulings=(removing, keeping))) == ["minister"]
    assert going(marked(Mark(1, quads("Tjitske Oldeboom")), rulings=(removing, keeping))) == [
        "Tjitske Oldeboom",
        "minister",
    ]


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)), max_size=4))
def test_just_the_marked_characters_go(pieces: list[tuple[int, int]]):
    spans = [Span(start, min(start + length, len(TEXT))) for start, length in pieces]
    marks = [Mark(1, found) for found in (tuple(Quad.of(p.area) for p in document().places(s)) for s in spans) if found]
    removed = {at for one in marked(*marks) if one.removes for at in range(one.span.start, one.span.end)}
    wanted = {at for one in spans for at in range(one.start, one.end) if TEXT[at].isalnum()}
    assert wanted <= removed
    assert all(at in {i for s in spans for i in range(s.start, s.end)} for at in removed)


@pytest.mark.parametrize(
    ("written", "ground"),
    [
        ("5.1.2e", "5.1.2e"),
        ("5.1.2.E", "5.1.2e"),
        ("art. 5.1 lid 2 sub e Woo", "5.1.2e"),
        ("artikel 5.1, eerste lid, aanhef en onder c", "5.1.1c"),
        ("5.1, vijfde lid", "5.1.5"),
        ("5.2", "5.2"),
        ("5.2.1", "5.2.1"),
        ("Nr. 5 – 5.1.2i – Naam", "5.1.2i"),
        ("1.5.1.2e", None),
        ("5.1.2z", None),
        ("10.2e", None),
        ("5.1", None),
        ("zie 5.1.9 en 5.1.2d", "5.1.2d"),
        ("", None),
    ],
)
def test_grounds_are_read_as_people_write_them(written: str, ground: str | None):
    assert ground_in(written) == ground


def test_the_ground_of_a_mark_is_that_of_its_label_or_else_of_its_note():
    own = Mark(1, quads("Hermans"), "5.1.2i", "Nr. 1 – 5.1.2e")
    assert [one.ground for one in marked(own) if one.removes] == ["5.1.2i"]
    assert [one.label for one in marked(replace(own, label="")) if one.removes] == ["5.1.2e"]
