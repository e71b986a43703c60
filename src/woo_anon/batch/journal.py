"""The journal of an output folder: what became of every document, in SQLite, so that a run that was killed goes on.

It stands in `internal/`, readable by its owner alone, for it knows the names of files and, of a dossier, of people.
What is in it was committed when it happened: a document that it calls done stands under its final names. One run at a
time holds a journal; whoever only reads it (`woo-anon status`) may do so meanwhile.

Format: docs/batch.md.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from woo_anon import storage
from woo_anon.batch.outcome import Failure, Figures, Outcome, Placed, Result
from woo_anon.batch.plan import Work
from woo_anon.document import Twin
from woo_anon.errors import ExitCode, OutputError
from woo_anon.people.dossier import Known

NAME = "journal.sqlite"
_VERSION = 1
_SAVE_EVERY_S = 60
_SCHEMA = """
CREATE TABLE document (
    source TEXT PRIMARY KEY,     -- absolute path or address
    name TEXT NOT NULL,          -- how it is called in what users read
    number INTEGER NOT NULL,     -- tells outputs apart whose names were taken out; says nothing of the source's name
    run INTEGER NOT NULL,        -- the last run that had it among its inputs
    state TEXT NOT NULL,
    owned INTEGER NOT NULL,      -- files under its final names are ours
    base TEXT NOT NULL DEFAULT '',
    input TEXT NOT NULL DEFAULT '',
    basis TEXT NOT NULL DEFAULT '',
    access TEXT NOT NULL DEFAULT '',
    dossier TEXT NOT NULL DEFAULT '',
    outputs TEXT NOT NULL DEFAULT '[]',
    figures TEXT,
    failure TEXT,
    ended TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE known (source TEXT PRIMARY KEY, stamp TEXT NOT NULL, content TEXT NOT NULL) STRICT;
CREATE TABLE run (number INTEGER PRIMARY KEY, began TEXT NOT NULL, ended TEXT, documents INTEGER NOT NULL) STRICT;
"""


@dataclass(frozen=True)
class Stamp:
    """What a document's outputs follow from, as hashes: equal stamps, equal outputs.

    `input` is that of its bytes, `basis` of program, model, register, profile and settings, `access` of what may open
    it, `dossier` of what the other documents say that concerns it.
    """

    input: str
    basis: str
    access: str
    dossier: str = ""


@dataclass(frozen=True)
class Entry:
    """One document as the journal knows it. `owned`: files under its final names are ours and may be replaced."""

    source: str
    name: str
    number: int
    state: Result
    owned: bool
    base: str
    stamp: Stamp
    outputs: tuple[Placed, ...]
    figures: Figures | None
    failure: Failure | None
    current: bool  # the last run had it among its inputs


class Journal:
    """An open journal. Its methods may be called from any thread; each is one transaction."""

    def __init__(self, connection: sqlite3.Connection, saved: Callable[[], None] = lambda: None) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._save, self._saved = saved, time.monotonic()

    def begin(self, works: Iterable[tuple[Work, str]]) -> dict[str, Entry]:
        """Enter a new run over `works`, each with the hash of its input, and return the entries of its documents.

        New documents get their numbers in the order of those hashes, so that a number says nothing of a name.
        """
        works = list(works)
        with self._transaction() as cursor:
            cursor.execute("INSERT INTO run (began, documents) VALUES (?, ?)", (_now(), len(works)))
            run = cursor.lastrowid
            ((last,),) = cursor.execute("SELECT coalesce(max(number), 0) FROM document")
            known = {source for (source,) in cursor.execute("SELECT source FROM document")}
            new = sorted((digest, key(work)) for work, digest in works if key(work) not in known)
            numbers = {source: number for number, (_, source) in enumerate(new, last + 1)}
            names = {key(work): _text(work.source.name) for work, _ in works}
            cursor.executemany(
                "INSERT INTO document (source, name, number, run, state, owned) VALUES (?, ?, ?, ?, ?, 0)",
                [(source, names[source], number, run, Result.DUE) for source, number in numbers.items()],
            )
            cursor.executemany("UPDATE document SET run = ? WHERE source = ?", [(run, source) for source in names])
        return {entry.source: entry for entry in self.entries() if entry.source in names}

    def mark_due(self, works: Iterable[Work]) -> None:
        """These documents are about to be handled; from now on files under their final names are ours.

        Of outputs that stand there it is forgotten what they should hold: they may be replaced at any moment.
        """
        rows = [(_forgotten(self._outputs(key(work))), _text(str(work.base)), key(work)) for work in works]
        with self._transaction() as cursor:
            cursor.executemany(
                f"UPDATE document SET state = '{Result.DUE}', owned = 1, outputs = ?, base = ? WHERE source = ?", rows
            )

    def record(self, work: Work, stamp: Stamp, outcome: Outcome) -> None:
        """What became of a document."""
        values = {
            "state": outcome.result,
            "input": stamp.input,
            "basis": stamp.basis,
            "access": stamp.access,
            "dossier": stamp.dossier,
            "outputs": json.dumps([asdict(placed) for placed in outcome.outputs]),
            "figures": json.dumps(asdict(outcome.figures)) if outcome.figures else None,
            "failure": json.dumps(asdict(outcome.failure)) if outcome.failure else None,
            "ended": _now(),
        }
        changes = ", ".join(f"{column} = :{column}" for column in values)
        with self._transaction() as cursor:
            cursor.execute(f"UPDATE document SET {changes} WHERE source = :source", {**values, "source": key(work)})
        with self._lock:
            if time.monotonic() - self._saved > _SAVE_EVERY_S:
                self._save()
                self._saved = time.monotonic()

    def end(self) -> None:
        """The run came to its end."""
        with self._transaction() as cursor:
            cursor.execute("UPDATE run SET ended = ? WHERE number = (SELECT max(number) FROM run)", (_now(),))

    def known(self, work: Work, stamp: Stamp) -> Known | None:
        """What the document told the others of its dossier when its stamp was this one."""
        with self._lock:
            row = self._connection.execute(
                "SELECT content FROM known WHERE source = ? AND stamp = ?", (key(work), _joined(stamp))
            ).fetchone()
        return Known.from_json(row[0]) if row else None

    def remember(self, work: Work, stamp: Stamp, known: Known) -> None:
        """Keep what a document tells the others of its dossier."""
        with self._transaction() as cursor:
            cursor.execute(
                "INSERT OR REPLACE INTO known (source, stamp, content) VALUES (?, ?, ?)",
                (key(work), _joined(stamp), known.to_json()),
            )

    def entries(self) -> Iterator[Entry]:
        """All documents of all runs, by name."""
        with self._lock:
            cursor = self._connection.execute(
                "SELECT source, name, number, state, owned, base, input, basis, access, dossier, outputs, figures,"
                " failure, run = (SELECT max(number) FROM run) FROM document ORDER BY name, source"
            )
            rows = cursor.fetchall()
        return map(_entry, rows)

    def runs(self) -> list[tuple[str, str | None, int]]:
        """Every run: when it began, when it ended (None: it was broken off, or goes on), with how many documents."""
        with self._lock:
            return self._connection.execute("SELECT began, ended, documents FROM run ORDER BY number").fetchall()

    def _outputs(self, source: str) -> tuple[Placed, ...]:
        with self._lock:
            row = self._connection.execute("SELECT outputs FROM document WHERE source = ?", (source,)).fetchone()
        return _placed(row[0]) if row else ()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        with self._lock:
            cursor = self._connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")


def key(work: Work) -> str:
    """What a document is known by: its absolute path or address, as text that SQLite takes."""
    return _text(work.source.location)


def _text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")  # file names need not be text


@contextmanager
def opened(folder: str) -> Iterator[Journal]:
    """The journal of the output folder `folder` (a path or an address), held for the time of the block; with "" one in
    memory.

    That of an address is kept on this machine meanwhile, and copied there at the end and now and then. Raises
    OutputError when another run holds it, or it cannot be written or is of another version of this program.
    """
    if not folder:
        with contextlib.closing(_connected(":memory:")) as connection:
            yield Journal(connection)
        return
    if not storage.is_address(folder):
        with _held(Path(folder) / "internal" / NAME, folder) as connection:
            yield Journal(connection)
        return
    path, there = _local_copy(folder), _address(folder)
    if not path.exists() and storage.exists(there):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _touch(path)
        storage.fetch(there, path)
    with _held(path, folder) as connection:
        try:
            yield Journal(connection, saved=lambda: _send(connection, there))
        finally:
            _send(connection, there)


@contextmanager
def read(folder: str) -> Iterator[Journal]:
    """The journal of the output folder `folder`, to read from, also while a run holds it.

    Raises OutputError when there is none, or it cannot be read.
    """
    elsewhere = storage.is_address(folder)
    location = _address(folder) if elsewhere else str(Path(folder) / "internal" / NAME)
    if not storage.exists(location):
        raise OutputError(f"{folder}: holds no journal.", "Give the output folder of woo-anon redact.")
    with (
        storage.at_hand(location) as path,
        contextlib.closing(_connected(f"{path.absolute().as_uri()}?mode=rw")) as connection,
    ):
        yield Journal(connection)


@contextmanager
def _held(path: Path, folder: str) -> Iterator[sqlite3.Connection]:
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=0, mode=0o600):
            _touch(path)
            with contextlib.closing(_connected(str(path))) as connection:
                yield connection
    except Timeout:
        raise OutputError(
            f"{folder}: another run is at work there.", "Wait for it, or choose another output folder."
        ) from None
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror or 'output error'}).", "Check the folder's permissions."
        ) from None


def _address(folder: str) -> str:
    return storage.joined(folder, PurePosixPath("internal") / NAME)


def _local_copy(folder: str) -> Path:
    """Where the journal of an address is kept on this machine."""
    from platformdirs import user_state_path

    digest = hashlib.sha256(folder.encode()).hexdigest()[:16]
    return user_state_path("woo-anon", appauthor=False) / "journals" / f"{digest}.sqlite"


def _send(connection: sqlite3.Connection, address: str) -> None:
    with tempfile.TemporaryDirectory(prefix="woo-anon-") as folder:
        copy = Path(folder) / NAME
        with contextlib.closing(sqlite3.connect(copy)) as target:
            connection.backup(target)
        storage.send(copy, address)


def _touch(path: Path) -> None:
    """Make the file with its final permissions: SQLite's own files beside it take them over."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _connected(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, timeout=30, isolation_level=None, check_same_thread=False, uri=True)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0 and "mode=rw" not in address:
            connection.execute("PRAGMA journal_mode = WAL")  # no wait for the disk at every commit
            connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
        elif version != _VERSION:
            raise OutputError(
                "The journal is of another version of woo-anon.", "Use that version, or choose another output folder."
            )
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise OutputError(
            f"The journal cannot be used ({type(error).__name__}).",
            "Move internal/journal.sqlite away; with --force all documents are then handled again.",
        ) from None
    except OutputError:
        connection.close()
        raise
    return connection


def _entry(row: tuple[Any, ...]) -> Entry:
    (
        source,
        name,
        number,
        state,
        owned,
        base,
        source_hash,
        basis,
        access,
        dossier,
        outputs,
        figures,
        failure,
        current,
    ) = row
    return Entry(
        source,
        name,
        number,
        Result(state),
        bool(owned),
        base,
        Stamp(source_hash, basis, access, dossier),
        _placed(outputs),
        _figures(json.loads(figures)) if figures else None,
        _failure(json.loads(failure)) if failure else None,
        bool(current),
    )


def _placed(text: str) -> tuple[Placed, ...]:
    return tuple(Placed(**item) for item in json.loads(text))


def _forgotten(outputs: Iterable[Placed]) -> str:
    return json.dumps([{"path": placed.path, "sha256": ""} for placed in outputs])


def _figures(values: dict[str, Any]) -> Figures:
    stages = tuple((str(stage), float(seconds)) for stage, seconds in values.pop("stages"))
    twin = Twin(**values["twin"]) if values.get("twin") else None
    return Figures(**{**values, "pages_as_images": tuple(values["pages_as_images"]), "stages": stages, "twin": twin})


def _failure(values: dict[str, Any]) -> Failure:
    code = ExitCode(values["exit_code"])
    return Failure(code, values["message"], values["remedy"], tuple(values["frames"]))


def _joined(stamp: Stamp) -> str:
    return f"{stamp.input} {stamp.basis} {stamp.access}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
