"""Our recognisers as Presidio knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from woo_anon.detect.pattern import Hit
from woo_anon.detect.reading import Reading, read
from woo_anon.document import Entity, Evidence, Finding
from woo_anon.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Mention(RecognizerResult):
    """A result with our belief that it may stay. It gives way to an exact duplicate only.

    Presidio drops a result that lies within another of its type; the two may differ in what may stay, so both are
    kept here and the policy decides.
    """

    def __init__(  # noqa: PLR0917  # as Presidio orders them
        self,
        entity: Entity,
        start: int,
        end: int,
        score: float,
        detector: str,
        stays: float | None = None,
        evidence: tuple[Evidence, ...] = (),
    ) -> None:
        metadata = {RecognizerResult.RECOGNIZER_NAME_KEY: detector}
        super().__init__(entity.value, start, end, score, recognition_metadata=metadata)
        self.entity = entity
        self.detector = detector
        self.stays = stays
        self.evidence = evidence

    @property
    def finding(self) -> Finding:
        """The same as the later stages know it."""
        return Finding(Span(self.start, self.end), self.entity, self.score, self.detector, self.stays, self.evidence)

    def _key(self) -> tuple[object, ...]:
        return (self.start, self.end, self.entity, self.score, self.stays, self.evidence)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mention) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def contained_in(self, other: RecognizerResult) -> bool:
        return self == other


@dataclass(frozen=True)
class Family:
    """One kind of personal data: its name (the detector of its findings) and the function that finds it."""

    name: str
    entities: tuple[Entity, ...]
    find: Callable[[str], Iterable[Hit]]


class Artifacts(NlpArtifacts):
    """Presidio's artifacts with the reading of the text, which all families share."""

    def __init__(self, reading: Reading, tokens: Doc, engine: NlpEngine, language: str) -> None:
        super().__init__([], tokens, [], [], engine, language)
        self.reading = reading


class FamilyRecogniser(EntityRecognizer):
    """Runs one family over the reading of a text."""

    def __init__(self, family: Family) -> None:
        self.family = family
        entities = [entity.value for entity in family.entities]
        super().__init__(entities, name=family.name, supported_language="nl")

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None) -> list[RecognizerResult]:
        """All mentions of the family, with offsets of `text`. Raises RefusedError when a pattern takes too long."""
        reading = nlp_artifacts.reading if isinstance(nlp_artifacts, Artifacts) else read(text)
        return [self._mention(reading, hit) for hit in self.family.find(reading.text)]

    def _mention(self, reading: Reading, hit: Hit) -> Mention:
        span = reading.span(hit.start, hit.end)
        return Mention(hit.entity, span.start, span.end, hit.score, self.family.name, hit.stays, hit.evidence)
