"""What network and chain are given of each token: the sums of what they hold for its features.

A channel gives many tokens the same key, so that the features of a key are looked up once and their sums kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from woo_anon.detect.features import Channel, Key

Matrix = NDArray[np.floating[Any]]  # single precision
_REMEMBERED = 10_000  # keys of a channel
_AT_ONCE = 4096  # keys whose features, or tokens whose vectors, are looked up together: bounds memory


class Table(Protocol):
    """A row of numbers for each of the features that training knew."""

    @property
    def features(self) -> Sequence[str]:
        """Row r is that of `features[r]`."""

    @property
    def width(self) -> int:
        """Numbers in a row."""

    def take(self, rows: NDArray[np.integer[Any]]) -> Matrix:
        """The rows with these numbers."""


class Given:
    """Vectors of tokens, tokens × width, made where they are asked for: a long document has hundreds of thousands.

    `channels` are the vectors of the keys of each channel, keys × width, and for each token the row of its key.
    """

    def __init__(self, channels: Sequence[tuple[Matrix, NDArray[np.int32]]]) -> None:
        self._channels = channels

    def __len__(self) -> int:
        return len(self._channels[0][1])

    def __getitem__(self, tokens: slice) -> Matrix:
        (first, rows), *others = self._channels
        vectors: Matrix = first.take(rows[tokens], axis=0)
        for known, rows in others:
            vectors += known.take(rows[tokens], axis=0)
        return vectors


class Vectors:
    """Makes the vectors of tokens, of the features of the token itself (`own`) and of its neighbours (`around`)."""

    def __init__(self, own: Table, around: Table) -> None:
        self._index, numbers = _Index.of(own.features, around.features)
        self._own, self._around = (
            _Sums(table, each, len(self._index)) for table, each in zip((own, around), numbers, strict=True)
        )
        self._known: dict[str, _Known] = {}

    def __call__(self, channels: Sequence[Channel]) -> tuple[Given, Matrix]:
        """By the one and the other table, the vector of each token: tokens × width."""
        count = len(channels[0].index)
        by_own = []
        by_around = np.zeros((count, self._around.width), np.float32)
        for channel, known in zip(channels, self._learnt(channels), strict=True):
            places = np.fromiter(map(known.places.__getitem__, channel.keys), np.intp, len(channel.keys))
            reach = max(map(abs, channel.offsets))
            rows = np.full(count + 2 * reach, places[0], np.int32)  # before and behind the text is its first key
            own = rows[reach : reach + count]
            own[:] = places[np.fromiter(channel.index, np.intp, count)]
            by_own.append((known.own, own))
            for first in range(0, count, _AT_ONCE):
                part = by_around[first : first + _AT_ONCE]
                around = known.around.take(rows[first : first + len(part) + 2 * reach], axis=0)
                for at, offset in enumerate(channel.offsets):
                    part += around[reach + offset : reach + offset + len(part), at]
        return Given(by_own), by_around

    def _learnt(self, channels: Sequence[Channel]) -> list[_Known]:
        """What is known of each channel, now also of the keys that were not known before."""
        learnt = []
        fresh: list[tuple[Channel, list[Key]]] = []
        for channel in channels:
            known = self._known.get(channel.name)
            if known is None or len(known.places) > _REMEMBERED:
                known = self._known[channel.name] = _Known()
            learnt.append(known)
            fresh.append((channel, [key for key in channel.keys if key not in known.places]))
        for portion in _portions(fresh):
            own, around = self._sums(portion)
            for channel, keys in portion:
                self._known[channel.name].add(keys, own[: len(keys)], around[: len(keys) * len(channel.offsets)])
                own, around = own[len(keys) :], around[len(keys) * len(channel.offsets) :]
        return learnt

    def _sums(self, portion: Sequence[tuple[Channel, Sequence[Key]]]) -> tuple[Matrix, Matrix]:
        """Sums for all the keys, channel after channel; of `around` for each key and offset."""
        features: list[str] = []
        counts: list[int] = []  # of the features of each key and offset
        own_starts: list[int] = []
        own_counts: list[int] = []
        for channel, keys in portion:
            for key in keys:
                for offset in channel.offsets:
                    found = channel.features(key, offset)
                    if offset == 0:
                        # Of a feature that occurs twice, as `ana` in `bananas`, the network knows but that it occurs.
                        once = len(set(found))
                        if once < len(found):
                            found = _once_first(found)
                        own_starts.append(len(features))
                        own_counts.append(once)
                    features += found
                    counts.append(len(found))
        numbers = self._index(features)
        return self._own(numbers[_stretches(own_starts, own_counts)], own_counts), self._around(numbers, counts)


def _portions(fresh: Sequence[tuple[Channel, list[Key]]]) -> Iterator[list[tuple[Channel, list[Key]]]]:
    """The keys in portions of `_AT_ONCE` at most: those of a usual document go together, which is faster."""
    portion: list[tuple[Channel, list[Key]]] = []
    room = _AT_ONCE
    for channel, keys in fresh:
        start = 0
        while start < len(keys):
            piece = keys[start : start + room]
            portion.append((channel, piece))
            start, room = start + len(piece), room - len(piece)
            if not room:
                yield portion
                portion, room = [], _AT_ONCE
    if portion:
        yield portion


class _Index:
    """Numbers the features of several tables, so that each is sought once.

    Sought is Python's hash of a feature, in 64 bits, among those of all: they take a tenth of the memory of a
    dictionary, and stay in the processor's cache, which makes it faster. That two of 300,000 features have one hash
    is less likely than one in a hundred million.
    """

    def __init__(self, hashes: NDArray[np.int64]) -> None:
        """`hashes` sorted, each once."""
        self._hashes = hashes

    @classmethod
    def of(cls, *tables: Sequence[str]) -> tuple[_Index, list[NDArray[np.intp]]]:
        """The index of the features of some tables, and the numbers of the features of each."""
        hashes = [_hashes(features) for features in tables]
        sorted_once, numbers = np.unique(np.concatenate(hashes), return_inverse=True)
        return cls(sorted_once), np.split(numbers, np.cumsum([len(each) for each in hashes])[:-1])

    def __len__(self) -> int:
        return len(self._hashes)

    def __call__(self, features: Sequence[str]) -> NDArray[np.intp]:
        """The numbers of `features`, from 0 on; -1 for what no table knows."""
        sought = _hashes(features)
        numbers = np.searchsorted(self._hashes, sought)
        numbers[numbers == len(self)] = -1
        if len(self):
            numbers[self._hashes[numbers] != sought] = -1
        return numbers


def _hashes(features: Sequence[str]) -> NDArray[np.int64]:
    return np.fromiter(map(hash, features), np.int64, len(features))


class _Sums:
    """Adds up rows of a table, found by the numbers of features."""

    def __init__(self, table: Table, numbers: NDArray[np.intp], count: int) -> None:
        """`numbers` are those of the table's features, `count` is how many the tables have together."""
        self._table = table
        self.width = table.width
        self._rows = np.full(count + 1, -1, np.int32)  # the last is for -1, a feature that no table knows
        self._rows[numbers] = np.arange(len(numbers))

    def __call__(self, numbers: NDArray[np.intp], counts: Sequence[int]) -> Matrix:
        """Sums over the first `counts[0]` features, the next `counts[1]`, and so on: counts × width.

        A feature that the table does not know adds nothing.
        """
        rows = self._rows[numbers]
        known = rows >= 0
        owners = np.repeat(np.arange(len(counts)), np.array(counts, np.intp))[known]
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        result = np.zeros((len(counts), self.width), np.float32)
        if len(starts):
            result[owners[starts]] = np.add.reduceat(self._table.take(rows[known]), starts, axis=0)
        return result


def _stretches(starts: Sequence[int], counts: Sequence[int]) -> NDArray[np.intp]:
    """`counts[0]` numbers from `starts[0]` on, then `counts[1]` from `starts[1]` on, and so on."""
    lengths = np.array(counts, np.intp)
    return np.repeat(np.array(starts, np.intp) - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())


def _once_first(features: Sequence[str]) -> list[str]:
    """Each feature once, and behind them those that had been there before."""
    counts = Counter(features)
    return [*counts, *(counts - Counter(counts.keys())).elements()]


class _Known:
    """The vectors of a channel's keys, with room for more: keys × width, and keys × offsets × width."""

    def __init__(self) -> None:
        self.places: dict[Key, int] = {}
        self.own: Matrix = np.empty((0, 0), np.float32)
        self.around: Matrix = np.empty((0, 0, 0), np.float32)

    def add(self, keys: Sequence[Key], own: Matrix, around: Matrix) -> None:
        """Take in the vectors of new `keys`."""
        if not keys:
            return
        start = len(self.places)
        self.own = _with(self.own, start, own)
        self.around = _with(self.around, start, around.reshape(len(keys), -1, around.shape[-1]))
        self.places.update(zip(keys, range(start, start + len(keys)), strict=True))


def _with(rows: Matrix, start: int, more: Matrix) -> Matrix:
    """`rows` with `more` from `start` on, in more room if need be."""
    end = start + len(more)
    if end > len(rows):
        wider = np.empty((end + end // 2 + 256, *more.shape[1:]), np.float32)
        if start:
            wider[:start] = rows[:start]
        rows = wider
    rows[start:end] = more
    return rows
