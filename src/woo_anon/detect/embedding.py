"""Vectors of features: what the network is given of each token.

The vector of a token is the sum of the vectors of its features. A channel gives many tokens the same key, so that the
sum over a key's features is made once and kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woo_anon.detect.features import Channel, Key

Matrix = NDArray[np.floating[Any]]  # single precision
_REMEMBERED = 10_000  # keys of a channel


class _Vectors:
    """The vectors of the keys of a channel that have been looked up, with room for more."""

    def __init__(self, width: int) -> None:
        self.places: dict[Key, int] = {}
        self.vectors: Matrix = np.empty((1024, width), np.float32)

    def add(self, keys: Sequence[Key], vectors: Matrix) -> None:
        """Take in `vectors`, those of the new `keys`."""
        start, end = len(self.places), len(self.places) + len(keys)
        if end > len(self.vectors):
            wider = np.empty((2 * end, self.vectors.shape[1]), np.float32)
            wider[:start] = self.vectors[:start]
            self.vectors = wider
        self.vectors[start:end] = vectors
        self.places.update(zip(keys, range(start, end), strict=True))


@dataclass
class Embedding:
    """A vector for every feature, in eight bits: row r is `steps[r] * scales[r]`.

    `rows` says which row a feature has; a feature that training did not know has none and adds nothing.
    """

    rows: dict[str, int] = field(repr=False)
    steps: NDArray[np.int8] = field(repr=False)  # features × width
    scales: Matrix = field(repr=False)  # features
    _cache: dict[str, _Vectors] = field(default_factory=dict, repr=False, compare=False)

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
            places, vectors = self._places(channel)
            total += vectors[places[np.fromiter(channel.index, np.intp, count)]]
        return total

    def _places(self, channel: Channel) -> tuple[NDArray[np.intp], Matrix]:
        """Where the vector of each of the channel's keys stands in the matrix beside it."""
        known = self._cache.get(channel.name)
        if known is None or len(known.places) > _REMEMBERED:
            known = self._cache[channel.name] = _Vectors(self.width)
        fresh = [key for key in channel.keys if key not in known.places]
        if fresh:
            known.add(fresh, self._sums(channel, fresh))
        places = np.fromiter(map(known.places.__getitem__, channel.keys), np.intp, len(channel.keys))
        return places, known.vectors

    def _sums(self, channel: Channel, keys: Sequence[Key]) -> Matrix:
        row_of = self.rows.get
        rows: list[int] = []
        owners: list[int] = []
        for at, key in enumerate(keys):
            found = [row for feature in set(channel.features(key, 0)) if (row := row_of(feature)) is not None]
            rows += found
            owners += [at] * len(found)
        sums = np.zeros((len(keys), self.width), np.float32)
        np.add.at(sums, owners, self.steps[rows] * self.scales[rows][:, None])
        return sums
