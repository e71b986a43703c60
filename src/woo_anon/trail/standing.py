"""Where a document stands by the trail: which rulings hold, which pages were seen, who approved what.

An approval holds for what was proposed and ruled when it was given: once the machine proposes something else, or
anybody rules on the document, it must be given again. So with four eyes two people have approved the same, or nobody
has.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from woo_anon.policy.rulings import Ruling
from woo_anon.trail.entry import CHANGING, Entry, Kind, ruling_as_json

_OUTCOMES = frozenset({Kind.APPROVED, Kind.REFUSED, Kind.REOPENED})


class State(StrEnum):
    """Where the review of a document stands."""

    TO_DO = "to_do"
    IN_REVIEW = "in_review"
    SECOND_REVIEW = "second_review"  # one reviewer approved; another must
    DISPUTED = "disputed"  # a second reviewer changed what the first approved
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Standing:
    """Where one document stands. `approvals` hold still, `lapsed` are those that something came after.

    `seen` holds who saw which page, and what was proposed on it then.
    """

    rulings: tuple[Ruling, ...] = ()
    seen: frozenset[tuple[str, int, str]] = frozenset()
    approvals: tuple[Entry, ...] = ()
    lapsed: tuple[Entry, ...] = ()
    refused: Entry | None = None
    changed_by: frozenset[str] = frozenset()  # who ruled on it
    begun: bool = False
    ruled_by: Mapping[int, str] = field(default_factory=dict)  # who made each of the rulings

    def approved_by(self, proposal: str) -> frozenset[str]:
        """Who approved what the machine proposes by this digest, with the rulings as they are."""
        return frozenset(entry.act.who for entry in self.approvals if entry.act.proposal == proposal)

    def digest(self) -> str:
        """SHA-256 of what shapes the outputs of the document; "" when nothing does. Not for publication."""
        approved = sorted((entry.act.who, entry.act.proposal) for entry in self.approvals)
        if not (self.rulings or approved or self.refused):
            return ""
        rulings = [ruling_as_json(ruling) for ruling in self.rulings]
        return hashlib.sha256(json.dumps([rulings, approved, bool(self.refused)]).encode()).hexdigest()

    def may_be_published(self, proposal: str, *, four_eyes: bool) -> bool:
        """Whether a publication version may be made: nobody refused it, and with `four_eyes` two approved it."""
        return not self.refused and (not four_eyes or self.state(proposal, four_eyes=True) is State.DONE)

    def state(self, proposal: str, *, four_eyes: bool) -> State:
        """`proposal` is the digest of what the machine proposes now."""
        if self.refused:
            return State.REFUSED
        approved = self.approved_by(proposal)
        if len(approved) >= (2 if four_eyes else 1):
            return State.DONE
        if four_eyes and any(self.changed_by - {entry.act.who} for entry in self.lapsed):
            return State.DISPUTED
        if approved:
            return State.SECOND_REVIEW
        return State.IN_REVIEW if self.begun else State.TO_DO


UNTOUCHED = Standing()


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that nobody took back, in order; of those that take back, the ones that still do."""
    undone: set[int] = set()
    left = []
    for entry in sorted(entries, key=lambda entry: -entry.number):  # what takes back comes after what is taken back
        if entry.number in undone:
            continue
        if entry.act.undoes is not None:
            undone.add(entry.act.undoes)
        left.append(entry)
    return left[::-1]


def standing(source: str, entries: Iterable[Entry]) -> Standing:
    """Where the document `source` stands; `entries` may hold those of others."""
    entries = list(entries)
    by_number = {entry.number: entry for entry in entries}
    own = [entry for entry in entries if _concerns(entry, source, by_number)]
    holding = in_force(entries)
    # A ruling for the whole dossier holds also where it met nothing when it was made: the document may be a new one.
    rulings = tuple(e.act.ruling for e in holding if e.act.ruling is not None and e.act.source in (source, ""))
    changes = [entry for entry in own if entry.kind in CHANGING]
    last_change = max((entry.number for entry in changes), default=0)
    outcomes = [entry for entry in own if entry.kind in _OUTCOMES]
    since = max((entry.number for entry in outcomes if entry.kind is Kind.REOPENED), default=0)
    approvals = [entry for entry in outcomes if entry.kind is Kind.APPROVED and entry.number > since]
    last = outcomes[-1] if outcomes else None
    lapsed = tuple(entry for entry in approvals if entry.number < last_change)
    first_lapsed = min((entry.number for entry in lapsed), default=0)
    return Standing(
        rulings,
        frozenset((e.act.who, e.act.page, e.act.proposal) for e in own if e.act.page is not None),
        tuple(entry for entry in approvals if entry.number > last_change),
        lapsed,
        last if last is not None and last.kind is Kind.REFUSED else None,
        frozenset(entry.act.who for entry in changes if entry.number > first_lapsed),
        bool(own),
        {ruling.number: by_number[ruling.number].act.who for ruling in rulings if ruling.number in by_number},
    )


def standings(entries: Iterable[Entry]) -> Mapping[str, Standing]:
    """Where every document stands that has entries; the others stand where `whole` says (`standing_of`)."""
    by_source: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_source[entry.act.source].append(entry)
    whole = by_source.pop("", [])
    met = {source for entry in whole for source in entry.act.documents}
    return {source: standing(source, [*by_source[source], *whole]) for source in by_source.keys() | met} | {
        "": standing("", whole)
    }


def of(source: str, everywhere: Mapping[str, Standing]) -> Standing:
    """Where a document stands by `standings`: one without entries has the rulings on the whole dossier."""
    whole = everywhere.get("", UNTOUCHED)
    return everywhere.get(source) or Standing(whole.rulings, ruled_by=whole.ruled_by)


def _concerns(entry: Entry, source: str, by_number: Mapping[int, Entry]) -> bool:
    """Whether an entry is about the document: its own, or one on the whole dossier that met it."""
    act = entry.act
    if act.source:
        return act.source == source
    while not act.documents and act.undoes is not None:
        act = by_number[act.undoes].act
    return source in act.documents
