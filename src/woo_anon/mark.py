"""Marks for redaction: what people see, set, move and remove in programs such as Acrobat before anything is removed.

ISO 32000-2, 12.5.6.23 (redaction annotations). A mark covers one or more quadrilaterals of one page; those of several
lines belong to one mark.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from woo_anon.geometry import Box

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Quad:
    """A part of a page: all that lies between four corners, in any order. Points, user space, origin lower left."""

    corners: tuple[Point, Point, Point, Point]

    @classmethod
    def of(cls, box: Box) -> Quad:
        """The quad of a box, in the order in which programs write it: upper corners, then lower ones."""
        return cls(((box.left, box.top), (box.right, box.top), (box.left, box.bottom), (box.right, box.bottom)))

    @property
    def box(self) -> Box:
        """The smallest box around it."""
        across, up = zip(*self.corners, strict=True)
        return Box(min(across), min(up), max(across), max(up))

    def covers(self, x: Any, y: Any) -> Any:
        """Whether points lie in it, its edge included; `x` and `y` are numbers or arrays of them.

        That is so when a point lies in one of the triangles between three of the corners, so that their order does not
        matter; programs differ about it.
        """
        box = self.box
        within = (x >= box.left) & (x <= box.right) & (y >= box.bottom) & (y <= box.top)
        a, b, c, d = self.corners
        return within & (
            _in_triangle(x, y, a, b, c)
            | _in_triangle(x, y, a, b, d)
            | _in_triangle(x, y, a, c, d)
            | _in_triangle(x, y, b, c, d)
        )


def _in_triangle(x: Any, y: Any, a: Point, b: Point, c: Point) -> Any:
    sides = [(q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0]) for p, q in ((a, b), (b, c), (c, a))]
    left = (sides[0] >= 0) & (sides[1] >= 0) & (sides[2] >= 0)
    right = (sides[0] <= 0) & (sides[1] <= 0) & (sides[2] <= 0)
    return left | right


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on a page (numbers count from 1). `label` is the text that it puts in its box, `note` what its comment
    says: both may have been written by people. `doubtful` marks are shown in another colour. `sheet` is what is seen of
    the page, where that is known."""

    page: int
    quads: tuple[Quad, ...]
    label: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    doubtful: bool = field(default=False, compare=False)
    sheet: Box | None = field(default=None, compare=False)
