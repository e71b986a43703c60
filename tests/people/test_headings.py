"""What stands at the head of the list in which a name stands."""

import pytest

from woo_anon.people.headings import heading

MINUTES = """Voorzitter: Dineke Hoekman. Leden: Akerman, Borst-Rijs (geborgd natuur), mw. Langelaan,
Sluimers. Hoogheemraad: T. Fierens. Ambtelijk: Duyndam, Ousmane Diallo. Insprekers: de heer Pot.

Raad: Datema, Fennema
College: Pot-van Dalen (burgemeester), Hulshoff (wethouder)
Organisatie: Bolk, Eising

Aanwezig namens de raad
  J.A. van Zuidhof
  Lussenburg (D66)

Sluimers vraagt naar de kosten. De fractievoorzitters (Boere, Koolwijk en Ooms) zijn tegen. Kranendijk rekent.
VVD    Terlouw, Bolhuis
Betreft: Mensinga heeft gebeld met Oubelkas
"""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Hoekman", "chair"),
        ("Akerman", "members"),
        ("Langelaan", "members"),
        ("Sluimers", "members"),
        ("Fierens", "office"),
        ("Duyndam", "staff"),
        ("Diallo", "staff"),
        ("Pot.", "outside"),
        ("Datema", "office"),
        ("Fennema", "office"),
        ("Pot-van", "office"),
        ("Hulshoff", "office"),
        ("Eising", "staff"),
        ("Zuidhof", "office"),
        ("Lussenburg", "office"),
        ("Ooms", "office"),
        ("Bolhuis", "office"),
    ],
)
def test_a_name_of_a_list_has_the_class_of_its_heading(name: str, kind: str) -> None:
    assert heading(MINUTES, MINUTES.index(name)) == kind


@pytest.mark.parametrize("name", ["Sluimers vraagt", "Kranendijk", "Mensinga", "Oubelkas"])
def test_a_name_of_a_sentence_has_none(name: str) -> None:
    assert heading(MINUTES, MINUTES.index(name)) is None


def test_it_takes_no_time_in_text_of_one_kind() -> None:
    for text in ("Raad: " * 20_000, " " * 100_000, "A, " * 40_000, "(" * 50_000, "a. " * 40_000):
        assert heading(text, len(text)) in {None, "office"}
