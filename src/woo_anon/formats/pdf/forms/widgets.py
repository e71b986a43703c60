"""Widgets: the annotations by which form fields are shown (ISO 32000-2, 12.5.6.19)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from woo_anon.geometry import Box

DEEPEST_FIELD = 32
UNSEEN = 1 << 1 | 1 << 5  # annotation flags Hidden and NoView (ISO 32000-2, table 167)


def widgets(page: pikepdf.Page) -> list[Any]:
    """The widget annotations of a page, in the order in which they are drawn."""
    annotations = page.obj.get("/Annots")
    return [one for one in annotations if is_widget(one)] if isinstance(annotations, Array) else []


def has_widgets(pdf: pikepdf.Pdf) -> bool:
    """Whether some page shows form fields."""
    return any(widgets(page) for page in pdf.pages)


def is_widget(annotation: Any) -> bool:
    """Whether an annotation shows a form field."""
    return isinstance(annotation, Dictionary) and annotation.get("/Subtype") == "/Widget"


def rectangle(annotation: Any) -> Box | None:
    """Where an annotation stands, in points in user space; None when it does not say so."""
    corners = annotation.get("/Rect")
    if not isinstance(corners, Array) or len(corners) != 4:
        return None
    if not all(isinstance(number, int | float | Decimal) for number in corners):
        return None
    x1, y1, x2, y2 = (float(number) for number in corners)
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def field_value(field: Any, key: str) -> Any:
    """A value that fields take over from those above them; None when none of them has it."""
    for _ in range(DEEPEST_FIELD):
        if not isinstance(field, Dictionary):
            break
        if key in field:
            return field[key]
        field = field.get("/Parent")
    return None
