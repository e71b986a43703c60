"""The Dask executor: the same outputs as on one machine, limits that hold, and workers that may be lost."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from woo_anon.batch import run
from woo_anon.batch.outcome import Outcome
from woo_anon.batch.plan import plan
from woo_anon.discover import discover
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.executors import open_executor
from woo_anon.settings import Limits, Settings

distributed = pytest.importorskip("distributed")
# Fictitious, as everything here: made for these tests.
NOTA = "Opgesteld door\nJanneke Zandvoort\nj.zandvoort@minwes.nl\n\nDe minister verzoekt om een besluit.\n"
LOCAL = Settings(executor="dask", jobs=2, limits=Limits(seconds=60))


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with six documents."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"{NOTA}\nBel 06 1234567{number}.\n", "utf-8")
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, with two workers in processes of their own."""
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
    ]
    told = tmp_path / "scheduler.json"
    started = [_start([*command, "--scheduler-file", str(told)])]
    _appears(told)
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told), "--no-dashboard"]
    options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path / "scratch")]
    started += [_start([*worker, *options]) for _ in range(2)]
    import json

    address = json.loads(told.read_text())["address"]
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    try:
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _appears(path: Path) -> None:
    for _ in range(600):
        if path.exists() and path.read_text().strip():
            return
        time.sleep(0.05)
    raise AssertionError(f"no {path.name}")


def redact(documents: Path, folder: Path, settings: Settings) -> list[Outcome]:
    return list(run.redact(plan(discover([documents]), folder), settings))


def published(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "publication").iterdir()}


def test_two_workers_give_what_one_process_gives(
    documents: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    redact(documents, tmp_path / "serial", Settings(executor="serial"))
    outcomes = redact(documents, tmp_path / "dask", Settings(executor="dask", scheduler=cluster[0]))
    assert [outcome.failure for outcome in outcomes] == [None] * 6
    assert published(tmp_path / "dask") == published(tmp_path / "serial")


def test_a_worker_that_is_killed_in_the_middle_changes_nothing(
    documents: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    redact(documents, tmp_path / "serial", Settings(executor="serial"))
    works = plan(discover([documents]), tmp_path / "dask")
    running = run.redact(works, Settings(executor="dask", scheduler=cluster[0], dossier=False))
    first = next(running)
    cluster[1][0].send_signal(signal.SIGKILL)
    outcomes = [first, *running]
    assert [outcome.failure for outcome in outcomes] == [None] * 6
    redact(documents, tmp_path / "alone", Settings(executor="serial", dossier=False))
    assert published(tmp_path / "dask") == published(tmp_path / "alone")
    assert not [path for path in (tmp_path / "dask").rglob("*") if path.name.startswith(".woo-anon-")]


def test_without_an_address_a_cluster_starts_in_this_process_that_nobody_else_can_reach(
    documents: Path, tmp_path: Path
) -> None:
    with open_executor(LOCAL, 2) as executor:
        assert executor.submit(os.getpid).result() != os.getpid()
        assert {row.partition(":")[0] for row in _listening()} <= {"0100007F"}  # 127.0.0.1
    outcomes = redact(documents, tmp_path / "out", LOCAL)
    assert [outcome.failure for outcome in outcomes] == [None] * 6


def _listening() -> list[str]:
    """Sockets of this process that listen, as Linux tells them."""
    table = Path("/proc/self/net/tcp")
    if not table.exists():
        return []
    own = {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.exists()}
    rows = [line.split() for line in table.read_text().splitlines()[1:]]
    return [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in own]


def test_limits_hold_on_a_cluster_and_a_crash_costs_no_worker() -> None:
    with open_executor(Settings(executor="dask", jobs=1, limits=Limits(seconds=2)), 1) as executor:
        crashed = executor.submit(ctypes.string_at, 0)
        late = executor.submit(time.sleep, 60)
        with pytest.raises(UnreadableError, match="SIGSEGV"):
            crashed.result()
        with pytest.raises(RefusedError, match="longer than 2 s"):
            late.result()
        assert executor.submit(abs, -1).result() == 1
