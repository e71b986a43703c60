"""Reading an output folder of `woo-anon redact`: what its redaction logs say of the publication versions beside them.

A log and its publication version belong together when the log's hash is that of the file: names may have been changed,
for the name of a file may hold a redacted word.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from woo_anon.batch import journal_file
from woo_anon.errors import LeakError, RefusedError, UnreadableError, WooAnonError
from woo_anon.record.log import SCHEMA_VERSION

PUBLICATION, INTERNAL = "publication", "internal"
LOG_SUFFIX = ".anon.json"
_MARK = ".anon"  # stands before the suffix of a publication version


@dataclass(frozen=True)
class Published:
    """One document that was redacted and verified. `place` identifies it: it never leaves the internal folder."""

    place: str  # of its log, within publication/, without `.anon.json`; its parts divided by `/`
    file: Path  # the publication version
    sha256: str
    name: str | None  # of the file as it may be shown; None when the log says that it holds a redacted word
    format: str  # key of the source's format
    redacted: bool
    grounds: tuple[str, ...]  # each once, in order of their codes
    written: str | None  # day, as 2025-03-31
    family: tuple[int, str] | None = None  # number of the mail that it belongs to, and its place in that
    thread: int | None = None  # number of a mail's conversation


@dataclass(frozen=True)
class Fault:
    """A document that cannot be published as it stands."""

    place: str
    error: WooAnonError


def read(folder: Path) -> tuple[tuple[Published, ...], tuple[Fault, ...]]:
    """Every document in the output folder `folder`, in order of place.

    Raises UnreadableError when it is no output folder.
    """
    public = folder / PUBLICATION
    if not public.is_dir():
        raise UnreadableError(
            f"{folder}: has no folder {PUBLICATION}/.", "Give the folder that `woo-anon redact -o` wrote to."
        )
    documents, faults = [], []
    for place, log in logs(public):
        try:
            documents.append(document(place, log))
        except WooAnonError as error:
            faults.append(Fault(place, error))
    faults += _unpublished(folder)
    if not documents and not faults:
        raise UnreadableError(
            f"{public}: holds no redaction log.", "Redact documents first, with `woo-anon redact -o`."
        )
    return tuple(documents), tuple(faults)


def logs(public: Path) -> Iterator[tuple[str, Path]]:
    """Every log in `publication/`, in order, with the place of its document."""
    for path in sorted(public.rglob(f"*{LOG_SUFFIX}")):
        yield path.relative_to(public).as_posix().removesuffix(LOG_SUFFIX), path


def _unpublished(folder: Path) -> Iterator[Fault]:
    """The documents of the last run that have no publication version, as the journal knows them."""
    if not (folder / INTERNAL / journal_file.NAME).is_file():
        return
    with journal_file.read(str(folder)) as opened:
        for entry in opened.entries():
            if entry.failure:
                yield Fault(
                    entry.name,
                    RefusedError(entry.failure.message.removeprefix(f"{entry.name}: "), entry.failure.remedy),
                )
            elif entry.current and not entry.outputs:
                yield Fault(entry.name, RefusedError("is not redacted yet.", "Run `woo-anon redact` to its end."))


def digest(path: Path) -> str:
    """SHA-256 of the file at `path`, as hexadecimal digits. Raises UnreadableError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableError(
            f"cannot be read ({error.strerror or 'input error'}).", "Check its permissions."
        ) from None


def document(place: str, path: Path) -> Published:
    """The document whose log stands at `path`. Raises UnreadableError, LeakError and RefusedError when it cannot be
    published as it stands; they do not name it."""
    log = read_log(path)
    try:
        passed, sha256, name = log["verification"]["passed"], log["output"]["sha256"], log["output"]["name"]
        grounds = {entry["ground"] for entry in log["redactions"]} - {None}
        document_format, created, family = log["input"]["format"], log["created"], log["family"]
        belongs = (int(family["number"]), str(family["place"])) if family else None
        thread = int(log["thread"]) if log["thread"] is not None else None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _no_log() from None
    if passed is not True:
        raise LeakError("its log says that verification failed.", "Do not publish it; redact the document again.")
    return Published(
        place=place,
        file=_version(path, str(sha256)),
        sha256=str(sha256),
        name=None if name is None else _shown(str(name)),
        format=str(document_format),
        redacted=bool(log["redactions"]),
        grounds=tuple(sorted(map(str, grounds))),
        written=str(created)[:10] if created else None,
        family=belongs,
        thread=thread,
    )


def read_log(path: Path) -> Mapping[str, Any]:
    """The log at `path`. Raises UnreadableError when it is none of this version."""
    try:
        log = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UnreadableError(
            f"its log cannot be read ({error.strerror or 'input error'}).", "Check its permissions."
        ) from None
    except ValueError:  # no UTF-8, or no JSON
        raise _no_log() from None
    if not isinstance(log, dict) or log.get("schema") != SCHEMA_VERSION:
        raise _no_log()
    return log


def _no_log() -> UnreadableError:
    return UnreadableError("its log is no redaction log of this version.", "Redact the document again.")


def _version(log: Path, sha256: str) -> Path:
    """The publication version beside `log`: the file of the same name but for the suffix that has this hash."""
    start = log.name.removesuffix("json")
    beside = [path for path in sorted(log.parent.iterdir()) if path.name.startswith(start) and path != log]
    if not beside:
        raise UnreadableError("there is no publication version beside its log.", "Redact the document again.")
    for path in beside:
        if path.is_file() and digest(path) == sha256:
            return path
    raise RefusedError(
        "the publication version is not the one that was verified.", "Do not publish it; redact the document again."
    )


def _shown(name: str) -> str:
    """A file's name without the mark of our outputs: nota.anon.pdf was nota.pdf."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem.removesuffix(_MARK)}{dot}{suffix}"
