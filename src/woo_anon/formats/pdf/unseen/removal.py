"""Takes the text out that nobody sees: what the reader found, and the glyphs that the writer drops.

Reader and writer meet in the origin of a glyph, which both know:

    reader   PDFium's glyphs ─► sight.py ─► origins of the unseen ones ─► Page.unseen
    writer   a run of the content stream ─► which of its glyphs stand at these origins

What has no extent (size 0, scaled to nothing) PDFium does not list; the writer knows it by itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from math import floor, hypot, isnan, nan
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.document import Unseen
from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.content.interpreter import Glyph, Run
from woo_anon.formats.pdf.content.matrix import Point
from woo_anon.formats.pdf.reading.glyphs import BLANKS, Glyphs
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
    starts = np.full_like(glyphs.origins, np.nan)
    if unseen.any():
        unseen, doubt = _separable(glyphs, unseen, starts)
    if not unseen.any() and doubt is None:
        return unseen, Unseen() if _has_nothings(scene, rows) else None
    if (scene.modes[rows[unseen & (rows >= 0)]] >= pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP).any():
        doubt = CLIP  # what is drawn behind it shows through its letters
    inkless = (rows >= 0) & (scene.modes[rows] == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    if (unseen & squeezed(glyphs) & ~inkless).any():
        doubt = SQUEEZED  # nobody reads it, but it is a smear that everybody sees
    origins, begun = (array("d", each[unseen].tobytes()) for each in (glyphs.origins, starts))
    return unseen, Unseen(origins, begun, doubt=doubt)


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


def _separable(glyphs: Glyphs, unseen: Flags, starts: Floats) -> tuple[Flags, str | None]:
    """The unseen glyphs that can be told from all that is seen, and why others cannot be taken out.

    A letter that is seen at the same place tells all that the unseen one does: that one may stay. Another one there is
    told apart by where its text starts, as that of a cell that reaches under the next one; it is put into `starts`.
    """
    result, doubt = unseen.copy(), None
    begun = starts_of(glyphs)
    due = np.flatnonzero(unseen)[_share_cells(glyphs.origins[unseen], glyphs.origins[~unseen])]
    beside = np.flatnonzero(~unseen)[_share_cells(glyphs.origins[~unseen], glyphs.origins[due])]
    for at, near in _near_each(glyphs.origins, due, beside):
        here = near[np.abs(glyphs.origins[near] - glyphs.origins[at]).max(axis=1) < SAME_PLACE_PT]
        if ((glyphs.codes[here] == glyphs.codes[at]) | (glyphs.owners[here] == glyphs.owners[at])).any():
            result[at] = False
        elif (np.abs(begun[near] - begun[at]).max(axis=1) > CELL_PT).all():
            starts[at] = begun[at]
        elif len(here):
            result[at], doubt = False, OVERLAP
    return result, doubt


def starts_of(glyphs: Glyphs) -> Floats:
    """For each glyph the origin of the first of its text."""
    _, first, of_text = np.unique(glyphs.owners, return_index=True, return_inverse=True)
    starts: Floats = glyphs.origins[first][of_text]
    return starts


def _near_each(origins: Floats, some: Ints, others: Ints) -> Iterator[tuple[int, Ints]]:
    """Each of `some` with those of `others` that the writer may take for it, where there are any."""
    across = origins[others, 0]
    order = np.argsort(across, kind="stable")
    first, last = (np.searchsorted(across[order], origins[some, 0] + step) for step in (-CELL_PT, CELL_PT))
    for at, start, end in zip(some.tolist(), first.tolist(), last.tolist(), strict=True):
        column = others[order[start:end]]
        near = column[np.abs(origins[column, 1] - origins[at, 1]) < CELL_PT]
        if len(near):
            yield at, near


def _share_cells(some: Floats, others: Floats) -> Flags:
    """Which of some points lie in the cell of another one, or in one beside it."""
    cells = np.floor(others / CELL_PT).astype(np.int64)
    steps = np.array([(across, up) for across in (-1, 0, 1) for up in (-1, 0, 1)])
    around = (cells[:, None, :] + steps).reshape(-1, 2) @ _KEY
    return np.isin(np.floor(some / CELL_PT).astype(np.int64) @ _KEY, around)


_KEY = np.array([1 << 32, 1])  # makes one number of the column and the row of a cell


class Spots:
    """Origins of glyphs on a page, each with where its text starts or NaN, and whether another glyph is at one."""

    def __init__(self, points: Floats, starts: Floats) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Point, Point]]] = {}
        for (x, y), (u, v) in zip(points.tolist(), starts.tolist(), strict=True):
            self._cells.setdefault(_cell(x, y), []).append(((x, y), (u, v)))

    def holds(self, point: Point, start: Point, tolerance: float = SAME_PLACE_PT) -> bool:
        """Whether a glyph at `point`, in a text that starts at `start`, is at one of the places, to within `tolerance`
        (at most CELL_PT)."""
        if not self._cells:
            return False
        column, row = _cell(*point)
        return any(
            _near(point, place, tolerance) and (isnan(begun[0]) or _near(start, begun, CELL_PT / 2))
            for across in (column - 1, column, column + 1)
            for up in (row - 1, row, row + 1)
            for place, begun in self._cells.get((across, up), ())
        )


def _near(one: Point, other: Point, tolerance: float) -> bool:
    return abs(one[0] - other[0]) < tolerance and abs(one[1] - other[1]) < tolerance


def _cell(x: float, y: float) -> tuple[int, int]:
    return floor(x / CELL_PT), floor(y / CELL_PT)


def spots(unseen: Unseen | None) -> Spots:
    """The places of what is unseen."""
    if unseen is None:
        return NOWHERE
    return Spots(*(np.array(each).reshape(-1, 2) for each in (unseen.origins, unseen.starts)))


NOWHERE = Spots(np.zeros((0, 2)), np.zeros((0, 2)))


def at_spots(glyphs: Glyphs, places: Spots) -> Flags:
    """Which glyphs stand at one of `places`."""
    if places is NOWHERE:
        return np.zeros(len(glyphs), dtype=np.bool_)
    each = zip(glyphs.origins.tolist(), starts_of(glyphs).tolist(), strict=True)
    return np.array([places.holds((x, y), (u, v)) for (x, y), (u, v) in each], dtype=np.bool_)


def unseen_parts(run: Run, places: Spots) -> frozenset[int]:
    """The indices in `run.parts` of the glyphs at `places`, and of all when the run has no extent."""
    nothing = _is_nothing(run)
    if places is NOWHERE and not nothing:
        return frozenset()
    em = abs(run.em) * hypot(run.matrix[2], run.matrix[3])
    tolerance = min(max(SAME_PLACE_PT, SAME_PLACE_EM * em), CELL_PT)
    glyphs = [(at, part) for at, part in enumerate(run.parts) if isinstance(part, Glyph)]
    start = run.origin(glyphs[0][1]) if glyphs else (nan, nan)
    return frozenset(at for at, glyph in glyphs if nothing or places.holds(run.origin(glyph), start, tolerance))


def _is_nothing(run: Run) -> bool:
    """Whether an em of the run has no height or no width on the page."""
    a, b, c, d, _, _ = run.matrix
    return min(abs(run.em) * hypot(c, d), abs(run.em * run.scaling) * hypot(a, b)) < FLAT_PT
