"""The result of a document as it would be published: written and verified like the real one, to a private folder."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from woo_anon.batch import task
from woo_anon.review.case import Case
from woo_anon.review.pictures import source
from woo_anon.settings import Settings

_MOST = 8


@dataclass(frozen=True)
class Result:
    """A publication version: its file, and how many pages it shows."""

    file: Path
    pages: int

    @property
    def pictured(self) -> bool:
        return self.file.suffix == ".pdf"

    @property
    def text(self) -> str:
        """Of a version that is text."""
        return self.file.read_text("utf-8")


class Results:
    """Results by document and decisions. Its methods may be called from any thread."""

    def __init__(self, executor: Executor, folder: Path, settings: Settings) -> None:
        self._executor, self._folder, self._settings = executor, folder, settings
        self._lock = threading.Lock()
        self._made: OrderedDict[tuple[int, str, str], Result] = OrderedDict()

    def of(self, case: Case) -> Result:
        """What would be published of a document. Raises WooAnonError."""
        key = (case.row.number, case.examined.proposal, case.row.standing.digest())
        with self._lock:
            if key in self._made:
                return self._made[key]
        target = self._folder / f"result-{len(self._made)}-{key[0]}-{key[2][:12]}"
        text, decisions = case.examined.document.text, case.ruled.decisions
        suffix, pages = self._executor.submit(
            task.tried, source(case), text, decisions, self._settings, target
        ).result()
        result = Result(target.rename(target.with_suffix(suffix)), pages)
        with self._lock:
            self._made[key] = result
            while len(self._made) > _MOST:
                self._made.popitem(last=False)[1].file.unlink(missing_ok=True)
        return result
