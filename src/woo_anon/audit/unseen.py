"""Text that is on a page and cannot be seen.

Finds text under filled paths, images and annotations, whatever their colour; text in the colour of the box or paper
behind it; invisible ink (render mode 3) without a picture of the same words, and with one that is blacked out there;
text off the page, cut away, tiny, or on a layer that is switched off.

Leaves what is drawn before the text (table cells, backgrounds), what is transparent (highlights), text layers of scans,
single letters, fillers like XXXX, and scraps that recognition found on the bare paper of a scan.

Known to miss: text under other text at the same place, and under a pattern that lets parts of the letters through.
Takes for unseen what PDFium cannot draw: letters of a font that is not embedded and that this machine has not.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from pypdfium2 import raw

from woo_anon.audit.drawing import Boxes, Page
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.page_objects import Drawn
from woo_anon.audit.pixels import differs, ground, is_uniform
from woo_anon.audit.words import only_says_redacted
from woo_anon.geometry import Box

SEEN = 0.04  # share of a glyph's box that is ink; the leanest sign, a slash, has a fifth
COVERED = 0.8  # share of a glyph that something must cover
TINY_PT = 1.5
SCRAP = 4  # letters; recognition finds shorter ones in dirt
SCAN = 0.5  # share of the page that a picture fills
BESIDE_GROUND = 24  # of 255: a colour that differs more from the paper is a box

Group = tuple[str, int]  # code, and what keeps issues with the same code apart
SHOWN_IN_A_PICTURE: Group = ("", 0)
Bounds = tuple[float, float, float, float]


def find_unseen_text(page: Page) -> Iterator[Issue]:
    """The issues of one page: one per covering object, and one per kind for what nothing covers."""
    glyphs = page.glyphs
    lettered = np.array([chr(code).isalnum() for code in glyphs.codes], dtype=bool)
    if not lettered.any():
        return
    shown = page.shares(page.ink, glyphs.boxes) >= SEEN
    shown &= _is_on_page(page, glyphs.boxes)
    covers = _Covers(page)
    unseen = lettered & (~shown | _under_label(page, covers, shown))
    by_annotation = lettered & ~unseen & _under_annotation(page)
    cause = _Cause(page, covers)
    groups: dict[Group, list[int]] = defaultdict(list)
    for run in _runs(page, np.flatnonzero(unseen).tolist()):
        groups[cause.of(run)] += run
    for run in _runs(page, np.flatnonzero(by_annotation).tolist()):
        groups["text-under-annotation", run[0]] += run
    groups.pop(SHOWN_IN_A_PICTURE, None)
    for (code, _), run in groups.items():
        issue = _issue(page, code, run)
        if _says_something(issue.text):
            yield issue


def _issue(page: Page, code: str, run: list[int]) -> Issue:
    boxes = page.glyphs.boxes[run]
    left, bottom = boxes[:, :2].min(axis=0).tolist()
    right, top = boxes[:, 2:].max(axis=0).tolist()
    box = Box(left, bottom, max(right, left + 0.05), max(top, bottom + 0.05))
    return issue_with_text(code, Place(page.number, box), page.glyphs.text(run))


def _says_something(text: str) -> bool:
    signs = [char for char in text if char.isalnum()]
    return len(signs) > 1 and len(set(signs)) > 1 and not only_says_redacted(text)


def _is_on_page(page: Page, boxes: Boxes) -> npt.NDArray[np.bool_]:
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    edges = page.edges
    return np.asarray((x > edges.left) & (x < edges.right) & (y > edges.bottom) & (y < edges.top))


def _runs(page: Page, which: list[int]) -> Iterator[list[int]]:
    """Glyphs that follow each other closely on one line, together: they share their fate."""
    run: list[int] = []
    for at in which:
        if run and not _goes_on(page, run[-1], at):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _goes_on(page: Page, first: int, second: int) -> bool:
    glyphs = page.glyphs
    size = max(glyphs.sizes[first], 1.0)
    across, up = np.abs(glyphs.origins[second] - glyphs.origins[first])
    same = glyphs.owners[first] == glyphs.owners[second] or up < 0.5 * size
    return bool(second - first <= 3 and across < 3 * size and same and up < 2 * size)


class _Covers:
    """The opaque objects of a page that could hide text drawn before them."""

    def __init__(self, page: Page) -> None:
        opaque = [item for item in page.objects if item.opaque]
        self._items = opaque
        self._bounds = np.array([item.bounds for item in opaque], dtype=np.float64).reshape(-1, 4)
        self._turns = np.array([item.at for item in opaque], dtype=np.int64)

    def over(self, bounds: Bounds, turn: int) -> Drawn | None:
        """The last object drawn after `turn` that covers most of the bounds; None when there is none."""
        found = np.flatnonzero((self._turns > turn) & (self._shares(bounds) >= COVERED))
        return self._items[int(found[-1])] if len(found) else None

    def _shares(self, bounds: Bounds) -> npt.NDArray[np.float64]:
        left, bottom, right, top = bounds
        mine = self._bounds
        width = np.minimum(mine[:, 2], right) - np.maximum(mine[:, 0], left)
        height = np.minimum(mine[:, 3], top) - np.maximum(mine[:, 1], bottom)
        area = max((right - left) * (top - bottom), 1e-6)
        return np.asarray(width.clip(0) * height.clip(0) / area, dtype=np.float64)


def _under_label(page: Page, covers: _Covers, shown: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Glyphs whose place shows ink, but that of a label drawn later on the same box.

    What is suspected is taken away alone: where that changes nothing, it was not what one saw.
    """
    glyphs = page.glyphs
    turns = {address: item.at for address, item in page.by_address.items()}
    under = np.zeros(len(glyphs), dtype=bool)
    for at in np.flatnonzero(shown).tolist():
        turn = turns.get(glyphs.owners[at])
        under[at] = turn is not None and covers.over(tuple(glyphs.boxes[at]), turn) is not None
    if not under.any():
        return under
    suspects = {glyphs.owners[at] for at in np.flatnonzero(under).tolist()}
    ink = page.change([page.by_address[address] for address in suspects])
    return under & (page.shares(ink, glyphs.boxes) < SEEN)


def _under_annotation(page: Page) -> npt.NDArray[np.bool_]:
    """Glyphs that are seen on the page and not under its annotations."""
    if not differs(page.picture(annotations=True), page.shown).any():
        return np.zeros(len(page.glyphs), dtype=bool)
    ink = page.change(page.texts, annotations=True)
    return np.asarray(page.shares(ink, page.glyphs.boxes) < SEEN)


class _Cause:
    """Why a run of glyphs cannot be seen."""

    def __init__(self, page: Page, covers: _Covers) -> None:
        self._page = page
        self._covers = covers
        self._paper = ground(page.shown)
        self._on_scan = any(self._is_scan(item) for item in page.objects if item.kind == raw.FPDF_PAGEOBJ_IMAGE)

    def of(self, run: list[int]) -> Group:
        """Code and covering object; SHOWN_IN_A_PICTURE for the text layer of a scan."""
        glyphs, first = self._page.glyphs, run[0]
        owner = self._page.by_address.get(glyphs.owners[first])
        if owner is None or not _is_on_page(self._page, glyphs.boxes[[first]])[0]:
            return "text-off-page", 0
        bounds = _around(glyphs.boxes[run])
        cover = self._covers.over(_around(glyphs.boxes[[first]]), owner.at)
        if cover is not None and cover.kind == raw.FPDF_PAGEOBJ_PATH:
            return "text-under-box", cover.at
        if owner.layered:
            return "hidden-layer", 0
        if cover is None and _is_cut_away(owner, bounds):
            return "clipped-text", 0
        if cover is None and glyphs.sizes[first] < TINY_PT:
            return "tiny-text", 0
        return self._by_colour(owner, cover, bounds, run)

    def _by_colour(self, owner: Drawn, cover: Drawn | None, bounds: Bounds, run: list[int]) -> Group:
        place = self._page.part(self._page.shown, bounds)
        uniform = is_uniform(place)
        boxed = bool(np.abs(np.median(place.reshape(-1, 3), axis=0) - self._paper).max() > BESIDE_GROUND)
        invisible = raw.FPDFTextObj_GetTextRenderMode(owner.handle) in (3, 7) or self._is_scan(cover)
        if not uniform and (invisible or cover is not None):
            return SHOWN_IN_A_PICTURE
        if invisible and not boxed and self._on_scan and len(run) < SCRAP:
            return SHOWN_IN_A_PICTURE
        if invisible:
            return ("scan-text-under-box", run[0]) if boxed else ("invisible-text", 0)
        if cover is not None:
            return "text-under-image", cover.at
        return ("text-in-box-colour", run[0]) if boxed and uniform else ("text-in-ground-colour", 0)

    def _is_scan(self, cover: Drawn | None) -> bool:
        """Whether a picture fills the page: the text below it is that of a scan, and means to be invisible."""
        if cover is None:
            return False
        left, bottom, right, top = cover.bounds
        return (right - left) * (top - bottom) > SCAN * self._page.area


def _around(boxes: Boxes) -> Bounds:
    left, bottom = boxes[:, :2].min(axis=0).tolist()
    right, top = boxes[:, 2:].max(axis=0).tolist()
    return left, bottom, right, top


def _is_cut_away(owner: Drawn, bounds: Bounds) -> bool:
    """Whether the clipping path of a text object, as far as it is straight, leaves the bounds out."""
    path = raw.FPDFPageObj_GetClipPath(owner.handle)
    for at in range(max(raw.FPDFClipPath_CountPaths(path), 0) if path else 0):
        points = [_point(path, at, turn) for turn in range(max(raw.FPDFClipPath_CountPathSegments(path, at), 0))]
        if not points:
            return True
        across, up = zip(*points, strict=True)
        width = min(max(across), bounds[2]) - max(min(across), bounds[0])
        height = min(max(up), bounds[3]) - max(min(up), bounds[1])
        if width <= 0.2 * (bounds[2] - bounds[0]) or height <= 0.2 * (bounds[3] - bounds[1]):
            return True
    return False


def _point(path: object, at: int, turn: int) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, at, turn), x, y)
    return x.value, y.value
