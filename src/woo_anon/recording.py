"""The last stage of one document: its log, its report, and what the review shows, written to their staged names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from woo_anon import __version__, storage
from woo_anon.document import Document
from woo_anon.errors import OutputError
from woo_anon.formats import by_key
from woo_anon.record import examined, log, report
from woo_anon.settings import Settings
from woo_anon.stages import Examination, Plan, Redacted, redactions

# Formats of which all but what was redacted is published, or nearly: the hash of such a file confirms a guess.
_WITHOUT_HASH = frozenset({"text", "mail"})


def record(plan: Plan, staged: Plan, seen: Examination, done: Redacted, settings: Settings) -> None:
    """Write the log and the review report. Raises OutputError when that fails."""
    created = _now()
    versions = _versions(settings)
    source_sha256 = storage.digest(str(plan.source))
    entry = log.build(
        source=plan.source,
        source_sha256=None if seen.document.format in _WITHOUT_HASH and done.written.redactions else source_sha256,
        outputs=[
            (final.name, storage.digest(str(file)))
            for final, file in zip((*plan.also, plan.publication), (*staged.also, staged.publication), strict=True)
        ],
        document=seen.document,
        redactions=done.written.redactions,
        decisions=seen.decisions,
        verification=done.verification,
        written=done.written,
        profile=settings.profile,
        versions=versions,
        created=created,
        family=plan.family,
        thread=plan.thread,
    )
    versions = {**versions, "source_sha256": source_sha256}
    pieces = _report(seen, done.source, settings, done, versions=versions, created=created)
    try:
        staged.log.write_text(log.dumps(entry), encoding="utf-8")
        _place(seen, pieces, staged.report, staged.examined)
    except OSError as error:
        raise OutputError(f"{plan.log.name}: cannot be written ({error.strerror or 'output error'}).") from error


def propose(seen: Examination, source: Path, report_file: Path, for_review: Path | None, settings: Settings) -> None:
    """Write the report, and what the review shows, of a document of which nothing else is written; `source` is the file
    that would be. Raises OutputError when that fails."""
    try:
        _place(seen, _report(seen, source, settings, created=_now()), report_file, for_review)
    except OSError as error:
        raise OutputError(f"{report_file.name}: cannot be written ({error.strerror or 'output error'}).") from error


def _place(seen: Examination, pieces: Iterator[str], report_file: Path, for_review: Path | None) -> None:
    if for_review is not None:
        examined.write(for_review, seen.document, seen.persons, seen.proposed)
    with report_file.open("w", encoding="utf-8") as file:
        file.writelines(pieces)


def _report(
    seen: Examination,
    source: Path,
    settings: Settings,
    done: Redacted | None = None,
    *,
    versions: Mapping[str, str] | None = None,
    created: str,
) -> Iterator[str]:
    return report.render(
        document=seen.document,
        decisions=seen.decisions,
        redactions=done.written.redactions if done else redactions(seen.document, seen.decisions),
        persons=seen.persons,
        twin=seen.twin,
        profile=settings.profile,
        verification=done.verification if done else None,
        written=done.written if done else None,
        page_images=_page_images(source, seen.document),
        versions=versions or _versions(settings),
        created=created,
    )


def _page_images(source: Path, document: Document) -> Iterator[report.PageImage]:
    for picture in by_key(document.format).pictures(source):
        yield report.PageImage(
            picture.number,
            picture.image,
            picture.width_pt,
            picture.height_pt,
            picture.rotation,
            picture.left_pt,
            picture.bottom_pt,
        )


def _versions(settings: Settings) -> Mapping[str, str]:
    from woo_anon.detect.location import model_version

    return {"tool": __version__, "model": model_version(), "settings_sha256": settings.settings_hash()}


def _now() -> str:
    """This moment, or SOURCE_DATE_EPOCH (reproducible-builds.org), to the second, in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdigit() else datetime.now(UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
