"""The characters of a page as PDFium sees them, in arrays.

PDFium is called through ctypes without a Python object per character: the arguments are numbers and references into
one block of memory, and `map` runs the loop in C. A page of 2,300 characters takes some 3 ms.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints

UNREADABLE = 0xFFFD
# Characters that show nothing: spaces of every width and what joins or parts words unseen.
BLANKS = (0x20, 0xA0, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF)
# PDFium's marks for a hyphen at a line end (U+0002, formerly U+FFFE); a soft hyphen is a hyphen once it is drawn.
HYPHENS = (0x0002, 0xFFFE, 0x00AD)
LEAST_STEP_EM = 0.05  # down a column; a text object in horizontal writing has one base line, to the last digit
CELL_TOP_EM = 0.88  # /DW2 where a font has none (ISO 32000-2, table 115)
THINNEST_PT = 0.05  # a box never has less width or height than this, so that it stays a box

_SAME_WIDTH = 0.02  # of boxes of one letter, in ems


@dataclass(frozen=True)
class Glyphs:
    """Characters in the order of the content stream; n of them.

    `codes` are code points, none of them a surrogate, a control or unassigned by the font (those are U+FFFD).
    `boxes` is n×4 (left, bottom, right, top), `origins` n×2, both in points in user space. `angles` are the directions
    of the text in whole degrees anticlockwise, 0..359; `sizes` the height of an em in points; `advances` how far the
    pen moves on along the line, in points, NaN where an upright box says it as well. `owners` tells which text
    object of the page a character came from, `indices` which of PDFium's characters it is.
    """

    codes: Ints
    boxes: Floats
    origins: Floats
    angles: Ints
    sizes: Floats
    advances: Floats
    owners: Ints
    indices: Ints

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, which: Ints | Flags) -> Glyphs:
        """The characters that `which` (indices or a mask) picks."""
        return Glyphs(
            self.codes[which],
            self.boxes[which],
            self.origins[which],
            self.angles[which],
            self.sizes[which],
            self.advances[which],
            self.owners[which],
            self.indices[which],
        )


def _bind(name: str, result: Any) -> Callable[..., Any]:
    """The C function `name` taking references and numbers of 32 bits: told of no types, ctypes passes them on as they
    are, in half the time."""
    return ctypes.CFUNCTYPE(result)(_address(name))


def _address(name: str) -> int:
    return ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0


def _reference(address: int) -> Any:
    return ctypes.byref(ctypes.c_char.from_address(address))


def _references(block: npt.NDArray[Any], offset: int = 0) -> Iterator[Any]:
    """A reference to every row of `block`, `offset` bytes into it; `block` has to outlive them."""
    start, step = ctypes.c_char.from_address(block.ctypes.data), block.shape[1] * block.itemsize
    return map(ctypes.byref, repeat(start), range(offset, offset + len(block) * step, step))


def _column(name: str, result: Any, page: Any, indices: Sequence[int], dtype: str = "i8") -> npt.NDArray[Any]:
    return np.fromiter(map(_bind(name, result), repeat(page), indices), dtype=dtype, count=len(indices))


def _fill(name: str, page: Any, indices: Iterable[int], *references: Iterable[Any]) -> None:
    deque(map(_bind(name, ctypes.c_int), repeat(page), indices, *references), maxlen=0)


def _records(name: str, page: Any, count: int, width: int) -> Floats:
    """What a function that fills a struct of `width` floats says of every character: count×width."""
    block = np.zeros((count, width), dtype=np.float32)
    _fill(name, page, range(count), _references(block))
    return block.astype(np.float64)


def _quads(name: str, page: Any, indices: Sequence[int], width: int) -> Floats:
    """What a function that fills `width` separate doubles says of the characters at `indices`: n×width."""
    block = np.zeros((len(indices), width), dtype=np.float64)
    _fill(name, page, indices, *(_references(block, 8 * at) for at in range(width)))
    return block


def _char_boxes(page: Any, indices: Sequence[int]) -> Floats:
    """PDFium's tight boxes of the characters at `indices`, n×4."""
    return _quads("FPDFText_GetCharBox", page, indices, 4)[:, [0, 2, 1, 3]]  # left, right, bottom, top


def read_glyphs(text_page: Any, *, for_text: bool = True) -> Glyphs:
    """All characters that are drawn on a page, from PDFium's text page handle. What PDFium implies is left out.

    Unless `for_text` only their places matter: codes that PDFium guessed stand as they are, and no advance is measured.
    """
    page = _handle(text_page)
    count = max(pdfium.FPDFText_CountChars(text_page), 0)
    codes = _column("FPDFText_GetUnicode", ctypes.c_uint, page, range(count))
    # PDFium makes up spaces, hyphens and ends of lines, but no letter and no digit.
    implied = np.zeros(count, dtype=np.bool_)
    perhaps = np.flatnonzero(~_is_ascii_word(codes))
    implied[perhaps] = _column("FPDFText_IsGenerated", ctypes.c_int, page, perhaps.tolist()) == 1
    # Where a font does not say what a glyph means, PDFium gives the glyph's code: a letter only by luck.
    guessed = np.zeros(count, dtype=np.bool_)
    if for_text:
        guessed = _column("FPDFText_HasUnicodeMapError", ctypes.c_int, page, range(count)) == 1
    if guessed.any() and not _read_like_words(codes[guessed]):
        codes[guessed] = UNREADABLE
    loose = _records("FPDFText_GetLooseCharBox", page, count, 4)[:, [0, 3, 2, 1]]  # FS_RECTF: left, top, right, bottom
    owners = _column("FPDFText_GetTextObject", ctypes.c_size_t, page, range(count), "u8").astype(np.int64)
    matrix, size = _of_owners(owners, page)
    glyphs = Glyphs(
        codes=codes,
        boxes=_sound_boxes(loose, implied, page, count),
        origins=_quads("FPDFText_GetCharOrigin", page, range(count), 2),
        angles=np.rint(np.degrees(np.arctan2(matrix[:, 1], matrix[:, 0]))).astype(np.int64) % 360,
        sizes=np.abs(size) * np.hypot(matrix[:, 2], matrix[:, 3]),
        advances=np.full(count, np.nan),
        owners=owners,
        indices=np.arange(count),
    )
    if count:
        if for_text:
            _measure_overhang(glyphs, matrix, ~guessed, page)
        _mend_columns(glyphs, matrix, np.abs(size), page)
    return _readable(glyphs.take(~implied))


def _of_owners(owners: Ints, page: Any) -> tuple[Floats, Floats]:
    """The text matrix and the font size of each character, asked once of each text object: n×6 and n.

    What PDFium made up belongs to none, and is not drawn.
    """
    _, first, which = np.unique(owners, return_index=True, return_inverse=True)
    matrix, size = np.zeros((len(first), 6), dtype=np.float32), np.zeros(len(first))
    indices = first.tolist()
    _fill("FPDFText_GetMatrix", page, indices, _references(matrix))
    size[:] = _column("FPDFText_GetFontSize", ctypes.c_double, page, indices, "f8")
    return matrix.astype(np.float64)[which], size[which]


def _measure_overhang(glyphs: Glyphs, matrix: Floats, known: Flags, page: Any) -> None:
    """Set the advance of letters that reach over it, as in italics, and of those in oblique lines: their box tells
    nothing of the gap that follows.

    Only where the font is `known` to say what its glyphs mean: PDFium finds a width by the letter.
    """
    along = np.hypot(matrix[:, 0], matrix[:, 1])
    upright = (matrix[:, 1] == 0) & (matrix[:, 0] > 0)
    em = glyphs.sizes * along / np.maximum(np.hypot(matrix[:, 2], matrix[:, 3]), 1e-9)
    advances = _font_widths(glyphs) * em
    known = known & _one_width(glyphs, upright, em)
    slanted = np.abs(matrix[:, 0] * matrix[:, 2] + matrix[:, 1] * matrix[:, 3]) > 0.01 * along
    over = glyphs.boxes[:, 2] - glyphs.origins[:, 0] - advances > 0.02 * em
    # The letters of a ligature share a place, and the width is that of one of them.
    alone = np.ones(len(glyphs), dtype=np.bool_)
    alone[1:] = (glyphs.origins[1:] != glyphs.origins[:-1]).any(axis=1)
    alone[:-1] &= alone[1:]
    for at in np.flatnonzero(over & upright & alone & known & (advances > 0)).tolist():
        if slanted[at] or _tight_right(page, at) > glyphs.boxes[at, 2] - 0.01 * em[at]:
            glyphs.advances[at] = advances[at]
    oblique = (glyphs.angles % 90 != 0) & alone & known & (advances > 0)
    glyphs.advances[oblique] = advances[oblique]


def _one_width(glyphs: Glyphs, upright: Flags, em: Floats) -> Flags:
    """Whether all that a font shows for the same letter is equally wide, as far as it stands upright: a small raised
    `a` beside the plain one has a width of its own, and PDFium knows one of the two."""
    _, which_font = _numbered_fonts(glyphs)
    _, which = np.unique(which_font * (1 << 32) + glyphs.codes, return_inverse=True)
    width = (glyphs.boxes[:, 2] - glyphs.boxes[:, 0]) / np.maximum(em, 1e-9)
    least, most = np.full(len(width), np.inf), np.full(len(width), -np.inf)
    np.minimum.at(least, which[upright], width[upright])
    np.maximum.at(most, which[upright], width[upright])
    alike: Flags = (most - least <= _SAME_WIDTH)[which]
    return alike


def _numbered_fonts(glyphs: Glyphs) -> tuple[npt.NDArray[np.uint64], Ints]:
    """The fonts of a page, and which of them each character is in."""
    owners, which = np.unique(glyphs.owners, return_inverse=True)
    return np.unique(_fonts_of(owners).astype(np.uint64)[which], return_inverse=True)


def _font_widths(glyphs: Glyphs) -> Floats:
    """The width of each character in its font, in ems; 0 where PDFium does not know."""
    numbers, which_font = _numbered_fonts(glyphs)
    _, first, which = np.unique(which_font * (1 << 32) + glyphs.codes, return_index=True, return_inverse=True)
    pairs = zip(numbers[which_font[first]].tolist(), glyphs.codes[first].tolist(), strict=True)
    kinds = (ctypes.c_void_p, ctypes.c_uint32, ctypes.c_float, ctypes.c_void_p)
    width_of = ctypes.CFUNCTYPE(ctypes.c_int, *kinds)(_address("FPDFFont_GetGlyphWidth"))
    width = ctypes.c_float()
    place = ctypes.addressof(width)
    widths = [width.value if font and width_of(font, code, 1.0, place) else 0.0 for font, code in pairs]
    return np.array(widths)[which]


def in_columns(glyphs: Glyphs) -> Flags:
    """Which glyphs are in a font for vertical writing (ISO 32000-2, 9.7.4.3).

    PDFium does not say so. A font is one when a glyph stands below the one before it in the same text object; so one
    that shows a single glyph at a time on the whole page is not found.
    """
    turn = np.radians(glyphs.angles[1:])
    sine, cosine = np.sin(turn), np.cos(turn)
    x, y = np.diff(glyphs.origins, axis=0).T
    sunk, gone = x * sine - y * cosine, np.abs(x * cosine + y * sine)
    down = (glyphs.owners[1:] == glyphs.owners[:-1]) & (sunk > np.maximum(gone, LEAST_STEP_EM * glyphs.sizes[1:]))
    if not down.any():
        return np.zeros(len(glyphs), dtype=np.bool_)
    owners, which = np.unique(glyphs.owners, return_inverse=True)
    fonts = _fonts_of(owners)[which]
    return np.isin(fonts, fonts[1:][down])


def _mend_columns(glyphs: Glyphs, matrix: Floats, size: Floats, page: Any) -> None:
    """Set the boxes in vertical writing, where PDFium forgets the scale and turn of the text: what is inked, and the
    cell that fonts have by default, an em high, its top 0.88 em above the glyph's origin."""
    due = in_columns(glyphs) & (np.abs(matrix[:, :4] - (1, 0, 0, 1)).max(axis=1) > 1e-3)
    if not due.any():
        return
    ink = _char_boxes(page, range(len(glyphs)))
    width = _font_widths(glyphs)
    middle = np.where(width > 0, width, 1.0) / 2
    corners = [
        glyphs.origins + matrix[:, :2] * ((middle + across) * size)[:, None] + matrix[:, 2:4] * (height * size)[:, None]
        for across in (-0.5, 0.5)
        for height in (CELL_TOP_EM - 1.0, CELL_TOP_EM)
    ]
    cells = np.hstack([np.min(corners, axis=0), np.max(corners, axis=0)])
    blank = ~((ink[:, 2:] > ink[:, :2]).all(axis=1) & np.isfinite(ink).all(axis=1))
    ink[blank] = cells[blank]
    mended = np.hstack([np.minimum(cells[:, :2], ink[:, :2]), np.maximum(cells[:, 2:], ink[:, 2:])])
    glyphs.boxes[due] = mended[due]


def _fonts_of(owners: Ints) -> Ints:
    """The font of each text object, as a number; 0 where there is none."""
    font_of = ctypes.CFUNCTYPE(ctypes.c_size_t, ctypes.c_void_p)(_address("FPDFTextObj_GetFont"))
    return np.array([font_of(owner) if owner else 0 for owner in owners.tolist()], dtype=np.uint64).astype(np.int64)


def _tight_right(page: Any, at: int) -> float:
    return float(_char_boxes(page, (at,))[0, 2])


def ink_boxes(text_page: Any, glyphs: Glyphs) -> Floats:
    """The smallest box around the outline of every glyph (PDFium's text page handle), n×4; no area for a blank one."""
    boxes = _char_boxes(_handle(text_page), glyphs.indices.tolist())
    return np.nan_to_num(boxes).clip(-1e6, 1e6)


def _handle(text_page: Any) -> Any:
    return _reference(ctypes.cast(text_page, ctypes.c_void_p).value or 0)


def _is_ascii_word(codes: Ints) -> Flags:
    lower = codes | 32
    return ((lower >= ord("a")) & (lower <= ord("z"))) | ((codes >= ord("0")) & (codes <= ord("9")))


def _read_like_words(codes: Ints) -> bool:
    """Whether codes are letters: as many vowels and spaces among them as languages in Latin script have."""
    lower = codes | 32
    letters = np.count_nonzero((lower >= ord("a")) & (lower <= ord("z")))
    vowels = np.count_nonzero(np.isin(lower, [ord(letter) for letter in "aeiou"]))
    spaces = np.count_nonzero(codes == 32)
    return bool(letters >= 100 and 0.3 < vowels / letters < 0.5 and letters > 0.5 * len(codes) > 5 * spaces > 0)


def _sound_boxes(boxes: Floats, implied: Flags, page: Any, count: int) -> Floats:
    """Loose boxes, or tight ones where those have no area (fonts without ascent); never thinner than a hair."""
    boxes = np.nan_to_num(boxes, nan=0.0, posinf=1e6, neginf=-1e6).clip(-1e6, 1e6)
    flat = ((boxes[:, 2] <= boxes[:, 0]) | (boxes[:, 3] <= boxes[:, 1])) & ~implied
    if flat.any():
        tight = _char_boxes(page, range(count))
        boxes[flat] = np.nan_to_num(tight[flat]).clip(-1e6, 1e6)
    boxes[:, 2:] = np.maximum(boxes[:, 2:], boxes[:, :2] + THINNEST_PT)
    return boxes


def _readable(glyphs: Glyphs) -> Glyphs:
    """Hyphen markers made hyphens, halves of a pair joined, and what is no character made U+FFFD."""
    codes = glyphs.codes
    codes[np.isin(codes, HYPHENS)] = ord("-")
    codes[(codes == 9) | (codes == 10) | (codes == 13)] = ord(" ")
    high = np.flatnonzero((codes[:-1] >> 10 == 0xD800 >> 10) & (codes[1:] >> 10 == 0xDC00 >> 10))
    codes[high] = 0x10000 + ((codes[high] & 0x3FF) << 10) + (codes[high + 1] & 0x3FF)
    wrong = (codes < 32) | (codes >> 11 == 0xD800 >> 11) | (codes > 0x10FFFF) | (codes & 0xFFFE == 0xFFFE)
    codes[wrong | ((codes >= 0x7F) & (codes < 0xA0))] = UNREADABLE
    keep = np.ones(len(codes), dtype=np.bool_)
    keep[high + 1] = False
    return glyphs.take(keep)
