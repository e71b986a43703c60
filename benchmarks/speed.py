"""Prints how fast each stage is, on the samples and on a long note, and the most memory the process took.

    export OPENBLAS_NUM_THREADS=1                   # as in the child processes of a batch
    python benchmarks/speed.py                      # samples, and a note of 50 pages
    python benchmarks/speed.py --pages 200 --repeat 5
    python benchmarks/speed.py --json               # one JSON object per document and stage

Every stage is timed on its own in this process, in seconds of the processor; of `--repeat` runs the fastest counts,
since whatever else the machine does can only slow a run down. With more threads than processors that are free, NumPy's
wait for each other, and detection takes several times as long. `share` is the stage's part of the document's total in
the same run: it compares between machines, seconds do not. The model is loaded beforehand and reported apart. Needs
reportlab (in the `test` extra).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from long_note import write_long_note
from memory import peak_mb

from woo_anon import pipeline, recording, stages, verify
from woo_anon.formats import by_key, recognise
from woo_anon.people.resolve import resolve
from woo_anon.policy import profile as profiles
from woo_anon.policy.decide import Terms, decide
from woo_anon.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
T = TypeVar("T")


@dataclass(frozen=True)
class Timing:
    """One stage of one document. `share` is a part of 1."""

    document: str
    stage: str
    seconds: float
    share: float
    pages: int
    words: int

    @property
    def pages_per_s(self) -> float:
        return self.pages / self.seconds

    @property
    def words_per_s(self) -> float:
        return self.words / self.seconds


class Clock:
    """Times calls by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, call: Callable[[], T]) -> T:
        began = time.process_time()
        result = call()
        self.seconds[stage] = time.process_time() - began
        return result


def run_once(source: Path, folder: Path, settings: Settings) -> tuple[Clock, int, int]:
    """All stages on `source`, with their seconds, the number of pages and of words."""
    clock = Clock()
    profile = profiles.load(settings.profile)
    staged = stages.Plan(source, *(folder / name for name in ("out" + source.suffix, "log.json", "report.html")))
    document = clock.time("read", lambda: recognise(source).read(source))
    detection = clock.time("detect", lambda: pipeline.detector().detect(document))
    persons = clock.time("people", lambda: resolve(document, detection.findings, detection.zones))
    decisions = clock.time("decide", lambda: decide(document, detection.findings, persons, profile, Terms()))
    removals = pipeline.redactions(document, decisions)
    write = by_key(document.format).write
    written = clock.time("redact", lambda: write(source, staged.publication, document, removals))
    checked = clock.time("verify", lambda: verify.verify(source, staged.publication, document, written.redactions))
    if not checked.passed:
        raise SystemExit(f"{source.name}: verification failed, so there is nothing to time")
    seen = stages.Examination(document, detection.findings, detection.zones, persons, decisions, decisions)
    clock.time(
        "report",
        lambda: recording.record(staged, staged, seen, stages.Redacted(source, written, checked), settings),
    )
    return clock, len(document.pages), len(document.text.split())


def timings(source: Path, repeat: int) -> Iterator[Timing]:
    """The stages of the fastest of `repeat` runs, and their total."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [run_once(source, Path(folder), Settings()) for _ in range(repeat)]
    clock, pages, words = min(runs, key=lambda run: sum(run[0].seconds.values()))
    total = sum(clock.seconds.values())
    for stage, seconds in (*clock.seconds.items(), ("total", total)):
        yield Timing(source.name, stage, seconds, seconds / total, pages, words)


def show(timing: Timing) -> str:
    return (
        f"{timing.document:<22}{timing.stage:<8}{timing.seconds:>9.3f} s{timing.share:>7.0%}"
        f"{timing.pages_per_s:>11.1f}{timing.words_per_s:>12.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Times every stage.")
    parser.add_argument("--pages", type=int, default=50, help="length of the long note")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    clock = Clock()
    clock.time("model", pipeline.detector)
    print(
        "" if arguments.json else f"{'document':<22}{'stage':<8}{'time':>11}{'share':>7}{'pages/s':>11}{'words/s':>12}"
    )
    with tempfile.TemporaryDirectory() as folder:
        long_note = write_long_note(Path(folder) / "long-note.pdf", arguments.pages)
        for source in (*sorted(SAMPLES.glob("*.pdf")), *sorted(SAMPLES.glob("*.txt")), long_note):
            for timing in timings(source, arguments.repeat):
                print(json.dumps(timing.__dict__) if arguments.json else show(timing))
    if not arguments.json:
        print(f"model loaded in {clock.seconds['model']:.2f} s; most memory {peak_mb():.0f} MB")


if __name__ == "__main__":
    main()
