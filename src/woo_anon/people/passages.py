"""The same passage in two documents of a dossier is redacted alike: a mail quoted in five threads, a paragraph that
went from a draft into a note. What one of them removes goes from all of them.

What a document removes is described by its distance in words from fingerprints of the text around it:

    … betreft de aanvraag van │Tjitske Oldeboom│ aan de Kanaalweg …
      └──────── anchor ────────────┘                        a fingerprint before it, around it or behind it
      └──────── checked ────────────────┘                   from the one's first word to the other's last

Where another document has that fingerprint, and the same words at the same distance, it has the same passage. What
has STRETCH words (15) of the shared passage before it, around it or behind it, itself included, is found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from woo_anon.document import Action, Decision, Entity, Evidence, Role
from woo_anon.people.fingerprints import SHINGLE, STRETCH, Words, fingerprint_in, fingerprints, shingles

if TYPE_CHECKING:
    from woo_anon.people.fingerprints import Hashes

RULE = "zelfde-passage"
DETECTOR = "passage"
EVIDENCE = Evidence("passage")


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that was removed. `anchor` is a fingerprint, `offset` how many words after the first of it the removed
    words begin (below zero: before), `length` their number, `checked` a hash of all words from the first of both to
    the last of both; `word` is the first of those removed, folded."""

    anchor: int
    offset: int
    length: int
    checked: int
    entity: str
    role: str
    ground: str
    label: str
    word: str = field(default="", repr=False)

    @property
    def place(self) -> tuple[int, int, int, int]:
        """The same for the same passage of every document, whatever is thought of it."""
        return self.anchor, self.offset, self.length, self.checked

    def found(self, words: Words, at: int) -> tuple[int, int] | None:
        """The words that this speaks of, where the anchor stands at word `at`; None when these are others."""
        start = at + self.offset
        first, last = min(at, start), max(at + SHINGLE, start + self.length)
        if first < 0 or last > len(words.folded) or words.hash(first, last) != self.checked:
            return None
        return start, start + self.length


def passages(words: Words, hashes: Hashes, decisions: Iterable[Decision]) -> Iterator[Passage]:
    """What `decisions` remove; `hashes` are those of the shingles of `words`."""
    for decision in decisions:
        covered = words.covered(decision.span) if decision.removes else None
        if covered is None:
            continue
        start, end = covered
        stretches = (end - STRETCH, (start + end - STRETCH) // 2, start)
        for anchor in dict.fromkeys(fingerprint_in(hashes, first) for first in stretches):
            if anchor is not None:
                yield _passage(words, anchor, covered, decision)


def _passage(words: Words, anchor: tuple[int, int], covered: tuple[int, int], decision: Decision) -> Passage:
    (at, value), (start, end) = anchor, covered
    return Passage(
        anchor=value,
        offset=start - at,
        length=end - start,
        checked=words.hash(min(at, start), max(at + SHINGLE, end)),
        entity=decision.entity.value,
        role=decision.role.value,
        ground=decision.ground or "",
        label=decision.label,
        word=words.folded[start],
    )


def disputed(anchors: Iterable[Hashes], removed: Iterable[Passage]) -> Mapping[int, tuple[Passage, ...]]:
    """By anchor, what is removed at some of the places where its fingerprint stands and not at all of them.

    `anchors` are the fingerprints of each document, `removed` the passages of all.
    """
    import numpy as np

    kept = list(anchors)
    values, counts = np.unique(np.concatenate(kept) if kept else np.zeros(0, np.uint64), return_counts=True)
    often = dict(zip(values[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True))
    shared = [passage for passage in removed if passage.anchor in often]
    times = Counter(passage.place for passage in shared)
    chosen = {passage.place: passage for passage in reversed(shared) if times[passage.place] < often[passage.anchor]}
    found: dict[int, list[Passage]] = defaultdict(list)
    for _, passage in sorted(chosen.items()):
        found[passage.anchor].append(passage)
    return {anchor: tuple(here) for anchor, here in found.items()}


def demanded(text: str, elsewhere: Mapping[int, Sequence[Passage]]) -> tuple[Decision, ...]:
    """What other documents remove from passages of this text, as decisions for review; they may overlap."""
    if not elsewhere:
        return ()
    words = Words.of(text)
    found: dict[tuple[int, int], Passage] = {}
    for at, anchor in fingerprints(shingles(words.folded)):
        for passage in elsewhere.get(anchor, ()):
            place = passage.found(words, at)
            if place is not None:
                found.setdefault(place, passage)
    return tuple(_decision(words, place, passage) for place, passage in sorted(found.items()))


def _decision(words: Words, place: tuple[int, int], passage: Passage) -> Decision:
    return Decision(
        span=words.span(*place),
        entity=Entity(passage.entity),
        action=Action.REVIEW,
        role=Role(passage.role),
        ground=passage.ground,
        label=passage.label,
        rule=RULE,
        score=0.5,
        detector=DETECTOR,
        evidence=(EVIDENCE,),
    )
