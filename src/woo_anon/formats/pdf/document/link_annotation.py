"""Links: kept where they lead to something harmless and do not lie over anything redacted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from woo_anon.formats.pdf.document.destinations import Destinations
from woo_anon.formats.pdf.forms.widgets import rectangle
from woo_anon.geometry import Box

DESCRIPTION_GONE = "Koppeling"
INSIDE_PT = 1.0  # a link on the line above may touch a box with its edge; this far inside it is over it
_KEPT = {"/Type", "/Subtype", "/Rect", "/QuadPoints", "/Border", "/BS", "/C", "/H", "/F", "/StructParent"}
_DEEPEST = 1
_NUMBERS = ("/QuadPoints", "/Border", "/C")
_HIGHLIGHTS = {"/N", "/I", "/O", "/P"}
_BORDER_STYLES = {"/S", "/D", "/B", "/I", "/U"}


def clean_link(
    annotation: Any, boxes: Sequence[Box], names_somebody: Callable[[str], bool], destinations: Destinations
) -> bool:
    """Clean a link in place; `boxes` are those of its page. False when it may not stay."""
    if annotation.get("/Subtype") != "/Link" or _over(annotation, boxes):
        return False
    target, value = destinations.of(annotation)
    if value is None:
        return False
    description = str(annotation.get("/Contents", ""))
    for key in set(annotation.keys()) - _KEPT:
        del annotation[key]
    _clean_look(annotation)
    annotation[target] = value
    if description:
        annotation.Contents = String(DESCRIPTION_GONE if names_somebody(description) else description)
    return True


def _over(annotation: Any, boxes: Sequence[Box]) -> bool:
    areas = [_shrunk(area) for area in _areas(annotation)]
    return not areas or any(area.intersects(box) for area in areas for box in boxes)


def _areas(annotation: Any) -> list[Box]:
    """Where a link can be clicked: its quadrilaterals (of a link over several lines), else its rectangle."""
    whole = rectangle(annotation)
    numbers = annotation.get("/QuadPoints")
    if whole is None or not _are_numbers(numbers) or len(numbers) % 8 or not len(numbers):
        return [] if whole is None else [whole]
    points = [float(number) for number in numbers]
    quads = (points[at : at + 8] for at in range(0, len(points), 8))
    return [Box(min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])) for quad in quads]


def _shrunk(area: Box) -> Box:
    inset = min(INSIDE_PT, area.width / 3, area.height / 3)
    return Box(area.left + inset, area.bottom + inset, area.right - inset, area.top - inset)


def _clean_look(annotation: Any) -> None:
    """Border, colour and highlight without anything but numbers and names of the standard."""
    for key in _NUMBERS:
        if key in annotation and not _are_numbers(annotation[key]):
            del annotation[key]
    if "/H" in annotation and str(annotation.H) not in _HIGHLIGHTS:
        del annotation.H
    style = annotation.get("/BS")
    if style is not None:
        new = Dictionary(W=style.W) if isinstance(style, Dictionary) and _is_number(style.get("/W")) else Dictionary()
        if isinstance(style, Dictionary) and isinstance(style.get("/S"), Name) and str(style.S) in _BORDER_STYLES:
            new.S = style.S
        annotation.BS = new


def _are_numbers(value: Any, depth: int = 0) -> bool:
    """Whether it is a list of numbers and such lists: a border may hold one, a list that holds itself is none."""
    return (
        isinstance(value, Array)
        and depth <= _DEEPEST
        and all(_is_number(item) or _are_numbers(item, depth + 1) for item in value)
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal)
