"""Licence plates, made up in the series of the RDW."""

from __future__ import annotations

import pytest
from families import found
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect import plate

SERIES = (
    "LL-DD-DD DD-DD-LL DD-LL-DD LL-DD-LL LL-LL-DD DD-LL-LL DD-LLL-D D-LLL-DD LL-DDD-L L-DDD-LL LLL-DD-L D-LL-DDD"
    " DDD-LL-D"
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("kenteken 38-LZR-9", "38-LZR-9"),
        ("zwarte Audi, XN877R", "XN877R"),
        ("auto met kenteken nz-614-k.", "nz-614-k"),
        ("busje met Pools kenteken WPI 7J42C", "WPI 7J42C"),
        ("zijn camionette (1-XKF-208)", "1-XKF-208"),
        ("dienstvoertuig KZ-48-19 stond", "KZ-48-19"),
        ("naam;kenteken;vak\nJansen;XK204T;12\n", "XK204T"),
    ],
)
def test_a_plate_is_found(text: str, number: str) -> None:
    assert number in found(plate.find, text)


@pytest.mark.parametrize(
    "text",
    [
        "G1-0624-VX",
        "dock DK-88-ZP",
        "12-04-23",
        "de auto van 07-2023",
        "de bus is 06-22 uur weg",
        "Naam        Kenteken\nTjitske     met 1 koffer\n",
        "postcode 2500 EX",
        "36 512, nr. 7",
        "2024-0000518274",
        "artikel 5.1.2e",
        "de bus van 12 uur",
    ],
)
def test_another_code_is_left(text: str) -> None:
    assert found(plate.find, text) == []


@given(st.sampled_from(SERIES.split()), st.data())
def test_every_plate_of_a_dutch_series_is_found(form: str, data: st.DataObject) -> None:
    signs = {"L": "BDFGHJKLNPRSTVXZ", "D": "0123456789", "-": "-"}
    number = "".join(data.draw(st.sampled_from(signs[sign])) for sign in form)
    assert found(plate.find, f"De auto met kenteken {number} stond er.") == [number]
