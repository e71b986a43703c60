"""Deciding: precedence, disjointness, domains, line ends, terms."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Action, Document, Entity, Finding, Function, Page, Person, Role
from woo_anon.policy.decide import Terms, decide, with_demanded
from woo_anon.policy.profile import load
from woo_anon.spans import Span

TEXT = "Van: Tjitske Oldeboom <t.oldeboom@minvoorbeeld.nl>, Pastoor Oldeboomstraat 4, minister Oldeboom."
PROFILE = load("woo-besluit")


def document(text: str = TEXT) -> Document:
    return Document("nota.txt", "text", text, (Page(1, 0, len(text)),))


def finding(surface: str, entity: Entity = Entity.PERSON, text: str = TEXT, stays: float | None = None) -> Finding:
    start = text.index(surface)
    return Finding(Span(start, start + len(surface)), entity, 0.9, "test", stays)


def person(*mentions: Finding, role: Role = Role.CIVIL_SERVANT, doubtful: bool = False) -> Person:
    return Person(1, mentions, role, 0.9, doubtful=doubtful)


def surfaces(decisions, action: Action, text: str = TEXT) -> list[str]:
    return [text[d.span.start : d.span.end] for d in decisions if d.action is action]


def test_a_civil_servant_goes_and_a_minister_stays():
    servant = person(finding("Tjitske Oldeboom"))
    at = TEXT.rindex("Oldeboom")
    minister = person(Finding(Span(at, at + 8), Entity.PERSON, 0.9, "test"), role=Role.OFFICE_HOLDER)
    decisions = decide(document(), [], [servant, minister], PROFILE)
    assert surfaces(decisions, Action.REDACT) == ["Tjitske Oldeboom"]
    assert surfaces(decisions, Action.KEEP) == ["Oldeboom"]


def test_of_a_mail_address_the_domain_stays():
    decisions = decide(document(), [finding("t.oldeboom@minvoorbeeld.nl", Entity.EMAIL)], [], PROFILE)
    assert surfaces(decisions, Action.REDACT) == ["t.oldeboom"]


def test_a_functional_mailbox_stays_whole():
    decisions = decide(document(), [finding("t.oldeboom@minvoorbeeld.nl", Entity.EMAIL, stays=0.9)], [], PROFILE)
    assert surfaces(decisions, Action.KEEP) == ["t.oldeboom@minvoorbeeld.nl"]


def test_a_name_in_a_mail_domain_stays():
    text = "Mail j.bos@oldeboom-advies.nl"
    mail, name = finding("j.bos@oldeboom-advies.nl", Entity.EMAIL, text), finding("oldeboom", text=text)
    decisions = decide(document(text), [mail], [person(name)], PROFILE)
    assert surfaces(decisions, Action.REDACT, text) == ["j.bos"]


def test_a_street_named_after_somebody_stays_whole_although_a_servant_has_that_name():
    street = person(finding("Pastoor Oldeboomstraat"), role=Role.EPONYM)
    start = TEXT.index("Oldeboomstraat")
    servant = person(Finding(Span(start, start + 8), Entity.PERSON, 0.99, "test"))
    decisions = decide(document(), [], [street, servant], PROFILE)
    assert surfaces(decisions, Action.REDACT) == []


def test_a_home_goes_although_a_less_sure_detector_takes_it_with_a_word_more_for_an_office():
    text = "Het huisadres is Kruitberg 12, 1234 AB Ons Dorp."
    home = finding("Kruitberg 12, 1234 AB Ons", Entity.ADDRESS, text, stays=0.02)
    office = replace(finding("Kruitberg 12, 1234 AB Ons Dorp", Entity.ADDRESS, text, stays=0.6), score=0.5)
    decisions = decide(document(text), [home, office], [], PROFILE)
    assert surfaces(decisions, Action.REDACT, text) == ["Kruitberg 12, 1234 AB Ons"]
    surer = replace(office, score=0.95)
    assert surfaces(decide(document(text), [home, surer], [], PROFILE), Action.REDACT, text) == []


def test_a_name_over_a_line_end_becomes_one_redaction_a_line():
    text = "Auteur W. van der Meulen-\n   Achterberg\n"
    name = finding("W. van der Meulen-\n   Achterberg", text=text)
    decisions = decide(document(text), [], [person(name)], PROFILE)
    assert surfaces(decisions, Action.REDACT, text) == ["W. van der Meulen-", "Achterberg"]


def test_the_ground_of_a_citizen_service_number_is_5_1_1e():
    decisions = decide(document("BSN 999900018"), [finding("999900018", Entity.BSN, "BSN 999900018")], [], PROFILE)
    assert [(d.ground, d.label) for d in decisions] == [("5.1.1e", "5.1.1e")]


def test_a_box_in_a_beslisnota_carries_no_code():
    decisions = decide(document(), [], [person(finding("Tjitske Oldeboom"))], load("beslisnota"))
    assert [(d.ground, d.label) for d in decisions] == [("5.1.2e", "")]


def test_a_doubtful_person_is_marked_for_review_and_removed():
    decisions = decide(document(), [], [person(finding("Tjitske Oldeboom"), doubtful=True)], PROFILE)
    assert [d.action for d in decisions] == [Action.REVIEW]
    assert decisions[0].removes


def test_a_term_of_the_user_goes_in_every_case_as_whole_words_only():
    text = "Project Zonnedauw, zonnedauw en Zonnedauwen"
    decisions = decide(document(text), [], [], PROFILE, Terms(redact=("zonnedauw",)))
    assert surfaces(decisions, Action.REDACT, text) == ["Zonnedauw", "zonnedauw"]


def test_a_term_to_keep_stays_although_it_was_found_to_go():
    decisions = decide(
        document(), [], [person(finding("Tjitske Oldeboom"))], PROFILE, Terms(keep=("Tjitske Oldeboom",))
    )
    assert surfaces(decisions, Action.REDACT) == []


def test_of_a_longer_redaction_a_term_to_keep_stays():
    decisions = decide(document(), [], [person(finding("Tjitske Oldeboom"))], PROFILE, Terms(keep=("Oldeboom",)))
    assert surfaces(decisions, Action.REDACT) == ["Tjitske"]


def test_what_a_losing_redaction_covers_outside_the_winner_still_goes():
    text = "abcdefgh ijkl"
    long = Finding(Span(0, 8), Entity.PHONE, 0.9, "test")
    other = Finding(Span(6, 13), Entity.PERSONNEL, 0.8, "test")
    decisions = decide(document(text), [long, other], [], PROFILE)
    assert surfaces(decisions, Action.REDACT, text) == ["abcdefgh", "ijkl"]


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
FINDINGS = st.lists(
    st.builds(
        Finding,
        SPANS,
        st.sampled_from([Entity.PERSON, Entity.PHONE, Entity.BSN, Entity.ADDRESS]),
        st.floats(0, 1),
        st.just("test"),
        st.sampled_from([None, 0.0, 1.0]),
    ),
    max_size=12,
)


@given(FINDINGS)
def test_decisions_are_disjoint_and_in_reading_order(findings):
    decisions = decide(document("x" * 60), findings, [], PROFILE)
    assert all(one.span.end <= two.span.start for one, two in pairwise(decisions))


@given(FINDINGS)
def test_no_character_of_a_redaction_is_left_unless_a_kept_finding_at_least_as_long_holds_it(findings):
    decisions = decide(document("x" * 60), findings, [], PROFILE)
    gone = {at for d in decisions if d.removes for at in range(d.span.start, d.span.end)}
    kept = {at for d in decisions if not d.removes for at in range(d.span.start, d.span.end)}
    longest = max((len(item.span) for item in findings if item.stays == 1.0), default=0)
    for item in findings:
        if item.stays != 1.0:
            covered = set(range(item.span.start, item.span.end))
            assert covered <= gone or (covered <= kept | gone and len(covered) <= longest)


@pytest.mark.parametrize("written", ["j.bos (at) minvoorbeeld.nl", "j.bos[at]minvoorbeeld.nl"])
def test_a_veiled_mail_address_loses_its_local_part(written):
    decisions = decide(document(written), [finding(written, Entity.EMAIL, written)], [], PROFILE)
    assert surfaces(decisions, Action.REDACT, written) == ["j.bos"]


@pytest.mark.parametrize(("kept", "action"), [(Function.DIRECTOR, Action.KEEP), (Function.MANDATE, Action.REDACT)])
def test_a_function_that_the_organisation_is_open_about_stays(kept: Function, action: Action):
    director = replace(person(finding("Tjitske Oldeboom")), functions=frozenset({Function.DIRECTOR}))
    (decision,) = decide(document(), [], [director], PROFILE, Terms(functions=frozenset({kept})))
    assert decision.action is action


def test_a_function_does_not_keep_an_address_or_a_doubtful_person():
    doubtful = replace(person(finding("Tjitske Oldeboom"), doubtful=True), functions=frozenset({Function.DIRECTOR}))
    mail = finding("t.oldeboom@minvoorbeeld.nl", Entity.EMAIL)
    decisions = decide(document(), [mail], [doubtful], PROFILE, Terms(functions=frozenset({Function.DIRECTOR})))
    assert all(decision.removes for decision in decisions)


# ── Demanded by other documents ───────────────────────────────────────────────────────────────────────────────────────


def demand(surface: str):
    (made,) = decide(document(), [finding(surface)], [], PROFILE)
    return replace(made, action=Action.REVIEW, rule="elders")


def test_what_is_demanded_goes_and_what_was_kept_there_gives_way():
    kept = decide(document(), [], [person(finding("Tjitske Oldeboom"), role=Role.OFFICE_HOLDER)], PROFILE)
    decisions = with_demanded(TEXT, kept, [demand("Tjitske Oldeboom")])
    assert [(one.action, one.rule) for one in decisions] == [(Action.REVIEW, "elders")]


def test_what_goes_already_is_not_demanded_again():
    own = decide(document(), [], [person(finding("Tjitske Oldeboom"))], PROFILE)
    assert with_demanded(TEXT, own, [demand("Tjitske Oldeboom"), demand("Oldeboom")]) == own


def test_of_what_is_demanded_the_rest_goes_as_well():
    own = decide(document(), [], [person(finding("Oldeboom"))], PROFILE)
    decisions = with_demanded(TEXT, own, [demand("Tjitske Oldeboom")])
    assert surfaces(decisions, Action.REVIEW) == ["Tjitske"]
    assert surfaces(decisions, Action.REDACT) == ["Oldeboom"]
