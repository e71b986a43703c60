"""Numbers in words, as programs write down what was said: telephone numbers, dates of birth, citizen service numbers.

    bereikbaar op nul zes twaalf vierendertig tachtig elf nul twee      geboren vier mei negentienachtenveertig

Finds what begins with a nought and has nine to twelve figures, nine figures that pass the eleven test, and a date in
words behind a word for birth. Misses: numbers that a sentence or the other speaker interrupts; other languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum.nl import bsn

from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern
from woo_anon.document import Entity, Evidence

_ONES = "nul een twee drie vier vijf zes zeven acht negen".split()
_TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_VALUES = {
    **{word: str(value) for value, word in enumerate(_ONES)},
    **{word: str(value) for value, word in enumerate(_TEENS, 10)},
    **{word: str(20 + 10 * value) for value, word in enumerate(_TENS)},
    **{
        one + ("ën" if one.endswith("e") else "en") + tens: str(20 + 10 * place + value)
        for place, tens in enumerate(_TENS)
        for value, one in enumerate(_ONES)
        if value
    },
}
_VALUES |= {word.replace("ë", "e"): value for word, value in _VALUES.items()}
_WORD = rf"(?:{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
_GAP = r"(?:,? |,?\n[>| ]{0,4})"
_NUMBER = Pattern(rf"(?<![\w-]){_WORD}(?:{_GAP}{_WORD}){{4,10}}(?![\w-])", IGNORE_CASE)
_EXTENSION = Pattern(
    rf"(?<!\w)(?:toestel(?:nummer)?|doorkies(?:nummer)?|tst) (?P<number>{_WORD}(?:{_GAP}{_WORD}){{1,4}})(?!\w)",
    IGNORE_CASE,
)
_WORDS = re.compile(r"\w+")
_MONTH = "(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_BORN = Pattern(
    rf"(?<!\w)(?:geb(?:oren)?|geboortedatum)(?!\w)[^\n]{{0,30}}?\n?[^\n]{{0,30}}?(?<!\w)"
    rf"(?P<date>{_WORD} {_MONTH} (?:(?:negentien|tweeduizend)(?:honderd)?(?:en)?)? ?{_WORD}?)(?!\w)",
    IGNORE_CASE,
)


def find_phones(text: str) -> Iterator[Hit]:
    """Telephone numbers in words, and extensions behind a word for them."""
    for match in _EXTENSION.finditer(text):
        yield _hit(match.start("number"), match.end("number"), Entity.PHONE)
    yield from _numbers(text, Entity.PHONE, lambda figures: figures[0] == "0" and 9 <= len(figures) <= 12)


def find_service_numbers(text: str) -> Iterator[Hit]:
    """Citizen service numbers in words."""
    yield from _numbers(text, Entity.BSN, lambda figures: len(figures) == 9 and bool(bsn.is_valid(figures)))


def find_births(text: str) -> Iterator[Hit]:
    """Dates of birth in words."""
    for match in _BORN.finditer(text):
        yield _hit(match.start("date"), match.end("date"), Entity.DOB)


def _numbers(text: str, entity: Entity, is_one: Callable[[str], bool]) -> Iterator[Hit]:
    for match in _NUMBER.finditer(text):
        figures = "".join(_VALUES[word] for word in _WORDS.findall(match.group().casefold()))
        if is_one(figures):
            yield _hit(match.start(), match.end(), entity)


def _hit(start: int, end: int, entity: Entity) -> Hit:
    return Hit(start, end, entity, 0.8, 0.0, (Evidence("form:in-words"),))
