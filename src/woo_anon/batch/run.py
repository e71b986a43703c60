"""Running a batch: every document through an executor, to exactly one outcome.

    hash the inputs ──► what does each know of people ──► what is due ──► redact what is due ──► journal

The document border is here: whatever goes wrong with one document, in our code, a library or the disk, is that
document's outcome and nobody else's. This module runs in the parent and stays light: the pipeline, with its libraries,
is imported where the work is done (`task`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from woo_anon.batch import due, task, threads
from woo_anon.batch.attachments import Attachments, levels
from woo_anon.batch.journal import NO_REQUEST, Entry, Journal, Request, Stamp, key
from woo_anon.batch.journal_file import opened
from woo_anon.batch.outcome import Outcome, failed
from woo_anon.batch.plan import Work
from woo_anon.batch.pool import Pool, opened_pool
from woo_anon.batch.progress import SILENT, Progress
from woo_anon.discover import Source
from woo_anon.errors import WooAnonError
from woo_anon.people.dossier import NO_DOSSIER, Dossier, Known, gather
from woo_anon.settings import Settings
from woo_anon.staging import sweep
from woo_anon.trail import standing, trail


def redact(
    works: Sequence[Work],
    settings: Settings,
    progress: Progress = SILENT,
    *,
    fail_fast: bool = False,
    request: Request = NO_REQUEST,
) -> Generator[Outcome]:
    """Take every document that is due all the way and place its files; outcomes come in the order of `works`, but those
    of attachments before those of mails, which say what became of them.

    `request` is what was asked, for the journal. With `fail_fast` no document is begun after one has failed; those that
    are left have no outcome. Close the iterator
    when you leave it early: that ends the workers and removes what is half done. Raises OutputError when the journal of
    an output folder cannot be had, and SettingsError and MissingError for what concerns all documents.
    """
    folders = sorted({"" if settings.dry_run else work.folder for work in works})
    with ExitStack() as stack:
        journals = {folder: stack.enter_context(opened(folder)) for folder in folders}
        token = stack.enter_context(_swept(works, settings))
        pool = stack.enter_context(opened_pool(len(works), settings, progress))
        cases = _with_dossier(_cases(works, journals, pool, request), pool)
        attachments = Attachments()

        def handle(case: _Case) -> Outcome:
            outcome = _redacted(case, pool, token) if case.due else due.reused(case.entry)
            attachments.tell(case.work.source, outcome)
            if fail_fast and outcome.failure:
                pool.stop.set()
            return outcome

        for level in levels(cases, lambda case: case.work.source):
            told = (_told(case, attachments.of(case.work.source)) for case in level)
            claimed = [_claimed(case, settings, alone=len(cases) == 1) for case in told]
            for journal in journals.values():
                ours = (case for case in claimed if case.journal is journal)
                journal.mark_due(case.work for case in ours if case.due and case.work.replaces)
            yield from pool.each("redact", handle, claimed)
        if not pool.stop.is_set():
            for journal in journals.values():
                journal.end()


def scan(sources: Sequence[Source], settings: Settings, progress: Progress = SILENT) -> Generator[Outcome]:
    """Examine every document and write nothing; outcomes come in the order of `sources`. Close it as `redact`'s."""
    works = [Work(source) for source in sources]
    with opened("") as journal, opened_pool(len(works), settings, progress) as pool:

        def handle(case: _Case) -> Outcome:
            return _guarded(
                case.work,
                lambda work: Outcome(work.source.name, scan=pool.call(task.scan, work, settings, case.dossier)),
            )

        yield from pool.each("scan", handle, _with_dossier(_cases(works, {"": journal}, pool), pool))


def audit(
    sources: Sequence[Source], settings: Settings, names: tuple[str, ...], progress: Progress = SILENT
) -> Generator[Outcome]:
    """Inspect every PDF for what leaks, and write nothing; outcomes come in the order of `sources`.

    `names` are candidates for what a box may hide. Close it as `redact`'s.
    """
    with opened_pool(len(sources), settings, progress) as pool:

        def handle(source: Source) -> Outcome:
            return _guarded(Work(source), lambda work: Outcome(source.name, audit=pool.call(task.audit, work, names)))

        yield from pool.each("audit", handle, sources)


# ── What is to be done ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Case:
    """One document of a run: its work, what the journal knows of it, and what its outputs follow from."""

    work: Work
    journal: Journal
    entry: Entry
    stamp: Stamp
    dossier: Dossier = NO_DOSSIER
    due: bool = True
    error: WooAnonError | None = None  # why it cannot be handled, seen before its turn


def _cases(
    works: Sequence[Work], journals: Mapping[str, Journal], pool: Pool, request: Request = NO_REQUEST
) -> list[_Case]:
    basis, access = due.basis_hash(pool.settings), due.access_hash(pool.settings)
    files = list(dict.fromkeys(work.source.file for work in works))  # a mail and what hangs from it are one file
    stamps = dict(zip(files, pool.each("hash", due.input_stamp, files), strict=True))
    cases = []
    for folder, journal in journals.items():
        own = [(work, stamps[work.source.file]) for work in works if len(journals) == 1 or work.folder == folder]
        entries = journal.begin(own, request)
        everywhere = standing.standings(trail.entries(folder))
        conversations = threads.numbered(
            (entries[key(work)].number, work.source.thread) for work, _ in own if work.source.thread
        )
        for work, stamp in own:
            entry, stands = entries[key(work)], standing.of(key(work), everywhere)
            thread = conversations.get(entry.number)
            own_stamp = Stamp(stamp, due.basis_of(basis, stands, thread), access)
            cases.append(_Case(replace(work, standing=stands, thread=thread), journal, entry, own_stamp))
    order = {key(work): number for number, work in enumerate(works)}
    numbers = {case.entry.source: case.entry.number for case in cases}
    cases = [replace(case, work=replace(case.work, family=_family(case.work.source, numbers))) for case in cases]
    return sorted(cases, key=lambda case: order[key(case.work)])


def _family(source: Source, numbers: Mapping[str, int]) -> tuple[int, str] | None:
    """The number of the mail that a document belongs to, and its place in that mail."""
    if source.family not in numbers:
        return None
    top = source.family.removeprefix(source.file).lstrip("#")
    place = ".".join(map(str, source.member)).removeprefix(top).lstrip(".")
    return numbers[source.family], place


def _with_dossier(cases: Sequence[_Case], pool: Pool) -> list[_Case]:
    """The cases, each with what the other documents say that concerns it (`settings.dossier`)."""
    if not pool.settings.dossier or len(cases) < 2:
        return list(cases)
    known = list(pool.each("examine", lambda case: _known(case, pool), cases))
    dossier = gather(known)
    # A document that told nothing may succeed in its own turn: then everything may concern it.
    parts = [dossier.part_for(each) if each.words else dossier for each in known]
    return [
        replace(case, dossier=part, stamp=replace(case.stamp, dossier=part.digest()))
        for case, part in zip(cases, parts, strict=True)
    ]


def _known(case: _Case, pool: Pool) -> Known:
    """What a document tells the others; one that cannot be read tells nothing, and fails in its own turn."""
    earlier = case.journal.known(case.work, case.stamp)
    if earlier is not None or case.work.source.failure:
        return earlier or Known()
    try:
        known = pool.call(task.known, case.work, pool.settings)
    except Exception:  # the document border
        return Known()
    case.journal.remember(case.work, case.stamp, known)
    return known


def _told(case: _Case, attachments: tuple[tuple[int, str], ...]) -> _Case:
    """The case of a mail that knows what became of its attachments, which it says."""
    if not attachments:
        return case
    stamp = replace(case.stamp, dossier=" ".join([case.stamp.dossier, *(said for _, said in attachments)]))
    return replace(case, work=replace(case.work, attachments=attachments), stamp=stamp)


def _claimed(case: _Case, settings: Settings, *, alone: bool) -> _Case:
    """The case, knowing whether it is due and whether files under its final names may be replaced."""
    work = replace(case.work, number=0 if alone and not case.work.folder else case.entry.number)
    if not settings.force and not due.is_due(case.entry, work, case.stamp):
        return replace(case, work=work, due=False)
    try:
        if not settings.force:
            due.check_unchanged(case.entry, marks=work.marks)
    except WooAnonError as error:
        return replace(case, work=work, error=error)
    return replace(case, work=replace(work, replaces=due.owns_its_places(case.entry, work)))


def _redacted(case: _Case, pool: Pool, token: str) -> Outcome:
    settings, work = pool.settings, case.work

    def handle(work: Work) -> Outcome:
        if case.error:
            raise case.error
        step = task.rehearse if settings.dry_run else task.redact
        done = pool.call(step, work, settings, case.dossier, token)
        return Outcome(work.source.name, figures=done.figures, outputs=done.outputs)

    outcome = _guarded(work, handle)
    if pool.stop.is_set() and outcome.failure:
        return outcome  # it was broken off, and is due still
    if case.error:
        outcome = replace(outcome, outputs=case.entry.outputs)  # which stand there still
    elif work.folder and not settings.dry_run:
        outcome = _retired(case, outcome)
    case.journal.record(work, case.stamp, outcome)
    return outcome


def _retired(case: _Case, outcome: Outcome) -> Outcome:
    """The outcome, with earlier outputs out of the way."""
    try:
        return due.retire(case.entry.outputs, outcome, case.work)
    except Exception as error:  # the document border
        return failed(case.work.source, error)


def _guarded(work: Work, handle: Callable[[Work], Outcome]) -> Outcome:
    try:
        if work.source.failure:
            raise work.source.failure
        return handle(work)
    except Exception as error:  # the document border
        return failed(work.source, error)


# ── What is left behind ───────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _swept(works: Sequence[Work], settings: Settings) -> Iterator[str]:
    """A token for the names of this run's temporary files, which are gone when the block ends.

    In output folders, of which this run alone holds the journals, those of runs that were killed go first.
    """
    token = secrets.token_hex(4)
    roots = {folder for work in works if work.root for folder in (work.public, work.internal)}
    beside = {work.source.path.parent for work in works if not work.folder}
    if settings.dry_run:
        yield token
        return
    for folder in roots:
        sweep(folder)
    try:
        yield token
    finally:
        for folder in roots:
            sweep(folder, token)
        for folder in beside:
            sweep(folder, token, below=False)
