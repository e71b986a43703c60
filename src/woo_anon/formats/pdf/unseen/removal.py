"""Takes the text out that nobody sees: what the reader found, and the glyphs that the writer drops.

Reader and writer meet in the origin of a glyph, which both know:

    reader   PDFium's glyphs ─► sight.py ─► origins of the unseen ones ─► Page.unseen
    writer   a run of the content stream ─► which of its glyphs stand at these origins

What has no extent (size 0, scaled to nothing) PDFium does not list; the writer knows it by itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from math import floor, hypot
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.document import Unseen
from woo_anon.formats.pdf.content.interpreter import Glyph, Run
from woo_anon.formats.pdf.content.matrix import Point
from woo_anon.formats.pdf.reading.glyphs import BLANKS, Flags, Floats, Glyphs, Ints
from woo_anon.formats.pdf.unseen.scene import FLAT_PT, Scene
from woo_anon.formats.pdf.unseen.sight import rows_of, squeezed, unseen_glyphs

SAME_PLACE_PT = 0.3
SAME_PLACE_EM = 0.06  # PDFium cuts widths to whole thousandths of the em: over a line of a hundred letters that adds up
CELL_PT = 1.0  # no place is further off than this
OVERLAP = "hidden:overlap"
CLIP = "hidden:clip"
SQUEEZED = "hidden:squeezed"


def find_unseen(page: Any, text_page: Any, glyphs: Glyphs, scene: Scene) -> tuple[Flags, Unseen | None]:
    """Which glyphs of a pypdfium2 page with this PDFium text page and scene nobody sees, and the same for the writer.

    The second is None when the writer has nothing to take out.
    """
    rows = rows_of(scene, glyphs.owners)
    unseen, doubt = unseen_glyphs(page, text_page, glyphs, scene), None
    if unseen.any():
        unseen, doubt = _separable(glyphs, unseen)
    if not unseen.any() and doubt is None:
        return unseen, Unseen() if _has_nothings(scene, rows) else None
    if (scene.modes[rows[unseen & (rows >= 0)]] >= pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP).any():
        doubt = CLIP  # what is drawn behind it shows through its letters
    if (unseen & squeezed(glyphs)).any():
        doubt = SQUEEZED  # nobody reads it, but it is a smear that everybody sees
    return unseen, Unseen(array("d", glyphs.origins[unseen].tobytes()), doubt)


def of_seen_words(glyphs: Glyphs, hidden: Flags) -> Flags:
    """Which of the `hidden` glyphs belong to a word of which another letter, of the same text object, is seen. Letters
    that are hidden by themselves between those of a name are to part it."""
    if not hidden.any() or hidden.all():
        return np.zeros(len(hidden), dtype=np.bool_)
    blank = np.isin(glyphs.codes, BLANKS)
    apart = blank[1:] | blank[:-1] | (glyphs.owners[1:] != glyphs.owners[:-1])
    words = np.concatenate([[0], np.cumsum(apart)])
    seen = np.bincount(words, weights=~hidden & ~blank) > 0
    result: Flags = hidden & ~blank & seen[words]
    return result


def _has_nothings(scene: Scene, rows: Ints) -> bool:
    """Whether the page has texts that PDFium does not list, for they have no extent."""
    unlisted = scene.flat.copy()
    unlisted[rows[rows >= 0]] = False
    return bool(unlisted.any())


def _separable(glyphs: Glyphs, unseen: Flags) -> tuple[Flags, str | None]:
    """The unseen glyphs that stand apart from all that is seen, and why others cannot be taken out.

    A letter that is seen at the same place tells all that the unseen one does: that one may stay.
    """
    result, doubt = unseen.copy(), None
    due = np.flatnonzero(unseen)[_share_cells(glyphs.origins[unseen], glyphs.origins[~unseen])]
    beside = np.flatnonzero(~unseen)[_share_cells(glyphs.origins[~unseen], glyphs.origins[due])]
    for at, near in _at_one_place(glyphs.origins, due, beside):
        result[at] = False
        if not ((glyphs.codes[near] == glyphs.codes[at]) | (glyphs.owners[near] == glyphs.owners[at])).any():
            doubt = OVERLAP
    return result, doubt


def _at_one_place(origins: Floats, some: Ints, others: Ints) -> Iterator[tuple[int, Ints]]:
    """Each of `some` with those of `others` at its place, where there are any."""
    across = origins[others, 0]
    order = np.argsort(across, kind="stable")
    first, last = (np.searchsorted(across[order], origins[some, 0] + step) for step in (-SAME_PLACE_PT, SAME_PLACE_PT))
    for at, start, end in zip(some.tolist(), first.tolist(), last.tolist(), strict=True):
        column = others[order[start:end]]
        near = column[np.abs(origins[column, 1] - origins[at, 1]) < SAME_PLACE_PT]
        if len(near):
            yield at, near


def _share_cells(some: Floats, others: Floats) -> Flags:
    """Which of some points lie in the cell of another one, or in one beside it."""
    cells = np.floor(others / SAME_PLACE_PT).astype(np.int64)
    steps = np.array([(across, up) for across in (-1, 0, 1) for up in (-1, 0, 1)])
    around = (cells[:, None, :] + steps).reshape(-1, 2) @ _KEY
    return np.isin(np.floor(some / SAME_PLACE_PT).astype(np.int64) @ _KEY, around)


_KEY = np.array([1 << 32, 1])  # makes one number of the column and the row of a cell


class Spots:
    """Points on a page, and whether another is at one of them."""

    def __init__(self, points: Floats) -> None:
        self._cells: dict[tuple[int, int], list[Point]] = {}
        for x, y in points.tolist():
            self._cells.setdefault(_cell(x, y), []).append((x, y))

    def holds(self, point: Point, tolerance: float = SAME_PLACE_PT) -> bool:
        """Whether `point` is as good as one of the points, to within `tolerance` (at most CELL_PT)."""
        if not self._cells:
            return False
        x, y = point
        column, row = _cell(x, y)
        return any(
            abs(x - u) < tolerance and abs(y - v) < tolerance
            for across in (column - 1, column, column + 1)
            for up in (row - 1, row, row + 1)
            for u, v in self._cells.get((across, up), ())
        )


def _cell(x: float, y: float) -> tuple[int, int]:
    return floor(x / CELL_PT), floor(y / CELL_PT)


def spots(unseen: Unseen | None) -> Spots:
    """The places of what is unseen."""
    return Spots(np.array(unseen.origins).reshape(-1, 2)) if unseen is not None else NOWHERE


NOWHERE = Spots(np.zeros((0, 2)))


def at_spots(glyphs: Glyphs, places: Spots) -> Flags:
    """Which glyphs stand at one of `places`."""
    if places is NOWHERE:
        return np.zeros(len(glyphs), dtype=np.bool_)
    return np.array([places.holds((x, y)) for x, y in glyphs.origins.tolist()], dtype=np.bool_)


def unseen_parts(run: Run, places: Spots) -> frozenset[int]:
    """The indices in `run.parts` of the glyphs at `places`, and of all when the run has no extent."""
    nothing = _is_nothing(run)
    if places is NOWHERE and not nothing:
        return frozenset()
    em = abs(run.em) * hypot(run.matrix[2], run.matrix[3])
    tolerance = min(max(SAME_PLACE_PT, SAME_PLACE_EM * em), CELL_PT)
    return frozenset(
        at
        for at, part in enumerate(run.parts)
        if isinstance(part, Glyph) and (nothing or places.holds(run.origin(part), tolerance))
    )


def _is_nothing(run: Run) -> bool:
    """Whether an em of the run has no height or no width on the page."""
    a, b, c, d, _, _ = run.matrix
    return min(abs(run.em) * hypot(c, d), abs(run.em * run.scaling) * hypot(a, b)) < FLAT_PT
