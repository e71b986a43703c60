"""Who is who: roles, and what an organisation knows of itself."""

from __future__ import annotations

import pytest

from woo_anon.document import Document, Entity, Finding, Page, Role
from woo_anon.people.resolve import resolve
from woo_anon.spans import Span

MAIL = "Ruurd Tamminga schreef: bel Sietse. Adres: r.tamminga@voorbeeldstad.nl"


def document(text: str) -> Document:
    return Document("nota.txt", "text", text, (Page(1, 0, len(text)),))


def finding(text: str, surface: str, entity: Entity = Entity.PERSON, stays: float = 0.1) -> Finding:
    start = text.index(surface)
    return Finding(Span(start, start + len(surface)), entity, 0.95, "test", stays)


@pytest.mark.parametrize(
    ("domains", "role"),
    [
        ((), Role.UNKNOWN),
        (("voorbeeldstad.nl",), Role.CIVIL_SERVANT),
        (("stad.nl",), Role.UNKNOWN),
        (("@Voorbeeldstad.nl",), Role.CIVIL_SERVANT),
    ],
)
def test_who_has_an_address_at_the_organisation_is_a_civil_servant(domains: tuple[str, ...], role: Role) -> None:
    found = [finding(MAIL, "Ruurd Tamminga"), finding(MAIL, "r.tamminga@voorbeeldstad.nl", Entity.EMAIL)]
    (person,) = resolve(document(MAIL), found, [], domains=domains)
    assert person.role is role


FOLLOWS = "Opgesteld door Ruurd Tamminga, jurist. Volgens het stuk is Tamminga het eens met de raming."


def last_of(text: str, surface: str, stays: float) -> Finding:
    start = text.rindex(surface)
    return Finding(Span(start, start + len(surface)), Entity.PERSON, 0.95, "test", stays)


def staying(text: str, findings: list[Finding]) -> set[str]:
    persons = resolve(document(text), findings, [])
    kept = [person for person in persons if person.role in {Role.OFFICE_HOLDER, Role.EPONYM, Role.AUTHOR}]
    return {text[mention.span.start : mention.span.end] for person in kept for mention in person.mentions}


def test_a_surname_in_doubt_goes_with_the_full_name_that_goes_for_certain() -> None:
    found = [finding(FOLLOWS, "Ruurd Tamminga", stays=0.01), last_of(FOLLOWS, "Tamminga", stays=0.95)]
    assert staying(FOLLOWS, found) == set()
    assert staying(FOLLOWS, found[1:]) == {"Tamminga"}


def test_an_office_at_the_surname_goes_before_the_full_name() -> None:
    text = "Opgesteld door Ruurd Tamminga, jurist. Volgens het stuk is minister Tamminga het eens."
    found = [finding(text, "Ruurd Tamminga", stays=0.01), last_of(text, "Tamminga", stays=0.9)]
    assert staying(text, found) == {"Tamminga"}


@pytest.mark.parametrize(("times", "left"), [(12, set()), (2, {"Ruurd Tamminga"})])
def test_a_full_name_in_doubt_goes_where_it_goes_for_certain_many_times(times: int, left: set[str]) -> None:
    line = "Opgesteld door Ruurd Tamminga, jurist. De raming volgt in het voorjaar en wordt daarna besproken.\n"
    text = line * times + "\nVolgens het stuk is Ruurd Tamminga het eens met de raming.\n"
    starts = [at * len(line) + len("Opgesteld door ") for at in range(times)]
    found = [Finding(Span(at, at + 14), Entity.PERSON, 0.95, "test", 0.01) for at in starts]
    assert staying(text, [*found, last_of(text, "Ruurd Tamminga", stays=0.98)]) == left
