"""Remembers what a key of a channel was turned into, so that it is worked out once and not for every token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from woo_anon.detect.features import Channel, Key

Matrix = NDArray[np.floating[Any]]  # single precision
_REMEMBERED = 10_000  # keys of a channel


class KeyVectors:
    """For each channel a matrix with a row (of any shape) for every key that was looked up."""

    def __init__(self, make: Callable[[Channel, Sequence[Key]], Matrix]) -> None:
        """`make` gives the rows of keys: keys × …"""
        self._make = make
        self._known: dict[str, _Rows] = {}

    def look_up(self, channel: Channel) -> tuple[NDArray[np.intp], Matrix]:
        """Where the row of each of the channel's keys stands in the matrix beside it."""
        known = self._known.get(channel.name)
        if known is None or len(known.places) > _REMEMBERED:
            known = self._known[channel.name] = _Rows()
        fresh = [key for key in channel.keys if key not in known.places]
        if fresh:
            known.add(fresh, self._make(channel, fresh))
        places = np.fromiter(map(known.places.__getitem__, channel.keys), np.intp, len(channel.keys))
        return places, known.rows


class _Rows:
    """Rows of keys, with room for more."""

    def __init__(self) -> None:
        self.places: dict[Key, int] = {}
        self.rows: Matrix = np.empty((0,), np.float32)

    def add(self, keys: Sequence[Key], rows: Matrix) -> None:
        """Take in `rows`, those of the new `keys`."""
        start, end = len(self.places), len(self.places) + len(keys)
        if end > len(self.rows):
            wider = np.empty((max(1024, 2 * end), *rows.shape[1:]), np.float32)
            wider[:start] = self.rows[:start] if start else 0
            self.rows = wider
        self.rows[start:end] = rows
        self.places.update(zip(keys, range(start, end), strict=True))
