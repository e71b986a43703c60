"""Paths under a box: text drawn as outlines goes, lines and backgrounds that reach beyond the box stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from woo_anon.formats.pdf.content.matrix import Matrix, Point, apply, bounds
from woo_anon.geometry import Box

CONSTRUCTION = frozenset(("m", "l", "c", "v", "y", "h", "re"))
PAINTING = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"))
CLIPPING = frozenset(("W", "W*"))
FILLING = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
STROKING = frozenset(("S", "s", "B", "B*", "b", "b*"))
_TURNED = 5  # a box so much higher than wide is one of text that runs up or down


@dataclass(slots=True)
class Subpath:
    """One piece of a path: its instructions, its points on the page, and whether it has only upright sides."""

    instructions: list[Any] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    curved: bool = False

    @property
    def box(self) -> Box:
        return bounds(self.points)

    @property
    def upright(self) -> bool:
        """Whether every side runs along an axis of the page, as in a rectangle or a rule."""
        pairs = zip(self.points, self.points[1:], strict=False)
        return not self.curved and all(abs(a[0] - b[0]) < 0.01 or abs(a[1] - b[1]) < 0.01 for a, b in pairs)


class Path:
    """The path under construction."""

    def __init__(self) -> None:
        self.subpaths: list[Subpath] = []
        self.clip: Any = None

    def take(self, operator: str, instruction: Any, matrix: Matrix) -> None:
        """Add one construction instruction."""
        operands = instruction.operands
        if operator in {"m", "re"} or not self.subpaths:
            self.subpaths.append(Subpath())
        subpath = self.subpaths[-1]
        subpath.instructions.append(instruction)
        if operator == "re":
            x, y, width, height = (float(number) for number in operands)
            corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
            subpath.points += [apply(matrix, *corner) for corner in corners]
            return
        numbers = [float(number) for number in operands]
        subpath.curved |= operator in {"c", "v", "y"}
        subpath.points += [apply(matrix, *point) for point in zip(numbers[::2], numbers[1::2], strict=True)]

    @property
    def box(self) -> Box | None:
        """The smallest box around all points; None for an empty path."""
        points = [point for subpath in self.subpaths for point in subpath.points]
        return bounds(points) if points else None

    def kept(self, boxes: Sequence[Box], *, clips: bool) -> list[Subpath]:
        """The subpaths that stay. A rectangle that clips stays: it shows nothing, and more may depend on it."""
        return [
            subpath
            for subpath in self.subpaths
            if not subpath.points or (clips and subpath.upright) or not any(_under(subpath, box) for box in boxes)
        ]


def _under(subpath: Subpath, box: Box) -> bool:
    """Whether a subpath lies under the box: wholly, or, when it has the shape and size of a letter, mostly."""
    own = subpath.box
    size = box.width if box.height > _TURNED * box.width else box.height  # of the text
    slack = 0.15 * size
    if (
        box.left - slack <= own.left
        and own.right <= box.right + slack
        and box.bottom - slack <= own.bottom
        and own.top <= box.top + slack
    ):
        return True
    if subpath.upright or own.contains(box) or own.height > 1.5 * size or own.width > 2 * size:
        return False  # what holds the whole box is a label
    x, y = (own.left + own.right) / 2, (own.bottom + own.top) / 2
    return box.left <= x <= box.right and box.bottom <= y <= box.top
