"""Links follow the text that they belong to when it moves along its line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pikepdf import Array, Dictionary

from woo_anon.formats.pdf.boxes.move import Move
from woo_anon.geometry import Box


def move_links(page: Any, moves: Sequence[Move]) -> None:
    """Move the annotations of a page (a pikepdf dictionary) that lie over what moved; /Rect and /QuadPoints."""
    annotations = page.get("/Annots")
    for annotation in annotations if isinstance(annotations, Array) else ():
        if isinstance(annotation, Dictionary) and "/Rect" in annotation:
            for key in ("/Rect", "/QuadPoints"):
                if key in annotation:
                    annotation[key] = _moved(annotation[key], 4 if key == "/Rect" else 8, moves)


def _moved(numbers: Any, size: int, moves: Sequence[Move]) -> Array:
    values = [float(number) for number in numbers]
    groups = [values[at : at + size] for at in range(0, len(values), size)]
    return Array([number for group in groups for number in _moved_group(group, moves)])


def _moved_group(group: list[float], moves: Sequence[Move]) -> list[float]:
    """The corners of one rectangle or quadrilateral: x and y by turns."""
    xs, ys = group[::2], group[1::2]
    middle = Box((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    for move in moves:
        if move.strip is not None and move.strip.intersects(middle):
            right, up = move.shift
            return [round(number + (up if at % 2 else right), 2) for at, number in enumerate(group)]
    return group
