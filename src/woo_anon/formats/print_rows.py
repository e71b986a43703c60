"""Rows of print in a picture: what tells a screenshot of mails or a table pasted as a picture from a photo or a chart.

In a row of letters grey changes often along the row, and hardly between two rows. Photos change everywhere or nowhere,
charts and logos in few rows. So the picture is cut into upright strips, an inch wide, and in each the stretches of rows
are counted that change often and have rows above and below them that do not:

    ..................      calm
    Van: P. Oldenziel       a row of print, in two strips
    ..................      calm
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

NOT_READ = "scan:picture"  # why a page does not count as read on which a picture with print was left
LEAST = 8  # rows: three lines of some 8 cm; a letterhead's logo has some five
LEAST_PICTURE_PT = (60.0, 20.0)  # wide and high
_CHANGE = 40  # grey levels from one pixel to the next: the edge of a letter
_OFTEN, _SELDOM = 8, 3  # changes in a row of a strip: letters of 10 pt have some 25, the border of a table one or two
_NARROWEST = 0.4  # of a strip: the last one of a picture
_HEIGHT = (0.03, 0.55)  # of a row, in inches


def rows_of_print(grey: NDArray[np.int16], inch: float) -> NDArray[np.float64]:
    """The rows of print in a picture (height×width, 0..255), strip by strip: n×4 (left, top, right, bottom) in pixels,
    origin upper left. `inch` is how many pixels an inch of it has as it is shown."""
    changes = np.abs(np.diff(grey, axis=1)) > _CHANGE
    strip = max(round(inch), 1)
    found = [
        (left, top, left + strip, bottom)
        for left in range(0, changes.shape[1], strip)
        for top, bottom in _bands(changes[:, left : left + strip], inch)
    ]
    return np.array(found, dtype=np.float64).reshape(-1, 4)


def _bands(changes: NDArray[np.bool_], inch: float) -> Iterator[tuple[int, int]]:
    """First row and the one behind the last of each stretch that changes often, between rows that do not."""
    share = changes.shape[1] / inch
    if share < _NARROWEST:
        return
    counts = changes.sum(axis=1) / share
    borders = np.flatnonzero(np.diff(np.concatenate([[False], counts > _SELDOM, [False]])))
    for start, end in borders.reshape(-1, 2).tolist():
        if _HEIGHT[0] <= (end - start) / inch <= _HEIGHT[1] and counts[start:end].max() >= _OFTEN:
            yield start, end
