"""How wide the boxes of one line are and where everything on it stands then, without a look at the page.

Every box is of one width, whatever it covers; only what is longer than any name gets a multiple of it. Where that has
no room, the boxes are made narrower until the line's end meets the edge: the edge tells their width then, not the name.
Gaps beside a box are rounded, for kerning tells the letters that were there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

BOX_EM = 6.0  # near the mean of surnames (4.5) and full names (7.5): lines keep about their length
LONGEST_NAME_EM = 15.0  # of 20,000 Dutch full names one is longer
NARROWEST_EM = 1.5  # a box of which nobody wonders what it is
GRID_EM = 0.25  # gaps beside a box are a multiple of this; a space is about one


@dataclass(frozen=True)
class Item:
    """Removed text (`number` of its place) or staying text (-1), from `start` to `end` along the line."""

    number: int
    start: float
    end: float

    @property
    def width(self) -> float:
        return self.end - self.start


def widths(items: Sequence[Item], edge: float, em: float) -> list[float] | None:
    """The width of every item's box, that of staying text its own; None when there is no room for any that tells
    nothing."""
    for rounding in (math.ceil, math.floor):
        wide = [item.width if item.number < 0 else _wanted(item.width, em, rounding) for item in items]
        over = _end(items, wide, em) - edge
        if over <= 0:
            return wide
    flexible = [at for at, item in enumerate(items) if item.number >= 0 and wide[at] <= BOX_EM * em]
    narrower = BOX_EM * em - over / len(flexible) if flexible else 0.0
    if narrower < NARROWEST_EM * em:
        return None
    return [narrower if at in flexible else width for at, width in enumerate(wide)]


def _wanted(width: float, em: float, rounding: Callable[[float], int]) -> float:
    one = BOX_EM * em
    return one if width <= LONGEST_NAME_EM * em else rounding(width / one) * one


def starts(items: Sequence[Item], wide: Sequence[float], em: float) -> Iterator[float]:
    """Where every item begins once the boxes have these widths. Gaps beside a box are rounded."""
    pen = end = items[0].start
    grid = GRID_EM * em
    for item, width in zip(items, wide, strict=True):
        start = pen + round((item.start - end) / grid) * grid
        yield start
        pen, end = start + width, item.end


def _end(items: Sequence[Item], wide: Sequence[float], em: float) -> float:
    """How far the text reaches once the boxes have these widths."""
    *_, start = starts(items, wide, em)
    return start + wide[-1]
