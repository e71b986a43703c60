"""Figures: what was decided about documents, against what people marked in them (docs/evaluation.md).

Only letters and digits count, so that a bracket or a space inside a redaction is neither good nor bad. Of an e-mail
address only what stands before the `@` must go; the domain may stay or go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from woo_anon.document import Decision, Entity, Finding
from woo_anon.evaluation.gold import KEEP, MUST_GO, TOP, UNNAMED, Gold, Mention
from woo_anon.people.group import group
from woo_anon.spans import Span

_CONTEXT = 30  # characters shown on either side of a miss
_COUNTED = MUST_GO | {UNNAMED}
_NAMES = frozenset({Entity.PERSON.value, Entity.INITIALS.value})
GROUPING_KEYS = ("kind", "origin")  # header keys by which figures are told apart


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`."""

    part: int = 0
    whole: int = 0

    @property
    def ratio(self) -> float:
        """0..1; of nothing all is well."""
        return self.part / self.whole if self.whole else 1.0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)


class Fault(StrEnum):
    """What a decision did wrong."""

    MISSED = "missed"  # must go, and some of it is left
    REMOVED = "removed"  # may stay, and some of it went
    STRAY = "stray"  # went, and was not marked at all


@dataclass(frozen=True, slots=True)
class Miss:
    """One fault, with the text around it. `label` is that of the gold, or of a stray decision's entity."""

    document: str
    line: int  # in the gold file, from 1
    fault: Fault
    label: str
    before: str = field(repr=False)
    text: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one marked mention. `role` is that of the first decision on it, "" when there is none."""

    label: str
    role: str
    right: bool


@dataclass(frozen=True)
class Measurement:
    """One document's part in the figures.

    `clean` counts the document, `precision` letters and digits, `persons` people.
    """

    document: str
    header: Mapping[str, str]
    judgements: tuple[Judgement, ...]
    clean: Share
    precision: Share
    persons: Share
    misses: tuple[Miss, ...]


@dataclass(frozen=True)
class Figures:
    """The figures of a number of documents.

    by_label     per label that must go: mentions of which no letter or digit is left, of all
    clean        documents that leave nothing of what must go, of all that have something
    precision    redacted letters and digits that must go, of all redacted ones
    kept         KEEP mentions of which nothing went, of all
    top_kept     the same of TOP mentions
    persons      people of whom no mention is left, of all: the entity recall of the Text Anonymization Benchmark
                 (Pilán et al. 2022, arXiv 2202.00443). Mentions of one person are those with his name or initials
    """

    documents: int
    by_label: Mapping[str, Share]
    clean: Share
    precision: Share
    kept: Share
    top_kept: Share
    persons: Share

    @property
    def recall(self) -> Share:
        return _sum(self.by_label.values())


@dataclass(frozen=True, slots=True)
class RoleFigures:
    """Mentions to which the tool gave one role: how many went that must go, how many stayed that may stay."""

    gone: Share
    kept: Share
    top_kept: Share


@dataclass(frozen=True)
class Evaluation:
    """All figures of a run. `by_header` maps a header key to its values' figures, `by_role` a role to its own."""

    figures: Figures
    by_header: Mapping[str, Mapping[str, Figures]]
    by_role: Mapping[str, RoleFigures]
    misses: tuple[Miss, ...]


# ── One document ──────────────────────────────────────────────────────────────────────────────────────────────────────


def measure(gold: Gold, decisions: Sequence[Decision]) -> Measurement:
    """Compare `decisions` on the plain text of `gold` with its mentions."""
    removed = _letters(gold.text, (decision.span for decision in decisions if decision.removes))
    counted = {mention: letters for mention in gold.mentions if (letters := _counting(gold.text, mention)) is not None}
    judged = {mention: _judge(mention, letters, removed, decisions) for mention, letters in counted.items()}
    must_go = {at for mention, letters in counted.items() if mention.label in _COUNTED for at in letters}
    neutral = {at for mention in gold.mentions for at in _neutral(gold.text, mention)}
    left = any(judgement.label in _COUNTED and not judgement.right for judgement in judged.values())
    return Measurement(
        document=gold.name,
        header=gold.header,
        judgements=tuple(judged.values()),
        clean=Share(int(not left), 1) if must_go else Share(),
        precision=Share(len(removed & must_go), len(removed - neutral)),
        persons=_persons(gold.text, judged),
        misses=(*_misses(gold, judged), *_strays(gold, decisions)),
    )


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    """Offsets of the letters and digits in `spans`."""
    return {at for span in spans for at in range(span.start, span.end) if text[at].isalnum()}


def _domain(text: str, mention: Mention) -> set[int]:
    """What of an e-mail mention is domain: from the `@` on, or all of it when a line end broke the address there."""
    if mention.label != Entity.EMAIL:
        return set()
    start, end = mention.span.start, mention.span.end
    at = text.find("@", start, end)
    if at >= 0:
        return _letters(text, [Span(at, end)])
    return _letters(text, [mention.span]) if text[:start].rstrip().endswith("@") else set()


def _counting(text: str, mention: Mention) -> set[int] | None:
    """The letters and digits by which a mention is judged; None for an e-mail mention that is all domain."""
    letters = _letters(text, [mention.span]) - _domain(text, mention)
    return letters if letters or mention.label != Entity.EMAIL else None


def _neutral(text: str, mention: Mention) -> set[int]:
    """What neither helps nor harms precision: domains, and names that the policy may remove."""
    return _letters(text, [mention.span]) if mention.label == TOP else _domain(text, mention)


def _judge(mention: Mention, letters: set[int], removed: set[int], decisions: Sequence[Decision]) -> Judgement:
    right = letters <= removed if mention.label in _COUNTED else letters.isdisjoint(removed)
    roles = (decision.role.value for decision in decisions if decision.span.overlaps(mention.span))
    return Judgement(mention.label, next(roles, ""), right)


def _persons(text: str, judged: Mapping[Mention, Judgement]) -> Share:
    """People of whom every mention went."""
    names = [mention for mention in judged if mention.label in _NAMES]
    findings = [Finding(mention.span, Entity(mention.label), 1.0, "gold") for mention in names]
    people = [[judged[names[index]].right for index in made.mentions] for made in group(text, findings)]
    return Share(sum(map(all, people)), len(people))


def _misses(gold: Gold, judged: Mapping[Mention, Judgement]) -> Iterator[Miss]:
    for mention, judgement in judged.items():
        if not judgement.right:
            fault = Fault.MISSED if mention.label in _COUNTED else Fault.REMOVED
            yield _miss(gold, mention.span, fault, mention.label)


def _strays(gold: Gold, decisions: Iterable[Decision]) -> Iterator[Miss]:
    marked = _letters(gold.text, (mention.span for mention in gold.mentions))
    for decision in decisions:
        if decision.removes and _letters(gold.text, [decision.span]) - marked:
            yield _miss(gold, decision.span, Fault.STRAY, decision.entity.value)


def _miss(gold: Gold, span: Span, fault: Fault, label: str) -> Miss:
    before = gold.text[max(0, span.start - _CONTEXT) : span.start]
    after = gold.text[span.end : span.end + _CONTEXT]
    return Miss(gold.name, gold.line(span.start), fault, label, before, gold.text[span.start : span.end], after)


# ── All documents ─────────────────────────────────────────────────────────────────────────────────────────────────────


def summarise(measurements: Sequence[Measurement]) -> Evaluation:
    """The figures of all documents together, and of parts of them."""
    return Evaluation(
        figures=figures(measurements),
        by_header={key: _by_header(measurements, key) for key in GROUPING_KEYS},
        by_role=_by_role(measurements),
        misses=tuple(miss for measurement in measurements for miss in measurement.misses),
    )


def figures(measurements: Sequence[Measurement]) -> Figures:
    """The figures of `measurements` together."""
    judgements = [judgement for measurement in measurements for judgement in measurement.judgements]
    shares = _shares((judgement.label, judgement) for judgement in judgements)
    return Figures(
        documents=len(measurements),
        by_label={label: shares[label] for label in sorted(shares) if label in _COUNTED},
        clean=_sum(measurement.clean for measurement in measurements),
        precision=_sum(measurement.precision for measurement in measurements),
        kept=shares.get(KEEP, Share()),
        top_kept=shares.get(TOP, Share()),
        persons=_sum(measurement.persons for measurement in measurements),
    )


def _by_header(measurements: Iterable[Measurement], key: str) -> dict[str, Figures]:
    parts: dict[str, list[Measurement]] = defaultdict(list)
    for measurement in measurements:
        if key in measurement.header:
            parts[measurement.header[key]].append(measurement)
    return {value: figures(parts[value]) for value in sorted(parts)}


def _by_role(measurements: Iterable[Measurement]) -> dict[str, RoleFigures]:
    parts: dict[str, list[Judgement]] = defaultdict(list)
    for measurement in measurements:
        for judgement in measurement.judgements:
            parts[judgement.role].append(judgement)
    return {role: _role(parts[role]) for role in sorted(parts)}


def _role(judgements: Iterable[Judgement]) -> RoleFigures:
    shares = _shares(("" if judgement.label in _COUNTED else judgement.label, judgement) for judgement in judgements)
    return RoleFigures(*(shares.get(side, Share()) for side in ("", KEEP, TOP)))


def _shares(judgements: Iterable[tuple[str, Judgement]]) -> dict[str, Share]:
    """For each key the share of judgements that were right."""
    shares: dict[str, Share] = defaultdict(Share)
    for key, judgement in judgements:
        shares[key] += Share(int(judgement.right), 1)
    return dict(shares)


def _sum(shares: Iterable[Share]) -> Share:
    return sum(shares, Share())
