"""Dates of birth; all made up."""

from __future__ import annotations

import datetime

import pytest
from families import found
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect import birth


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("geb. 26APR1997, pp", "26APR1997"),
        ("geboren op\n21 maart 1940 en", "21 maart 1940"),
        ("Geboortedatum: 3-6-1981", "3-6-1981"),
        ("geboren te Homs op 12-04-1988", "12-04-1988"),
        ("(4-6-1999, Dr. Poelsstraat 81)", ""),
        ("Kjell Bruurmijn (4-6-1999, Uden) is in 2024 gehoord", "4-6-1999"),
        ("11-06-1946 te SLEEN, brief van 2023", "11-06-1946"),
        ("naam;geboortedatum;bsn\nTol;19680412;x\n", "19680412"),
        ("kinderen (Ilyas van 22 mei 2012)", "22 mei 2012"),
        ("Trang Ngo        geb. 1994           id C8820174", "1994"),
        ("verzekerde geb. 04-1971, m", "04-1971"),
        ("mw. Tielrooij, 03-03-1941, Vlietkade 77", "03-03-1941"),
        ("Gehoord: Bruurmijn, 4-6-1979, op 3 mei 2024", "4-6-1979"),
        ("Nota van 2 mei 2021 over Ugnė (7 april 2012) en haar moeder", "7 april 2012"),
        ("U heeft een dochter Sham (2011) en een huis", "2011"),
        ("haar broertje Omar (02-2012); en verder", "02-2012"),
        ("casus   gezin   kind(eren)   tijd\n17-020   Tol   Salma (2003)   9.00\n", "2003"),
        ("nr   naam   geb.jr   nat.\n1   Tol, Salma   1984   AFG\n", "1984"),
        ("nr   naam   geb.   nat.\n1   Tol, Salma   02-1984   AFG\n", "02-1984"),
        ("(kind: Abel, geboren 20-12).", "20-12"),
        ("Mijn man is 2 sept 1961 geboren, hij", "2 sept 1961"),
        ("U bent geboren op 30 juni\n1987 en", "30 juni\n1987"),
        ("C. Tasma (20-11-2015, BSN 106293552) in het besluit van 2018", "20-11-2015"),
    ],
)
def test_a_date_of_birth_is_found(text: str, date: str) -> None:
    assert found(birth.find, text) == ([date] if date else [])


@pytest.mark.parametrize(
    "text",
    [
        "uw brief d.d. 4 oktober 2023",
        "de wet van 4 december 1998",
        "Den Haag, 3 april 2024",
        "in dienst sinds 01-05-2006",
        "Kamerstuk 36 512, nr. 7",
        "vergadering van 12-03-2024 te Utrecht",
        "MINISTERIE VAN LANDBOUW          's-Gravenhage, 8 oktober 1996\nVia: SG",
        "Nota aan de Minister                    21 augustus 1989\nVan: Directie Wetgeving",
        "Datum      3 november 1998\nKenmerk    RPD/98/311140",
        "Verslag wijkgesprek De Pol, 20 mei 2003, buurthuis",
        "Postkantoor RVV_BRABANT                     14-03-97  22:07, geprint 2024",
    ],
)
def test_another_date_is_left(text: str) -> None:
    assert found(birth.find, text) == []


@given(
    st.dates(datetime.date(1920, 1, 1), datetime.date(2015, 12, 31)),
    st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]),
)
def test_every_date_after_the_word_is_found(date: datetime.date, form: str) -> None:
    text = date.strftime(form)
    assert found(birth.find, f"Betrokkene is geboren op {text} in Assen.") == [text]


def test_the_years_of_all_children_in_a_list_are_found() -> None:
    assert found(birth.find, "kinderen: Layth (2008), Sham (2011) en Kinan (2016). Wet (2020)") == [
        "2008",
        "2011",
        "2016",
    ]


def test_the_dates_of_all_children_in_a_list_are_found_also_on_the_next_line() -> None:
    text = "haar kinderen Narek (30-9-2005), Ugnė (7 april 2012) en\nLilit (4-2-2007) zijn sinds 2008"
    assert found(birth.find, text) == ["30-9-2005", "7 april 2012", "4-2-2007"]


@pytest.mark.parametrize(
    "text",
    [
        "Tjitske Oldeboom, geboren 12-05-1978, is op 3 april 2024 gehoord.",
        "Oldeboom (geb. 12-05-1978) diende op 3 april 2024 een aanvraag in.",
        "Oldeboom, geboren 12-05-1978, ontvangt sinds 3 april 2024 bijstand.",
        "Geboren: 12-05-1978, datum aanvraag: 3 april 2024",
    ],
)
def test_another_day_behind_that_of_a_birth_is_left(text: str) -> None:
    assert found(birth.find, text) == ["12-05-1978"]


def test_births_of_two_are_found() -> None:
    text = "Kinderen: Tjitske, geboren op 3-4-2010, en Derk, geboren op 5-6-2012."
    assert found(birth.find, text) == ["3-4-2010", "5-6-2012"]
