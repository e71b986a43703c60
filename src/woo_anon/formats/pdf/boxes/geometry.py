"""Compares a rewritten page with what PDFium saw before: nothing left in the boxes, all else where it should be.

Our interpreter and PDFium can disagree: broken widths, odd encodings, errors in a file that each repairs in another
way. Every such disagreement near a box shows here, and the page becomes an image.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.content.interpreter import CORE_MIDDLE_EM
from woo_anon.formats.pdf.reading.glyphs import BLANKS, Glyphs, read_glyphs
from woo_anon.formats.pdf.reading.spoken import read_glyphs_not_marks
from woo_anon.geometry import Box

TOLERANCE_EM = 0.08  # PDFium cuts widths to whole thousandths of the em, which adds up over a line of ninety letters
TOLERANCE_PT = 0.3
EDGE_PT = 0.5  # this near to a box's edge PDFium's and our idea of a glyph's middle may differ


class Moved(Protocol):
    """What the comparison asks of a move: the box that is drawn, what moves, and how far."""

    @property
    def box(self) -> Box: ...

    @property
    def strip(self) -> Box | None: ...

    @property
    def shift(self) -> tuple[float, float]: ...

    def takes(self, angles: Ints, sizes: Floats) -> Flags: ...


def glyphs_of(page: Any) -> Glyphs:
    """The drawn characters of a pypdfium2 page, for their places; its marks with an /ActualText are taken away."""
    read_glyphs_not_marks(page.raw)
    text_page = pdfium.FPDFText_LoadPage(page.raw)
    try:
        return read_glyphs(text_page, for_text=False)
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def cores(glyphs: Glyphs) -> Floats:
    """The middle of every glyph's core: half its advance along the text, 0.275 em above the base line; n×2."""
    turn = np.radians(glyphs.angles)
    along = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    up = np.stack([-along[:, 1], along[:, 0]], axis=1)
    middles = np.stack([glyphs.boxes[:, [0, 2]].mean(axis=1), glyphs.boxes[:, [1, 3]].mean(axis=1)], axis=1)
    half = ((middles - glyphs.origins) * along).sum(axis=1, keepdims=True)
    result: Floats = glyphs.origins + along * half + up * (CORE_MIDDLE_EM * glyphs.sizes[:, None])
    return result


def inside(points: Floats, boxes: Sequence[Box], slack: float) -> Flags:
    """Which points lie in some box grown by `slack` points (shrunk when negative)."""
    found = np.zeros(len(points), dtype=np.bool_)
    for box in boxes:
        found |= (
            (points[:, 0] > box.left - slack)
            & (points[:, 0] < box.right + slack)
            & (points[:, 1] > box.bottom - slack)
            & (points[:, 1] < box.top + slack)
        )
    return found


def disagreement(
    before: Glyphs, after: Glyphs, boxes: Sequence[Box], moves: Sequence[Moved] = (), *, all_stays: bool = True
) -> str | None:
    """Why the rewritten page is not what it should be, as a code; None when it is. Spaces do not count.

    `boxes` were emptied; what lay in the strip of a move stands where its shift takes it. Without `all_stays` text
    outside the boxes may be gone (a hidden layer was removed).
    """
    before, after = (glyphs.take(~np.isin(glyphs.codes, BLANKS)) for glyphs in (before, after))
    if _left(after, boxes, moves):
        return "geometry:left"
    if not all_stays:
        return None
    middles = cores(before)
    surely, perhaps = (inside(middles, boxes, slack) for slack in (-EDGE_PT, EDGE_PT))
    staying = _moved(before, middles, moves).take(~perhaps)
    if len(after) < len(staying):
        return "geometry:lost"
    if len(after) > len(before) - np.count_nonzero(surely):
        return "geometry:left"
    if len(after) == len(staying) and (after.codes == staying.codes).all():
        moved = np.abs(after.origins - staying.origins).max(axis=1)
        if not (moved > _tolerance(staying)).any():
            return None
    # PDFium may list them in another order, as it does in text from right to left.
    return None if _all_found(staying, after) else "geometry:moved"


def _left(after: Glyphs, boxes: Sequence[Box], moves: Sequence[Moved]) -> bool:
    """Whether a glyph stands where a box is drawn; what runs across a line that moved may."""
    if not moves:
        return bool(inside(cores(after), boxes, -EDGE_PT).any())
    middles = cores(after)
    return any((inside(middles, (move.box,), -EDGE_PT) & move.takes(after.angles, after.sizes)).any() for move in moves)


def _moved(glyphs: Glyphs, middles: Floats, moves: Sequence[Moved]) -> Glyphs:
    """The glyphs with the origins that they should have."""
    origins = glyphs.origins.copy()
    for move in moves:
        if move.strip is not None:
            origins[inside(middles, (move.strip,), 0.01) & move.takes(glyphs.angles, glyphs.sizes)] += move.shift
    return replace(glyphs, origins=origins)


def _tolerance(glyphs: Glyphs) -> Floats:
    """How far each glyph may stand from where it is expected, in points."""
    return np.maximum(TOLERANCE_PT, TOLERANCE_EM * glyphs.sizes)


def _all_found(staying: Glyphs, there: Glyphs) -> bool:
    """Whether every staying glyph is found again, in whatever order."""
    for code, origin, tolerance in zip(staying.codes, staying.origins, _tolerance(staying), strict=True):
        near = np.abs(there.origins - origin).max(axis=1) < tolerance
        if not (near & (there.codes == code)).any():
            return False
    return True
