"""Comb fields: boxes for one letter each, as for a postal code or a citizen service number.

│ 1 │ 1 │ 1 │ 2 │ 2 │     read as  11122  and not as  1  1  1  2  2
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pikepdf

from woo_anon.formats.pdf.forms.widgets import field_value, rectangle, widgets
from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.geometry import Box

COMB = 1 << 24  # field flag (ISO 32000-2, table 231)

Combs = Mapping[int, Sequence[Box]]  # page index → where its comb fields stand


def comb_fields(pdf: pikepdf.Pdf) -> Combs:
    """The rectangles of all comb fields, by page index from 0, in points in user space."""
    found: dict[int, list[Box]] = {}
    for index, page in enumerate(pdf.pages):
        for widget in widgets(page):
            flags, place = field_value(widget, "/Ff"), rectangle(widget)
            if place and isinstance(flags, int) and flags & COMB and field_value(widget, "/FT") == "/Tx":
                found.setdefault(index, []).append(place)
    return found


def joined(glyphs: Glyphs, combs: Sequence[Box]) -> Glyphs:
    """The glyphs, where each in a comb reaches as far as that in the next cell, so that no gap is taken for a space; an
    empty cell is one."""
    advances = glyphs.advances.copy()
    middles = np.stack([glyphs.boxes[:, [0, 2]].mean(axis=1), glyphs.boxes[:, [1, 3]].mean(axis=1)], axis=1)
    x, y = middles.T
    for comb in combs:
        inside = np.flatnonzero((x > comb.left) & (x < comb.right) & (y > comb.bottom) & (y < comb.top))
        if len(inside) < 2:
            continue
        turn = np.radians(glyphs.angles[inside[0]])
        along = np.array([np.cos(turn), np.sin(turn)])
        inside = inside[np.argsort(middles[inside] @ along, kind="stable")]
        cells = np.diff(middles[inside] @ along)
        adjacent = cells < 1.5 * cells.min()
        advances[inside[:-1][adjacent]] = np.diff(glyphs.origins[inside] @ along)[adjacent]
    return replace(glyphs, advances=advances)
