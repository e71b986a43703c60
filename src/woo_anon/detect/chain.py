"""A linear-chain conditional random field: emissions from features, marginals by forward and backward sums.

It is trained with CRFsuite; here it only reads the weights. All sequences go forward together, the longest first, so
that step t is one matrix product over the sequences that reach so far:

    sequences   ■■■■■■■■■
                ■■■■■■
                ■■■
                t ──►

(Lafferty, McCallum, Pereira 2001; marginals as in Rabiner 1989, scaled at every step.)
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woo_anon.detect.vectors import Matrix


@dataclass
class Chain:
    """Weights per feature and label, and between labels."""

    labels: tuple[str, ...]
    transitions: Matrix  # from label × to label
    lines: str = field(repr=False)  # the features, one a line
    weights: Matrix = field(repr=False)  # feature × label

    @classmethod
    def from_weights(
        cls,
        labels: Sequence[str],
        states: Mapping[tuple[str, str], float],
        transitions: Mapping[tuple[str, str], float],
    ) -> Chain:
        """From CRFsuite's dump: (feature, label) → weight and (label, label) → weight."""
        number = {label: at for at, label in enumerate(labels)}
        rows = {feature: at for at, feature in enumerate(sorted({feature for feature, _ in states}))}
        weights = np.zeros((len(rows), len(labels)), np.float32)
        for (feature, label), weight in states.items():
            weights[rows[feature], number[label]] = weight
        between = np.zeros((len(labels), len(labels)), np.float32)
        for (left, right), weight in transitions.items():
            between[number[left], number[right]] = weight
        return cls(tuple(labels), between, "\n".join(rows), weights)

    @property
    def features(self) -> list[str]:
        """The names of the rows of weights."""
        return self.lines.split("\n") if self.lines else []

    @property
    def width(self) -> int:
        """Numbers in a row of weights: labels."""
        return len(self.labels)

    def take(self, rows: NDArray[np.integer[Any]]) -> Matrix:
        """The weights in `rows`: rows × label. Their sums over the features of a token are its emissions."""
        taken: Matrix = self.weights[rows]
        return taken

    def marginals(self, emissions: Matrix, borders: Sequence[int], temperature: float = 1.0) -> Matrix:
        """Probability of each label for each token: tokens × labels.

        Sequence k runs from token `borders[k]` to `borders[k + 1]`; `borders` starts with 0 and ends with the number of
        tokens. A `temperature` above 1 makes the beliefs less certain (Guo et al. 2017).
        """
        if len(emissions) == 0:
            return emissions
        edges = np.asarray(borders, np.intp)
        lengths = np.diff(edges)
        order = np.argsort(-lengths, kind="stable")
        ends = np.stack([edges[:-1][order], edges[1:][order] - 1])  # first and last token of each sequence
        reach = [int(np.count_nonzero(lengths > step)) for step in range(int(lengths.max()))]
        potentials = np.exp((emissions - emissions.max(axis=1, keepdims=True)) / np.float32(temperature))
        between = np.exp((self.transitions - self.transitions.max()) / np.float32(temperature))
        before, behind = _arriving(potentials, between, ends, reach)
        return _normalised(before * potentials * behind)

    def to_bytes(self) -> bytes:
        """As a compressed NumPy archive (weights in half precision)."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            labels=np.frombuffer("\n".join(self.labels).encode(), np.uint8),
            features=np.frombuffer(self.lines.encode(), np.uint8),
            transitions=self.transitions,
            weights=self.weights.astype(np.float16),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Chain:
        """Read what `to_bytes` wrote. Raises ValueError or KeyError for anything else."""
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            labels = archive["labels"].tobytes().decode().split("\n")
            lines = archive["features"].tobytes().decode()
            weights = archive["weights"].astype(np.float32)
            transitions = archive["transitions"].astype(np.float32)
        return cls(tuple(labels), transitions, lines, weights)


def _normalised(rows: Matrix) -> Matrix:
    sums: Matrix = np.einsum("...j->...", rows)[..., None]
    result: Matrix = rows / np.maximum(sums, np.float32(1e-30))
    return result


def _arriving(potentials: Matrix, between: Matrix, ends: NDArray[np.intp], reach: Sequence[int]) -> Matrix:
    """For each label of each token what all paths up to it, and all paths from its other side, weigh, but for a factor:
    2 × tokens × labels.

    Both ways are gone at once: step t is at the t-th token of each sequence from the front, and from the back.
    """
    ways, across = np.array([[0], [1]]), np.stack([between, between.T])
    result = np.empty((2, *potentials.shape), np.float32)
    arriving = np.ones((2, reach[0], potentials.shape[1]), np.float32)
    for step, count in enumerate(reach):
        places = ends[:, :count] + np.array([[step], [-step]])
        result[ways, places] = arriving = arriving[:, :count]
        arriving = _normalised(arriving * potentials[places]) @ across
    return result
