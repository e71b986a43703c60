"""A page as PDFium draws it: its glyphs, its objects in drawing order, and pictures of it without some of them.

What is seen is decided by pixels and not by geometry: a glyph is seen when taking the text away changes the picture
where the glyph stands.

      as it is          without the text       the difference
    ┌───────────┐        ┌───────────┐        ┌───────────┐
    │ Jan ████  │   −    │     ████  │   =    │ Jan       │      what is under the box makes no difference
    └───────────┘        └───────────┘        └───────────┘
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

from woo_anon.audit.page_objects import Drawn, drawn, opened
from woo_anon.audit.pixels import Mask, Pixels, differs
from woo_anon.audit.words import only_says_redacted
from woo_anon.geometry import Box

Boxes = npt.NDArray[np.float64]  # n × 4: left, bottom, right, top, in points

SCALE = 2.0  # pixels a point: the thinnest stem of 6 pt text is still a pixel wide
MOST_PIXELS = 16_000_000  # a drawing on A0 is rendered smaller


@dataclass(frozen=True)
class Glyphs:
    """The characters that are drawn, n of them: code points, boxes that fit closely, base lines, sizes, objects.

    `boxes` is n×4 and `origins` n×2 in points; `sizes` the height of an em in points; `owners` the addresses of the
    text objects. What PDFium implies (spaces, line ends) is left out.
    """

    codes: list[int]
    boxes: Boxes
    origins: npt.NDArray[np.float64]
    sizes: npt.NDArray[np.float64]
    owners: list[int]

    def __len__(self) -> int:
        return len(self.codes)

    def text(self, which: Iterable[int]) -> str:
        """The characters of these, with a space where the words are apart."""
        pieces: list[str] = []
        before: int | None = None
        for at in which:
            if before is not None and self._apart(before, at):
                pieces.append(" ")
            pieces.append(chr(self.codes[at]))
            before = at
        return "".join(pieces)

    def _apart(self, first: int, second: int) -> bool:
        gap = self.boxes[second, 0] - self.boxes[first, 2]
        line = abs(self.origins[second, 1] - self.origins[first, 1])
        size = max(self.sizes[first], 1.0)
        return bool(gap > 0.25 * size or gap < -2 * size or line > 0.5 * size)


class Page:
    """One page, loaded by PDFium. Close it after use. Raises PdfiumError when PDFium cannot load it."""

    def __init__(self, document: pypdfium2.PdfDocument, index: int) -> None:
        self.number = index + 1
        self._page = document[index]
        self._text = self._page.get_textpage()
        self.edges = Box(*self._page.get_bbox())  # the visible part: the crop box

    def close(self) -> None:
        """Give its memory back."""
        self._text.close()
        self._page.close()

    @cached_property
    def objects(self) -> list[Drawn]:
        """All objects in drawing order, forms opened."""
        found: list[Drawn] = []
        for at in range(raw.FPDFPage_CountObjects(self._page.raw)):
            for handle, matrix, layered in opened(raw.FPDFPage_GetObject(self._page.raw, at)):
                found.append(drawn(len(found), handle, matrix, layered))
        return found

    @cached_property
    def by_address(self) -> dict[int, Drawn]:
        """The objects by the address that glyphs know."""
        return {item.address: item for item in self.objects}

    @cached_property
    def glyphs(self) -> Glyphs:
        """All characters that are drawn, seen or not. What /ActualText says in their place is put aside."""
        _ = self.objects  # opening them takes the marks away
        self._text.close()
        self._text = self._page.get_textpage()
        return _glyphs(self._text.raw, self._text.count_chars())

    @contextmanager
    def _without(self, objects: Iterable[Drawn]) -> Iterator[None]:
        left_out = list(objects)
        try:
            for item in left_out:
                raw.FPDFPageObj_SetIsActive(item.handle, 0)
            yield
        finally:
            for item in left_out:
                raw.FPDFPageObj_SetIsActive(item.handle, 1)

    def picture(self, *, annotations: bool = False) -> Pixels:
        """The page before its rotation."""
        turn = (360 - self._page.get_rotation()) % 360
        scale = min(SCALE, (MOST_PIXELS / self.area) ** 0.5)
        bitmap = self._page.render(scale=scale, rotation=turn, draw_annots=annotations, may_draw_forms=False)
        pixels: Pixels = bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, :3].copy()
        bitmap.close()
        return pixels

    @cached_property
    def shown(self) -> Pixels:
        """The page without annotations."""
        return self.picture()

    @property
    def area(self) -> float:
        """Of the visible part, in square points."""
        return max(self.edges.width * self.edges.height, 1.0)

    @property
    def texts(self) -> list[Drawn]:
        """The text objects."""
        return [item for item in self.objects if item.kind == raw.FPDF_PAGEOBJ_TEXT]

    @cached_property
    def ink(self) -> Mask:
        """Where text is seen, annotations left aside."""
        return self.change(self.texts)

    def change(self, objects: Iterable[Drawn], *, annotations: bool = False) -> Mask:
        """Where leaving these objects out makes a difference that one can see."""
        whole = self.picture(annotations=True) if annotations else self.shown
        return differs(whole, self.picture_without(objects, annotations=annotations))

    def picture_without(self, objects: Iterable[Drawn], *, annotations: bool = False) -> Pixels:
        """The page with these objects left out."""
        with self._without(objects):
            return self.picture(annotations=annotations)

    def holds_other_than_label(self, box: Drawn) -> bool:
        """Whether other text stands on a box than, drawn later, the ground for a redaction."""
        left, bottom, right, top = box.bounds
        glyphs = self.glyphs
        x, y = (glyphs.boxes[:, 0] + glyphs.boxes[:, 2]) / 2, (glyphs.boxes[:, 1] + glyphs.boxes[:, 3]) / 2
        inside = np.flatnonzero((x > left) & (x < right) & (y > bottom) & (y < top)).tolist()
        text = glyphs.text(inside).strip()
        owners = [self.by_address[owner] for at in inside if (owner := glyphs.owners[at]) in self.by_address]
        return bool(text) and not (only_says_redacted(text) and all(owner.at > box.at for owner in owners))

    def windows(self, boxes: Boxes, shape: tuple[int, ...]) -> npt.NDArray[np.int64]:
        """Boxes in pixels of a picture of that shape: n×4, left, upper, right, lower; at least a pixel, half-open."""
        across, down = shape[1] / max(self.edges.width, 1e-6), shape[0] / max(self.edges.height, 1e-6)
        left = np.rint((boxes[:, 0] - self.edges.left) * across)
        right = np.rint((boxes[:, 2] - self.edges.left) * across)
        upper = np.rint((self.edges.top - boxes[:, 3]) * down)
        lower = np.rint((self.edges.top - boxes[:, 1]) * down)
        lefts, uppers = left.clip(0, shape[1] - 1), upper.clip(0, shape[0] - 1)
        rights = np.maximum(right.clip(0, shape[1]), lefts + 1)
        lowers = np.maximum(lower.clip(0, shape[0]), uppers + 1)
        return np.stack([lefts, uppers, rights, lowers], axis=1).astype(np.int64)

    def part(self, picture: npt.NDArray[Any], box: tuple[float, float, float, float]) -> npt.NDArray[Any]:
        """What a picture or mask shows in a box (points)."""
        left, upper, right, lower = self.windows(np.array([box]), picture.shape)[0]
        return picture[upper:lower, left:right]

    def shares(self, mask: Mask, boxes: Boxes) -> npt.NDArray[np.float64]:
        """Which share of each box lies in the mask, 0..1."""
        if not len(boxes):
            return np.zeros(0)
        sums = np.pad(mask.cumsum(1, dtype=np.int32).cumsum(0), ((1, 0), (1, 0)))
        left, upper, right, lower = self.windows(boxes, mask.shape).T
        inside = sums[lower, right] - sums[upper, right] - sums[lower, left] + sums[upper, left]
        return np.asarray(inside / ((right - left) * (lower - upper)), dtype=np.float64)


def text_of_page(page: Any) -> str:
    """The text that a page draws, seen or not, in the order of the file; not what /ActualText says in its place."""
    for at in range(raw.FPDFPage_CountObjects(page.raw)):
        deque(opened(raw.FPDFPage_GetObject(page.raw, at)), maxlen=0)
    text_page = page.get_textpage()
    text = str(text_page.get_text_range())
    text_page.close()
    return text


def _glyphs(text_page: Any, count: int) -> Glyphs:
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    origins: list[tuple[float, float]] = []
    sizes: list[float] = []
    owners: list[int] = []
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix = raw.FS_MATRIX()
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text_page, at)
        if raw.FPDFText_IsGenerated(text_page, at) == 1 or not 32 <= code < 0x110000 or 0xD800 <= code < 0xE000:
            continue
        raw.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(text_page, at, x, y)
        raw.FPDFText_GetMatrix(text_page, at, matrix)
        codes.append(code)
        boxes.append((left.value, bottom.value, right.value, top.value))
        origins.append((x.value, y.value))
        sizes.append(abs(raw.FPDFText_GetFontSize(text_page, at)) * float(np.hypot(matrix.c, matrix.d)))
        owners.append(ctypes.cast(raw.FPDFText_GetTextObject(text_page, at), ctypes.c_void_p).value or 0)
    found = np.nan_to_num(np.array(boxes, dtype=np.float64).reshape(-1, 4)).clip(-1e6, 1e6)
    return Glyphs(codes, found, np.array(origins).reshape(-1, 2), np.array(sizes), owners)
