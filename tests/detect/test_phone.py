"""Telephone numbers: made up, with area codes that exist. General numbers are those of public services."""

from __future__ import annotations

import pytest
from families import found, kept
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect import phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("M +31 (0)6 4625 1180", "+31 (0)6 4625 1180"),
        ("bel 06-12345678", "06-12345678"),
        ("bel 06.2033.7714 na zes", "06.2033.7714"),
        ("mobiel 0 6 1 8 8 4 2 0 3 1", "0 6 1 8 8 4 2 0 3 1"),
        ("O6 4178 O2 96", "O6 4178 O2 96"),
        ("Jansen, 070 - 348 51 77", "070 - 348 51 77"),
        ("Behandeld door  Iwan Beltman\nAfdeling  Ruimte  Telefoon  026-377 4418", "026-377 4418"),
        ("direct (070) 348 51 77", "(070) 348 51 77"),
        ("Wytse (06-4187 5520) belt", "06-4187 5520"),
        ("Wytse ((070) 348 51 77) belt", "(070) 348 51 77"),
        ("0031 6 4810 2299", "0031 6 4810 2299"),
        ("op *06-527-61834 of", "*06-527-61834"),
        ("bel 06-\n23456789 na zes", "06-\n23456789"),
        ("bel 06 -\n34567890 na zes", "06 -\n34567890"),
        ("of 070-\n3487589 voor", "070-\n3487589"),
        ("of (070)\n348 75 89 voor", "(070)\n348 75 89"),
        ("of +31 (0)6-\n2345 6789 voor", "+31 (0)6-\n2345 6789"),
        ("TOESTEL          : 7216", "7216"),
        ("doorverbinden naar 2271 s.v.p.", "2271"),
        ("ik geef hem jouw nummer (8122).", "8122"),
        ("Ilona\n088 01 00 571, algemeen 088 01 00 500", "088 01 00 571"),
        ("Renske neemt waar, 050-853 41 76. Het algemene nummer is 0800-1234", "050-853 41 76"),
        ("Bel Guusta van de nautische centrale, 024-388 95 62.", "024-388 95 62"),
        ("Marly (secretariaat, 078-630 11 42)", "078-630 11 42"),
        ("MDTN *06-733 40 518", "*06-733 40 518"),
        ("MDTN *06 733 4051", "*06 733 4051"),
        ("Lotte van BBR, 070 379 61 35.", "070 379 61 35"),
        ("0592-38 81 40 / 06-5160 2293", "06-5160 2293"),
        ("+49 2821 9711 204 / 06 1283 4750", "+49 2821 9711 204"),
        ("met zijn 06 (06-29 04 77 81), terwijl", "06-29 04 77 81"),
        ("haar nummer, +31 6\n46 02 77 19.", "+31 6\n46 02 77 19"),
        ("Mijn toestel is 6871, mijn kamer", "6871"),
        ("tst. l7 33", "l7 33"),
        ("de persoonlijke lijn (persnummer 06 - 22 79 30 14)", "06 - 22 79 30 14"),
        ("bel S. Oosterloo 36 57 13", "36 57 13"),
        ("Tessel Oudhof van VWS (340 77 30)", "340 77 30"),
        ("Fleur Zomer, tst. 4471.", "4471"),
        ("Jansen, toestel 71 904", "71 904"),
        ("coll. Zoetekouw, tst 83l8", "83l8"),
        ("15.420 (bron UWV, Chantal, 020-687 9944)", "020-687 9944"),
        ("thuis +32 470 18 33 62", "+32 470 18 33 62"),
        ("mijn mobiel 06-2233\n4455", "06-2233\n4455"),
        ("gsm 0486/21 90 47", "0486/21 90 47"),
        ("+31 6 2044 1**", "+31 6 2044 1**"),
    ],
)
def test_a_direct_number_is_found(text: str, number: str) -> None:
    assert number in found(phone.find, text)


@pytest.mark.parametrize(
    "text",
    [
        "0800-8002",
        "0900-8844",
        "14 070",
        "algemeen nummer 088 123 45 00",
        "Servicedesk 088 370 22 22",
        "070 426 64 26 (centrale)",
    ],
)
def test_a_general_number_may_stay(text: str) -> None:
    assert kept(phone.find, text) != []
    assert found(phone.find, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "zaak 06-11-2023 12:30",
        "kenmerk 2024-0000518274",
        "36 512, nr. 7",
        "€ 1.250.000,00",
        "KvK 27364871",
        "ECLI:NL:RBROT:2024:2304",
        "12:30 - 14:00 uur",
        "versie 1.12.0",
        "contract 06-112233-01",
        "artikel 5.1, tweede lid",
        "Datum: wo 15-4-2009 17:10",
        "Parketnr 09/817330-18",
    ],
)
def test_another_number_is_left(text: str) -> None:
    assert found(phone.find, text) == []


@given(
    st.integers(min_value=10_000_000, max_value=59_999_999),
    st.sampled_from(["06-{}", "06 {}", "+316{}", "+31 6 {}", "00316{}"]),
)
def test_every_mobile_number_is_found(number: int, form: str) -> None:
    text = form.format(number)
    assert found(phone.find, f"Bereikbaar op {text}.") == [text]


@given(st.integers(min_value=2000, max_value=2030), st.integers(min_value=0, max_value=9_999_999_999))
def test_no_reference_number_is_a_telephone_number(year: int, number: int) -> None:
    assert found(phone.find, f"Onze referentie {year}-{number:010d}\nPagina 1") == []


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("Sluisbediening          0592 37 41 68", "0592 37 41 68"),
        ("Ongediertebestrijding | 0592 37 41 68", "0592 37 41 68"),
    ],
)
def test_a_number_in_a_list_behind_a_function_and_no_name_may_stay(row: str, number: str) -> None:
    text = f"NUMMERS\nMeldkamer Noord          050 317 25 43\n{row}\n"
    assert number in kept(phone.find, text)


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("Tjitske Hamoen          0592 37 41 68", "0592 37 41 68"),
        ("Doorkiesnummer          0592 37 41 68", "0592 37 41 68"),
        ("Sluisbediening          06 2137 41 68", "06 2137 41 68"),
    ],
)
def test_a_persons_number_in_a_list_goes(row: str, number: str) -> None:
    text = f"NUMMERS\nMeldkamer Noord          050 317 25 43\n{row}\n"
    assert number in found(phone.find, text)


@pytest.mark.parametrize("before", ["klant", "Zaak:", "besluit", "NRC pers", "relatie", "aanvraag"])
@pytest.mark.parametrize("number", ["06-48271601", "06 4827 1601", "0648271601"])
def test_whose_a_mobile_number_is_does_not_make_it_another_number(before: str, number: str) -> None:
    assert found(phone.find, f"Terugbelverzoek {before} {number} graag vandaag.") == [number]


@pytest.mark.parametrize("label", ["klantnr.", "zaaknummer:", "monsternr."])
def test_what_is_called_a_number_of_something_else_is_none(label: str) -> None:
    assert found(phone.find, f"{label} 0648271601") == []


def test_a_number_that_a_message_names_somebody_by_goes() -> None:
    assert found(phone.find, "Marjolein: @31641882017 jij belt toch?") == ["31641882017"]


def test_the_telephone_that_goes_with_the_duty_may_stay() -> None:
    assert kept(phone.find, "Bel buiten kantooruren de pikettelefoon: 06 2137 4168.") == ["06 2137 4168"]


def test_a_named_persons_duty_telephone_goes() -> None:
    assert found(phone.find, "Femke de Boer, pikettelefoon 06 2137 4168") == ["06 2137 4168"]


@pytest.mark.parametrize("text", ["Vertrouwenspersoon: 06 2137 4168", "contactpersoon 06 2137 4168"])
def test_a_person_before_a_number_is_no_word_for_another_kind_of_number(text: str) -> None:
    assert found(phone.find, text) == ["06 2137 4168"]


def test_a_number_of_somebody_at_an_organisation_goes() -> None:
    assert found(phone.find, "Provincie Ommeland: Wietske Hamoen, tel. 026 351 94 17") == ["026 351 94 17"]


@pytest.mark.parametrize("text", ["Contact: gemeente Oosterhoven, 0318 68 09 13", "Werkgroep Bodem (088 371 52 94)"])
def test_the_number_of_a_body_may_stay(text: str) -> None:
    assert len(kept(phone.find, text)) == 1


def test_who_is_named_behind_a_number_has_it_though_it_be_that_of_a_desk() -> None:
    assert kept(phone.find, "Noodnummer: 0114-38 93 06.") == ["0114-38 93 06"]
    number = next(phone.find("Noodnummer: 0114-38 93 06 (Gaby)."))
    assert number.stays < 0.55  # the least belief to stay


def test_a_day_behind_a_word_for_an_extension_is_none() -> None:
    assert found(phone.find, "Behandeld door team Wonen   Intern   12 mei") == []
