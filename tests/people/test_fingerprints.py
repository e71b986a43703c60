"""Fingerprints are those of the words, and every shared stretch that is long enough holds one."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from woo_anon.people.fingerprints import SHINGLE, STRETCH, Words, fingerprints, packed, shingles, unpacked
from woo_anon.spans import Span

SOME_WORDS = st.lists(st.sampled_from("aan bij de het kade nota raming wal zand zes".split()), max_size=60)
MAIL = "Beste allen, de raming voor de kade is af. Ik stuur haar maandag naar het waterschap, met de nota erbij."


def values(text: str) -> set[int]:
    return {value for _, value in fingerprints(shingles(Words.of(text).folded))}


def test_quoting_and_laying_out_a_text_leaves_its_fingerprints() -> None:
    quoted = "> " + MAIL.replace("de kade is", "de\n> kade is").replace(", ", ",   ")
    assert values(quoted) == values(MAIL) != set()


@given(SOME_WORDS, SOME_WORDS, st.lists(st.text("abcdef", min_size=3, max_size=5), min_size=STRETCH))
def test_a_shared_stretch_of_fifteen_words_shares_a_fingerprint_at_the_same_word(
    before: list[str], other: list[str], shared: list[str]
) -> None:
    def within(front: list[str], back: list[str]) -> set[tuple[int, int]]:
        found = fingerprints(shingles([*front, *shared, *back]))
        return {(at - len(front), value) for at, value in found if 0 <= at - len(front) <= len(shared) - SHINGLE}

    assert within(before, other) & within(other, before)


def test_fingerprints_are_the_same_in_every_process() -> None:
    expression = f"fingerprints(shingles(Words.of({MAIL!r}).folded))"
    program = f"from woo_anon.people.fingerprints import *; print({expression})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(fingerprints(shingles(Words.of(MAIL).folded)))


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_packed_hashes_can_be_unpacked(hashes: list[int]) -> None:
    assert unpacked(packed(hashes)).tolist() == hashes


def test_a_text_without_words_has_none() -> None:
    assert fingerprints(shingles(Words.of("— … —").folded)) == ()


def test_the_words_of_a_span_are_those_that_it_touches() -> None:
    words = Words.of("Aan T. Oldeboom, directie")
    covered = words.covered(Span(4, 15))
    assert covered == (1, 3)
    assert words.span(*covered) == Span(4, 15)
    assert words.covered(Span(15, 17)) is None


def test_words_stand_in_no_repr() -> None:
    assert "raming" not in repr(Words.of(MAIL))
