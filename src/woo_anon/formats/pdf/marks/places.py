"""The numbers of a mark: four corners a quad, or a rectangle; and the pages on which marks can lie.

A mark that cannot be understood is refused and never passed over: somebody meant it to remove something.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from woo_anon.errors import RefusedError
from woo_anon.geometry import Box
from woo_anon.mark import Mark, Quad

AUTHOR = "woo-anon"  # of the marks that we set
MOST_QUADS = 50_000  # of a file: a note of 441 pages with twenty names on each has 9,000
MOST_QUADS_OF_PAGE = 2_000  # a list of names and numbers that fills a page has 500
_FURTHEST_PT = 1_000_000.0  # a page is at most 14,400 units wide, wherever its origin lies (ISO 32000-2, Annex C)
_SMALLEST_PT = 0.01  # what is thinner covers nothing
_BESIDE_PT = 5.0  # how far quads may reach out of their mark's rectangle
MEND_IT = "Look at it in the program that made it: remove it, or set it again."


def quads_of(corners: Sequence[float], rectangle: Sequence[float], where: str) -> tuple[Quad, ...]:
    """The quads that a mark covers: those of `corners`, eight numbers each, or else its rectangle (a `Rect`).

    Quads without an extent cover nothing and are left out. `where` begins the message. Raises RefusedError when the
    numbers make no place, or contradict each other.
    """
    check_numbers([*corners, *rectangle], where)
    if len(rectangle) not in (0, 4) or len(corners) % 8:
        raise _unclear(where, "has a number of coordinates that makes no place")
    outer = Quad(_corners([rectangle[at] for at in (0, 3, 2, 3, 0, 1, 2, 1)])) if rectangle else None
    quads = [Quad(_corners(corners[at : at + 8])) for at in range(0, len(corners), 8)]
    if not quads and outer is not None:
        quads = [outer]
    extended = tuple(quad for quad in quads if _has_extent(quad))
    if not extended:
        raise _unclear(where, "covers nothing")
    if outer is not None and _has_extent(outer):
        wide = outer.box.widened(_BESIDE_PT)
        if not all(wide.contains(quad.box) for quad in extended):
            raise _unclear(where, "covers one place and is shown at another")
    return extended


def check_numbers(numbers: Iterable[float], where: str) -> None:
    """Raise RefusedError unless all numbers can be places on a page."""
    if not all(math.isfinite(number) and abs(number) <= _FURTHEST_PT for number in numbers):
        raise _unclear(where, "has coordinates that are no place on a page")


def _corners(numbers: Sequence[float]) -> Any:
    return tuple((float(numbers[at]), float(numbers[at + 1])) for at in (0, 2, 4, 6))


def _has_extent(quad: Quad) -> bool:
    return quad.box.width >= _SMALLEST_PT and quad.box.height >= _SMALLEST_PT


def _unclear(where: str, why: str) -> RefusedError:
    return RefusedError(f"{where} {why}.", MEND_IT)


def check_length(numbers: int, where: str) -> None:
    """Raise RefusedError when a mark has more coordinates than can be meant."""
    if numbers > 8 * MOST_QUADS_OF_PAGE:
        raise RefusedError(f"{where} covers more than {MOST_QUADS_OF_PAGE} places.", MEND_IT)


class Count:
    """How many quads were read of a file. `name` is for messages."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._pages: Counter[int] = Counter()

    def add(self, mark: Mark) -> None:
        """Raise RefusedError when that makes more than can be meant."""
        self._pages[mark.page] += len(mark.quads)
        if self._pages[mark.page] > MOST_QUADS_OF_PAGE:
            raise RefusedError(f"{self._name}: more than {MOST_QUADS_OF_PAGE} places are marked on page {mark.page}.")
        if self._pages.total() > MOST_QUADS:
            raise RefusedError(f"{self._name}: more than {MOST_QUADS} places are marked.", "Split the document.")


def name_of(mark: Mark) -> str:
    """The name of a mark, which is the same in every copy and each run: it follows from its place."""
    place = [mark.page, *(round(edge, 2) for quad in mark.quads for point in quad.corners for edge in point)]
    return f"woo-anon-{hashlib.sha256(repr(place).encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is seen of a page: the box in user space, and how it is turned (degrees clockwise)."""

    box: Box
    rotation: int

    def like(self, other: Sheet) -> bool:
        pairs = zip(_edges(self.box), _edges(other.box), strict=True)
        return self.rotation == other.rotation and all(abs(one - two) <= 0.5 for one, two in pairs)


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.right, box.top


def sheets(pdf: pikepdf.Pdf) -> list[Sheet]:
    """The pages of a PDF that the guard let through."""
    return [Sheet(_visible(page), page.rotation) for page in pdf.pages]


def _visible(page: pikepdf.Page) -> Box:
    """ISO 32000-2, 14.11.2: the crop box, as far as it lies on the medium."""
    media, crop = (_box(value) for value in (page.mediabox, page.cropbox))
    return crop.within(media) if crop.intersects(media) else media


def _box(numbers: Any) -> Box:
    x1, y1, x2, y2 = (float(number) for number in numbers)
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def on_sheets(marks: Iterable[Mark], pages: Sequence[Sheet], name: str) -> Iterator[Mark]:
    """The marks, each with what is seen of its page. Raises RefusedError for one on a page that is not there, or beside
    its page."""
    for mark in marks:
        if not 1 <= mark.page <= len(pages):
            raise RefusedError(
                f"{name}: a mark lies on page {mark.page}, and the document has {len(pages)}.",
                "Give the document of which these marks are.",
            )
        sheet = pages[mark.page - 1].box
        if not all(sheet.intersects(quad.box) for quad in mark.quads):
            raise _unclear(f"{name}: a mark on page {mark.page}", "lies beside the page")
        yield replace(mark, sheet=sheet)
