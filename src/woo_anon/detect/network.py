"""The neural network that labels tokens: what each is given, in its surroundings and over the whole document.

    feature vectors ──► gated convolutions ──► memory ──► attention ──► convolution ──► label probabilities

The convolutions see some eight tokens to either side. The memory adds, to every token, the mean of what was made of the
same word elsewhere in the document, so that a name that is clear once is found where it is not. Attention (Vaswani et
al. 2017, with relative positions as in Raffel et al. 2020) looks further around and knows where the same word stands.

The weights are trained with PyTorch (models/scripts/network.py); this module is the way forward only, in NumPy.
Everything but the attention, which has a window, is linear in the length of the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woo_anon.detect.embedding import Embedding
from woo_anon.detect.features import Channel
from woo_anon.detect.vectors import Matrix

_WINDOW, _MARGIN = 256, 64  # tokens that attention labels at once, and further ones that it sees on either side
REACH = 16  # buckets of distance on either side; see `bucket`
_STRETCH = 4096  # tokens that go through the convolutions at once: bounds memory

Groups = NDArray[np.intp]  # for each token the number of its word in the document; no number is left out


def bucket(distance: NDArray[np.integer[Any]]) -> NDArray[np.intp]:
    """The bucket 0 … 2·REACH of a distance in tokens: fine near by, coarse further off, the same beyond a thousand."""
    steps = np.minimum(np.round(np.log2(np.abs(distance) + 1.0) * 1.6), REACH)
    buckets: NDArray[np.intp] = (np.sign(distance) * steps + REACH).astype(np.intp)
    return buckets


@dataclass
class Network:
    """Embedding of the features, and the weights by name (see `models/scripts/network.py` for their shapes)."""

    embedding: Embedding
    weights: Mapping[str, Matrix] = field(repr=False)
    dilations: tuple[int, ...]  # of the convolutions before the memory
    heads: int

    def probabilities(self, channels: Sequence[Channel], groups: Groups, temperature: float = 1.0) -> Matrix:
        """Probability of each label for each token: tokens × labels.

        A `temperature` above 1 makes the beliefs less certain (Guo et al. 2017).
        """
        given = self.embedding(channels)
        x = np.empty((len(given), len(self.weights["input.bias"])), np.float32)
        for window, inner in _cut(len(given), _STRETCH):
            x[_inner(window, inner)] = self._surroundings(given[window])[inner]
        del given
        sums, counts = _by_word(x, groups)
        for window, inner in _cut(len(x), _STRETCH):
            part = x[_inner(window, inner)]
            word = groups[_inner(window, inner)]
            part += _relu(
                self._linear("memory", np.concatenate([part, _elsewhere(part, sums[word], counts[word])], axis=1))
            )
        logits = np.concatenate(
            [self._labels(x[window], groups[window])[inner] for window, inner in _cut(len(x), _WINDOW)]
        )
        logits /= np.float32(temperature)
        return _softmax(logits)

    def _surroundings(self, given: Matrix) -> Matrix:
        x = self._norm("input.norm", self._linear("input", given))
        for at, dilation in enumerate(self.dilations):
            x += self._convolution(f"before.{at}", x, dilation)
        return x

    def _labels(self, x: Matrix, groups: Groups) -> Matrix:
        x = x.copy()  # a view of what the next window still needs
        same = (groups[:, None] == groups[None, :]).astype(np.float32)
        layers = sum(name.endswith("query.weight") for name in self.weights)
        for at in range(layers):
            x += self._attention(f"attention.{at}", x, same)
            x += self._linear(
                f"attention.{at}.narrow",
                _relu(self._linear(f"attention.{at}.wide", self._norm(f"attention.{at}.norm2", x))),
            )
        x += self._convolution("after", x, 1)
        logits: Matrix = self._linear("output", self._norm("output.norm", x))
        return logits

    def _linear(self, name: str, x: Matrix) -> Matrix:
        result: Matrix = x @ self.weights[f"{name}.weight"].T
        result += self.weights[f"{name}.bias"]
        return result

    def _norm(self, name: str, x: Matrix) -> Matrix:
        """Layer normalisation (Ba et al. 2016)."""
        centred: Matrix = x - x.mean(axis=1, keepdims=True)
        centred /= np.sqrt(np.einsum("ij,ij->i", centred, centred) / x.shape[1] + np.float32(1e-5))[:, None]
        centred *= self.weights[f"{name}.weight"]
        centred += self.weights[f"{name}.bias"]
        return centred

    def _convolution(self, name: str, x: Matrix, dilation: int) -> Matrix:
        """A gated convolution (Dauphin et al. 2017)."""
        kernel = self.weights[f"{name}.conv.weight"]  # 2·width × width × size
        normed = self._norm(f"{name}.norm", x)
        made = np.tile(self.weights[f"{name}.conv.bias"], (len(x), 1))
        for at in range(kernel.shape[2]):
            shift = (at - kernel.shape[2] // 2) * dilation
            to, of = _overlap(shift, len(x))
            made[to] += normed[of] @ kernel[:, :, at].T
        value, gate = np.split(made, 2, axis=1)
        gated: Matrix = value / (1 + np.exp(-np.clip(gate, -30, 30)))
        return gated

    def _attention(self, name: str, x: Matrix, same: Matrix) -> Matrix:
        count, width = x.shape
        normed = self._norm(f"{name}.norm", x)
        query, key, value = (
            self._linear(f"{name}.{part}", normed).reshape(count, self.heads, -1).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(1, 2)
        scores *= np.float32((width // self.heads) ** -0.5)
        distances = bucket(np.arange(-count + 1, count))
        for head in range(self.heads):
            bias = self.weights[f"{name}.distance.weight"][distances, head]
            # Row i of the bias holds the distances -i … count - 1 - i: a view of one vector, each row one step earlier.
            scores[head] += np.lib.stride_tricks.sliding_window_view(bias, count)[::-1]
            scores[head] += self.weights[f"{name}.same"][head] * same
        mixed = _softmax(scores) @ value
        return self._linear(f"{name}.merge", mixed.swapaxes(0, 1).reshape(count, width))

    def to_bytes(self) -> bytes:
        """As a compressed NumPy archive, in half precision."""
        buffer = io.BytesIO()
        features = sorted(self.embedding.rows, key=self.embedding.rows.__getitem__)
        arrays: dict[str, Any] = {f"w.{name}": weight.astype(np.float16) for name, weight in self.weights.items()}
        np.savez_compressed(
            buffer,
            features=np.frombuffer("\n".join(features).encode(), np.uint8),
            steps=self.embedding.steps,
            scales=self.embedding.scales,
            shape=np.array([self.heads, *self.dilations]),
            **arrays,
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Network:
        """Read what `to_bytes` wrote. Raises ValueError or KeyError for anything else."""
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            features = archive["features"].tobytes().decode().split("\n")
            embedding = Embedding({name: row for row, name in enumerate(features)}, archive["steps"], archive["scales"])
            heads, *dilations = archive["shape"].tolist()
            weights = {name[2:]: archive[name].astype(np.float32) for name in archive.files if name.startswith("w.")}
        return cls(embedding, weights, tuple(dilations), heads)


def _by_word(x: Matrix, groups: Groups) -> tuple[Matrix, Groups]:
    """For each word the sum of its tokens, words × width, and how many there are; in stretches, to bound memory."""
    counts = np.bincount(groups)
    sums = np.zeros((len(counts), x.shape[1]), np.float32)
    for start in range(0, len(x), _STRETCH):
        part = groups[start : start + _STRETCH]
        order = np.argsort(part, kind="stable")
        words, first = np.unique(part[order], return_index=True)
        sums[words] += np.add.reduceat(x[start : start + _STRETCH][order], first, axis=0)
    return sums, counts


def _elsewhere(x: Matrix, sums: Matrix, counts: Groups) -> Matrix:
    """For each token the mean of the other tokens with its word; zeros where there is none."""
    others = counts - 1
    result: Matrix = (sums - x) / np.maximum(others, 1)[:, None].astype(np.float32)
    result[others == 0] = 0
    return result


def _inner(window: slice, inner: slice) -> slice:
    """Where in the whole the tokens are that a window is for."""
    return slice(window.start + inner.start, window.start + inner.stop)


def _overlap(shift: int, count: int) -> tuple[slice, slice]:
    """Where the tokens are that have a neighbour `shift` further on, and where those neighbours are."""
    if shift >= 0:
        return slice(0, max(0, count - shift)), slice(shift, count)
    return slice(-shift, count), slice(0, max(0, count + shift))


def _cut(count: int, size: int) -> Iterator[tuple[slice, slice]]:
    """Windows of `size` tokens with a margin on either side, and where within each the tokens are that it is for."""
    for start in range(0, max(count, 1), size):
        first, end = max(0, start - _MARGIN), min(count, start + size + _MARGIN)
        yield slice(first, end), slice(start - first, min(count, start + size) - first)


def _relu(x: Matrix) -> Matrix:
    return np.maximum(x, 0, out=x)


def _softmax(x: Matrix) -> Matrix:
    x -= x.max(axis=-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(axis=-1, keepdims=True)
    return x
