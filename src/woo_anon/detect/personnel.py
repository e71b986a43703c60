"""Personnel and service numbers.

Finds the number after a word for it (`pers.nr.`, `P-nummer`, `dienstnr.`, `Peoplesoftnr`, `milnr`), below a column
heading, in brackets or behind a comma after a name, and other numbers of the same shape at the beginning of a line, in
brackets or between dashes once a word has told the shape: in a list of people the word is often written once.

Must find: `P-nr 2204187`, `hoofdagent, dienstnr. LB-1093`.
Must leave: `zaaknr. 2204187`, `lijstnr. 4`.
Misses: personnel numbers without any word for them in the document, but for those right behind a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from woo_anon.detect.dictionary import may_name
from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, first_of, span_of
from woo_anon.document import Entity, Evidence
from woo_anon.tables import columns, shape

_WORD = (  # `nf` and `nt` is what OCR makes of `nr`
    r"(?<![\w])(?:pers(?:oneels?)?\.?[ -]?(?:n[rft]|nummer)s?|p\.?[ -]?n(?:umme)?rs?|pnr|dienst[- ]?n(?:umme)?r"
    r"|stamn(?:umme)?r|people-?soft[- ]?(?:nr|nummer)?"
    r"|(?:boa|toezichthouder|inspecteur|medewerker|ambtenaar)s?[ -]?registratien(?:umme)?r"
    r"|mil(?:itair)?[. -]?n(?:umme)?r|insp\.?[ -]?n(?:umme)?r|inspecteursnummer"
    r"|medewerkern(?:umme)?r|werknemern(?:umme)?r|employee (?:no|number)"
    r"|sap-?n(?:umme)?r|boa-?(?:nr|nummer)?|(?:dienst)?pasn(?:umme)?r"
    r"|dienstpas|rijkspas|kopieerpas|toegangspas|legitimatie(?:n(?:umme)?r)?|(?:boa|agent) met n(?:umme)?r"
    r"|toezichthouder(?:n(?:umme)?r| met nummer)?|verbalisant(?:en"
    r"|nummer)?|legerboekje met nummer|inspecteurs?|interviewer"
    r"|externennummer|ext-nr|(?:personeels|people-?soft|medewerker|werknemer)s?[- ]?id|stamboekn(?:umme)?r"
    r"|srn|[dm]nr|p-dossier|rpsc-?n(?:umme)?r|plaatsingsn(?:umme)?r|pl\.?nr"
    r"|hr-?n(?:umme)?r|student(?:en)?[- ]?n(?:umme)?r|student number|salarisn(?:umme)?r|cijfern(?:umme)?r"
    r"|werknemer n(?:umme)?r|badgen(?:umme)?r"
    r"|(?:in dienst|werkzaam|aangesteld)(?: \w{2,6})? onder (?:het )?(?:personeels)?n(?:umme)?r)\.?(?!\w)"
)
_NUMBER = r"(?P<number>(?:(?:(?-i:[A-Z]{1,4})[ -]?|[a-z])(?=[\dOIl]))?[\dOIl](?:[ ._-]?[\dOIl]){3,12}|EXT-\d{3,8})"
_CUED = Pattern(
    rf"{_WORD}(?: verwerker| van \w{{2,12}}| vermelden"
    rf"| \p{{L}}{{4,12}}|,? (?:is|was|luidt)| \([^()\n]{{2,24}}\)|,)?"
    rf"(?:[\s.:(=#-]{{1,14}}|[ \t.:=|_]{{1,60}})(?:nr\.? )?{_NUMBER}(?![\w/]|[.,-]\d)",
    IGNORE_CASE,
)
# The registration number of military staff: the date of birth, and which of that day.
_MILITARY = Pattern(r"(?<![\w.])\d\d\.(?:0\d|1[0-2])\.[0-3]\d\.\d{3}(?![\w.]\w)")
_EXTERN = Pattern(r"(?<![\w-])EXT-\d{3,8}(?![\w-])")
# `Olaf de Bie (A0488213)`, `Hulst, E. (71-30448)`, `Vredenduin, brigadier, N094417`
_CODE = (
    r"(?P<number>[A-Z]{1,3}-?(?!(?:19|20)\d\d\))\d{4,8}|[A-Z]{2} \d{5}|\d\d-\d{5,6}|\d{7,8}"
    r"|(?<=nr\.? ?)(?!(?:19|20)\d\d\))\d{4,8})"
)
_BEHIND_NAME = Pattern(
    rf"(?<!\w)(?P<name>\p{{Lu}}[\p{{L}}'’-]+)(?P<initials>, ?(?:\p{{Lu}}\.){{1,4}})?\s"
    rf"\((?:\p{{L}}{{2,20}}, |nr\.? ?)?{_CODE}\)"
    r"|(?<!\w)(?P<name>\p{Lu}[\p{L}'’-]+), (?:\p{Ll}{3,20}, )?(?P<number>[A-Z]{1,3}-?\d{5,8})(?!\w|[./-]\d)"
)
# `hoofdagent (115-40217)`, `dierenarts 48834`: whoever serves is told by a number.
_SERVES = (
    r"(?<!\w)(?i:(?:hoofd|buurt|wijk)?agent|brigadier|wachtmeester|sergeant(?:-reservist)?|rapporteurs?|handhavers?|boa's?|boa"
    r"|toezichthouders?"
    r"|bewaarder|dierenarts|badge|pasn(?:umme)?r|dn)"
)
_SERVING = Pattern(
    rf"{_SERVES}(?: \(|,? | +)(?:\(?nr\.? )?"
    r"(?P<number>(?!(?:19|20)\d\d(?!\d))(?:[A-Z]{1,4}-?\d{3,8}|\d{4,8})(?:-\d{2,5})?|\d{3}-\d{5})"
    r"(?![\w/%]|[.,:-]\d| (?:euro|uur|km))"
)
_MORE = Pattern(r"(?:[^\n\d]{1,32}(?<=[ (,;]))(?P<number>(?:[A-Z]{1,3}-?)?\d(?:[.-]?\d){3,9})(?![\w/]|[.,-]\d)")
_HEADING = Pattern(
    r"(?<!\w)(?:pers(?:oneels?)?\.?[ -]?(?:n[rft]|nummer)|p-?n(?:umme)?r|dienstn(?:umme)?r|stamn(?:umme)?r"
    r"|medewerkern(?:umme)?r|persnr)(?!\w)",
    IGNORE_CASE,
)
_CELL = Pattern(r"(?:[A-Z]{1,3}-?)?\d(?:[.-]?\d){3,12}(?!\w)")
_PHONE = Pattern(r"(?:[A-Z][ :.]{1,2})?0\d{1,3}[ -]\d[\d ]{5,9}\Z")  # `persnummer` is also the number for the press
_DATE = Pattern(r"\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)?\d\d\Z|(?:19|20)\d\d\Z")
_OTHER = Pattern(r"kostenplaats|kpl|kamer|schaal|tel|toestel|zaak|bsn|kenmerk", IGNORE_CASE)
_MOST_SHAPES = 50


def find(text: str) -> Iterator[Hit]:
    """All personnel numbers of a reading."""
    return first_of(_candidates(text))


def _candidates(text: str) -> Iterator[Hit]:
    shapes: set[str] = set()
    for match in _CUED.finditer(text):
        start, end = match.span("number")
        if (
            _PHONE.match(text, start, end)
            or _DATE.match(text, start, end)
            or sum(char.isdigit() for char in match.group("number")) < 3
        ):
            continue
        shapes.add(shape(match.group("number")))
        yield _hit(start, end, "cue:personnel", 0.95)
        more = _MORE.match(text, end)
        if more and not _OTHER.search(more.group()) and shape(more.group("number")) == shape(match.group("number")):
            yield _hit(*span_of(more, "number"), "cue:personnel", 0.8)
    for match in _MILITARY.finditer(text):
        yield _hit(*span_of(match), "shape:military", 0.9)
    for match in _EXTERN.finditer(text):
        yield _hit(*span_of(match), "shape:external", 0.8)
    for match in _BEHIND_NAME.finditer(text):
        if match.group("initials") or may_name(match.group("name")):
            yield _hit(*span_of(match, "number"), "near:name", 0.75)
    for match in _SERVING.finditer(text):
        yield _hit(*span_of(match, "number"), "cue:personnel", 0.75)
    for start, end in columns(text, _HEADING):
        cell = _CELL.match(text, start, end)
        if cell and not _DATE.match(text, *span_of(cell)):
            shapes.add(shape(cell.group()))
            yield _hit(*span_of(cell), "column:personnel", 0.9)
    yield from _alike(text, shapes)


def _alike(text: str, shapes: set[str]) -> Iterator[Hit]:
    """Numbers of the shapes that a word told, where a list would have them."""
    long = sorted(one for one in shapes if one.count("9") >= 6)[:_MOST_SHAPES]
    if not long:
        return
    forms = "|".join(re.escape(one).replace("9", r"\d").replace("A", "[A-Z]") for one in long)
    pattern = Pattern(
        r"(?:(?<=\n)|(?<=\n[ \t\"])|(?<=[(;|])|(?<=- )|(?<=bij )|(?<= en )|(?<=; )|(?<=  )|(?<=[_\t]))"
        rf"(?:{forms})(?![\w/]|[.,-]\d)"
    )
    for match in pattern.finditer(text):
        yield _hit(*span_of(match), "shape:as-announced", 0.7)


def _hit(start: int, end: int, code: str, score: float) -> Hit:
    return Hit(start, end, Entity.PERSONNEL, score, 0.0, (Evidence(code),))
