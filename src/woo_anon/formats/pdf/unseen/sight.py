"""Which text of a page no reader sees, by what PDFium draws.

    glyphs ─┬─► off the page, too small ─────────────────────────────────────────────────────► unseen
            └─► suspected (suspicion.py) ─► page looks the same without it? ─yes─► of a scan? ─no─┘
                          │ no                            │ no                         │ yes
                          └───────────────────────────────┴────────────► stays ◄───────┘

The page is drawn with and without the suspected texts, those that lie over one another in turn (layers.py). A glyph is
seen when its absence changes more than MOST_STRAY of the pixels in the box of its outline by SEEN grey levels or more.
That holds for every way of hiding at once: the colour of the ground, invisible mode, transparency, clipping, what lies
over it. A text that clips what follows goes on clipping when it is not drawn: its glyphs are seen where the page is not
of one colour.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.reading.glyphs import BLANKS, Glyphs, ink_boxes
from woo_anon.formats.pdf.unseen.layers import layers
from woo_anon.formats.pdf.unseen.scan_text import belongs_to_scan
from woo_anon.formats.pdf.unseen.scene import Scene, read_scene
from woo_anon.formats.pdf.unseen.suspicion import suspected
from woo_anon.formats.pdf.unseen.view import View, around, drawn, without
from woo_anon.geometry import Box

# Normal sight tells letters apart from a height of 5 minutes of arc (ISO 8596): 0.44 mm at 30 cm, the capitals of a
# 1.8 pt font. Under 1 pt nobody reads without enlarging, and a screen at 100 % has less than a pixel for a letter. The
# smallest print that is meant to be read has 4 pt.
SMALLEST_PT = 1.0
THINNEST_PT = 0.2  # mean advance of letters squeezed together; those of a 1 pt font have 0.5
SEEN = 10  # grey levels: #f5f5f5 on white, a contrast of 1.09 : 1
RIM_PT = 0.5  # around a glyph that clips: what fills its box, as a bar does, shows against what is beside it
MOST_STRAY = 0.03  # share of pixels that a neighbour's overhang may change; a slash changes 0.2 of its box, a stop all


def unseen_glyphs(page: Any, text_page: Any, glyphs: Glyphs, scene: Scene) -> Flags:
    """Which of `glyphs`, read from `text_page` (PDFium handle) of a pypdfium2 page with this scene, nobody sees.

    The text of a scan, which lies unseen at its image, does not count. Blanks count between letters that do.
    """
    area = Box(*page.get_bbox())
    letters = ~np.isin(glyphs.codes, BLANKS)
    unseen = letters & (_outside(glyphs.boxes, area) | _too_small(text_page, glyphs, letters))
    if not len(scene.handles):
        return unseen
    rows = rows_of(scene, glyphs.owners)
    unseen |= letters & (rows >= 0) & scene.flat[rows]
    due = np.flatnonzero(letters & ~unseen)
    due = due[suspected(scene, glyphs.take(due), rows[due]) | _reaches_out(glyphs.boxes[due], area)]
    if len(due):
        hidden = due[~seen(page, ink_boxes(text_page, glyphs.take(due)), scene, rows[due], _twins(scene, rows))]
        unseen[hidden[~belongs_to_scan(page, glyphs.take(hidden), scene)]] = True
    return unseen | _blanks_between(unseen, letters, glyphs.owners)


def painted(page: Any, glyphs: Glyphs, due: Flags) -> Flags:
    """Which of the `glyphs` that are `due` a pypdfium2 page shows itself: those of a scan lie unseen at its image."""
    scene, result = read_scene(page.raw), due.copy()
    rows = rows_of(scene, glyphs.owners)
    result[due] = seen(page, glyphs.boxes[due], scene, rows[due], _twins(scene, rows))
    return result


def rows_of(scene: Scene, owners: Ints) -> Ints:
    """The row of `scene` that each character comes from, -1 for none."""
    if not len(scene.handles):
        return np.full(len(owners), -1, dtype=np.int64)
    order = np.argsort(scene.handles, kind="stable")
    at = order[np.searchsorted(scene.handles, owners, sorter=order).clip(max=len(order) - 1)]
    return np.where(scene.handles[at] == owners, at, -1)


def _outside(boxes: Floats, area: Box) -> Flags:
    beside = (boxes[:, 0] >= area.right) | (boxes[:, 2] <= area.left)
    return beside | (boxes[:, 1] >= area.top) | (boxes[:, 3] <= area.bottom)


def _reaches_out(boxes: Floats, area: Box) -> Flags:
    beside = (boxes[:, 0] < area.left) | (boxes[:, 2] > area.right)
    return beside | (boxes[:, 1] < area.bottom) | (boxes[:, 3] > area.top)


def _too_small(text_page: Any, glyphs: Glyphs, letters: Flags) -> Flags:
    """Which letters are too small to be read, by their em and their outline (a Type 3 font's may be larger)."""
    sides = glyphs.boxes[:, 2:] - glyphs.boxes[:, :2]
    turned = glyphs.angles % 180 == 90
    along = np.where(turned, sides[:, 1], np.where(glyphs.angles % 180 == 0, sides[:, 0], sides.max(axis=1)))
    result = np.zeros(len(glyphs), dtype=np.bool_)
    due = np.flatnonzero(letters & ((glyphs.sizes < SMALLEST_PT) | (along < THINNEST_PT)))
    if not len(due):
        return result
    ink = ink_boxes(text_page, glyphs.take(due))
    high = (ink[:, 2:] - ink[:, :2]).max(axis=1) < SMALLEST_PT
    across = np.where(turned[due], ink[:, 3] - ink[:, 1], ink[:, 2] - ink[:, 0]) < THINNEST_PT
    result[due] = np.where(
        glyphs.sizes[due] < SMALLEST_PT, high, across & _squeezed(along, letters, glyphs.owners)[due]
    )
    return result


def squeezed(glyphs: Glyphs) -> Flags:
    """Which glyphs of a readable size are too thin to be read."""
    thin = (glyphs.boxes[:, 2:] - glyphs.boxes[:, :2]).min(axis=1) < THINNEST_PT
    result: Flags = thin & (glyphs.sizes >= SMALLEST_PT)
    return result


def _squeezed(along: Floats, letters: Flags, owners: Ints) -> Flags:
    """Which characters stand in a text whose letters advance too little, taken together: an accent alone advances
    nothing."""
    _, of_text = np.unique(owners, return_inverse=True)
    count = np.bincount(of_text, weights=letters)
    mean = np.bincount(of_text, weights=np.where(letters, along, 0.0)) / np.maximum(count, 1)
    result: Flags = ((mean < THINNEST_PT) & (count > 1))[of_text]
    return result


def seen(page: Any, boxes: Floats, scene: Scene, rows: Ints, twins: dict[int, list[int]]) -> Flags:
    """Which of the glyphs with these outline boxes, from these rows of the scene, change the page.

    `twins` are texts that go together with a row. Glyphs of unknown origin (row -1) count as seen.
    """
    result = rows < 0
    alone = ~np.isin(rows, list(twins))
    due = np.flatnonzero(~result & ~(alone & (scene.modes[rows] == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)))
    if not len(due):
        return result
    part = around(boxes[due], Box(*page.get_bbox()))
    with_texts = drawn(page, part)
    clips = scene.modes[rows[due]] >= pdfium.FPDF_TEXTRENDERMODE_FILL_CLIP
    result[due[clips]] = [_shows_through(with_texts, box) for box in boxes[due[clips]].tolist()]
    due = due[~clips]
    layer = layers(boxes[due], rows[due])
    for own in (due[layer == number] for number in np.unique(layer)):
        gone = {twin for row in set(rows[own].tolist()) for twin in (row, *twins.get(row, ()))}
        with without(scene.handles[sorted(gone)].tolist()):
            bare = drawn(page, part)
        changed = View(np.abs(with_texts.pixels - bare.pixels), with_texts.area)
        result[own] = [_changes(changed, box) for box in boxes[own].tolist()]
    return result


def _twins(scene: Scene, rows: Ints) -> dict[int, list[int]]:
    """The texts that PDFium does not list, for they repeat another at its place, by the row of that one."""
    texts = np.flatnonzero(scene.texts)
    listed = np.intersect1d(texts, rows)
    result: dict[int, list[int]] = {}
    for at in np.setdiff1d(texts, rows).tolist():
        low = np.maximum(scene.boxes[listed, :2], scene.boxes[at, :2])
        high = np.minimum(scene.boxes[listed, 2:], scene.boxes[at, 2:])
        for other in listed[(high > low).all(axis=1)].tolist():
            result.setdefault(other, []).append(at)
    return result


def _shows_through(page: View, box: list[float]) -> bool:
    """Whether something may be drawn through the glyph of a text that clips."""
    left, bottom, right, top = box
    pixels = page.pixels[page.window((left - RIM_PT, bottom - RIM_PT, right + RIM_PT, top + RIM_PT))]
    return bool(pixels.size and (pixels.max(axis=(0, 1)) - pixels.min(axis=(0, 1))).max() >= SEEN)


def _changes(changed: View, box: list[float]) -> bool:
    pixels = changed.pixels[changed.window(box)].max(axis=2, initial=0)
    return bool(np.count_nonzero(pixels >= SEEN) > MOST_STRAY * pixels.size)


def _blanks_between(unseen: Flags, letters: Flags, owners: Ints) -> Flags:
    """The blanks of texts of which no letter is seen."""
    _, of_text = np.unique(owners, return_inverse=True)
    left = np.bincount(of_text, weights=letters & ~unseen)
    gone = np.bincount(of_text, weights=unseen)
    result: Flags = ~letters & ((left == 0) & (gone > 0))[of_text]
    return result
