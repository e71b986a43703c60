"""Boxes laid over a picture whose pixels are still below.

Finds filled paths that cover part of an image drawn before them, where the image shows something there. Narrow ones,
and all on a scan that fills the page, are leaks; large ones are a note, for title panels on photographs look alike.

A box with text on it that is no ground for a redaction is a panel: maps have a white one behind every name.

Leaves a box over one colour, a box that is burnt into the picture as well, and boxes that are drawn before the image or
let it shine through.

Known to miss: drawings (paths) under a box, and images under other images.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

from woo_anon.audit.drawing import Page
from woo_anon.audit.issue import Issue, Place
from woo_anon.audit.page_objects import Drawn
from woo_anon.audit.pixels import differs, is_uniform
from woo_anon.geometry import Box

THINNEST_PT = 4.0  # thinner ones are rules
NARROW_PT = 40.0  # two lines of text
EDGE_PT = 2.0
SCAN = 0.5  # share of the page that an image fills
MOST_BOXES = 20_000  # on one page: some seconds

Bounds = tuple[float, float, float, float]


def find_pictures_under_boxes(page: Page) -> Iterator[Issue]:
    """The issues of one page."""
    images = [item for item in page.objects if item.kind == raw.FPDF_PAGEOBJ_IMAGE]
    boxes = [box for box in page.objects if _is_box(box) and any(_lies_on(box, image) for image in images)]
    if len(boxes) > MOST_BOXES:
        yield Issue("not-checked", Place(page.number), detail=f"{len(boxes)} boxes over pictures")
    if not 0 < len(boxes) <= MOST_BOXES:
        return
    with_boxes = page.picture_without(page.texts)
    without = page.picture_without([*boxes, *page.texts])
    changed = differs(with_boxes, without)
    bounds = np.array([box.bounds for box in boxes])
    for turn, box in enumerate(boxes):
        if _lies_on_another(bounds[turn], bounds[:turn]):
            continue
        inside = _inner(box.bounds)
        if not is_uniform(page.part(with_boxes, inside)) or is_uniform(page.part(without, inside)):
            continue  # not a box of one colour, or nothing but one colour below it
        if page.part(changed, inside).any():
            yield Issue(_code(page, box, images), Place(page.number, Box(*box.bounds)))


def _lies_on_another(bounds: npt.NDArray[np.float64], before: npt.NDArray[np.float64]) -> bool:
    """Whether a box lies wholly on one that is drawn before it: that one hides the picture."""
    low, high = bounds[:2] >= before[:, :2], bounds[2:] <= before[:, 2:]
    return bool((low & high).all(axis=1).any())


def _code(page: Page, box: Drawn, images: list[Drawn]) -> str:
    """A leak for what looks like a redaction, a note for a panel."""
    narrow = box.bounds[3] - box.bounds[1] <= NARROW_PT
    on_scan = any(_lies_on(box, image) and _area(image.bounds) > SCAN * page.area for image in images)
    small = _area(box.bounds) < SCAN * page.area
    bare = not page.holds_other_than_label(box)
    return "picture-under-box" if small and bare and (narrow or on_scan) else "panel-over-picture"


def _inner(bounds: Bounds) -> Bounds:
    """Without the edges: where a box was burnt into the picture too, the two do not fit to the pixel."""
    left, bottom, right, top = bounds
    across, up = min(EDGE_PT, (right - left) / 4), min(EDGE_PT, (top - bottom) / 4)
    return left + across, bottom + up, right - across, top - up


def _is_box(item: Drawn) -> bool:
    left, bottom, right, top = item.bounds
    wide = right - left > THINNEST_PT and top - bottom > THINNEST_PT
    return item.kind == raw.FPDF_PAGEOBJ_PATH and item.opaque and wide


def _lies_on(box: Drawn, image: Drawn) -> bool:
    """Whether the image is drawn first and the box, or most of it, lies on it."""
    if image.at > box.at:
        return False
    width = min(box.bounds[2], image.bounds[2]) - max(box.bounds[0], image.bounds[0])
    height = min(box.bounds[3], image.bounds[3]) - max(box.bounds[1], image.bounds[1])
    return width > 0 and height > 0 and width * height > 0.5 * _area(box.bounds)


def _area(bounds: Bounds) -> float:
    return max((bounds[2] - bounds[0]) * (bounds[3] - bounds[1]), 1e-6)
