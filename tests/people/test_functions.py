"""Functions of staff at a name, which an organisation may choose to be open about."""

from __future__ import annotations

import pytest

from woo_anon.document import Function
from woo_anon.people.functions import functions_at
from woo_anon.spans import Span

NAME = "Ruurd Tamminga"


def at(text: str) -> set[Function]:
    start = text.index(NAME)
    return set(functions_at(text, Span(start, start + len(NAME))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Directeur {NAME} opende de dag.", {Function.DIRECTOR}),
        (f"plv. directeur Wonen {NAME} belde", {Function.DIRECTOR}),
        (f"{NAME}, directeur Bouw, is op reis.", {Function.DIRECTOR}),
        (f"{NAME} (directeur)", {Function.DIRECTOR}),
        (f"woordvoerder {NAME}: geen commentaar", {Function.SPOKESPERSON}),
        (f"{NAME}, persvoorlichter", {Function.SPOKESPERSON}),
        (f"De minister van Financiën,\nnamens deze,\n\n{NAME}\nhoofd afdeling", {Function.MANDATE}),
        (f"Hoogachtend,\nvoor deze,\ndrs. {NAME}", {Function.MANDATE}),
        (f"De directeur-generaal {NAME}", set()),
        (f"beleidsmedewerker {NAME} sprak met de directeur.", set()),
        (f"{NAME} schreef namens de minister een brief.", set()),
    ],
)
def test_a_function_is_seen_where_it_stands_at_the_name(text: str, expected: set[Function]) -> None:
    assert at(text) == expected
