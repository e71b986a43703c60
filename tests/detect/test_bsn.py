"""Citizen service numbers. The numbers lie in the range 9999xxxxx, which is not given out, and pass the eleven test."""

from __future__ import annotations

import pytest
from families import found
from hypothesis import assume, given
from hypothesis import strategies as st

from woo_anon.detect import bsn


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("BSN 999912525", "999912525"),
        ("BSN: 9999.12.525, geboren", "9999.12.525"),
        ("burgerservicenummer van verzoekster (999947692)", "999947692"),
        ("BSN        9 9 9 9 4 2 2 5 6     man", "9 9 9 9 4 2 2 5 6"),
        ("bsn  9999 I 24874", "9999 I 24874"),
        ("bsn's eruit! 999984627 staat nog in D11", "999984627"),
        ("mijn BSN is 123456789", "123456789"),  # fails the test, but the word is there
        ("Tol J;999923006;ongewijzigd", "999923006"),
        ("aanslag 9999.31.751.H.16.01", "9999.31.751"),
    ],
)
def test_a_bsn_is_found(text: str, number: str) -> None:
    assert number in found(bsn.find, text)


@pytest.mark.parametrize(
    "text",
    [
        "kenmerk 999912525",
        "LRKP 999912525",
        "zaaknummer: 999912525",
        "RSIN 999912525",
        "123456789",
        "dit is géén BSN: 123456789",
        "telefoon 06 999912525 2",
        "2024-0000518274",
        "€ 999.912.525,00",
    ],
)
def test_another_number_is_left(text: str) -> None:
    assert found(bsn.find, text) == []


def test_the_column_below_a_heading_is_found_even_when_the_test_fails() -> None:
    text = "naam;bsn;schaal\nTol;999912526;9\nBen Ammar;999923006;11\n"
    assert sorted(found(bsn.find, text)) == ["999912526", "999923006"]


@given(st.integers(min_value=10_000_000, max_value=99_999_999))
def test_every_number_that_passes_the_test_is_found_after_the_word(eight: int) -> None:
    digits = [int(digit) for digit in f"{eight:08d}"]
    check = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
    assume(check < 10)
    assert found(bsn.find, f"Mijn BSN is {eight:08d}{check}.") == [f"{eight:08d}{check}"]


@given(st.integers(min_value=2000, max_value=2030), st.integers(min_value=0, max_value=9_999_999_999))
def test_no_reference_number_is_a_bsn(year: int, number: int) -> None:
    assert found(bsn.find, f"Onze referentie {year}-{number:010d}") == []
