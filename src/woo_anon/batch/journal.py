"""The journal of an output folder: what became of every document, in SQLite, so that a run that was killed goes on.

It stands in `internal/`, readable by its owner alone, for it knows the names of files and, of a dossier, of people.
What is in it was committed when it happened: a document that it calls done stands under its final names. One run at a
time holds a journal; whoever only reads it (`woo-anon status`) may do so meanwhile.

Format: docs/batch.md.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from woo_anon.batch.outcome import Failure, Figures, Outcome, Placed, Result
from woo_anon.batch.plan import Work
from woo_anon.document import Twin
from woo_anon.errors import ExitCode
from woo_anon.people.dossier import Known

_SAVE_EVERY_S = 60


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
    file: str
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


@dataclass(frozen=True)
class Request:
    """What a run was asked to do: its inputs, as absolute paths or addresses, and the settings that were not the
    defaults, by dotted key. Terms and names are among them."""

    inputs: tuple[str, ...] = field(default=(), repr=False)
    settings: tuple[tuple[str, Any], ...] = field(default=(), repr=False)

    def to_json(self) -> str:
        return json.dumps({"inputs": self.inputs, "settings": dict(self.settings)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Request:
        held = json.loads(text)
        settings = ((key, _frozen(value)) for key, value in held.get("settings", {}).items())
        return cls(tuple(held.get("inputs", ())), tuple(settings))


NO_REQUEST = Request()


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


class Journal:
    """An open journal. Its methods may be called from any thread; each is one transaction."""

    def __init__(self, connection: sqlite3.Connection, saved: Callable[[], None] = lambda: None) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._save, self._saved = saved, time.monotonic()

    def begin(self, works: Iterable[tuple[Work, str]], request: Request = NO_REQUEST) -> dict[str, Entry]:
        """Enter a new run over `works`, each with the hash of its input, and return the entries of its documents.

        New documents get their numbers in the order of those hashes, so that a number says nothing of a name.
        """
        works = list(works)
        with self._transaction() as cursor:
            values = (_now(), len(works), request.to_json())
            cursor.execute("INSERT INTO run (began, documents, request) VALUES (?, ?, ?)", values)
            run = cursor.lastrowid
            ((last,),) = cursor.execute("SELECT coalesce(max(number), 0) FROM document")
            known = {source for (source,) in cursor.execute("SELECT source FROM document")}
            new = sorted((digest, key(work)) for work, digest in works if key(work) not in known)
            numbers = {source: number for number, (_, source) in enumerate(new, last + 1)}
            names = {key(work): _text(work.source.name) for work, _ in works}
            files = {key(work): _text(work.source.file) for work, _ in works}
            cursor.executemany(
                "INSERT INTO document (source, file, name, number, run, state, owned) VALUES (?, ?, ?, ?, ?, ?, 0)",
                [(source, files[source], names[source], number, run, Result.DUE) for source, number in numbers.items()],
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
            cursor = self._connection.cursor()
            cursor.row_factory = sqlite3.Row
            rows = cursor.execute(
                "SELECT *, run = (SELECT max(number) FROM run) AS current FROM document ORDER BY name, source"
            ).fetchall()
        return map(_entry, rows)

    def runs(self) -> list[tuple[str, str | None, int]]:
        """Every run: when it began, when it ended (None: it was broken off, or goes on), with how many documents."""
        with self._lock:
            return self._connection.execute("SELECT began, ended, documents FROM run ORDER BY number").fetchall()

    def requests(self) -> list[Request]:
        """What was asked for by the runs that were the last to have some document among their inputs, in order."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT request FROM run WHERE number IN (SELECT run FROM document) ORDER BY number"
            ).fetchall()
        return list(dict.fromkeys(Request.from_json(row[0]) for row in rows))

    def asked(self) -> dict[str, Request]:
        """By the key of a document what the last run was asked that had it among its inputs."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT source, request FROM document JOIN run ON run.number = document.run"
            ).fetchall()
        held = {request: Request.from_json(request) for request in {request for _, request in rows}}
        return {source: held[request] for source, request in rows}

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


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        row["source"],
        row["file"],
        row["name"],
        row["number"],
        Result(row["state"]),
        bool(row["owned"]),
        row["base"],
        Stamp(row["input"], row["basis"], row["access"], row["dossier"]),
        _placed(row["outputs"]),
        _figures(json.loads(row["figures"])) if row["figures"] else None,
        _failure(json.loads(row["failure"])) if row["failure"] else None,
        bool(row["current"]),
    )


def _placed(text: str) -> tuple[Placed, ...]:
    return tuple(Placed(**item) for item in json.loads(text))


def _forgotten(outputs: Iterable[Placed]) -> str:
    return json.dumps([{"path": placed.path, "sha256": ""} for placed in outputs])


def _figures(values: dict[str, Any]) -> Figures:
    stages = tuple((str(stage), float(seconds)) for stage, seconds in values.pop("stages"))
    twin = Twin(**values["twin"]) if values.get("twin") else None
    pages = {key: tuple(values.get(key, ())) for key in ("pages_as_images", "pages_not_read", "unplaced")}
    return Figures(**{**values, **pages, "stages": stages, "twin": twin})


def _failure(values: dict[str, Any]) -> Failure:
    code = ExitCode(values["exit_code"])
    return Failure(code, values["message"], values["remedy"], tuple(values["frames"]))


def _joined(stamp: Stamp) -> str:
    return f"{stamp.input} {stamp.basis} {stamp.access}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
