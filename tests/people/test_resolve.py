"""Who is who: roles, and what an organisation knows of itself."""

from __future__ import annotations

import pytest

from woo_anon.document import Document, Entity, Finding, Page, Role, Span
from woo_anon.people.resolve import resolve

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
