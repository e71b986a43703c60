"""The network: what its parts compute, and that no window or file changes it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from woo_anon.detect import network as module
from woo_anon.detect import vectors as vectors_module
from woo_anon.detect.embedding import Embedding
from woo_anon.detect.features import Channel
from woo_anon.detect.network import Network, bucket
from woo_anon.detect.vectors import Vectors

HERE = Path(__file__).parent
WORDS = ["jan", "van", "tasma", "zei", "dat", "minister", "tasma", "komt", "."]


def vectors(net: Network, words: list[str]) -> np.ndarray:
    keys = ["", *sorted(set(words))]
    channel = Channel("word", keys, [keys.index(word) for word in words], described)
    return Vectors(net.embedding, net.embedding)([channel])[0][:]


def probabilities(net: Network, words: list[str], temperature: float = 1.0) -> np.ndarray:
    return net.probabilities(vectors(net, words), groups(words), temperature)


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
    found = probabilities(reference(), WORDS)
    np.testing.assert_allclose(found, expected, atol=2e-3)


def test_probabilities_of_a_token_add_up_to_one() -> None:
    np.testing.assert_allclose(probabilities(reference(), WORDS).sum(axis=1), 1, atol=1e-5)


def test_the_same_word_elsewhere_in_the_document_changes_what_is_believed() -> None:
    near, far = ["x"] * 40, ["y"] * 40
    alone = [*near, "tasma", *far, "jan"]
    twice = [*near, "tasma", *far, "tasma"]
    net = reference()
    one, two = (probabilities(net, words)[40] for words in (alone, twice))
    assert np.abs(one - two).max() > 1e-4


def test_a_temperature_makes_beliefs_less_certain() -> None:
    sharp, mild = (probabilities(reference(), WORDS, t) for t in (1.0, 2.0))
    assert (mild.max(axis=1) <= sharp.max(axis=1) + 1e-6).all()


def test_the_convolutions_do_not_see_where_the_text_was_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"w{at % 17}" for at in range(400)]
    whole = probabilities(reference(), words)
    monkeypatch.setattr(module, "_STRETCH", 90)
    np.testing.assert_allclose(probabilities(reference(), words), whole, atol=1e-5)


def test_what_is_made_for_a_part_of_a_window_is_that_part_of_what_is_made_for_all() -> None:
    words = [f"w{at % 17}" for at in range(60)]
    net = reference()
    x = np.random.default_rng(1).normal(size=(len(words), len(net.weights["input.bias"]))).astype(np.float32)
    whole = net._labels(x, groups(words), slice(0, 60))
    np.testing.assert_allclose(net._labels(x, groups(words), slice(20, 41)), whole[20:41], atol=1e-5)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_text_of_few_words_has_probabilities_for_each(count: int) -> None:
    assert len(probabilities(reference(), WORDS[:count])) == count


def test_a_network_survives_its_file() -> None:
    net = reference()
    again = Network.from_bytes(net.to_bytes())
    np.testing.assert_allclose(
        probabilities(again, WORDS),
        probabilities(net, WORDS),
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
    known, other = (Embedding.quantised([name], np.ones((1, 3), np.float32)) for name in ("w=jan", "w=joop"))
    channel = Channel("c", ["", "jan", "piet"], [1, 2], lambda key, offset: [f"w={key}"])
    own, around = Vectors(known, other)([channel])
    np.testing.assert_allclose(own[:], [[1, 1, 1], [0, 0, 0]], atol=1e-6)
    np.testing.assert_allclose(around, 0)


def test_the_network_knows_only_that_a_feature_occurs_and_the_chain_how_often() -> None:
    known = Embedding.quantised(["n=ana", "w=bananas"], np.array([[1, 1], [3, 3]], np.float32))
    channel = Channel("c", ["", "bananas"], [1], lambda key, offset: ["n=ana", f"w={key}", "n=ana"])
    own, around = Vectors(known, known)([channel])
    np.testing.assert_allclose(own[:], [[4, 4]], atol=1e-6)
    np.testing.assert_allclose(around, [[5, 5]], atol=1e-6)


def test_vectors_do_not_depend_on_how_many_keys_are_looked_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"w{at}" for at in range(30)]
    keys = ["", *words]
    twice = [Channel(name, keys, [*range(1, 31)], described) for name in ("one", "two")]
    known = Embedding.quantised([f"w={word}" for word in words], np.random.default_rng(2).normal(size=(30, 4)))
    whole, around = Vectors(known, known)(twice)
    monkeypatch.setattr(vectors_module, "_AT_ONCE", 7)
    own_again, around_again = Vectors(known, known)(twice)
    np.testing.assert_array_equal(own_again[:], whole[:])
    np.testing.assert_array_equal(own_again[3:11], whole[3:11])
    np.testing.assert_array_equal(around_again, around)
