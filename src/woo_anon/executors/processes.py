"""Work done in child processes of this one, which live on: the model is loaded once in each.

The pool of the standard library gives up all its work when one child dies; that is why there is one of our own.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from woo_anon.executors.child import Child
from woo_anon.settings import Limits

P = ParamSpec("P")
T = TypeVar("T")


class ProcessesExecutor(Executor):
    """Does the work in up to `workers` child processes, started when first needed.

    A call whose child hangs or takes too much raises RefusedError, one whose child crashes UnreadableError: it is the
    document that made it do so. Leaving the `with` block by an exception ends all children at once.
    """

    def __init__(self, workers: int, limits: Limits) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="woo-anon")
        self._idle: queue.LifoQueue[Child] = queue.LifoQueue()
        self._children = [Child(limits) for _ in range(workers)]
        for child in self._children:
            self._idle.put(child)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return self._threads.submit(self._call, fn, args, kwargs)

    def _call(self, function: Callable[..., T], args: Any, kwargs: Any) -> T:
        child = self._idle.get()
        try:
            result: T = child.call(function, args, kwargs)
            return result
        finally:
            self._idle.put(child)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        for child in self._children:
            child.close()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            for child in self._children:
                child.kill(for_good=True)
        self.shutdown(wait=True, cancel_futures=kind is not None)
