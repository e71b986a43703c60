"""What a ruling on the whole dossier meets, over all documents.

Which names and words each document holds is gathered once in the background and kept in memory, as numbers: some
kilobytes a document, for the documents themselves would not fit. Two words may have one number; those documents that
may be met are then read.
"""

from __future__ import annotations

import re
import threading
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from concurrent.futures import CancelledError, Executor
from dataclasses import dataclass, field
from pathlib import Path

from woo_anon.errors import WooAnonError
from woo_anon.policy.rulings import Named, Ruling, Wording, plain
from woo_anon.record import examined
from woo_anon.review.case import Case
from woo_anon.review.folder import Folder, Row

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Met:
    """Documents (by the journal's keys) that a ruling meets, how many mentions, and whether all were searched."""

    documents: tuple[str, ...]
    mentions: int
    searched: bool


@dataclass(frozen=True)
class _Known:
    """The names and words of a document as numbers, in order."""

    sha256: str
    names: array[int] = field(repr=False)
    words: array[int] = field(repr=False)


class Whole:
    """What the documents of a folder hold. Its methods may be called from any thread."""

    def __init__(self, folder: Folder, executor: Executor) -> None:
        self._folder, self._executor = folder, executor
        self._lock, self._gathering = threading.Lock(), threading.Lock()
        self._known: dict[int, _Known] = {}

    def start(self) -> None:
        """Begin to gather."""
        threading.Thread(target=self.gather, name="gathering", daemon=True).start()

    def gather(self) -> None:
        """Read what changed since it was last gathered, in a child process; whoever comes meanwhile waits."""
        with self._gathering:
            for row in self._folder.rows():
                if row.reviewable and self._of(row) is None:
                    self._learn(row)

    def met_by(self, ruling: Ruling) -> Met:
        """The documents in which a ruling would change or make a decision, of those that were gathered by now."""
        documents: list[str] = []
        mentions = 0
        rows = [row for row in self._folder.rows() if row.reviewable]
        for row in rows:
            known = self._of(row)
            if known is None or not _may_meet(known, ruling):
                continue
            try:
                read = examined.read(Path(row.review_file))
            except WooAnonError:
                continue
            met = Case(row, read, self._folder.profile).met_by(ruling)
            if met:
                documents.append(row.listed.source)
                mentions += len(met)
        return Met(tuple(documents), mentions, all(self._of(row) for row in rows))

    def _of(self, row: Row) -> _Known | None:
        with self._lock:
            known = self._known.get(row.number)
        return known if known and known.sha256 == _sha256(row) else None

    def _learn(self, row: Row) -> None:
        try:
            names, words = self._executor.submit(_learned, row.review_file).result()
        except (WooAnonError, RuntimeError, CancelledError):  # damaged, or the application stops
            return
        with self._lock:
            self._known[row.number] = _Known(_sha256(row), names, words)


def _learned(file: str) -> tuple[array[int], array[int]]:
    """The names and words of a document as numbers. In a child process."""
    read = examined.read(Path(file))
    text = read.document.text
    names = {plain(text[one.span.start : one.span.end]) for person in read.persons for one in person.mentions}
    return _numbers(names), _numbers(_words(text))


def _sha256(row: Row) -> str:
    return next((one.sha256 for one in row.listed.outputs if one.path == row.review_file), "")


def _words(text: str) -> set[str]:
    return set(_WORD.findall(plain(text)))


def _numbers(words: Iterable[str]) -> array[int]:
    return array("I", sorted({zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words}))


def _holds(numbers: array[int], sought: int) -> bool:
    at = bisect_left(numbers, sought)
    return at < len(numbers) and numbers[at] == sought


def _may_meet(known: _Known, ruling: Ruling) -> bool:
    where = ruling.where
    if isinstance(where, Named):
        return any(_holds(known.names, sought) for sought in _numbers(map(plain, where.names)))
    return isinstance(where, Wording) and all(_holds(known.words, sought) for sought in _numbers(_words(where.text)))
