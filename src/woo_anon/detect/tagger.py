"""The name tagger as a spaCy component, and a tokeniser that cuts as it does.

`doc.spans["woo_anon"]` holds the entities (labels PERSON, INITIALS, USERNAME, ADDRESS), and its `attrs["scores"]`
parallel to them `[score, stays]`: the belief that it is what the label says, and that it may stay. `attrs["things"]`
holds the belief that it is a thing named after somebody (a street, a law).

Finds:   "akkoord, MvdB", "nota_yntema_v6.docx", "vraag het tugba even".
Leaves:  "de storm trok over", "artikel 5 van de wet".
Misses:  names that look like ordinary words in lower case and are named once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens.span_group import SpanGroup
from spacy.vocab import Vocab

from woo_anon.detect.chain import Chain
from woo_anon.detect.labeller import LABELS, Entity, Labeller, Thresholds
from woo_anon.detect.lexicon import Lexicon
from woo_anon.detect.network import Network
from woo_anon.detect.rejoined import rejoin
from woo_anon.detect.tokens import tokenise

GROUP = "woo_anon"
TOKENISER = "woo_anon_tokeniser"
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": TOKENISER}}}  # of a blank pipeline that the tagger is added to
_LEXICON, _NETWORK, _CHAIN, _SETTINGS = "lexicon.bin", "network.npz", "chain.npz", "settings.json"


class Tokeniser:
    """A spaCy tokeniser: words and signs as the tagger sees them, white space kept as tokens of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut `text`; `doc.text` is `text`, to the character."""
        words: list[str] = []
        spaces: list[bool] = []
        tokens = tokenise(text)
        end = 0
        for start, stop in zip([*tokens.starts, len(text)], [*tokens.ends, len(text)], strict=True):
            white = text[end:start]
            if white and words and white[0] == " ":
                spaces[-1] = True
                white = white[1:]
            if white:
                words.append(white)
                spaces.append(False)
            if start < stop:
                words.append(text[start:stop])
                spaces.append(False)
            end = stop
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> Tokeniser:
        """Nothing to read."""
        return self

    def to_disk(self, _path: Path | str, **_: object) -> None:
        """Nothing to keep."""

    def from_disk(self, _path: Path | str, **_: object) -> Tokeniser:
        """Nothing to read."""
        return self


class Tagger:
    """Marks names, initials, account names and addresses in `doc.spans["woo_anon"]`.

    Without a labeller (before `from_disk`) a call raises ValueError.
    """

    def __init__(self, name: str, labeller: Labeller | None = None) -> None:
        self.name = name
        self.labeller = labeller

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the network."""
        return LABELS

    def __call__(self, doc: Doc) -> Doc:
        """Tag one document."""
        if self.labeller is None:
            raise ValueError("the tagger has no weights: load it with spacy.load")
        whole = rejoin(doc.text)
        found = self.labeller.entities(whole.text)
        places = (whole.original(one.start, one.end) for one in found)
        return _mark(doc, (replace(one, start=start, end=end) for one, (start, end) in zip(found, places, strict=True)))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterable[Doc]:
        """Tag many documents."""
        return map(self, stream)

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write dictionary, weights and thresholds into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.labeller is None:
            return
        (folder / _LEXICON).write_bytes(self.labeller.lexicon.to_bytes())
        (folder / _NETWORK).write_bytes(self.labeller.network.to_bytes())
        (folder / _CHAIN).write_bytes(self.labeller.chain.to_bytes())
        settings = {"thresholds": asdict(self.labeller.thresholds)}
        (folder / _SETTINGS).write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Tagger:
        """Read what `to_disk` wrote. Raises OSError, ValueError or KeyError when it is incomplete or damaged."""
        folder = Path(path)
        settings = json.loads((folder / _SETTINGS).read_text(encoding="utf-8"))
        self.labeller = Labeller(
            Lexicon.from_bytes((folder / _LEXICON).read_bytes()),
            Network.from_bytes((folder / _NETWORK).read_bytes()),
            Chain.from_bytes((folder / _CHAIN).read_bytes()),
            Thresholds(**settings["thresholds"]),
        )
        return self


def _mark(doc: Doc, entities: Iterable[Entity]) -> Doc:
    spans, scores, things = [], [], []
    for entity in entities:
        span = doc.char_span(entity.start, entity.end, label=entity.label, alignment_mode="expand")
        if span is None:  # cannot be: both cut at the same places
            raise ValueError("an entity lies outside the tokens")
        spans.append(span)
        scores.append([entity.score, entity.stays])
        things.append(entity.thing)
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans, attrs={"scores": scores, "things": things})
    return doc


@Language.factory("woo_anon_names", assigns=["doc.spans"])
def make_tagger(nlp: Language, name: str) -> Tagger:
    """The component's entry in spaCy's registry, found through the package's entry points.

    Raises ValueError in a pipeline without the tokeniser that goes with it: spans of the one must be tokens of the
    other. It is made from `CONFIG`.
    """
    if not isinstance(nlp.tokenizer, Tokeniser):
        raise ValueError(f"the name tagger needs the tokeniser {TOKENISER}")
    return Tagger(name)


def make_tokeniser() -> Callable[[Language], Tokeniser]:
    """The tokeniser's entry in spaCy's registry, found in the same way.

    Named in the pipeline's configuration, for spaCy's own with its thousands of Dutch exceptions takes half a second.
    """
    return lambda nlp: Tokeniser(nlp.vocab)
