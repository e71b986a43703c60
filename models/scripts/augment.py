"""Swaps the names of a document for others of the same form, so that contexts and shapes are learned and not names.

A word of a name becomes the same other word everywhere in the document: in the full name, alone, in a genitive, in
capitals, in an e-mail address, a path or an account name; initials and parafen follow. Names come from several origins
(Dutch, Frisian, Turkish, Arabic and Berber, South Asian, East Asian, Slavic, African, other European), a share of them
made up or hidden from the dictionary, so that names which no list knows are learned as well.

Who invents people for a corpus gives them names that few bear, and office holders have those that many bear. So Dutch
names are drawn as often as people bear them, and most office holders get such names too: what is left to tell them
apart is what the document says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from build_lexicon import INFIXES, _lines, faker_names
from corpus import Gold, Mention, label_of

from woo_anon.detect.lexicon import Kind, fold
from woo_anon.detect.words import FIRST_KINDS, SURNAME_KINDS, Words

# faker's locales per origin; Dutch names come from the lists of Naamkunde and Meertens.
ORIGINS = {
    "turkish": ("tr_TR", "az_AZ"),
    "arabic": ("fr_DZ", "ar_DZ", "en_PK"),
    "south asian": ("en_IN", "hi_IN"),
    "east asian": ("vi_VN", "zh_CN", "ja_JP", "id_ID"),
    "slavic": ("hr_HR", "pl_PL", "cs_CZ", "sk_SK", "sl_SI", "lt_LT", "lv_LV"),
    "african": ("tw_GH", "yo_NG", "ha_NG", "ig_NG", "zu_ZA", "sw", "en_KE"),
    "european": ("fr_FR", "de_DE", "es_ES", "it_IT", "pt_PT", "ro_RO", "hu_HU", "sv_SE", "ga_IE", "et_EE", "en_GB"),
}
_FRISIAN = re.compile(r"(?:stra|sma|nga|inga|ema|ia|eda|dsma|wsma)$")
_WORD = re.compile(r"[^\W\d_]+")
_INFIX = re.compile(rf"(?i)\b(?:{'|'.join(sorted(INFIXES))})\s+$")
_COMMON = 0.7  # share of Dutch surnames and first names that are common ones
_SKEW = 4  # of these surnames, 27 in 100 are of the 50 most common
_SKEW_FIRST = 1.5
_DUTCH = 0.7  # share of people whose names are Dutch
_HOLDERS = 0.7  # share of copies in which office holders get other names too
_FIRST_NAMES = Path(__file__).with_name("first_names.txt")  # of adults, more or less those with the most bearers first
_SWAPPED = frozenset({"PERSON", "INITIALS", "USERNAME", "EMAIL", "KEEP", "TOP", "URL"})


@dataclass(frozen=True)
class Names:
    """First names and surnames (words) to draw from, by origin."""

    first: dict[str, list[str]]
    last: dict[str, list[str]]
    common: list[str]  # Dutch surnames with their infixes, those with the most bearers first
    common_first: list[str]  # Dutch first names, likewise

    @classmethod
    def read(cls, names: Path, faker: Path) -> Names:
        """From the lists that build_lexicon.py reads."""
        dutch_first = [word for word in _lines(names / "firstnames_naamkunde_9755.txt") if len(word) > 2]
        common = [name for name in _lines(names / "surnames_naamkunde_10000.txt") if _surname_words([name])]
        common_first = _FIRST_NAMES.read_text(encoding="utf-8").split()
        rare = _surname_words(_lines(names / "surnames_meertens_2007_freq5plus.lst"))
        first = {"dutch": dutch_first, "frisian": dutch_first}
        last = {"dutch": rare, "frisian": [word for word in rare if _FRISIAN.search(word)]}
        abroad = list(faker_names(faker))
        for origin, locales in ORIGINS.items():
            for kind, table in ((Kind.FIRST_ABROAD, first), (Kind.SURNAME_ABROAD, last)):
                table[origin] = [
                    word
                    for locale, which, name in abroad
                    if which is kind and locale in locales
                    for word in _WORD.findall(name)
                    if len(word) > 2 and word[0].isupper() and word.lower() not in INFIXES
                ]
        return cls(
            {key: value for key, value in first.items() if value},
            {key: value for key, value in last.items() if value},
            common,
            common_first,
        )

    def draw(self, random: Random, *, surname: bool, origin: str) -> str:
        """A first name, or a surname with its infixes; one in six is changed a little, so that no list knows it, but
        for the common Dutch ones."""
        if origin == "dutch" and random.random() < _COMMON:
            table, skew = (self.common, _SKEW) if surname else (self.common_first, _SKEW_FIRST)
            return table[int(len(table) * random.random() ** skew)]
        table = self.last if surname else self.first
        word = random.choice(table.get(origin) or table["dutch"])
        return _changed(word, random) if random.random() < 0.17 else word


def _surname_words(names: Sequence[str]) -> list[str]:
    found = []
    for name in names:
        words = [word for word in _WORD.findall(name) if word.lower() not in INFIXES and len(word) > 2]
        if words and words[-1][0].isupper():
            found.append(words[-1])
    return found


def _changed(word: str, random: Random) -> str:
    """`word` with one letter doubled, dropped or another; the first stays."""
    at = random.randrange(1, len(word))
    other = random.choice("aeioukrntslmhdbg")
    return word[:at] + random.choice((word[at] * 2, "", other)) + word[at + 1 :]


class Swap:
    """The new word of every word of a name in one document."""

    def __init__(self, names: Names, words: Words, random: Random, origin: str | None = None) -> None:
        """All names are of `origin`; None mixes them, most of them Dutch."""
        self._names, self._words, self._random, self._origin = names, words, random, origin
        self.new: dict[str, str] = {}
        self._letters: dict[str, str] = {}

    def learn(self, name: str) -> None:
        """Choose new words for those of a person's name."""
        found = [word for word in _WORD.findall(name) if len(word) > 2 and fold(word) not in INFIXES]
        mixed = "dutch" if self._random.random() < _DUTCH else self._random.choice(sorted(self._names.first))
        origin = self._origin or mixed
        reverse = "," in name
        for at, word in enumerate(found):
            key = fold(word)
            stem = key[:-1] if key.endswith("s") and key[:-1] in self.new else key
            if stem in self.new:
                continue
            place = len(found) > 1 and (at == 0) == reverse
            surname = place if len(found) > 1 else self._surname(word)
            new = self._names.draw(self._random, surname=surname, origin=origin)
            self.new[stem] = _WORD.findall(new)[-1] if reverse or _INFIX.search(name[: name.index(word)]) else new
            self._letters.setdefault(key[0], fold(_WORD.findall(new)[-1])[0].upper())

    def _surname(self, word: str) -> bool:
        kinds = self._words(word).kinds
        first, last = kinds & FIRST_KINDS, kinds & SURNAME_KINDS
        return not first if bool(first) != bool(last) else self._random.random() < 0.4

    def name(self, text: str) -> str:
        """A name with its words swapped, cased as they were, and its initials changed."""
        new = _WORD.sub(lambda match: self._word(match.group()), text)
        return new[:1].upper() + new[1:] if text[:1].isupper() else new  # an infix that begins the name now

    def _word(self, word: str) -> str:
        key = fold(word)
        if key in INFIXES:
            return word
        new = self.new.get(key)
        if new is None and key.endswith("s") and key[:-1] in self.new:
            new = self.new[key[:-1]] + "s"
        if new is None:
            return self.initials(word) if len(word) < 3 or (not word.istitle() and not word.islower()) else word
        return new.upper() if word.isupper() else new.lower() if word.islower() else new

    def initials(self, text: str) -> str:
        """Initials after the names that they stand for; the letters of infixes stay."""
        return "".join(
            self._letter(sign) if sign.isupper() or (text.islower() and sign not in "vdt") else sign for sign in text
        )

    def _letter(self, sign: str) -> str:
        key = fold(sign)[:1]
        new = self._letters.get(key, sign)
        return new.lower() if sign.islower() else new.upper()

    def address(self, text: str) -> str:
        """Part of a mail address, path or account: the words of names in it, whole or their first letters, swapped."""
        lower = fold(text)
        if len(lower) != len(text):
            return text
        for old, new in sorted(self.new.items(), key=lambda item: -len(item[0])):
            plain = re.sub(r"[^a-z]", "", fold(new)) or "x"
            for length in {len(old), min(6, len(old)), min(5, len(old))}:
                if length >= 4 and (at := lower.find(old[:length])) >= 0:
                    cut = plain if length == len(old) else plain[:length]
                    fresh = cut.upper() if text[at : at + length].isupper() else cut
                    return text[:at] + fresh + text[at + length :]
        return text


def swapped(
    gold: Gold, names: Names, words: Words, random: Random, origin: str | None = None
) -> tuple[Gold, frozenset[str]]:
    """The document with other names, and the words among them that the dictionary shall not know."""
    swap = Swap(names, words, random, origin)
    whose = {"PERSON", "TOP"} | ({"KEEP"} if random.random() < _HOLDERS else set())
    people = [m for m in gold.mentions if m.label in whose and label_of(gold, m, words) in ("GO", "STAY")]
    for mention in sorted(people, key=lambda m: m.start - m.end):
        swap.learn(gold.text[mention.start : mention.end])
    pieces, mentions, last, length = [], [], 0, 0
    for mention in gold.mentions:
        surface = gold.text[mention.start : mention.end]
        new = _surface(gold, mention, surface, swap, words) if mention.label in _SWAPPED else surface
        pieces += [gold.text[last : mention.start], new or surface]
        start = length + mention.start - last
        length = start + len(pieces[-1])
        mentions.append(Mention(start, length, mention.label))
        last = mention.end
    pieces.append(gold.text[last:])
    fresh = sorted({fold(word) for new in swap.new.values() for word in _WORD.findall(new)} - INFIXES)
    hidden = frozenset(word for word in fresh if random.random() < 0.25)
    return replace(gold, text="".join(pieces), mentions=tuple(mentions)), hidden


def _surface(gold: Gold, mention: Mention, surface: str, swap: Swap, words: Words) -> str:
    label = label_of(gold, mention, words)
    if label in ("GO", "STAY"):
        return swap.name(surface)
    if label in ("INI", "INISTAY"):
        return swap.initials(surface)
    if mention.label == "EMAIL":
        local, at, domain = surface.partition("@")
        return swap.address(local) + at + domain
    return swap.address(surface) if label in ("USER", None) else surface


def lowered(gold: Gold) -> Gold:
    """The document in lower case, as hasty mails and chats are; as it is where that changes its length."""
    text = gold.text.lower()
    return replace(gold, text=text) if len(text) == len(gold.text) else gold
