"""One child process that does one call at a time, with limits of time and memory.

Calls and results travel as pickles over the child's standard input and output; what libraries print in a child goes
nowhere, for it could hold text of a document. When the parent is gone a child stops what it does, cleans up and ends.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.settings import Limits

T = TypeVar("T")

_GRACE_S = 2.0  # for a child to clean up once its parent is gone
_GROWTH_MB = 512  # a child that holds so much more than after its first call is replaced
_START = "from woo_anon.executors.child import serve; serve()"


class Child:
    """One child process: started when first called, started again after it was lost or grew too much."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._first_mb: int | None = None  # memory that it held after its first call
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ended = False

    def call(self, function: Callable[..., T], args: Any, kwargs: Any) -> T:
        request = pickle.dumps((function, args, kwargs))
        process = self._running()
        late = threading.Event()
        clock = threading.Timer(self._limits.seconds, _end_late, (process, late))
        clock.daemon = True
        clock.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(request)
            process.stdin.flush()
            succeeded, value, memory_mb = pickle.load(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            process.kill()
            raise self._lost(process.wait(), late.is_set()) from None
        except BaseException:
            process.kill()  # what is left of the answer would be taken for the next one
            process.wait()
            raise
        finally:
            clock.cancel()
        self._recycle(memory_mb)
        if not succeeded:
            raise value
        return value  # type: ignore[no-any-return]

    def _recycle(self, memory_mb: int) -> None:
        """End the process when its memory has grown: libraries that leak must not fill the machine in a long run."""
        self._first_mb = self._first_mb or memory_mb
        if memory_mb > self._first_mb + _GROWTH_MB:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._ended:
                raise InterruptedError("the run was broken off")
            if self._process is None or self._process.poll() is not None:
                self._process, self._first_mb = _start(self._limits), None
            return self._process

    def _lost(self, code: int, late: bool) -> Exception:
        if late:
            return RefusedError(
                f"took longer than {self._limits.seconds} s and was broken off.",
                "Raise limits.seconds in the settings, or split the document.",
            )
        if code == _OUT_OF_MEMORY:
            return _out_of_memory(self._limits)
        how = signal.Signals(-code).name if code < 0 else f"code {code}"
        return UnreadableError(
            f"handling it crashed a library ({how}).", "The file is probably broken: export it again."
        )

    def kill(self, *, for_good: bool = False) -> None:
        with self._lock:
            self._ended = self._ended or for_good
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Let it end in its own time, or end it; for good."""
        self._ended = True
        self._end()

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                stream and stream.close()
        try:
            process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    # -P: a file in the working folder must never be taken for a module. A session of its own: Ctrl-C reaches the parent
    # alone, which then ends its children in order.
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START, str(limits.memory_mb)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **os.environ},
        start_new_session=True,
    )


# ── In the child ──────────────────────────────────────────────────────────────────────────────────────────────────────

_OUT_OF_MEMORY = 86  # exit code by which a child says that not even an answer fitted in its memory


def serve() -> None:
    """The child's main function: calls from standard input, answers on standard output, until the parent is gone."""
    # Descriptors of its own: the interpreter's streams are locked by the listening thread while it shuts down.
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    memory_mb = int(sys.argv[1])
    calls: queue.SimpleQueue[Any] = queue.SimpleQueue()
    working = threading.Event()
    threading.Thread(target=_listen, args=(calls, working, requests), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        for function, args, kwargs in iter(calls.get, None):
            working.set()
            _limit_memory(memory_mb)
            answer = _answer(function, args, kwargs, memory_mb)
            working.clear()
            answers.write(answer)
            answers.flush()


def _listen(calls: queue.SimpleQueue[Any], working: threading.Event, stream: IO[bytes]) -> None:
    while True:
        try:
            calls.put(pickle.load(stream))
        except EOFError:
            break
    calls.put(None)
    if working.is_set():
        _thread.interrupt_main()  # the main thread leaves its work by KeyboardInterrupt and cleans up
    time.sleep(_GRACE_S)
    os._exit(1)


def _answer(function: Callable[..., Any], args: Any, kwargs: Any, memory_mb: int) -> bytes:
    try:
        return pickle.dumps((True, function(*args, **kwargs), _memory_mb()))
    except MemoryError:
        failure: Exception = _out_of_memory(Limits(memory_mb=memory_mb))
    except Exception as error:
        failure = error
    try:
        answer = pickle.dumps((False, failure, _memory_mb()))
        pickle.loads(answer)  # many exceptions can be packed and not unpacked
        return answer
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except Exception:
        told = RuntimeError(f"{type(failure).__name__}, which cannot be sent to the parent")
        return pickle.dumps((False, told, _memory_mb()))


def _out_of_memory(limits: Limits) -> RefusedError:
    return RefusedError(
        f"takes more than {limits.memory_mb} MB of memory.",
        "Raise limits.memory_mb in the settings, or split the document.",
    )


def _limit_memory(memory_mb: int) -> None:
    """Let this process grow by `memory_mb` MiB of address space from what it has now. No limit but on Linux."""
    try:
        import resource

        address_space, _ = _memory_pages()
    except (ImportError, OSError):
        return
    soft = address_space * resource.getpagesize() + memory_mb * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _memory_pages() -> tuple[int, int]:
    """Pages of address space and of memory that this process has. Raises OSError but on Linux."""
    address_space, resident, *_ = map(int, Path("/proc/self/statm").read_text("ascii").split())
    return address_space, resident


def _memory_mb() -> int:
    """MiB of memory that this process has; 0 where that cannot be told."""
    try:
        import resource

        return _memory_pages()[1] * resource.getpagesize() // 2**20
    except (ImportError, OSError):
        return 0
