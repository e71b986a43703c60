"""Words hyphenated at the end of a line, or cut by a narrow cell, made whole for the tagger, with the way back to the
text.

    De accoun-⏎tant keurde      De accountant⏎keurde        the half alone, "tant", looks like somebody's name
    mevrouw Terp-⏎stra zei      mevrouw Terpstra⏎zei
    beleidsmedewer⏎ker          beleidsmedewerker

A hyphen stays that belongs to what it stands in: `Jansen-⏎de Vries`, `in-⏎en uitvoer`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from woo_anon.detect.dictionary import is_known, is_name, is_ordinary
from woo_anon.hyphens import HYPHENS

_CUT = re.compile(
    rf"(?<![^\W_])(?P<head>[^\W\d_]{{2,}})(?P<cut>[{HYPHENS}]?[ \t]*\r?\n[ \t>]*)(?P<tail>[a-zà-ÿ]+)(?![^\W_])"
    r"(?P<rest>\S*)(?P<space>[ \t]?)"
)
_LEAST_CUT = 4  # letters before the line end in a word that a cell cuts
_WORDS = frozenset({"en", "of", "van", "de", "der", "den", "ten", "ter", "te", "het", "tot", "op", "van't", "tussen"})


@dataclass(frozen=True)
class Rejoined:
    """`text` without the hyphens and line ends in words. `places` are where they were cut out, in `text`, in order;
    `lengths` how many characters were, up to and including each."""

    text: str
    places: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of `text` stands in the text that it was made of."""
        return start + self._before(bisect_right(self.places, start)), end + self._before(bisect_left(self.places, end))

    def _before(self, count: int) -> int:
        return self.lengths[count - 1] if count else 0


def rejoin(text: str) -> Rejoined:
    """`text` with its words whole. The line ends behind the word that it cut."""
    pieces, places, cut, at, length = [], [], [], 0, 0
    for match in _cut_words(text):
        before = text[at : match.start("cut")]
        behind = match["tail"] + match["rest"] + ("\n" if match["space"] else "")
        length += len(before)
        places.append(length)
        cut.append(len(match["cut"]))
        pieces += [before, behind]
        length += len(behind)
        at = match.end()
    return Rejoined("".join([*pieces, text[at:]]), tuple(places), tuple(accumulate(cut)))


def _cut_words(text: str) -> Iterator[re.Match[str]]:
    match = _CUT.search(text)
    while match:
        hyphenated = match["cut"][0] in HYPHENS
        cut = (_is_word if hyphenated else _is_cut)(match["head"], match["tail"])
        if cut:
            yield match
        match = _CUT.search(text, match.end() if cut else match.start("tail"))


def _is_cut(head: str, tail: str) -> bool:
    """Whether a line end without a hyphen cuts a word: neither half is one, both together are."""
    if len(head) < _LEAST_CUT or is_known(head) or is_ordinary(head) or is_name(head):
        return False
    return not is_ordinary(tail) and is_ordinary(head + tail)


def _is_word(head: str, tail: str) -> bool:
    """Whether the two halves are one word, and not two with a hyphen between."""
    whole = head + tail
    if len(tail) < 2 or tail in ("en", "of"):
        return False
    if is_known(whole) or is_ordinary(whole) or is_name(whole):
        return True
    return tail not in _WORDS and not is_known(tail)
