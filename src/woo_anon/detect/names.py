"""Names, initials, account names and addresses: what the tagger of the spaCy pipeline marked, as Presidio's results.

Finds:   whatever the pipeline's `woo_anon_names` component put into `doc.spans["woo_anon"]` (see `tagger`).
Evidence: `ner:thing` on what is more likely a street, a law or a room named after somebody than a person.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from woo_anon.detect.dictionary import is_known
from woo_anon.detect.dwelling import may_be_address, stays_as_office
from woo_anon.detect.recogniser import Mention
from woo_anon.document import Entity, Evidence

if TYPE_CHECKING:
    from spacy.tokens import Span

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

# `mevrouw Oldeboom van FEZ`: the preposition belongs to the unit in capitals.
_OF_UNIT = re.compile(r"(?<=[^\W\d_]{2})\s+(?:van|bij|uit)(?: de| het)?$")
_UNIT = re.compile(r"\s+[A-Z]{2,}")


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
        return [
            Mention(
                Entity(span.label_),
                span.start_char,
                _end(text, span),
                score,
                DETECTOR,
                _stays(text, span, stays),
                (_THING,) if thing >= 0.5 else (),
            )
            for span, (score, stays), thing in zip(group, group.attrs["scores"], things, strict=True)
            if span.label_ in entities and not _ordinary(span, score) and not _elsewhere(text, span)
        ]


def _ordinary(span: Span, score: float) -> bool:
    """Whether a would-be account name is but a word: all letters, and known or hardly believed in."""
    return (
        span.label_ == Entity.USERNAME and span.text.isalpha() and (score < _ACCOUNT_OF_LETTERS or is_known(span.text))
    )


def _elsewhere(text: str, span: Span) -> bool:
    """Whether a would-be address has nothing of one."""
    return span.label_ == Entity.ADDRESS and not may_be_address(text, span.start_char, span.end_char)


def _stays(text: str, span: Span, stays: float) -> float:
    """The tagger's belief, or for an address what the words beside it say when that is more."""
    if span.label_ != Entity.ADDRESS:
        return stays
    return max(stays, stays_as_office(text, span.start_char, span.end_char))


def _end(text: str, span: Span) -> int:
    return name_end(text, span.start_char, span.end_char) if span.label_ == Entity.PERSON else int(span.end_char)


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
    if surface.count("(") > surface.count(")") and text[end : end + 1] == ")":
        return end + 1
    return end
