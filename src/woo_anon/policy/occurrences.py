"""Where a text stands that somebody named: as whole words, in all the ways in which a document may write it.

    Zwaluwstaart    ZWALUWSTAART   Zwaluw-⏎staart   Zwaluw­staart   Z w a l u w s t a a r t   Zwaluwstaart¹
    Zwaluws⏎taart (in a narrow cell)    Zwaluw-⏎Pagina 2 van 4⏎staart
    Van 't Hof      Van ’t Hof     Van⏎'t Hof
    Bos-Straßer     Bos–Strasser   Bos-⏎Strasser

Accents may be composed or not, letters in ligatures; what no reader sees (soft hyphens, zero-width characters) may
stand anywhere within.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from woo_anon.document import Entity, Evidence, Finding
from woo_anon.hyphens import HYPHENS, halves
from woo_anon.spans import Span

_UNSEEN = "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*"
_BREAK = r"[ \t]*\r?\n[ \t]*"
_BETWEEN = rf"(?:[{HYPHENS}]{_BREAK}|{_UNSEEN})"  # letters of a word: a line may end here
_CUT = rf"(?:[{HYPHENS}]?{_BREAK}|{_UNSEEN})"  # of a long word, which a cell may cut anywhere
_SPACE = rf"{_UNSEEN}\s+{_UNSEEN}"
_APART_BY = "[ .\u00a0]"  # between the letters of a word that is spaced out
_HYPHEN = r"[-\u2010-\u2014\u2212](?:[ \t]*\r?\n[ \t]*)?"  # its own: a line may end behind it
_ALIKE = {
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2212", _HYPHEN),
    **dict.fromkeys("'\u2018\u2019\u201b\u2032`\u00b4", "['\u2018\u2019\u201b\u2032`\u00b4]"),
    **dict.fromkeys('"\u201c\u201d\u201e', '["\u201c\u201d\u201e]'),
}
_TOGETHER = {"ffi": "ﬃ", "ffl": "ﬄ", "ij": "ĳ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "ss": "ß"}
_APART = str.maketrans({**{ligature: letters for letters, ligature in _TOGETHER.items()}, "ẞ": "ss"})
_TOGETHER["fij"] = "fĳ|ﬁj"
_AROUND = 80  # characters on either side of a word in halves that a term of several words may need
_UNITS = re.compile("|".join([*sorted(_TOGETHER, key=len, reverse=True), "."]), re.IGNORECASE | re.DOTALL)
_LEAST = 4  # letters of a word that may stand with spaces between them, or behind a digit
_LEAST_CUT = 6  # letters of a word that a line may cut without a hyphen
_LEAST_NOTED = 3  # letters of a word that may stand before a digit such as that of a note
_RAISED = "\u00b2\u00b3\u00b9\u2070-\u2079"  # digits of notes, which are no digits to regular expressions
# Words stand whole between characters that are no letter or digit; `_` is a border in paths. `Bos-⏎beheer` is one word.
_UNBROKEN = r"(?![-\u00ad\u2010][ \t]*\r?\n[ \t]*(?-i:[a-zß-öø-ÿ]))"
_LEFT, _RIGHT = r"(?<![^\W_])", rf"(?![^\W_{_RAISED}]){_UNBROKEN}"
_LEFT_OF_LETTER, _RIGHT_OF_LETTER = r"(?<![^\W\d_])", rf"(?![^\W\d_{_RAISED}]){_UNBROKEN}"
_NO_MORE = r"(?![ .\u00a0][^\W\d_](?![^\W_]))"  # behind a word that is spaced out: it is not longer


def occurrences(text: str, terms: Iterable[str]) -> Iterator[Finding]:
    """Findings of each of `terms` in `text`, whatever their capitals."""
    for term in filter(str.strip, terms):
        for match in _pattern(term).finditer(text):
            yield _finding(Span(*match.span()))
        for span in _in_halves(text, halves(text), _pattern(term)):
            yield _finding(span)


def _finding(span: Span) -> Finding:
    return Finding(span, Entity.TERM, 1.0, "term", evidence=(Evidence("term"),))


def _in_halves(text: str, apart: Iterable[tuple[Span, Span]], pattern: re.Pattern[str]) -> Iterator[Span]:
    """What matches when the halves of a word, which stand far from each other, are put together: two spans."""
    for first, second in apart:
        before = text[max(0, first.start - _AROUND) : first.end - 1]
        whole = before + text[second.start : second.end + _AROUND]
        for match in pattern.finditer(whole):
            if match.start() < len(before) < match.end():
                yield Span(first.end - 1 - len(before) + match.start(), first.end)
                yield Span(second.start, second.start + match.end() - len(before))


@lru_cache(maxsize=1000)
def _pattern(term: str) -> re.Pattern[str]:
    plain = re.sub(_UNSEEN, "", unicodedata.normalize("NFC", term)).translate(_APART)
    words = plain.split()
    left = _LEFT_OF_LETTER if _letters(words[0]) >= _LEAST and words[0][0].isalpha() else _LEFT
    right = _RIGHT_OF_LETTER if _letters(words[-1]) >= _LEAST_NOTED and words[-1][-1].isalpha() else _RIGHT
    return re.compile(f"{left}{_SPACE.join(map(_word, words))}{right}", re.IGNORECASE)


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))


def _word(word: str) -> str:
    between = _CUT if len(word) >= _LEAST_CUT and word.isalpha() else _BETWEEN
    joined = between.join(_unit(match.group()) for match in _UNITS.finditer(word))
    if len(word) < _LEAST or not word.isalpha():
        return joined
    spaced = _APART_BY.join(map(_letter, word))
    return f"(?:{joined}|{spaced}{_NO_MORE})"


def _unit(letters: str) -> str:
    """Letters that may stand as one character."""
    apart = _BETWEEN.join(map(_letter, letters))
    together = _TOGETHER.get(letters.lower())
    return f"(?:{together}|{apart})" if together else apart


def _letter(letter: str) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter]
    parts = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if parts == letter else f"(?:{re.escape(letter)}|{re.escape(parts)})"
