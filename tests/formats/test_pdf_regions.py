"""Parts of a picture as truth values, compared with what the words say of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from woo_anon.formats.pdf.pictures.regions import grown, opened, rectangles

FLAGS = arrays.arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 12)))


@given(FLAGS, st.integers(1, 4), st.integers(1, 4))
def test_what_is_opened_is_all_rectangles_of_that_size(flags: np.ndarray, high: int, wide: int) -> None:
    expected = np.zeros_like(flags)
    for row in range(flags.shape[0] - high + 1):
        for column in range(flags.shape[1] - wide + 1):
            part = slice(row, row + high), slice(column, column + wide)
            expected[part] |= flags[part].all()
    assert (opened(flags, high, wide) == expected).all()


@given(FLAGS, st.integers(0, 4))
def test_what_is_grown_reaches_so_far_from_every_true_one(flags: np.ndarray, steps: int) -> None:
    expected = np.zeros_like(flags)
    for row, column in np.argwhere(flags):
        expected[max(row - steps, 0) : row + steps + 1, max(column - steps, 0) : column + steps + 1] = True
    assert (grown(flags, steps) == expected).all()


@given(FLAGS)
def test_rectangles_cover_every_true_one_once(flags: np.ndarray) -> None:
    covered = np.zeros(flags.shape, dtype=int)
    for first, last, left, right in rectangles(flags):
        covered[first:last, left:right] += 1
    assert (covered == flags).all()
