"""What people ruled goes before what the machine decided, and still fits when the text is read otherwise."""

from array import array
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Action, Decision, Document, Entity, Finding, Page, Person, Role
from woo_anon.geometry import Box, Place
from woo_anon.policy.profile import load
from woo_anon.policy.rulings import (
    Area,
    Named,
    Passage,
    Proposed,
    Ruling,
    Wording,
    further,
    located,
    names_of,
    overruled,
)
from woo_anon.spans import Span

TEXT = "Van Tjitske Oldeboom aan minister Oldeboom. Tjitske belt Roelof."
PROFILE = load("woo-besluit")


def document(text: str = TEXT) -> Document:
    """Every character is 10 points wide and high, on one line at the foot of the page."""
    boxes = array("d", (edge for at in range(len(text)) for edge in (at * 10.0, 0.0, at * 10.0 + 10, 10.0)))
    return Document("nota.pdf", "pdf", text, (Page(1, 0, len(text), 1000, 100, 0, boxes),))


def span(surface: str, after: int = 0, text: str = TEXT) -> Span:
    start = text.index(surface, after)
    return Span(start, start + len(surface))


def decision(at: Span, action: Action, role: Role, person: int | None) -> Decision:
    ground = None if action is Action.KEEP else "5.1.2e"
    return Decision(at, Entity.PERSON, action, role, ground, ground or "", "test", 0.8, "ner", person)


SERVANT = [span("Tjitske Oldeboom"), span("Tjitske", 40)]
MINISTER = [span("Oldeboom", 30)]


def proposed() -> Proposed:
    people = (
        Person(1, tuple(Finding(at, Entity.PERSON, 0.8, "ner") for at in SERVANT), Role.CIVIL_SERVANT, 0.8),
        Person(2, tuple(Finding(at, Entity.PERSON, 0.8, "ner") for at in MINISTER), Role.OFFICE_HOLDER, 0.8),
    )
    going = [decision(at, Action.REDACT, Role.CIVIL_SERVANT, 1) for at in SERVANT]
    staying = [decision(at, Action.KEEP, Role.OFFICE_HOLDER, 2) for at in MINISTER]
    return Proposed(document(), people, tuple(sorted([*going, *staying], key=lambda one: one.span)))


def surfaces(decisions, action: Action, text: str = TEXT) -> list[str]:
    return [text[d.span.start : d.span.end] for d in decisions if d.action is action and d.area is None]


def ruled(*rulings: Ruling):
    return overruled(proposed(), rulings, PROFILE)


def test_without_rulings_the_machine_s_decisions_stand():
    assert ruled().decisions == proposed().decisions


def test_one_mention_is_kept_and_the_other_goes():
    kept = ruled(Ruling(7, Passage.of(TEXT, SERVANT[1]), Action.KEEP)).decisions
    assert surfaces(kept, Action.REDACT) == ["Tjitske Oldeboom"]
    assert surfaces(kept, Action.KEEP) == ["Oldeboom", "Tjitske"]
    (own,) = [one for one in kept if one.span == SERVANT[1]]
    assert own.rule == "reviewer:7" and own.ground is None and own.person == 1


def test_a_missed_name_goes_with_the_ground_that_was_chosen():
    made = ruled(Ruling(1, Passage.of(TEXT, span("Roelof")), Action.REDACT, "5.1.1d", entity=Entity.PERSON)).decisions
    (own,) = [one for one in made if one.span == span("Roelof")]
    assert (own.ground, own.label, own.entity) == ("5.1.1d", "5.1.1d", Entity.PERSON)


def test_a_person_stays_at_all_mentions():
    names = names_of(document(), proposed().persons[0])
    assert names == ("tjitske oldeboom",)
    made = ruled(Ruling(1, Named(names, Role.CIVIL_SERVANT), Action.KEEP)).decisions
    assert surfaces(made, Action.REDACT) == []


def test_another_role_decides_by_policy():
    made = ruled(Ruling(1, Named(("oldeboom",)), role=Role.CIVIL_SERVANT)).decisions
    assert surfaces(made, Action.REDACT) == ["Tjitske Oldeboom", "Oldeboom", "Tjitske"]
    made = ruled(Ruling(1, Named(("tjitske oldeboom",)), role=Role.TOP_OFFICIAL)).decisions
    assert surfaces(made, Action.REDACT) == []


def test_all_occurrences_of_a_text_go():
    made = ruled(Ruling(1, Wording("oldeboom"), Action.REDACT)).decisions
    assert surfaces(made, Action.REDACT) == ["Tjitske", "Oldeboom", "Oldeboom", "Tjitske"]


def test_the_later_ruling_holds():
    keep, go = (Ruling(n, Wording("Tjitske"), action) for n, action in ((1, Action.KEEP), (2, Action.REDACT)))
    assert "Tjitske" in surfaces(ruled(keep, go).decisions, Action.REDACT)
    assert "Tjitske" in surfaces(ruled(Ruling(3, keep.where, Action.KEEP), go).decisions, Action.KEEP)


def test_a_part_of_a_page_goes_with_the_text_on_it():
    at = span("Roelof")
    box = Box(at.start * 10 - 2, -5, at.end * 10 + 2, 30)
    made = ruled(Ruling(1, Area(1, box), Action.REDACT)).decisions
    (area,) = [one for one in made if one.area]
    assert (area.area, area.span, area.entity) == (Place(1, box), Span(0, 0), Entity.AREA)
    assert document().places_of(area) == (Place(1, box),) and document().page_of(area) == 1
    assert "Roelof" in surfaces(made, Action.REDACT)


def test_a_part_of_a_page_that_the_machine_found_may_be_kept():
    box = Box(0, 50, 100, 90)
    found = Decision(
        Span(0, 0), Entity.SIGNATURE, Action.REVIEW, Role.UNKNOWN, "5.1.2e", "", "t", 0.5, "ink", area=Place(1, box)
    )
    before = Proposed(document(), (), (found,))
    (made,) = overruled(before, [Ruling(1, Area(1, Box(5, 52, 90, 88)), Action.KEEP)], PROFILE).decisions
    assert made.action is Action.KEEP and made.area == Place(1, box)


def test_a_passage_is_found_where_the_text_moved():
    passage = Passage.of(TEXT, SERVANT[1])
    longer = f"Nota van vandaag, met een nieuwe kop.\n{TEXT.replace('. T', '.  T')}"
    found = located(longer, passage)
    assert found is not None and longer[found.start - 1 : found.end + 5] == " Tjitske belt"


def test_a_passage_that_is_gone_says_so_and_its_text_goes_everywhere():
    lost = Passage("Tjitske", 3, "een andere zin met ", " daarin")
    made = ruled(Ruling(4, lost, Action.REDACT))
    assert made.unplaced == (4,)
    assert surfaces(made.decisions, Action.REVIEW) == ["Tjitske", "Tjitske"]
    kept = ruled(Ruling(4, lost, Action.KEEP))
    assert kept.unplaced == (4,) and kept.decisions == proposed().decisions


RULED_ON = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20), st.sampled_from([Action.KEEP, Action.REDACT])),
    max_size=6,
)


def rulings_on(ruled_on) -> list[Ruling]:
    return [
        Ruling(number, Passage.of(TEXT, Span(start, min(len(TEXT), start + length))), action)
        for number, (start, length, action) in enumerate(ruled_on, 1)
    ]


@given(RULED_ON)
def test_decisions_stay_disjoint_and_what_was_ruled_last_on_a_letter_holds(ruled_on):
    rulings = rulings_on(ruled_on)
    decisions = ruled(*rulings).decisions
    assert all(one.span.end <= other.span.start for one, other in pairwise(decisions))
    last = {at: r.action for r in rulings for at in range(r.where.start, r.where.start + len(r.where.text))}
    actions = {at: one.action for one in decisions for at in range(one.span.start, one.span.end)}
    for at, action in last.items():
        assert not TEXT[at].isalnum() or actions[at] is action


@given(RULED_ON, st.integers(0, 6))
def test_rulings_come_to_the_same_one_by_one_and_together(ruled_on, at):
    rulings = rulings_on(ruled_on)
    first = overruled(proposed(), rulings[:at], PROFILE)
    assert further(proposed(), first, rulings[at:], PROFILE) == overruled(proposed(), rulings, PROFILE)
