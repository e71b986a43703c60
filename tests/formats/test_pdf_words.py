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


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Gesprek met Çelik", ["Ç\u00ad elik"]),
        ("Gesprek met Çelik", ["Ay\u00adşe Ç\u00ad elik"]),
        ("Gesprek mevrouw Terpstra", ["Terp-", "stra"]),
        ("https://www.voorbeeld.nl/team/terpstra", ["Terp\u2010", "stra"]),
        ("Gesprek met Visse", ["Jan Vis-", "se"]),
        ("Gesprek met Visse", ["Vis-\nse"]),
        ("Gesprek met Terpstra", ["mevr. Ter-", "ps-", "tra-Bos"]),
        ("Gesprek met Visse", ["V i s s e"]),
        ("Gesprek met Visse", ["J. V i s s e"]),
        ("Gesprek met Visse", ["J. Visse2"]),
        ("Gesprek met Visse", ["Visse²"]),
        ("Gesprek met Wit", ["De Wit³"]),
        ("Gesprek met Xu", ["Xu²"]),
        ("Gesprek met Bos", ["Bos-", "Visser"]),
    ],
)
def test_a_name_is_told_that_the_text_cuts_up_or_marks_with_a_note(text: str, gone: list[str]) -> None:
    assert names(text, *gone)


@pytest.mark.parametrize("entity", [Entity.TERM, Entity.ADDRESS])
def test_what_is_no_name_is_told_too_when_a_line_end_cuts_it_up(entity: Entity) -> None:
    assert names("Bezoek aan Dorpskerk", "Dorps-", "kerk", entity=entity)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Overzicht", ["Over", "Zicht"]),
        ("Wel en wee", ["W. El"]),
        ("Als dan", ["A.L.S. de Vos"]),
        ("Artikel 2", ["Visse2"]),
        ("Besluit 2024", ["Visse2024"]),
        ("Terpen", ["Terp-", "stra"]),
    ],
)
def test_names_that_only_stand_beside_each_other_are_no_word(text: str, gone: list[str]) -> None:
    assert not names(text, *gone)
