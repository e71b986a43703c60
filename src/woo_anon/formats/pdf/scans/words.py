"""The words of a page as Tesseract gives them, in hOCR: where each stands and how sure it is of it.

    <span class='ocrx_word' title='bbox 475 200 617 225; x_wconf 96'>Zandvoort</span>

hOCR 1.2 (kba.github.io/hocr-spec), 5.2 `bbox`, 5.4 `x_wconf`: pixels, origin upper left; 0 to 100.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

import numpy as np
from lxml import etree

from woo_anon.document import Page
from woo_anon.formats.pdf.arrays import Flags, Floats
from woo_anon.geometry import Box

_AT_ONCE = 500  # words that are compared with all others
LONG = 4  # letters; of scrawls OCR mostly makes shorter words
FEW, SURE, SHORT = 3, 60.0, 3  # words, confidence of each (0..100), letters of each: print
_WORD = re.compile(r"\S+")
_SPECK = re.compile(r"(?<!\w)_+|_+(?!\w)|(?<!\w)\u201a|\u201a(?=\w)")
_BOX = re.compile(r"\bbbox (\d+) (\d+) (\d+) (\d+)")
_SURE = re.compile(r"\bx_wconf (\d+)")


def without_specks(text: str) -> str:
    """The text of a scan with spaces for what OCR makes of specks and rules: underscores beside words, and a low quote
    (U+201A), unless a comma could stand there."""
    return _SPECK.sub(lambda speck: " " * len(speck.group()), text).replace("\u201a", ",")


@dataclass(frozen=True)
class Words:
    """The n words of a page. `boxes` is n×4 (left, top, right, bottom) in shares of the page as it is seen, origin
    upper left; `confidences` 0..100; `lengths` in letters."""

    boxes: Floats
    confidences: Floats
    lengths: Floats

    def __len__(self) -> int:
        return len(self.boxes)

    def __add__(self, other: Words) -> Words:
        return Words(
            np.vstack([self.boxes, other.boxes]),
            np.append(self.confidences, other.confidences),
            np.append(self.lengths, other.lengths),
        )

    @property
    def confidence(self) -> float:
        """The mean over all letters; 0 without any."""
        return float(np.average(self.confidences, weights=self.lengths)) if self.lengths.sum() else 0.0


NO_WORDS = Words(np.zeros((0, 4)), np.zeros(0), np.zeros(0))


def shows_print(words: Words | None) -> bool:
    """Whether OCR read more than what it makes of specks and of the lines of a drawing."""
    return words is not None and int(((words.confidences >= SURE) & (words.lengths >= SHORT)).sum()) >= FEW


def read_hocr(content: bytes) -> Words:
    """The words of the one page in an hOCR file; none when it holds nothing of the kind."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(content, parser)
    found = list(_words(root)) if root is not None else []
    values = np.array(found, dtype=np.float64).reshape(-1, 6)
    return Words(values[:, :4], values[:, 4], values[:, 5])


def _words(root: Element) -> Iterator[tuple[float, ...]]:
    width = height = 1.0
    for element in root.iter():
        kind, title = element.get("class"), element.get("title", "")
        box = _BOX.search(title)
        if kind == "ocr_page" and box:
            width, height = max(float(box[3]), 1.0), max(float(box[4]), 1.0)
        elif kind == "ocrx_word" and box and (sure := _SURE.search(title)):
            letters = "".join(element.itertext()).strip()
            if letters:
                left, top, right, bottom = map(float, box.groups())
                yield left / width, top / height, right / width, bottom / height, float(sure[1]), float(len(letters))


def of_characters(page: Page, visible: Box, words: Words) -> array[float]:
    """The confidence of each character of `page`, NaN where none is known; `visible` is the page's box in user space.

    A character belongs to the word in whose box its middle lies.
    """
    boxes = np.frombuffer(page.boxes, dtype=np.float64).reshape(-1, 4)
    result = np.full(page.end - page.start, np.nan)
    middles = as_seen((boxes[:, :2] + boxes[:, 2:]) / 2, visible, page.rotation)
    for box, confidence in zip(words.boxes, words.confidences, strict=True):
        inside = ((middles >= box[:2]) & (middles <= box[2:])).all(axis=1)
        result[inside] = np.fmin(result[inside], confidence)
    return array("d", result.tobytes())


def of_text_layer(page: Page, text: str, visible: Box, *, of_scan: bool) -> Words:
    """The words of a page whose text is in the file. Where that is the text of a scan, short words that stand alone are
    no more than half sure: programs make them of scrawls."""
    boxes = np.frombuffer(page.boxes, dtype=np.float64).reshape(-1, 4)
    found = []
    for match in _WORD.finditer(text):
        own = boxes[slice(*match.span())]
        own = own[~np.isnan(own[:, 0])]
        if len(own):
            letters = sum(map(str.isalnum, match.group()))
            found.append((*own[:, :2].min(axis=0), *own[:, 2:].max(axis=0), letters))
    values = np.array(found, dtype=np.float64).reshape(-1, 5)
    corners = as_seen(values[:, :4].reshape(-1, 2), visible, page.rotation).reshape(-1, 2, 2)
    places, lengths = np.hstack([corners.min(axis=1), corners.max(axis=1)]), values[:, 4]
    return Words(places, _surenesses(places, lengths, page) if of_scan else np.full(len(places), 100.0), lengths)


def of_own_text(page: Page, text: str, visible: Box, confidences: array[float]) -> Words:
    """The words of a page beside those that OCR found on it: of its characters, these have no confidence."""
    boxes = np.frombuffer(page.boxes, dtype=np.float64).reshape(-1, 4).copy()
    boxes[~np.isnan(np.frombuffer(confidences, dtype=np.float64))] = np.nan
    own = replace(page, boxes=array("d", boxes.tobytes()))
    return of_text_layer(own, text, visible, of_scan=False)


def _surenesses(places: Floats, lengths: Floats, page: Page) -> Floats:
    """How sure words of a scan are, 0..100, when nobody says so."""
    width, height = (page.width_pt, page.height_pt)[:: -1 if page.rotation in (90, 270) else 1]
    short, long = np.flatnonzero(lengths < LONG), places[lengths >= LONG]
    result = np.full(len(places), 100.0)
    for some in np.array_split(short, len(short) // _AT_ONCE + 1):
        result[some] = np.where(_beside(places[some], long, width / height), 100.0, 50.0)
    return result


def _beside(words: Floats, others: Floats, across: float) -> Flags:
    """Which words stand on a line with one of the others, no further from it than twice their height; in shares of a
    page that is `across` as wide as it is high."""
    left, top, right, bottom = words.T[:, :, None]
    gaps = np.maximum(left - others[:, 2], others[:, 0] - right) * across
    shared = np.minimum(bottom, others[:, 3]) - np.maximum(top, others[:, 1])
    result: Flags = ((gaps <= 2 * (bottom - top)) & (shared > 0.5 * (bottom - top))).any(axis=1)
    return result


def as_seen(points: Floats, visible: Box, rotation: int) -> Floats:
    """Points in user space, n×2, as shares of the page as it is seen, origin upper left."""
    across = (points[:, 0] - visible.left) / visible.width
    down = (visible.top - points[:, 1]) / visible.height
    turned = {0: (across, down), 90: (1 - down, across), 180: (1 - across, 1 - down), 270: (down, 1 - across)}
    return np.column_stack(turned[rotation])


def in_user_space(points: Floats, visible: Box, rotation: int) -> Floats:
    """The other way round: shares of the page as it is seen, n×2, as points in user space."""
    x, y = points[:, 0], points[:, 1]
    across, down = {0: (x, y), 90: (y, 1 - x), 180: (1 - x, 1 - y), 270: (1 - y, x)}[rotation]
    return np.column_stack((visible.left + across * visible.width, visible.top - down * visible.height))
