"""Abbreviations are no initials, unless somebody is named whom they fit."""

import pytest

from woo_anon.detect.abbreviations import is_abbreviation


def abbreviates(letters: str, text: str) -> bool:
    start = text.rindex(letters)
    return is_abbreviation(text, start, start + len(letters))


@pytest.mark.parametrize("letters", ["RvB", "MvT", "UWV", "VvE", "BZK"])
def test_a_known_abbreviation_is_nobodys(letters: str) -> None:
    assert abbreviates(letters, f"Actie: {letters} levert input. Gezien: Tjitske Oldeboom.")


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("PvE", "Aan Piet van Es. Paraaf: PvE"),
        ("PvE", "P. van der Eem, paraaf PvE"),
        ("RvB", "Ria van den Berg (RvB) belt"),
        ("BZK", "Bo Zeger Kieft, paraaf BZK"),
        ("RvB", "MT-lid AtK    directeur RvB    DG JH"),
        ("JdV", "Actie: JdV"),
        ("rvb", "actie rvb"),
    ],
)
def test_letters_of_somebody_who_is_named_or_among_others_are_initials(letters: str, text: str) -> None:
    assert not abbreviates(letters, text)
