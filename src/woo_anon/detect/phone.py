"""Telephone numbers: mobile, direct, general, foreign, internal extensions.

Finds Dutch numbers however they are grouped (`06-`, `+31 (0)6`, `(070)`, `070 - 123 45 67`, a digit at a time, over a
line end), foreign ones with `+` or `00`, the military network (`*06-527-61834`), and after a word for it extensions
(`tst. 62418`), numbers without area code and numbers that are partly masked. Which number may stay is told by its
kind (0800, 0900, 14 0xx), by the words beside it and by its form: switchboards end in noughts, mobiles belong to
people.

Must find: `M +31 (0)6 4625 1180`, `Jansen, toestel 4471`.
Must leave: `zaak 06-11-2023 12:30` (a date), `kenmerk 2024-0000518274`. `088 042 42 42 (algemeen)` may stay.
Numbers in words: `spelled.py`. Misses: extensions without a word or a column heading.
"""

from __future__ import annotations

from collections.abc import Iterator

import phonenumbers

from woo_anon.detect.digits import DIGIT, digits
from woo_anon.detect.extensions import find_extensions
from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, belief, first_of, span_of
from woo_anon.detect.spelled import find_phones
from woo_anon.detect.switchboard import evidence_of
from woo_anon.document import Entity, Evidence
from woo_anon.tables import columns

_GAP = r"(?: ?[.()/-]{0,2} ?|_)"
_BREAK = r"(?: ?[.()/-]{0,2} {0,4}\n[> |]{0,8}| ?[.()/-]{0,2} ?)"
_NOT_DATE = r"(?!\d\d[-./ ]\d\d?[-./ ](?:19|20)\d\d(?!\d)|\d\d([-./])\d\d?\1\d\d(?!\d)(?!\1))"
_LEFT = r"(?<![\d+/]|\d[.,-]|[A-Z]-)(?<![A-Z0-9]\d?[A-Z])(?<!(?<!\d)14 )"  # `14 0181` is a whole number
_NOUGHT = r"(?:0|(?<!\p{L})[Oo](?=[ -]?\d|\w\w \d))"  # an o where it was read wrongly, and not that of `wo 15-4-2009`
_NATIONAL = Pattern(rf"{_LEFT}{_NOT_DATE}(?!06 ?\()\*?\(?{_NOUGHT}{_GAP}[1-9Il](?:{_GAP}{DIGIT}){{6,10}}(?!\d)")
_BROKEN = Pattern(rf"{_LEFT}{_NOT_DATE}\*?\(?{_NOUGHT}{_BREAK}[1-9Il](?:{_BREAK}{DIGIT}){{6,10}}(?!\d)")
_WIDE = Pattern(
    rf"{_LEFT}(?:0|O(?= 6))(?: {{0,3}}{DIGIT}){{9}}(?!\w)|{_LEFT}0\d{{1,3}}(?: {{2,4}}"
    rf"| {{1,3}}[-/] {{1,3}})\d[\d ]{{5,9}}\d(?!\d)"
)
_FOREIGN = Pattern(rf"(?<![\d.,/])\(?(?:\+|(?<!-)00){_GAP}\(?[1-9](?:(?! / 0){_BREAK}{DIGIT}){{6,14}}(?![\w])")
_MASKED = Pattern(r"(?<![\w.])(?:\+31 ?|0)\d{1,3}[ -]{0,2}[\d ]{0,9}\d ?(?:[*xX•]{2,}|\.{2,3})(?:[\d *xX•.]*\d)?")
_SERVICE = Pattern(
    rf"(?<![\w.,/-])(?:0[89]0[069](?:{_GAP}\d){{4}}(?:(?:{_GAP}\d){{3}})?|14 ?0\d{{2,3}}|1400)(?![\w]|[.,-]\d)"
)
_EXTENSION = Pattern(
    r"(?<!\w)(?:tst|toestel(?:n(?:umme)?rs?)?|doorkies(?:n(?:umme)?rs?)?|tsl|intern(?:e lijn)?|ext|extension|postvak"
    r"|dkn|doorverbinden (?:naar|met)|bereikbaar op|(?:jouw|mijn|zijn|haar|hun|diens) nummer)\.?"
    r"(?:[ \t]{1,20}:|[:.(]{0,9})(?:[ \t]{1,24}\(?|\n(?=\d{3,5}[.,;)]|is ))(?:(?:nr\.?|nummer|is) )?"
    r"(?P<number>\*\d(?:[ -]?\d){3,11}|(?=[lI]? ?\d)[\dlI](?:[ .-]?[\dOIl]){1,6})(?![\w/]"
    r"|[.,:-]\d| (?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)\p{Ll}*)"
    r"(?P<more>(?:(?:,| of| en| \+|/) ?\d{3,5}(?!\w))*)",
    IGNORE_CASE,
)
_WORD = (
    r"(?<!\w)(?:tel(?:efoon)?(?:n(?:umme)?r)?|(?:dossier)?mobiel(?: nummer)?|mob|gsm|phone|cell|bel(?:t|len|de"
    r"|d)?|gebeld|belt u"
    r"|telefoonnummer|bereikbaar|sms|nummer|nr|t|m|fax|f|lijn)\.?(?: (?:nr\.?|nummer|op|met|naar|van|is|via|mij"
    r"|me|haar|hem|in))?"
)
_CUED = Pattern(
    rf"{_WORD}(?:\.{{2,}}|[:(]| )[ :.(]{{0,12}}(?P<number>\d(?:[ .-]{{0,3}}\d){{3,11}})(?![\w/%]|[.,:]\d"
    rf"| ?(?:euro|uur|u\.|km|jaar))",
    IGNORE_CASE,
)
_STRONG = Pattern(
    r"(?:tel|telefoon|bereikbaar|cell|whatsapp|telefonisch|gsm|mob|mobiel|phone|bel|bellen|belt|gebeld|sms"
    r"|fax)\b[^\d]{0,24}\Z",
    IGNORE_CASE,
)
_DATE = Pattern(r"\d\d?[-. ]\d\d?[-. ](?:19|20)?\d\d(?!\d)|\d\d?-\d\d?\Z")
_HEADING = Pattern(
    r"(?<!\w)(?:tel(?:efoon)?(?:n(?:umme)?r)?|mobiel|gsm|(?:intern )?toestel|tst|mob|doorkies(?:nr|nummer)?"
    r"|contact|bereikbaar|intern)(?!\w)",
    IGNORE_CASE,
)
_CELL = Pattern(r"\+?[\d(*](?:[ ()./-]{0,3}\d){2,13}(?![\w])")
_OTHER = Pattern(
    r"(?:kenmerk|lrkp?(?!\p{L})|monster|brin(?!\p{L})|referentie|ref|zaak|zaaknr|parketn|dossier|kvk|rsin|oin|btw|factuur|order|ondernemings|verplichting"
    r"|aanvraag|contract(?!a)|batch|(?<!\p{L})rit|code|vpe|cas(?!e)|(?<!\p{L})lot(?=n|\P{L})|rekening|artikel|budget"
    r"|kostenplaats|wbs|nota(?!ris)"
    r"|bsn|(?<!\p{L})pers(?!o|nummer)|personeels|relatie|klant|besluit|polis|isbn|issn|kamerstuk|(?<!\p{L})doc(?!t)|(?<!\p{L})id|stcrt|ecli|case|versie"
    r"|release)\w{0,12}[-.: \t]{1,12}(?:van \S{3,10} ?)?\Z",
    IGNORE_CASE,
)
# `klant 06-…`, `NRC pers 06-…`, `gebeld over besluit 06 …`: not `klantnr. 06…`
_WHOSE = Pattern(
    r"(?<!\p{L})(?:klant|relatie|zaak|besluit|aanvraag|pers|personeel|dossier)[-.: \t]{1,12}\Z",
    IGNORE_CASE,
)
_MENTIONED = Pattern(r"(?<=@)31[1-9]\d{8}(?!\d)")  # as WhatsApp names a number in a message
_ALONE = (Evidence("column:extension", -3.0),)
_EMERGENCY = ("112", "113", "144", "116")


def find(text: str) -> Iterator[Hit]:
    """All telephone numbers of a reading."""
    return first_of(_candidates(text))


def _candidates(text: str) -> Iterator[Hit]:
    for match in _SERVICE.finditer(text):
        yield _hit(text, match.start(), match.end(), "number:service", 8.0)
    for match in _FOREIGN.finditer(text):
        yield from _international(text, match.start(), match.end())
    for pattern in (_NATIONAL, _WIDE, _BROKEN):
        yield from _searched(text, pattern)
    for match in _MENTIONED.finditer(text):
        yield _hit(text, match.start(), match.end(), "number:mobile", -4.0)
    for match in _MASKED.finditer(text):
        yield _hit(text, match.start(), match.end(), "number:masked", -2.0)
    announced = [match for match in _EXTENSION.finditer(text) if match["number"] not in _EMERGENCY]
    for match in announced:
        yield _hit(text, *span_of(match, "number"), "number:extension", -5.0)
        if match.group("more"):
            yield _hit(text, *span_of(match, "more"), "number:extension", -5.0)
    yield from _cued(text)
    yield from find_phones(text)
    for start, end in find_extensions(text, [match["number"] for match in announced]):
        yield Hit(start, end, Entity.PHONE, 0.6, belief(_ALONE), _ALONE)


def _searched(text: str, pattern: Pattern) -> Iterator[Hit]:
    """National numbers; behind a number that ends before its match, or begins within, the next is looked for."""
    match = pattern.search(text)
    while match:
        hits = list(_national(text, match.start(), match.end()))
        yield from hits
        match = pattern.search(text, hits[-1].end if hits else match.start() + 1)


def _national(text: str, start: int, end: int) -> Iterator[Hit]:
    """A number that starts with one nought: Dutch when the plan of numbers knows it, else what a word announces."""
    places = [at for at in range(start, end) if text[at].isalnum()]
    plain = digits(text[start:end])
    strong = _STRONG.search(text, max(0, start - 40), start)
    if _breaks_early(text, start, end):
        return
    if len(plain) >= 10 and _is_dutch(plain[:10]):
        stop = places[9] + 1
        mobile = plain[1] == "6"
        if not text[stop : stop + 1].isdigit() and not _is_other(text, start, mobile=mobile):
            code, weight = ("number:mobile", -4.0) if mobile else ("number:landline", -1.0)
            yield _hit(text, start, stop, code, weight)
            return
    if text[start] == "*" and len(plain) >= 8:  # the military network
        yield _hit(text, start, end, "number:mobile", -4.0)
        return
    if strong or ("/" in text[start : start + 6] and 8 < len(plain) < 13 and not _is_other(text, start)):
        yield _hit(text, start, end, "cue:phone", -1.0)


def _international(text: str, start: int, end: int) -> Iterator[Hit]:
    places = [at for at in range(start, end) if text[at].isalnum()]
    first = next(at for at in places if text[at] != "0")
    plain = digits(text[first:end])
    zero = text.find("(0)", first, end)
    if zero >= 0:
        plain = digits(text[first:zero]) + digits(text[zero + 3 : end])
        places = [at for at in places if at != zero + 1]
    places = [at for at in places if at >= first]
    if not plain.startswith("31") and _breaks_early(text, start, end):
        return
    for count in range(len(plain), 6, -1):
        if places[count - 1] + 1 < len(text) and text[places[count - 1] + 1].isdigit():
            continue
        if _is_possible(plain[:count]):
            mobile = plain.startswith("316")
            yield _hit(
                text, start, places[count - 1] + 1, *(("number:mobile", -4.0) if mobile else ("number:foreign", -1.0))
            )
            return


def _cued(text: str) -> Iterator[Hit]:
    """Numbers that only a word or a column heading tells: without area code, or of an unknown plan."""
    for match in _CUED.finditer(text):
        start, end = match.span("number")
        plain = digits(match.group("number"))
        weak = not _STRONG.search(text, max(0, start - 40), start)
        if len(plain) < 4 or _looks_like_year(plain) or _is_date(match.group("number")):
            continue
        if weak and (not 9 <= len(plain) <= 12 or plain[0] != "0" or _is_other(text, start)):
            continue
        yield _hit(text, start, end, "cue:phone", -1.0)
    for start, end in columns(text, _HEADING):
        cell = _CELL.match(text, start, end)
        if cell and not _looks_like_year(digits(cell.group())):
            yield _hit(text, *span_of(cell), "column:phone", -1.0)


def _is_dutch(plain: str) -> bool:
    if plain.startswith(("0800", "0900", "0906", "0909")):
        return False
    if plain.startswith("06"):
        return True
    number = phonenumbers.PhoneNumber(country_code=31, national_number=int(plain[1:]))
    return bool(phonenumbers.is_valid_number(number))


def _breaks_early(text: str, start: int, end: int) -> bool:
    """Whether a line end parts fewer than four digits from the rest: two cells of a list, not one number; but for a
    line end behind the hyphen or bracket of an area code."""
    line = text.find("\n", start, end)
    if line < 0 or text[start:line].rstrip().endswith(("-", ")")):
        return False
    return sum(char.isdigit() for char in text[start:line]) < 4


def _is_possible(plain: str) -> bool:
    """Whether `plain` (country code first) has a length that its country uses."""
    if plain.startswith("31"):
        return len(plain) == 11
    for width in (1, 2, 3, 4):
        code = int(plain[:width])
        if code in phonenumbers.COUNTRY_CODE_TO_REGION_CODE or plain[:width] in ("8816", "8817", "870"):
            if plain[:width].startswith("881"):
                return 10 <= len(plain) <= 13
            number = phonenumbers.PhoneNumber(country_code=code, national_number=int(plain[width:] or 0))
            return bool(phonenumbers.is_possible_number(number))
    return False


def _is_date(number: str) -> bool:
    return _DATE.match(number) is not None


def _looks_like_year(plain: str) -> bool:
    return len(plain) == 4 and plain[:2] in ("19", "20")


def _is_other(text: str, start: int, *, mobile: bool = False) -> bool:
    """Whether the words before `start` say what other number it is; of somebody's mobile they say but whose."""
    low = max(text.rfind("\n", max(0, start - 200), start) + 1, start - 40)
    return _OTHER.search(text, low, start) is not None and not (mobile and _WHOSE.search(text, low, start))


def _hit(text: str, start: int, end: int, code: str, weight: float) -> Hit:
    if text[start] == "(" and ")" not in text[start:end]:  # the bracket is the sentence's: `(06-4187 5520)`
        start += 1
    evidence = (Evidence(code, weight), *evidence_of(text, start, end))
    score = 0.7 if code in ("cue:phone", "column:phone", "number:masked") else 0.95
    return Hit(start, end, Entity.PHONE, score, belief(evidence), evidence)
