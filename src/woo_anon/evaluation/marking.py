"""What reviewers approved as marks in the text: what the figures measure the machine by, and gold files for training.

    removed                         label of its kind; UNNAMED when reviewers added it and did not say what it is
    kept                            KEEP
    name of the civil-service top   TOP, whatever was decided

Passages on other grounds than those of personal data, and texts that the settings said must go, are not the machine's
to find: they have no label. A gold file leaves out the lines that hold one, for what else stands in it nobody judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from woo_anon.document import Decision, Entity, Role
from woo_anon.evaluation.gold import KEEP, MUST_GO, TOP, UNNAMED, Gold, Mention, can_hold, can_mark
from woo_anon.evaluation.reviewed import Reviewed
from woo_anon.spans import Overlaps, Span

PERSONAL = frozenset({"5.1.1d", "5.1.1e", "5.1.2e"})  # grounds of the Woo that protect personal data
_NAMES = frozenset({Entity.PERSON, Entity.INITIALS})
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_DOMAIN = re.compile(r"@[\w-]+(?:\.[\w-]+)*")
_KINDS = {"mail": "email"}


@dataclass(frozen=True)
class Marked:
    """An approved document in the gold format, and how many lines of it could not be written in it."""

    gold: Gold
    left_out: int


def label_of(decision: Decision) -> str | None:
    """The label of an approved decision on the text, or None (see above)."""
    if decision.role is Role.TOP_OFFICIAL and decision.entity in _NAMES:
        return TOP
    if not decision.removes:
        return KEEP
    if decision.entity in MUST_GO:
        return decision.entity.value
    return UNNAMED if decision.by_reviewer and decision.ground in PERSONAL else None


def on_text(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Those that are about text, and no part of a page."""
    return (decision for decision in decisions if decision.area is None and len(decision.span))


def as_gold(reviewed: Reviewed) -> Gold:
    """The whole text with what the figures count: for them alone, for it may not fit the format."""
    labelled = ((decision, label_of(decision)) for decision in on_text(reviewed.approved))
    mentions = tuple(Mention(decision.span, label) for decision, label in labelled if label)
    return Gold(reviewed.name, {"kind": _kind(reviewed)}, reviewed.document.text, mentions)


def marked(reviewed: Reviewed) -> Marked:
    """The document in the gold format, without the lines that it cannot hold."""
    header = {
        "kind": _kind(reviewed),
        "note": f"approved by {reviewed.reviewers} {'reviewer' if reviewed.reviewers == 1 else 'reviewers'}",
        "profile": " ".join(reviewed.profile.split()) or "-",
    }
    text = reviewed.document.text
    decisions = Overlaps(on_text(reviewed.approved))
    parts: list[str] = []
    mentions: list[Mention] = []
    size = left_out = 0
    for line in _LINE.finditer(text):
        content, end = line[1], "\n" if line[2] else ""
        marks = _marks(text, Span(*line.span(1)), decisions)
        if marks is None or not can_hold(content):
            left_out += 1
            continue
        moved = size - line.start()
        mentions += [Mention(Span(one.span.start + moved, one.span.end + moved), one.label) for one in marks]
        parts += [content, end]
        size += len(content) + len(end)
    gold = Gold(reviewed.name, header, "".join(parts), tuple(mentions), len(header) + 2)
    return Marked(gold, left_out)


def _kind(reviewed: Reviewed) -> str:
    return _KINDS.get(reviewed.document.format, reviewed.document.format)


def _marks(text: str, line: Span, decisions: Overlaps[Decision]) -> list[Mention] | None:
    """The marks on a line; None when one cannot be written."""
    found = decisions.of(line)
    marks: list[Mention] = []
    limits = [*(following.span.start for following in found[1:]), line.end][: len(found)]
    for decision, limit in zip(found, limits, strict=True):
        label, span = label_of(decision), _whole(text, decision, limit)
        if label is None or not line.contains(span) or not can_mark(label, text[span.start : span.end]):
            return None
        marks.append(Mention(span, label))
    return marks


def _whole(text: str, decision: Decision, limit: int) -> Span:
    """The span of a decision; of an e-mail address, of which only the part before the `@` goes, with its domain."""
    span = decision.span
    if decision.entity is not Entity.EMAIL or not decision.removes:
        return span
    domain = _DOMAIN.match(text, span.end, limit)
    return Span(span.start, domain.end()) if domain else span
