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
    features: Sequence[str] = field(repr=False)
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
        return cls(tuple(labels), between, tuple(rows), weights)

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
        starts, lengths = edges[:-1][order], lengths[order]
        reach = [int(np.count_nonzero(lengths > step)) for step in range(int(lengths[0]))]
        potentials = np.exp((emissions - emissions.max(axis=1, keepdims=True)) / np.float32(temperature))
        between = np.exp((self.transitions - self.transitions.max()) / np.float32(temperature))
        forward, backward = _forward(potentials, between, starts, reach), _backward(potentials, between, starts, reach)
        return _normalised(forward * backward)

    def to_bytes(self) -> bytes:
        """As a compressed NumPy archive (weights in half precision)."""
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            labels=np.frombuffer("\n".join(self.labels).encode(), np.uint8),
            features=np.frombuffer("\n".join(self.features).encode(), np.uint8),
            transitions=self.transitions,
            weights=self.weights.astype(np.float16),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Chain:
        """Read what `to_bytes` wrote. Raises ValueError or KeyError for anything else."""
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            labels = archive["labels"].tobytes().decode().split("\n")
            features = archive["features"].tobytes().decode().split("\n")
            weights = archive["weights"].astype(np.float32)
            transitions = archive["transitions"].astype(np.float32)
        return cls(tuple(labels), transitions, features, weights)


def _normalised(rows: Matrix) -> Matrix:
    sums: Matrix = np.einsum("ij->i", rows)[:, None]
    result: Matrix = rows / np.maximum(sums, np.float32(1e-30))
    return result


def _forward(potentials: Matrix, between: Matrix, starts: NDArray[np.intp], reach: Sequence[int]) -> Matrix:
    result = np.empty_like(potentials)
    current = potentials[starts[: reach[0]]]
    for step, count in enumerate(reach):
        places = starts[:count] + step
        if step:
            current = (current[:count] @ between) * potentials[places]
        current = _normalised(current)
        result[places] = current
    return result


def _backward(potentials: Matrix, between: Matrix, starts: NDArray[np.intp], reach: Sequence[int]) -> Matrix:
    result = np.ones_like(potentials)
    for step in range(len(reach) - 2, -1, -1):
        count = reach[step + 1]
        behind = starts[:count] + step + 1
        current = (potentials[behind] * result[behind]) @ between.T
        result[behind - 1] = _normalised(current)
    return result
