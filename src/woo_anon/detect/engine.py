"""Detection of one document: our recognisers, run by Presidio's analyzer on our spaCy pipeline.

The only module that knows Presidio's AnalyzerEngine. The registry holds the recognisers of the table below and no
predefined one (Presidio's for e-mail asks the network for a list of domains at run time); its context enhancer, which
matches parts of words, is replaced by one that leaves every result as it is. Context is each recogniser's own matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from presidio_analyzer.recognizer_registry import RecognizerRegistry

from woo_anon.detect import account, address, birth, bsn, iban, identity, link, mail, personnel, phone, plate
from woo_anon.detect.authors import unfound
from woo_anon.detect.dwelling import settled
from woo_anon.detect.location import locate_model
from woo_anon.detect.misread import misread
from woo_anon.detect.names import NamesRecogniser
from woo_anon.detect.reading import read
from woo_anon.detect.recogniser import Artifacts, Family, FamilyRecogniser, Mention
from woo_anon.detect.signature import signatures
from woo_anon.detect.zones import find_zones
from woo_anon.document import Document, Entity, Finding, Signature, Zone
from woo_anon.errors import MissingError

if TYPE_CHECKING:
    from spacy.language import Language

LANGUAGE = "nl"

FAMILIES = (
    Family("mail", (Entity.EMAIL,), mail.find),
    Family("phone", (Entity.PHONE,), phone.find),
    Family("bsn", (Entity.BSN,), bsn.find),
    Family("iban", (Entity.IBAN,), iban.find),
    Family("plate", (Entity.PLATE,), plate.find),
    Family("birth", (Entity.DOB,), birth.find),
    Family("address", (Entity.ADDRESS,), address.find),
    Family("identity", (Entity.IDDOC,), identity.find),
    Family("personnel", (Entity.PERSONNEL,), personnel.find),
    Family("account", (Entity.USERNAME,), account.find),
    Family("link", (Entity.URL,), link.find),
)


@dataclass(frozen=True)
class Detection:
    """All that was found in a document; findings may overlap, the policy makes them disjoint."""

    findings: tuple[Finding, ...]
    zones: tuple[Zone, ...]
    signatures: tuple[Signature, ...] = ()


class Detector:
    """Finds personal data. Loads the pipeline once; not to be shared between threads.

    `model` is the folder of the spaCy pipeline; None means the one that comes with the package. Raises MissingError
    when it is not there; nothing is ever downloaded.
    """

    def __init__(self, model: Path | None = None) -> None:
        recognisers: list[EntityRecognizer] = [FamilyRecogniser(family) for family in FAMILIES]
        registry = RecognizerRegistry([*recognisers, NamesRecogniser()], supported_languages=[LANGUAGE])
        self._engine = AnalyzerEngine(
            registry=registry,
            nlp_engine=Pipeline(model or locate_model()),
            supported_languages=[LANGUAGE],
            context_aware_enhancer=AsTheyAre(),
        )

    def detect(self, document: Document) -> Detection:
        """Everything that looks like personal data, the zones of the text, and what may be signatures.

        Raises RefusedError when a pattern takes too long on the text.
        """
        if not document.text.strip():
            return Detection((), ())
        results = self._engine.analyze(document.text, LANGUAGE)
        findings = {_mention(result).finding for result in results}
        findings = set(settled(findings))
        findings |= set(misread(document, tuple(findings)))
        findings |= set(unfound(document, tuple(findings)))
        ordered = sorted(findings, key=lambda finding: (finding.span, finding.entity, -finding.score))
        zones = find_zones(document.text)
        return Detection(tuple(ordered), zones, tuple(signatures(document, zones)))


class Pipeline(NlpEngine):
    """Our spaCy pipeline, loaded from a folder, as Presidio wants it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._nlp: Language | None = None

    def load(self) -> None:
        """Load the pipeline. Raises MissingError when the folder holds none that fits."""
        import spacy

        try:
            self._nlp = spacy.load(self._folder)
        except OSError as error:
            raise MissingError(
                f"No language model can be loaded from {self._folder}.", "Give the folder of a spaCy pipeline."
            ) from error
        self._nlp.max_length = 1 << 31  # spaCy's own limit guards parsers, of which there is none here
        # What spaCy can tell of a word (its shape, whether it looks like a number) nobody asks, and it takes time.
        self._nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]

    def is_loaded(self) -> bool:
        """Whether the pipeline is in memory."""
        return self._nlp is not None

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Run the pipeline; lemmas and keywords stay empty, for nothing here uses them."""
        if self._nlp is None:
            self.load()
        assert self._nlp is not None
        doc = self._nlp(text)
        return Artifacts(read(text), doc, self, language)

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **kwargs: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """One text after another."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        """Not asked: there are no keywords."""
        return False

    def is_punct(self, word: str, language: str) -> bool:
        """Not asked: there are no keywords."""
        return False

    def get_supported_entities(self) -> list[str]:
        """What the pipeline's spans are about."""
        return [entity.value for entity in Entity]

    def get_supported_languages(self) -> list[str]:
        """Dutch."""
        return [LANGUAGE]


class AsTheyAre(ContextAwareEnhancer):
    """Leaves every result as its recogniser gave it, as a `Mention`."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """The same results; those of other classes become mentions, so that overlapping ones are all kept."""
        return [_mention(result) for result in raw_results]


def _mention(result: RecognizerResult) -> Mention:
    if isinstance(result, Mention):
        return result
    metadata = result.recognition_metadata or {}
    return Mention(
        Entity(result.entity_type),
        result.start,
        result.end,
        result.score,
        metadata.get(RecognizerResult.RECOGNIZER_NAME_KEY, "ner"),
        metadata.get("stays"),
        tuple(metadata.get("evidence", ())),
    )
