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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woo_anon.detect.embedding import Embedding
from woo_anon.detect.vectors import Given, Matrix

_WINDOW, _MARGIN = 256, 64  # tokens that attention labels at once, and further ones that it sees on either side
REACH = 16  # buckets of distance on either side; see `bucket`
_STRETCH = 512  # tokens that go through the convolutions at once: what they make stays in the processor's cache

_SUMMED = 4096  # tokens that are sorted by word at once: bounds memory
_ASKED = ("query", "key", "value")

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

    def __post_init__(self) -> None:
        weights = self.weights
        self._layers = sum(name.endswith("query.weight") for name in weights)
        # As each matrix product takes them: a kernel as one matrix, (offset, channel) × channel; query, key and value
        # of a layer in one; for each layer the bias of every distance in a window, heads × distances.
        self._kernels = {
            name.removesuffix(".weight"): np.ascontiguousarray(kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0]))
            for name, kernel in weights.items()
            if name.endswith("conv.weight")
        }
        self._asked = {
            f"attention.{at}.{part}": np.concatenate([weights[f"attention.{at}.{one}.{part}"] for one in _ASKED])
            for at in range(self._layers)
            for part in ("weight", "bias")
        }
        widest = _WINDOW + 2 * _MARGIN
        buckets = bucket(np.arange(-widest + 1, widest))
        self._distances = [weights[f"attention.{at}.distance.weight"][buckets].T.copy() for at in range(self._layers)]

    def probabilities(self, given: Given | Matrix, groups: Groups, temperature: float = 1.0) -> Matrix:
        """Probability of each label for each token: tokens × labels.

        `given` are the sums of the embedding's vectors (see `vectors`): tokens × width. A `temperature` above 1 makes
        the beliefs less certain (Guo et al. 2017).
        """
        x = np.empty((len(given), len(self.weights["input.bias"])), np.float32)
        seen = sum(self._size(f"before.{at}") // 2 * dilation for at, dilation in enumerate(self.dilations))
        for window, inner in _cut(len(given), _STRETCH, seen):
            x[_inner(window, inner)] = self._surroundings(given[window])[inner]
        sums, counts = _by_word(x, groups)
        for window, _ in _cut(len(x), _STRETCH, 0):
            part = x[window]
            word = groups[window]
            part += _relu(
                self._linear("memory", np.concatenate([part, _elsewhere(part, sums[word], counts[word])], axis=1))
            )
        logits = np.concatenate(
            [self._labels(x[window], groups[window], inner) for window, inner in _cut(len(x), _WINDOW, _MARGIN)]
        )
        logits /= np.float32(temperature)
        return _softmax(logits)

    def _surroundings(self, given: Matrix) -> Matrix:
        x = self._norm("input.norm", self._linear("input", given))
        for at, dilation in enumerate(self.dilations):
            x += self._convolution(f"before.{at}", x, dilation)
        return x

    def _labels(self, x: Matrix, groups: Groups, inner: slice) -> Matrix:
        """Logits of the tokens `inner` of a window."""
        same = groups[:, None] == groups[None, :]
        for at in range(self._layers - 1):
            x = self._layer(f"attention.{at}", x, same, slice(0, len(x)))
        # The last layer is for `inner` and for what the convolution behind it sees beside that.
        seen = self._size("after") // 2
        first, end = max(0, inner.start - seen), min(len(x), inner.stop + seen)
        x = self._layer(f"attention.{self._layers - 1}", x, same, slice(first, end))
        x += self._convolution("after", x, 1)
        x = x[inner.start - first : inner.stop - first]
        logits: Matrix = self._linear("output", self._norm("output.norm", x))
        return logits

    def _layer(self, name: str, x: Matrix, same: NDArray[np.bool_], own: slice) -> Matrix:
        """What attention makes of the tokens `own`."""
        x = x[own] + self._attention(name, x, same, own)
        x += self._linear(f"{name}.narrow", _relu(self._linear(f"{name}.wide", self._norm(f"{name}.norm2", x))))
        return x

    def _size(self, convolution: str) -> int:
        """Over how many tokens a convolution reaches."""
        return int(self.weights[f"{convolution}.conv.weight"].shape[2])

    def _linear(self, name: str, x: Matrix) -> Matrix:
        result: Matrix = x @ self.weights[f"{name}.weight"].T
        result += self.weights[f"{name}.bias"]
        return result

    def _norm(self, name: str, x: Matrix) -> Matrix:
        """Layer normalisation (Ba et al. 2016)."""
        width = np.float32(x.shape[1])
        centred: Matrix = x - (np.einsum("ij->i", x) / width)[:, None]
        centred /= np.sqrt(np.einsum("ij,ij->i", centred, centred) / width + np.float32(1e-5))[:, None]
        centred *= self.weights[f"{name}.weight"]
        centred += self.weights[f"{name}.bias"]
        return centred

    def _convolution(self, name: str, x: Matrix, dilation: int) -> Matrix:
        """A gated convolution (Dauphin et al. 2017), as one product: each row holds all tokens that a token sees."""
        count, size = len(x), self._size(name)
        beside = np.zeros((size // 2 * dilation, x.shape[1]), np.float32)
        normed = np.concatenate([beside, self._norm(f"{name}.norm", x), beside])
        seen = np.concatenate([normed[at * dilation : at * dilation + count] for at in range(size)], axis=1)
        made: Matrix = seen @ self._kernels[f"{name}.conv"]
        made += self.weights[f"{name}.conv.bias"]
        value, gate = made[:, : x.shape[1]], made[:, x.shape[1] :]
        gated: Matrix = value / (1 + np.exp(-np.clip(gate, -30, 30)))
        return gated

    def _attention(self, name: str, x: Matrix, same: NDArray[np.bool_], own: slice) -> Matrix:
        """What the tokens `own` take from all."""
        count, width = x.shape
        asked = self._norm(f"{name}.norm", x) @ self._asked[f"{name}.weight"].T
        asked += self._asked[f"{name}.bias"]
        query, key, value = asked.reshape(count, 3, self.heads, -1).transpose(1, 2, 0, 3)
        scores = (query[:, own] * np.float32((width // self.heads) ** -0.5)) @ key.swapaxes(1, 2)
        distances = self._distances[int(name.rpartition(".")[2])]
        middle = distances.shape[1] // 2
        bias = distances[:, middle - count + 1 : middle + count]
        # Row i of the bias holds the distances -i … count - 1 - i: a view of one vector, each row one step earlier.
        scores += np.lib.stride_tricks.sliding_window_view(bias, count, axis=1)[:, ::-1][:, own]
        scores += self.weights[f"{name}.same"][:, None, None] * same[own]
        shares = _exponents(scores)
        mixed = shares @ value
        mixed /= shares.sum(axis=2, keepdims=True)  # of the result, which is smaller than the shares
        return self._linear(f"{name}.merge", mixed.swapaxes(0, 1).reshape(-1, width))

    def to_bytes(self) -> bytes:
        """As a compressed NumPy archive, in half precision."""
        buffer = io.BytesIO()
        arrays: dict[str, Any] = {f"w.{name}": weight.astype(np.float16) for name, weight in self.weights.items()}
        np.savez_compressed(
            buffer,
            features=np.frombuffer(self.embedding.lines.encode(), np.uint8),
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
            embedding = Embedding(archive["features"].tobytes().decode(), archive["steps"], archive["scales"])
            heads, *dilations = archive["shape"].tolist()
            weights = {name[2:]: archive[name].astype(np.float32) for name in archive.files if name.startswith("w.")}
        return cls(embedding, weights, tuple(dilations), heads)


def _by_word(x: Matrix, groups: Groups) -> tuple[Matrix, Groups]:
    """For each word the sum of its tokens, words × width, and how many there are; in stretches, to bound memory."""
    counts = np.bincount(groups)
    sums = np.zeros((len(counts), x.shape[1]), np.float32)
    for start in range(0, len(x), _SUMMED):
        part = groups[start : start + _SUMMED]
        order = np.argsort(part, kind="stable")
        words, first = np.unique(part[order], return_index=True)
        sums[words] += np.add.reduceat(x[start : start + _SUMMED][order], first, axis=0)
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


def _cut(count: int, size: int, margin: int) -> Iterator[tuple[slice, slice]]:
    """Windows of `size` tokens with a margin on either side, and where within each the tokens are that it is for."""
    for start in range(0, max(count, 1), size):
        first, end = max(0, start - margin), min(count, start + size + margin)
        yield slice(first, end), slice(start - first, min(count, start + size) - first)


def _relu(x: Matrix) -> Matrix:
    return np.maximum(x, 0, out=x)


def _exponents(x: Matrix) -> Matrix:
    """In place, relative to the largest of each row, so that none is too large."""
    x -= x.max(axis=-1, keepdims=True)
    return np.exp(x, out=x)


def _softmax(x: Matrix) -> Matrix:
    x = _exponents(x)
    x /= x.sum(axis=-1, keepdims=True)
    return x
