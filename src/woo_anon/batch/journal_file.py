"""Where a journal stands: in `internal/` of its output folder, held by one run at a time.

That of an output folder elsewhere is kept on this machine, and copied there now and then and at the end.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from woo_anon import storage
from woo_anon.batch.journal import Journal
from woo_anon.errors import OutputError

NAME = "journal.sqlite"
_VERSION = 2
_SCHEMA = """
CREATE TABLE document (
    source TEXT PRIMARY KEY,     -- absolute path or address; of what hangs from a mail, with its place in it
    file TEXT NOT NULL,          -- absolute path or address of the file that it is or is in
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
CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    began TEXT NOT NULL,
    ended TEXT,
    documents INTEGER NOT NULL,
    request TEXT NOT NULL DEFAULT '{}'  -- inputs and settings, as JSON: what to do again
) STRICT;
"""
_FROM_1 = "ALTER TABLE run ADD COLUMN request TEXT NOT NULL DEFAULT '{}';"


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


def is_there(folder: str) -> bool:
    """Whether the output folder `folder`, a path or an address, has a journal. Raises OutputError."""
    elsewhere = storage.is_address(folder)
    return storage.exists(_address(folder) if elsewhere else str(Path(folder) / "internal" / NAME))


@contextmanager
def read(folder: str) -> Iterator[Journal]:
    """The journal of the output folder `folder`, to read from, also while a run holds it.

    Raises OutputError when there is none, or it cannot be read.
    """
    if not is_there(folder):
        raise OutputError(f"{folder}: holds no journal.", "Give the output folder of woo-anon redact.")
    location = _address(folder) if storage.is_address(folder) else str(Path(folder) / "internal" / NAME)
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
        elif version == 1:
            connection.executescript(f"BEGIN; {_FROM_1} PRAGMA user_version = {_VERSION}; COMMIT;")
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
