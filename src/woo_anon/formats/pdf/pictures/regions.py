"""Parts of a picture, as arrays of truth values: what is large enough, and the rectangles that make it up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Ints


def grown(flags: Flags, steps: int) -> Flags:
    """With all within so many rows and columns of a true one."""
    size = 2 * steps + 1
    return _counts(np.pad(flags, steps), size, size) > 0


def opened(flags: Flags, high: int, wide: int) -> Flags:
    """The true ones that lie in a rectangle of that many rows and columns, all of them true."""
    high, wide = max(high, 1), max(wide, 1)
    if flags.shape[0] < high or flags.shape[1] < wide:
        return np.zeros_like(flags)
    whole = _counts(flags, high, wide) == high * wide
    return _counts(np.pad(whole, ((high - 1, high - 1), (wide - 1, wide - 1))), high, wide) > 0


def _counts(flags: Flags, high: int, wide: int) -> Ints:
    """How many are true in each rectangle of that many rows and columns."""
    sums = np.pad(flags.astype(np.int64), ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    result: Ints = sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
    return result


def rectangles(flags: Flags) -> Iterator[tuple[int, int, int, int]]:
    """The true ones as rectangles: first row, row behind the last, first column, column behind the last."""
    open_runs: dict[tuple[int, int], int] = {}
    for row in range(flags.shape[0] + 1):
        runs = set(_runs(flags[row])) if row < flags.shape[0] else set()
        for run in [run for run in open_runs if run not in runs]:
            yield open_runs.pop(run), row, *run
        for run in runs:
            open_runs.setdefault(run, row)


def _runs(row: Flags) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
