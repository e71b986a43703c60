"""The workers of a run, and the threads that wait for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TypeVar

from woo_anon.batch.progress import Progress
from woo_anon.executors import open_executor, workers
from woo_anon.settings import Settings

_T = TypeVar("_T")
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Pool:
    """The workers, who live on from one step to the next, and the threads that wait for them."""

    settings: Settings
    executor: Executor
    threads: Executor | None  # None: one document after the other
    progress: Progress
    stop: threading.Event

    def call(self, function: Callable[..., _T], *arguments: object) -> _T:
        """Have a worker do something, and wait for it."""
        return self.executor.submit(function, *arguments).result()

    def each(self, step: str, handle: Callable[[_Item], _T], items: Sequence[_Item]) -> Iterator[_T]:
        """Handle every item, and give the results in order; once `stop` is set no item is begun."""
        self.progress.begin(step, len(items))

        def one(item: _Item) -> list[_T]:
            if self.stop.is_set():
                return []
            result = handle(item)
            self.progress.advance()
            return [result]

        for results in map(one, items) if self.threads is None else self.threads.map(one, items):
            yield from results


@contextmanager
def opened_pool(documents: int, settings: Settings, progress: Progress) -> Iterator[Pool]:
    stop = threading.Event()
    with ExitStack() as stack:
        # The executor is left first: when the run is broken off its children are ended before the threads clean up.
        threads = None
        if settings.executor != "serial":
            threads = stack.enter_context(ThreadPoolExecutor(workers(settings, documents)))
        executor = stack.enter_context(open_executor(settings, documents))
        try:
            yield Pool(settings, executor, threads, progress, stop)
        except BaseException:
            stop.set()
            raise
