"""Deciding: every finding gets an action, a ground and the rule that said so, and the results are made disjoint.

Order of precedence where findings overlap: what the user said before all else; then the longer span before the shorter
(`Pastoor Jansenstraat` before `Jansen`, an e-mail address before the name in it); of equal spans the redaction before
what is kept. Nothing that any redaction covers is left, unless a longer finding that is kept contains it whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from woo_anon.document import Action, Decision, Document, Entity, Finding, Function, Person, Role
from woo_anon.policy.occurrences import occurrences
from woo_anon.policy.profile import Profile, Rule
from woo_anon.spans import Overlaps, Span

_AT = re.compile(r"\s*(?:@|[\[(]\s*(?:at|apenstaartje)\s*[\])])", re.IGNORECASE)
_KEEP_TERM = Rule("te-behouden-term", Action.KEEP, None)
_KEEP_FUNCTION = Rule("functie-blijft", Action.KEEP, None)
_NAMES = frozenset({Entity.PERSON, Entity.INITIALS})


@dataclass(frozen=True)
class Terms:
    """What the user said must go or must stay, in every document: whole words, case-insensitive, and the functions
    whose bearers stay."""

    redact: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    functions: frozenset[Function] = frozenset()


def decide(
    document: Document,
    findings: Sequence[Finding],
    persons: Sequence[Person],
    profile: Profile,
    terms: Terms = Terms(),  # frozen
) -> tuple[Decision, ...]:
    """Decide on all findings. Returns disjoint decisions in reading order, none over a line end.

    `findings` are those of detection; mentions of `persons` take part as their person's, the others by themselves.
    """
    candidates = [*_of_persons(persons, profile, terms.functions), *_of_others(findings, persons, profile)]
    forced = [*_of_terms(document.text, terms.redact, profile), *_kept_terms(document.text, terms.keep)]
    disjoint = _disjoint(forced, candidates)
    cut = (piece for decision in disjoint for piece in pieces(document.text, decision))
    return tuple(sorted(cut, key=lambda decision: decision.span))


def with_demanded(text: str, decisions: Iterable[Decision], demanded: Sequence[Decision]) -> tuple[Decision, ...]:
    """`decisions`, and of `demanded` redactions what they do not remove already; what is kept gives way to both."""
    if not demanded:
        return tuple(decisions)
    own = sorted(decisions, key=lambda decision: not decision.removes)
    going = sum(decision.removes for decision in own)
    added = [piece for decision in demanded for piece in pieces(text, decision)]
    disjoint = placed([*own[:going], *sorted(added, key=_precedence), *own[going:]])
    cut = (piece for decision in disjoint for piece in pieces(text, decision))
    return tuple(sorted(cut, key=lambda decision: decision.span))


def _decision(finding: Finding, role: Role, profile: Profile, rule: Rule, person: Person | None = None) -> Decision:
    evidence = finding.evidence if person is None else (*finding.evidence, *person.evidence)
    return Decision(
        span=finding.span,
        entity=finding.entity,
        action=rule.action,
        role=role,
        ground=rule.ground,
        label=rule.ground if rule.ground and profile.ground_on_box else "",
        rule=rule.id,
        score=round(finding.score, 4),
        detector=finding.detector,
        person=person.number if person else None,
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _of_persons(persons: Iterable[Person], profile: Profile, kept: frozenset[Function]) -> Iterator[Decision]:
    for person in persons:
        alone = all(map(_may_be_misread, person.mentions))  # nothing else tells whose name it is
        stays = not person.doubtful and not kept.isdisjoint(person.functions)
        for mention in person.mentions:
            by_policy = profile.rule_for(mention.entity, person.role, doubtful=person.doubtful)
            if _may_be_misread(mention) and (by_policy.action is not Action.KEEP or alone):
                by_policy = profile.rule_for(mention.entity, person.role, doubtful=True)
            rule = _KEEP_FUNCTION if stays and mention.entity in _NAMES else by_policy
            yield _decision(mention, person.role, profile, rule, person)


def _may_be_misread(finding: Finding) -> bool:
    """Whether it is a word of a scan that only may be a name (`detect/misread.py`)."""
    return any(evidence.code.startswith("ocr:") for evidence in finding.evidence)


def _of_others(findings: Iterable[Finding], persons: Iterable[Person], profile: Profile) -> Iterator[Decision]:
    grouped = {(mention.span, mention.entity) for person in persons for mention in person.mentions}
    for finding in findings:
        if (finding.span, finding.entity) in grouped:
            continue
        stays = finding.stays is not None and finding.stays >= 0.5
        role = Role.FUNCTIONAL if stays else Role.UNKNOWN
        yield _decision(finding, role, profile, profile.rule_for(finding.entity, role))


def _of_terms(text: str, terms: Iterable[str], profile: Profile) -> Iterator[Decision]:
    rule = profile.rule_for(Entity.TERM, Role.UNKNOWN)
    for finding in occurrences(text, terms):
        yield _decision(finding, Role.UNKNOWN, profile, rule)


def _kept_terms(text: str, terms: Iterable[str]) -> Iterator[Decision]:
    for finding in occurrences(text, terms):
        yield Decision(
            finding.span, Entity.TERM, Action.KEEP, Role.UNKNOWN, None, "", _KEEP_TERM.id, 1.0, finding.detector
        )


def _precedence(decision: Decision) -> tuple[int, bool, float]:
    return (-len(decision.span), not decision.removes, -decision.score)


def _disjoint(forced: Iterable[Decision], candidates: Sequence[Decision]) -> list[Decision]:
    """What the user said, then redactions, then what is kept; of a later one only what is still free.

    A kept finding spares the redactions that it contains whole and that rank behind it; one that a redaction reaches
    out of, or ranks before, is dropped.
    """
    kept = Overlaps(decision for decision in candidates if not decision.removes)
    removed = Overlaps(decision for decision in candidates if decision.removes)
    sparing = Overlaps(
        keep
        for keep in kept.all
        if all(
            keep.span.contains(other.span) and _precedence(keep) < _precedence(other) and not _surer(other, keep)
            for other in removed.of(keep.span)
        )
    )
    going = [
        decision
        for decision in removed.all
        if not any(keep.span.contains(decision.span) for keep in sparing.of(decision.span))
    ]
    return placed([*forced, *sorted(going, key=_precedence), *sorted(sparing.all, key=_precedence)])


def _surer(redaction: Decision, keep: Decision) -> bool:
    """Whether detectors differ about one address, number or mailbox, and the one that redacts is surer of it:
    that its span is a word shorter must not leave a home in the text."""
    return redaction.person is None and redaction.entity is keep.entity and redaction.score > keep.score


def placed(ranked: Iterable[Decision]) -> list[Decision]:
    """Place decisions in order, of each what is still free."""
    starts: list[int] = []
    by_start: dict[int, Decision] = {}
    for decision in ranked:
        free = [decision.span]
        at = max(0, bisect_left(starts, decision.span.start) - 1)
        while at < len(starts) and starts[at] < decision.span.end:
            taken = by_start[starts[at]].span
            free = [rest for span in free for rest in _without(span, taken)]
            at += 1
        for span in free:
            insort(starts, span.start)
            by_start[span.start] = _at(span, decision)
    return list(by_start.values())


def _without(span: Span, taken: Span) -> Iterator[Span]:
    """What remains of `span` outside `taken`."""
    if not span.overlaps(taken):
        yield span
        return
    if span.start < taken.start:
        yield Span(span.start, taken.start)
    if taken.end < span.end:
        yield Span(taken.end, span.end)


def pieces(text: str, decision: Decision) -> Iterator[Decision]:
    """The parts of a decision that hold letters or digits, one per line; of a redacted e-mail address without its
    domain.

    The domain stays: Rechtbank Rotterdam, ECLI:NL:RBROT:2024:2304.
    """
    span = decision.span
    if decision.entity is Entity.EMAIL and decision.removes:
        at = _AT.search(text, span.start, span.end)
        if at and at.start() > span.start:
            span = Span(span.start, at.start())
    for line in re.finditer(r"[^\r\n\f]+", text[span.start : span.end]):
        piece = line.group()
        if not any(character.isalnum() for character in piece):
            continue
        start = span.start + line.start() + len(piece) - len(piece.lstrip())
        yield _at(Span(start, start + len(piece.strip())), decision)


def _at(span: Span, decision: Decision) -> Decision:
    """The decision for another span; the same object where it has that."""
    return decision if decision.span == span else replace(decision, span=span)
