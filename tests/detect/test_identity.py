"""Numbers of identity documents; made up in the shape that the authorities use."""

from __future__ import annotations

import pytest
from families import found
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect import identity


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("paspoort NW8P4K2L7.", "NW8P4K2L7"),
        ("Ambrosius, Fleur - DN8C42LK7", "DN8C42LK7"),
        ("V-nummer 281.443.9071", "281.443.9071"),
        ("zich legitimeerde met rijbewijs 5382716049", "5382716049"),
        ("Haar sedula (0061.118.402) is kwijt", "0061.118.402"),
        ("W-document moeder: WD6 204 887.", "WD6 204 887"),
        ("zeemansboek\nGHA 0041837, met", "GHA 0041837"),
        ("Italiaanse identiteitskaart CA73120GL", "CA73120GL"),
        ("Popescu    1987-12-02     RO-id RK 618 204", "RK 618 204"),
        ("Zijn chauffeurskaart (NLC00379979008) was", "NLC00379979008"),
    ],
)
def test_a_number_is_found(text: str, number: str) -> None:
    assert number in found(identity.find, text)


@pytest.mark.parametrize(
    "text",
    [
        "kenmerk BK4471A",
        "DOC-2024-117",
        "2024-0000518274",
        "paspoort verlopen op 12-10-2031",
        "Message-ID: <AM0PR07MB5521E0@x>",
        "visum geldig tot 2026",
    ],
)
def test_another_number_is_left(text: str) -> None:
    assert found(identity.find, text) == []


@given(
    st.sampled_from("NIDS"),
    st.sampled_from("ABCDEFGHJKLMNP"),
    st.text(alphabet="ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=6, max_size=6),
    st.integers(min_value=0, max_value=9),
)
def test_every_dutch_document_number_is_found_after_the_word(first: str, second: str, middle: str, last: int) -> None:
    number = f"{first}{second}{middle}{last}"
    if sum(char.isdigit() for char in number) >= 2:
        assert found(identity.find, f"Haar paspoort {number} is verlopen.") == [number]
