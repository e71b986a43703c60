"""The words of a page as Tesseract gives them, in hOCR: where each stands and how sure it is of it.

    <span class='ocrx_word' title='bbox 475 200 617 225; x_wconf 96'>Zandvoort</span>

hOCR 1.2 (kba.github.io/hocr-spec), 5.2 `bbox`, 5.4 `x_wconf`: pixels, origin upper left; 0 to 100.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np
from lxml import etree

from woo_anon.document import Box, Page
from woo_anon.formats.pdf.reading.glyphs import Floats

_BOX = re.compile(r"\bbbox (\d+) (\d+) (\d+) (\d+)")
_SURE = re.compile(r"\bx_wconf (\d+)")


@dataclass(frozen=True)
class Words:
    """The n words of a page. `boxes` is n×4 (left, top, right, bottom) in shares of the page as it is seen, origin
    upper left; `confidences` 0..100; `lengths` in letters."""

    boxes: Floats
    confidences: Floats
    lengths: Floats

    def __len__(self) -> int:
        return len(self.boxes)

    @property
    def confidence(self) -> float:
        """The mean over all letters; 0 without any."""
        return float(np.average(self.confidences, weights=self.lengths)) if self.lengths.sum() else 0.0


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


def as_seen(points: Floats, visible: Box, rotation: int) -> Floats:
    """Points in user space, n×2, as shares of the page as it is seen, origin upper left."""
    across = (points[:, 0] - visible.left) / visible.width
    down = (visible.top - points[:, 1]) / visible.height
    turned = {0: (across, down), 90: (1 - down, across), 180: (1 - across, 1 - down), 270: (down, 1 - across)}
    return np.column_stack(turned[rotation])
