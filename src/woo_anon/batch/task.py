"""What is done with one document, where the work is done: in a worker, which imports the pipeline and its libraries."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from woo_anon.batch.border import border
from woo_anon.batch.outcome import Figures, Mark, Placed, Scan
from woo_anon.batch.plan import Work
from woo_anon.people.dossier import Dossier, Known
from woo_anon.settings import Settings
from woo_anon.staging import check_free, staged, working_copy

if TYPE_CHECKING:
    from woo_anon.audit.issue import Audit
    from woo_anon.pipeline import Examination, Plan


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
        from woo_anon import pipeline

        replaces = settings.force or work.replaces
        check_free(work.outputs(), force=replaces)  # before the long work, and once more when it is done
        watch = pipeline.Stopwatch()
        seen = pipeline.examine(work.source.path, settings, dossier, watch)
        base = _public_base(work, seen, settings, dossier)
        outputs = work.outputs(base)
        with (
            staged(outputs, force=replaces, run=run) as temporary,
            working_copy(temporary[0].parent, run=run) as copy,
        ):
            names = _plan(work, [output.path for output in outputs])
            result = pipeline.process(names, _plan(work, [*temporary, copy]), seen, settings, watch)
            hashes = [_sha256(path) for path in temporary]
        placed = tuple(Placed(str(output.path), digest) for output, digest in zip(outputs, hashes, strict=True))
        return Done(
            Figures(
                result.pages,
                result.characters,
                result.redacted,
                result.review,
                result.kept,
                result.pages_as_images,
                base != work.base,
                watch.seconds,
                watch.stages,
            ),
            placed,
        )


def rehearse(work: Work, settings: Settings, dossier: Dossier, run: str) -> Done:
    """What `redact` would do, in figures; writes nothing. Raises WooAnonError, and nothing else."""
    with border():
        from woo_anon import pipeline

        check_free(work.outputs(), force=settings.force or work.replaces)
        watch = pipeline.Stopwatch()
        seen = pipeline.examine(work.source.path, settings, dossier, watch)
        base = _public_base(work, seen, settings, dossier)
        actions = Counter(decision.action.value for decision in seen.decisions)
        figures = Figures(
            len(seen.document.pages),
            len(seen.document.text),
            actions["redact"],
            actions["review"],
            actions["keep"],
            renamed=base != work.base,
            seconds=watch.seconds,
            stages=watch.stages,
        )
        return Done(figures, tuple(Placed(str(output.path), "") for output in work.outputs(base)))


def known(work: Work, settings: Settings) -> Known:
    """What a document tells the others of its dossier. Raises WooAnonError, and nothing else."""
    with border():
        from woo_anon import pipeline

        return pipeline.known(work.source.path, settings)


def scan(work: Work, settings: Settings, dossier: Dossier) -> Scan:
    """What would be done to a document, decision by decision. Raises WooAnonError, and nothing else."""
    with border():
        from woo_anon import pipeline

        seen = pipeline.examine(work.source.path, settings, dossier)
        return Scan(len(seen.document.text), tuple(_marks(seen)))


def audit(work: Work, names: tuple[str, ...]) -> Audit:
    """What leaks from a PDF; `names` are candidates for what a box may hide. Raises WooAnonError, and nothing else."""
    with border():
        from woo_anon.audit import audit_file
        from woo_anon.formats.pdf.opening.guard import opened

        source = work.source.path
        content = source.read_bytes()
        with opened(content, source.name, any_kind=True):  # it is a PDF, and reading it ends
            return audit_file(content, source.name, names)


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
            page=document.page_at(span.start).number,
            text=document.text[span.start : span.end],
        )


def _public_base(work: Work, seen: Examination, settings: Settings, dossier: Dossier) -> PurePath:
    from woo_anon import pipeline

    base = pipeline.public_name(work.base, seen, settings, dossier)
    if base == work.base or not work.number:
        return base
    return base.with_name(f"{base.name}-{work.number}")


def _plan(work: Work, paths: Sequence[Path]) -> Plan:
    from woo_anon.pipeline import Plan

    report, log, publication, *prepared = paths
    return Plan(work.source.path, publication, log, report, next(iter(prepared), None))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
