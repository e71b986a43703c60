"""Citizen service numbers (burgerservicenummer, BSN; on the islands of the Kingdom the sedula is an identity number).

Finds nine digits, in any grouping, that pass the eleven test (Wet algemene bepalingen burgerservicenummer, and the
Logisch Ontwerp BSN for the test), and eight or nine digits after the word BSN even when they fail it: a BSN with a
typing error is still nearly one.

Must find: `BSN 9999.12.525`, `bsn: 9 9 9 9 4 2 2 5 6`.
Must leave: `kenmerk 999912525` (a reference that happens to pass), `123456789` without the word (fails the test).
In words: `spelled.py`. Misses: a BSN without the word that has a typing error.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex
from stdnum.nl import bsn as eleven_test

from woo_anon.detect.digits import DIGIT, digits, is_digits
from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, first_of, span_of
from woo_anon.detect.spelled import find_service_numbers
from woo_anon.document import Entity, Evidence
from woo_anon.tables import columns

_CUE = (
    r"(?<!\w)(?:bsn(?:'?s|[- ]?n(?:umme)?r)?|burgerservice[- ]?nummers?|sofi[- ]?(?:nummer|nr)|sofinr"
    r"|service number)(?!\w)"
)
_SEPARATOR = r"(?:[ ._/-]{0,3}|(?<=\d)\n[> ]{0,6}| [I|] )"
_NUMBER = rf"{DIGIT}(?:{_SEPARATOR}{DIGIT}){{7,8}}(?!\d)"
# after the word, on this line or the next: at most a few words ("BSN van verzoekster is")
_CUED = Pattern(rf"{_CUE}(?P<between>[^\d\n]{{0,45}}\n?[^\d\n]{{0,25}}?)(?<![\w])(?P<number>{_NUMBER})", IGNORE_CASE)
_BARE = Pattern(
    r"(?<![\w.,/+-])(?<!\d )(?:\d{9}|\d{4}\.\d\d\.\d{3}|\d{4} \d\d \d{3}|\d{3}[ .]\d{3}[ .]\d{3}|\d{3}-\d{3}-\d{3}"
    r"|\d{4}[ .]\d{5}|\d\d[ .]\d{3}[ .]\d{4})(?![\w/-]|[.,]\d{1,2}(?!\d))"
)
# a tax assessment's number starts with the BSN; the machine-readable zone of a Dutch passport holds it (ICAO 9303)
_EMBEDDED = Pattern(r"(?<!\w)\d{4}\.\d\d\.\d{3}(?=\.[A-Z]\.)|(?<=\d[MFX<]\d{7})\d{9}(?=[\d<])")
_NOT = Pattern(r"(?<!\w)(?:g[eé]{1,2}n|niet|not)(?: het)?(?: a)? (?:bsn|burgerservice)", IGNORE_CASE)
_OTHER = Pattern(
    r"(?:kenmerk|mmsi|lrkp?|brin|agb|uzi|monster|referentie|ref|zaak|zaaknr|dossier|relatie|klant|cliënt|order|factuur|besluit|aanslag"
    r"|beschikking|rsin|fi|kvk"
    r"|handelsregister|vestigings|btw|lei|oin|ean|isbn|doc|document|melding|incident|ticket|topdesk|artikel|serie|polis"
    r"|contract|project|boeking|bestel|verplichting|aanvraag|registratie|volg|sticker|tel|telefoon|fax|mobiel"
    r"|rekening|paspoort|pas|pp|rijbewijs|identiteitskaart|id-kaart|visum|pers"
    r"|personeels)\w{0,12}\W{1,12}(?:\w{1,10} )?\Z",
    IGNORE_CASE,
)
_HEADING = Pattern(_CUE, IGNORE_CASE)
_CELL = Pattern(_NUMBER)


def find(text: str) -> Iterator[Hit]:
    """All BSNs of a reading."""
    return first_of(_candidates(text))


def _candidates(text: str) -> Iterator[Hit]:
    for match in _CUED.finditer(text):
        if _said_not(text, match):
            continue
        yield _hit(*span_of(match, "number"), "cue:bsn", 0.98)
    for pattern in (_EMBEDDED, _BARE):
        for match in pattern.finditer(text):
            other = pattern is _BARE and _other_number(text, match.start(), match.end())
            if passes(match.group()) and not other:
                yield _hit(match.start(), match.end(), "checksum:eleven", 0.7)
    for start, end in columns(text, _HEADING):
        cell = _CELL.match(text, start, end)
        if cell:
            yield _hit(*span_of(cell), "column:bsn", 0.95)
    yield from find_service_numbers(text)


def passes(number: str) -> bool:
    """Whether the digits of `number` pass the eleven test."""
    plain = digits(number)
    return len(plain) == 9 and is_digits(number) and bool(eleven_test.is_valid(plain))


def _hit(start: int, end: int, code: str, score: float) -> Hit:
    return Hit(start, end, Entity.BSN, score, 0.0, (Evidence(code),))


def _said_not(text: str, match: regex.Match[str]) -> bool:
    start, end = match.span("number")
    if passes(text[start:end]):
        return False
    return _NOT.search(text, max(0, match.start() - 12), end) is not None


def _other_number(text: str, start: int, end: int) -> bool:
    """Whether the words before say that it is another kind of number, or the words behind that it is no BSN."""
    line = max(text.rfind("\n", max(0, start - 200), start) + 1, start - 40)
    return _OTHER.search(text, line, start) is not None or _NOT.search(text, end, end + 30) is not None
