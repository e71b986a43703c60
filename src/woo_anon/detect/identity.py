"""Numbers of identity documents: passport, identity card, driving licence, residence document and the like.

Finds the nine signs of Dutch travel documents (Paspoortuitvoeringsregeling: two letters, six letters or digits without
the letter O, a digit) wherever they mix letters and digits; any number after a word for a document (passport, sedula,
V-number, BIG registration, seaman's book, service pass …); and what stands below a column heading.

Must find: `paspoort NW8P4K2L7`, `V-nummer 281.443.9071`.
Must leave: `kenmerk BK4471A` (a reference), `DOC-2024-117` (a document management number).
Misses: foreign documents without a word for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from woo_anon.detect.pattern import IGNORE_CASE, Hit, Pattern, first_of, span_of
from woo_anon.document import Entity, Evidence
from woo_anon.tables import columns

_DUTCH = Pattern(
    r"(?<![\w/-])[BDINSXZ][A-NP-Z](?=[A-NP-Z]{0,5}\d)[A-NP-Z0-9]{6}\d(?=[P7<\dA-Z]{0,4}NLD|[^\w/-]|\Z|-?[\s,.)])"
)
_BROKEN = Pattern(r"(?<![\w/-])[NI][A-NP-Z][A-NP-Z0-9]{2,5}\n[> ]{0,6}[A-NP-Z0-9]{1,5}\d(?!\w)")
_DOCUMENT = (
    r"(?<![\w-])(?:(?:dienst|burger|diplomatiek )?pas(?:p(?:oort|\.)?)?(?:[- ]?(?:nummer|nr\.?))?"
    r"|(?:passport|travel document)(?: no\.?| number)?|pp|reisdocument(?:nummer)?"
    r"|id(?:entiteits)?[- ]?(?:kaart|bewijs|nr|document)(?:nummer)?|identity card|rijbew(?:ijs|\.)?(?:nummer|nr)?"
    r"|rijb\.|driving licen[cs]e"
    r"|legitimatie(?:bewijs|nr|nummer)?|legitimeerde\w*|[cs][eé]dula(?:nummer)?|tazkera|monsterboekje|w-doc(?:ument)?|verblijfs(?:document"
    r"|vergunning|pas)|laissez-passer|(?-i:LP)|vaarbewijs|zeemansboek(?:je)?"
    r"|v-?n(?:umme)?r|vreemdelingen?nummer|crv|big(?:-?(?:nummer|nr|registratie))|visum|defensiepas|rijkspas"
    r"|politiepas|toegangspas|vreemdelingen?document|(?:chauffeurs|bestuurders)kaart|jachtakte|wapenpas|reisepass"
    r"|seaman['’]?s book|(?-i:[A-Z]{2})[- ]id"
    r"|diplomatieke pas|kopie paspoort|mine|(?-i:ID|je id|uw id)|huwelijksboekje|trouwboekje)\.?(?!\w)"
)
_VALUE = (
    r"(?P<number>(?=[A-Z0-9. /-]{0,9}\d)(?:[A-Z]{1,5}[ .-]{0,2})?[A-Z0-9]+(?:[ .=/-]{1,2}(?:\d[A-Z0-9]{1,}"
    r"|[A-Z0-9]*\d[A-Z0-9]*|[A-Z]{1,3}(?!\w))){0,4})"
)
_CUE_CASE = Pattern(_DOCUMENT, IGNORE_CASE)
_ABBREVIATED = Pattern(r"(?<!\w)(?:V|ID)[ :]{1,3}(?P<number>\d{10}|[A-Z]{2}[A-Z0-9]{6}\d)(?!\w)")
_NUMBER = Pattern(rf"(?<![\w.,/-]){_VALUE}(?!\w)")
_DATE = Pattern(
    r"\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d(?!\d)|\d\d-\d\d \d\d\Z|(?:19|20)\d\d\Z|[A-Z]{1,3}\d{1,2}\Z|\d{1,5}\Z"
)
_HEADING = Pattern(
    r"(?<!\w)(?:paspoort(?:nummer|nr\.?)?|documentn(?:umme)?r|document|legitimatie|reisdocument"
    r"|rijbewijs(?:nummer)?|id-?(?:kaart|bewijs|nr|nummer)|paspoort/id)(?!\w)",
    IGNORE_CASE,
)
_CELL = Pattern(
    r"(?:(?:pp|pasp(?:oort)?|rijb|rijbewijs|ID|W-doc"
    r"|id-kaart)[. ]{1,2})?(?P<number>(?=[A-Z0-9. -]{0,9}\d)[A-Z0-9]{1,10}(?:[ .-][A-Z0-9]{1,10}){0,3})(?!\w)",
    IGNORE_CASE,
)
_OTHER = Pattern(
    r"(?:bsn|application|aanvraag|boeking|kvk|tel|mobiel|kamer|zaak|kenmerk|geldig|tot|geb|afgegeven|toestel"
    r"|kenteken|iban|imei|pers\.?nr|p-?nr|personeels\w*|datum|nr\. ?\d|art\w*|wet)[^\n\d]{0,14}\Z",
    IGNORE_CASE,
)
_BORDER = Pattern(r";|(?<=\p{Ll}{3})[.!?]+ (?=\p{Lu})|(?<=[^\n]{3})(?<![(:]|nr\.?)\n|\n[ \t]*\n")
_REACH = 80


def find(text: str) -> Iterator[Hit]:
    """All numbers of identity documents of a reading."""
    return first_of(_candidates(text))


def _candidates(text: str) -> Iterator[Hit]:
    for pattern in (_DUTCH, _BROKEN):
        for match in pattern.finditer(text):
            if sum(char.isdigit() for char in match.group()) >= 2:
                yield _hit(match.start(), match.end(), "shape:travel-document", 0.9)
    for match in _ABBREVIATED.finditer(text):
        yield _hit(*span_of(match, "number"), "cue:document", 0.8)
    for cue in _CUE_CASE.finditer(text):
        found = _behind(text, cue.end())
        if found:
            yield _hit(*found, "cue:document", 0.85)
    for start, end in columns(text, _HEADING):
        cell = _CELL.match(text, start, end)
        if cell and _is_number(cell.group("number")):
            yield _hit(*span_of(cell, "number"), "column:document", 0.85)


def _behind(text: str, start: int) -> tuple[int, int] | None:
    """The number that a word for a document announces: the first one in reach that is no date and no other number."""
    stop = min(len(text), start + _REACH)
    border = _BORDER.search(text, min(start + 3, stop), stop)
    stop = border.start() if border else stop
    for match in _NUMBER.finditer(text, start, min(len(text), stop + 16)):
        if match.start() >= stop:
            return None
        if _OTHER.search(text, start, match.start()) or match.group().startswith("BSN"):
            return None
        low, high = match.span("number")
        if _is_number(text[low:high]):
            return low, high
        if any(char.isdigit() for char in match.group()):
            return None
    return None


def _is_number(number: str) -> bool:
    figures = sum(char.isdigit() for char in number)
    signs = sum(char.isalnum() for char in number)
    return figures >= 2 and signs >= 6 and not _DATE.match(number)


def _hit(start: int, end: int, code: str, score: float) -> Hit:
    return Hit(start, end, Entity.IDDOC, score, 0.0, (Evidence(code),))
