"""The network: what its parts compute, and that no window or file changes it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from woo_anon.detect import network as module
from woo_anon.detect.embedding import Embedding
from woo_anon.detect.features import Channel
from woo_anon.detect.network import Network, bucket

HERE = Path(__file__).parent
WORDS = ["jan", "van", "tasma", "zei", "dat", "minister", "tasma", "komt", "."]


def channel(words: list[str]) -> Channel:
    keys = sorted(set(words))
    return Channel("word", keys, [keys.index(word) for word in words], described)


def described(key: object, offset: int) -> list[str]:
    return [f"w={key}", f"l={len(str(key))}"]


def groups(words: list[str]) -> np.ndarray:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(word, len(numbers)) for word in words], np.intp)


def reference() -> Network:
    """A small network with PyTorch's random weights (models/scripts/reference.py)."""
    return Network.from_bytes((HERE / "network_reference.npz").read_bytes())


def test_probabilities_are_those_that_pytorch_computes() -> None:
    expected = json.loads((HERE / "network_reference.json").read_text("utf-8"))
    found = reference().probabilities([channel(WORDS)], groups(WORDS))
    np.testing.assert_allclose(found, expected, atol=2e-3)


def test_probabilities_of_a_token_add_up_to_one() -> None:
    np.testing.assert_allclose(reference().probabilities([channel(WORDS)], groups(WORDS)).sum(axis=1), 1, atol=1e-5)


def test_the_same_word_elsewhere_in_the_document_changes_what_is_believed() -> None:
    near, far = ["x"] * 40, ["y"] * 40
    alone = [*near, "tasma", *far, "jan"]
    twice = [*near, "tasma", *far, "tasma"]
    net = reference()
    one, two = (net.probabilities([channel(words)], groups(words))[40] for words in (alone, twice))
    assert np.abs(one - two).max() > 1e-4


def test_a_temperature_makes_beliefs_less_certain() -> None:
    sharp, mild = (reference().probabilities([channel(WORDS)], groups(WORDS), t) for t in (1.0, 2.0))
    assert (mild.max(axis=1) <= sharp.max(axis=1) + 1e-6).all()


def test_the_convolutions_do_not_see_where_the_text_was_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"w{at % 17}" for at in range(400)]
    whole = reference().probabilities([channel(words)], groups(words))
    monkeypatch.setattr(module, "_STRETCH", 90)
    np.testing.assert_allclose(reference().probabilities([channel(words)], groups(words)), whole, atol=1e-5)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_text_of_few_words_has_probabilities_for_each(count: int) -> None:
    assert len(reference().probabilities([channel(WORDS[:count])], groups(WORDS[:count]))) == count


def test_a_network_survives_its_file() -> None:
    net = reference()
    again = Network.from_bytes(net.to_bytes())
    np.testing.assert_allclose(
        again.probabilities([channel(WORDS)], groups(WORDS)),
        net.probabilities([channel(WORDS)], groups(WORDS)),
        atol=1e-6,
    )


@given(st.integers(-3000, 3000))
@settings(max_examples=50)
def test_distance_buckets_are_symmetric_and_in_range(distance: int) -> None:
    left, right = bucket(np.array([-distance, distance]))
    assert left + right == 2 * module.REACH
    assert 0 <= left <= 2 * module.REACH


@given(st.lists(st.lists(st.floats(-3, 3, width=32), min_size=4, max_size=4), min_size=1, max_size=5))
@settings(max_examples=50)
def test_eight_bits_are_off_by_less_than_a_hundredth_of_the_largest_number(rows: list[list[float]]) -> None:
    vectors = np.array(rows, np.float32)
    made = Embedding.quantised([f"f{at}" for at in range(len(rows))], vectors)
    again = made.steps * made.scales[:, None]
    assert (np.abs(again - vectors) <= np.abs(vectors).max(axis=1, keepdims=True) / 100 + 1e-6).all()


def test_a_feature_that_training_did_not_know_adds_nothing() -> None:
    made = Embedding.quantised(["w=jan"], np.ones((1, 3), np.float32))
    seen = made([Channel("c", ["jan", "piet"], [0, 1], lambda key, offset: [f"w={key}"])])
    np.testing.assert_allclose(seen, [[1, 1, 1], [0, 0, 0]], atol=1e-6)
