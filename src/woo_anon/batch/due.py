"""Which documents of a run are due, and what becomes of outputs that are out of date."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from woo_anon import __version__, storage
from woo_anon.batch.journal import Entry, Stamp
from woo_anon.batch.outcome import Outcome, Placed, Result
from woo_anon.batch.places import check_places
from woo_anon.batch.plan import Work, is_marked
from woo_anon.detect.location import model_version
from woo_anon.errors import OutputError, WooAnonError
from woo_anon.people import register
from woo_anon.policy import profile
from woo_anon.settings import Settings
from woo_anon.trail.standing import Standing

SUPERSEDED = "superseded"  # folder in internal/ for publication versions whose document then failed


def input_stamp(location: str) -> str:
    """What changes when a document changes (`storage.stamp`); "" when it cannot be read, which its own turn tells."""
    try:
        return storage.stamp(location)
    except WooAnonError:
        return ""


def basis_hash(settings: Settings) -> str:
    """SHA-256 of whatever shapes the outputs of a document besides the document and its dossier: program, model,
    register of office holders, profile and settings. Terms and names take part: not for publication.

    Raises MissingError when there is no model, SettingsError when the profile or the register cannot be read, and
    UnreadableError when the file with marks cannot.
    """
    parts = {
        "tool": __version__,
        "model": model_version(),
        "register": [repr(official) for official in register.load().officials],
        "profile": profile.content(settings.profile),
        "settings": [[key, str(value)] for key, value in settings.shaping()],
        "marks": storage.digest(str(settings.from_marks)) if settings.from_marks else "",
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


def basis_of(basis: str, standing: Standing, thread: int | None = None) -> str:
    """The basis of one document: that of all, what people decided on it, and the number of its conversation."""
    return f"{basis}/{standing.digest()}/{thread or ''}"


def is_decided_since(entry: Entry, standing: Standing) -> bool:
    """Whether people decided something on a document that its outputs do not follow from yet."""
    return "".join(entry.stamp.basis.split("/")[1:2]) != standing.digest()


def is_due(entry: Entry, work: Work, stamp: Stamp) -> bool:
    """Whether a document must be handled: it never was or failed, its outputs would be others now, or one is gone.

    A refusal stands until the document, a setting or what may open it changes.
    """
    if not stamp.input or entry.base != str(work.base):
        return True
    if entry.state is Result.REFUSED:
        return entry.stamp != stamp
    if entry.state not in (Result.DONE, Result.IMAGES, Result.NOT_READ, Result.WITHHELD):
        return True
    return replace(entry.stamp, access=stamp.access) != stamp or not all(
        storage.exists(placed.path) for placed in entry.outputs
    )


def check_unchanged(entry: Entry, *, marks: bool = False) -> None:
    """Raise OutputError when somebody changed an output after it was verified: that work would be lost. Marks are there
    to be changed, and are only lost when new ones are written (`marks`)."""
    for placed in entry.outputs:
        if is_marked(placed.path) and not marks:
            continue
        if placed.sha256 and storage.exists(placed.path) and storage.digest(placed.path) != placed.sha256:
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
        check_places(work, force=False)
    except OutputError:
        return False
    return True


def reused(entry: Entry) -> Outcome:
    """The outcome of a document that is not due."""
    return Outcome(entry.name, entry.figures, failure=entry.failure, outputs=entry.outputs, unchanged=True)


def retire(older: Sequence[Placed], outcome: Outcome, work: Work) -> Outcome:
    """Take away `older` outputs that `outcome` leaves out of date, for nobody must publish them.

    Those of a document that now has other names are removed, but for a marked copy and its marks: people may have
    worked on them, so they stay among the outputs. When it has no outputs any more, its log and publication version
    move to `internal/superseded/`, and the failure says so.
    """
    current = {placed.path for placed in outcome.outputs}
    left = [placed for placed in older if placed.path not in current and storage.exists(placed.path)]
    past = [placed.path for placed in left if not is_marked(placed.path)]
    outcome = replace(outcome, outputs=(*(placed for placed in left if is_marked(placed.path)), *outcome.outputs))
    if not outcome.failure:
        for location in past:
            storage.remove(location)
        return outcome
    public, kept = (
        storage.joined(work.folder, PurePosixPath(name)) for name in ("publication", f"internal/{SUPERSEDED}")
    )
    published = [location for location in past if location.startswith(public)]
    for location in published:
        storage.move(location, kept + location.removeprefix(public))
    if not published:
        return outcome
    notice = f"{outcome.failure.remedy} Its earlier version was moved to {kept}.".lstrip()
    return replace(outcome, failure=replace(outcome.failure, remedy=notice))
