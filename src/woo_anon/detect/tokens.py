"""Cuts text into words and signs, with exact offsets, in the ways that names occur in these documents.

Names in file names and paths (`nota_yntema_v6.docx`), behind an `@` or a slash, glued to another name (`DeBondt`) or to
a number of a paraaf (`YG2`), and damaged by OCR (`P1oegstra`) are all tokens of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

# A run of letters and digits, with combining marks, soft hyphens and zero-width characters inside; or one other sign.
# Where extraction lost a letter, what it put there belongs to the word: `Bj?rn`, `Pusk□s`, `Ren(cid:233)e`,
# `N&uuml;khet`.
_LOST = r"\(cid:\d{1,5}\)|&[A-Za-z]{2,7};(?=[^\W\d_])|[?□\ufffd](?=[^\W\d_])"
_START = r"(?:[^\W_]|(?<!\S)[?□\ufffd](?=[^\W\d_]{3}))"
_INSIDE = rf"(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d]|(?<=[^\W\d_])(?:{_LOST})|(?<=\))\(cid:\d{{1,5}}\))"
_TOKEN = re.compile(rf"{_START}{_INSIDE}*|\S")
_COUNTED = re.compile(r"[A-Za-z]{1,5}[A-Z](?=\d\d?$)")  # a paraaf with a count: `YG2`
_BREAKS = "\n\f\r\v\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and signs without white space: token i is `text[starts[i]:ends[i]]`, on line `lines[i]` (from 0).

    `gaps[i]` is what stands before it: 0 nothing, 1 a space, 2 a wide gap or tab, 3 a new line, 4 a blank line.
    """

    words: list[str] = field(repr=False)
    starts: list[int]
    ends: list[int]
    lines: list[int]
    gaps: list[int]

    def __len__(self) -> int:
        return len(self.words)


@lru_cache(maxsize=1)  # the tokeniser and the tagger ask in turn
def tokenise(text: str) -> Tokens:
    """Split `text`; every character that is not white space lies in exactly one token."""
    words: list[str] = []
    starts: list[int] = []
    for match in _TOKEN.finditer(text):
        word, start = match.group(), match.start()
        if len(word) > 2 and not word[1:].islower() and not word.isdecimal() and (cuts := _cuts(word)):
            words += [word[a:b] for a, b in pairwise([0, *cuts, len(word)])]
            starts += [start, *(start + cut for cut in cuts)]
        else:
            words.append(word)
            starts.append(start)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    lines, gaps = _layout(text, starts, ends)
    return Tokens(words, starts, ends, lines, gaps)


def _cuts(word: str) -> list[int]:
    """Where a run is two words: `De|Bondt`, `Bartek|Kowalski`, `YG|2`; not in `MvdB`."""
    if word.isupper() or not word.isalpha():
        counted = _COUNTED.match(word)
        return [counted.end()] if counted else []
    return [
        at
        for at in range(2, len(word) - 2)
        if word[at].isupper() and word[at - 2].isalpha() and word[at - 1].islower() and word[at + 1 : at + 3].islower()
    ]


def _layout(text: str, starts: Sequence[int], ends: Sequence[int]) -> tuple[list[int], list[int]]:
    lines: list[int] = []
    gaps: list[int] = []
    line = previous = 0
    for start, end in zip(starts, ends, strict=True):
        gap = 3
        if lines:
            white = text[previous:start]
            gap = 0 if not white else 1 if white == " " else 2
            if gap == 2:
                breaks = sum(map(white.count, _BREAKS))
                line += breaks > 0
                gap = min(4, 2 + breaks)
        lines.append(line)
        gaps.append(gap)
        previous = end
    return lines, gaps
