"""Work done on the workers of a Dask cluster: other machines, or threads of this process.

A worker gives every call to a child process of its own, so that limits hold there too and a document that crashes a
library costs no worker. A worker that is lost is the scheduler's affair: its documents run again elsewhere.
"""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from woo_anon.errors import MissingError, UnreadableError, UsageError
from woo_anon.executors.child import Child
from woo_anon.settings import Limits

P = ParamSpec("P")
T = TypeVar("T")

_ANSWER_S = 30  # for a scheduler to answer
_MOST_WAITING = 256
_OWN = threading.local()  # the child process of each thread of a worker


def open_cluster(scheduler: str, jobs: int, limits: Limits) -> DaskExecutor:
    """An executor on the cluster whose scheduler has the address `scheduler`; "" starts one in this process
    that does `jobs` calls at once.

    Raises MissingError without Dask, and UsageError when the address is none or nobody answers there.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise MissingError("Dask is not installed.", "pip install 'woo-anon[dask]'") from None
    # Its warnings quote the arguments of calls, and tell of workers that come and go.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        if not scheduler:
            cluster = _in_this_process(distributed, jobs)
            return DaskExecutor(distributed.Client(cluster, set_as_default=False), limits, cluster)
        return DaskExecutor(distributed.Client(scheduler, timeout=_ANSWER_S, set_as_default=False), limits)
    except (OSError, TimeoutError, ValueError):
        raise UsageError(
            f"No Dask scheduler answers at {scheduler}.", "Give its address as tcp://host:8786 or tls://host:8786."
        ) from None


def _in_this_process(distributed: Any, jobs: int) -> Any:
    """A cluster of `jobs` threads that talk within this process.

    Dask cannot do without its web servers: they listen on this machine alone, and serve nothing.
    """
    dask: Any = importlib.import_module("dask")
    here = "127.0.0.1:0"
    with dask.config.set({"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}):
        return distributed.LocalCluster(
            n_workers=1,
            threads_per_worker=jobs,
            processes=False,
            dashboard_address=here,
            worker_dashboard_address=here,
            scheduler_kwargs={"dashboard": False},
            silence_logs=logging.CRITICAL,
        )


class DaskExecutor(Executor):
    """Does the work on a cluster. Leaving the `with` block by an exception cancels what is not done."""

    def __init__(self, client: Any, limits: Limits, cluster: Any = None) -> None:
        self._client, self._limits, self._cluster = client, limits, cluster
        self._threads = ThreadPoolExecutor(_MOST_WAITING, thread_name_prefix="woo-anon")
        self._pending: set[Any] = set()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        remote = self._client.submit(_in_child, self._limits, fn, args, kwargs, pure=False)
        self._pending.add(remote)
        return self._threads.submit(self._result, remote)

    def _result(self, remote: Any) -> Any:
        from distributed import CancelledError, KilledWorker

        try:
            succeeded, value = remote.result()
        except KilledWorker:
            raise UnreadableError(
                "every worker that was given it was lost.", "Look at the logs of the cluster's workers."
            ) from None
        except CancelledError:
            raise InterruptedError("the run was broken off") from None
        finally:
            self._pending.discard(remote)
        if not succeeded:
            raise value
        return value

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self._client.cancel(list(self._pending), force=True)
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.shutdown(wait=True, cancel_futures=kind is not None)


def _in_child(limits: Limits, function: Callable[..., Any], args: Any, kwargs: Any) -> tuple[bool, Any]:
    """Runs in a worker. Errors are answers: what a worker raises, Dask would print with the arguments."""
    child: Child | None = getattr(_OWN, "child", None)
    if child is None:
        child = _OWN.child = Child(limits)
    try:
        return True, child.call(function, args, kwargs)
    except Exception as error:
        return False, error
