"""Checks of a written PDF's pages, as PDFium shows them: characters, pixels, sizes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

from woo_anon.document import Box, Check, Document, Place, Redaction
from woo_anon.verify.pdf_unseen import check_unseen
from woo_anon.verify.strings import Gone, count, counting, plain
from woo_anon.verify.vocabulary import SPOKEN

FINER = 3  # at scale 1 a pixel is a point; at this scale the resolution is near that of pages made images
MOST_PIXELS = 40_000_000  # an A0 sheet at twice its points; larger pages are rendered coarser
EDGE_PT = 0.5  # a character whose middle is this near to the edge of a box is not inside it
CHANGED = 96  # a grey value that differs by more than this is another pixel, not another rounding
MOST_CHANGED = 40  # how many pixels may differ outside the boxes: a word of small text has more
CHANGED_COARSE = 24  # the same for the mean of a square of eight points: half of what a line of small text makes
MOST_CHANGED_COARSE = 3
GREY = 191  # the boxes' own grey, 0.75
INK_TOLERANCE = 0.2  # of moved text: its pixels fall otherwise, and a rule under it may belong to the page
INK_OF_A_LETTER = 6.0  # points² of black; a letter of 11 pt has some 10
UNIFORM = 80  # spread of grey values that JPEG may leave in an area of one colour

Boxes = Mapping[int, Sequence[tuple[Place, str]]]  # page number → boxes with their labels

Pixels = npt.NDArray[np.int16]
Middles = npt.NDArray[np.float64]


def check_pages(
    source: Path, data: bytes, document: Document, redactions: Sequence[Redaction], strings: Sequence[Gone]
) -> Iterator[Check]:
    """The checks of all pages. Raises PdfiumError for a file that PDFium cannot open."""
    boxes: dict[int, list[tuple[Place, str]]] = {}
    for redaction in redactions:
        for place in redaction.places:
            boxes.setdefault(place.page, []).append((place, redaction.decision.label))
    for page in document.pages:
        if page.unseen is not None:
            boxes.setdefault(page.number, [])  # the text that nobody saw is gone, so the page must look the same
    before, after = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument(data)
    try:
        same = _same_sizes(before, after)
        yield same
        if not same.passed:
            return
        yield _text(before, after, strings)
        yield _empty(after, boxes)
        yield check_unseen(after, document)
        yield from _pixels(before, after, boxes)
    finally:
        before.close()
        after.close()


def _same_sizes(before: Any, after: Any) -> Check:
    if len(before) != len(after):
        return Check("same-pages", False, f"{len(before)} pages became {len(after)}")
    wrong = [
        index + 1
        for index in range(len(before))
        if any(abs(a - b) > 0.05 for a, b in zip(before.get_page_size(index), after.get_page_size(index), strict=True))
    ]
    return Check("same-pages", not wrong, _pages(wrong))


def _pages(numbers: Sequence[int]) -> str:
    return f"pages {', '.join(map(str, numbers[:20]))}" if numbers else ""


def _text(before: Any, after: Any, strings: Sequence[Gone]) -> Check:
    """The text of all pages together holds no redacted string more often than it may."""
    text = _whole_text(after) if strings else ""
    was = cache(lambda: _whole_text(before))
    left = [s.number for s in strings if s.is_left(count(s.text, text), counting(s.text, was))]
    return Check("text-by-pdfium", not left, f"redactions {', '.join(map(str, left[:20]))}" if left else "")


def _whole_text(pdf: Any) -> str:
    pieces = []
    for page in pdf:
        text_page = page.get_textpage()
        pieces.append(text_page.get_text_range())
        text_page.close()
        page.close()
    return plain("\n".join(pieces))


def _empty(after: Any, boxes: Boxes) -> Check:
    """In a box stands nothing but its own label, or what it says to a screen reader (PDFium gives ActualText)."""
    wrong = [number for number, placed in boxes.items() if not _only_labels(after[number - 1], placed)]
    return Check("boxes-empty", not wrong, _pages(wrong))


def _only_labels(page: Any, placed: Sequence[tuple[Place, str]]) -> bool:
    text_page = page.get_textpage()
    middles = _middles(text_page)
    said = (
        (place.box, "".join(_visible(text_page.raw, at) for at in _inside(middles, place.box))) for place, _ in placed
    )
    only = all(not text or _is_label(text, box, placed) for box, text in said)
    text_page.close()
    return only


def _is_label(said: str, box: Box, placed: Sequence[tuple[Place, str]]) -> bool:
    said = SPOKEN.sub("", said)  # what a box says to a screen reader; PDFium gives it in place of the label
    labels = [label for other, label in placed if other.box.intersects(box)]
    for label in sorted(labels, key=len, reverse=True):
        said = said.replace("".join(label.split()), "", 1)
    return not said


def _middles(text_page: Any) -> Middles:
    """The middle of every character (n×2): of its box along the line, a little under the middle across."""
    characters = text_page.count_chars()
    if not characters:
        return np.empty((0, 2))
    boxes = (raw.FS_RECTF * characters)()
    for index in range(characters):
        raw.FPDFText_GetLooseCharBox(text_page.raw, index, boxes[index])
    left, top, right, bottom = np.frombuffer(boxes, dtype=np.float32).astype(np.float64).reshape(-1, 4).T
    return np.stack([(left + right) / 2, bottom + 0.45 * (top - bottom)], axis=1)


def _inside(middles: Middles, box: Box) -> npt.NDArray[np.intp]:
    """The numbers of the characters that stand in a box."""
    x, y = middles[:, 0], middles[:, 1]
    beside = (x <= box.left + EDGE_PT) | (x >= box.right - EDGE_PT)
    beside |= (y <= box.bottom + EDGE_PT) | (y >= box.top - EDGE_PT)
    return np.flatnonzero(~beside)


def _visible(handle: Any, index: int) -> str:
    """The character; nothing for one that PDFium made up, or that shows nothing."""
    character = chr(raw.FPDFText_GetUnicode(handle, index))
    shows = character.isprintable() and not character.isspace() and raw.FPDFText_IsGenerated(handle, index) != 1
    return character if shows else ""


def _pixels(before: Any, after: Any, boxes: Boxes) -> Iterator[Check]:
    outside, faded, unseen, under = [], [], [], []
    for number, placed in boxes.items():
        old, new = before[number - 1], after[number - 1]
        if _changed_outside(old, new, [box for place, _ in placed for box in _affected(place)]):
            outside.append(number)
        if not _all_moved(old, new, [place for place, _ in placed]):
            faded.append(number)
        pixels = _rendered(new)
        if not all(_covered(new, pixels, place.box) for place, _ in placed):
            unseen.append(number)
        if not _images_blank(new, [place.area for place, _ in placed]):
            under.append(number)
    yield Check("same-outside-the-boxes", not outside, _pages(outside))
    yield Check("moved-text-as-before", not faded, _pages(faded))
    yield Check("boxes-visible", not unseen, _pages(unseen))
    yield Check("image-pixels-blank", not under, _pages(under))


def _affected(place: Place) -> Iterator[Box]:
    """What looks different afterwards: where text was, where the box stands, where the rest of the line was and is."""
    yield place.area
    yield place.box
    if place.rest is not None:
        yield place.rest
        yield place.rest.moved(*place.shift)


def _all_moved(old: Any, new: Any, places: Sequence[Place]) -> bool:
    """Whether text that moved is drawn as dark as it was, to within a fifth: none of it clipped, covered or lost."""
    moved = [place for place in places if place.rest is not None and place.shift != (0.0, 0.0)]
    if not moved:
        return True
    before, after = _rendered(old, FINER), _rendered(new, FINER)
    return all(_same_ink(old, before, after, place) for place in moved)


def _same_ink(page: Any, before: Pixels, after: Pixels, place: Place) -> bool:
    assert place.rest is not None
    core = _core(place.rest, place.shift)
    was = _ink(page, before, core)
    now = _ink(page, after, core.moved(*place.shift))
    return abs(was - now) <= INK_TOLERANCE * max(was, now) + INK_OF_A_LETTER


def _core(line: Box, shift: tuple[float, float]) -> Box:
    """The middle half of a line that moves along itself: what hangs into it from other lines is left out."""
    across, up = (0.0, line.height / 4) if shift[0] else (line.width / 4, 0.0)
    return Box(line.left + across, line.bottom + up, line.right - across, line.top - up)


def _ink(page: Any, pixels: Pixels, box: Box) -> float:
    """How much an area differs from its commonest grey, in points² of black."""
    left, upper, right, lower = _pixel_box(page, box, pixels.shape, 0)
    area = pixels[upper:lower, left:right]
    if not area.size:
        return 0.0
    ground = np.bincount(area.ravel(), minlength=256).argmax()
    return float(np.abs(area - ground).sum()) / 255 / FINER**2


def _rendered(page: Any, scale: int = 1) -> Pixels:
    """Grey values of the page before its rotation."""
    turn = (360 - page.get_rotation()) % 360
    width, height = page.get_size()
    fitting = min(scale, math.sqrt(MOST_PIXELS / max(width * height, 1)))
    bitmap = page.render(scale=fitting, rotation=turn, grayscale=True, draw_annots=False, may_draw_forms=False)
    pixels: Pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0].astype(np.int16)
    return pixels


def _changed_outside(old: Any, new: Any, boxes: Sequence[Box]) -> bool:
    first, second = _compared(old, new, boxes, 1)
    if first.shape != second.shape:
        return True
    if np.count_nonzero(np.abs(first - second) > CHANGED) <= MOST_CHANGED:
        return False
    # The letters of a page that became an image have other edges: seen finer, what matters is how dark each part is.
    first, second = _compared(old, new, boxes, FINER)
    changed = np.count_nonzero(np.abs(_coarse(first) - _coarse(second)) > CHANGED_COARSE)
    return bool(changed > MOST_CHANGED_COARSE)


def _compared(old: Any, new: Any, boxes: Sequence[Box], scale: int) -> tuple[Pixels, Pixels]:
    """Both pages in grey, black where the boxes are."""
    pages = _rendered(old, scale), _rendered(new, scale)
    for pixels in pages:
        for box in boxes:
            left, upper, right, lower = _pixel_box(old, box, pixels.shape, 2 * scale)
            pixels[upper:lower, left:right] = 0
    return pages


def _coarse(pixels: Pixels) -> npt.NDArray[np.float64]:
    """Mean grey value of every square of eight points."""
    side = 8 * FINER
    height, width = (size // side for size in pixels.shape)
    squares = pixels[: height * side, : width * side].reshape(height, side, width, side)
    means: npt.NDArray[np.float64] = squares.mean(axis=(1, 3))
    return means


def _pixel_box(page: Any, box: Box, shape: tuple[int, ...], grown: int) -> tuple[int, int, int, int]:
    """Columns and rows of a box in the rendered page: left, upper row, right, lower row."""
    x, y, right, top = page.get_bbox()
    across, down = shape[1] / (right - x), shape[0] / (top - y)
    return (
        max(int((box.left - x) * across) - grown, 0),
        max(int((top - box.top) * down) - grown, 0),
        max(int(np.ceil((box.right - x) * across)) + grown, 0),
        max(int(np.ceil((top - box.bottom) * down)) + grown, 0),
    )


def _covered(page: Any, pixels: Pixels, box: Box) -> bool:
    """Whether the box is drawn: half of what is seen of it, within its edges, has its grey."""
    left, upper, right, lower = _pixel_box(page, box, pixels.shape, 0)
    area = pixels[upper + 1 : max(lower - 1, 0), left + 1 : max(right - 1, 0)]
    return min(area.shape) < 3 or area.size < 12 or bool((np.abs(area - GREY) < 40).mean() > 0.5)


def _images_blank(page: Any, boxes: Sequence[Box]) -> bool:
    """Whether the pixels of images under the boxes are of one colour, whatever is drawn over them."""
    for found in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=1):
        left, bottom, right, top = found.get_bounds()
        area = Box(left, bottom, right, top)
        over = [box for box in boxes if box.intersects(area)]
        a, b, c, d, *_ = found.get_matrix().get()
        if not over or abs(b) + abs(c) > 1e-3 * (abs(a) + abs(d)):
            continue
        picture = found.get_bitmap(render=False).to_numpy()
        picture = picture.reshape(picture.shape[0], picture.shape[1], -1)
        if not all(_one_colour(picture, area, box, mirrored=(a < 0, d < 0)) for box in over):
            return False
    return True


def _one_colour(picture: npt.NDArray[np.uint8], area: Box, box: Box, *, mirrored: tuple[bool, bool]) -> bool:
    height, width = picture.shape[:2]
    across, down = width / area.width, height / area.height
    columns = sorted(((box.left - area.left) * across, (box.right - area.left) * across))
    rows = sorted(((area.top - box.top) * down, (area.top - box.bottom) * down))
    columns = [width - x for x in reversed(columns)] if mirrored[0] else columns
    rows = [height - y for y in reversed(rows)] if mirrored[1] else rows
    margin = 2  # JPEG blurs over an edge
    part = picture[
        max(int(rows[0]) + margin, 0) : max(int(rows[1]) - margin, 0),
        max(int(columns[0]) + margin, 0) : max(int(columns[1]) - margin, 0),
        :3,
    ]
    return part.size == 0 or bool((part.max(axis=(0, 1)).astype(int) - part.min(axis=(0, 1))).max() <= UNIFORM)
