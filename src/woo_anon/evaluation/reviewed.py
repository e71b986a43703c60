"""Documents that reviewers approved: what the machine proposed, and what stands by their rulings.

internal/**/x.review.zip ──► proposed ──┐
trail ──► rulings in force ─────────────┴──► approved
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from woo_anon import storage
from woo_anon.batch import journal_file
from woo_anon.batch.again import settings_of
from woo_anon.batch.journal import Entry, Request
from woo_anon.document import Decision, Document
from woo_anon.errors import UnreadableError
from woo_anon.policy import profile as profiles
from woo_anon.policy.profile import Profile
from woo_anon.policy.rulings import Area, Proposed, Ruling, overruled
from woo_anon.record import examined
from woo_anon.record.examined import Examined
from woo_anon.trail import standing, trail
from woo_anon.trail.entry import Entry as Act
from woo_anon.trail.standing import Standing

Decisions = tuple[Decision, ...]


@dataclass(frozen=True)
class Reviewed:
    """One approved document. `name` is that of its report, `profile` that of the policy.

    `versions` is what the first reviewer approved and what the second did, when two approved the same proposal.
    """

    number: int  # in the journal
    name: str
    document: Document
    proposed: Decisions
    approved: Decisions
    reviewers: int
    profile: str
    versions: tuple[Decisions, Decisions] | None = field(default=None, repr=False)


def read(folder: str) -> Iterator[Reviewed]:
    """Every document of the output folder `folder` (a path or an address) that at least one reviewer approved as it is
    now, by name; not those that were refused, nor those of which marks took the place of what the machine proposed.

    Raises OutputError, UnreadableError and SettingsError when journal, trail, a document's review file or its profile
    cannot be read, and UnreadableError when no document is approved.
    """
    with journal_file.read(folder) as journal:
        entries, asked = list(journal.entries()), journal.asked()
    acts = trail.entries(folder)
    everywhere, by_source = standing.standings(acts), _by_source(acts)
    known: dict[Request, Profile] = {}
    approved = False
    for entry in entries:
        stands = standing.of(entry.source, everywhere)
        place = next((placed.path for placed in entry.outputs if placed.path.endswith(examined.SUFFIX)), None)
        if place is None or stands.refused or not stands.approvals:
            continue
        request = asked[entry.source]
        if request not in known:
            known[request] = profiles.load(settings_of(request).profile)
        with storage.at_hand(place) as path:
            seen = examined.read(path)
            if stands.approved_by(seen.proposal) and not any(decision.by_reviewer for decision in seen.decisions):
                approved = True
                own = sorted([*by_source[entry.source], *by_source[""]], key=lambda act: act.number)
                yield _reviewed(entry, seen, stands, own, known[request])
    if not approved:
        raise UnreadableError(f"{folder}: holds no approved document.", "Approve documents in the review first.")


def _by_source(acts: Sequence[Act]) -> Mapping[str, list[Act]]:
    found: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        found[act.act.source].append(act)
    return found


def _reviewed(entry: Entry, seen: Examined, stands: Standing, acts: Sequence[Act], profile: Profile) -> Reviewed:
    name = PurePath(seen.path).name.removesuffix(examined.SUFFIX)
    return Reviewed(
        entry.number,
        name,
        seen.document,
        seen.decisions,
        _ruled(seen, stands.rulings, profile),
        len(stands.approved_by(seen.proposal)),
        profile.name,
        _versions(entry.source, seen, stands, acts, profile),
    )


def _ruled(seen: Examined, rulings: Sequence[Ruling], profile: Profile) -> Decisions:
    pages = {ruling.where.page for ruling in rulings if isinstance(ruling.where, Area)}
    return overruled(Proposed(seen.with_boxes(pages), seen.persons, seen.decisions), rulings, profile).decisions


def _versions(
    source: str, seen: Examined, stands: Standing, acts: Sequence[Act], profile: Profile
) -> tuple[Decisions, Decisions] | None:
    """What stood when the first reviewer approved this proposal, and when somebody else first did."""
    firsts: dict[str, int] = {}
    for approval in (*stands.lapsed, *stands.approvals):
        if approval.act.proposal == seen.proposal:
            firsts.setdefault(approval.act.who, approval.number)
    first, second, *_ = (*sorted(firsts.values()), 0, 0)
    if not second:
        return None
    one, other = (_ruled(seen, _rulings_at(source, acts, number), profile) for number in (first, second))
    return one, other


def _rulings_at(source: str, acts: Sequence[Act], number: int) -> tuple[Ruling, ...]:
    """The rulings that held when the trail had `number` entries; `acts` are those that may concern the document."""
    return standing.standing(source, [act for act in acts if act.number <= number]).rulings
