"""Describes a word by itself: its lists, how common it is, its shape, and the features that follow from these."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from woo_anon.detect.lexicon import Kind, Lexicon, fold

FIRST_KINDS = int(Kind.FIRST | Kind.FIRST_ABROAD)
SURNAME_KINDS = int(Kind.SURNAME | Kind.SURNAME_RARE | Kind.SURNAME_ABROAD)
NAME_KINDS = FIRST_KINDS | SURNAME_KINDS
CUE_KINDS = int(Kind.TITLE | Kind.FUNCTION | Kind.OFFICE | Kind.THING | Kind.ORGANISATION | Kind.PARTY)
# Plain numbers: an operation with a member of `Kind` makes a new member, which costs.
INFIX, OFFICE, TITLE, PARTY = int(Kind.INFIX), int(Kind.OFFICE), int(Kind.TITLE), int(Kind.PARTY)
_KIND_FEATURES = tuple((int(kind), f"k={kind.name}") for kind in Kind)
_THING_KINDS = int(Kind.THING | Kind.ORGANISATION)
_BRIEF_KINDS = (
    (int(Kind.INFIX), "i"),
    (int(Kind.OFFICE), "o"),
    (int(Kind.TITLE), "t"),
    (int(Kind.PARTY), "y"),
    (int(Kind.FUNCTION), "f"),
)
_REPAIRED = str.maketrans("01568", "olsbb")  # digits that OCR reads for letters
_REMEMBERED = 30_000  # words


class Description(NamedTuple):
    """What many words have in common.

    `kinds` are bits of `Kind`, `frequency` a bucket from 0 (in no list) to 7, `shape` the pattern of its letters and
    `brief` the coarse class that its neighbours see (first letter: case; then kind or name lists and frequency);
    `length` counts ten letters at most, and `sign` is no word at all.
    """

    kinds: int
    frequency: int
    shape: str
    brief: str
    length: int
    sign: bool

    def features(self) -> list[str]:
        """Features of a token with such a word."""
        frequency, names = self.frequency, self.kinds & NAME_KINDS
        case = "p" if self.sign else self.brief[:1]
        return [
            "bias",
            f"b={self.brief}",
            f"s={self.shape}",
            f"l={self.length}",
            f"f={frequency}",
            f"fc={frequency}{case}",
            f"kc={names}{case}",
            f"kf={names} {frequency} {case}",
            *(name for bit, name in _KIND_FEATURES if self.kinds & bit),
        ]


NOTHING = Description(0, 0, "", "", 0, sign=True)  # what stands before and behind the text


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word by itself; see `Description` for what it has in common with others."""

    text: str = field(repr=False)
    folded: str = field(repr=False)
    kinds: int
    frequency: int
    brief: str
    description: Description

    def features(self) -> list[str]:
        """Features of a token with this word and no other."""
        folded = self.folded
        features = [f"w={folded}"]
        if len(folded) > 2 and folded.isalnum() and not folded.isdecimal():
            features += [f"p{length}={folded[:length]}" for length in (1, 2, 3, 4)]
            features += [f"e{length}={folded[-length:]}" for length in (1, 2, 3, 4, 5) if length < len(folded)]
            features += [f"n={folded[at : at + 3]}" for at in range(1, min(len(folded) - 3, 8))]
        if folded != self.text.lower():
            features.append("accent")
        return features


class Words:
    """Describes words, each once.

    `hidden` folded words count as being in no list; training uses it to learn names that no list knows.
    """

    def __init__(self, lexicon: Lexicon, hidden: frozenset[str] = frozenset()) -> None:
        self._lexicon = lexicon
        self._hidden = hidden
        self._known: dict[str, Word] = {}

    def __call__(self, text: str) -> Word:
        word = self._known.get(text)
        if word is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            word = self._known[text] = self._describe(text)
        return word

    def _describe(self, text: str) -> Word:
        folded = fold(text)
        kinds, frequency = self._lexicon.look_up(folded)
        if not kinds and not frequency and not folded.isalpha() and sum(map(str.isalpha, folded)) > 2:
            kinds, frequency = self._lexicon.look_up(folded.translate(_REPAIRED))
        stem = folded[:-1]
        if not kinds & NAME_KINDS and len(folded) > 3 and folded.endswith("s") and stem not in self._hidden:
            kinds |= self._lexicon.look_up(stem)[0] & NAME_KINDS  # a genitive: Pieters
        if folded in self._hidden:
            kinds, frequency = kinds & ~NAME_KINDS, 0
        described = brief(text, kinds, frequency)
        description = Description(
            kinds, frequency, shape(text), described, min(len(folded), 10), sign=not text[:1].isalnum()
        )
        return Word(text, folded, kinds, frequency, described, description)


def shape(text: str) -> str:
    """`Jansen` → Xx, `MvdB` → XxX, `06` → dd, `P1oegstra` → Xdx; short words of one kind keep their length."""
    for test, sign in ((text.islower, "x"), (text.isupper, "X"), (text.isdecimal, "d")):
        if test() and text.isalnum() and (sign == "d" or text.isalpha()):
            return sign * min(len(text), 5)
    if text.istitle() and text.isalpha():
        return "Xx" if len(text) > 3 else f"Xx{len(text)}"
    out = ""
    for letter in text:
        sign = "X" if letter.isupper() else "x" if letter.isalpha() else "d" if letter.isdecimal() else letter
        if not out.endswith(sign):
            out += sign
    return out[:8]


def brief(text: str, kinds: int, frequency: int) -> str:
    """The coarse class of a word; a sign is its own class."""
    if not text[:1].isalnum():
        return text
    if text.isdecimal():
        return f"d{min(len(text), 5)}"
    case = _case(text)
    if len(text) == 1:
        return f"{case}1"
    for bits, letter in _BRIEF_KINDS:
        if kinds & bits:
            return case + letter
    names = (kinds & FIRST_KINDS > 0) + 2 * (kinds & SURNAME_KINDS > 0)
    thing = "g" if kinds & _THING_KINDS else ""
    length = str(len(text)) if case in "UX" and len(text) < 5 else ""
    return f"{case}{names}{(frequency + 1) // 2}{thing}{length}"


def _case(text: str) -> str:
    """l lower, U upper, C capitalised, X capitals inside as well (MvdB), m other."""
    if text.islower():
        return "l"
    if text.isupper():
        return "U"
    if not text[0].isupper():
        return "m"
    return "C" if text[1:].islower() else "X"
