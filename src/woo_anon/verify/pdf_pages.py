"""Checks of a written PDF's pages, as PDFium shows them: sizes, characters; how they look is in `pdf_pixels.py`."""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
from pypdfium2 import raw

from woo_anon.document import Check, Document, Redaction
from woo_anon.geometry import Box, Place
from woo_anon.verify.checks import check_none
from woo_anon.verify.pdf_pixels import check_pixels
from woo_anon.verify.pdf_text import page_text, texts
from woo_anon.verify.pdf_unseen import check_unseen
from woo_anon.verify.strings import Gone, Words, counting, plain
from woo_anon.verify.vocabulary import SPOKEN

EDGE_PT = 0.5  # a character whose middle is this near to the edge of a box is not inside it

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")

Boxes = Mapping[int, Sequence[tuple[Place, str]]]  # page number → boxes with their labels

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
            boxes.setdefault(page.number, [])  # the text that nobody saw is gone
    before, after = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument(data)
    try:
        same = _same_sizes(before, after)
        yield same
        if not same.passed:
            return
        said, says = cache(partial(page_text, before)), texts(after)
        whole = partial(map, said, range(len(before)))
        yield _text(whole, "\n".join(says), strings, sum(map(len, boxes.values())))
        yield _as_read(said, says, boxes)
        yield _empty(after, boxes)
        yield check_unseen(after, document)
        numbers = range(1, len(before) + 1)  # a page that was not hit looks as before, too
        places = {number: [place for place, _ in boxes.get(number, ())] for number in numbers}
        yield from check_pixels(before, after, places)
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
    return check_none("same-pages", "pages", wrong)


def _text(before: Callable[[], Iterable[str]], after: str, strings: Sequence[Gone], boxes: int) -> Check:
    """The text of all pages together holds no redacted string more often than it may. What so many boxes say to a
    screen reader, which PDFium gives as text, does not count: somebody may have redacted the word `van`."""
    says = plain(after) if strings else ""
    text = Words(SPOKEN.sub(" ", says, boxes) if boxes else says)
    was = cache(lambda: plain("\n".join(before())))
    left = [s.number for s in strings if s.is_left(text.count(s.text), counting(s.text, was))]
    return check_none("text-by-pdfium", "redactions", left)


def _as_read(before: Callable[[int], str], after: Sequence[str], boxes: Boxes) -> Check:
    """No page that was not hit says a word that it did not say when it was read. A broken file may be another one to
    PDFium, which reads it, than to qpdf, which writes it."""
    wrong = []
    for number, says in enumerate(after, start=1):
        words = set() if number in boxes else set(_LONG_WORD.findall(plain(says)))
        if words:
            was = "".join(plain(before(number - 1)).split())
            wrong += [] if all(_was_said(word, was) for word in words) else [number]
    return check_none("text-as-read", "pages", wrong)


def _was_said(word: str, was: str) -> bool:
    """Whether a text had a word, or two parts of it with a sign between them that a font no longer tells."""
    return word in was or any(word[:at] in was and word[at:] in was for at in range(1, len(word)))


def _empty(after: Any, boxes: Boxes) -> Check:
    """In a box stands nothing but its own label, or what it says to a screen reader (PDFium gives ActualText)."""
    wrong = [number for number, placed in boxes.items() if not _only_labels(after[number - 1], placed)]
    return check_none("boxes-empty", "pages", wrong)


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
    labels = ["".join(label.split()) for other, label in placed if other.box.intersects(box)]
    for label in sorted(labels, key=len, reverse=True):
        said = said.replace(label, "", 1)
    return any(said in label for label in labels)  # of the label of a box beside it, of which a part lies in this one


def _middles(text_page: Any) -> Middles:
    """The middle of every character (n×2): of its box along the line, a little under the middle across."""
    characters = text_page.count_chars()
    if not characters:
        return np.empty((0, 2))
    boxes = (raw.FS_RECTF * characters)()
    # Without argument types ctypes passes references and small numbers on as they are, in a third of the time.
    box_of = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.cast(raw.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0)
    places = map(ctypes.byref, repeat(boxes), range(0, ctypes.sizeof(boxes), ctypes.sizeof(raw.FS_RECTF)))
    deque(map(box_of, repeat(ctypes.byref(text_page.raw.contents)), range(characters), places), maxlen=0)
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
