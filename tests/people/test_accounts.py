"""Account names that follow from full names."""

import pytest

from woo_anon.document import Entity, Finding
from woo_anon.people.accounts import accounts
from woo_anon.spans import Span


def found(text: str, name: str, score: float = 0.99) -> list[str]:
    start = text.index(name)
    named = Finding(Span(start, start + len(name)), Entity.PERSON, score, "ner")
    return [text[f.span.start : f.span.end] for f in accounts(text, [named]) if f.entity is Entity.USERNAME]


@pytest.mark.parametrize(
    ("text", "name", "account"),
    [
        ("Toegang bij Danilo Bertogna (bertognad op Teams)", "Danilo Bertogna", "bertognad"),
        ("Mbeki-Looijenga, N. | mbekin | 4022", "Mbeki-Looijenga, N.", "mbekin"),
        ("Daan Stokvis: staat op dstok02's schijf", "Daan Stokvis", "dstok02"),
        ("Wim Ponder heet in het systeem PONDERW1", "Wim Ponder", "PONDERW1"),
        ("Yara Celik, account y.celik", "Yara Celik", "y.celik"),
    ],
)
def test_an_account_made_of_a_name_is_found(text: str, name: str, account: str) -> None:
    assert found(text, name) == [account]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sem Bakker kent alle bakkers van het dorp", "Sem Bakker"),  # an ordinary word
        ("Jan Molenaar en de molenaar", "Jan Molenaar"),
        ("Bertogna (bertognad)", "Bertogna"),  # no given name
        ("Danilo Bertogna, bertognad@voorbeeld.nl", "Danilo Bertogna"),  # a mail address is another's matter
    ],
)
def test_a_word_that_is_no_account_is_left(text: str, name: str) -> None:
    assert found(text, name) == []


def test_a_doubtful_name_leads_to_no_account() -> None:
    assert found("Danilo Bertogna (bertognad)", "Danilo Bertogna", 0.3) == []
