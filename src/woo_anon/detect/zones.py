"""Recognises the parts of a note that tell what the names in them are: one pass over the lines, linear time.

Finds:   "Opgesteld door" with the lines below it; "Van: … / Verzonden: … / Onderwerp: …" as a mail header.
Leaves:  "De nota is opgesteld door de directie" in running text; "Van de leden was de helft aanwezig".
Misses:  a header block of which extraction lost the labels; a table of parafen without any heading.

Zones may overlap (an author line inside a header block); they are given in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from woo_anon.document import Zone, ZoneKind
from woo_anon.spans import Span

_LONGEST_LABEL_LINE = 160  # characters: a longer line is running text, whatever it starts with


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def end(self) -> int:
        return self.start + len(self.text.rstrip())


_AUTHOR = re.compile(
    r"^\W{0,4}(?:(?:mede[- ])?opgesteld(?: door)?|opsteller(?:s)?|opst\.|auteur(?:s|\(s\))?|(?:nota)?steller|"
    r"contact(?:persoon|personen)?|behandel(?:d door|aar|end ambtenaar)|beh\. door|inlichtingen(?: bij)?|"
    r"(?:voor )?(?:meer )?informatie bij|vragen aan|nadere informatie|dossierhouder|notulist(?:e)?|verslag(?: door)?|"
    r"doorkiesnummer|uw contactpersoon|samengewerkt met|contact na [^:]{1,20})"
    r"\s*(?:[:=|]|\.{3,}|\t|\s{2,}|$|\s(?=[A-Z]))"
    r"|(?:\t|\s{2,}|\|\s*|[·•–]\s+)(?:opgesteld door|auteur|(?:op)?steller|behandeld door|behandelaar|contactpersoon)\b"
    r"|\.\s(?:opsteller|behandelaar|contactpersoon)\s*:",
    re.IGNORECASE,
)
_ADDRESSEE = re.compile(
    r"^\W{0,4}(?:aan|van|kopie(?: aan)?|cc|c\.c\.|afschrift(?: aan)?|i\.a\.a\.|in afschrift aan|afgestemd(?: met)?|"
    r"t\.a\.v\.?|ter attentie van|verzendlijst|verspreiding|ontvangers?|deelnemen(?:den)?|door tussenkomst van|dtv)"
    r"\s*(?:[:=|]|\.{3,}|\t|\s{2,}|$)",
    re.IGNORECASE,
)
_PARAFEN = re.compile(
    r"^.{0,40}?\b(?:parafen(?:route|blad|lijst)?|(?:lijn|mede)?para?a?f(?:en)?|paraferingen|paraferen|voor akkoord|"
    r"gezien en akkoord)\b",
    re.IGNORECASE,
)
_MAIL_FROM = re.compile(r"^[>\s*|]*(?:van|from|von|de|afzender|organisator)\s*:", re.IGNORECASE)
_MAIL_FIELD = re.compile(
    r"^[>\s*|]*(?:van|aan|cc|bcc|kopie|verzonden(?: op)?|datum|onderwerp|betreft|bijlagen?|antwoord aan|van namens|"
    r"from|to|sent|date|subject|reply-to|attachments?|importance|urgentie|prioriteit|"
    r"von|an|gesendet|betreff|de|à|envoyé|objet|oan|kopy|ferstjoerd|underwerp|organisator|deelnemers|wanneer|waar|"
    r"vereist|optioneel|return-path|received|message-id|x-[\w-]+|thread-topic|delivered-to)\s*:",
    re.IGNORECASE,
)
_MAIL_PROOF = re.compile(
    r"^[>\s*|]*(?:cc|bcc|verzonden(?: op)?|onderwerp|from|sent|subject|to|gesendet|betreff|envoyé|objet|underwerp|"
    r"message-id)\s*:",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\W{0,4}(?:(?:met |m\. ?)?(?:de |een )?(?:vriende[l1]ijke|vr\.?|hartelijke|collegiale|warme|beste|meeste)?\s*"
    r"gr(?:oet(?:en|jes)?|\.|tjs|tn)?|mvg|m\.v\.g\.?|m\.vr\.gr\.?|hoogachtend|met (?:de meeste )?hoogachting|hgr|"
    r"mei freonlike groetnis(?:se)?|kind regards|(?:best |warm )?regards|mit freundlichen grüßen|cordialement|"
    r"namens dezen?|voor deze|namens burgemeester en wethouders|w\.g\.|was getekend|groet|getekend)"
    r"(?:[\s,.!/:<]|$)",
    re.IGNORECASE,
)
_ATTENDANCE = re.compile(
    r"^\W{0,4}(?:aanwezig(?:en|e leden)?|aanw\.|afwezig(?:en)?(?: m\.?k\.?g?\.?| met kennisgeving| met bericht)?|"
    r"deelnemers(?:lijst)?|genodigden|presentie(?:lijst)?|afgemeld(?:en)?|afm\.|ook aanwezig|verder aanwezig|"
    r"namens [^:]{2,40}(?=:)|attendees|present)\s*(?:\([^)\n]{0,40}\)\s*)?(?::|$)",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"^\W{0,4}(?:\d+\.?\s+)?(?:literatuur(?:lijst|verwijzingen)?|bronnen(?:lijst)?|referenties|"
    r"geraadpleegde (?:literatuur|bronnen)|references|noten|voetnoten|bibliografie)\s*:?\s*$",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"^\W{0,3}(?:\d{1,4}[-/. ](?:\d{1,2}|[a-z]{3,9}\.?)(?:[-/. ]\d{2,4})?[,\s]+)?\d{1,2}:\d{2}(?:[:.]\d{2})?"
    r"(?:\s?[AP]M)?\]?\s*(?:[-–|]\s*)?[^\s:|]{1,40}(?: [^\s:|]{1,30}){0,4}\s?[:|](?:\s|$)",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:^|\t|\s{2,})\W{0,3}(?:datum|(?:ons|uw|onze)?\s?kenmerk|(?:onze|uw)?\s?referentie|bijlagen?|bijlage\(n\)|"
    r"ministerie van|directie|afdeling|postbus \d+|bezoekadres|postadres|telefoon|telefax|fax|e-?mail|www\.|tst\.?|"
    r"doorkiesnr\.?|doorkiesnummer|onderwerp|betreft|aan|van|auteur|(?:op)?steller|opgesteld(?: door)?|contactpersoon|"
    r"behandeld door|"
    r"ter (?:beslissing|ondertekening|informatie|kennisname|besluitvorming)|zaaknummer|dossier(?:nummer)?|"
    r"kopie(?: aan)?|afgestemd(?: met)?|versie|status|inlichtingen|iban|kvk|[tfem](?=:|\s+[+(\d]|\s+\S+@))"
    r"(?![^\W_])",
    re.IGNORECASE,
)
_RULER = re.compile(r"^\s*[-_=*―─~.#]{5,}")


@lru_cache(maxsize=1)  # the tagger asks, and then who detects
def find_zones(text: str) -> tuple[Zone, ...]:
    """Zones of `text` in reading order; offsets in code points, each zone from a line's start to a line's end."""
    lines = list(_split(text))
    mail = list(_mail_headers(lines))
    in_mail = {at for zone in mail for at in range(*zone)}
    found = [(first, end, ZoneKind.MAIL_HEADER) for first, end in mail]
    found += _started(lines, in_mail)
    found += [(first, end, ZoneKind.HEADER_BLOCK) for first, end in _header_blocks(lines, in_mail)]
    zones = (_zone(lines, *place) for place in found)
    return tuple(sorted(zones, key=lambda zone: (zone.span, zone.kind)))


def _split(text: str) -> Iterator[_Line]:
    """Lines as readers see them: ended by a line feed, a form feed or a carriage return."""
    start = 0
    for match in re.finditer(r"[\n\f\r\v\u2028\u2029]|$", text):
        if match.start() >= start:
            yield _Line(start, text[start : match.start()])
        start = match.end()


def _zone(lines: list[_Line], first: int, end: int, kind: ZoneKind) -> Zone:
    while end > first + 1 and lines[end - 1].blank:
        end -= 1
    return Zone(kind, Span(lines[first].start, max(lines[end - 1].end, lines[first].start + 1)))


def _mail_headers(lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """Runs of header fields that start with the sender and hold a field that only mail has."""
    at = 0
    while at < len(lines):
        if not _MAIL_FROM.match(lines[at].text):
            at += 1
            continue
        end, proven = at, False
        while end < len(lines) and end - at < 40 and _continues_mail(lines, at, end):
            proven |= _MAIL_PROOF.match(lines[end].text) is not None
            end += 1
        if proven and end - at > 1:
            yield at, end
        at = max(end, at + 1)


def _continues_mail(lines: list[_Line], first: int, at: int) -> bool:
    line = lines[at].text
    if _MAIL_FIELD.match(line):
        return True
    before = lines[at - 1].text.rstrip()
    return at > first and not lines[at].blank and (line[:1] in " \t" or before.endswith((";", ",")))


@dataclass(frozen=True, slots=True)
class _Start:
    """How a kind of zone starts, and how far it goes: `lines` at most, over `blanks` blank lines in a row."""

    kind: ZoneKind
    pattern: re.Pattern[str]
    lines: int
    blanks: int = 0
    alone: bool = False  # goes on below only when nothing stands behind the label


_STARTS = (
    _Start(ZoneKind.CHAT, _CHAT, 1),
    _Start(ZoneKind.REFERENCES, _REFERENCES, 60, blanks=1),
    _Start(ZoneKind.ATTENDANCE, _ATTENDANCE, 40),
    _Start(ZoneKind.SIGNATURE, _GREETING, 9, blanks=2),
    _Start(ZoneKind.AUTHOR, _AUTHOR, 4, alone=True),
    _Start(ZoneKind.PARAFEN, _PARAFEN, 14),
    _Start(ZoneKind.ADDRESSEE, _ADDRESSEE, 5, alone=True),
)


def _started(lines: list[_Line], in_mail: set[int]) -> list[tuple[int, int, ZoneKind]]:
    found = []
    covered: dict[ZoneKind, int] = {}  # up to which line each kind reaches
    for at, line in enumerate(lines):
        if line.blank or at in in_mail or len(line.text) > 4 * _LONGEST_LABEL_LINE:
            continue
        for start in _STARTS:
            match = start.pattern.search(line.text) if _fits(start, line) else None
            if match is None or (covered.get(start.kind, 0) > at and start.kind is not ZoneKind.SIGNATURE):
                continue
            end = _end(lines, at, start, match)
            found.append((at, end, start.kind))
            covered[start.kind] = end
            break
    return found


def _fits(start: _Start, line: _Line) -> bool:
    return start.kind is ZoneKind.CHAT or len(line.text) <= _LONGEST_LABEL_LINE


def _end(lines: list[_Line], at: int, start: _Start, match: re.Match[str]) -> int:
    """Index behind the last line of a zone that starts on line `at`."""
    filled = bool(lines[at].text[match.end() :].strip())
    if start.alone and filled:
        return at + 1
    end, blanks = at + 1, 0
    while end < len(lines) and end - at < start.lines:
        line = lines[end]
        blanks = blanks + 1 if line.blank else 0
        if blanks > start.blanks or _stops(line, start):
            break
        end += 1
    return end


_OTHERS: dict[ZoneKind, tuple[Callable[[str], object], ...]] = {
    ZoneKind.SIGNATURE: (_MAIL_FROM.match, _RULER.match, _CHAT.match),
    ZoneKind.AUTHOR: (_ADDRESSEE.match, _PARAFEN.match, _HEADER.match),
    ZoneKind.ADDRESSEE: (_AUTHOR.match, _PARAFEN.match, _HEADER.match),
    ZoneKind.REFERENCES: (_GREETING.match,),
    ZoneKind.ATTENDANCE: (_RULER.match, _GREETING.match),
    ZoneKind.PARAFEN: (_MAIL_FROM.match, _GREETING.match),
    ZoneKind.CHAT: (),
}


def _stops(line: _Line, start: _Start) -> bool:
    if start.kind is ZoneKind.PARAFEN and len(line.text) > _LONGEST_LABEL_LINE:
        return True
    return any(match(line.text) for match in _OTHERS[start.kind])


def _header_blocks(lines: list[_Line], in_mail: set[int]) -> Iterator[tuple[int, int]]:
    """Blocks without a blank line that hold at least two short lines with a colofon's label."""
    at = 0
    while at < len(lines):
        end = at
        labels = 0
        while end < len(lines) and not lines[end].blank and end not in in_mail:
            short = len(lines[end].text) <= _LONGEST_LABEL_LINE
            labels += short and _HEADER.match(lines[end].text) is not None
            end += 1
        if labels >= 2 and 2 * labels >= (end - at) / 2:
            yield at, end
        at = max(end, at + 1)
