"""What travels through the pipeline: where a document's files go, all that is known of it, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from woo_anon.document import Decision, Document, Finding, Person, Redaction, Twin, Verification, Written, Zone
from woo_anon.geometry import Place

_SLACK_PT = 6.0  # what a letter may reach out of a part of a page on which its middle lies


@dataclass(frozen=True)
class Plan:
    """Where one document comes from and where its files go; and where a prepared copy of the source may stand while
    the work is done, for documents that need one. `also` are versions that are published beside the publication
    version, which is made of the last of them (`Format.render`)."""

    source: Path
    publication: Path
    log: Path
    report: Path
    prepared: Path | None = None
    also: tuple[Path, ...] = ()
    family: tuple[int, str] | None = None  # number of the mail that it belongs to, and its place in that
    examined: Path | None = None  # what the review needs of the document
    thread: int | None = None  # number of a mail's conversation
    marked: tuple[Path, Path] | None = None  # a copy with what is to go marked in it, and the marks


@dataclass(frozen=True)
class Examination:
    """All that is known of a document before anything is written.

    `proposed` are the machine's decisions, or what marks made of them, `decisions` those after what people ruled in the
    trail; `unplaced` are the numbers of rulings that no longer fit the document.
    """

    document: Document
    findings: tuple[Finding, ...]
    zones: tuple[Zone, ...]
    persons: tuple[Person, ...]
    proposed: tuple[Decision, ...]
    decisions: tuple[Decision, ...]
    unplaced: tuple[int, ...] = ()
    twin: Twin | None = None  # of several documents, the one that says the same


@dataclass(frozen=True)
class Redacted:
    """What the writer did, and the proof that what was removed is gone. `source` is what was written from: the file
    itself, or the prepared copy."""

    source: Path
    written: Written
    verification: Verification


def redactions(document: Document, decisions: Sequence[Decision]) -> tuple[Redaction, ...]:
    """What is to be removed, numbered in reading order, with the boxes that cover it. Text on a part of a page that is
    removed whole has no box of its own there."""
    removed = [decision for decision in decisions if decision.removes]
    areas = [decision.area for decision in removed if decision.area]
    return tuple(
        Redaction(number, decision, _places(document, decision, areas)) for number, decision in enumerate(removed, 1)
    )


def _places(document: Document, decision: Decision, areas: Sequence[Place]) -> tuple[Place, ...]:
    places = document.places_of(decision)
    if decision.area or not areas:
        return places
    return tuple(place for place in places if not any(_lies_on(place, area) for area in areas))


def _lies_on(place: Place, area: Place) -> bool:
    box, over = place.area, area.area
    middle = (box.bottom + box.top) / 2
    across = over.left - _SLACK_PT <= box.left and box.right <= over.right + _SLACK_PT
    return place.page == area.page and across and over.bottom <= middle <= over.top
