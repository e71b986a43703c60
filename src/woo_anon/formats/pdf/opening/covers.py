"""Comments that hide text or pictures: without them, and none stays, everybody could see what somebody had blacked out.

A rectangle, a stamp or a thick line over something is no redaction, but somebody may have meant it as one; a mark for
redaction (/Redact) that was never applied was surely meant so. Such a page is not for a program to publish, unless it
is told to apply the marks (`pdf/marks`), which then are gone before this looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from woo_anon.errors import RefusedError
from woo_anon.formats.pdf.arrays import Floats, Pixels
from woo_anon.formats.pdf.boxes.geometry import glyphs_of
from woo_anon.formats.pdf.forms.widgets import UNSEEN, rectangle
from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.formats.pdf.reading.spoken import objects
from woo_anon.formats.pdf.unseen.scene import read_scene
from woo_anon.geometry import Box

# Drawn as small icons, or not at all: they hide a letter here and there and were not put there for that.
_NO_COVERS = {"/Link", "/Widget", "/Text", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/PrinterMark", "/TrapNet"}
_SCALE = 2.0  # pixels a point
_INK = 60  # grey values by which a letter differs from what is behind it
_LEFT = 0.25  # share of that difference under which a letter is hidden
_FEWEST = 3  # letters: a drawn line may hide a comma
_TILE_PT = 6.0  # of a picture, where there are no letters to look at


@dataclass(frozen=True)
class Cover:
    """An annotation that can hide text, in points in user space; `is_mark`: a mark for redaction."""

    box: Box
    is_mark: bool = False


Covers = Mapping[int, Sequence[Cover]]  # page index → its annotations


def find_covers(pdf: pikepdf.Pdf) -> Covers:
    """The annotations of all pages that can hide text, by page index from 0."""
    found: dict[int, list[Cover]] = {}
    for index, page in enumerate(pdf.pages):
        annotations = page.obj.get("/Annots")
        for annotation in annotations if isinstance(annotations, pikepdf.Array) else ():
            cover = _cover(annotation)
            if cover is not None:
                found.setdefault(index, []).append(cover)
    return found


def _cover(annotation: Any) -> Cover | None:
    if not isinstance(annotation, pikepdf.Dictionary) or str(annotation.get("/Subtype", "/Link")) in _NO_COVERS:
        return None
    flags, box = annotation.get("/F", 0), rectangle(annotation)
    if annotation.get("/Subtype") == "/Redact":  # whatever it covers, and whether it is shown or not
        return Cover(box or Box(0, 0, 0, 0), is_mark=True)
    if box is None or (isinstance(flags, int) and flags & UNSEEN):
        return None
    return Cover(box)


def check_covers(content: bytes, name: str, covers: Covers) -> None:
    """Raise RefusedError for the first page on which a comment hides letters or pictures, or one marks a redaction.

    `content` are the bytes of a file that PDFium can open.
    """
    if not covers:
        return
    marked = [index for index in sorted(covers) if any(cover.is_mark for cover in covers[index])]
    if marked:
        raise RefusedError(
            f"{name}: on page {marked[0] + 1} something is marked for redaction, and is still there.",
            "Give the file with --from-marks, and what is marked goes; or remove the mark.",
        )
    with pypdfium2.PdfDocument(content) as pdf:
        for index in sorted(covers):
            page = pdf[index]
            if _hides_text(page, glyphs_of(page), covers[index]):
                raise _covering(name, index + 1, "text")
            scene = read_scene(page.raw)
            if _hides_print(page, _shared(covers[index], scene.boxes[scene.images])):
                raise _covering(name, index + 1, "a part of a picture")
            page.close()


def check_covers_of_pictures(content: bytes, name: str, covers: Covers, pages: Iterable[int]) -> None:
    """Raise RefusedError for the first of `pages` (numbers), without text, on which a comment hides what is drawn."""
    with pypdfium2.PdfDocument(content) as pdf:
        for number in pages:
            if number - 1 in covers and _hides_print(pdf[number - 1], [cover.box for cover in covers[number - 1]]):
                raise _covering(name, number, "a part of the picture")


def _covering(name: str, number: int, what: str) -> RefusedError:
    return RefusedError(
        f"{name}: on page {number} a comment covers {what}, which would be seen when the comment goes.",
        "Remove what it covers in the program that made it, or delete the comment.",
    )


def _shared(covers: Sequence[Cover], pictures: Floats) -> list[Box]:
    """The parts of covers that lie over pictures (n×4)."""
    over = [Box(*edges) for edges in pictures.tolist()]
    return [cover.box.intersection(box) for cover in covers for box in over if cover.box.intersects(box)]


def _hides_print(page: Any, boxes: Sequence[Box]) -> bool:
    """Whether contrast goes in `boxes`, in tiles as large as a letter; a marker pen leaves it."""
    if not boxes:
        return False
    plain, covered = _rendered(page, annotations=False), _rendered(page, annotations=True)
    left, bottom, right, top = page.get_bbox()
    tiles = [
        (x, y)
        for box in boxes
        for x in np.arange(max(box.left, left), min(box.right, right), _TILE_PT)
        for y in np.arange(max(box.bottom, bottom), min(box.top, top), _TILE_PT)
    ]
    area = (left, bottom, right, top)
    hidden = (_loses_contrast(plain, covered, np.array([x, y, x + _TILE_PT, y + _TILE_PT]), area) for x, y in tiles)
    return sum(hidden) >= _FEWEST


def _loses_contrast(plain: Pixels, covered: Pixels, box: Floats, area: tuple[float, ...]) -> bool:
    rows, columns = _window(box, area)
    before, after = plain[rows, columns], covered[rows, columns]
    return before.size > 0 and bool(np.ptp(before) >= _INK and np.ptp(after) < _LEFT * np.ptp(before))


def _hides_text(page: Any, glyphs: Glyphs, covers: Sequence[Cover]) -> bool:
    x, y = glyphs.boxes[:, [0, 2]].mean(axis=1), glyphs.boxes[:, [1, 3]].mean(axis=1)
    within = np.zeros(len(glyphs), dtype=np.bool_)
    for cover in covers:
        box = cover.box
        under = (x > box.left) & (x < box.right) & (y > box.bottom) & (y < box.top) & (glyphs.codes != 32)
        within |= under
    if np.count_nonzero(within) < _FEWEST:
        return False
    plain, covered = _ink(page, annotations=False), _ink(page, annotations=True)
    area = page.get_bbox()
    return sum(_is_hidden(plain, covered, box, area) for box in glyphs.boxes[within]) >= _FEWEST


def _ink(page: Any, *, annotations: bool) -> Pixels:
    """How much of each pixel is text, by what changes when the text is not drawn."""
    drawn = _rendered(page, annotations=annotations)
    texts = [item for item in objects(page.raw) if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_TEXT]
    for text in texts:
        pdfium.FPDFPageObj_SetIsActive(text, False)
    try:
        ink: Pixels = np.abs(drawn - _rendered(page, annotations=annotations))
        return ink
    finally:
        for text in texts:
            pdfium.FPDFPageObj_SetIsActive(text, True)


def _rendered(page: Any, *, annotations: bool) -> Pixels:
    """Grey values of the page before its rotation."""
    turn = (360 - page.get_rotation()) % 360
    bitmap = page.render(scale=_SCALE, rotation=turn, grayscale=True, draw_annots=annotations, may_draw_forms=False)
    pixels: Pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0].astype(np.int16)
    return pixels


def _is_hidden(plain: Pixels, covered: Pixels, box: Floats, area: tuple[float, ...]) -> bool:
    rows, columns = _window(box, area)
    before, after = plain[rows, columns], covered[rows, columns]
    return before.size > 0 and bool(before.max() >= _INK and after.max() < _LEFT * before.max())


def _window(box: Floats, area: tuple[float, ...]) -> tuple[slice, slice]:
    """The pixels of a box in user space, in a picture of `area`."""
    left, right = (max(int((edge - area[0]) * _SCALE), 0) for edge in (box[0], box[2]))
    upper, lower = (max(int((area[3] - edge) * _SCALE), 0) for edge in (box[3], box[1]))
    return slice(upper, lower + 1), slice(left, right + 1)
