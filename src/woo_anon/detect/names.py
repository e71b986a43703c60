"""Names, initials, account names and addresses: what the tagger of the spaCy pipeline marked, as Presidio's results.

Finds:   whatever the pipeline's `woo_anon_names` component put into `doc.spans["woo_anon"]` (see `tagger`).
Evidence: `ner:thing` on what is more likely a street, a law or a room named after somebody than a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from woo_anon.detect.attribution import attributions
from woo_anon.detect.dictionary import is_common, is_first_name, is_known, is_name, is_ordinary, may_name
from woo_anon.detect.dwelling import may_be_address, stays_as_office
from woo_anon.detect.recogniser import Mention
from woo_anon.document import Entity, Evidence, Zone
from woo_anon.spans import Overlaps, Span

DETECTOR = "ner"
_GROUP = "woo_anon"  # as in tagger, which only the pipeline needs to import
_ENTITIES = (Entity.PERSON, Entity.INITIALS, Entity.USERNAME, Entity.ADDRESS)
_THING = Evidence("ner:thing", 1.0)
_ACCOUNT_OF_LETTERS = 0.5
# What mail systems write behind a name: ` - DGMo`, `, MAJ, JIVC/KIXS`, ` (COA)`, and degrees.
_BEHIND = re.compile(
    r"\s+[-–|]\s+\S.*$"
    r"|(?<=,)(?P<first>[^,]*),\s*\S.*$"
    r"|\s*\((?:[A-Z][A-Z/&-]+[a-z]?|external|extern)\)?$"
    r"|(?:,?\s+(?:MSc|BSc|MA|BA|LLM|LLB|PhD|MBA|MPA|MCM|RA|RE|CISA)\.?)+$"
)

# Between two people whom the tagger took for one: `Oldeboom - Vos`, `Oldeboom, Tjitske, Iris Vos`.
_BETWEEN = re.compile(r"\s+[-–|]\s+|,\s*")
_WORD = re.compile(r"[^\W\d_][\w'’-]+")
_INFIX = frozenset({"van", "de", "der", "den", "ten", "ter", "te", "het", "el", "al", "von", "da", "dos"})
_OF_TOWNS = frozenset({"den", "het", "te"})  # `Den Haag`
_ABBREVIATION = re.compile(r"(?!IJ|Mc|Mac)(?:[A-Z]{2}|\w+[a-z][A-Z])")  # `JIVC`, `DGMo`, `MinBZ`
_SHORTEST = 4  # letters of a word in capitals that may be a name behind another

# `mevrouw Oldeboom van FEZ`: the preposition belongs to the unit in capitals.
_OF_UNIT = re.compile(r"(?<=[^\W\d_]{2})\s+(?:van|bij|uit)(?: de| het)?$")
_UNIT = re.compile(r"\s+[A-Z]{2,}")
# `Iris Vos uit Vaassen`, `Wesley van de liftfirma`: where the sentence goes on behind the name.
_SENTENCE = re.compile(
    r"(?<=[^\W\d_]{2})\s+(?:(?:aan|bij|en|in|namens|of|op|te|uit|vs|als)$|(?:van|vd|op|in|bij)(?:\s(?:de|het))?$"
    r"|(?:van|bij)\s(?:de|het)\s[a-z])"
)
_GOES_ON = re.compile(r"[^\w\n]*(?:[a-z0-9]|[A-Z]{2,}\b)")

# `Memo Zandvoort`, `cv Zandvoort`: what a document is, before whose it is; as in file names and subjects.
_DOCUMENT = re.compile(
    r"(?:memo|nota|notitie|cv|dossier|verslag|brief|bijlage|advies|besluit|concept|e?-?mail|agenda|reactie|bezwaar"
    r"|klacht|rapport|verzoek|aanvraag|factuur|contract|zienswijze|kopie|versie)(?!\w)[ ]?",
    re.IGNORECASE,
)


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
    places = [(start, end)]
    if entity is Entity.USERNAME and _is_word(text[start:end], score):
        return
    if entity is Entity.ADDRESS:
        if not may_be_address(text, start, end):
            return
        stays = max(stays, stays_as_office(text, start, end))
    if entity is Entity.PERSON:
        document = _DOCUMENT.match(text, start, end)
        places = list(names_in(text, document.end() if document else start, end))
    for first, last in places:
        yield Mention(entity, first, last, score, DETECTOR, stays, (_THING,) if thing >= 0.5 else ())


def names_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the name in `text[start:end]` stands, and the names of others behind it."""
    while start < end:
        stop = name_end(text, start, end)
        yield start, stop
        between = _BETWEEN.match(text, stop, end)
        if between is None or not _is_name(_BETWEEN.split(text[between.end() : end])[0]):
            return
        start = between.end()


def _is_name(behind: str) -> bool:
    """Whether what stands behind a name, and was taken for part of it, may be another one: not a unit or a rank."""
    said = _WORD.findall(behind)
    words = [word for word in said if word.lower() not in _INFIX]
    if not words or any(_ABBREVIATION.match(word) and len(word) < _SHORTEST for word in words):
        return False
    if said[0] != words[0] and said[0].lower() not in _OF_TOWNS:
        return is_name(words[-1])
    return (is_first_name(words[0]) and not is_common(words[0])) or all(_names(word) for word in words)


def _names(word: str) -> bool:
    if is_common(word) or is_ordinary(word):
        return False
    return is_name(word) or (may_name(word) and not _ABBREVIATION.match(word))


def _behind(dates: Overlaps[Zone], text: str, span: Span) -> int:
    """Where a mention starts, behind the date above a quoted mail that it may begin in."""
    start = max((date.span.end for date in dates.of(span)), default=span.start)
    start = max(start, span.start)
    return start + len(text[start : span.end]) - len(text[start : span.end].lstrip())


def _is_word(account: str, score: float) -> bool:
    """Whether a would-be account name is but a word: all letters, and known or hardly believed in."""
    return account.isalpha() and (score < _ACCOUNT_OF_LETTERS or is_known(account))


def _in_sentence(text: str, at: int, end: int) -> bool:
    """Whether a preposition that ends at `at`, in a name that ends at `end`, belongs to the sentence."""
    return at < end or text[end - 2 : end] in ("it", "te", "en", "ns", "vs") or _GOES_ON.match(text, end) is not None


def name_end(text: str, start: int, end: int) -> int:
    """Where the name in `text[start:end]` ends: before unit, rank and degree, behind the bracket of a given name."""
    surface = text[start:end]
    behind = _BEHIND.search(surface)
    if behind:
        cut = start + (behind.end("first") if behind.group("first") is not None else behind.start())
        return cut if any(character.isalpha() for character in text[start:cut]) else end
    of_unit = _OF_UNIT.search(surface)
    if of_unit and "," not in surface and _UNIT.match(text, end):
        return start + of_unit.start()
    sentence = _SENTENCE.search(surface)
    if sentence and "," not in surface and not surface.islower() and _in_sentence(text, start + sentence.end(), end):
        return start + sentence.start()
    if surface.count("(") > surface.count(")") and text[end : end + 1] == ")":
        return end + 1
    return end
