"""Words in fonts that do not say which letters they show, on a page of which the rest can be read.

A word is a row of such glyphs that stand as close as letters do and are not all alike. What stands alone (a bullet, a
tick, an icon), repeats one sign (a leader) or is of a font of signs is none: nobody is named by it.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.reading.glyphs import UNREADABLE, Glyphs, ink_boxes

LEAST_LETTERS = 2  # of different shapes
SAME_LINE_EM = 0.2
LETTER_GAP_EM = 0.3  # between two letters of one word
ALIKE_EM = 0.02  # two shapes that differ by less, in width and height, may be one
_LONGEST_NAME = 128
_SIGNS = re.compile(rb"symbol|dingbats|wingdings|webdings|awesome|\bfa-|icons|icomoon", re.IGNORECASE)


def are_unmapped(codes: Ints) -> Flags:
    """Which codes say nothing: those that no font explains, and those of private use."""
    result: Flags = (codes == UNREADABLE) | ((codes >= 0xE000) & (codes < 0xF900)) | (codes >= 0xF0000)
    return result


def shows_unread_word(page: Any, glyphs: Glyphs) -> bool:
    """Whether visible `glyphs` of a loaded page (PDFium handle), in the order of its content, hold a word that nobody
    can read."""
    at = np.flatnonzero(are_unmapped(glyphs.codes))
    if len(at) < LEAST_LETTERS:
        return False
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        unread = glyphs.take(at)
        ink = ink_boxes(text_page, unread)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    drawn = (ink[:, 2:] > ink[:, :2]).all(axis=1) & ~_of_signs(unread.owners)
    return _has_word(unread.take(drawn), ink[drawn], at[drawn])


def _has_word(letters: Glyphs, ink: Floats, at: Ints) -> bool:
    """Whether some of `letters`, which are the glyphs `at` of their page, stand as a word."""
    if len(letters) < LEAST_LETTERS:
        return False
    apart = (np.diff(at) != 1) | ~_follow(letters)
    shapes = (ink[:, 2:] - ink[:, :2]) / np.maximum(letters.sizes, 1.0)[:, None]
    words = np.split(shapes, np.flatnonzero(apart) + 1)
    return any(len(word) >= LEAST_LETTERS and np.ptp(word, axis=0).max() > ALIKE_EM for word in words)


def _follow(letters: Glyphs) -> Flags:
    """Which letters, from the second on, stand on the line of the one before them and as close as in a word."""
    turn = np.radians(letters.angles[1:])
    along, up = np.stack([np.cos(turn), np.sin(turn)], 1), np.stack([-np.sin(turn), np.cos(turn)], 1)
    step = np.diff(letters.origins, axis=0)
    size = np.maximum(letters.sizes[1:], 1.0)
    gap = np.maximum(letters.boxes[1:, :2] - letters.boxes[:-1, 2:], letters.boxes[:-1, :2] - letters.boxes[1:, 2:])
    result: Flags = (np.abs((step * up).sum(axis=1)) < SAME_LINE_EM * size) & (
        (gap * np.abs(along)).sum(axis=1) < LETTER_GAP_EM * size
    )
    return result


def _of_signs(owners: Ints) -> Flags:
    """Which of the text objects are in a font of signs, by its name."""
    texts, which = np.unique(owners, return_inverse=True)
    signs = np.array([bool(_SIGNS.search(_font_name(text))) for text in texts.tolist()], dtype=np.bool_)
    return signs[which]


def _font_name(text: int) -> bytes:
    font = pdfium.FPDFTextObj_GetFont(ctypes.cast(text, pdfium.FPDF_PAGEOBJECT)) if text else None
    if not font:
        return b""
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
    return name.value
