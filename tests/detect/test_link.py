"""Links to persons and meetings; made up."""

from __future__ import annotations

import pytest
from families import found

from woo_anon.detect import link


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("zie linkedin.com/in/jan-jansen-4471.", "linkedin.com/in/jan-jansen-4471"),
        (
            "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Nz/0",
            "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Nz/0",
        ),
        ("Vergadering-id: 348 902 116 57\n", "348 902 116 57"),
        ("Vergadering via Webex, belcode 412 880.", "412 880"),
        ("Teams\nWachtwoordcode: hT3vQ9\n", "hT3vQ9"),
        ("+31 20 258 1174,,60418823# Netherlands", "60418823#"),
        ("https://us02web.zoom.us/j/841299?pwd=Yk9r", "https://us02web.zoom.us/j/841299?pwd=Yk9r"),
        ("https://orcid.org/0000-0002-7184-559X", "https://orcid.org/0000-0002-7184-559X"),
    ],
)
def test_a_link_or_code_is_found(text: str, mark: str) -> None:
    assert mark in found(link.find, text)


def test_a_link_goes_on_over_the_line_end() -> None:
    text = "https://teams.microsoft.com/l/meetup-join/19%3ameet\ning_OTk0/0?context=%7b\nVergadering"
    assert found(link.find, text) == [text[: text.index("\nVergadering")]]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.rijksoverheid.nl/woo",
        "www.minbzk.nl",
        "code oranje",
        "postcode 2500 EX",
        "de sleutel ligt bij de balie",
    ],
)
def test_an_ordinary_site_or_word_is_left(text: str) -> None:
    assert found(link.find, text) == []
