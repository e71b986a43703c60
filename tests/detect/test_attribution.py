"""The date in the line above a quoted mail."""

from __future__ import annotations

import pytest

from woo_anon.detect.attribution import attributions

NAME = "Nynke Zandloper <n.zandloper@minvoorbeeld.example>"


@pytest.mark.parametrize(
    "date",
    [
        "On Thu, 7 Mar 2024 at 10:02, ",
        "On Thu, Mar 7, 2024 at 10:02 AM ",
        "On 7 Mar 2024, at 10:02, ",
        "On Mar 7, 2024, at 10:02\u202fAM, ",
        "On 07/03/2024 10:02, ",
        "On Thu Mar 7 2024 10:02:33 GMT+0100 (CET), ",
        "On 2024-03-07 10:02, ",
        "> On Thursday, 7 March 2024 at 10:02:11 CET ",
        "Op do 7 mrt 2024 om 10:02 schreef ",
        "Op 7 mrt. 2024 om 10:02 heeft ",
        "Op 07-03-2024 om 10:02 schreef ",
        "> > Op donderdag 7 maart 2024 10:02 schreef ",
        "Am Do., 7. März 2024 um 10:02 Uhr schrieb ",
        "Am 07.03.24 um 10:02 schrieb ",
        "Le jeu. 7 mars 2024 à 10:02, ",
    ],
)
def test_the_words_before_the_name_are_found(date: str) -> None:
    (found,) = attributions(f"Dag,\n\n{date}{NAME}\n")
    assert (found.span.start, found.span.end) == (6, 6 + len(date.rstrip()))


def test_a_given_name_behind_the_time_is_no_time_zone() -> None:
    (found,) = attributions("On Thu, Mar 7, 2024 at 10:02 AM Evi Zandloper wrote:\n")
    assert found.span.end == len("On Thu, Mar 7, 2024 at 10:02 AM")


@pytest.mark.parametrize(
    "text",
    [
        "Op verzoek van Jan Mars om 10:02 gebeld.",
        "Op 7 maart 2024 schreef de minister aan Nynke.",
        "Zij kwam op do 7 mrt 2024 om 10:02 langs.",
        "On Thu Zandloper wrote:",
    ],
)
def test_other_lines_are_left(text: str) -> None:
    assert list(attributions(text)) == []
