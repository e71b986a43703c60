"""Vectors of features: what the network is given of each token.

The vector of a token is the sum of the vectors of its features. A channel gives many tokens the same key, so that the
sum over a key's features is made once and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from woo_anon.detect.features import Channel, Key
from woo_anon.detect.vectors import KeyVectors, Matrix


@dataclass
class Embedding:
    """A vector for every feature, in eight bits: row r is `steps[r] * scales[r]`.

    `rows` says which row a feature has; a feature that training did not know has none and adds nothing.
    """

    rows: dict[str, int] = field(repr=False)
    steps: NDArray[np.int8] = field(repr=False)  # features × width
    scales: Matrix = field(repr=False)  # features

    def __post_init__(self) -> None:
        self._known = KeyVectors(self._sums)

    @classmethod
    def quantised(cls, features: Sequence[str], vectors: Matrix) -> Embedding:
        """From vectors in full precision, rounded to 1/127 of the largest number of each."""
        largest = np.maximum(np.abs(vectors).max(axis=1), 1e-8)
        steps = np.round(vectors / largest[:, None] * 127).astype(np.int8)
        return cls({name: row for row, name in enumerate(features)}, steps, (largest / 127).astype(np.float32))

    @property
    def width(self) -> int:
        """Numbers in a vector."""
        return int(self.steps.shape[1])

    def __call__(self, channels: Sequence[Channel]) -> Matrix:
        """The vector of each token: tokens × width."""
        count = len(channels[0].index)
        total = np.zeros((count, self.width), np.float32)
        for channel in channels:
            places, vectors = self._known.look_up(channel)
            total += vectors[places[np.fromiter(channel.index, np.intp, count)]]
        return total

    def _sums(self, channel: Channel, keys: Sequence[Key]) -> Matrix:
        row_of = self.rows.get
        rows: list[int] = []
        owners: list[int] = []
        for at, key in enumerate(keys):
            features = dict.fromkeys(channel.features(key, 0))  # each once; a set's order, and so its sum, would vary
            found = [row for feature in features if (row := row_of(feature)) is not None]
            rows += found
            owners += [at] * len(found)
        sums = np.zeros((len(keys), self.width), np.float32)
        np.add.at(sums, owners, self.steps[rows] * self.scales[rows][:, None])
        return sums
