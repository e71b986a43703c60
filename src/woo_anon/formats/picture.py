"""A picture of a page: what formats hand to the review report."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Picture:
    """A picture of a page of the source as a reader sees it (rotated), in a form that browsers show.

    Width and height are those of the visible page in points before rotation, `left_pt` and `bottom_pt` the user-space
    coordinates of its lower left corner.
    """

    number: int
    image: bytes = field(repr=False)
    width_pt: float
    height_pt: float
    rotation: int
    left_pt: float
    bottom_pt: float
