"""Whether OCR read a page: much of its ink must lie under words, and Tesseract be sure of those.

    blank paper                                    read, for there is nothing
    no word, or hardly any                         scan:nothing
    much ink beside the words, or under words that
    are hardly any: handwriting, a photo, a table
    that it skipped, some lines of print           scan:beside
    words that it is not sure of                   scan:unsure
    a picture of print beside text of the page,
    when OCR may not or cannot read it             scan:picture (`print_rows.py`)

Wrong to one side: a page with a large picture counts as not read. A person looks at such pages.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Floats
from woo_anon.formats.pdf.scans.ink import grey_of, ink
from woo_anon.formats.pdf.scans.words import NO_WORDS, Words
from woo_anon.formats.print_rows import LEAST, rows_of_print

NOTHING, BESIDE, UNSURE = "scan:nothing", "scan:beside", "scan:unsure"
ASKEW = "scan:askew"  # text of a pattern runs in a direction that Tesseract does not read, as read.py knows
FEW_WORDS = 3
LEAST_CONFIDENCE = 70.0  # of 0..100; print at 200 dpi has some 93, handwriting below 50
LEAST_OF_WORD = 40.0  # below it a word counts as ink that was not read
MOST_BESIDE = 0.25  # share of the ink; print that was read leaves some 0.03, a logo over a letter some 0.15
LEAST_INK = 0.0002  # share of the page: a line of ten words has some 0.002, dust less than a tenth of that
_DENSE = 144  # dots an inch
_MARGIN = 0.004  # of the page around a word: what is antialiased, and points above letters


def why_not_read(page: Any, words: Words | None, *, had_text: bool = False) -> str | None:
    """Why a pypdfium2 page counts as not read with the `words` that OCR found on it (None: it gave up).

    One that `had_text`, in fonts that nobody could read, is not blank when none of it is drawn.
    """
    seen = ink(page)
    skips = _skips_rows(page, words or NO_WORDS)  # also light on dark, which is no ink
    if seen.mean() < LEAST_INK and not skips:
        return NOTHING if had_text else None
    if words is None or len(words) < FEW_WORDS:
        return NOTHING
    if seen[~_under(words, seen.shape)].sum() > MOST_BESIDE * seen.sum() or skips:
        return BESIDE
    return why_unsure(words)


def why_unsure(words: Words) -> str | None:
    """UNSURE for words that OCR is not sure of."""
    return UNSURE if words.confidence < LEAST_CONFIDENCE else None


def _skips_rows(page: Any, words: Words) -> bool:
    """Whether there is print, three lines or so, where Tesseract found no words at all."""
    grey = grey_of(page, _DENSE)
    rows = rows_of_print(grey, _DENSE)
    if len(rows) < LEAST:
        return False
    size = np.array([grey.shape[1], grey.shape[0]] * 2)
    read = words.boxes * size
    return sum(_is_bare(row, read) for row in rows) >= LEAST


def _is_bare(row: Floats, words: Floats) -> bool:
    across = np.minimum(row[2], words[:, 2]) - np.maximum(row[0], words[:, 0])
    down = np.minimum(row[3], words[:, 3]) - np.maximum(row[1], words[:, 1])
    return not ((across > 0) & (down > 0)).any()


def _under(words: Words, shape: tuple[int, ...]) -> Flags:
    result = np.zeros(shape, dtype=np.bool_)
    height, width = shape
    grown = np.clip(words.boxes + np.array([-1, -1, 1, 1]) * _MARGIN, 0, 1) * [width, height, width, height]
    for left, top, right, bottom in np.rint(grown[words.confidences >= LEAST_OF_WORD]).astype(int).tolist():
        result[top : bottom + 1, left : right + 1] = True
    return result
