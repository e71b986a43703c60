"""The closing paragraph of a beslisnota: found in its variants, read, and held against the redactions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fictitious_note import Case, make
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Role
from woo_anon.record.closing import Promise, doubts, find_closing

BODY = "De persoonsgegevens van ambtenaren zijn gelakt."


@pytest.mark.parametrize(
    "heading",
    [
        "Informatie die niet openbaar gemaakt kan worden",
        "INFORMATIE DIE NIET OPENBAAR GEMAAKT KAN WORDEN",
        "Informatie die niet openbaargemaakt kan worden",
        "Informatie die niet openbaar gemaakt wordt",
        "Informatie die niet openbaar wordt gemaakt",
        "Informatie die niet openbaar kan worden gemaakt",
        "Informatie welke niet openbaar gemaakt mag worden",
        "Gegevens die niet openbaar gemaakt kunnen worden",
        "7. Informatie die niet openbaar gemaakt kan worden",
        "Informatie die niet openbaar gemaakt kan worden:",
        "Informatie die niet openbaar gemaakt kan\nworden",
        "Informatie die niet openbaar ge-\nmaakt kan worden",
        "Infor-\nmatie die niet open-\nbaar gemaakt kan wor-\nden",
        "Informatie die  niet\u00a0openbaar gemaakt kan worden ",
        "Informatie die niet openbaar gemaakt kan worden\r",
        "Toelichting bij informatie die niet openbaar wordt gemaakt",
        "Niet-openbare informatie",
        "Niet openbaar te maken informatie",
    ],
)
def test_a_heading_is_found_in_its_variants(heading: str) -> None:
    found = find_closing(f"Kern\nTekst van de nota.\n\n{heading}\n{BODY}\n")
    assert found is not None
    assert found.promises == (Promise.CIVIL_SERVANTS,)


@pytest.mark.parametrize(
    "text",
    [
        "De bijlage bevat informatie die niet openbaar gemaakt kan worden en is daarom vertrouwelijk.",
        "De bijlage bevat veel\ninformatie die niet openbaar gemaakt kan worden\nomdat zij vertrouwelijk is.",
        "De besluitenlijst is niet openbaar.",
        "Aantallen worden niet openbaar gemaakt (artikel 5.1, eerste lid, onder b, Woo).",
        "",
    ],
)
def test_running_text_is_no_heading(text: str) -> None:
    assert find_closing(text) is None


@pytest.mark.parametrize(
    ("body", "promises"),
    [
        ("Niet van toepassing.", {Promise.NOTHING}),
        ("Niet van toepassing, behoudens persoonsgegevens.", {Promise.NOTHING, Promise.PERSONAL_DATA}),
        ("De namen van ambtenaren zijn weggelakt.", {Promise.CIVIL_SERVANTS}),
        ("Naam en adres van de briefschrijver.", {Promise.OTHER_PERSONS}),
        ("Persoonsgegevens van amb-\ntenaren zijn gelakt.", {Promise.CIVIL_SERVANTS}),
        ("Bijlage 2 bevat bedrijfsvertrouwelijke gegevens.", {Promise.BUSINESS_DATA, Promise.PASSAGES}),
        ("Persoonlijke beleidsopvattingen (intern beraad).", {Promise.POLICY_OPINIONS}),
        ("De spreekpunten (internationale betrekkingen).", {Promise.INTERNATIONAL, Promise.PASSAGES}),
        ("Het economisch of financieel belang van de Staat.", {Promise.STATE_FINANCES}),
        ("Gegevens op grond van artikel 5.1, tweede lid, onder e, Woo.", {Promise.PERSONAL_DATA}),
        ("Passages op grond van artikel 5.1 lid 1 sub c.", {Promise.BUSINESS_DATA, Promise.PASSAGES}),
        ("Een zin die niets belooft.", set()),
    ],
)
def test_what_a_paragraph_promises_is_read(body: str, promises: set[Promise]) -> None:
    found = find_closing(f"Informatie die niet openbaar gemaakt kan worden\nMotivering\n{body}\n")
    assert found is not None
    assert set(found.promises) == promises


def test_the_paragraph_ends_at_the_next_heading() -> None:
    found = find_closing(
        f"Informatie die niet openbaar gemaakt kan worden\n{BODY}\nBijlagen\nBedrijfsgegevens van X.\n"
    )
    assert found is not None
    assert found.text == BODY


def test_the_last_of_two_paragraphs_counts() -> None:
    heading = "Informatie die niet openbaar gemaakt kan worden"
    found = find_closing(f"{heading}\nNiet van toepassing.\n\nKern\nTekst.\n\n{heading}\n{BODY}\n")
    assert found is not None
    assert found.text == BODY


def test_a_heading_without_text_promises_nothing() -> None:
    found = find_closing("Informatie die niet openbaar gemaakt kan worden\n")
    assert found is not None
    assert (found.body, found.promises) == (None, ())


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_around_a_heading_gives_a_span_that_lies_in_it(before: str, behind: str) -> None:
    text = f"{before}\n\nInformatie die niet openbaar gemaakt kan worden\n{behind}"
    found = find_closing(text)
    assert found is not None
    assert text[found.heading.start : found.heading.end].casefold().startswith(("informatie", "niet", "toelichting"))
    assert found.body is None or found.body.end <= len(text)


def test_a_note_that_keeps_its_promise_raises_no_doubt(note: Case) -> None:
    assert doubts(find_closing(note.document.text), note.decisions) == ()


def test_a_missing_paragraph_is_said(note: Case) -> None:
    assert "ontbreekt" in doubts(None, note.decisions)[0]


def _doubts(body: str, case: Case, **changes: object) -> str:
    decisions = [replace(decision, **changes) for decision in case.decisions]  # type: ignore[arg-type]
    return " ".join(doubts(find_closing(f"Niet-openbare informatie\n{body}\n"), decisions))


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        (f"{BODY} Ook bedrijfsgegevens zijn gelakt.", "bedrijfsgegevens, maar daarop is niets gelakt"),
        (f"{BODY} Ook persoonlijke beleidsopvattingen.", "beleidsopvattingen, maar daarop is niets gelakt"),
        (f"{BODY} De spreekpunten zijn weggelaten.", "doe dat zelf"),
        ("Niet van toepassing.", "niets te lakken is, maar er is wel gelakt"),
        ("Bedrijfsgegevens.", "persoonsgegevens gelakt, maar de slotalinea noemt ze niet"),
        ("Zie boven.", "lees de slotalinea zelf na"),
    ],
)
def test_a_promise_that_the_redactions_do_not_bear_out_is_said(body: str, doubt: str) -> None:
    assert doubt in _doubts(body, make())


def test_a_promise_that_was_kept_on_its_ground_raises_no_doubt(note: Case) -> None:
    assert _doubts("Bedrijfsgegevens zijn gelakt.", note, ground="5.1.1c") == ""


def test_all_civil_servants_promised_while_the_top_stays_is_said(note: Case) -> None:
    body = "Alle persoonsgegevens van ambtenaren zijn geanonimiseerd."
    assert "ambtelijke top" in _doubts(body, note, role=Role.TOP_OFFICIAL)
    assert "ambtelijke top" not in _doubts(body, note, role=Role.CIVIL_SERVANT)


def test_other_persons_promised_while_none_was_recognised_is_said(note: Case) -> None:
    body = "De naam van de briefschrijver is gelakt."
    assert "anderen dan ambtenaren" in _doubts(body, note, role=Role.CIVIL_SERVANT)
    assert _doubts(body, note, role=Role.CITIZEN) == ""
