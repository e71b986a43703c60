"""What beside a line tells where its text ended, whatever box is drawn: there the box keeps the width of its text.

    │ Jan Jansen │ Utrecht │    the next column, or the side of the cell, where no other row reaches as far
    Jan Jansen ☎                a shape right behind the text
    Jan Jansen _________        a line that begins where the text ends
    ══════════                  a line above or below that ends where the text does
    Jan Jansen ........ 12      dots that fill up the line: their number

What follows the text when it moves (`content/underlines.py`) tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Ints
from woo_anon.formats.pdf.boxes.axes import Span, Turned
from woo_anon.formats.pdf.boxes.columns import BAND_EM, COLUMN_EM, HIGHEST_MARK_EM, Line

SNUG_EM = 1.5  # as wide as what tables leave beside the text of their widest cell
BEGINS_EM = 0.6  # a line that begins this near behind the text begins where it ended
ALIKE_EM = 0.15  # two ends this near to each other are one
AS_FAR_EM = 0.25  # another row that ends no more than this before the text explains the column's width
ROWS_EM = 12.0  # from the line to the rows of the same table
PADDED_EM = 0.8  # what a line above or below may reach beyond the text that it belongs to
EVEN_EM = 0.5  # by what the paddings on both sides of a cell or label may differ
BELOW_EM = 0.25  # a line this high in the text's band, or lower, stands under its letters
BESIDE_EM = 1.2  # from the line to a line above or below that may be its own
THIN_EM = 0.3  # of a shape: a line
PADDING_EM = 0.5  # around text, up to the sides of the labels it stands in
SAME_PT = 1.0  # ends of the lines of one frame
FILLING = tuple(map(ord, "._·…-–"))
LEAST_FILLING = 4  # of one character in a row


def belongs_to(shape: Span, text: Span, em: float) -> bool:
    """Whether a shape belongs to a text, as an underline or a mark does; both as (u0, v0, u1, v1)."""
    padding = PADDING_EM * em
    within = shape[0] > text[0] - padding and shape[2] < text[2] + padding
    return within and shape[3] - shape[1] <= HIGHEST_MARK_EM * em


def follows(shape: Span, text: Span, em: float) -> bool:
    """Whether a shape follows a line when it moves: its middle lies in it. What is behind the words of the line below,
    or in the row of a table, hangs into it."""
    return text[1] < (shape[1] + shape[3]) / 2 < text[3] and belongs_to(shape, text, em)


def shapes_tell(shapes: Sequence[Span], ends: Sequence[float], text: Span, em: float) -> bool:
    """Whether a shape that does not follow `text` ends or begins with it; `ends` are where it and removed parts of it
    end."""
    for shape in shapes:
        if follows(shape, text, em):
            continue
        if _is_beside(shape, text, em):
            near = any(-ALIKE_EM * em < shape[2] - end < PADDED_EM * em for end in ends)
        else:
            height = shape[3] - shape[1]
            if _common(shape, text) < min(THIN_EM * em, 0.5 * height):
                continue
            reach = BEGINS_EM if height < THIN_EM * em else SNUG_EM
            near = -0.5 < shape[0] - text[2] < reach * em
        if near:
            return True
    return False


def sides_around(shapes: Sequence[Span], text: Span, em: float) -> list[float]:
    """Where shapes end that do not follow `text` and that it stands on or in, such as the ground of a paragraph."""
    return [
        shape[2]
        for shape in shapes
        if shape[0] < text[2] and _common(shape, text) > THIN_EM * em and not follows(shape, text, em)
    ]


def sides_alike(shapes: Sequence[Span], words: Span, text: Span, em: float) -> list[float]:
    """Where shapes end that do not follow `text` and that are as wide as `words`, which is the text or a part of it: a
    label around them, or the grounds of other cells of their column."""
    return [
        shape[2]
        for shape in shapes
        if shape[3] - shape[1] > THIN_EM * em
        and abs(shape[0] - words[0]) < SNUG_EM * em
        and -ALIKE_EM * em < shape[2] - words[2] < SNUG_EM * em
        and abs(words[0] - shape[0] - (shape[2] - words[2])) < EVEN_EM * em
        and not follows(shape, text, em)
    ]


def frames_words(shapes: Sequence[Span], text: Span, start: float, em: float) -> bool:
    """Whether lines above and below words of `text` from `start` on frame them: these do not follow."""
    lines = [shape for shape in shapes if shape[3] - shape[1] <= THIN_EM * em]
    lines = [shape for shape in lines if shape[0] > text[0] - em and shape[2] < text[2] + em]
    lowest, under, highest = text[1] - BESIDE_EM * em, text[1] + BELOW_EM * em, text[3] + BESIDE_EM * em
    below = np.array([(shape[0], shape[2]) for shape in lines if lowest < shape[1] < under and shape[2] > start])
    above = np.array([(shape[0], shape[2]) for shape in lines if text[3] <= shape[1] < highest])
    apart = np.abs(below.reshape(-1, 1, 2) - above.reshape(1, -1, 2)).max(axis=2)
    return bool((apart < SAME_PT).any())


def _common(shape: Span, text: Span) -> float:
    """How much of a shape is as high as a text, in points; negative for one above or below."""
    return min(shape[3], text[3]) - max(shape[1], text[1])


def _is_beside(shape: Span, text: Span, em: float) -> bool:
    """Whether a shape is a line above or below the text."""
    if shape[3] - shape[1] > THIN_EM * em or shape[0] > text[2] - em:
        return False
    return text[1] - BESIDE_EM * em < shape[1] <= text[1] or text[3] <= shape[1] < text[3] + BESIDE_EM * em


def side_tells(line: Line, seen: Turned, stays: Flags, words: Span, sides: Iterable[float]) -> bool:
    """Whether `words`, the text of a line or a part of it, may be why the next column, or the side of its cell, stands
    where it does: no other row of its column reaches as far. `stays` tells which glyphs of the page are letters that
    stay."""
    start, _, end, _ = words
    side = min((side for side in sides if side > end - 0.5), default=end + SNUG_EM * line.em)
    if side - end >= SNUG_EM * line.em:
        return False
    middles = (seen.middles - line.base) / line.em
    others = stays & seen.upright & ((middles < BAND_EM[0]) | (middles > BAND_EM[1])) & (np.abs(middles) < ROWS_EM)
    candidates = np.flatnonzero(others & (seen.ends >= end - AS_FAR_EM * line.em) & (seen.ends <= side + 0.5))
    return not any(_is_in_column(line, seen, others, at, start) for at in candidates.tolist())


def _is_in_column(line: Line, seen: Turned, others: Flags, at: int, start: float) -> bool:
    """Whether a letter is the last of a text that begins about where this one does, at `start`."""
    row = others & (np.abs(seen.middles - seen.middles[at]) < 0.5 * line.em)
    distance = seen.starts[row] - seen.ends[at]
    if ((distance > -ALIKE_EM * line.em) & (distance < BEGINS_EM * line.em)).any():
        return False
    before = np.sort(seen.starts[row & (seen.starts <= seen.starts[at])])
    gaps = np.flatnonzero(np.diff(before) > (COLUMN_EM + 1) * line.em)
    first = before[gaps[-1] + 1] if len(gaps) else before[0]
    return bool(abs(first - start) < SNUG_EM * line.em)


def is_filled_up(codes: Ints) -> bool:
    """Whether the characters of a line, in order, fill it up with dots or lines."""
    return any(count >= LEAST_FILLING for code, count in _runs(codes) if code in FILLING)


def _runs(codes: Ints) -> Iterator[tuple[int, int]]:
    """Every run of one character, with its length."""
    breaks = np.flatnonzero(np.diff(codes)) + 1
    for run in np.split(codes, breaks):
        if len(run):
            yield int(run[0]), len(run)
