"""Which of the resources that are listed a content stream uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

CATEGORIES = {"Do": "/XObject", "gs": "/ExtGState", "scn": "/Pattern", "SCN": "/Pattern", "Tf": "/Font"}
_OPERATORS = " ".join(CATEGORIES)


def used(drawing: Any, *places: Any) -> Iterator[tuple[str, Any]]:
    """Category and dictionary or stream of what a page or stream uses of the resource dictionaries `places`, the first
    one asked first.

    Fonts are left out that are no Type 3, where a stream can use nothing else. Of content that cannot be read, all
    that is listed counts as used.
    """
    for category, name in _names(drawing, places):
        resource = next((found for one in places if (found := _listed(one, category).get(name)) is not None), None)
        if isinstance(resource, Dictionary | pikepdf.Stream):
            yield category, resource


def _names(drawing: Any, places: tuple[Any, ...]) -> set[tuple[str, str]]:
    listed = {(kind, name) for one in places for kind in set(CATEGORIES.values()) for name in _listed(one, kind)}
    if all(kind == "/Font" and not _is_type3(name, places) for kind, name in listed):
        return set()
    try:
        instructions = pikepdf.parse_content_stream(drawing, _OPERATORS)
    except (pikepdf.PdfError, TypeError):
        return listed
    return {
        (CATEGORIES[str(instruction.operator)], str(operand))
        for instruction in instructions
        for operand in instruction.operands
        if isinstance(operand, Name)
    }


def _is_type3(name: str, places: tuple[Any, ...]) -> bool:
    fonts = (_listed(one, "/Font").get(name) for one in places)
    return any("/CharProcs" in font for font in fonts if isinstance(font, Dictionary))


def _listed(resources: Any, category: str) -> Any:
    entries = resources.get(category) if isinstance(resources, Dictionary) else None
    return entries if isinstance(entries, Dictionary) else Dictionary()
