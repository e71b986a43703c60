"""Many documents: find them, plan their outputs, run each through an executor, place its files, say what became of it.

The document border is here: whatever goes wrong with one document, in our code, a library or the disk, is that
document's outcome and nobody else's. Planning comes first and for all, so that two inputs that would give the same
output are refused before anything is written.

This module runs in the parent and stays light: the pipeline, with its libraries, is imported where the work is done.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from woo_anon.discover import Source
from woo_anon.errors import ExitCode, MissingError, RefusedError, UsageError, WooAnonError
from woo_anon.executors import open_executor, workers
from woo_anon.people.dossier import NO_DOSSIER, Dossier, Known, gather
from woo_anon.settings import Settings
from woo_anon.staging import Output, check_free, staged, working_copy

if TYPE_CHECKING:
    from woo_anon.audit.issue import Audit
    from woo_anon.pipeline import Plan

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Work:
    """One document and the files to make of it. `outputs` is empty when the source has a failure."""

    source: Source
    outputs: tuple[Output, ...]  # in the order in which they are placed: report, log, publication version


@dataclass(frozen=True)
class Figures:
    """What was done to one document, in numbers."""

    pages: int
    characters: int
    redacted: int
    review: int
    kept: int
    pages_as_images: tuple[int, ...] = ()
    name_tells: bool = False  # the file name, and so that of the publication version, holds a redacted word
    seconds: float = 0.0


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
    outputs: tuple[Path, ...] = ()  # report, log, publication version; placed, or under --dry-run to be placed


class UnexpectedError(WooAnonError):
    """An error that no stage foresaw, told without its text, for that could quote the document."""

    def __init__(self, message: str, remedy: str = "", frames: tuple[str, ...] = ()) -> None:
        super().__init__(message, remedy)
        self.args = (message, remedy, frames)
        self.frames = frames


# ── Planning ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def plan(sources: Iterable[Source], folder: Path | None) -> tuple[Work, ...]:
    """The outputs of all `sources` (contract: redact); `folder` is that of `-o`. Pure: looks at no disk.

    Raises UsageError when two sources would give the same output, or an output would replace a source.
    """
    works = tuple(Work(source, () if source.failure else outputs(source, folder)) for source in sources)
    _check_distinct(works)
    return works


def outputs(source: Source, folder: Path | None) -> tuple[Output, ...]:
    """The files of one document: report (internal), log and publication version.

    ::

        beside the input            -o DIR, or FOLDER.woo for an input that is a folder
        nota.anon.pdf               publication/sub/nota.anon.pdf
        nota.anon.json              publication/sub/nota.anon.json
        nota.review.html            internal/sub/nota.review.html
    """
    if folder is None and source.folder is not None:
        if not source.folder.name:
            raise UsageError("There is no place beside the root folder.", "Choose an output folder with -o.")
        folder = source.folder.with_name(f"{source.folder.name}.woo")
    if folder is None:
        public = internal = source.path.parent
    else:
        public, internal = (folder / kind / source.within.parent for kind in ("publication", "internal"))
    stem = source.within.stem
    return (
        Output(internal / f"{stem}.review.html", private=True),
        Output(public / f"{stem}.anon.json"),
        Output(public / f"{stem}.anon{source.suffix}"),
    )


def _check_distinct(works: Sequence[Work]) -> None:
    taken: dict[str, Source] = {os.path.normcase(work.source.path): work.source for work in works}
    for work in works:
        for output in work.outputs:
            other = taken.setdefault(os.path.normcase(output.path), work.source)
            if other is not work.source:
                raise UsageError(
                    f"{other.path} and {work.source.path} would both be written to {output.path}.",
                    "Rename one of them, or handle them with different -o folders.",
                )


# ── Running ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def redact(works: Sequence[Work], settings: Settings) -> Generator[Outcome]:
    """Take every document all the way and place its files; outcomes come in the order of `works`.

    Close the iterator when you leave it early: that ends the workers and removes what is half done.
    """
    return _all(works, settings, _redact)


def scan(sources: Sequence[Source], settings: Settings) -> Generator[Outcome]:
    """Examine every document and write nothing; outcomes come in the order of `sources`. Close it as `redact`'s."""
    return _all([Work(source, ()) for source in sources], settings, _scan)


def audit(sources: Sequence[Source], settings: Settings, names: tuple[str, ...]) -> Generator[Outcome]:
    """Inspect every PDF for what leaks, and write nothing; outcomes come in the order of `sources`.

    `names` are candidates for what a box may hide. Close it as `redact`'s.
    """
    with _opened([Work(source, ()) for source in sources], settings) as run:
        yield from run.each(partial(_audit, names), _failed)


def _all(works: Sequence[Work], settings: Settings, handler: Handler) -> Generator[Outcome]:
    """Handle every document; of several, names that go in one are looked for in the others (`settings.dossier`)."""
    dossier = NO_DOSSIER
    with _opened(works, settings) as run:
        if settings.dossier and len(works) > 1:
            dossier = gather(run.each(_known, _nothing_known))
        yield from run.each(partial(handler, dossier), _failed)


def _failed(work: Work, error: Exception) -> Outcome:
    return Outcome(work.source.name, failure=_failure(work.source, error))


def _nothing_known(work: Work, error: Exception) -> Known:
    """A document that cannot be read tells nothing; that it fails is said when its own turn comes."""
    return Known()


def exit_code(outcomes: Iterable[Outcome]) -> ExitCode:
    """That of a single document is its own; of several it says whether any failed."""
    codes = [outcome.failure.exit_code if outcome.failure else ExitCode.DONE for outcome in outcomes]
    if len(codes) == 1:
        return codes[0]
    return ExitCode.SOME_FAILED if any(codes) else ExitCode.DONE


Handler = Callable[[Dossier, Work, Executor, Settings], Outcome]


@dataclass(frozen=True)
class _Run:
    """Documents and the workers that handle them, who live on from one step with all documents to the next."""

    works: Sequence[Work]
    settings: Settings
    executor: Executor
    threads: Executor | None = None  # wait for the workers; None handles one document after the other

    def each(
        self,
        step: Callable[[Work, Executor, Settings], _Result],
        failed: Callable[[Work, Exception], _Result],
    ) -> Iterator[_Result]:
        """Take one step with every document, in order; `failed` says what an error makes of one."""

        def handle(work: Work) -> _Result:
            try:
                if work.source.failure:
                    raise work.source.failure
                return step(work, self.executor, self.settings)
            except Exception as error:  # the document border
                return failed(work, error)

        return map(handle, self.works) if self.threads is None else self.threads.map(handle, self.works)


@contextmanager
def _opened(works: Sequence[Work], settings: Settings) -> Iterator[_Run]:
    if settings.executor == "serial":
        with open_executor(settings, len(works)) as executor:
            yield _Run(works, settings, executor)
        return
    # The executor is left first: when the run is broken off its children are ended before the threads clean up.
    with ThreadPoolExecutor(workers(settings, len(works))) as threads, open_executor(settings, len(works)) as executor:
        yield _Run(works, settings, executor, threads)


def _redact(dossier: Dossier, work: Work, executor: Executor, settings: Settings) -> Outcome:
    paths = tuple(output.path for output in work.outputs)
    if settings.dry_run:
        check_free(work.outputs, force=settings.force)
        figures = executor.submit(_figures_of_source, work.source.path, settings, dossier).result()
    else:
        with staged(work.outputs, force=settings.force) as temporary, working_copy(temporary[0].parent) as copy:
            figures = executor.submit(_process, work.source.path, paths, (*temporary, copy), settings, dossier).result()
    return Outcome(work.source.name, figures=figures, outputs=paths)


def _scan(dossier: Dossier, work: Work, executor: Executor, settings: Settings) -> Outcome:
    return Outcome(work.source.name, scan=executor.submit(_scan_source, work.source.path, settings, dossier).result())


def _audit(names: tuple[str, ...], work: Work, executor: Executor, settings: Settings) -> Outcome:
    return Outcome(work.source.name, audit=executor.submit(_audit_source, work.source.path, names).result())


def _known(work: Work, executor: Executor, settings: Settings) -> Known:
    return executor.submit(_known_of_source, work.source.path, settings).result()


def _failure(source: Source, error: Exception) -> Failure:
    if not isinstance(error, WooAnonError):
        error = unexpected(error)
    message = f"{source.name}: {error.message.removeprefix(f'{source.path.name}: ')}"
    return Failure(error.exit_code, message, error.remedy, getattr(error, "frames", ()))


# ── In the worker ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _known_of_source(source: Path, settings: Settings) -> Known:
    with _border():
        from woo_anon import pipeline

        return pipeline.known(source, settings)


def _process(
    source: Path, paths: Sequence[Path], temporary: Sequence[Path], settings: Settings, dossier: Dossier
) -> Figures:
    with _border(temporary):
        from woo_anon import pipeline

        result = pipeline.process(_plan_of(source, paths), _plan_of(source, temporary), settings, dossier)
    return Figures(
        result.pages,
        result.characters,
        result.redacted,
        result.review,
        result.kept,
        result.pages_as_images,
        result.name_tells,
        result.seconds,
    )


def _plan_of(source: Path, paths: Sequence[Path]) -> Plan:
    from woo_anon.pipeline import Plan

    report, log, publication, *prepared = paths
    return Plan(source, publication=publication, log=log, report=report, prepared=next(iter(prepared), None))


def _scan_source(source: Path, settings: Settings, dossier: Dossier) -> Scan:
    with _border():
        from woo_anon import pipeline

        seen = pipeline.examine(source, settings, dossier)
        text = seen.document.text
        marks = (
            Mark(
                start=decision.span.start,
                end=decision.span.end,
                entity=decision.entity.value,
                action=decision.action.value,
                ground=decision.ground,
                role=decision.role.value,
                score=decision.score,
                detector=decision.detector,
                page=seen.document.page_at(decision.span.start).number,
                text=text[decision.span.start : decision.span.end],
            )
            for decision in seen.decisions
        )
        return Scan(len(text), tuple(marks))


def _audit_source(source: Path, names: tuple[str, ...]) -> Audit:
    with _border():
        from woo_anon.audit import audit_file
        from woo_anon.formats.pdf.opening.guard import opened

        content = source.read_bytes()
        with opened(content, source.name, any_kind=True):  # it is a PDF, and reading it ends
            return audit_file(content, source.name, names)


def _figures_of_source(source: Path, settings: Settings, dossier: Dossier) -> Figures:
    with _border():
        from woo_anon import pipeline

        seen = pipeline.examine(source, settings, dossier)
        actions = [decision.action.value for decision in seen.decisions]
        return Figures(
            pages=len(seen.document.pages),
            characters=len(seen.document.text),
            redacted=actions.count("redact"),
            review=actions.count("review"),
            kept=actions.count("keep"),
        )


@contextmanager
def _border(temporary: Sequence[Path] = ()) -> Iterator[None]:
    """Let no error out that could quote the document, and no temporary file stand when the parent is gone."""
    try:
        yield
    except WooAnonError:
        raise
    except ImportError as error:
        raise MissingError(f"a part of the installation is missing ({error.name}).", "Run woo-anon doctor.") from None
    except MemoryError:
        raise RefusedError("takes more memory than there is.", "Split the document.") from None
    except Exception as error:
        raise unexpected(error) from None
    except BaseException:
        for path in temporary:
            path.unlink(missing_ok=True)
        raise


def unexpected(error: BaseException) -> UnexpectedError:
    """An error that nobody foresaw, told by its type and place alone."""
    trace = traceback.extract_tb(error.__traceback__)
    frames = tuple(f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in trace)
    ours = [number for number, frame in enumerate(trace) if "woo_anon" in Path(frame.filename).parts]
    where = f" at {frames[ours[-1] if ours else -1]}" if frames else ""
    return UnexpectedError(
        f"Unexpected error ({type(error).__name__}{where}).",
        "Please report this, with the output of -v; the document itself need not be sent.",
        frames,
    )
