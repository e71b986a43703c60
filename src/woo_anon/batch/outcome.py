"""What became of one document: numbers, places and reasons, never its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from woo_anon.batch.border import unexpected
from woo_anon.document import Twin
from woo_anon.errors import ExitCode, WooAnonError

if TYPE_CHECKING:
    from woo_anon.audit.issue import Audit
    from woo_anon.discover import Source


class Result(StrEnum):
    """The one result of every document."""

    DONE = "done"
    IMAGES = "done_with_images"  # done, with pages that became images
    NOT_READ = "done_with_pages_not_read"  # done, and a person must look at pages on which OCR found too little
    WITHHELD = "withheld"  # there is no publication version: reviewers must approve it first, or refused it
    REFUSED = "refused"  # readable, and not to be handled as it is
    FAILED = "failed"
    PLANNED = "planned"  # under --dry-run
    DUE = "due"  # not handled yet


@dataclass(frozen=True)
class Figures:
    """What was done to one document, in numbers. `stages` holds the seconds that each stage took, in order."""

    pages: int
    characters: int
    redacted: int
    review: int
    kept: int
    pages_as_images: tuple[int, ...] = ()
    renamed: bool = False  # a name was taken out of the outputs' file names
    seconds: float = 0.0
    stages: tuple[tuple[str, float], ...] = ()
    twin: Twin | None = None  # of several documents, the one that says the same
    pages_not_read: tuple[int, ...] = ()  # OCR found too little there: a person must look
    doubtful: int = 0  # decisions of low confidence, and those to review
    reviewed: int = 0  # decisions that a person took
    unplaced: tuple[int, ...] = ()  # rulings that no longer fit the document, by number
    proposal: str = field(default="", repr=False)  # digest of what the machine proposes
    withheld: bool = False  # no publication version was made


@dataclass(frozen=True)
class Placed:
    """One output where it stands: an absolute path or address, and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Mark:
    """One decision of a scan; `text` is the surface text, kept out of every `repr`."""

    start: int
    end: int
    entity: str
    action: str
    ground: str | None
    role: str
    score: float
    detector: str
    page: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class Scan:
    """What a scan found in one document."""

    characters: int
    marks: tuple[Mark, ...]
    pages_not_read: tuple[int, ...] = ()


@dataclass(frozen=True)
class Failure:
    """Why a document has no outputs. `frames` says where an unexpected error arose, without any value."""

    exit_code: ExitCode
    message: str
    remedy: str
    frames: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of one document: exactly one of `figures` (redact), `scan`, `audit` and `failure` is there."""

    name: str
    figures: Figures | None = None
    scan: Scan | None = None
    audit: Audit | None = None
    failure: Failure | None = None
    outputs: tuple[Placed, ...] = ()  # as in `Work.outputs`; without hashes under --dry-run
    unchanged: bool = False  # an earlier run did it, and nothing has changed since

    @property
    def result(self) -> Result:
        """Its one result."""
        if self.failure:
            return Result.REFUSED if self.failure.exit_code is ExitCode.REFUSED else Result.FAILED
        if self.figures and self.figures.withheld:
            return Result.WITHHELD
        if self.figures and self.figures.pages_not_read:
            return Result.NOT_READ
        if self.figures and self.figures.pages_as_images:
            return Result.IMAGES
        return Result.DONE


def failed(source: Source, error: Exception) -> Outcome:
    """The outcome of a document that `error` ended."""
    if not isinstance(error, WooAnonError):
        error = unexpected(error)
    message = f"{source.name}: {error.message.removeprefix(f'{source.within.name}: ')}"
    return Outcome(source.name, failure=Failure(error.exit_code, message, error.remedy, getattr(error, "frames", ())))


def exit_code(outcomes: Iterable[Outcome]) -> ExitCode:
    """That of a single document is its own; of several it says whether any failed."""
    codes = [outcome.failure.exit_code if outcome.failure else ExitCode.DONE for outcome in outcomes]
    if len(codes) == 1:
        return codes[0]
    return ExitCode.SOME_FAILED if any(codes) else ExitCode.DONE
