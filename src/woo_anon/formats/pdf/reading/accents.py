"""Accents that a program set apart from their letters: where LaTeX has no font with both, `M¨uller` is read as Müller.

The letter takes the accent, and the sign before it becomes a soft hyphen, which nobody reads: every character keeps its
box.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import numpy as np

from woo_anon.formats.pdf.reading.glyphs import Glyphs

_SOFT_HYPHEN = 0x00AD
_COMBINING = {
    0x5E: 0x302, 0x60: 0x300, 0x7E: 0x303, 0xA8: 0x308, 0xAF: 0x304, 0xB4: 0x301, 0xB8: 0x327,
    0x2C6: 0x302, 0x2C7: 0x30C, 0x2D8: 0x306, 0x2D9: 0x307, 0x2DA: 0x30A, 0x2DC: 0x303, 0x2DD: 0x30B,
}  # fmt: skip
_DOTTED = {0x131: ord("i"), 0x237: ord("j")}  # letters without their dot, for an accent to stand over


def composed(glyphs: Glyphs) -> Glyphs:
    """The glyphs with accents that stand over a letter taken to it: to its code and to its line."""
    codes, origins = glyphs.codes.copy(), glyphs.origins.copy()
    for at in np.flatnonzero(np.isin(codes, list(_COMBINING))).tolist():
        letter = _letter_under(glyphs, at)
        if letter is None:
            continue
        plain = chr(_DOTTED.get(int(codes[letter]), int(codes[letter])))
        whole = unicodedata.normalize("NFC", plain + chr(_COMBINING[int(codes[at])]))
        if plain.isalpha() and len(whole) == 1:
            codes[at], codes[letter] = _SOFT_HYPHEN, ord(whole)
            origins[at] = origins[letter]
    return replace(glyphs, codes=codes, origins=origins)


def _letter_under(glyphs: Glyphs, at: int) -> int | None:
    """The character that an accent stands over: the one behind it, or the only one, for PDFium puts a raised accent
    somewhere else in its order."""
    left, bottom, right, top = glyphs.boxes.T
    middle, height = (left[at] + right[at]) / 2, top[at] - bottom[at]
    over = (left <= middle) & (middle <= right) & (np.abs(bottom - bottom[at]) < height) & (top > bottom[at] - height)
    over[at] = False
    if at + 1 < len(over) and over[at + 1]:
        return at + 1
    under = np.flatnonzero(over)
    return int(under[0]) if len(under) == 1 else None
