"""Extensions that no word announces; all made up."""

from __future__ import annotations

import pytest

from woo_anon.detect.extensions import find_extensions


def _found(text: str) -> list[str]:
    return [text[start:end] for start, end in sorted(set(find_extensions(text)))]


def test_a_number_in_brackets_behind_a_first_name_is_an_extension() -> None:
    assert _found("graag doorverbinden met Sjoerd (3382), niet met Gijs") == ["3382"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ik heb Tamar van het bewindsbureau (6771) gevraagd", "6771"),
        ("akkoord FEZ (Vincent, 7015)", "7015"),
        ("meldt Toine aan Zahra (81 34), die het regelt", "81 34"),
        ("een stagiair; ze zit op 3318. Bel haar", "3318"),
        ("die is bereikbaar op 5529 tot zes", "5529"),
    ],
)
def test_an_extension_beside_a_name_or_where_somebody_sits_is_found(text: str, number: str) -> None:
    assert _found(text) == [number]


def test_a_column_of_numbers_behind_names_holds_extensions() -> None:
    text = "Soetens, M.      3126\nD. Poyraz        3140   ma-wo\nwnd. mw. Anema   3201\n"
    assert _found(text) == ["3126", "3140", "3201"]


@pytest.mark.parametrize(
    "text",
    [
        "Jansen (2019)",
        "het staat op 3318 euro",
        "de teller zit op 3318 euro",
        "de reeks (bijlage, 7015)",
        "Kamerstuk (3382)",
        "Soetens, M.      3126\nD. Poyraz        3140\n",
        "Soetens, M.      2500\nD. Poyraz        3000\nmw. Anema        4250\n",
        "Onderhoud        3126\nSchoonmaak       3140\nBeveiliging      3201\n",
        "Soetens, M.      2019\nD. Poyraz        2020\nmw. Anema        2021\n",
    ],
)
def test_years_amounts_and_numbers_of_things_are_left(text: str) -> None:
    assert _found(text) == []


LIST = """\
TELEFOONLIJST DIRECTIE                  oktober
Boersma, A. (plv. dg)   6002        Beljaars, T.         6142
secr. Corine            6003        Sjoerdsma (do)       6147
Lamers, Dieuwke         6022        vacature             6151
"""


def test_in_a_list_of_telephones_what_stands_behind_names_is_found_in_every_column() -> None:
    assert _found(LIST) == ["6002", "6142", "6003", "6147", "6022"]


def test_where_one_extension_is_announced_others_like_it_behind_names_are_found() -> None:
    text = "Hoekstra, G. (tst 6511), Maas, P. (6514), Sjoerd, 6520. Breda, 4551 en Soest 65"
    assert [text[start:end] for start, end in find_extensions(text, ["6511"])] == ["6514", "6520"]
    assert [text[start:end] for start, end in find_extensions(text)] == []
