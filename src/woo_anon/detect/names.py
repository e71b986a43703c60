"""Names, initials, account names and addresses: what the tagger of the spaCy pipeline marked, as Presidio's results.

Finds:   whatever the pipeline's `woo_anon_names` component put into `doc.spans["woo_anon"]` (see `tagger`).
Evidence: `ner:thing` on what is more likely a street, a law or a room named after somebody than a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from woo_anon.detect.abbreviations import is_abbreviation
from woo_anon.detect.attribution import attributions
from woo_anon.detect.dictionary import is_known, is_ordinary
from woo_anon.detect.dwelling import may_be_address, stays_as_office
from woo_anon.detect.name_end import names_in
from woo_anon.detect.recogniser import Mention
from woo_anon.document import Entity, Evidence, Zone
from woo_anon.spans import Overlaps, Span

DETECTOR = "ner"
_GROUP = "woo_anon"  # as in tagger, which only the pipeline needs to import
_ENTITIES = (Entity.PERSON, Entity.INITIALS, Entity.USERNAME, Entity.ADDRESS)
_THING = Evidence("ner:thing", 1.0)
_ACCOUNT_OF_LETTERS = 0.5
# `ma 9/5`, `Sun, 19 Oct`: the day before a date; in capitals it may be a paraaf.
_DAY = re.compile(
    r"(?:[Mm]a|[Dd]i|[Ww]o|[Dd]o|[Vv]r|[Zz][ao]|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b"
    r"(?=[.,]?\s{1,3}\d{1,2}(?:[-/.]\d|\s[^\W\d_]{3}))"
)
# `\\fs7\woo`: behind two strokes stands a machine.
_SERVER = re.compile(r"(?<![\\\w])\\\\\Z")
# `w.g. J. Oldeboom`, `majoor b.d. Oldeboom`, and what a letter begins with: abbreviations, and nobody's initials.
_ABBREVIATION = re.compile(r"(?:w\.? ?g|b\.d|d\.d|a\.s|c\.s|e\.a)(?!\w)|L\.? ?S(?=\.?,?[ \t]*(?:\n|\Z))")
# `Van` before a sender, `familie van raadslid Vos`: no name by itself.
_INFIX = re.compile(r"(?:van|de|der|den|van de[rn]?|te[nr]?)\Z", re.IGNORECASE)

# `Memo Zandvoort`, `cv Zandvoort`: what a document is, before whose it is; as in file names and subjects.
_DOCUMENT = re.compile(
    r"(?:memo|nota|notitie|cv|dossier|verslag|brief|bijlage|advies|besluit|concept|e?-?mail|agenda|reactie|bezwaar"
    r"|klacht|rapport|verzoek|aanvraag|factuur|contract|zienswijze|kopie|versie)(?!\w)[ ]?",
    re.IGNORECASE,
)


# A title as it is shortened in notes, which the tagger takes for a part of the name: `Wth Vos`.
_TITLE = re.compile(r"(?:wth|weth|bgm|burg|ged|stas|dhr|mevr|mw)\.?[ ](?=[^\W\d_])", re.IGNORECASE)


class NamesRecogniser(EntityRecognizer):
    """Turns the tagger's spans into results that carry `score` and `stays`."""

    def __init__(self) -> None:
        super().__init__([entity.value for entity in _ENTITIES], name=DETECTOR, supported_language="nl")

    def load(self) -> None:
        """Nothing to load: the pipeline is Presidio's NLP engine."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None) -> list[RecognizerResult]:
        """Mentions of the asked-for `entities`, with offsets of `text`.

        Raises ValueError when the text did not go through a pipeline with the tagger: no names then means nothing.
        """
        group = nlp_artifacts.tokens.spans.get(_GROUP) if nlp_artifacts is not None else None
        if group is None:
            raise ValueError("the text did not go through the name tagger")
        things = group.attrs.get("things") or [0.0] * len(group)
        dates = Overlaps(attributions(text))
        return [
            made
            for span, (score, stays), thing in zip(group, group.attrs["scores"], things, strict=True)
            if span.label_ in entities
            and (start := _behind(dates, text, Span(span.start_char, span.end_char))) < span.end_char
            for made in mentions(text, start, span.end_char, Entity(span.label_), score, stays, thing)
        ]


def mentions(  # noqa: PLR0917  # as the tagger orders them
    text: str, start: int, end: int, entity: Entity, score: float, stays: float, thing: float
) -> Iterator[Mention]:
    """What the tagger marked at `[start, end)` with its beliefs, cut to the name or the names; nothing when it cannot
    be what it was taken for."""
    if entity is Entity.INITIALS and is_abbreviation(text, start, end):
        return
    places = [(start, end)]
    behind_stroke = _SERVER.search(text[max(0, start - 3) : start])
    if entity is Entity.USERNAME and (behind_stroke or _is_word(text[start:end], score)):
        return
    if entity is Entity.ADDRESS:
        if not may_be_address(text, start, end):
            return
        stays = max(stays, stays_as_office(text, start, end))
    elif _DAY.match(text, start) or _ABBREVIATION.match(text, start) or _INFIX.match(text, start, end):
        return
    if entity is Entity.PERSON:
        before = _DOCUMENT.match(text, start, end) or _TITLE.match(text, start, end)
        places = list(names_in(text, before.end() if before else start, end))
    for first, last in places:
        yield Mention(entity, first, last, score, DETECTOR, stays, (_THING,) if thing >= 0.5 else ())


def _behind(dates: Overlaps[Zone], text: str, span: Span) -> int:
    """Where a mention starts, behind the date above a quoted mail that it may begin in."""
    start = max((date.span.end for date in dates.of(span)), default=span.start)
    start = max(start, span.start)
    return start + len(text[start : span.end]) - len(text[start : span.end].lstrip())


def _is_word(account: str, score: float) -> bool:
    """Whether a would-be account name is but a word: all letters, and known or hardly believed in; or a word with a
    number, as scanners name files (`scan0001`)."""
    word = account.rstrip("0123456789")
    if word != account:
        return word.isalpha() and is_ordinary(word)
    return account.isalpha() and (score < _ACCOUNT_OF_LETTERS or is_known(account))
