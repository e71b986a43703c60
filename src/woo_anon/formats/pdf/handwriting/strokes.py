"""Ink that no word explains: what is left of a page without its words and its rules, in groups as large as handwriting.

    Paraaf: ─╮╭╮╱─        the word and the rule go, the strokes between them stay, and are a group
    ───────╰╯╰╯────

Whether a group is handwriting it cannot tell: a stamp, a logo and a stain are groups too. What it leaves out: blocks
that are filled, such as photos and black bars, and what is smaller or larger than what people sign with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.handwriting.cells import Area, groups
from woo_anon.formats.pdf.scans.words import LONG, Words

LEAST_PT, LEAST_LONG_PT = 6.0, 9.0  # of the shorter side and of the longer one: 2 and 3 mm, a small paraaf
MOST_WIDE_PT, MOST_HIGH_PT = 340.0, 200.0  # 12 by 7 cm
LONGEST_TO_SHORTEST = 15.0  # beyond it a group is a dotted line
DENSEST = 0.6  # share of ink; strokes fill some 0.05 to 0.4 of their box
CELL_PT = 4.5  # strokes that end within a cell of each other are of one hand; lines of print lie further apart
LEAST_OF_CELL = 2  # pixels: less is dust
RULE_PT = 50.0  # what runs straight for so long is a rule
THICKEST_RULE_PT = 4.5  # more is a stroke that crosses it
ASKEW_PT = 1.5  # over that length, up and down: a page that is turned by 1.7 degrees either way
AROUND_WORD_PT = 1.5
LEAST_OF_LONG, LEAST_OF_SHORT = 40.0, 60.0  # confidence in a word, 0..100; in scrawls read as words 0 to 55
TALLEST = 1.8  # times the usual height; a higher word is a heading or a scrawl
SURE = 85.0  # confidence in a heading
HIGHEST_PRINT, MOST_OF_PRINT = 1.4, 0.8  # a group no higher than words, of which words cover so much, is print
MARGIN_PT = 1.0  # around a group: what is antialiased


@dataclass(frozen=True)
class Sheet:
    """A page as it is seen: its ink, height×width with row 0 on top; its words; and how many pixels a point has."""

    ink: Flags
    words: Words
    dots_per_point: float


def strokes(sheet: Sheet) -> Floats:
    """The groups of ink that neither words nor rules explain, n×4 (left, top, right, bottom) in shares of the page."""
    heights, usual = _heights(sheet)
    left = sheet.ink & ~_under(sheet, _explain(sheet.words, heights / usual))
    left &= ~_rules(left, sheet.dots_per_point) & ~_rules(left.T, sheet.dots_per_point).T
    printed = _under(sheet, heights <= HIGHEST_PRINT * usual)
    found = []
    for rows, columns in _groups(left, max(round(CELL_PT * sheet.dots_per_point), 1)):
        own, high, wide = left[rows, columns], rows.stop - rows.start, columns.stop - columns.start
        is_print = high <= HIGHEST_PRINT * usual and printed[rows, columns][own].mean() >= MOST_OF_PRINT
        sized = has_size(wide / sheet.dots_per_point, high / sheet.dots_per_point)
        if sized and own.mean() <= DENSEST and not is_print:
            found.append((columns.start, rows.start, columns.stop, rows.stop))
    height, width = left.shape
    grown = np.array(found).reshape(-1, 4) + np.array([-1, -1, 1, 1]) * MARGIN_PT * sheet.dots_per_point
    return grown / (width, height, width, height)


def has_size(width: float, height: float) -> bool:
    """Whether something (points) has the size of a signature or a paraaf."""
    shorter, longer = sorted((width, height))
    return (
        shorter >= LEAST_PT
        and LEAST_LONG_PT <= longer <= LONGEST_TO_SHORTEST * shorter
        and width <= MOST_WIDE_PT
        and height <= MOST_HIGH_PT
    )


def _heights(sheet: Sheet) -> tuple[Floats, float]:
    """The height of each word, and the usual one, in pixels; of a word that runs upwards its width. In the text of a
    scan that lay askew most words are too high: the usual one is that of the lower quarter."""
    height, width = sheet.ink.shape
    across, up = ((sheet.words.boxes[:, 2:] - sheet.words.boxes[:, :2]) * (width, height)).T
    heights = np.where(up > 3 * across, across, up)
    return heights, max(float(np.percentile(heights, 25)), 1.0) if len(heights) else 1.0


def _explain(words: Words, heights: Floats) -> Flags:
    """Which words explain the ink under them: those that OCR, where it read them, was sure enough of, as high as print
    or surely a heading. `heights` are in those of the usual word."""
    long = words.lengths >= LONG
    read = (words.lengths > 1) & (words.confidences >= np.where(long, LEAST_OF_LONG, LEAST_OF_SHORT))
    result: Flags = read & ((heights <= TALLEST) | (long & (words.confidences >= SURE)))
    return result


def _under(sheet: Sheet, which: Flags) -> Flags:
    """What lies under some of the words."""
    result = np.zeros_like(sheet.ink)
    height, width = result.shape
    boxes = sheet.words.boxes[which] * (width, height, width, height)
    grown = boxes + np.array([-1, -1, 1, 1]) * AROUND_WORD_PT * sheet.dots_per_point
    for left, top, right, bottom in np.rint(grown).astype(int).clip(0).tolist():
        result[top : bottom + 1, left : right + 1] = True
    return result


def _rules(dark: Flags, dots_per_point: float) -> Flags:
    """Where the ink runs along the rows for long, but for strokes that cross it."""
    length, askew, thick = (round(points * dots_per_point) for points in (RULE_PT, ASKEW_PT, THICKEST_RULE_PT))
    near = dark.copy()
    for step in range(1, askew + 1):
        near[step:] |= dark[:-step]
        near[:-step] |= dark[step:]
    return _runs(near, length) & ~_runs(dark.T, thick).T


def _runs(flags: Flags, length: int) -> Flags:
    """What belongs to a run of at least this length in a row."""
    if length > flags.shape[1]:
        return np.zeros_like(flags)
    begins, reach = flags, 1
    while reach < length:  # every column says whether a run of so many begins there
        step = min(reach, length - reach)
        begins, reach = begins[:, :-step] & begins[:, step:], reach + step
    result, reach = np.pad(begins, ((0, 0), (length - 1, length - 1))), 1
    while reach < length:
        step = min(reach, length - reach)
        result, reach = result[:, :-step] | result[:, step:], reach + step
    return result


def _groups(dark: Flags, side: int) -> Iterator[Area]:
    """The rows and columns of the groups of ink; cells have `side` pixels."""
    height, width = (-size % side for size in dark.shape)
    padded = np.pad(dark, ((0, height), (0, width)))
    counts = padded.reshape(padded.shape[0] // side, side, padded.shape[1] // side, side).sum(axis=(1, 3))
    for rows, columns in groups(counts >= LEAST_OF_CELL):
        top, left = rows.start * side, columns.start * side
        own = dark[top : rows.stop * side, left : columns.stop * side]
        yield _reach(np.flatnonzero(own.any(axis=1)), top), _reach(np.flatnonzero(own.any(axis=0)), left)


def _reach(found: Ints, start: int) -> slice:
    """From the first to the last, counted from `start`."""
    return slice(start + int(found[0]), start + int(found[-1]) + 1)
