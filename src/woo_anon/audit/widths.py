"""Boxes as wide as the name that stood there.

          left                right            what fits between the neighbours, less a space on both sides,
    door ┤ ├███████████████┤ ├ van             is as wide as what was taken away
           gap of 61.3 pt

Finds boxes in a line of text whose width leaves few of a list of names, measured in the font of the neighbours
(Bland, Iyer, Levchenko: "Story Beyond the Eye: Glyph Positions Break PDF Text Redaction", 2022).

Leaves boxes that all have one width, or multiples of a step of 20 points or of three ems; boxes without text beside
them; shadings of table cells, bullets, rules, white panels, and boxes wider than nearly all of the names.

Known to miss: boxes that are part of an image or an annotation; boxes on a step beside which the text was not moved.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pypdfium2 import raw

from woo_anon.audit.drawing import Page
from woo_anon.audit.issue import Issue, Place
from woo_anon.audit.page_objects import Drawn
from woo_anon.audit.pixels import is_uniform
from woo_anon.geometry import Box

TOLERANCE_PT = 0.5
FEW = 0.05  # share of the candidates; a step of 25 pt leaves half of them, an exact width one in a hundred
STEPS_PT = (100.0, 50.0, 40.0, 30.0, 25.0, 20.0)
ON_STEP_PT = 0.3
STEP_EM, ON_STEP_EM = 3.0, 0.01  # one exact width in 150 is a multiple by chance
ENOUGH = 0.25  # of the boxes; the others are what their line had room for
SAME_PT = 0.3
NARROWEST_PT, LOWEST_PT, HIGHEST_PT = 15.0, 5.0, 40.0
NEAR_PT = 12.0  # how far the neighbouring text may stand
WHITE = 240

_SERIF = re.compile(rb"times|serif|roman|garamond|georgia|cambria", re.IGNORECASE)


@dataclass(frozen=True)
class Gap:
    """A box in a line of text: its page, its place, the width that the text may have had, the neighbour's type."""

    page: int
    box: Box
    width_pt: float
    font: Any  # PDFium's handle; valid as long as the document is open
    size: float


def find_gaps(page: Page, fonts: Fonts) -> Iterator[Gap]:
    """The boxes of a page that stand in a line of text, with what is known of the text that they replace."""
    for item in page.objects:
        if _is_box(item) and _is_dark(page, item) and not page.holds_other_than_label(item):
            gap = _gap(page, item, fonts)
            if gap is not None:
                yield gap


def find_telling_widths(gaps: Sequence[Gap], names: Sequence[str], fonts: Fonts) -> Iterator[Issue]:
    """The boxes of a document that leave few of `names`. Without names there is nothing to say."""
    if not names or is_quantised([gap.box.width for gap in gaps], [gap.size for gap in gaps]):
        return
    for gap in gaps:
        possible = fonts.widths(names, gap.font) * gap.size
        fits = int(np.count_nonzero(np.abs(possible - gap.width_pt) <= TOLERANCE_PT))
        shortest, longest = np.quantile(possible, [0.01, 0.99])
        if shortest <= gap.width_pt <= longest and fits <= FEW * len(names):
            detail = f"{gap.width_pt:.1f} pt fits {fits} of {len(names)} names"
            yield Issue("box-width", Place(gap.page, gap.box), detail=detail)


def is_quantised(widths: Sequence[float], sizes: Sequence[float]) -> bool:
    """Whether the widths of boxes tell next to nothing of what was there; `sizes` are those of the text beside them.

    They are all the same (three and more), or all multiples of a large step in points; or so many are multiples of a
    step in ems that it is no chance, and the others are what their line had room for.
    """
    if len(widths) >= 3 and max(widths) - min(widths) <= SAME_PT:
        return True
    if any(all(_is_multiple(width, step, ON_STEP_PT) for width in widths) for step in STEPS_PT):
        return True
    in_ems = [_is_multiple(width / size, STEP_EM, ON_STEP_EM) for width, size in zip(widths, sizes, strict=True)]
    return sum(in_ems) >= ENOUGH * len(in_ems)


def _is_multiple(width: float, step: float, tolerance: float) -> bool:
    return round(width / step) > 0 and abs(width - step * round(width / step)) <= tolerance


class Fonts:
    """Widths of names in the fonts of a document; letters that a font lacks are taken from a font of the same cut."""

    def __init__(self, document: Any) -> None:
        self._document = document.raw
        self._widths: dict[int, dict[str, float]] = {}
        self._standard: dict[bytes, Any] = {}

    def widths(self, names: Iterable[str], font: Any) -> Any:
        """The width of each name at a size of 1 pt."""
        names = list(names)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        known = self._widths.setdefault(key, {})
        new = {char for name in names for char in name} - known.keys()
        if new:
            known.update(self._measure(font, new))
        return np.array([sum(known[char] for char in name) for name in names])

    def _measure(self, font: Any, chars: set[str]) -> dict[str, float]:
        own = {char: _width(font, char) for char in chars}
        fallback = self._fallback(font)
        like = {char: _width(fallback, char) or 0.5 for char in chars}
        known = [char for char in chars if own[char] > 0]
        ratio = sum(own[char] for char in known) / sum(like[char] for char in known) if known else 1.0
        return {char: own[char] or ratio * like[char] for char in chars}

    def _fallback(self, font: Any) -> Any:
        name = b"Times-Roman" if _SERIF.search(_name(font)) else b"Helvetica"
        if name not in self._standard:
            self._standard[name] = raw.FPDFText_LoadStandardFont(self._document, name)
        return self._standard[name]


def _name(font: Any) -> bytes:
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(font, buffer, 128)
    return buffer.value


def _width(font: Any, char: str) -> float:
    width = ctypes.c_float()
    return width.value if raw.FPDFFont_GetGlyphWidth(font, ord(char), 1.0, width) else 0.0


def _is_box(item: Drawn) -> bool:
    left, bottom, right, top = item.bounds
    shaped = right - left >= NARROWEST_PT and LOWEST_PT <= top - bottom <= HIGHEST_PT
    return item.kind == raw.FPDF_PAGEOBJ_PATH and item.opaque and shaped


def _is_dark(page: Page, item: Drawn) -> bool:
    """Whether the box is seen and not white. Its edges are looked at, for a label may stand in its middle."""
    left, _, right, top = item.bounds
    edge = page.part(page.shown, (left + 0.5, top - 1.5, right - 0.5, top - 0.5))
    return is_uniform(edge) and int(np.median(edge)) < WHITE


def _gap(page: Page, item: Drawn, fonts: Fonts) -> Gap | None:
    left, right = _neighbour(page, item, -1), _neighbour(page, item, +1)
    beside = left if left is not None else right
    if beside is None:
        return None
    glyphs = page.glyphs
    owner = page.by_address.get(glyphs.owners[beside])
    size = float(glyphs.sizes[beside])
    height = item.bounds[3] - item.bounds[1]
    if owner is None or not 0.5 * size <= height <= 2.5 * size:
        return None
    font = raw.FPDFTextObj_GetFont(owner.handle)
    width = item.bounds[2] - item.bounds[0]
    if left is not None and right is not None:
        letter, space = fonts.widths([chr(glyphs.codes[left]), " "], font) * size
        width = float(glyphs.origins[right, 0] - glyphs.origins[left, 0] - letter - 2 * space)
    return Gap(page.number, Box(*item.bounds), width, font, size)


def _neighbour(page: Page, item: Drawn, side: int) -> int | None:
    """The nearest letter on the left (-1) or right (+1) whose base line runs through the box."""
    glyphs = page.glyphs
    if not len(glyphs):
        return None
    left, bottom, right, top = item.bounds
    in_line = (glyphs.origins[:, 1] > bottom - 1) & (glyphs.origins[:, 1] < top)
    distance = left - glyphs.boxes[:, 2] if side < 0 else glyphs.boxes[:, 0] - right
    inked = np.array([not chr(code).isspace() for code in glyphs.codes], dtype=bool)
    near = np.flatnonzero(in_line & inked & (distance > -1) & (distance < NEAR_PT))
    return int(near[distance[near].argmin()]) if len(near) else None
