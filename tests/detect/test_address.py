"""Addresses of homes and offices; the homes are made up, the offices are those of ministries."""

from __future__ import annotations

import pytest
from families import found, kept

from woo_anon.detect import address


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("woont Kruitberg 2214", "Kruitberg 2214"),
        ("mevrouw Kieboom, Lange Kruisweg 11, Maasdijk: kelder nat", "Lange Kruisweg 11, Maasdijk"),
        ("woonachtig Hobbemaplein 31, mobiel", "Hobbemaplein 31"),
        ("Hij woont Soendalaan 12 II te Vlaardingen.", "Soendalaan 12 II te Vlaardingen"),
        ("adres: Anton de Komplein 240 hs, 1102 DR Amsterdam", "Anton de Komplein 240 hs, 1102 DR Amsterdam"),
        ("haar huis aan de Korreweg 203-A", "Korreweg 203-A"),
        ("De heer K. Amankwah\nZuiderdiep 201-C\n9401 HD ASSEN\n", "Zuiderdiep 201-C\n9401 HD ASSEN"),
        ("mijn adres is anjelierstraat zesentwintig u kunt", "anjelierstraat zesentwintig"),
        ("Vlietweg 90, 2266 KA\nLeidschendam, bijgestaan door", "Vlietweg 90, 2266 KA\nLeidschendam"),
        ("Twickelerlaan 4, 7495 VG\n  Ambt Delden, in december", "Twickelerlaan 4, 7495 VG\n  Ambt Delden"),
        ("Hoofdweg 119 te 9765 CC\nPATERSWOLDE), schreef", "9765 CC\nPATERSWOLDE"),
        ("Vlietweg 90\n2266 KA\nGeachte heer", "Vlietweg 90\n2266 KA"),
        ("naam;straat;afd\nTol;Hoofdstraat 51;KCC\n", "Hoofdstraat 51"),
    ],
)
def test_a_home_is_found(text: str, place: str) -> None:
    assert place in found(address.find, text)


@pytest.mark.parametrize(
    "text",
    [
        "Postbus 20011, 2500 EA Den Haag",
        "Turfmarkt 147, 2511 DP Den Haag",
        "Ministerie van Financiën\nKorte Voorhout 7\n",
        "Gemeente Lekkerzijl\nRaadhuisplein 2, 2926 LZ Lekkerzijl\n",
        "Kantoor: Kanaalweg 1, Middelburg",
        "Aminata Sylla\nadviseur juridische zaken\nLimburglaan 10, Maastricht\n",
        "ACM | Muzenstraat 41 | 2511 WB Den Haag | 070 722 20 00",
        "7 mei 1991, 14.00 uur, Herengracht 21, Den Haag\n\nAanwezig: Van Dijk",
        "Verkort verslag 29 september 2021, Roermond, Maria Theresialaan 99\nAanwezig",
        "Raadzaal, Vendelweg 1, Steenwijk\n",
        "Bezoekadres Kade 16, Lekkerzijl. Zaal Lely heeft toestel 61500.",
    ],
)
def test_an_office_may_stay(text: str) -> None:
    assert kept(address.find, text) != []
    assert found(address.find, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "artikel 12",
        "Kamerstuk 36 512, nr. 7",
        "zaal Rembrandt 3",
        "in week 12",
        "de vergadering van 9 november",
        "€ 1.250",
        "2024 is voorbij",
        "Antwoord 9 tot en met 11",
        "Droge Heide 41 ha",
        "In variant B wordt de Pastoor Thijssenstraat een fietsstraat.",
        "Rotterdam 321, Almere 108",
        "de kap op het Kerkplein 23 mei 2023",
        "Controle op het Kerkplein 19-20 u.",
        "basisteam Molenhaven 10 en 12 maart",
        'de casus "Molenhaven 2013"',
    ],
)
def test_another_number_is_left(text: str) -> None:
    assert found(address.find, text) == []


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Zij woont aan de Hoogstraat te Ede met haar zoon", "Hoogstraat te Ede"),
        ("woonachtig Kerkplein, gezin", "Kerkplein"),
        ("RE: Bezwaar Kerkstraat 14", "Kerkstraat 14"),
        ("wonende Lange Kerkstraat 14", "Lange Kerkstraat 14"),
        ("Gesprek met Kessels aan de Heesbergstraat 46.", "Heesbergstraat 46"),
        ("wonende op de Burgemeester Kokweg.", "Burgemeester Kokweg"),
        ("woont Kruitberg 96 bis te Amsterdam", "Kruitberg 96 bis te Amsterdam"),
        ("wonende aan de Molenvaart 318-II.", "Molenvaart 318-II"),
    ],
)
def test_a_street_where_somebody_lives_is_found_with_and_without_a_number(text: str, street: str) -> None:
    assert found(address.find, text) == [street]


def test_the_label_of_the_next_field_is_no_town() -> None:
    text = "Postcode/plaats     5611 ZP  Eindhoven\nTelefoon            06 4178 0296\nBSN                 onbekend\n"
    assert found(address.find, text) == ["5611 ZP  Eindhoven"]


def test_the_label_of_a_postcode_is_no_office() -> None:
    assert kept(address.find, "Postcode, plaats:      7415 LR Deventer\n") == []


def test_a_year_is_no_house_number() -> None:
    assert found(address.find, "bewoners van de Marktverordening 2019") == []


LETTER = """\
De heer dr. E.C. Lobato                  Directie Curatieve Zorg
Zonneheuvel 88 II                        Parnassusplein 5
1077 PG  AMSTERDAM                       2511 VX Den Haag
                                         T 070 340 79 11
"""


def test_in_the_head_of_a_letter_the_home_goes_and_the_office_beside_it_stays() -> None:
    assert found(address.find, LETTER) == ["Zonneheuvel 88 II", "1077 PG  AMSTERDAM"]
    assert kept(address.find, LETTER) == ["Parnassusplein 5", "2511 VX Den Haag"]


def test_the_same_with_the_sender_on_the_left() -> None:
    letter = (
        "Directie Curatieve Zorg            Mevrouw E.C. Lobato\n"
        "Parnassusplein 5                   Zonneheuvel 88 II\n"
        "2511 VX Den Haag                   1077 PG  AMSTERDAM\n"
    )
    assert found(address.find, letter) == ["Zonneheuvel 88 II", "1077 PG  AMSTERDAM"]


def test_an_address_does_not_go_on_in_the_block_beside_it() -> None:
    text = "Hertenkamp 12, Vaassen               2594 AC Den Haag\n"
    assert "Hertenkamp 12, Vaassen" in found(address.find, text)


@pytest.mark.parametrize(
    "above",
    [
        "Stichting Het Baken\nt.a.v. mevrouw W. van Ommen\n",
        "Transportbedrijf De Kade\nt.a.v. de heer J. Lobato\n",
        "Kwekerij Westland B.V.\nDe heer P. Lobato\n",
    ],
)
def test_an_organisation_may_keep_its_address_whoever_gets_the_letter(above: str) -> None:
    assert kept(address.find, f"{above}Veilingweg 30\n2678 LN De Lier\n") != []


@pytest.mark.parametrize(
    "above",
    [
        "Bewonerscomité Bosrand\nt.a.v. mevrouw A. Lobato\n",
        "Stichting Het Baken\nt.a.v. de penningmeester, de heer R. Lobato\n",
        "Stichting Het Baken\np/a de secretaris, mevrouw G. Lobato\n",
        "Maatschap Lobato\nt.a.v. de heer E. Lobato\n",
        "Gerda Lobato-Verkerk\n",
    ],
)
def test_a_club_has_its_address_at_somebodys_home(above: str) -> None:
    assert kept(address.find, f"{above}Veilingweg 30\n2678 LN De Lier\n") == []


@pytest.mark.parametrize("name", ["Gerda Lobato-Verkerk", "J. van Winkel", "mevr. dr. A. Lobato"])
def test_a_surname_or_a_street_that_ends_as_an_office_does_is_none(name: str) -> None:
    assert kept(address.find, f"ouders     {name}, H.W. Mesdagplein 4, 3701 JL Zeist\n") == []


@pytest.mark.parametrize(
    "text", ["bezwaarmaker Harry Crombag (Holset 36) vreest", "- Piet Ridderbos, Langeleegte 18; wil niks"]
)
def test_a_street_of_any_name_is_found_behind_a_person(text: str) -> None:
    assert len(found(address.find, text)) == 1


@pytest.mark.parametrize("text", ["Piet Ridderbos (Schaal 12) vraagt", "Piet Ridderbos, Kamer 12; wil niks"])
def test_a_number_of_something_behind_a_person_is_no_street(text: str) -> None:
    assert found(address.find, text) == []


@pytest.mark.parametrize(
    "sender", ["GEMEENTE LEKKERZIJL", "Waterschap Wold en Dijk", "Eetcafé Tante Sjaan\nt.a.v. mevr. J. Tol"]
)
def test_the_address_below_an_organisation_may_stay(sender: str) -> None:
    assert kept(address.find, f"{sender}\nNieuwe Parklaan 6, 2926 LZ Lekkerzijl\n") != []


@pytest.mark.parametrize(
    "text",
    [
        "De Notitie Arbeidsmarkt 2024 is vastgesteld.",
        "Jaargang 12 van het blad",
        "Nr\tActie\tGereed\n1\tPlan\tja",
        "Nr   Actie   Voortgang\n1    Plan    loopt",
    ],
)
def test_words_that_end_as_streets_do_are_no_address(text: str) -> None:
    assert found(address.find, text) == []


@pytest.mark.parametrize(
    "text", ["Wij wonen aan de Oldeboomlaan 12.", "Zorgmelding Oldeboomlaan 12", "Huisbezoek Oldeboomlaan 12"]
)
def test_where_somebody_is_visited_is_a_home(text: str) -> None:
    assert found(address.find, text) == ["Oldeboomlaan 12"]
    assert kept(address.find, text) == []
