"""Marks that lie near each other, put together on a grid of cells.

██ █      ██        what touches, corners included, is one group: these are two
 ██        █
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from woo_anon.formats.pdf.arrays import Flags

Run = tuple[int, int, int]  # row, first column, column after the last
Area = tuple[slice, slice]  # rows, columns


def groups(cells: Flags) -> list[Area]:
    """The rows and columns that each group of set cells reaches over, in order of its first cell."""
    runs = list(_runs(cells))
    leader = list(range(len(runs)))
    for above, below in _touching(runs):
        first, second = sorted((_leader(leader, above), _leader(leader, below)))
        leader[second] = first
    members: dict[int, list[Run]] = {}
    for at, run in enumerate(runs):
        members.setdefault(_leader(leader, at), []).append(run)
    return [_around(group) for group in members.values()]


def _runs(cells: Flags) -> Iterator[Run]:
    """The runs of set cells, row by row from left to right."""
    steps = np.diff(np.pad(cells, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    return zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)


def _touching(runs: list[Run]) -> Iterator[tuple[int, int]]:
    """Pairs of runs, by their numbers, that touch from one row to the next."""
    by_row: dict[int, list[int]] = {}
    for at, (row, _, _) in enumerate(runs):
        by_row.setdefault(row, []).append(at)
    for row, below in by_row.items():
        above = by_row.get(row - 1, [])
        first = 0
        for at in below:
            _, start, end = runs[at]
            while first < len(above) and runs[above[first]][2] < start:
                first += 1
            for other in above[first:]:
                if runs[other][1] > end:
                    break
                yield other, at


def _leader(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = at = leader[leader[at]]
    return at


def _around(runs: list[Run]) -> Area:
    rows, starts, ends = zip(*runs, strict=True)
    return slice(min(rows), max(rows) + 1), slice(min(starts), max(ends))
