"""Who is who over a dossier: what one document knows of its people, and what another makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from woo_anon.document import Action, Decision, Document, Entity, Finding, Page, Person, Role
from woo_anon.people.dossier import Known, Standing, gather
from woo_anon.people.duplicates import trace
from woo_anon.people.passages import NO_PASSAGES
from woo_anon.people.pseudonyms import Alias
from woo_anon.people.resolve import resolve
from woo_anon.people.telling import known
from woo_anon.spans import Span

TEXT = "Verslag: volgens Tjitske Oldeboom kan het. Oldeboom belt de minister."


def document(text: str) -> Document:
    return Document("nota.txt", "text", text, (Page(1, 0, len(text)),))


def person(number: int, surface: str, score: float = 0.95) -> Person:
    start = TEXT.index(surface)
    mention = Finding(Span(start, start + len(surface)), Entity.PERSON, score, "test")
    return Person(number, (mention,), Role.CIVIL_SERVANT, score)


def test_a_document_knows_full_names_of_those_who_go_for_certain() -> None:
    assert known(TEXT, [person(1, "Tjitske Oldeboom")], {1}).going == ("Tjitske Oldeboom",)


def test_a_document_knows_the_role_of_those_who_go_for_certain() -> None:
    assert known(TEXT, [person(1, "Tjitske Oldeboom")], {1}).roles == (("Tjitske Oldeboom", "ambtenaar"),)


def test_a_document_keeps_what_it_doubts_to_itself() -> None:
    knows = known(TEXT, [person(1, "Tjitske Oldeboom", score=0.6)], {1})
    assert not knows.going and not knows.roles


def test_a_surname_alone_is_not_told_to_the_others() -> None:
    assert known(TEXT, [person(1, "Oldeboom")], {1}).going == ()


@pytest.mark.parametrize(
    ("staying", "named"),
    [((), True), (("Oldeboom",), False), (("T. Oldeboom",), False), (("Sjoerd Oldeboom",), True), (("Bos",), True)],
)
def test_a_name_that_somebody_who_stays_may_bear_is_not_told_on(staying: tuple[str, ...], named: bool) -> None:
    dossier = gather([Known(going=("Tjitske Oldeboom",)), Known(staying=staying)])
    assert bool(dossier.named_in(TEXT)) is named


def test_a_name_that_detection_missed_is_found_because_another_document_knows_it() -> None:
    dossier = gather([Known(going=("Tjitske Oldeboom",))])
    found = resolve(document(TEXT), [], [], dossier=dossier)
    surfaces = {TEXT[mention.span.start : mention.span.end] for one in found for mention in one.mentions}
    assert surfaces == {"Tjitske Oldeboom", "Oldeboom"}
    assert all(one.role is not Role.OFFICE_HOLDER for one in found)


def test_the_surname_of_somebody_who_goes_is_found_in_the_name_of_a_folder() -> None:
    told = gather([Known(going=("Kornelis Wolvendaal",))])
    path = "dossier Wolvendaal\nnota over Wolvendaalse bruggen"
    assert [path[span.start : span.end] for span in told.surnames_at(path)] == ["Wolvendaal"]


def test_an_office_at_the_name_itself_is_stronger_than_the_dossier() -> None:
    text = "Minister Tjitske Oldeboom opende de vergadering."
    start = text.index("Tjitske")
    finding = Finding(Span(start, start + len("Tjitske Oldeboom")), Entity.PERSON, 0.97, "test", 0.9)
    (one,) = resolve(document(text), [finding], [], dossier=gather([Known(going=("Tjitske Oldeboom",))]))
    assert one.role is Role.OFFICE_HOLDER


STORY = "Tjitske Oldeboom en Bos hebben de raming van de kade bezien " + " ".join(f"woord{at}" for at in range(40))


def full(location: str, text: str, gone: tuple[int, int] | None = None) -> Known:
    """What a document knows from which one span goes."""
    decisions, people = [], []
    if gone:
        span = Span(*gone)
        decisions = [Decision(span, Entity.PERSON, Action.REDACT, Role.UNKNOWN, "5.1.2e", "", "test", 0.9, "ner")]
        people = [Alias(("Tjitske Oldeboom",), "onbekend")]
    return replace(known(text, [], set()), trace=trace(location, text, decisions), aliases=tuple(people))


# ── Roles ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

MINISTER = Known(staying=("Femke Oldeboom",), roles=(("Femke Oldeboom", "ambtsdrager"),))
CLERK = Known(going=("Femke Oldeboom",), roles=(("Femke Oldeboom", "ambtenaar"),))


def bearer(text: str, surface: str, *documents: Known, stays: float = 0.45) -> Person:
    start = text.index(surface)
    finding = Finding(Span(start, start + len(surface)), Entity.PERSON, 0.97, "test", stays)
    (one,) = resolve(document(text), [finding], [], dossier=gather(documents))
    return one


def standings(*documents: Known) -> dict[str, Standing]:
    return {
        " ".join(fact.name.words): fact.standing for facts in gather(documents).by_surname.values() for fact in facts
    }


def stays(person: Person) -> bool:
    return not person.doubtful and person.role in (Role.OFFICE_HOLDER, Role.TOP_OFFICIAL)


def test_a_document_tells_of_an_office_that_stands_at_the_name() -> None:
    text = "Minister Femke Oldeboom opende de vergadering."
    one = bearer(text, "Femke Oldeboom", stays=0.9)
    assert known(text, [one], set()).roles == (("Femke Oldeboom", "ambtsdrager"),)


def test_a_document_tells_of_no_office_that_it_only_believes_in() -> None:
    text = "Volgens Femke Oldeboom kan het."
    one = replace(bearer(text, "Femke Oldeboom"), role=Role.OFFICE_HOLDER, score=0.95)
    assert known(text, [one], set()).roles == ()


@pytest.mark.parametrize("surface", ["Femke Oldeboom", "F. Oldeboom", "Oldeboom"])
def test_an_office_in_one_document_raises_the_belief_in_another(surface: str) -> None:
    text = f"Volgens {surface} kan het."
    assert not stays(bearer(text, surface))
    assert stays(bearer(text, surface, MINISTER))


def test_a_function_of_the_staff_at_the_name_is_stronger_than_an_office_elsewhere() -> None:
    text = "Femke Oldeboom, beleidsmedewerker, belt."
    assert bearer(text, "Femke Oldeboom", MINISTER) == bearer(text, "Femke Oldeboom")


@pytest.mark.parametrize("surface", ["Tjitske Oldeboom", "T. Oldeboom"])
def test_an_office_is_not_that_of_a_namesake(surface: str) -> None:
    text = f"Volgens {surface} kan het."
    assert bearer(text, surface, MINISTER) == bearer(text, surface)


@pytest.mark.parametrize(
    "other",
    [
        Known(going=("Tjitske Oldeboom",)),
        Known(staying=("Tjitske Oldeboom",)),
        Known(perhaps=("Tjitske Oldeboom",)),
    ],
)
def test_a_surname_that_two_people_bear_tells_nothing(other: Known) -> None:
    assert not stays(bearer("Volgens Oldeboom kan het.", "Oldeboom", MINISTER, other))


def test_documents_that_contradict_each_other_lead_to_review() -> None:
    for belief in (0.05, 0.95):
        one = bearer("Volgens Femke Oldeboom kan het.", "Femke Oldeboom", MINISTER, CLERK, stays=belief)
        assert one.doubtful
        assert not stays(one)


def test_initials_that_fit_two_people_lead_to_review() -> None:
    clerk = Known(going=("Frits Oldeboom",))
    assert standings(MINISTER, clerk) == {"femke oldeboom": Standing.OFFICE, "frits oldeboom": Standing.GOES}
    assert bearer("Volgens F. Oldeboom kan het.", "F. Oldeboom", MINISTER, clerk).doubtful


def test_where_it_is_said_who_somebody_is_contradictions_elsewhere_do_not_count() -> None:
    text = "Minister Femke Oldeboom opende de vergadering."
    assert stays(bearer(text, "Femke Oldeboom", MINISTER, CLERK, stays=0.9))


def test_a_role_that_one_document_tells_is_shown_in_another() -> None:
    text = "Volgens Femke Oldeboom kan het."
    assert bearer(text, "Femke Oldeboom").role is Role.UNKNOWN
    assert bearer(text, "Femke Oldeboom", CLERK).role is Role.CIVIL_SERVANT


def test_a_role_on_which_documents_differ_is_told_to_nobody() -> None:
    citizen = Known(going=("Femke Oldeboom",), roles=(("Femke Oldeboom", "burger"),))
    assert bearer("Volgens Femke Oldeboom kan het.", "Femke Oldeboom", CLERK, citizen).role is Role.UNKNOWN


def test_the_top_of_the_civil_service_is_told_from_other_offices() -> None:
    top = Known(staying=("Femke Oldeboom",), roles=(("Femke Oldeboom", "topambtenaar"),))
    text = "Volgens Femke Oldeboom kan het."
    assert bearer(text, "Femke Oldeboom", top, stays=0.9).role is Role.TOP_OFFICIAL


def test_names_of_a_dossier_stand_in_no_repr() -> None:
    knows = Known(going=("Tjitske Oldeboom",))
    assert "Oldeboom" not in repr(knows) + repr(gather([knows]))


def test_the_part_for_a_document_names_those_whom_it_could_name() -> None:
    dossier = gather([Known(("Tjitske Oldeboom", "Rients Fennema"))])
    part = dossier.part_for(known("Fennema sprak.", [], set()))
    assert [fact.name.surname for fact in part.named_in("Fennema en Oldeboom")] == ["fennema"]
    assert part.digest() != dossier.digest() != ""
    assert dossier.part_for(known("Niemand.", [], set())).digest() == ""


def test_the_part_for_a_document_holds_its_passages_its_twin_and_its_people() -> None:
    first, second, third = full("a", STORY, (0, 16)), full("b", STORY, (20, 23)), full("c", "Iets anders.")
    dossier = gather([first, second, third])
    part = dossier.part_for(second)
    assert part.passages == dossier.passages != NO_PASSAGES
    assert part.duplicates.keys() == {"b"}
    assert part.digest() != dossier.part_for(first).digest()
    assert not dossier.part_for(third).passages and not dossier.part_for(third).duplicates
    (alias,) = second.aliases
    assert part.pseudonyms and part.pseudonyms.of("b", alias) == "persoon 1"


def test_what_a_document_knows_goes_through_json() -> None:
    told = full("a", STORY, (0, 16))
    assert told.trace.passages and told.trace.gone and told.aliases
    assert Known.from_json(told.to_json()) == told
    named = known(TEXT, [person(1, "Tjitske Oldeboom")], {1})
    assert Known.from_json(named.to_json()) == named
