"""The plan for the boxes of a page, and what moves beside each of them."""

from __future__ import annotations

from dataclasses import dataclass

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.boxes.axes import Axes
from woo_anon.formats.pdf.content.matrix import Point
from woo_anon.geometry import Box, Place

LARGEST_EM = 2.0  # of what stands on the line; a watermark is larger


@dataclass(frozen=True)
class Move:
    """One box, and what moves behind it, in points on the page.

    `area` is what was removed, `box` what stands there now, `line` the text of the whole line; `text` is the text up
    to the next box or the line's end (None when there is none). All of the line in `strip` moves over `shift`; without
    a `text` it goes, for it shows nothing, such as a space at the end of a line, and would tell where the text ended.
    `axes` and `em` are the line's direction and the size of its text, `direction` that of its glyphs, in whole
    degrees: in vertical writing another one. `cells` are borders of a table beside it, which stay where they are.
    """

    axes: Axes
    em: float
    line: Box
    area: Box
    box: Box
    text: Box | None = None
    strip: Box | None = None
    shift: Point = (0.0, 0.0)
    cells: tuple[Box, ...] = ()
    direction: int = 0

    def takes(self, angles: Ints, sizes: Floats) -> Flags:
        """Which of the glyphs in the strip that run in these directions (whole degrees) and have these sizes (points)
        are of the line: no watermark across it."""
        return on_line(self.direction, self.em, angles, sizes)


@dataclass(frozen=True)
class Plan:
    """The places of one page with the boxes as they are to be drawn, in the order they were given, and the moves.

    `exact` are the same places with boxes as wide as their text, for when nothing may move."""

    places: tuple[Place, ...]
    moves: tuple[Move, ...] = ()
    exact: tuple[Place, ...] = ()

    def unmoved(self) -> Plan:
        return Plan(self.exact, (), self.exact)


def on_line(direction: int, em: float, angles: Ints, sizes: Floats) -> Flags:
    """Which glyphs, by their directions (whole degrees) and sizes, may be of a line of text of size `em`."""
    found: Flags = (angles == direction) & (sizes <= LARGEST_EM * em)
    return found
