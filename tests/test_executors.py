"""Executors: what a hostile document does to its worker stays with that document."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from woo_anon.errors import LeakError, MissingError, RefusedError, UnreadableError, UsageError
from woo_anon.executors import open_executor, workers
from woo_anon.executors.processes import ProcessesExecutor
from woo_anon.executors.serial import SerialExecutor
from woo_anon.formats import program
from woo_anon.settings import Limits, Settings

# Functions that run in a worker stand at the top of an importable module: here, those of the standard library.
TIGHT = Limits(seconds=20, memory_mb=256)


def test_work_is_done_in_another_process() -> None:
    with ProcessesExecutor(1, TIGHT) as executor:
        assert executor.submit(os.getpid).result() != os.getpid()


def test_a_worker_lives_on_so_that_the_model_is_loaded_once() -> None:
    with ProcessesExecutor(1, TIGHT) as executor:
        assert executor.submit(os.getpid).result() == executor.submit(os.getpid).result()


def test_an_error_of_ours_arrives_whole() -> None:
    with ProcessesExecutor(1, TIGHT) as executor, pytest.raises(LeakError) as raised:
        executor.submit(exec, "from woo_anon.errors import LeakError\nraise LeakError('what', 'remedy')").result()
    assert (raised.value.message, raised.value.remedy) == ("what", "remedy")


def test_a_crash_is_an_error_of_that_call_only() -> None:
    with ProcessesExecutor(1, TIGHT) as executor:
        crashed = executor.submit(ctypes.string_at, 0)
        sound = executor.submit(abs, -1)
        with pytest.raises(UnreadableError, match="SIGSEGV"):
            crashed.result()
        assert sound.result() == 1


def test_a_hang_is_broken_off_at_the_time_limit() -> None:
    with ProcessesExecutor(1, Limits(seconds=1)) as executor:
        began = time.monotonic()
        with pytest.raises(RefusedError, match="longer than 1 s"):
            executor.submit(time.sleep, 60).result()
        assert time.monotonic() - began < 10
        assert executor.submit(abs, -1).result() == 1


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_taking_too_much_memory_is_refused_and_the_worker_goes_on() -> None:
    with ProcessesExecutor(1, TIGHT) as executor:
        with pytest.raises(RefusedError, match="256 MB"):
            executor.submit(bytes, 2**30).result()
        assert executor.submit(abs, -1).result() == 1


def test_what_a_library_prints_neither_shows_nor_disturbs_the_answers(capfd: pytest.CaptureFixture[str]) -> None:
    with ProcessesExecutor(1, TIGHT) as executor:
        executor.submit(os.write, 1, b"a name on stdout").result()
        executor.submit(os.write, 2, b"a name on stderr").result()
        executor.submit(print, "a name").result()
        assert executor.submit(abs, -1).result() == 1
    assert capfd.readouterr() == ("", "")


def test_an_answer_that_cannot_travel_is_an_error_of_that_call_only() -> None:
    with ProcessesExecutor(1, TIGHT) as executor:
        with pytest.raises(Exception, match="pickle"):
            executor.submit(eval, "lambda: 1").result()
        assert executor.submit(abs, -1).result() == 1


def test_an_error_that_cannot_travel_is_told_by_its_type() -> None:
    failing = "class Odd(Exception):\n    def __init__(self, a, b): pass\nraise Odd(1, 2)"
    with ProcessesExecutor(1, TIGHT) as executor:
        with pytest.raises(RuntimeError, match="Odd, which cannot be sent"):
            executor.submit(exec, failing).result()
        assert executor.submit(abs, -1).result() == 1


def test_leaving_by_an_exception_ends_running_work_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), ProcessesExecutor(2, Limits(seconds=60)) as executor:
        running = [executor.submit(time.sleep, 50) for _ in range(4)]
        time.sleep(0.5)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 10
    assert all(future.cancelled() or future.exception() for future in running)


def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = f"""
import os, time
from pathlib import Path
from woo_anon.executors.processes import ProcessesExecutor
from woo_anon.settings import Limits
executor = ProcessesExecutor(1, Limits())
Path({str(tmp_path / "pid")!r}).write_text(str(executor.submit(os.getpid).result()))
executor.submit(exec, "import time\\nwhile True: time.sleep(0.05)")
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", script])
    pid = _appears(tmp_path / "pid")
    time.sleep(0.3)
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not _alive(pid):
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its parent")


def _appears(path: Path) -> int:
    for _ in range(200):
        if path.exists() and path.read_text():
            return int(path.read_text())
        time.sleep(0.05)
    raise AssertionError("no worker started")


def _alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_serial_executor_works_in_this_process() -> None:
    with SerialExecutor() as executor:
        assert executor.submit(os.getpid).result() == os.getpid()


def test_the_serial_executor_keeps_an_error_for_whoever_asks() -> None:
    future = SerialExecutor().submit(int, "no number")
    with pytest.raises(ValueError, match="no number"):
        future.result()


def test_a_cluster_that_does_not_answer_is_told_in_plain_words() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(UsageError, match="No Dask scheduler answers"):
        open_executor(Settings(executor="dask", scheduler="no address"), 1)


def test_without_dask_its_executor_is_told_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingError, match="not installed"):
        open_executor(Settings(executor="dask"), 1)


@pytest.mark.parametrize(("jobs", "documents", "expected"), [(4, 9, 4), (4, 2, 2), (4, 0, 1), (1, 9, 1)])
def test_there_are_never_more_workers_than_documents(jobs: int, documents: int, expected: int) -> None:
    assert workers(Settings(jobs=jobs), documents) == expected


def test_without_a_number_there_are_as_many_workers_as_cores() -> None:
    affinity = getattr(os, "sched_getaffinity", None)
    assert workers(Settings(), 1000) == (len(affinity(0)) if affinity else os.cpu_count())


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told on Linux only")
def test_a_worker_whose_memory_has_grown_is_replaced() -> None:
    growing = "import builtins; builtins.kept = b'x' * (600 * 2**20)"
    with ProcessesExecutor(1, Limits(seconds=20, memory_mb=1024)) as executor:
        first = executor.submit(os.getpid).result()
        assert executor.submit(os.getpid).result() == first
        executor.submit(exec, growing).result()
        assert executor.submit(os.getpid).result() != first


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_program_that_a_worker_started_ends_with_it(tmp_path: Path) -> None:
    running = "echo $$ > pid.part && mv pid.part pid; sleep 300; true"
    with pytest.raises(KeyboardInterrupt), ProcessesExecutor(1, Limits(seconds=60)) as executor:
        executor.submit(program.run, ["/bin/sh", "-c", running], tmp_path, dict(os.environ), 300)
        pid = _appears(tmp_path / "pid")
        assert _alive(pid)
        raise KeyboardInterrupt
    for _ in range(100):
        if not _alive(pid):
            return
        time.sleep(0.1)
    pytest.fail("the program outlived the worker")
