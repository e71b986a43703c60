"""The page turned so that a line of text runs to the right: `u` along the line, `v` across it, both in points.

text to the right        upwards            upside down         downwards
u = x, v = y             u = y, v = -x      u = -x, v = -y      u = -y, v = x
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Floats
from woo_anon.formats.pdf.content.matrix import Point
from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.geometry import Box

Span = tuple[float, float, float, float]  # u0, v0, u1, v1


@dataclass(frozen=True)
class Axes:
    """`angle` is the direction of the text: 0, 90, 180 or 270 degrees anticlockwise."""

    angle: int

    def span(self, box: Box) -> Span:
        """A rectangle of the page, from where to where it reaches along and across the line."""
        return {
            0: (box.left, box.bottom, box.right, box.top),
            90: (box.bottom, -box.right, box.top, -box.left),
            180: (-box.right, -box.top, -box.left, -box.bottom),
            270: (-box.top, box.left, -box.bottom, box.right),
        }[self.angle]

    def box(self, u0: float, v0: float, u1: float, v1: float) -> Box:
        """The rectangle on the page."""
        return {
            0: Box(u0, v0, u1, v1),
            90: Box(-v1, u0, -v0, u1),
            180: Box(-u1, -v1, -u0, -v0),
            270: Box(v0, -u1, v1, -u0),
        }[self.angle]

    def shift(self, distance: float) -> Point:
        """A way along the line, as (right, up) on the page."""
        turn = math.radians(self.angle)
        return (round(math.cos(turn)) * distance, round(math.sin(turn)) * distance)

    def points(self, points: Floats) -> Floats:
        """n×2 points of the page as n×2 (u, v)."""
        turn = math.radians(self.angle)
        cos, sin = round(math.cos(turn)), round(math.sin(turn))
        return np.stack([cos * points[:, 0] + sin * points[:, 1], cos * points[:, 1] - sin * points[:, 0]], axis=1)


@dataclass(frozen=True)
class Turned:
    """The glyphs of a page along its axes; n of them. `starts` are their origins, `ends` how far their boxes reach,
    `middles` those of their cores across the line; `upright` tells which run in this direction."""

    starts: Floats
    ends: Floats
    middles: Floats
    upright: Flags

    @classmethod
    def of(cls, glyphs: Glyphs, cores: Floats, axes: Axes) -> Turned:
        """`cores` are the middles of the cores, n×2."""
        corners = axes.points(glyphs.boxes[:, :2])[:, 0], axes.points(glyphs.boxes[:, 2:])[:, 0]
        return cls(
            # From its origin, for the ink of a letter tells which it is.
            axes.points(glyphs.origins)[:, 0],
            np.maximum(*corners),
            axes.points(cores)[:, 1],
            glyphs.angles == axes.angle,
        )
