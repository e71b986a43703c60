"""Rectangles on pages, in PDF points in the page's own user space (before rotation), origin lower left:

 top   ┌───────────┐
       │  g l y p h │        left < right, bottom < top
bottom └───────────┘
     left        right
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """Rectangle in PDF points, user space of the unrotated page, origin lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def union(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def moved(self, right: float, up: float) -> Box:
        return Box(self.left + right, self.bottom + up, self.right + right, self.top + up)

    def within(self, other: Box) -> Box:
        """The part of it that lies in `other`, which it meets."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def widened(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def contains(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )

    def intersection(self, other: Box) -> Box:
        """What both cover; of no or negative extent where that is nothing."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def intersects(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is removed, and the box that stands there afterwards (page numbers count from 1).

        before   Beste ┌area──────────────────────┐ rest of the line
        after    Beste ┌drawn─────┐ rest of the line            `rest`, an area before, moved over `shift`

    `drawn` is None where the box covers just `area`; `shift` is (right, up) in points, user space. `exact` while the
    box is as wide as the text was.
    """

    page: int
    area: Box
    drawn: Box | None = None
    rest: Box | None = None
    shift: tuple[float, float] = (0.0, 0.0)
    exact: bool = True

    @property
    def box(self) -> Box:
        """The box in the publication version."""
        return self.drawn or self.area


def same_line(line: Box, box: Box) -> bool:
    """Whether `box` continues `line`: it overlaps half its height and starts no further than two heights away."""
    overlap = min(line.top, box.top) - max(line.bottom, box.bottom)
    low = min(line.height, box.height)
    high = max(line.height, box.height)
    near = box.left <= line.right + 2 * high and box.right >= line.left - 2 * high
    return overlap >= 0.5 * low and near


def same_column(line: Box, box: Box) -> bool:
    """The same for text that runs upwards or downwards."""
    return same_line(_turned(line), _turned(box))


def _turned(box: Box) -> Box:
    return Box(box.bottom, box.left, box.top, box.right)
