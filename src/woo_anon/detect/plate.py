"""Licence plates: all Dutch series, of civilians, taxis, diplomats and the forces, and foreign ones.

Finds Dutch plates with hyphens (series 1 to 14 of the RDW, https://www.rdw.nl, and the military one), and without
hyphens, in lower case or with spaces, after a word for a vehicle; foreign plates after such a word or before a
country's sign in brackets; and what stands below a column heading.

Must find: `kenteken 38-LZR-9`, `zwarte Audi, XN877R`.
Must leave: `G1-0624-VX` (part of a longer code), `dock DK-88-ZP` (a place in a building), `12-04-23` (a date).
Misses: foreign plates without a word for a vehicle nearby.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, first_of, span_of
from woo_anon.document import Entity, Evidence
from woo_anon.tables import columns

_L, _D = "[A-Z]", "[0-9OIl]"
_SERIES = (
    "LL-DD-DD DD-DD-LL DD-LL-DD LL-DD-LL LL-LL-DD DD-LL-LL DD-LLL-D D-LLL-DD LL-DDD-L L-DDD-LL LLL-DD-L L-DD-LLL"
    " D-LL-DDD DDD-LL-D LL-L-DDD"
)


def _series(hyphen: str, letter: str = _L, digit: str = "[0-9]") -> str:
    """All series as one pattern; `hyphen` stands between the groups."""
    forms = (
        form.replace("L", letter).replace("D", digit)
        if hyphen == "-"
        else form.replace("-", "\0").replace("L", letter).replace("D", digit).replace("\0", hyphen)
        for form in _SERIES.split()
    )
    return "|".join(forms)


_EDGE, _END = r"(?<![\w/]|\w[-.])", r"(?![\w/]|-\w)"
# Each begins with what it needs first: the engine skips to that, and would try the look-behind at every character.
_DUTCH = Pattern(rf"(?=[A-Z\d]{{1,3}}-){_EDGE}(?:{_series('-')}){_END}")
_VEHICLE = (
    r"(?<!\w)(?:kentekens?|nummerplaat|number plate|plaat|plate|auto|personenauto|dienstauto|leaseauto|huurauto"
    r"|caddy|lease"
    r"|wagen|dienstwagen|taxi|bus|busje|bestelbus|bestelauto"
    r"|vrachtauto|vrachtwagen|motor|scooter|brommer|aanhanger|trailer|camper|caravan|voertuig|dienstvoertuig|vtg"
    r"|quad|oplegger|truck|tractor|trekker|car"
    r"|audi|bmw|volkswagen|golf|polo|passat|tesla|volvo|toyota|hilux|peugeot|renault|citro[eë]n|opel|ford"
    r"|transit|fiat|mercedes|vito|skoda|škoda|seat|kia"
    r"|hyundai|nissan|mazda|dacia|bentley|mini|suzuki|iveco|daf|scania|lexus|porsche|rav4|auto [12]|kent\.?|ktk"
    r"|parkeren|zwarte|witte|grijze|blauwe|rode|groene|zilver\w*|gele|bruine)(?!\w)"
)
_NEAR = Pattern(rf"{_VEHICLE}[^\n]{{0,40}}\Z|{_VEHICLE}[^\n]{{0,20}}\n[^\n]{{0,12}}\Z", IGNORE_CASE)
_BEHIND = Pattern(rf"[,( ]{{1,3}}(?:\w{{1,12}} ){{0,2}}{_VEHICLE}", IGNORE_CASE)
_LOOSE = Pattern(rf"(?=[A-Z\dOIl][A-Z\dOIl -]){_EDGE}(?:{_series('[ -]?', _L, _D)}){_END}")
# Grouped as in the neighbouring countries, and what is left of other ones after the word for a plate.
_FOREIGN = Pattern(
    rf"(?=[A-Z\d][A-Z\d -]){_EDGE}"
    rf"(?:[A-Z]{{1,3}}[ -]{{1,2}}[A-Z]{{0,2}} ?\d{{2,5}} ?[A-Z]{{0,3}}|[A-Z]{{2}} ?\d{{3,4}} ?[A-Z]{{1,3}}"
    rf"|[A-Z]-?\d{{3,6}}[A-Z]{{0,2}}"
    rf"|[A-Z]{{2}}-\d{{3}}-[A-Z]{{2}}|\d{{2,3}}[A-Z]?-[\d.]{{3,7}}(?:-\d\d)?|\d\d-[A-Z]{{2}}-\d{{3}}-\d\d"
    rf"|[A-Z]{{2,3}}[ -]\d?[A-Z0-9]{{3,5}}|\d-\d\d-\d\d"
    rf"|\d\d [A-Z]{{2}} \d{{2,3}} [A-Z]|\d{{4}} ?[A-Z]{{3}}|[A-Z] \d\d-\d\d){_END}"
)
_LOWER = Pattern(rf"{_EDGE}(?:{_series('[ -]', '[a-z]')}){_END}")
_BELGIAN = Pattern(rf"{_EDGE}[1-9]-[A-Z]{{3}}-[\dOIl]{{3}}{_END}")
_AFTER_WORD = Pattern(
    r"(?<!\w)(?:kentekens?|nummerplaat|number plate|kent\.|ktk)(?: van| is| met"
    r"| \w{4,12})?[:( ]{1,14}(?P<plate>(?:\w ){5}\w|[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,5}){1,3})"
    r"(?![\w/]|-\w)",
    IGNORE_CASE,
)
_COUNTRY = Pattern(r" \((?:B|D|F|PL|BG|RO|P|E|I|GB|UK|LT|LV|EE|CZ|SK|H|A|CH|L|S|N|DK|FIN|UA|TR|MA|GR|HR|SLO|IRL)\)")
_HEADING = Pattern(r"(?<!\w)(?:kenteken(?: \d)?|nummerplaat)(?!\w)", IGNORE_CASE)
_CELL = Pattern(r"[A-Z0-9]{1,4}(?:[ .-]?[A-Z0-9]{1,5}){1,3}(?!\w)", IGNORE_CASE)
_OTHER = Pattern(
    r"(?:dock|kamer|zaal|ruimte|kenmerk|sidecode \d+|zaak|dossier|nr|artikel|lot|batch|camera|werkvak|matrixbord"
    r"|hectometer|hmp|bestek|code|postcode)[.: ]{1,3}\Z",
    IGNORE_CASE,
)
_POSTCODE = Pattern(r"\d{4} ?[A-Z]{2}\Z")

# `bus is 06-22 …`, `met 1 koffer` in a column: words of the sentence, and no letters of a plate.
_WORDS = Pattern(r"(?<!\w)(?:is|in|om|op|en|te|of|na|al|er|we|ik|je|nr|ca|met|van|bij|tot|per|aan)(?: |\Z)")
_MONTH = Pattern(r"(?:0?[1-9]|1[0-2])-(?:19|20)\d\d\Z")  # `07-2023`


def find(text: str) -> Iterator[Hit]:
    """All licence plates of a reading."""
    return first_of(_candidates(text))


def _candidates(text: str) -> Iterator[Hit]:
    for match in _DUTCH.finditer(text):
        if not _OTHER.search(text, max(0, match.start() - 20), match.start()):
            yield _hit(match.start(), match.end(), "shape:dutch-plate", 0.9)
    for match in _BELGIAN.finditer(text):
        yield _hit(match.start(), match.end(), "shape:belgian-plate", 0.8)
    for match in _AFTER_WORD.finditer(text):
        plate = _without_words(match.group("plate"))
        if _is_mixed(plate) and len(plate) > 4 and not _POSTCODE.match(plate):
            start = match.start("plate")
            yield _hit(start, start + len(plate), "cue:plate", 0.8)
    for pattern in (_FOREIGN, _LOOSE, _LOWER):
        for match in pattern.finditer(text):
            plate = match.group()
            if not any(char.isdigit() for char in plate) or _POSTCODE.match(plate) or _MONTH.match(plate):
                continue
            if _WORDS.search(plate):
                continue
            if _COUNTRY.match(text, match.end()) or _near_vehicle(text, match.start(), match.end()):
                yield _hit(match.start(), match.end(), "cue:vehicle", 0.7)
    for start, end in columns(text, _HEADING):
        cell = _CELL.match(text, start, end)
        if cell and _is_mixed(cell.group()) and len(cell.group()) > 4 and not _WORDS.search(cell.group()):
            yield _hit(*span_of(cell), "column:plate", 0.85)


def _without_words(plate: str) -> str:
    """What precedes the first word of lower-case letters: `P627HT sinds 2` → `P627HT`."""
    groups = takewhile(lambda group: len(group) < 3 or group.isupper() or _is_mixed(group), plate.split(" "))
    return " ".join(groups)


def _hit(start: int, end: int, code: str, score: float) -> Hit:
    return Hit(start, end, Entity.PLATE, score, 0.0, (Evidence(code),))


def _is_mixed(plate: str) -> bool:
    return any(char.isdigit() for char in plate) and any(char.isalpha() for char in plate)


def _near_vehicle(text: str, start: int, end: int) -> bool:
    return _NEAR.search(text, max(0, start - 60), start) is not None or _BEHIND.match(text, end) is not None
