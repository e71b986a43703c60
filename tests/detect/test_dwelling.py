"""What can be an address of what the tagger took for one; all made up."""

from __future__ import annotations

import pytest

from woo_anon.detect.dwelling import may_be_address, stays_as_office


def _asked(marked: str) -> tuple[str, int, int]:
    """The text without the brackets ⟦⟧, and where they stood."""
    start, end = marked.index("⟦"), marked.index("⟧") - 1
    return marked.replace("⟦", "").replace("⟧", ""), start, end


@pytest.mark.parametrize(
    "marked",
    [
        "de buren op ⟦Reinbôge 6⟧ wonen daar",
        "Mevrouw woont op ⟦Kaya Sabana⟧",
        "mijn adres is ⟦anjelierstraat zesentwintig⟧",
        "Adres: ⟦9714 AJ Groningen⟧",
        "wonende ⟦H O O F D W E G   3 1⟧ te Eext",
        "mevrouw De Fretes van de ⟦Kievitstraat⟧ belde",
        "de heer Habimana (⟦nr. 63⟧) heeft een zienswijze",
        "in de woning ⟦Korte Vaart 12 boven⟧",
        "de weduwe aan de ⟦Nijverheidsstraat 4-A⟧",
    ],
)
def test_a_street_with_a_number_or_where_somebody_lives_can_be_an_address(marked: str) -> None:
    assert may_be_address(*_asked(marked))


@pytest.mark.parametrize(
    "marked",
    [
        "⟦Datum van ontvangst:⟧ 3 mei",
        "zaal Aletta Jacobs ⟦2.14⟧",
        "in ⟦Kamer 3⟧ om tien uur",
        "gehoord op ⟦06-40 71 99 36⟧",
        "rekening ⟦NL60INGB0421028992⟧",
        "koppelvlak ⟦versie 3.12⟧",
        "Wij reden over de ⟦Javalaan, Celebesplantsoen⟧",
    ],
)
def test_labels_rooms_and_other_numbers_are_no_address(marked: str) -> None:
    assert not may_be_address(*_asked(marked))


@pytest.mark.parametrize(
    "marked", ["Slagerij De Haan, ⟦Gildenweg 8⟧", "Jansen Advies B.V.\n   ⟦Westersingel 104⟧", "balie, ⟦Kade 2⟧"]
)
def test_an_address_behind_a_business_is_an_offices(marked: str) -> None:
    assert stays_as_office(*_asked(marked)) >= 0.5


@pytest.mark.parametrize("marked", ["mevrouw De Haan, ⟦Gildenweg 8⟧", "Postcode/plaats: ⟦6525 HC Nijmegen⟧"])
def test_an_address_behind_a_person_is_none(marked: str) -> None:
    assert stays_as_office(*_asked(marked)) < 0.5


@pytest.mark.parametrize("marked", ['"7513CR";"⟦Enschede⟧"', "laan 1140 in ⟦zoetermeer⟧ en", "Postcode: ⟦5_0_3_8_V_B⟧"])
def test_the_town_of_an_address_and_a_postcode_in_boxes_can_be_parts_of_one(marked: str) -> None:
    assert may_be_address(*_asked(marked))
