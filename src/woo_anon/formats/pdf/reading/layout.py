"""Reading order: from characters where they stand to lines of text.

Per direction of text the characters are turned upright and joined to segments (no wide gap inside),
which `columns` puts in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from statistics import median

import numpy as np

from woo_anon.formats.pdf.arrays import Flags, Floats, Ints
from woo_anon.formats.pdf.reading.columns import CELL_GAP, SAME_BASE_LINE, Segment, order
from woo_anon.formats.pdf.reading.glyphs import Glyphs

IMPLIED_SPACE = -1
IMPLIED_LINE_END = -2

# In ems. Words in justified lines stand 0.15 to 0.6 apart (measured on LaTeX articles), kerning is below 0.1.
WORD_GAP = 0.13
OVERLAP = 0.25  # of letters of two texts; kerning is below 0.15
_LETTERS = 3  # of a text that may be a word; less may be an accent, or a stroke through a sign
_WORD = 4  # letters of a word beside which a smaller sign is a mark: not those of `km²`, `CO₂`, `10e`
_SMALLER = 0.85  # how small a mark is beside the word
_INITIAL = 1.6  # how large a letter is that stands before several lines, and how near, in ems of its own
_INITIAL_GAP = 0.5
_CAPITAL_HEIGHT = 0.7
UNDONE = 0.03  # by which letters may stand further or nearer than those of a word where a space was taken back


@dataclass(frozen=True)
class Frame:
    """Characters of one direction, turned upright: `left` and `right` along the line, `base` across, in points."""

    index: Ints  # where the characters stand in the page's glyphs
    left: Floats
    right: Floats
    base: Floats
    size: Floats
    white: Flags
    letter: Flags
    owner: Ints  # which text object draws it


def arrange(glyphs: Glyphs, *, drawn: bool = True) -> tuple[Glyphs, Ints]:
    """Reading order of a page: indices into the glyphs that come back, or IMPLIED_SPACE, or IMPLIED_LINE_END.

    Glyphs printed twice on (nearly) the same place come back once, with a box that covers both. Each of those that come
    back stands in the order once, unless it is white and stands alone or where no space is seen. `drawn` is as for
    `columns.order`.
    """
    glyphs = without_overprint(glyphs)
    pieces = [_arrange_frame(_without_undone(frame), drawn=drawn) for frame in _frames(glyphs)]
    pieces = [piece for piece in pieces if len(piece)]
    return glyphs, np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)


def without_overprint(glyphs: Glyphs) -> Glyphs:
    """The glyphs without those that repeat another at (nearly) the same place: fake bold, shadows."""
    if len(glyphs) < 2:
        return glyphs
    near = 0.12 * float(np.median(glyphs.sizes))
    if not near > 0:
        return glyphs
    twin = np.full(len(glyphs), -1, dtype=np.int64)
    # Two points nearer than half a cell share a cell in one of four grids, each shifted by half a cell.
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        _mark_twins(glyphs, 2 * near, np.array(shift), twin)
    repeated = np.flatnonzero(twin >= 0)
    for at in repeated:
        kept = glyphs.boxes[twin[at]]
        kept[:2] = np.minimum(kept[:2], glyphs.boxes[at, :2])
        kept[2:] = np.maximum(kept[2:], glyphs.boxes[at, 2:])
    return glyphs.take(twin < 0) if len(repeated) else glyphs


def _mark_twins(glyphs: Glyphs, cell: float, shift: Floats, twin: Ints) -> None:
    """Set in `twin` which earlier character a character repeats, for those that share a cell of the grid."""
    places = np.floor(glyphs.origins / cell + shift)
    order = np.lexsort((np.arange(len(glyphs)), places[:, 1], places[:, 0], glyphs.codes))
    before, after = order[:-1], order[1:]
    same = (glyphs.codes[before] == glyphs.codes[after]) & (places[before] == places[after]).all(axis=1)
    # The letters of a ligature share a place too, but they come from one text object, one after the other.
    same &= (glyphs.owners[before] != glyphs.owners[after]) | (after - before > 4)
    same &= np.abs(glyphs.origins[before] - glyphs.origins[after]).max(axis=1) <= cell / 2
    for first, second in zip(before[same], after[same], strict=True):
        if twin[second] < 0:
            twin[second] = twin[first] if twin[first] >= 0 else first


def _frames(glyphs: Glyphs) -> Iterator[Frame]:
    """The page's characters by direction: the most frequent first, whole quarters before odd angles."""
    directions, counts = np.unique(glyphs.angles, return_counts=True)
    for at in sorted(range(len(directions)), key=lambda at: (directions[at] % 90 != 0, -counts[at])):
        yield _frame(glyphs, np.flatnonzero(glyphs.angles == directions[at]), int(directions[at]))


def _frame(glyphs: Glyphs, index: Ints, angle: int) -> Frame:
    turn = np.radians(angle)
    along = np.array([np.cos(turn), np.sin(turn)])
    across = np.array([-np.sin(turn), np.cos(turn)])
    origins, boxes, sizes = glyphs.origins[index], glyphs.boxes[index], glyphs.sizes[index]
    base = origins @ across
    if angle % 90 == 0:
        ends = np.stack([boxes[:, :2] @ along, boxes[:, 2:] @ along])
        left, right = ends.min(axis=0), ends.max(axis=0)
        # Italic letters reach over their neighbours: the pen says where they begin and end.
        pen = origins @ along
        advances = glyphs.advances[index]
        left = np.where(np.isnan(advances), left, np.maximum(left, pen))
        right = np.where(np.isnan(advances), right, pen + advances)
    else:
        left = origins @ along
        # The upright box around a slanted glyph says little of its width: what the font says, or the way to the next.
        step = np.append(np.diff(left), 0.0)
        step = np.where((step > 0) & (step < 1.5 * sizes), step, 0.5 * sizes)
        advances = glyphs.advances[index]
        right = left + np.where(np.isnan(advances), step, advances)
    sizes = np.where(sizes > 0, sizes, 1.0)
    codes = glyphs.codes[index]
    white = (codes == 32) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200B)) | (codes == 0x3000)
    known, which = np.unique(codes, return_inverse=True)
    letter = np.array([chr(code).isalpha() for code in known.tolist()], dtype=np.bool_)[which]
    return Frame(index, left, right, base, sizes, white, letter, glyphs.owners[index])


def _without_undone(frame: Frame) -> Frame:
    """The frame without white characters between letters that stand as near as those of a word: what comes next was
    drawn where the space began, as where a program breaks a word at a soft hyphen and then does not. Spaces that are
    no wider than that, or between words drawn one by one, as in layers of OCR, stay."""
    solid = np.flatnonzero(~frame.white)
    if len(solid) < 3 or len(solid) == len(frame.white):
        return frame
    a, b = solid[:-1], solid[1:]
    size = np.minimum(frame.size[a], frame.size[b])
    gap = (frame.left[b] - frame.right[a]) / size
    level = np.abs(frame.base[b] - frame.base[a]) <= SAME_BASE_LINE * size
    beside, parted = level & (b - a == 1), level & (b - a > 1)
    if not beside.any() or not parted.any():
        return frame
    undone = parted & (frame.owner[a] == frame.owner[b]) & (np.abs(gap - float(np.median(gap[beside]))) < UNDONE)
    wide = (frame.right - frame.left) > WORD_GAP * frame.size
    undone &= wide[a + 1]
    kept = np.ones(len(frame.white), dtype=np.bool_)
    for before, behind in zip(a[undone].tolist(), b[undone].tolist(), strict=True):
        kept[before + 1 : behind] = False
    return Frame(*(getattr(frame, field.name)[kept] for field in fields(Frame)))


def _arrange_frame(frame: Frame, *, drawn: bool) -> Ints:
    segments = _segments(frame)
    if not segments:
        return np.zeros(0, dtype=np.int64)
    _raise_initials(frame, segments)
    spaces = _implied_spaces(frame, segments)
    ordered = order(segments, drawn=drawn)
    leading = _leading(segments)
    out = [_spell(frame, ordered[0], spaces)]
    for previous, segment in pairwise(ordered):
        out.append(_between(frame, previous, segment, leading))
        out.append(_spell(frame, segment, spaces))
    out.append(np.array([IMPLIED_LINE_END]))
    return np.concatenate(out)


def _segments(frame: Frame) -> list[Segment]:
    """Characters that follow each other in the file and on the page; white ones hang on to what stands before them."""
    solid = np.flatnonzero(~frame.white)
    if not len(solid):
        return []
    a, b = solid[:-1], solid[1:]
    size = np.maximum(frame.size[a], frame.size[b])
    gap = frame.left[b] - frame.right[a]
    cut = (np.abs(frame.base[b] - frame.base[a]) > SAME_BASE_LINE * size) | (gap > CELL_GAP * size)
    # The letters of a ligature share one box; any other step back starts anew.
    cut |= (frame.left[b] < frame.left[a] - 0.1 * size) | (gap < -1.5 * size)
    firsts = np.concatenate([[0], np.flatnonzero(cut) + 1])
    starts = solid[firsts]
    columns = (
        starts,
        np.append(starts[1:], len(frame.white)),
        np.minimum.reduceat(frame.left[solid], firsts),
        np.maximum.reduceat(frame.right[solid], firsts),
        frame.base[starts],
        np.maximum.reduceat(frame.size[solid], firsts),
    )
    return [Segment(*values) for values in zip(*(column.tolist() for column in columns), strict=True)]


def _raise_initials(frame: Frame, segments: Sequence[Segment]) -> None:
    """Put a large letter that stands before several lines on the first of them, at the word that it begins."""
    base, size, left = (np.array([getattr(segment, name) for segment in segments]) for name in ("base", "size", "left"))
    top, letter = base + _CAPITAL_HEIGHT * size, frame.letter[[segment.first for segment in segments]]
    largest = _INITIAL * size.min()
    for at, initial in enumerate(segments):
        if initial.size <= largest or not letter[at] or not frame.white[initial.first + 1 : initial.last].all():
            continue
        away = np.abs(top - (initial.base + _CAPITAL_HEIGHT * initial.size))
        gap = (left - initial.right) / initial.size
        beside = letter & (initial.size > _INITIAL * size) & (initial.base < base - 0.5 * size) & (away < 0.8 * size)
        beside &= (gap > -0.2) & (gap < _INITIAL_GAP)
        if beside.any():
            first = segments[int(np.argmin(np.where(beside, away, np.inf)))]
            initial.base, initial.size, initial.right = first.base, first.size, first.left


def _implied_spaces(frame: Frame, segments: Sequence[Segment]) -> Flags:
    """Before which characters a space is implied: a gap to the character before, neither of them white; or another text
    that begins over it, as in the next cell where the border cuts off what stands in this one."""
    size = np.minimum(frame.size[:-1], frame.size[1:])
    gap = np.append(0.0, (frame.left[1:] - frame.right[:-1]) / size)
    joined = np.append(False, ~frame.white[:-1] & ~frame.white[1:])
    _, text, counts = np.unique(frame.owner, return_inverse=True, return_counts=True)
    word = counts[text] >= _LETTERS
    others = np.append(False, (frame.owner[:-1] != frame.owner[1:]) & word[:-1] & word[1:])
    usual = float(np.median(gap[joined])) if joined.any() else 0.0
    wide = joined & ((gap > WORD_GAP) | (others & (gap < usual - OVERLAP)))
    wides = np.cumsum(wide)
    for segment in segments:
        inside = slice(segment.first + 1, segment.last)
        if wides[segment.last - 1] == wides[segment.first]:
            continue
        gaps = np.sort(gap[inside][joined[inside]])
        if len(gaps) >= 3 and gaps[len(gaps) // 4] > 0:
            # l e t t e r s p a c i n g: most letters stand apart, and a word ends where the gap is wider than that.
            wide[inside] &= gap[inside] > gaps[len(gaps) // 4] + WORD_GAP
    return wide


def _spell(frame: Frame, segment: Segment, spaces: Flags) -> Ints:
    """The segment's characters with implied spaces; white ones at its end only when they stand on its line."""
    first, last = segment.first, _end(frame, segment)
    index = frame.index[first:last]
    inner = np.flatnonzero(spaces[first + 1 : last])
    return np.insert(index, inner + 1, IMPLIED_SPACE) if len(inner) else index


def _end(frame: Frame, segment: Segment) -> int:
    """Where the segment ends, without the white characters behind it that stand on another line."""
    last = segment.last
    while frame.white[last - 1] and abs(frame.base[last - 1] - segment.base) > SAME_BASE_LINE * segment.size:
        last -= 1
    return last


def _between(frame: Frame, previous: Segment, segment: Segment, leading: float) -> Ints:
    """What stands between two segments: nothing, a space, two (a cell ends), a line end, two (a paragraph ends)."""
    size = max(previous.size, segment.size)
    if previous.line != segment.line or segment.left < previous.right - size:
        apart = segment.part != previous.part or previous.base - segment.base > 1.45 * leading * size
        return np.array([IMPLIED_LINE_END] * (2 if apart else 1))
    gap = (segment.left - previous.right) / min(previous.size, segment.size)
    wanted = 2 if gap > CELL_GAP else 1 if gap > WORD_GAP or _parts_mark(frame, previous, segment) else 0
    there = int(frame.white[_end(frame, previous) - 1])
    return np.array([IMPLIED_SPACE] * max(0, wanted - there), dtype=np.int64)


def _parts_mark(frame: Frame, previous: Segment, segment: Segment) -> bool:
    """Whether one of two segments is a word and the other a mark of another size at it, above or below its line, as
    that of a note: a letter of such a mark is none of the word."""
    large, small = max(previous.size, segment.size), min(previous.size, segment.size)
    if small > _SMALLER * large or abs(previous.base - segment.base) <= SAME_BASE_LINE * large:
        return False
    before = slice(max(previous.first, previous.last - _WORD), previous.last)
    behind = slice(segment.first, min(segment.last, segment.first + _WORD))
    return any(part.stop - part.start == _WORD and _is_word(frame, part) for part in (before, behind))


def _is_word(frame: Frame, part: slice) -> bool:
    """Whether the characters of `part` are letters with no gap between them."""
    gaps = frame.left[part][1:] - frame.right[part][:-1]
    return bool(frame.letter[part].all() and (gaps <= WORD_GAP * frame.size[part][1:]).all())


def _leading(segments: Sequence[Segment]) -> float:
    """The usual distance of two lines, in ems."""
    steps = [(a.base - b.base) / b.size for a, b in pairwise(segments) if 0.8 * b.size < a.base - b.base < 3 * b.size]
    return median(steps) if steps else 1.2
