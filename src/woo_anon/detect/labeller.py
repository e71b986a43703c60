"""From text to entities: the label scheme, what network and chain believe together, and spans from it.

Spans are not read off the most likely labels: a token belongs to a name as soon as the belief that it is part of one
reaches a threshold well below one half, for a missed name costs more than one too many, and the next stage can still
say no.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from woo_anon.detect.chain import Chain
from woo_anon.detect.features import channels
from woo_anon.detect.lexicon import Lexicon, fold
from woo_anon.detect.network import Groups, Network
from woo_anon.detect.tokens import Tokens, tokenise
from woo_anon.detect.vectors import Matrix, Vectors
from woo_anon.detect.words import Words
from woo_anon.detect.zones import find_zones
from woo_anon.document import Zone

# GO and STAY: a person's name that goes or stays; THING: what is named after a person. Names begin with B-; the others
# are told apart by gaps.
LABELS = (
    "O", "B-GO", "I-GO", "B-STAY", "I-STAY", "B-THING", "I-THING", "INI", "INISTAY", "USER", "ADDR", "ADDRSTAY",
)  # fmt: skip
FAMILIES = {"PERSON": (1, 2, 3, 4, 5, 6), "INITIALS": (7, 8), "USERNAME": (9,), "ADDRESS": (10, 11)}
_CHAIN_SHARE = 0.2  # of the chain in what both believe; chosen on held-out folds of the corpus
_LONGEST_SEQUENCE = 160  # tokens; bounds the number of steps of the chain's sums
_BEGIN, _INSIDE = (1, 3, 5), (2, 4, 6)
_STAY = frozenset({3, 4, 5, 6, 8, 11})
_ADDRESS = 3  # index of the family
_NAME = list(FAMILIES["PERSON"])


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least belief for a token to belong to an entity, and the temperature that makes beliefs mean what they say.

    Both were chosen on held-out folds of the corpus: without a
    temperature, a belief of 0.08 is right three times in ten.
    """

    name: float = 0.15
    initials: float = 0.15
    username: float = 0.2
    address: float = 0.25
    temperature: float = 1.8


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of the text with what the tagger believes of it.

    `score`: it is what `label` says; `stays`: it may stay (given that it is); `thing`: it is named after somebody.
    """

    start: int
    end: int
    label: str
    score: float
    stays: float
    thing: float


def sequences(tokens: Tokens) -> list[int]:
    """Borders of the chain's sequences: lines, cut when they are long."""
    borders = [0]
    for at in range(1, len(tokens)):
        if tokens.gaps[at] > 2 or at - borders[-1] >= _LONGEST_SEQUENCE:
            borders.append(at)
    borders.append(len(tokens))
    return borders


def same_words(tokens: Tokens) -> Groups:
    """For each token the number of its word; case and accents make no difference.

    A genitive counts as its stem where the stem occurs: `Jallows` as `Jallow`.
    """
    folded = [fold(word) for word in tokens.words]
    present = set(folded)
    numbers: dict[str, int] = {}
    for at, word in enumerate(folded):
        stem = word[:-1]
        if len(word) > 3 and word.endswith("s") and stem in present:
            folded[at] = stem
    return np.array([numbers.setdefault(word, len(numbers)) for word in folded], np.intp)


_BETWEEN = frozenset(
    {"van", "de", "der", "den", "het", "ten", "ter", "te", "tot", "op", "uit", "t", "v", "d", "vd", "la", "el", "al"}
)


@dataclass(frozen=True)
class Labeller:
    """The trained tagger: dictionary, network and chain, which err in different places, and thresholds."""

    lexicon: Lexicon
    network: Network
    chain: Chain
    thresholds: Thresholds = Thresholds()

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", Words(self.lexicon))
        object.__setattr__(self, "_vectors", Vectors(self.network.embedding, self.chain))

    def probabilities(self, text: str, zones: Sequence[Zone] | None = None) -> tuple[Tokens, Matrix]:
        """Tokens of `text` and the probability of each label for each: tokens × labels. `zones` as of `find_zones`."""
        words: Words = self._words  # type: ignore[attr-defined]
        vectors: Vectors = self._vectors  # type: ignore[attr-defined]
        tokens = tokenise(text)
        if not len(tokens):
            return tokens, np.zeros((0, len(LABELS)), np.float32)
        made = channels(text, tokens, find_zones(text) if zones is None else zones, words)
        given, emissions = vectors(made)
        by_network = self.network.probabilities(given, same_words(tokens), self.thresholds.temperature)
        by_chain = self.chain.marginals(emissions, sequences(tokens))
        return tokens, (1 - _CHAIN_SHARE) * by_network + _CHAIN_SHARE * by_chain

    def entities(self, text: str, zones: Sequence[Zone] | None = None) -> list[Entity]:
        """Entities of `text` in reading order; they never overlap and never go over a line end."""
        return list(entities_of(*self.probabilities(text, zones), self.thresholds))


def entities_of(tokens: Tokens, probabilities: Matrix, thresholds: Thresholds) -> Iterator[Entity]:
    """Spans: runs of tokens of one family above its threshold, cut where a name begins or a gap is."""
    if not len(tokens):
        return
    masses = np.stack([probabilities[:, columns].sum(axis=1) for columns in map(list, FAMILIES.values())], axis=1)
    family = masses.argmax(axis=1)
    limits = np.array([thresholds.name, thresholds.initials, thresholds.username, thresholds.address])
    inside = masses.max(axis=1) >= limits[family]
    _bridge(tokens, inside, family)
    begins = probabilities[:, _BEGIN].sum(axis=1) > probabilities[:, _INSIDE].sum(axis=1)
    run: list[int] = []
    for at in np.flatnonzero(inside):
        if run and _cut(tokens, run[-1], int(at), family, bool(begins[at])):
            yield from _entity(tokens, probabilities, masses, int(family[run[0]]), run)
            run = []
        run.append(int(at))
    yield from _entity(tokens, probabilities, masses, int(family[run[0]]) if run else 0, run)


def _bridge(tokens: Tokens, inside: NDArray[np.bool_], family: NDArray[np.intp]) -> None:
    """Take in what stands between two parts of a name: `Rhemen [tot den] Dael`, `J[.]F. Vos`."""
    places = np.flatnonzero(inside & (family == 0))
    for left, right in zip(places[:-1].tolist(), places[1:].tolist(), strict=True):
        if 1 < right - left < 5 and all(_joins(tokens, at) for at in range(left + 1, right)) and tokens.gaps[right] < 2:
            inside[left + 1 : right] = True
            family[left + 1 : right] = 0


def _joins(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    return tokens.gaps[at] < 2 and (word.lower() in _BETWEEN or (word in ".-'’" and tokens.gaps[at] == 0))


def _cut(tokens: Tokens, last: int, at: int, family: NDArray[np.intp], begins: bool) -> bool:
    """Whether token `at` starts another span than the one that `last` is in."""
    if at != last + 1 or family[at] != family[last] or tokens.gaps[at] > 2:
        return True
    wide = tokens.gaps[at] == 2
    return (family[at] == 0 and (begins or wide)) or (wide and family[at] != _ADDRESS)


def _entity(tokens: Tokens, probabilities: Matrix, masses: Matrix, family: int, run: list[int]) -> Iterator[Entity]:
    """The entity of a run of tokens, without signs at its edges; none when nothing is left."""
    while run and not _edge(tokens.words[run[0]], opening=True):
        run = run[1:]
    while run and not _edge(tokens.words[run[-1]], opening=False):
        run = run[:-1]
    if not run:
        return
    letters = [at for at in run if tokens.words[at][0].isalnum()]
    mass = float(masses[letters, family].sum())
    label = tuple(FAMILIES)[family]
    shares = probabilities[letters].sum(axis=0).tolist()
    stays = sum(shares[column] for column in FAMILIES[label] if column in _STAY) / mass
    thing = (shares[5] + shares[6]) / mass if family == 0 else 0.0
    yield Entity(
        tokens.starts[run[0]],
        tokens.ends[run[-1]],
        label,
        round(min(1.0, mass / len(letters)), 4),
        round(min(1.0, stays), 4),
        round(min(1.0, thing), 4),
    )


def _edge(word: str, *, opening: bool) -> bool:
    return word[0].isalnum() or (word in "'’" if opening else False)
