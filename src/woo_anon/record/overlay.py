"""Where a box of the page lies on the picture of the page.

Boxes are in user space: points, origin lower left, before rotation. Pictures show the page as a reader sees it:
rotated, origin top left. A page of W by H points that is shown rotated by 90 degrees clockwise:

      H ┌─────────┐                   0 ┌──────────────┐ H
        │      ┌─┐│                     │              │
        │      │b││   a quarter turn    │              │      x = bottom
        │      └─┘│   ──────────────►   │      ┌──┐    │      y = left
        │         │                     │      │b │    │
      0 └─────────┘ W                 W └──────┴──┴────┘
"""

from __future__ import annotations

from dataclasses import dataclass

from woo_anon.geometry import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """Rectangle on the picture: points, origin top left, y downwards."""

    x: float
    y: float
    width: float
    height: float


def shown_size(width_pt: float, height_pt: float, rotation: int) -> tuple[float, float]:
    """Width and height in points of a page as shown. Raises ValueError when `rotation` is no multiple of 90."""
    return (height_pt, width_pt) if _quarters(rotation) % 2 else (width_pt, height_pt)


def frame(box: Box, width_pt: float, height_pt: float, rotation: int) -> Frame:
    """`box` on the picture of a page of `width_pt` by `height_pt` (unrotated) that is shown turned clockwise.

    `box` counts from the page's own lower left corner. Raises ValueError when `rotation` is no multiple of 90.
    """
    quarters = _quarters(rotation)
    if quarters == 0:
        return Frame(box.left, height_pt - box.top, box.width, box.height)
    if quarters == 1:
        return Frame(box.bottom, box.left, box.height, box.width)
    if quarters == 2:
        return Frame(width_pt - box.right, box.bottom, box.width, box.height)
    return Frame(height_pt - box.top, width_pt - box.right, box.height, box.width)


def box(shown: Frame, width_pt: float, height_pt: float, rotation: int) -> Box:
    """The box of which `shown` is the frame: the inverse of `frame`."""
    quarters = _quarters(rotation)
    x, y, across, down = shown.x, shown.y, shown.width, shown.height
    if quarters == 0:
        return Box(x, height_pt - y - down, x + across, height_pt - y)
    if quarters == 1:
        return Box(y, x, y + down, x + across)
    if quarters == 2:
        return Box(width_pt - x - across, y, width_pt - x, y + down)
    return Box(width_pt - y - down, height_pt - x - across, width_pt - y, height_pt - x)


def _quarters(rotation: int) -> int:
    if rotation % 90:
        raise ValueError(f"a page turns by quarters, not by {rotation} degrees")
    return rotation // 90 % 4
