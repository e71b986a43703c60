"""The closing paragraph of a beslisnota: what it says is not made public.

Since 20 September 2022 such notes end with a paragraph under the heading "Informatie die niet openbaar gemaakt kan
worden" (and variants). This module finds it, reads what it promises and says where the redactions do not bear it out.

Finds: `Informatie die niet openbaar gemaakt kan\\nworden`, `7. INFORMATIE DIE NIET OPENBAARGEMAAKT WORDT:`.
Leaves: `… bevat informatie die niet openbaar gemaakt kan worden en …` in running text.
Misses: a paragraph without a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from woo_anon.document import Action, Decision, Role
from woo_anon.spans import Span


class Promise(StrEnum):
    """What a closing paragraph says is not made public. Dutch, for it is shown to users."""

    CIVIL_SERVANTS = "persoonsgegevens van ambtenaren"
    OTHER_PERSONS = "persoonsgegevens van anderen (burgers, derden, adviseurs)"
    PERSONAL_DATA = "persoonsgegevens"
    BUSINESS_DATA = "bedrijfsgegevens"
    POLICY_OPINIONS = "persoonlijke beleidsopvattingen"
    INTERNATIONAL = "internationale betrekkingen"
    STATE_FINANCES = "economische of financiële belangen"
    SECURITY = "veiligheid"
    CROWN = "eenheid van de Kroon"
    ENFORCEMENT = "opsporing, inspectie of toezicht"
    FUNCTIONING = "goed functioneren van de Staat"
    PASSAGES = "passages of bijlagen"
    NOTHING = "niets (niet van toepassing)"


@dataclass(frozen=True)
class Closing:
    """A closing paragraph. `text` is its body with line breaks taken out; kept out of `repr`."""

    heading: Span
    body: Span | None  # None when nothing stands below the heading
    text: str = field(repr=False)
    promises: tuple[Promise, ...]


# A space, a line end, or a word broken over a line end.
_S = r"(?:[ \t\u00a0]|\r?\n[ \t]*)+"
_BREAK = r"(?:\u00ad|-[ \t]*\r?\n[ \t]*|\u00ad\r?\n[ \t]*)?"


def _word(word: str, *breaks: int) -> str:
    """A pattern for `word` that may be broken over a line end before the given letters."""
    cuts = [0, *breaks, len(word)]
    return _BREAK.join(re.escape(word[start:end]) for start, end in pairwise(cuts))


_INFORMATION = rf"(?:{_word('informatie', 2, 5, 7)}|{_word('gegevens', 2, 5)}|{_word('onderdelen', 2, 5)})"
_PUBLIC = _word("openbaar", 1, 4)
_MADE = _word("gemaakt", 2)
_BECOME = rf"(?:{_word('worden', 3)}|wordt)"
_CAN = rf"(?:kan|mag|{_word('kunnen', 3)}|{_word('mogen', 2)})"
_HEADING = re.compile(
    rf"""
    ^ [ \t]* (?:[\d.]+[.)]?[ \t]+ | [•▪*-][ \t]* )?
    (?P<title>
      (?:{_word("toelichting", 3, 5, 8)}{_S}(?:bij|op){_S}(?:de{_S})?|{_word("motivering", 2, 5, 7)}{_S})?
      {_INFORMATION}{_S}(?:die|welke){_S}niet{_S}
      (?:
        {_PUBLIC}(?:{_S}|-)?(?:te{_S})?{_MADE} {_S} (?:{_CAN}{_S}{_BECOME}|{_BECOME}{_S}{_CAN}|{_BECOME})
      | {_PUBLIC}{_S} (?:{_CAN}{_S})? {_BECOME}{_S}{_MADE}
      | {_PUBLIC}{_S} (?:is|zijn)
      )
    | niet (?:-|{_S}) {_word("openbare", 1, 4, 6)}{_S}{_INFORMATION}
    | niet{_S}{_PUBLIC}{_S}te{_S}{_word("maken", 2)}{_S}{_INFORMATION}
    )
    [ \t]* (?: : | \.?[ \t\r]*$ )
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
# What ends the paragraph: the next heading of a note (shared practice of the ministries), a page's foot, a page's end.
_END = re.compile(
    r"\f|^[ \t]*(?:\d+[.)][ \t]+)?(?:aanleiding|geadviseerd besluit|advies|kern|kernpunten|politieke context"
    r"|krachtenveld|communicatie|(?:financiële|juridische) overwegingen|bijlagen?|vervolg|uitvoering)[ \t]*:?[ \t\r]*$"
    r"|^[ \t]*(?:pagina|blz\.?)[ \t]+\d+|^[ \t]*(?:bijlagen?|auteur|docnr\.?|kenmerk|opgesteld door|kopie aan)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_SUBHEADING = re.compile(r"\s*(?:motivering|toelichting)[ \t]*(?::|\r?\n)", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\r?\n[ \t]*\r?\n")
_MOST = 2000  # characters of body that are looked at

_PROMISES: tuple[tuple[Promise, str], ...] = (
    (
        Promise.CIVIL_SERVANTS,
        r"(?:persoons|contact)?gegevens[^.;]*ambtena|\bna(?:am|men)\b[^.;]*ambtena|ambtena[^.;]*(?:gegevens|namen)"
        r"|(?:gegevens|namen)[^.;]*(?:opstellers?|behandelaars?|rijksambtena|(?:onze|eigen) medewerkers)",
    ),
    (
        Promise.OTHER_PERSONS,
        r"burgers?\b|briefschrijver|indiener|verzoeker|\bderden\b|adviseurs?\b|medewerkers? van (?:het|de|een)\b"
        r"|betrokkenen?\b|automobilist|natuurlijke personen|klager|melder|\bcliënt|\bpatiënt|inwoner",
    ),
    (Promise.PERSONAL_DATA, r"persoonsgegevens|persoonlijke levenssfeer|contactgegevens|\bna(?:am|men)\b|5\.1\.2e"),
    (
        Promise.BUSINESS_DATA,
        r"bedrijfs(?:gegevens|vertrouwelijk|gevoelig|- en)|fabricage|concurrentiegevoelig|commercieel gevoelig"
        r"|5\.1\.1c|5\.1\.2f",
    ),
    (Promise.POLICY_OPINIONS, r"beleidsopvatting|intern beraad|beleidsintimiteit|\b5\.2\b"),
    (Promise.INTERNATIONAL, r"internationale betrekkingen|diplomatiek|5\.1\.2a"),
    (
        Promise.STATE_FINANCES,
        r"(?:economisch|financieel|financiële|economische)[^.;]{0,30}belang|onderhandelingspositie|5\.1\.2b",
    ),
    (
        Promise.SECURITY,
        r"veiligheid van de staat|(?:operationele|nationale|staats)[ ]?veiligheid|staatsgeheim|beveiliging van personen"
        r"|5\.1\.1b|5\.1\.2h",
    ),
    (Promise.CROWN, r"eenheid van de kroon|5\.1\.1a"),
    (Promise.ENFORCEMENT, r"opsporing|vervolging|inspectie, controle|5\.1\.2[cd]"),
    (Promise.FUNCTIONING, r"goed functioneren|onevenredige benadeling|5\.1\.2i|5\.1\.5"),
    (Promise.PASSAGES, r"\bpassages?\b|\bparagra(?:af|fen)\b|\bbijlagen?\b|spreekpunten|\balinea|raming|\btabel"),
)
_NOTHING = re.compile(
    r"niet van toepassing|\bn\.?v\.?t\b|^\s*(?:geen|n\.?v\.?t\.?)\s*\.?\s*$|geen (?:informatie|bijzonder)"
)
# On which grounds a redaction keeps which promise; None: this tool redacts no such thing and cannot tell.
_GROUNDS: dict[Promise, tuple[str, ...]] = {
    Promise.CIVIL_SERVANTS: ("5.1.2e", "5.1.1d", "5.1.1e"),
    Promise.OTHER_PERSONS: ("5.1.2e", "5.1.1d", "5.1.1e"),
    Promise.PERSONAL_DATA: ("5.1.2e", "5.1.1d", "5.1.1e"),
    Promise.BUSINESS_DATA: ("5.1.1c", "5.1.2f"),
    Promise.POLICY_OPINIONS: ("5.2",),
    Promise.INTERNATIONAL: ("5.1.2a",),
    Promise.STATE_FINANCES: ("5.1.2b",),
    Promise.SECURITY: ("5.1.1b", "5.1.2h"),
    Promise.CROWN: ("5.1.1a",),
    Promise.ENFORCEMENT: ("5.1.2c", "5.1.2d"),
    Promise.FUNCTIONING: ("5.1.2i", "5.1.5"),
}
_PERSONAL = (Promise.CIVIL_SERVANTS, Promise.OTHER_PERSONS, Promise.PERSONAL_DATA)


def find_closing(text: str) -> Closing | None:
    """The last closing paragraph in `text`; None when there is no such heading."""
    headings = [match for match in _HEADING.finditer(text) if _is_heading(text, match)]
    if not headings:
        return None
    last = headings[-1]
    body = _body(text, last.end())
    joined = _joined(text[body.start : body.end]) if body else ""
    return Closing(Span(*last.span("title")), body, joined, tuple(_promises(joined)))


def doubts(closing: Closing | None, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """In Dutch: where the closing paragraph and the decisions do not agree. Empty when they do."""
    removed = [decision for decision in decisions if decision.removes]
    if closing is None:
        return ("De slotalinea over wat niet openbaar wordt gemaakt ontbreekt in deze nota.",)
    if not closing.promises:
        return ("Onder het kopje is niet herkend wat niet openbaar wordt gemaakt: lees de slotalinea zelf na.",)
    return tuple([*_unkept(closing, removed), *_unsaid(closing, removed, decisions)])


def _unkept(closing: Closing, removed: Sequence[Decision]) -> Iterator[str]:
    """Promises that no redaction keeps."""
    grounds = {decision.ground or "" for decision in removed}
    for promise in closing.promises:
        if promise is Promise.NOTHING:
            if removed and not any(personal in closing.promises for personal in _PERSONAL):
                yield "De slotalinea zegt dat er niets te lakken is, maar er is wel gelakt."
        elif promise is Promise.PASSAGES:
            yield "De slotalinea noemt passages of bijlagen. Die lakt dit programma niet: doe dat zelf."
        elif not any(ground.startswith(wanted) for ground in grounds for wanted in _GROUNDS[promise]):
            yield f"De slotalinea noemt {promise.value}, maar daarop is niets gelakt."
    roles = {decision.role for decision in removed}
    if Promise.OTHER_PERSONS in closing.promises and removed and not roles & {Role.CITIZEN, Role.EXTERNAL}:
        yield "De slotalinea noemt gegevens van anderen dan ambtenaren; geen gelakte persoon is als zodanig herkend."


def _unsaid(closing: Closing, removed: Sequence[Decision], decisions: Sequence[Decision]) -> Iterator[str]:
    """What was redacted without a word about it, and what stays although the paragraph says otherwise."""
    personal = any((decision.ground or "").startswith("5.1.2e") for decision in removed)
    if personal and not any(promise in closing.promises for promise in _PERSONAL):
        yield "Er zijn persoonsgegevens gelakt, maar de slotalinea noemt ze niet."
    kept_top = any(decision.action is Action.KEEP and decision.role is Role.TOP_OFFICIAL for decision in decisions)
    if kept_top and Promise.CIVIL_SERVANTS in closing.promises and re.search(r"\balle\b", closing.text.casefold()):
        yield (
            "De slotalinea zegt dat alle persoonsgegevens van ambtenaren zijn geanonimiseerd, maar namen uit de"
            " ambtelijke top blijven staan."
        )


def _is_heading(text: str, match: re.Match[str]) -> bool:
    """A heading starts with a capital, or stands below an empty line; running text that was wrapped does neither."""
    title = match.start("title")
    before = text[:title].rstrip(" \t")
    return text[title].isupper() or not before or bool(re.search(r"(?:\n[ \t\r]*\n|\f)[ \t]*$", before[-20:]))


def _body(text: str, start: int) -> Span | None:
    """The paragraph below the heading, and those after it that promise something as well."""
    end = min(len(text), start + _MOST)
    stop = _END.search(text, start, end)
    if stop:
        end = stop.start()
    subheading = _SUBHEADING.match(text, start, end)
    if subheading:
        start = subheading.end()
    while start < end and text[start].isspace():
        start += 1
    if start >= end:
        return None
    cut = start
    for piece_end in [*(match.start() for match in _PARAGRAPH_END.finditer(text, start, end)), end]:
        if cut > start and not any(_promises(_joined(text[cut:piece_end]))):
            break
        cut = piece_end
    return Span(start, max(cut, start + 1))


def _promises(joined: str) -> Iterable[Promise]:
    folded = _codes(joined.casefold())
    if _NOTHING.search(folded):
        yield Promise.NOTHING
    found = [promise for promise, pattern in _PROMISES if re.search(pattern, folded)]
    specific = Promise.CIVIL_SERVANTS in found or Promise.OTHER_PERSONS in found
    for promise in found:
        if promise is Promise.PERSONAL_DATA and specific:
            continue
        if promise is Promise.OTHER_PERSONS and not re.search(r"gegevens|\bna(?:am|men)\b|levenssfeer", folded):
            continue
        yield promise


_ORDINALS = {"eerste": "1", "tweede": "2", "vijfde": "5"}
_ARTICLE = re.compile(
    r"5\.1[., ]*(?:lid )?(eerste|tweede|vijfde|[125])(?: lid)?"
    r"(?:[, ]*(?:aanhef )?(?:en )?(?:onder|sub)?(?:deel)? ?([a-i])\b)?"
)


def _codes(folded: str) -> str:
    """`artikel 5.1, tweede lid, onder e` in the normal form `5.1.2e`."""
    return _ARTICLE.sub(lambda found: f"5.1.{_ORDINALS.get(found[1], found[1])}{found[2] or ''}", folded)


def _joined(text: str) -> str:
    """`text` on one line, words broken over a line end put together."""
    whole = re.sub(r"(?<=[^\W\d_])[-\u00ad][ \t]*\r?\n[ \t]*(?=[a-zà-ÿ])", "", text.replace("\u00ad\n", ""))
    return " ".join(whole.replace("\u00ad", "").split())
