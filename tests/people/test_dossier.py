"""Who is who over a dossier: what one document knows of its people, and what another makes of it."""

from __future__ import annotations

import pytest

from woo_anon.document import Document, Entity, Finding, Page, Person, Role, Span
from woo_anon.people.dossier import Known, gather, known
from woo_anon.people.resolve import resolve

TEXT = "Verslag: volgens Tjitske Oldeboom kan het. Oldeboom belt de minister."
WORDS = "belt de het kan minister oldeboom tjitske verslag volgens"


def document(text: str) -> Document:
    return Document("nota.txt", "text", text, (Page(1, 0, len(text)),))


def person(number: int, surface: str, score: float = 0.95) -> Person:
    start = TEXT.index(surface)
    mention = Finding(Span(start, start + len(surface)), Entity.PERSON, score, "test")
    return Person(number, (mention,), Role.CIVIL_SERVANT, score)


def test_a_document_knows_full_names_of_those_who_go_for_certain() -> None:
    assert known(TEXT, [person(1, "Tjitske Oldeboom")], {1}) == Known(("Tjitske Oldeboom",), words=WORDS)


def test_a_document_keeps_what_it_doubts_to_itself() -> None:
    assert known(TEXT, [person(1, "Tjitske Oldeboom", score=0.6)], {1}) == Known(words=WORDS)


def test_a_surname_alone_is_not_told_to_the_others() -> None:
    assert known(TEXT, [person(1, "Oldeboom")], {1}) == Known(words=WORDS)


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


def test_an_office_at_the_name_itself_is_stronger_than_the_dossier() -> None:
    text = "Minister Tjitske Oldeboom opende de vergadering."
    start = text.index("Tjitske")
    finding = Finding(Span(start, start + len("Tjitske Oldeboom")), Entity.PERSON, 0.97, "test", 0.9)
    (one,) = resolve(document(text), [finding], [], dossier=gather([Known(going=("Tjitske Oldeboom",))]))
    assert one.role is Role.OFFICE_HOLDER


def test_names_of_a_dossier_stand_in_no_repr() -> None:
    knows = Known(going=("Tjitske Oldeboom",))
    assert "Oldeboom" not in repr(knows) + repr(gather([knows]))


def test_the_part_for_a_document_names_those_whom_it_could_name() -> None:
    dossier = gather([Known(("Tjitske Oldeboom", "Rients Fennema"))])
    part = dossier.part_for(known("Fennema sprak.", [], set()))
    assert [name.surname for name in part.named_in("Fennema en Oldeboom")] == ["fennema"]
    assert part.digest() != dossier.digest() != ""
    assert dossier.part_for(known("Niemand.", [], set())).digest() == ""


def test_what_a_document_knows_goes_through_json() -> None:
    told = known(TEXT, [person(1, "Tjitske Oldeboom")], {1})
    assert Known.from_json(told.to_json()) == told
