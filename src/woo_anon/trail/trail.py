"""The trail of an output folder, in SQLite: entries are added, and never changed or removed.

It stands in `internal/`, readable by its owner alone, for it holds what was decided on which name. Every entry is
committed before anybody is told that it is there. Several may read and add at once.

Format: docs/review.md.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from woo_anon import storage
from woo_anon.errors import OutputError
from woo_anon.trail.entry import Act, Entry, Kind, dumps, loads

NAME = "trail.sqlite"
_VERSION = 1
_ATTEMPTS, _PAUSE_S = 100, 0.05  # to switch a new trail to its journal
_SCHEMA = """
CREATE TABLE entry (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,            -- RFC 3339, UTC
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,        -- the journal's key of the document; '' for the whole dossier
    undoes INTEGER REFERENCES entry (number),
    content TEXT NOT NULL,       -- JSON
    why TEXT NOT NULL
) STRICT;
CREATE INDEX entry_source ON entry (source);
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'entries are never removed'); END;
"""


class Trail:
    """An open trail. Its methods may be called from any thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def add(self, *acts: Act) -> tuple[Entry, ...]:
        """Add acts, all or none, and give them as they are in the trail."""
        at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                numbers = [self._insert(at, act) for act in acts]
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        return tuple(self._read(f"WHERE number IN ({', '.join('?' * len(numbers))})", numbers))

    def entries(self, source: str | None = None, *, after: int = 0) -> tuple[Entry, ...]:
        """Those of one document and of the whole dossier, or all; in order, with a number above `after`."""
        if source is None:
            return tuple(self._read("WHERE number > ?", [after]))
        return tuple(self._read("WHERE number > ? AND source IN (?, '')", [after, source]))

    def _insert(self, at: str, act: Act) -> int:
        row = (at, act.who, act.kind, act.source, act.undoes, dumps(act), act.why)
        cursor = self._connection.execute(
            "INSERT INTO entry (at, who, kind, source, undoes, content, why) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _read(self, condition: str, values: Sequence[int | str]) -> Iterator[Entry]:
        with self._lock:
            rows = self._connection.execute(
                f"SELECT number, at, who, kind, source, undoes, content, why FROM entry {condition} ORDER BY number",
                values,
            ).fetchall()
        return map(_entry, rows)


def _entry(row: tuple[int, str, str, str, str, int | None, str, str]) -> Entry:
    number, at, who, kind, source, undoes, content, why = row
    act = Act(who, Kind(kind), source, undoes=undoes, why=why, **loads(number, content))
    return Entry(number, at, act)


@contextmanager
def opened(folder: Path) -> Iterator[Trail]:
    """The trail of an output folder on this machine, to read and add to; made when there is none.

    Raises OutputError when it cannot be used.
    """
    path = folder / "internal" / NAME
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # SQLite's own files beside it take its permissions over
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror or 'output error'}).", "Check the folder's permissions."
        ) from None
    with contextlib.closing(_connected(path)) as connection:
        yield Trail(connection)


def entries(folder: str) -> tuple[Entry, ...]:
    """All entries of an output folder's trail (a path or an address); none when nobody reviewed anything.

    Raises OutputError and UnreadableError when it cannot be read.
    """
    name = PurePosixPath("internal") / NAME
    location = storage.joined(folder, name)
    if not folder or not storage.exists(location):
        return ()
    with storage.at_hand(location) as path, contextlib.closing(_connected(path)) as connection:
        return Trail(connection).entries()


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            _write_ahead(connection)
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("PRAGMA user_version").fetchone() == (0,):  # nobody else was first
                for statement in _statements():
                    connection.execute(statement)
            connection.execute("COMMIT")
        elif version != _VERSION:
            raise OutputError(
                "The trail of decisions is of another version of woo-anon.", "Use that version for this folder."
            )
        connection.execute("PRAGMA synchronous = FULL")  # a decision that was shown as stored is on the disk
    except sqlite3.DatabaseError as error:
        connection.close()
        raise OutputError(
            f"The trail of decisions cannot be used ({type(error).__name__}).",
            "Put back a copy of internal/trail.sqlite; do not go on without it.",
        ) from None
    except OutputError:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let readers and a writer at the database at once. SQLite does not wait for its lock here as it does elsewhere:
    when two open a new trail at the same moment, one of them is told that it is locked."""
    for attempt in reversed(range(_ATTEMPTS)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if not attempt:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _statements() -> Iterator[str]:
    statement = ""
    for line in _SCHEMA.splitlines():
        statement += f"{line}\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    yield f"PRAGMA user_version = {_VERSION}"
