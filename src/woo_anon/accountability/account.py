"""What became of every document of an output folder.

    journal   which documents there are, and which the program did not handle
    logs      what stands redacted, where and on what ground; the names that stay
    trail     who approved, who refused, and who decided what the log says that a reviewer did

Nothing here can hold redacted text: the logs do not, and of the trail no text is taken. Documents are called by their
number in the inventory, or in the journal where there is no inventory yet, and by the name that is published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Any

from woo_anon import storage
from woo_anon.batch import again, journal_file
from woo_anon.batch.due import check_unchanged, is_decided_since
from woo_anon.batch.journal import Entry
from woo_anon.batch.outcome import Result
from woo_anon.document import REVIEWER
from woo_anon.errors import ExitCode, RefusedError, UnreadableError, UsageError, WooAnonError
from woo_anon.publication import numbering, outputs
from woo_anon.publication.facts import one_line
from woo_anon.publication.outputs import INTERNAL, LOG_SUFFIX, PUBLICATION, Fault
from woo_anon.trail import standing, trail
from woo_anon.trail.entry import Entry as Act
from woo_anon.trail.standing import Standing

PROGRAM = "programma"
_REPORT_SUFFIX = ".review.html"
_REASONS = {
    ExitCode.UNREADABLE: "niet te lezen",
    ExitCode.REFUSED: "door het programma geweigerd",
    ExitCode.LEAK: "controle niet geslaagd",
    ExitCode.MISSING: "een onderdeel van het programma ontbreekt",
}
_NOT_APPLIED = "over dit document is na de laatste verwerking nog beslist"
_DOES_NOT_FIT = "logboek en publicatieversie zijn niet zoals ze werden gecontroleerd"


class Judgement(StrEnum):
    """What becomes of a document; the first three as in the inventory."""

    PUBLIC = "openbaar"
    PARTIAL = "deels openbaar"
    NOT = "niet openbaar"  # a reviewer refused it
    OPEN = "nog niet vastgesteld"  # reviewers must approve it first
    NONE = "niet verwerkt"


@dataclass(frozen=True)
class Redactions:
    """Those of one document that have page, ground, kind of data and who decided in common."""

    page: int
    ground: str  # "" without one
    entity: str
    decided_by: str  # PROGRAM, or what a reviewer is called
    numbers: tuple[int, ...]  # as in the log and the review report


@dataclass(frozen=True)
class Accounted:
    """One document. `pages` is None where nobody knows; `kept_names` counts mentions of names that stay, by role."""

    id: str
    name: str
    judgement: Judgement
    pages: int | None = None
    redactions: tuple[Redactions, ...] = ()
    kept_names: Mapping[str, int] = field(default_factory=dict)
    approved_by: tuple[str, ...] = ()
    approved_at: str = ""  # the last time, RFC 3339
    remark: str = ""

    @property
    def count(self) -> int:
        """How many redactions it has."""
        return sum(len(each.numbers) for each in self.redactions)


@dataclass(frozen=True)
class Account:
    """All documents of an output folder, and those that the account cannot vouch for."""

    documents: tuple[Accounted, ...]
    faults: tuple[Fault, ...]
    made: str  # when the last document was handled, RFC 3339; "" when the logs do not say


def folder_of(given: str) -> Path:
    """The output folder that is meant. Raises OutputError when there is none, UsageError when it is elsewhere."""
    found = again.output_folder(given)
    if storage.is_address(found):
        raise UsageError(f"{given}: is not on this machine.", "Copy the output folder here first.")
    return Path(found)


def read(folder: Path, *, named: bool = False) -> Account:
    """The account of the output folder `folder`; reviewers have numbers in it, or their names with `named`.

    Raises OutputError and UnreadableError when the journal, the trail or the list of document numbers is not to be
    read.
    """
    with journal_file.read(str(folder)) as journal:
        entries = [entry for entry in journal.entries() if entry.current or entry.outputs or entry.failure]
    reading = _Reading(folder, trail.entries(str(folder)), named=named)
    documents = [reading.document(entry) for entry in entries]
    reading.look_for_others()
    in_order = sorted(documents, key=lambda one: (not one.id.isdigit(), len(one.id), one.id))
    return Account(tuple(in_order), tuple(reading.faults), reading.made)


class _Reading:
    """Documents read one after another, with what went wrong."""

    def __init__(self, folder: Path, acts: Sequence[Act], *, named: bool) -> None:
        self._public = folder / PUBLICATION
        self._numbers = numbering.read(folder / INTERNAL / numbering.FILE_NAME)
        self._everywhere = standing.standings(acts)
        people = dict.fromkeys(entry.act.who for entry in acts)
        self._called = {who: who if named else f"beoordelaar {at}" for at, who in enumerate(people, 1)}
        self._deciders = {entry.number: self._called[entry.act.who] for entry in acts}
        self._seen: set[str] = set()
        self.faults: list[Fault] = []
        self.made = ""

    def document(self, entry: Entry) -> Accounted:
        """One document, by its entry in the journal."""
        stands = standing.of(entry.source, self._everywhere)
        number, pages = str(entry.number), entry.figures.pages if entry.figures else None
        place = self._place(entry)
        if entry.failure or entry.state is Result.DUE or not entry.outputs:
            return Accounted(number, f"document {number}", Judgement.NONE, pages, remark=_why_not(entry))
        since = is_decided_since(entry, stands)
        if since:
            error = RefusedError("was decided on since it was redacted.", "Run `woo-anon redact DIR --apply` first.")
            self._fault(entry, error)
        remark = _NOT_APPLIED if since else ""
        if stands.refused or place is None:
            judgement = Judgement.NOT if stands.refused else Judgement.OPEN
            number = self._numbers.get(place, number) if place else number
            return Accounted(number, _internal_name(entry), judgement, pages, remark=remark)
        try:
            return self._published(entry, place, stands, remark)
        except WooAnonError as error:
            self._fault(entry, error)
            return Accounted(number, _internal_name(entry), Judgement.NONE, pages, remark=_DOES_NOT_FIT)

    def look_for_others(self) -> None:
        """Documents in `publication/` that no run is known to have made."""
        for place, _ in outputs.logs(self._public) if self._public.is_dir() else ():
            if place not in self._seen:
                error = UnreadableError("stands in publication/, and the journal does not know it.", "Take it out.")
                self.faults.append(Fault(place, error))

    def _published(self, entry: Entry, place: str, stands: Standing, remark: str) -> Accounted:
        check_unchanged(entry)
        path = self._public / f"{place}{LOG_SUFFIX}"
        published, log = outputs.document(place, path), outputs.read_log(path)
        number = self._numbers.get(place, str(entry.number))
        proposal = entry.figures.proposal if entry.figures else ""
        approvals = [approval for approval in stands.approvals if approval.act.proposal == proposal]
        self.made = max(self.made, str(log["created"] or ""))
        return Accounted(
            id=number,
            name=one_line(published.name or f"document {number}"),
            judgement=Judgement.PARTIAL if published.redacted else Judgement.PUBLIC,
            pages=log["input"]["pages"],
            redactions=tuple(self._together(log["redactions"])),
            kept_names=log["kept_names"],
            approved_by=tuple(dict.fromkeys(self._called[approval.act.who] for approval in approvals)),
            approved_at=max((approval.at for approval in approvals), default=""),
            remark=remark,
        )

    def _together(self, redactions: Iterable[Mapping[str, Any]]) -> Iterable[Redactions]:
        numbers: dict[tuple[int, str, str, str], list[int]] = defaultdict(list)
        for each in redactions:
            key = (each["page"], each["ground"] or "", each["entity"], self._decider(each))
            numbers[key].append(each["number"])
        return (Redactions(*key, tuple(found)) for key, found in sorted(numbers.items()))

    def _decider(self, redaction: Mapping[str, Any]) -> str:
        if redaction["decided_by"] != REVIEWER:
            return PROGRAM
        _, _, number = redaction["rule"].partition(":")
        return self._deciders.get(int(number), "beoordelaar") if number.isdigit() else "beoordelaar"

    def _place(self, entry: Entry) -> str | None:
        """The place of a document that is published: that of its log within `publication/`."""
        for placed in entry.outputs:
            path = Path(placed.path)
            if path.name.endswith(LOG_SUFFIX) and path.is_relative_to(self._public):
                place = path.relative_to(self._public).as_posix().removesuffix(LOG_SUFFIX)
                self._seen.add(place)
                return place
        return None

    def _fault(self, entry: Entry, error: WooAnonError) -> None:
        self.faults.append(Fault(entry.name, error))


def _why_not(entry: Entry) -> str:
    if not entry.failure:
        return "nog niet aan de beurt geweest"
    return _REASONS.get(entry.failure.exit_code, "mislukt")


def _internal_name(entry: Entry) -> str:
    """The name of a document's review report, from which names of people were taken out like from what is published."""
    names = (PurePath(placed.path).name for placed in entry.outputs)
    reports = (name.removesuffix(_REPORT_SUFFIX) for name in names if name.endswith(_REPORT_SUFFIX))
    return one_line(next(reports, f"document {entry.number}"))
