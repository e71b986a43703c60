"""Extensions that no word announces; all made up."""

from __future__ import annotations

import pytest

from woo_anon.detect.extensions import find_extensions


def _found(text: str) -> list[str]:
    return [text[start:end] for start, end in sorted(find_extensions(text))]


def test_a_number_in_brackets_behind_a_first_name_is_an_extension() -> None:
    assert _found("graag doorverbinden met Sjoerd (3382), niet met Gijs") == ["3382"]


def test_a_column_of_numbers_behind_names_holds_extensions() -> None:
    text = "Soetens, M.      3126\nD. Poyraz        3140   ma-wo\nwnd. mw. Anema   3201\n"
    assert _found(text) == ["3126", "3140", "3201"]


@pytest.mark.parametrize(
    "text",
    [
        "Jansen (2019)",
        "Kamerstuk (3382)",
        "Soetens, M.      3126\nD. Poyraz        3140\n",
        "Soetens, M.      2500\nD. Poyraz        3000\nmw. Anema        4250\n",
        "Onderhoud        3126\nSchoonmaak       3140\nBeveiliging      3201\n",
        "Soetens, M.      2019\nD. Poyraz        2020\nmw. Anema        2021\n",
    ],
)
def test_years_amounts_and_numbers_of_things_are_left(text: str) -> None:
    assert _found(text) == []
