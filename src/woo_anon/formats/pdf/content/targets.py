"""What of a page goes and what moves: the boxes and moves of one page, asked of a run of text or of a shape."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from woo_anon.formats.pdf.boxes.move import Move
from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.interpreter import Glyph, Run
from woo_anon.formats.pdf.content.matrix import Matrix, Point, box_bounds
from woo_anon.geometry import Box

EDGE_PT = 0.01  # a core whose middle is this near to a box's edge counts as under it
UNIT = Box(0.0, 0.0, 1.0, 1.0)  # what an image fills, before the matrix that draws it


class Targets:
    """`boxes` are the areas from which everything goes, in points, user space; `moves` what the rest of a line does;
    under `covered`, boxes as they will be drawn, pixels go too, for print in a scan reaches further than its text."""

    def __init__(self, boxes: Sequence[Box], moves: Sequence[Move], covered: Sequence[Box] = ()) -> None:
        self.boxes = boxes
        self._covered = [*boxes, *covered]
        self.moves = moves
        self._strips = [(move.strip, move) for move in moves if move.strip]

    def fate(self, run: Run, gone: frozenset[int] = frozenset()) -> tuple[frozenset[int], dict[int, Point]]:
        """The indices in `run.parts` of the glyphs that go, besides those `gone` already; and how far others move."""
        bounds = run.bounds
        boxes = [box for box in self.boxes if box.intersects(bounds)]
        strips = [(strip, move) for strip, move in self._strips if strip.intersects(bounds) and _is_of(run, move)]
        boxes += [strip for strip, move in strips if not move.text]
        centres = list(run.centres()) if boxes or strips else []
        hits = {
            at
            for box in boxes
            for at, x, y in centres
            if box.left - EDGE_PT <= x <= box.right + EDGE_PT and box.bottom - EDGE_PT <= y <= box.top + EDGE_PT
        } - gone
        shifts = {
            at: move.shift
            for strip, move in strips
            if move.text
            for at, x, y in centres
            if strip.left <= x <= strip.right and strip.bottom <= y <= strip.top and at not in hits and at not in gone
        }
        return frozenset(hits), shifts

    def refuse(self, run: Run, doubt: NotUnderstoodError) -> None:
        """For text of unknown extent: harmless only where neither its row nor its column meets a box. Raises `doubt`
        elsewhere."""
        a, b, c, d, e, f = run.matrix
        size = max(abs(run.em) * max(abs(a), abs(b), abs(c), abs(d)), 1.0)
        diagonal = min(abs(a), abs(b)) > 1e-6 * max(abs(a), abs(b))
        for box in (*self.boxes, *(strip for strip, _ in self._strips)):
            in_row = box.bottom < f + 1.2 * size and f - size < box.top
            in_column = box.left < e + 1.2 * size and e - size < box.right
            if diagonal or in_row or in_column:
                raise doubt

    def over(self, matrix: Matrix) -> list[Box]:
        """The boxes over an image that is drawn with `matrix`."""
        box = box_bounds(matrix, UNIT)
        return [candidate for candidate in self._covered if candidate.intersects(box)]


def _is_of(run: Run, move: Move) -> bool:
    """Whether a run is of the line that moves, and does not run across it."""
    angle, size = run.direction
    return bool(move.takes(np.array([angle]), np.array([size]))[0])


def clipped(run: Run, shifts: dict[int, Point], clip: Box | None) -> list[tuple[Box, Box]]:
    """The glyphs that would move out of what they are clipped to, each with that."""
    if clip is None:
        return []
    boxes = [
        (run.box(part), shifts[at]) for at, part in enumerate(run.parts) if at in shifts and isinstance(part, Glyph)
    ]
    return [(box, clip) for box, shift in boxes if clip.contains(box) and not clip.contains(box.moved(*shift))]


def within(point: Point, boxes: Sequence[Box]) -> bool:
    """Whether a point lies in one of the boxes or on its edge."""
    x, y = point
    return any(
        box.left - EDGE_PT <= x <= box.right + EDGE_PT and box.bottom - EDGE_PT <= y <= box.top + EDGE_PT
        for box in boxes
    )
