"""Bank accounts. The numbers are made up; their check digits are computed (mod 97-10)."""

from __future__ import annotations

import pytest
from families import found, kept
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect import iban


def checked(country: str, account: str) -> str:
    """An IBAN with the check digits that belong to it."""
    digits = "".join(str(int(char, 36)) for char in account + country + "00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


@pytest.mark.parametrize(
    "text",
    [
        "NL76RABO0792298276",
        "NL54 INGB 0166 5071 14",
        "NL_14_RABO_0064_5966_62",
        "BE98 3637 7958\n4693",
        "BG89FINV91501017338210",
        "nl68abna0870563255",
    ],
)
def test_an_account_is_found(text: str) -> None:
    assert found(iban.find, f"Stort het bedrag op {text}, graag.") == [text]


def test_a_dutch_number_with_a_typing_error_is_found() -> None:
    assert found(iban.find, "op NL80RABO0339042036.") == ["NL80RABO0339042036"]


def test_an_authority_keeps_its_account() -> None:
    text = "op ons rekeningnummer NL86 INGB 0705 0035 90 ten name van CJIB."
    assert (found(iban.find, text), kept(iban.find, text)) == ([], ["NL86 INGB 0705 0035 90"])


@pytest.mark.parametrize("text", ["kenmerk NL2024ABCD12345", "btw NL818841203B01", "NL", "ECLI:NL:RBROT:2024:2304"])
def test_a_reference_is_left(text: str) -> None:
    assert found(iban.find, text) == []


@given(
    st.sampled_from(["ABNA", "INGB", "RABO", "TRIO", "BUNQ"]),
    st.integers(min_value=0, max_value=9_999_999_999),
    st.booleans(),
)
def test_every_valid_dutch_account_is_found(bank: str, number: int, grouped: bool) -> None:
    account = checked("NL", f"{bank}{number:010d}")
    if grouped:
        account = " ".join(account[at : at + 4] for at in range(0, len(account), 4))
    assert found(iban.find, f"Rekening {account} t.n.v. de aanvrager.") == [account]


@pytest.mark.parametrize("bank", ["BNGH", "NWAB"])
def test_an_account_at_a_bank_of_public_bodies_alone_may_stay(bank: str) -> None:
    number = f"NL33 {bank} 0285 0025 33"
    assert kept(iban.find, f"Betaling aan {number}.") == [number]
