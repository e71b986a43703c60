"""Where a document's work runs: each choice is a concurrent.futures.Executor.

serial      in this process, one after the other; no limits, and a crash of a native library is a crash of the tool
processes   in child processes that live on, with a limit of time and memory per call; a child that crashes, hangs or
            takes too much is ended and replaced, and only its call fails
dask        the same on the workers of a Dask cluster, each with child processes of its own
"""

from __future__ import annotations

import os
from concurrent.futures import Executor

from woo_anon.settings import Settings

_MOST_WAITING = 256  # documents that are with a cluster at once


def open_executor(settings: Settings, documents: int) -> Executor:
    """The executor that `settings` names, for a run over `documents` documents.

    Raises MissingError for one that is not installed, and UsageError for a cluster that does not answer.
    """
    if settings.executor == "serial":
        from woo_anon.executors.serial import SerialExecutor

        return SerialExecutor()
    if settings.executor == "dask":
        from woo_anon.executors.dask import open_cluster

        return open_cluster(settings.scheduler, _jobs(settings), settings.limits)
    from woo_anon.executors.processes import ProcessesExecutor

    return ProcessesExecutor(workers(settings, documents), settings.limits)


def workers(settings: Settings, documents: int) -> int:
    """How many documents are handed out at once: never more than there are."""
    if settings.executor == "serial":
        return 1
    # How many workers a cluster has only it knows, and it may grow.
    return max(1, min(_MOST_WAITING if settings.executor == "dask" else _jobs(settings), documents))


def _jobs(settings: Settings) -> int:
    return settings.jobs or _processors()


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
