"""Strings beside the text: which of them name somebody who was redacted."""

from __future__ import annotations

import pytest

from woo_anon.document import Action, Decision, Document, Entity, Page, Redaction, Role
from woo_anon.formats.pdf.document.words import names_somebody
from woo_anon.spans import Span


def names(text: str, *gone: str, entity: Entity = Entity.PERSON) -> bool:
    """Whether `text` names one of `gone`."""
    whole = "\n".join(gone)
    document = Document("n.pdf", "pdf", whole, (Page(1, 0, len(whole)),))
    spans = [Span(whole.index(name), whole.index(name) + len(name)) for name in gone]
    decisions = [Decision(s, entity, Action.REDACT, Role.UNKNOWN, "5.1.2e", "", "test", 1.0, "test") for s in spans]
    return names_somebody(document, [Redaction(n, one, ()) for n, one in enumerate(decisions, 1)])(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gesprek met mevrouw Xu", "Xu"),
        ("Foto van Wu", "Li Wu"),
        ("https://www.voorbeeld.nl/personen/wu", "Li Wu"),
        ("https://www.voorbeeld.nl/in/jose-garcia", "José García"),
        ("Jose Garcia", "José García"),
        ("https://voorbeeld.nl/M%FCller", "Müller"),
        ("https://voorbeeld.nl/M%25C3%25BCller", "Müller"),
        ("https://elders.nl/?u=https%253A%252F%252Fvoorbeeld.nl%252FVos", "Vos"),
        ("V\u200bos", "Vos"),
        ("Søren Ødegård", "Soren Odegard"),
        ("Straßer", "Strasser"),
    ],
)
def test_a_string_that_names_somebody_is_told_however_it_is_written(text: str, name: str) -> None:
    assert names(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Besluit ad interim", "Ad"),
        ("wu-wei", "Wu"),
        ("https://www.voorbeeld.nl/wuhan", "Wu"),
        ("De begroting", "De Wu"),
        ("Januari", "Jan"),
        ("EUR", "Eu"),
    ],
)
def test_a_word_that_only_looks_like_a_short_name_stays(text: str, name: str) -> None:
    assert not names(text, name)


def test_two_letters_that_are_no_name_of_a_person_are_not_looked_for() -> None:
    assert not names("De EU en wij", "EU", entity=Entity.INITIALS)
