"""Pages that OCR is to read: how, what it found on them, and whether they count as read.

no text, or text that cannot be read       the whole page; without OCR the document is refused
text, and print in a picture beside it     the picture; without OCR the page does not count as read
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from woo_anon.document import Page
from woo_anon.errors import MissingError, RefusedError, UnreadableError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.reading.unread import NO_LETTERS
from woo_anon.formats.pdf.reading.unread_drawings import PICTURE, TEXT, TURNED
from woo_anon.formats.pdf.reading.unread_pictures import BESIDE
from woo_anon.formats.pdf.scans.doubt import ASKEW, why_not_read, why_unsure
from woo_anon.formats.pdf.scans.ocr import Mode, Recognition, recognise
from woo_anon.formats.pdf.scans.words import NO_WORDS, Words, of_characters, of_own_text
from woo_anon.geometry import Box

MOST_PICTURES = 30  # pages on which OCR reads a picture: the time for a document is limited


@dataclass(frozen=True)
class Due:
    """Why the text of a page cannot be taken as read, and how OCR is to read it."""

    reason: str
    mode: Mode

    @classmethod
    def of(cls, reason: str, *, has_text: bool) -> Due:
        """What is due for `reason` on a page that has text or none."""
        if reason in {NO_LETTERS, TEXT, TURNED, PICTURE}:
            return cls(reason, Mode.FORCE)
        return cls(reason, Mode.REDO if has_text else Mode.SKIP)


@dataclass(frozen=True)
class Scan:
    """What OCR found (None: it gave up) on a page that was due."""

    words: Words | None
    due: Due

    @property
    def whole(self) -> bool:
        """Whether all of the page was read, and not a picture on it alone."""
        return self.due.reason != BESIDE

    def all_words(self, read: Page, text: str, visible: Box) -> Words:
        """The words of OCR together with those that the page, `read` as `text`, had and kept: of the characters of
        these nobody knows a confidence."""
        if self.words is None or read.confidences is None or self.due.mode is not Mode.REDO:
            return self.words or NO_WORDS
        return self.words + of_own_text(read, text, visible, read.confidences)


def recognised(content: bytes, due: Mapping[int, Due], name: str, access: Access) -> Recognition:
    """What OCR makes of the pages, by number, that are `due`. Pictures that it does not read are left.

    Raises RefusedError when pages without text are due and `access` allows no OCR; for these pages also as `recognise`.
    """
    pages = {number: one.mode for number, one in due.items() if one.reason != BESIDE}
    if pages and not access.ocr:
        number = min(pages)
        raise RefusedError(
            f"{name}: page {number} cannot be read: {due[number].reason}.",
            "Allow OCR (setting ocr), or run it on the document first.",
        )
    pictures = sorted(due.keys() - pages)
    read = pictures[:MOST_PICTURES] if access.ocr else []
    if read:
        with contextlib.suppress(MissingError, RefusedError, UnreadableError):
            found = recognise(content, pages | dict.fromkeys(read, Mode.REDO), name, read)
            return replace(found, left=found.left.union(pictures[MOST_PICTURES:]))
    return replace(recognise(content, pages, name), left=frozenset(pictures))


def judged(page: Any, read: Page, text: str, scan: Scan) -> Page:
    """The pypdfium2 page as it was `read`, with how well OCR read it."""
    visible = Box(*page.get_bbox())
    known = of_characters(read, visible, scan.words) if scan.words is not None else array("d")
    read = replace(read, confidences=known)
    if scan.words is not None and not scan.whole:
        return replace(read, doubt=why_unsure(scan.words))
    had_text = scan.due.mode is Mode.FORCE
    doubt = why_not_read(page, scan.all_words(read, text, visible), had_text=had_text)
    return replace(read, doubt=doubt or (ASKEW if scan.due.reason == TURNED else None))
