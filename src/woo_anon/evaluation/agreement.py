"""Where reviewers and machine agree, decision by decision, and where two reviewers do (docs/accountability.md).

The truth is what reviewers approved. They saw what the machine proposed, so what neither saw is in no figure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from woo_anon.document import Decision
from woo_anon.evaluation.figures import Measurement, measure
from woo_anon.evaluation.marking import as_gold, label_of, on_text
from woo_anon.evaluation.reviewed import Decisions, Reviewed
from woo_anon.policy.decide import placed
from woo_anon.spans import Overlaps, Span


class Verdict(StrEnum):
    """What reviewers made of a decision of the machine, or of its silence."""

    CONFIRMED = "confirmed"  # it goes, as proposed
    MISSED = "missed"  # it goes, and the machine did not see it, or not all of it
    WRONGLY_KEPT = "wrongly_kept"  # it goes, and the machine saw it and let it stay
    WRONGLY_REDACTED = "wrongly_redacted"  # it stays, and the machine would have removed some of it
    KEPT = "kept"  # it stays, as proposed


Verdicts = Mapping[Verdict, int]


@dataclass(frozen=True, slots=True)
class Paired:
    """How two reviewers decided on the same places: what the first approved, and what the second did."""

    both_gone: int = 0
    first_only: int = 0
    second_only: int = 0
    both_stay: int = 0

    def __add__(self, other: Paired) -> Paired:
        return Paired(
            self.both_gone + other.both_gone,
            self.first_only + other.first_only,
            self.second_only + other.second_only,
            self.both_stay + other.both_stay,
        )

    @property
    def whole(self) -> int:
        return self.both_gone + self.first_only + self.second_only + self.both_stay

    @property
    def kappa(self) -> float | None:
        """Agreement beyond chance, (p - e) / (1 - e) with e the agreement that their shares of redactions would give
        by chance; None where that is all there can be. Cohen 1960, doi 10.1177/001316446002000104."""
        if not self.whole:
            return None
        first, second = self.both_gone + self.first_only, self.both_gone + self.second_only
        by_chance = (first * second + (self.whole - first) * (self.whole - second)) / self.whole**2
        agreed = (self.both_gone + self.both_stay) / self.whole
        return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


@dataclass(frozen=True)
class Compared:
    """One document: verdicts with the entity and role that reviewers approved, what else they changed (ground, role,
    entity) of what they confirmed, redactions that are not the machine's to find, and the two reviewers, if there are.

    `measurement` are the figures of `woo-anon evaluate`, with the approved document as gold.
    """

    verdicts: tuple[tuple[Verdict, str, str], ...]
    changed: Mapping[str, int]
    beside: int
    measurement: Measurement
    paired: Paired | None = None


@dataclass(frozen=True)
class Agreement:
    """All documents together."""

    documents: int
    verdicts: Verdicts
    by_entity: Mapping[str, Verdicts]
    by_role: Mapping[str, Verdicts]
    changed: Mapping[str, int]
    beside: int
    twice_reviewed: int  # documents
    paired: Paired = field(default=Paired())


def compare(reviewed: Reviewed) -> Compared:
    """Compare what the machine proposed for a document with what reviewers approved."""
    text = reviewed.document.text
    approved = tuple(on_text(reviewed.approved))
    others = {decision for decision in approved if label_of(decision) is None}
    # Where people redacted for other reasons, it makes no difference what the machine would have done.
    proposed = [decision for decision in placed([*others, *on_text(reviewed.proposed)]) if decision not in others]
    removed, known = _letters(text, (one.span for one in proposed if one.removes)), Overlaps(proposed)
    verdicts, changed = [], Counter[str]()
    for decision in approved:
        if decision in others:
            continue
        before = known.of(decision.span)
        verdict = _verdict(decision, _letters(text, [decision.span]), removed, before)
        verdicts.append((verdict, decision.entity.value, decision.role.value))
        if decision.by_reviewer and verdict in (Verdict.CONFIRMED, Verdict.KEPT) and before:
            changed.update(_changes(before[0], decision))
    return Compared(
        tuple(verdicts),
        changed,
        len(others),
        measure(as_gold(reviewed), proposed),
        pair(text, *reviewed.versions) if reviewed.versions else None,
    )


def summarise(compared: Sequence[Compared]) -> Agreement:
    """The figures of all documents together."""
    verdicts = [each for one in compared for each in one.verdicts]
    pairs = [one.paired for one in compared if one.paired]
    changed = Counter[str]()
    for one in compared:
        changed.update(one.changed)
    return Agreement(
        documents=len(compared),
        verdicts=Counter(verdict for verdict, _, _ in verdicts),
        by_entity=_parts((entity, verdict) for verdict, entity, _ in verdicts),
        by_role=_parts((role, verdict) for verdict, _, role in verdicts),
        changed=changed,
        beside=sum(one.beside for one in compared),
        twice_reviewed=len(pairs),
        paired=sum(pairs, Paired()),
    )


def pair(text: str, first: Decisions, second: Decisions) -> Paired:
    """Two reviewers' versions of one document: every decision of the first, and those of the second where the first has
    none."""
    one, other = list(on_text(first)), list(on_text(second))
    known, gone = Overlaps(one), _letters(text, (decision.span for decision in other if decision.removes))
    pairs = [(decision.removes, _letters(text, [decision.span]) <= gone) for decision in one]
    pairs += [(False, decision.removes) for decision in other if not known.any(decision.span)]
    counts = Counter(pairs)
    return Paired(counts[True, True], counts[True, False], counts[False, True], counts[False, False])


def _verdict(decision: Decision, letters: set[int], removed: set[int], before: Sequence[Decision]) -> Verdict:
    if not decision.removes:
        return Verdict.KEPT if letters.isdisjoint(removed) else Verdict.WRONGLY_REDACTED
    if letters <= removed:
        return Verdict.CONFIRMED
    return Verdict.WRONGLY_KEPT if any(not one.removes for one in before) else Verdict.MISSED


def _changes(before: Decision, after: Decision) -> list[str]:
    return [name for name in ("ground", "role", "entity") if getattr(before, name) != getattr(after, name)]


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    """Offsets of the letters and digits in `spans`."""
    return {at for span in spans for at in range(span.start, span.end) if text[at].isalnum()}


def _parts(pairs: Iterable[tuple[str, Verdict]]) -> dict[str, Verdicts]:
    parts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for key, verdict in pairs:
        parts[key][verdict] += 1
    return {key: parts[key] for key in sorted(parts)}
