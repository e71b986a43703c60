"""Which of the resources that are listed a content stream uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

_CATEGORIES = {
    "Do": "/XObject",
    "gs": "/ExtGState",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "Tf": "/Font",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "sh": "/Shading",
    "BDC": "/Properties",
}
_DRAWING = "Do gs scn SCN Tf"
_DRAWN = {_CATEGORIES[operator] for operator in _DRAWING.split()}
_ALL = " ".join((*_CATEGORIES, "BI ID EI"))
_INLINE_IMAGE = pikepdf.ContentStreamInlineImage


def names_used(drawing: Any, operators: str = _ALL) -> set[tuple[str, str]]:
    """Category and name of all that a page or stream uses, listed or not.

    Raises PdfError, TypeError or ValueError for content that cannot be read.
    """
    names: set[tuple[str, str]] = set()
    for instruction in pikepdf.parse_content_stream(drawing, operators):
        if isinstance(instruction, _INLINE_IMAGE):
            space = instruction.iimage.obj.get("/ColorSpace")
            names |= {("/ColorSpace", str(space))} if isinstance(space, Name) else set()
        else:
            category = _CATEGORIES[str(instruction.operator)]
            names |= {(category, str(one)) for one in instruction.operands if isinstance(one, Name)}
    return names


def used(drawing: Any, resources: Any) -> Iterator[tuple[str, Any]]:
    """Category and dictionary or stream of the drawings, states and patterns in `resources` that a page or stream uses,
    in the order of their names.

    Fonts are left out that are no Type 3, where a stream can use nothing else. Of content that cannot be read, all
    that is listed counts as used.
    """
    for category, name in sorted(_names(drawing, resources)):
        resource = listed(resources, category).get(name)
        if isinstance(resource, Dictionary | pikepdf.Stream):
            yield category, resource


def _names(drawing: Any, resources: Any) -> set[tuple[str, str]]:
    all_names = {(kind, name) for kind in _DRAWN for name in listed(resources, kind)}
    if all(kind == "/Font" and not _is_type3(resources.Font[name]) for kind, name in all_names):
        return set()
    try:
        return names_used(drawing, _DRAWING)
    except (pikepdf.PdfError, TypeError, ValueError):
        return all_names


def _is_type3(font: Any) -> bool:
    return isinstance(font, Dictionary) and "/CharProcs" in font


def listed(resources: Any, category: str) -> Any:
    """What is listed under a category: a dictionary, empty when there is none."""
    entries = resources.get(category) if isinstance(resources, Dictionary) else None
    return entries if isinstance(entries, Dictionary) else Dictionary()
