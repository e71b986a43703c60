"""Features: channels say the same as their strings, and the chain adds up what it should."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from woo_anon.detect.chain import Chain
from woo_anon.detect.evidence import document_evidence
from woo_anon.detect.features import Channel, channels, written_out
from woo_anon.detect.lexicon import Kind, Lexicon
from woo_anon.detect.tokens import Tokens, tokenise
from woo_anon.detect.vectors import Vectors
from woo_anon.detect.words import Words, brief, shape
from woo_anon.detect.zones import find_zones

LEXICON = Lexicon.compile(
    {
        "jan": (int(Kind.FIRST), 6),
        "minister": (int(Kind.OFFICE), 6),
        "heer": (int(Kind.TITLE), 6),
        "van": (int(Kind.INFIX), 7),
        "tasma": (int(Kind.SURNAME_RARE), 0),
    }
)
TEXT = "Aan: minister Tasma\nVan: Jan van Tasma <j.tasma@minx.nl>\n\nDe heer Tasma sprak met JvT. storm op zee."
PIECES = st.lists(
    st.sampled_from(["Jan", "van", "Tasma", "tasma", ".", ",", "\n", " ", "\t", "Aan:", "minister", "@", "7", "X"]),
    max_size=40,
).map("".join)


def seen(text: str) -> tuple[Tokens, list[Channel]]:
    tokens = tokenise(text)
    return tokens, channels(text, tokens, find_zones(text), Words(LEXICON))


def features_of(text: str, word: str) -> list[str]:
    tokens, made = seen(text)
    return written_out(made)[tokens.words.index(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Jansen", "Xx"), ("MvdB", "XxX"), ("06", "dd"), ("P1oegstra", "Xdx"), ("van", "xxx"), ("Jan", "Xx3")],
)
def test_the_shape_shows_how_a_word_is_written(word: str, expected: str) -> None:
    assert shape(word) == expected


def test_the_brief_class_tells_a_paraaf_from_a_surname() -> None:
    assert brief("MvdB", 0, 0) != brief("Tasma", 0, 0)


@pytest.mark.parametrize(
    "feature",
    ["w=tasma", "k=SURNAME_RARE", "-1w=minister", "z=addressee", "q=minister", "ql=minister 1", "d=t", "d=@", "d=o"],
)
def test_a_name_behind_an_office_has_its_features(feature: str) -> None:
    assert feature in features_of(TEXT, "Tasma")


def test_initials_that_fit_a_name_are_noticed() -> None:
    assert "d=I" in features_of(TEXT, "JvT")


def test_a_genitive_has_the_lists_of_its_stem() -> None:
    assert Words(LEXICON)("Tasmas").kinds & Kind.SURNAME_RARE


def test_a_digit_read_for_a_letter_is_repaired() -> None:
    assert Words(Lexicon.compile({"bloem": (int(Kind.SURNAME), 3)}))("B1oem").kinds & Kind.SURNAME


def test_a_hidden_word_is_in_no_list() -> None:
    assert Words(LEXICON, frozenset({"tasma"}))("Tasma").kinds == 0


def test_a_word_in_a_mail_address_is_noticed_elsewhere() -> None:
    text = "Vraag het tasma even. Mail naar jtasma@minx.nl"
    tokens = tokenise(text)
    words = Words(LEXICON)
    found = document_evidence(text, tokens, [words(word) for word in tokens.words], ["-"])
    assert "@" in found[tokens.words.index("tasma")]


@given(PIECES)
@settings(max_examples=60)
def test_every_channel_has_a_key_for_every_token(text: str) -> None:
    tokens, made = seen(text)
    assert all(len(channel.index) == len(tokens) for channel in made)
    assert all(0 <= number < len(channel.keys) for channel in made for number in channel.index)


@given(PIECES.filter(lambda text: bool(text.strip())))
@settings(max_examples=40)
def test_emissions_are_the_sums_of_the_weights_of_the_written_features(text: str) -> None:
    _, made = seen(text)
    rows = written_out(made)
    names = sorted({feature for row in rows for feature in row})
    states = {(name, label): float(np.sin(7 * at)) for at, name in enumerate(names) for label in ("O", "B-GO")}
    chain = Chain.from_weights(("O", "B-GO"), states, {})
    expected = [sum(states[feature, "O"] for feature in row) for row in rows]
    emissions = Vectors(chain, chain)(made)[1]
    np.testing.assert_allclose(emissions[:, 0], expected, atol=1e-3)


@given(st.integers(1, 5), st.integers(0, 1000))
@settings(max_examples=30)
def test_marginals_are_those_of_all_paths(length: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    emissions = random.normal(size=(length, 3)).astype(np.float32)
    transitions = random.normal(size=(3, 3)).astype(np.float32)
    chain = Chain(("a", "b", "c"), transitions, {}, np.zeros((1, 3), np.float32))
    expected = np.zeros((length, 3))
    for path in itertools.product(range(3), repeat=length):
        score = sum(emissions[at, label] for at, label in enumerate(path))
        weight = np.exp(score + sum(transitions[a, b] for a, b in itertools.pairwise(path)))
        for at, label in enumerate(path):
            expected[at, label] += weight
    expected /= expected.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(chain.marginals(emissions, [0, length]), expected, atol=1e-4)


def test_sequences_do_not_see_each_other() -> None:
    random = np.random.default_rng(3)
    emissions = random.normal(size=(7, 2)).astype(np.float32)
    chain = Chain(("a", "b"), random.normal(size=(2, 2)).astype(np.float32), "", np.zeros((0, 2), np.float32))
    together = chain.marginals(emissions, [0, 2, 7])
    np.testing.assert_allclose(together[:2], chain.marginals(emissions[:2], [0, 2]), atol=1e-5)
    np.testing.assert_allclose(together[2:], chain.marginals(emissions[2:], [0, 5]), atol=1e-5)


def test_a_chain_survives_its_file() -> None:
    chain = Chain.from_weights(("O", "B-GO"), {("w=jan", "B-GO"): 1.5, ("bias", "O"): 0.5}, {("O", "B-GO"): -1.0})
    again = Chain.from_bytes(chain.to_bytes())
    assert (again.labels, again.features) == (chain.labels, chain.features)
    np.testing.assert_array_equal(again.weights, chain.weights)
    np.testing.assert_array_equal(again.transitions, chain.transitions)
