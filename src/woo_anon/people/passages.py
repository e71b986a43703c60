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

from collections import Counter
from collections.abc import Iterable, Iterator
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
    the last of both."""

    anchor: int
    offset: int
    length: int
    checked: int
    entity: str
    role: str
    ground: str
    label: str

    @property
    def place(self) -> tuple[int, int, int, int]:
        """The same for the same passage of every document, whatever is thought of it."""
        return self.anchor, self.offset, self.length, self.checked

    @property
    def kind(self) -> Kind:
        return self.entity, self.role, self.ground, self.label


Kind = tuple[str, str, str, str]  # entity, role, ground and label of what was removed
_ROW = [("anchor", "<u8"), ("offset", "<i4"), ("length", "<i4"), ("checked", "<u8"), ("kind", "<u4")]


@dataclass(frozen=True)
class Passages:
    """Passages by the thousand, packed for the way to another process: a phrase that all letters of an authority have
    in common is an anchor in each of them, with another name behind it.

    `rows` are _ROW, sorted by place; the last of a row is the number of its kind.
    """

    rows: bytes = field(default=b"", repr=False)
    kinds: tuple[Kind, ...] = ()

    @classmethod
    def packed(cls, found: Iterable[Passage]) -> Passages:
        import numpy as np

        kept = sorted(found, key=lambda passage: passage.place)
        kinds = tuple(sorted({passage.kind for passage in kept}))
        numbers = {kind: number for number, kind in enumerate(kinds)}
        rows = np.array([(*passage.place, numbers[passage.kind]) for passage in kept], _ROW)
        return cls(rows.tobytes(), kinds)

    def __bool__(self) -> bool:
        return bool(self.rows)

    def at(self, anchors: Hashes) -> Passages:
        """Those with one of these anchors."""
        import numpy as np

        rows = np.frombuffer(self.rows, _ROW)
        rows = rows[np.isin(rows["anchor"], anchors)]
        used, numbers = np.unique(rows["kind"], return_inverse=True)
        rows["kind"] = numbers
        return Passages(rows.tobytes(), tuple(self.kinds[number] for number in used.tolist()))

    def found_in(self, words: Words) -> Iterator[tuple[tuple[int, int], Kind]]:
        """From which to before which word one of them stands, and of what kind it is; in the order of their anchors."""
        import numpy as np

        rows = np.frombuffer(self.rows, _ROW)
        for at, anchor in fingerprints(shingles(words.folded)):
            first, last = (np.searchsorted(rows["anchor"], np.uint64(anchor), side) for side in ("left", "right"))
            here = rows[first:last]
            for offset, length in sorted(set(zip(here["offset"].tolist(), here["length"].tolist(), strict=True))):
                place = (at + offset, at + offset + length)
                checked = _checked(words, at, place)
                if checked is None:
                    continue
                alike = here[(here["offset"] == offset) & (here["length"] == length) & (here["checked"] == checked)]
                yield from ((place, self.kinds[number]) for number in alike["kind"].tolist())


NO_PASSAGES = Passages()


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
    checked = _checked(words, at, covered)
    assert checked is not None, "what was removed stands in the text"
    return Passage(
        anchor=value,
        offset=start - at,
        length=end - start,
        checked=checked,
        entity=decision.entity.value,
        role=decision.role.value,
        ground=decision.ground or "",
        label=decision.label,
    )


def _checked(words: Words, at: int, covered: tuple[int, int]) -> int | None:
    """A hash of the words from the anchor at word `at` to those covered; None when the text does not hold them."""
    first, last = min(at, covered[0]), max(at + SHINGLE, covered[1])
    return words.hash(first, last) if first >= 0 and last <= len(words.folded) else None


def disputed(anchors: Iterable[Hashes], removed: Iterable[Passage]) -> Passages:
    """What is removed at some of the places where its fingerprint stands and not at all of them.

    `anchors` are the fingerprints of each document, `removed` the passages of all.
    """
    import numpy as np

    kept = list(anchors)
    values, counts = np.unique(np.concatenate(kept) if kept else np.zeros(0, np.uint64), return_counts=True)
    often = dict(zip(values[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True))
    shared = [passage for passage in removed if passage.anchor in often]
    times = Counter(passage.place for passage in shared)
    chosen = {passage.place: passage for passage in reversed(shared) if times[passage.place] < often[passage.anchor]}
    return Passages.packed(chosen.values())


def demanded(text: str, elsewhere: Passages) -> tuple[Decision, ...]:
    """What other documents remove from passages of this text, as decisions for review; they may overlap."""
    if not elsewhere:
        return ()
    words = Words.of(text)
    found: dict[tuple[int, int], Kind] = {}
    for place, kind in elsewhere.found_in(words):
        found.setdefault(place, kind)
    return tuple(_decision(words, place, kind) for place, kind in sorted(found.items()))


def _decision(words: Words, place: tuple[int, int], kind: Kind) -> Decision:
    entity, role, ground, label = kind
    return Decision(
        span=words.span(*place),
        entity=Entity(entity),
        action=Action.REVIEW,
        role=Role(role),
        ground=ground,
        label=label,
        rule=RULE,
        score=0.5,
        detector=DETECTOR,
        evidence=(EVIDENCE,),
    )
