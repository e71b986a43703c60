"""What is done with one document, where the work is done: in a worker, which imports the pipeline and its libraries."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from woo_anon import storage
from woo_anon.batch.border import border
from woo_anon.batch.outcome import Figures, Mark, Placed, Scan
from woo_anon.batch.places import check_places
from woo_anon.batch.plan import Work
from woo_anon.discover import Source
from woo_anon.errors import WooAnonError
from woo_anon.people.dossier import Dossier, Known
from woo_anon.settings import Settings
from woo_anon.staging import Output, staged, working_copy
from woo_anon.stopwatch import Stopwatch

if TYPE_CHECKING:
    from woo_anon.audit.issue import Audit
    from woo_anon.document import Decision
    from woo_anon.formats.member import Member
    from woo_anon.stages import Examination, Plan


_LONGEST_NAME = 120  # characters of an attachment's name that are kept, its end with the suffix


@dataclass(frozen=True)
class Done:
    """A document that was taken all the way: its figures, and its outputs where they stand."""

    figures: Figures
    outputs: tuple[Placed, ...]


def redact(work: Work, settings: Settings, dossier: Dossier, run: str) -> Done:
    """Take one document all the way and place its files under their final names, none of which holds anybody's name.

    `run` stands in the names of temporary files. Raises WooAnonError, and nothing else.
    """
    with border():
        from woo_anon import marking, pipeline

        with _at_hand(work) as near:
            check_places(
                work, force=settings.force or work.replaces
            )  # before the long work, and once more when it is done
            pipeline.check_wanted(near.source.path, settings)
            marking.check(near.source.path, settings)
            watch = Stopwatch()
            seen = pipeline.examine(near.source.path, settings, dossier, watch, work.standing.rulings)
            seen = pipeline.with_attachments(seen, work.attachments)
            base = _public_base(work, seen, settings, dossier)
            published = pipeline.may_be_published(seen, settings, work.standing)
            outputs = _made((near if work.store else work).outputs(base), published=published)
            with (
                staged(outputs, force=settings.force or work.replaces, run=run) as temporary,
                working_copy(temporary[0].parent, run=run) as copy,
            ):
                pages_as_images: Sequence[tuple[int, str]] = ()
                if published:
                    names = _plan(near, [output.path for output in outputs])
                    done = pipeline.process(names, _plan(near, [*temporary, copy]), seen, settings, watch)
                    pages_as_images = done.written.pages_as_images
                else:
                    name = outputs[0].path.name
                    pipeline.propose(near.source.path, temporary, copy, seen, settings, name=name)
                hashes = [storage.digest(str(path)) for path in temporary]
            locations = _sent(work, outputs, _made(work.outputs(base), published=published))
        figures = _figures(seen, watch, renamed=base != work.base, pages_as_images=pages_as_images)
        return Done(replace(figures, withheld=not published), tuple(map(Placed, locations, hashes)))


def _made(outputs: Sequence[Output], *, published: bool) -> list[Output]:
    """The outputs that are made: without a publication version only what reviewers need."""
    return [output for output in outputs if published or output.private]


def rehearse(work: Work, settings: Settings, dossier: Dossier, run: str) -> Done:
    """What `redact` would do, in figures; writes nothing. Raises WooAnonError, and nothing else."""
    with border():
        from woo_anon import marking, pipeline

        check_places(work, force=settings.force or work.replaces)
        watch = Stopwatch()
        with _source_at_hand(work.source) as source:
            pipeline.check_wanted(source, settings)
            marking.check(source, settings)
            seen = pipeline.examine(source, settings, dossier, watch, work.standing.rulings)
        base = _public_base(work, seen, settings, dossier)
        figures = _figures(seen, watch, renamed=base != work.base)
        return Done(figures, tuple(Placed(work.located(output), "") for output in work.outputs(base)))


def members(source: Source) -> tuple[Source, ...]:
    """A mail and what hangs from it, or the mails of a mailbox with what hangs from them. Raises WooAnonError, and
    nothing else."""
    with border(), storage.at_hand(source.file) as file:
        from woo_anon.formats import recognise

        holds = recognise(file).holds
        found = [_member(source, member) for member in holds.members(file)] if holds else []
        source = replace(source, thread=holds.thread(file) if holds else None)
    if not source.suffixes:  # a mere holder
        return tuple(replace(one, family=_mail_of(source, one)) for one in found)
    family = source.file if found else ""
    return (replace(source, family=family), *(replace(one, family=family) for one in found))


def _member(source: Source, member: Member) -> Source:
    """The source that a member is: it is called by its number and its name, in a folder beside its mail."""
    from woo_anon.formats import recognise_head

    number = ".".join(str(at + 1) for at in member.path)
    name = "".join(sign if sign.isprintable() and sign not in '/\\:*?"<>|' else "_" for sign in member.name)
    called = f"{number} {name.strip(' .')[-_LONGEST_NAME:] or 'bijlage'}"
    within = source.within.with_name(f"{source.within.stem}.bijlagen") / called
    one = replace(source, within=within, member=member.path, thread=member.thread, suffixes=(), holder=False)
    try:
        return replace(one, suffixes=recognise_head(member.head, called).suffixes)
    except WooAnonError as error:
        return replace(one, failure=error)


def _mail_of(mailbox: Source, one: Source) -> str:
    return replace(mailbox, member=one.member[:1]).location


@contextmanager
def _source_at_hand(source: Source) -> Iterator[Path]:
    """The document as a file on this machine, for the time of the block."""
    with ExitStack() as stack:
        file = stack.enter_context(storage.at_hand(source.file))
        if not source.member:
            yield file
            return
        from woo_anon.formats import recognise

        holds = recognise(file).holds
        assert holds is not None
        target = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="woo-anon-"))) / source.within.name
        holds.extract(file, source.member, target)
        yield target


def copy(source: Source, target: Path) -> None:
    """Copy a document, wherever it is, to a file that exists. Raises WooAnonError, and nothing else."""
    with border(), _source_at_hand(source) as file:
        target.write_bytes(file.read_bytes())


def tried(
    source: Source, text: str, decisions: tuple[Decision, ...], settings: Settings, target: Path
) -> tuple[str, int]:
    """Write to `target` what would be published of a document of which `text` was read, with these decisions.

    Returns its suffix and number of pages. Raises WooAnonError, and nothing else: RefusedError when another text is
    read now, LeakError when it does not pass verification.
    """
    with border():
        from woo_anon import pipeline

        with _source_at_hand(source) as file:
            return pipeline.tried(file, text, decisions, settings, target)


def known(work: Work, settings: Settings) -> Known:
    """What a document tells the others of its dossier. Raises WooAnonError, and nothing else."""
    with border():
        from woo_anon import pipeline

        with _source_at_hand(work.source) as source:
            return pipeline.known(source, settings, work.source.location, work.standing.rulings)


def scan(work: Work, settings: Settings, dossier: Dossier) -> Scan:
    """What would be done to a document, decision by decision. Raises WooAnonError, and nothing else."""
    with border():
        from woo_anon import pipeline

        with _source_at_hand(work.source) as source:
            seen = pipeline.examine(source, settings, dossier)
        unread = tuple(page for page, _ in seen.document.pages_not_read)
        return Scan(len(seen.document.text), tuple(_marks(seen)), unread)


def audit(work: Work, names: tuple[str, ...]) -> Audit:
    """What leaks from a PDF; `names` are candidates for what a box may hide. Raises WooAnonError, and nothing else."""
    with border():
        from woo_anon.audit import audit_file
        from woo_anon.formats.pdf.opening.guard import opened

        name = work.source.path.name
        with _source_at_hand(work.source) as source:
            content = source.read_bytes()
        with opened(content, name, any_kind=True):  # it is a PDF, and reading it ends
            return audit_file(content, name, names)


@contextmanager
def _at_hand(work: Work) -> Iterator[Work]:
    """The work with its source and its output folder on this machine, for the time of the block."""
    with ExitStack() as stack:
        path = stack.enter_context(_source_at_hand(work.source))
        source = replace(work.source, path=path, address="")
        root = work.root
        if work.store:
            root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="woo-anon-")))
        yield replace(work, source=source, root=root, store="")


def _sent(work: Work, near: Sequence[Output], outputs: Sequence[Output]) -> list[str]:
    """Where the outputs stand; those of a store are sent there, the publication version last, or none is left."""
    locations = [work.located(output) for output in outputs]
    if not work.store:
        return locations
    try:
        for output, location in zip(near, locations, strict=True):
            storage.send(output.path, location)
    except WooAnonError:
        for location in locations:
            with suppress(WooAnonError):
                storage.remove(location)
        raise
    return locations


def _figures(
    seen: Examination, watch: Stopwatch, *, renamed: bool, pages_as_images: Sequence[tuple[int, str]] = ()
) -> Figures:
    from woo_anon.record import attention, examined

    actions = Counter(decision.action.value for decision in seen.decisions)
    return Figures(
        pages=len(seen.document.pages),
        characters=len(seen.document.text),
        redacted=actions["redact"],
        review=actions["review"],
        kept=actions["keep"],
        pages_as_images=tuple(page for page, _ in pages_as_images),
        renamed=renamed,
        seconds=watch.seconds,
        stages=watch.stages,
        twin=seen.twin,
        pages_not_read=tuple(page for page, _ in seen.document.pages_not_read),
        doubtful=sum(attention.is_doubtful(decision) for decision in seen.decisions),
        reviewed=sum(decision.by_reviewer for decision in seen.decisions),
        unplaced=seen.unplaced,
        proposal=examined.proposal_of(seen.document, seen.proposed),
    )


def _marks(seen: Examination) -> Iterator[Mark]:
    document = seen.document
    for decision in seen.decisions:
        span = decision.span
        yield Mark(
            start=span.start,
            end=span.end,
            entity=decision.entity.value,
            action=decision.action.value,
            ground=decision.ground,
            role=decision.role.value,
            score=decision.score,
            detector=decision.detector,
            page=document.page_of(decision),
            text=document.text[span.start : span.end],
        )


def _public_base(work: Work, seen: Examination, settings: Settings, dossier: Dossier) -> PurePath:
    from woo_anon import pipeline

    base = pipeline.public_name(work.base, seen, settings, dossier)
    if base == work.base or not work.number:
        return base
    return base.with_name(f"{base.name}-{work.number}")


def _plan(work: Work, paths: Sequence[Path]) -> Plan:
    from woo_anon.stages import Plan

    own, prepared = paths[: len(work.outputs())], next(iter(paths[len(work.outputs()) :]), None)
    marked, own = ((own[0], own[1]), own[2:]) if work.marks else (None, own)
    examined, rest = (own[0], own[1:]) if work.folder else (None, own)
    report, log, *versions = rest
    return Plan(
        work.source.path,
        versions[-1],
        log,
        report,
        prepared,
        tuple(versions[:-1]),
        work.family,
        examined,
        marked=marked,
        thread=work.thread,
    )
