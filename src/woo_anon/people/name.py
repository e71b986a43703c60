"""Taking a name apart: given names, initials, infix, surname, in any order in which Dutch notes write them.

    Willemijn van der Meulen-Achterberg      given  infix  surname (two halves)
    drs. W.J. van der Meulen                 initials infix surname
    Meulen, W.J. van der (Willemijn)         surname, initials infix (given)
    VAN DER MEULEN · meulen · WvdM · wvdm    surname alone, lower case, initials

What a single word is (a first name or a surname) cannot be told from the word; `words` holds it all the same, and
grouping finds out from the other mentions.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Infixes of Dutch and foreign names as they stand before a surname; titles that are no part of a name. Folded.
INFIXES = frozenset(
    (
        "van de der den het 't te ten ter op in aan bij uit uyt onder over tot toe voor v d vd vdn v.d. von zu zum zur "
        "vom la le les du des di da do dos das del della dei e y el al ul bin ibn ben bint abu ap af av 's s"
    ).split()
)
_TITLES = frozenset(
    (
        "drs mr ir ing dr prof heer dhr hr mevrouw mevr mw meneer mijnheer mej ds bc ba ma msc bsc llm phd mba jhr "
        "jkvr ridder baron barones graaf gravin groep fractie lid familie fam minister staatssecretaris stas "
        "burgemeester wethouder gedeputeerde raadslid kamerlid senator commissaris motie amendement kabinet commissie"
    ).split()
)
_SPECIAL = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "‘": "'"}
)
# A digit inside a word is OCR's: `v.d.Meu1en`.
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’.\-‑–][^\W\d_][^\W_]*)*\.?|'[stnS]\b")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[ \-]?)+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_BROKEN = re.compile(r"([-‐‑])\s*[\r\n]+\s*([^\W\d_]*)")
# The digit of a note behind a name; one within it is OCR's.
_NOTE = re.compile(r"(?<=[^\W\d_]{3})[\d\u00b2\u00b3\u00b9\u2070-\u2079]{1,2}(?![^\W_])")
_SPACED = re.compile(r"(?:\b[^\W\d_] ){3,}[^\W\d_]\b")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, without diacritics, ligatures taken apart: what two spellings of one name have in common."""
    lowered = unicodedata.normalize("NFKD", text).lower().translate(_SPECIAL)
    return "".join(
        character
        for character in lowered
        if not unicodedata.combining(character) and unicodedata.category(character) != "Cf"
    )


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart; all parts folded. `words` are its name words longer than one letter, halves of double names
    apart, without infixes and initials, in order; `initials` the letters of initials written with a point or apart;
    `surname` the last word (or what stands before a comma), "" when unknown; `paraaf` the letters of the whole
    name."""

    words: tuple[str, ...]
    initials: str
    infix: str
    surname: str
    given: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether it says more than one word: a given name or initials with a surname."""
        return bool(self.surname) and bool(self.initials or self.given)

    @property
    def first_letters(self) -> str:
        """Letters of the given names, from initials where written, else from the names."""
        return self.initials or "".join(word[0] for word in self.given)


def is_title(word: str) -> bool:
    """Whether `word` stands before names and is no part of them: `drs.`, `Minister`, `lid`."""
    return fold(word).rstrip(".") in _TITLES


@lru_cache(maxsize=8192)
def parse(surface: str) -> Name:
    """Take `surface`, a mention as it stands in the text, apart."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", surface))
    text = _SPACED.sub(lambda match: match.group().replace(" ", ""), text)
    text = _NOTE.sub("", _BROKEN.sub(_joined, text))
    extra: list[str] = []
    bracket = re.search(r"\(([^()]+)\)", text)
    if bracket:
        extra = _split(bracket.group(1))[0]
        text = text[: bracket.start()] + " " + text[bracket.end() :]
    if "," in text:
        before, after = text.split(",", 1)
        family, family_initials, infix_before = _split(before)
        given, initials, infix_after = _split(after)
        return _name(family, [*given, *extra], family_initials + initials, infix_after or infix_before, comma=True)
    words, initials, infix = _split(text)
    return _name(words, extra, initials, infix, comma=False)


def _joined(broken: re.Match[str]) -> str:
    """What stands on both sides of a hyphen at a line end: `Zwaluwen-⏎burg` is one word, `Bos-⏎Vos` two."""
    hyphen, behind = broken.groups()
    return behind if behind.islower() and behind not in INFIXES else hyphen + behind


def _name(words: list[str], given: list[str], initials: str, infix: str, *, comma: bool) -> Name:
    surname = words[-1] if words and (comma or initials or given or infix or len(words) > 1) else ""
    if not comma and len(words) > 1:
        given = [*words[:-1], *given] if not initials else given
    halves = [half for word in [*words, *given] for half in _halves(word)]
    return Name(tuple(dict.fromkeys(halves)), initials, infix, surname, tuple(dict.fromkeys(given)))


def _halves(word: str) -> list[str]:
    parts = [
        part for part in re.split(r"[-‐‑–]", word) if len(part) > 1 and part not in INFIXES and part not in _TITLES
    ]
    return parts or [word]


def _split(text: str) -> tuple[list[str], str, str]:
    """Name words, initials and infix of `text`, folded."""
    words: list[str] = []
    initials: list[str] = []
    infix: list[str] = []
    shouted = text.upper() == text
    for match in _WORD.finditer(text):
        raw = match.group()
        word = fold(raw).rstrip(".")
        plain = word.replace("-", "").replace("'", "")
        if word in _TITLES and not infix:  # `De Graaf` is a name
            continue
        if (word in INFIXES and not _is_capital(raw)) or re.fullmatch(r"v\.?d\.?|v\.d\.?|vd", word):
            infix.append(word)
        elif (
            len(plain) == 1
            or ("." in raw and _INITIALS.fullmatch(raw if raw.endswith(".") else raw + "."))
            or (len(plain) <= 3 and raw.isupper() and not shouted)
        ):
            initials.append(word.replace(".", "").replace("-", ""))
        else:
            words.append(word)
    return words, "".join(initials), " ".join(infix)


def _is_capital(raw: str) -> bool:
    """Whether a word is one capital, with or without a point: `S.` is an initial, and `'s` an infix."""
    return len(raw.rstrip(".")) == 1 and raw[0].isupper()


def paraaf_letters(name: Name) -> frozenset[str]:
    """The strings of letters that could stand for the name as a paraaf: `WvdM` gives wvdm, wm, and w.

    Empty when the name holds no surname or no given name.
    """
    if not name.surname or not name.first_letters:
        return frozenset()
    infix = "".join(part[0] for part in name.infix.replace("'", "").split() if part)
    family = "".join(half[0] for half in _halves(name.surname))
    given = name.first_letters
    found = set()
    for front in {given, given[0]}:
        for back in {family, family[0]}:
            found |= {front + infix + back, front + back, infix + back if infix else back + front}
    return frozenset(letters for letters in found if len(letters) > 1)


def nickname(one: str, other: str) -> bool:
    """Whether one given name is the other's beginning: Inge, Ingeborg; sjouk, Sjoukje."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short) and len(long) - len(short) <= 6
