"""A batch of notes, drawn like published ones, with one and with two worker processes.

    python benchmarks/batch.py                       # 1,000 notes, of which one of 441 pages: takes a while
    python benchmarks/batch.py --notes 100 --most-pages 20

Prints documents and pages per second with one worker and with two, and their ratio; the memory of the largest worker
over the first and over the last tenth of the run; and the share of each stage. Uses Linux's /proc.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from long_note import write_folder

EVERY_S = 0.5


def run(source: Path, target: Path, jobs: int, more: list[str]) -> tuple[float, list[dict[str, Any]], list[int]]:
    """Seconds of one run, its documents as JSON, and the memory of its largest worker in MiB, sampled over time."""
    command = [sys.executable, "-m", "woo_anon.cli.app", "redact", str(source), "-o", str(target), "--json", "-q"]
    began = time.perf_counter()
    with subprocess.Popen([*command, "--jobs", str(jobs), *more], stdout=subprocess.PIPE, text=True) as tool:
        samples: list[int] = []
        threading.Thread(target=_sample, args=(tool, samples), daemon=True).start()
        assert tool.stdout is not None
        documents = [json.loads(line) for line in tool.stdout]
    return time.perf_counter() - began, documents, samples


def _sample(tool: subprocess.Popen[str], samples: list[int]) -> None:
    while tool.poll() is None:
        samples.append(max(map(_memory_mb, _children(tool.pid)), default=0))
        time.sleep(EVERY_S)


def _children(parent: int) -> list[int]:
    return [
        int(pid) for listed in Path(f"/proc/{parent}/task").glob("*/children") for pid in listed.read_text().split()
    ]


def _memory_mb(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 // 2**20
    except OSError:
        return 0


def shares(documents: list[dict[str, Any]]) -> dict[str, float]:
    """The share of each stage in the time of all documents."""
    seconds: Counter[str] = Counter()
    for document in documents:
        seconds.update(document["stages"])
    return {stage: spent / seconds.total() for stage, spent in seconds.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="A batch of notes with one worker and with two.")
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--most-pages", type=int, default=441)
    arguments, more = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        pages = write_folder(source, arguments.notes, arguments.most_pages)
        print(f"{arguments.notes} notes, {pages} pages")
        took = {}
        for jobs in (1, 2):
            seconds, documents, samples = run(source, Path(folder) / f"out-{jobs}", jobs, more)
            done = sum(document["exit_code"] == 0 for document in documents)
            took[jobs] = seconds
            tenth = max(1, len(samples) // 10)
            print(
                f"{jobs} worker{'s' * (jobs > 1)}: {seconds:.1f} s, {done} done, {done / seconds:.2f} documents/s,"
                f" {pages / seconds:.1f} pages/s; largest worker {max(samples[1 : tenth + 1])} MiB in the first tenth,"
                f" {max(samples[-tenth:])} MiB in the last"
            )
        print(f"two workers are {took[1] / took[2]:.2f} times as fast as one")
        for stage, share in shares([document for document in documents if "stages" in document]).items():
            print(f"{stage:12}{share:6.1%}")


if __name__ == "__main__":
    main()
