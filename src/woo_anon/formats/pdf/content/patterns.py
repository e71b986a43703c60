"""Patterns and shadings, which are not followed: what they draw cannot be redacted, only seen to be harmless."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

DEEPEST_FORM = 24
TEXT = "pattern:text"  # the reason when a tile shows text
_SHOWS_TEXT = re.compile(rb"\bBT\b")


def shows_text(tile: Any, depth: int = 0) -> bool:
    """Whether a tile, or a form that it draws, shows text."""
    if not isinstance(tile, pikepdf.Stream) or str(tile.get("/Subtype", "")) == "/Image":
        return False
    forms = tile.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    return bool(_SHOWS_TEXT.search(tile.read_bytes())) or (
        depth < DEEPEST_FORM and any(shows_text(form, depth + 1) for _, form in forms.items())
    )


def may_draw_letters(pattern: Any) -> bool:
    """Whether a pattern can draw shapes as fine as letters: a tile, or a mesh."""
    return int(pattern.get("/PatternType", 1)) == 1 or is_mesh(pattern.get("/Shading"))


def is_mesh(shading: Any) -> bool:
    """Whether a shading is one of the kinds that can draw any shape (ISO 32000-2, 8.7.4.5.5 and further)."""
    return shading is not None and int(shading.get("/ShadingType", 4)) >= 4
