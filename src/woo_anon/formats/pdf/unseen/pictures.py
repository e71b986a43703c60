"""Which parts of a page's pictures nobody sees: cropped, covered, transparent, off the page.

    scene ─► may a part be unseen? ─► page drawn with the picture in three colours ─► where all look the same

What PDFium draws decides, as for text: whatever hides a pixel, it cannot change the page. A margin stays around what is
seen, so that no edge changes.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Dictionary, Name, Stream

from woo_anon.formats.pdf.arrays import Flags
from woo_anon.formats.pdf.content.resources import inherited
from woo_anon.formats.pdf.content.used import used
from woo_anon.formats.pdf.pictures.regions import grown, opened, rectangles
from woo_anon.formats.pdf.unseen.scene import CUT_PT, Scene, read_scene
from woo_anon.formats.pdf.unseen.view import drawn
from woo_anon.geometry import Box

LEAST_PT = (6.0, 3.0)  # width and height of what is blanked: in less nobody could write a name
EDGE_PT = 1.0  # a margin at the edge of what is shown
MUCH_PT2 = 4.0  # what covers less of a picture than this is a rule
SMALL_PT = 2.0  # of what is smaller, both ways, nobody sees more than a dot
DOT = 100  # pixels of a side; a smaller picture may be meant as one
MOST_PICTURES = 60  # of one page; one with more that may be hidden becomes an image
MARKER = 3, 5  # pixels of the picture in question, by which it is found again
AROUND_PT = 6.0  # what is looked at around it
_SEEN = 2  # of 255 levels
_BLENDS = re.compile(rb"/BM\s*(?!/Normal\b|/Compatible\b)[/\[]")  # a black picture may hide another by multiplying
_GREY = b"\x80\x80\x80"
_MASKS = frozenset({"/ImageMask", "/Mask", "/SMask", "/SMaskInData"})
_MASKING = frozenset({"/ImageMask", "/Mask", "/SMaskInData"})  # by its own samples, or that may be so
_CODING = frozenset({"/Decode", "/Filter", "/DecodeParms"})
_COLOURS = (b"\0\0\0", b"\xff\xff\xff", b"\xff\0\0")  # some ways to blend take but the hue


def may_hide_pictures(scene: Scene, area: Box) -> bool:
    """Whether a part of a picture may be unseen on a page with this scene, of which `area` is shown."""
    at = np.flatnonzero(scene.images)
    boxes = scene.boxes[at]
    out = (boxes[:, :2] < np.array([area.left, area.bottom]) - CUT_PT).any(axis=1)
    out |= (boxes[:, 2:] > np.array([area.right, area.top]) + CUT_PT).any(axis=1)
    small = (boxes[:, 2:] - boxes[:, :2] < SMALL_PT).all(axis=1)
    if (out | small | scene.clipped[at] | ~scene.opaque[at]).any():
        return True
    return any(_is_covered(scene, number) for number in at.tolist())


def _is_covered(scene: Scene, at: int) -> bool:
    """Whether something that is no text is drawn over the picture in row `at`."""
    later = np.flatnonzero(~scene.texts[at + 1 :]) + at + 1
    low = np.maximum(scene.boxes[later, :2], scene.boxes[at, :2])
    high = np.minimum(scene.boxes[later, 2:], scene.boxes[at, 2:])
    return bool((np.maximum(high - low, 0).prod(axis=1) * scene.ink[later] > MUCH_PT2).any())


@dataclass(frozen=True)
class Sight:
    """Where one picture is seen: `pixels` (rows from the top) that make up `area`, in points. `is_dot`: it has so few
    pixels of its own that it may be meant to be one."""

    pixels: Flags
    area: Box
    is_dot: bool = False

    def hidden_parts(self, bounds: Box, pixel: float) -> list[Box]:
        """The parts of a picture with these bounds that nobody sees, but for a margin; `pixel` is the side of one of
        its own, in points: readers smooth them."""
        parts = [part for part in self._outside(bounds, EDGE_PT + pixel) if part.width > 0 and part.height > 0]
        rows, columns = self._window(bounds)
        high, wide = self._side()
        for first, last, left, right in rectangles(self._hidden(rows, columns, pixel)):
            top, across = self.area.top - (rows.start + first) * high, self.area.left + columns.start * wide
            part = Box(across + left * wide, top - (last - first) * high, across + right * wide, top)
            parts.append(part.intersection(bounds))
        return [part for part in parts if part.width > 0 and part.height > 0]

    def _hidden(self, rows: slice, columns: slice, pixel: float) -> Flags:
        high, wide = self._side()
        seen = grown(self.pixels, ceil(2 * pixel / min(high, wide)))[rows, columns]
        return opened(~seen, round(LEAST_PT[1] / high), round(LEAST_PT[0] / wide))

    def is_seen(self, bounds: Box) -> bool:
        """Whether any part of a picture with these bounds is; more than a dot of one that has more."""
        if max(bounds.width, bounds.height) < SMALL_PT and not self.is_dot:
            return False
        return bool(self.pixels[self._window(bounds)].any())

    def _side(self) -> tuple[float, float]:
        return self.area.height / self.pixels.shape[0], self.area.width / self.pixels.shape[1]

    def _window(self, bounds: Box) -> tuple[slice, slice]:
        high, wide = self._side()
        rows = (self.area.top - bounds.top) / high, (self.area.top - bounds.bottom) / high
        columns = (bounds.left - self.area.left) / wide, (bounds.right - self.area.left) / wide
        return _whole(rows, self.pixels.shape[0]), _whole(columns, self.pixels.shape[1])

    def _outside(self, bounds: Box, margin: float) -> list[Box]:
        area = self.area
        return [
            Box(bounds.left, bounds.bottom, min(bounds.right, area.left - margin), bounds.top),
            Box(max(bounds.left, area.right + margin), bounds.bottom, bounds.right, bounds.top),
            Box(bounds.left, bounds.bottom, bounds.right, min(bounds.top, area.bottom - margin)),
            Box(bounds.left, max(bounds.bottom, area.top + margin), bounds.right, bounds.top),
        ]


def _whole(ends: tuple[float, float], count: int) -> slice:
    low, high = (int(np.clip(end, 0, count)) for end in (np.floor(ends[0]), np.ceil(ends[1])))
    return slice(low, max(low, high))


Sights = Mapping[tuple[int, int], Sight]  # by the number of the picture's object


def sights_of(source: Path, numbers: Iterable[int]) -> dict[int, Sights]:
    """For pages of the PDF `source`, by number, where each of their pictures is seen. A page with too many pictures has
    none."""
    found: dict[int, Sights] = {}
    with pikepdf.open(source) as pdf:
        layers = pdf.Root.get("/OCProperties")
        layers = pdf.make_indirect(layers) if isinstance(layers, Dictionary) else None
        for number in numbers:
            page = pdf.pages[number - 1]
            pictures = _pictures(page)
            if len(pictures) <= MOST_PICTURES:
                alone = _Alone(page, layers)
                found[number] = {picture.objgen: alone.sight(at) for at, picture in enumerate(pictures)}
    return found


def _pictures(page: pikepdf.Page) -> list[Any]:
    """The picture objects that a page draws with, each once, in one order for a page and its copy."""
    found: dict[tuple[int, int], Any] = {}
    for _, stream in _streams(page):
        if str(stream.get("/Subtype", "")) == "/Image":
            found.setdefault(stream.objgen, stream)
    return list(found.values())


def _has_tiles(page: pikepdf.Page) -> bool:
    return any(category == "/Pattern" for category, _ in _streams(page))


def _streams(page: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    """Category and stream of what a page draws with, and forms and tiles in their turn. Of a picture in a soft mask
    only the transparency may count, or only the lightness: it is none of these."""
    due: list[tuple[Any, Any]] = [(page, page.obj.get("/Resources") or inherited(page.obj))]
    seen: set[tuple[int, int]] = set()
    while due:
        drawing, resources = due.pop()
        for category, resource in used(drawing, resources):
            if not isinstance(resource, Stream):
                continue
            yield category, resource
            if str(resource.get("/Subtype", "")) != "/Image" and resource.objgen not in seen:
                seen.add(resource.objgen)
                due.append((resource, resource.get("/Resources", resources)))


class _Alone:
    """A page as a document of its own, with the layers of the document it is from."""

    def __init__(self, page: pikepdf.Page, layers: Any) -> None:
        self._page, self._layers = page, layers
        self._tiled = _has_tiles(page)
        with self._opened() as single:
            self._blends = _BLENDS.search(_saved(single)) is not None

    @contextmanager
    def _opened(self) -> Iterator[pikepdf.Pdf]:
        with pikepdf.new() as single:
            single.pages.append(self._page)
            if self._layers is not None:
                single.Root.OCProperties = single.copy_foreign(self._layers)
            yield single

    def sight(self, at: int) -> Sight:
        """Where the picture number `at` of the page is seen."""
        with self._opened() as single:
            pictures = _pictures(single.pages[0])
            picture = pictures.pop(at)
            is_dot = max(int(picture.Width), int(picture.Height)) < DOT
            if not self._blends:
                # Where others hide the picture they do so in any colour, and one pixel is drawn sooner.
                for other in pictures:
                    if not _MASKING.intersection(other.keys()):
                        _colour(other, _GREY)
            for key in _MASKS.intersection(picture.keys()):
                del picture[key]  # what they hide, they hide everywhere (`pictures/veiled.py`)
            looks = [_in_colour(single, picture, colour) for colour in _COLOURS]
        try:
            changed, area = _changed([look[0] for look in looks], self._tiled)
        finally:
            for look in looks:
                look.close()
        return Sight(grown(changed, 1), area, is_dot)


def _colour(picture: Any, colour: bytes, size: tuple[int, int] = (1, 1)) -> None:
    """Make a picture a few pixels of one colour; its masks stay."""
    for key in _CODING.intersection(picture.keys()):
        del picture[key]
    picture.Width, picture.Height = size
    picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceRGB
    picture.write(colour * (size[0] * size[1]))


def _in_colour(single: pikepdf.Pdf, picture: Any, colour: bytes) -> Any:
    """The page with the picture in one colour, as a pypdfium2 document."""
    _colour(picture, colour, MARKER)
    return pypdfium2.PdfDocument(_saved(single))


def _saved(single: pikepdf.Pdf) -> bytes:
    memory = io.BytesIO()
    single.save(memory, compress_streams=False, static_id=True)
    return memory.getvalue()


def _changed(looks: Sequence[Any], tiled: bool) -> tuple[Flags, Box]:
    """Where pages look different, and of which part of them that says it: that in which the picture is drawn, as far as
    PDFium tells; of tiles it does not."""
    shown = Box(*looks[0].get_bbox())
    scene = read_scene(looks[0].raw)
    own = [at for at in np.flatnonzero(scene.images).tolist() if _size(int(scene.handles[at])) == MARKER]
    if tiled or not own:
        return _compared(looks, shown)
    boxes = scene.boxes[own]
    part = Box(*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
    part = part.widened(AROUND_PT).intersection(shown)
    return _compared(looks, part if part.width > 0 and part.height > 0 else shown)


def _size(image: int) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(ctypes.cast(image, pdfium.FPDF_PAGEOBJECT), width, height)
    return width.value, height.value


def _compared(looks: Sequence[Any], part: Box) -> tuple[Flags, Box]:
    first, *others = (drawn(look, part) for look in looks)
    changed = np.zeros(first.pixels.shape[:2], dtype=np.bool_)
    for other in others:
        for channel in range(3):
            changed |= np.abs(first.pixels[:, :, channel] - other.pixels[:, :, channel]) > _SEEN
    return changed, first.area
