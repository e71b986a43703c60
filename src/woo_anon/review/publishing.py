"""Writing the folder again with what was decided, while the application goes on: what `redact --apply` does."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from woo_anon.batch import again, run
from woo_anon.batch.outcome import Outcome
from woo_anon.errors import WooAnonError


@dataclass(frozen=True)
class Progress:
    """How far the writing is. `failures` are messages without text of documents."""

    running: bool = False
    done: int = 0
    documents: int = 0
    results: tuple[tuple[str, int], ...] = ()
    failures: tuple[str, ...] = ()
    began: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "running": self.running,
            "done": self.done,
            "documents": self.documents,
            "results": dict(self.results),
            "failures": list(self.failures),
            "began": self.began,
        }


@dataclass
class Publishing:
    """Writes an output folder, one time at once."""

    folder: Path
    _progress: Progress = field(default_factory=Progress)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def progress(self) -> Progress:
        with self._lock:
            return self._progress

    def start(self) -> bool:
        """Begin, unless it is at work already."""
        with self._lock:
            if self._progress.running:
                return False
            self._progress = Progress(running=True, began=True)
        threading.Thread(target=self._write, name="publishing", daemon=True).start()
        return True

    def _write(self) -> None:
        try:
            asked = list(again.all_works(str(self.folder)))
            self._set(documents=sum(len(works) for works, _, _ in asked))
            for works, settings, request in asked:
                with closing(run.redact(works, settings, request=request)) as running:
                    for outcome in running:
                        self._count(outcome)
        except WooAnonError as error:
            self._set(failures=(f"{error.message} {error.remedy}",))
        finally:
            self._set(running=False)

    def _set(self, **values: Any) -> None:
        with self._lock:
            self._progress = replace(self._progress, **values)

    def _count(self, outcome: Outcome) -> None:
        with self._lock:
            now = self._progress
            results = Counter(dict(now.results)) + Counter({outcome.result.value: 1})
            failures = (*now.failures, outcome.failure.message) if outcome.failure else now.failures
            self._progress = replace(
                now, done=now.done + 1, results=tuple(sorted(results.items())), failures=failures[:50]
            )
