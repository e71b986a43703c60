"""Which documents of a run are due, and what becomes of outputs that are out of date."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from woo_anon import __version__
from woo_anon.batch.journal import Entry, Stamp
from woo_anon.batch.outcome import Outcome, Placed, Result
from woo_anon.batch.plan import Work
from woo_anon.detect.location import model_version
from woo_anon.errors import OutputError
from woo_anon.people import register
from woo_anon.policy import profile
from woo_anon.settings import Settings
from woo_anon.staging import check_free

SUPERSEDED = "superseded"  # folder in internal/ for publication versions whose document then failed


def input_hash(path: Path) -> str:
    """SHA-256 of a file's bytes as hexadecimal digits; "" when it cannot be read, which its own turn will tell."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def basis_hash(settings: Settings) -> str:
    """SHA-256 of whatever shapes the outputs of a document besides the document and its dossier: program, model,
    register of office holders, profile and settings. Terms and names take part: not for publication.

    Raises MissingError when there is no model, and SettingsError when the profile or the register cannot be read.
    """
    parts = {
        "tool": __version__,
        "model": model_version(),
        "register": [repr(official) for official in register.load().officials],
        "profile": profile.content(settings.profile),
        "settings": [[key, str(value)] for key, value in settings.shaping()],
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def access_hash(settings: Settings) -> str:
    """SHA-256 of the settings that decide whether a document can be opened and handled; passwords take no part."""
    stat = None
    if settings.password_file:
        with contextlib.suppress(OSError):
            stat = settings.password_file.stat()
    parts = [
        settings.accept_signed,
        settings.limits.seconds,
        settings.limits.memory_mb,
        stat and [stat.st_mtime_ns, stat.st_size],
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_due(entry: Entry, work: Work, stamp: Stamp) -> bool:
    """Whether a document must be handled: it never was or failed, its outputs would be others now, or one is gone.

    A refusal stands until the document, a setting or what may open it changes.
    """
    if not stamp.input or entry.base != str(work.base):
        return True
    if entry.state is Result.REFUSED:
        return entry.stamp != stamp
    if entry.state not in (Result.DONE, Result.IMAGES):
        return True
    return replace(entry.stamp, access=stamp.access) != stamp or not all(map(_exists, entry.outputs))


def check_unchanged(entry: Entry) -> None:
    """Raise OutputError when somebody changed an output after it was verified: that work would be lost."""
    for placed in entry.outputs:
        if placed.sha256 and _exists(placed) and input_hash(Path(placed.path)) != placed.sha256:
            raise OutputError(
                f"{placed.path}: was changed since it was verified.", "Move it away, or use --force to write it again."
            )


def owns_its_places(entry: Entry, work: Work) -> bool:
    """Whether files under the final names of a document are ours, or there are none.

    Of a document that no run has handled yet, somebody else's file may stand there.
    """
    if entry.owned and entry.base == str(work.base):
        return True
    try:
        check_free(work.outputs(), force=False)
    except OutputError:
        return False
    return True


def reused(entry: Entry) -> Outcome:
    """The outcome of a document that is not due."""
    return Outcome(entry.name, entry.figures, failure=entry.failure, outputs=entry.outputs, unchanged=True)


def retire(older: Sequence[Placed], outcome: Outcome, work: Work) -> Outcome:
    """Take away `older` outputs that `outcome` leaves out of date, for nobody must publish them.

    Those of a document that now has other names are removed. When it has no outputs any more, its log and publication
    version move to `internal/superseded/`, and the failure says so.
    """
    current = {placed.path for placed in outcome.outputs}
    past = [path for path in (Path(placed.path) for placed in older if placed.path not in current) if path.exists()]
    if not outcome.failure:
        for path in past:
            path.unlink(missing_ok=True)
        return outcome
    published = [path for path in past if path.is_relative_to(work.public)]
    for path in published:
        kept = work.internal / SUPERSEDED / path.relative_to(work.public)
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(kept)
        kept.chmod(0o600)
    if not published:
        return outcome
    notice = f"{outcome.failure.remedy} Its earlier version was moved to {work.internal / SUPERSEDED}.".lstrip()
    return replace(outcome, failure=replace(outcome.failure, remedy=notice))


def _exists(placed: Placed) -> bool:
    return Path(placed.path).exists()
