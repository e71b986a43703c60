"""Documents of a dossier that are the same, or nearly: the same note twice, a draft and its final version.

MinHash finds candidates among thousands of documents (A. Z. Broder, "On the resemblance and containment of documents",
1997), and whoever was found is compared exactly: the Jaccard index of their fingerprints (fingerprints.py), which are a
sample of their runs of eight words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from woo_anon.document import Decision
from woo_anon.people.fingerprints import Words, fingerprints, packed, shingles, unpacked
from woo_anon.people.passages import Passage, passages

SIMILAR = 0.85
FEWEST = 2  # fingerprints: one alone may be eight words of a salutation
_PERMUTATIONS, _BANDS, _SEED = 128, 32, 1  # 4 rows a band: of pairs at 0.8 one in a million is overlooked


@dataclass(frozen=True, slots=True)
class Gone:
    """Words that a document removes: their number, a hash of them, and how many times it removes them."""

    length: int
    words: int
    times: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The document most like another. `similarity` is their Jaccard index, `gone` what it removes, `others` how many
    more are alike."""

    location: str = field(repr=False)
    similarity: float
    gone: tuple[Gone, ...]
    others: int = 0


@dataclass(frozen=True)
class Trace:
    """What a document tells of its text, for the other documents of the dossier. `location` is where it comes from,
    `fingerprints` are packed."""

    location: str = field(default="", repr=False)
    fingerprints: str = field(default="", repr=False)
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    gone: tuple[Gone, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Trace:
        """From what `asdict` made."""
        found = tuple(Passage(**each) for each in values["passages"])
        gone = tuple(Gone(**each) for each in values["gone"])
        return cls(values["location"], values["fingerprints"], found, gone)


def trace(location: str, text: str, decisions: Sequence[Decision]) -> Trace:
    """The trace of a document on which was decided so."""
    words = Words.of(text)
    hashes = shingles(words.folded)
    spans = [covered for decision in decisions if decision.removes and (covered := words.covered(decision.span))]
    times = Counter((end - start, words.hash(start, end)) for start, end in spans)
    gone = tuple(Gone(length, key, number) for (length, key), number in times.items())
    return Trace(
        location, packed(value for _, value in fingerprints(hashes)), tuple(passages(words, hashes, decisions)), gone
    )


def duplicates(traces: Sequence[Trace]) -> Mapping[str, Duplicate]:
    """For each document that is like another one, by location: the one most like it."""
    sets = [frozenset(unpacked(trace.fingerprints).tolist()) for trace in traces]
    alike: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other in _candidates(sets):
        similarity = len(sets[one] & sets[other]) / len(sets[one] | sets[other])
        if similarity >= SIMILAR:
            alike[one].append((-similarity, other))
    found = {}
    for one, candidates in sorted(alike.items()):
        similarity, nearest = min(candidates)
        twin = traces[nearest]
        found[traces[one].location] = Duplicate(twin.location, round(-similarity, 4), twin.gone, len(candidates) - 1)
    return found


def _candidates(sets: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Pairs, both ways round, that may be alike."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(SIMILAR, _PERMUTATIONS, _BANDS)
    signatures = {}
    for number, values in enumerate(sets):
        if len(values) >= FEWEST:
            signatures[number] = RMinHash(_PERMUTATIONS, _SEED)
            signatures[number].update([f"{value:016x}" for value in sorted(values)])
            index.insert(number, signatures[number])
    for one, signature in signatures.items():
        yield from ((one, other) for other in sorted(index.query(signature)) if other != one)


def differences(duplicate: Duplicate, text: str, decisions: Iterable[Decision]) -> int:
    """How many times the document of `text` shows what the duplicate removes more often than it does itself."""
    words = Words.of(text)
    going: set[int] = set()
    for decision in decisions:
        if decision.removes and (covered := words.covered(decision.span)):
            going.update(range(*covered))
    return sum(_shown(gone, words, going) for gone in duplicate.gone)


def _shown(gone: Gone, words: Words, going: Container[int]) -> int:
    places = range(len(words.folded) - gone.length + 1)
    standing = [at for at in places if words.hash(at, at + gone.length) == gone.words]
    removed = sum(all(word in going for word in range(at, at + gone.length)) for at in standing)
    return min(len(standing) - removed, max(0, gone.times - removed))
