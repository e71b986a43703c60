"""The heading under which each token stands: what labels its line, its cell or the list that it is part of.

    Raad: Datema, Fennema, Zuidhof        Aanwezig namens de raad        Raad           Datema, Fennema
    Ambtelijk: Bolk, Eising               Datema                         Ambtelijk      Bolk
                                          Fennema

A heading is a few common words before a colon, before a wide gap at the start of a line, or alone on a line. Behind a
colon or a gap it holds for the line, on a line of its own until an empty one; and as long as names follow, further.
The network learns which headings stand above whom; `people.headings` knows some by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from woo_anon.detect.tokens import Tokens
from woo_anon.detect.words import CUE_KINDS, INFIX, NAME_KINDS, Word

_LONGEST = 6  # words of a heading
_COMMON = 3  # frequency of a word that may stand in a heading
_COMPOUND = 10  # letters of a word in no list that is rather composed than a surname
_WIDE, _NEW_LINE, _EMPTY_LINE = 2, 3, 4  # gaps before tokens
_WITHIN = frozenset("/&-'’()")  # signs within a heading


class Heading(NamedTuple):
    """First and last word of a heading, and how a token stands to it.

    `place` is `:` behind its colon, `|` behind a wide gap, `_` below it; `lines` how many lines down, 3 at most;
    `listed` whether nothing but names and signs lies between; `above` the last word of the heading above this one.
    """

    first: str
    last: str
    place: str
    above: str
    lines: int = 0
    listed: bool = True

    def features(self) -> list[str]:
        """Features of a token under the heading."""
        place = f"{self.place}{min(self.lines, 2)}{'l' if self.listed else ''}"
        own = [f"h={self.last}", f"hf={self.first} {self.last}", f"hp={place}", f"hl={self.last} {place}"]
        return [*own, f"ha={self.above}", f"hal={self.above} {self.last}"] if self.above else own


def headings(tokens: Tokens, known: Sequence[Word]) -> Iterator[Heading | None]:
    """For each token its heading, None where it has none. Linear in the number of tokens."""
    starts = [at for at, gap in enumerate(tokens.gaps) if gap >= _NEW_LINE or at == 0]
    current: Heading | None = None
    for start, end in pairwise([*starts, len(tokens)]):
        current = _on_next_line(current, tokens.gaps[start])
        head = _head(tokens, known, start, end)
        opened = head
        for at in range(start, end):
            if at == opened and at > start:
                current = _opened(known[start:at], current, alone=False)
            if at >= opened:
                yield current
                word = known[at]
                if word.text == ":" and (begin := _begin(tokens, known, at, opened)) < at:
                    current = _opened(known[begin : at + 1], current, alone=False)
                elif current and current.listed and not _lists(word, known[at - 1]):
                    current = current._replace(listed=False)
            else:
                yield None
        if opened == end:
            current = _opened(known[start:end], None, alone=True)


def _on_next_line(current: Heading | None, gap: int) -> Heading | None:
    """What is left of a heading on the next line that has tokens."""
    if current is None or (gap == _EMPTY_LINE and not (current.place == "_" and current.lines == 0)):
        return None
    if not current.listed and (current.place != "_" or current.lines > 1):
        return None
    return current._replace(lines=min(current.lines + 1, 3))


def _opened(words: Sequence[Word], before: Heading | None, *, alone: bool) -> Heading:
    """The heading of these words; `before` is the one that held until now."""
    told = [_told(word) for word in words if word.text[0].isalnum()]
    place = "_" if alone else ":" if words[-1].text == ":" else "|"
    above = "" if before is None else before.last if before.place == "_" else before.above
    return Heading(told[0], told[-1], place, above)


def _head(tokens: Tokens, known: Sequence[Word], start: int, end: int) -> int:
    """Where the heading ends with which a line begins, or `start`."""
    words = 0
    for at in range(start, end):
        word = known[at]
        if words and word.text == ":":
            return at + 1
        if words and tokens.gaps[at] == _WIDE:
            return at if _heads(known[start:at]) else start
        words += word.text[0].isalnum()
        if words > _LONGEST or (words and not word.text[0].isalnum() and word.text not in _WITHIN):
            return start
    return end if words and _heads(known[start:end]) else start


def _begin(tokens: Tokens, known: Sequence[Word], colon: int, first: int) -> int:
    """Where the words begin that head a list within a line: `…, De Graaf. Voorzitter: Van der Burg`."""
    begin = colon
    while begin > max(first, colon - _LONGEST) and known[begin - 1].text[0].isalnum() and tokens.gaps[begin] < _WIDE:
        begin -= 1
    if begin == colon or not _heads(known[begin:colon]) or known[begin].text.isdecimal():
        return colon
    return begin


def _heads(words: Sequence[Word]) -> bool:
    """Whether these are the words of a heading and not those of a name."""
    return all(
        word.frequency >= _COMMON or word.kinds & CUE_KINDS or _composed(word) or not word.text[0].isalpha()
        for word in words
    )


def _composed(word: Word) -> bool:
    return len(word.text) >= _COMPOUND and not word.kinds & NAME_KINDS


def _told(word: Word) -> str:
    """The word itself where it is a common one or a cue, the end of a composed one, else its class."""
    if word.frequency > 4 or word.kinds & CUE_KINDS or (word.frequency >= _COMMON and not word.kinds & NAME_KINDS):
        return word.folded
    return f"…{word.folded[-5:]}" if _composed(word) else word.brief


def _lists(word: Word, before: Word) -> bool:
    """Whether a word may stand in a list of names."""
    if word.text == ".":
        return len(before.text) < 3
    if not word.text[0].isalnum():
        return word.text not in "!?;"
    return not word.text.islower() or bool(word.kinds & INFIX) or word.folded in ("en", "of")
