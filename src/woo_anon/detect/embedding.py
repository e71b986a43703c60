"""Vectors of features: what the network is given of each token is the sum of the vectors of its features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woo_anon.detect.vectors import Matrix


@dataclass
class Embedding:
    """A vector for every feature, in eight bits: that of `features[r]` is `steps[r] * scales[r]`."""

    lines: str = field(repr=False)  # the features, one a line, which takes a tenth of the memory
    steps: NDArray[np.int8] = field(repr=False)  # features × width
    scales: Matrix = field(repr=False)  # features

    @classmethod
    def quantised(cls, features: Sequence[str], vectors: Matrix) -> Embedding:
        """From vectors in full precision, rounded to 1/127 of the largest number of each."""
        largest = np.maximum(np.abs(vectors).max(axis=1), 1e-8)
        steps = np.round(vectors / largest[:, None] * 127).astype(np.int8)
        return cls("\n".join(features), steps, (largest / 127).astype(np.float32))

    @property
    def features(self) -> list[str]:
        """The names of the rows."""
        return self.lines.split("\n")

    @property
    def width(self) -> int:
        """Numbers in a vector."""
        return int(self.steps.shape[1])

    def take(self, rows: NDArray[np.integer[Any]]) -> Matrix:
        """The vectors in `rows`: rows × width."""
        vectors: Matrix = self.steps[rows] * self.scales[rows][:, None]
        return vectors
