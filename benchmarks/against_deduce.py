"""Prints words per second of the whole examination beside deduce's on the same texts in the same run, and the memory.

    python benchmarks/against_deduce.py                  # the training corpus and the samples
    python benchmarks/against_deduce.py FOLDER --repeat 5   # gold documents of one's own
    python benchmarks/against_deduce.py --join 30000     # the same text in long documents of 30,000 words or more

deduce (PyPI; Menger et al. 2018) is the open-source tool for Dutch medical text. Ours is `pipeline.examine_document`:
Presidio, tagger, recognisers, who is who, decisions; deduce's is `deidentify` with all its annotators and its own
lists, without a patient's name. Each runs in a process of its own on one core, the two in turn. Loading and reading of
files are left out of the rate (how long loading takes is printed beside it); the time is that of the processor, so
that other work on the machine counts less, and of `--repeat` rounds the fastest counts. Needs the `benchmark` extra.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from memory import peak_mb

ROOT = Path(__file__).parents[1]
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}


@dataclass(frozen=True)
class Measured:
    """One tool on all texts: processor seconds to load it and of its fastest round, most memory of its process in MB
    (10^6 bytes)."""

    tool: str
    documents: int
    words: int
    load_seconds: float
    seconds: float
    peak_mb: float

    @property
    def words_per_s(self) -> float:
        return self.words / self.seconds


def texts(folder: Path) -> list[str]:
    """The texts of the gold documents in `folder` and of the samples."""
    from woo_anon.evaluation.gold import read
    from woo_anon.formats import recognise

    samples = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".pdf", ".txt"))
    return [*(gold.text for gold in read(folder)), *(recognise(path).read(path).text for path in samples)]


def joined(documents: Sequence[str], words: int) -> list[str]:
    """The documents put together to texts of at least `words` words; the last one may be shorter."""
    parts: list[list[str]] = [[]]
    count = 0
    for document in documents:
        if parts[-1] and count >= words:
            parts.append([])
            count = 0
        parts[-1].append(document)
        count += len(document.split())
    return ["\n\n".join(part) for part in parts]


def ours() -> Callable[[str], object]:
    from woo_anon.document import Document, Page
    from woo_anon.pipeline import examine_document
    from woo_anon.settings import Settings

    settings = Settings()

    def examine(text: str) -> object:
        return examine_document(Document("text.txt", "text", text, (Page(1, 0, len(text)),)), settings)

    return examine


def deduce() -> Callable[[str], object]:
    from deduce import Deduce

    deidentify: Callable[[str], object] = Deduce().deidentify
    return deidentify


TOOLS = {"woo-anon": ours, "deduce": deduce}


def serve(tool: str) -> None:
    """Child: reads the texts from standard input, says that it is ready, then answers every line with one round."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what libraries print is no answer
    documents: list[str] = json.loads(sys.stdin.readline())
    began = time.process_time()
    examine = TOOLS[tool]()
    examine("Aan: mevrouw Jansen")  # what is loaded when first needed
    print(json.dumps([time.process_time() - began, peak_mb()]), file=answers, flush=True)  # ready
    for _ in sys.stdin:
        began = time.process_time()
        for document in documents:
            examine(document)
        print(json.dumps([time.process_time() - began, peak_mb()]), file=answers, flush=True)


class Child:
    """A tool in a process of its own, on one core where the system allows it."""

    def __init__(self, tool: str, documents: Sequence[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--serve", tool],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ONE_THREAD},
            text=True,
        )
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(self._process.pid, {max(os.sched_getaffinity(0))})
        self._write(json.dumps(documents))
        self.load_seconds, _ = self._answer()  # ready: the next child starts when this one is idle

    def round(self) -> tuple[float, float]:
        """Seconds that all documents took, and the most memory so far."""
        self._write("")
        return self._answer()

    def _answer(self) -> tuple[float, float]:
        assert self._process.stdout is not None
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit("a tool ended before it was done; is the benchmark extra installed?")
        seconds, memory = json.loads(answer)
        return seconds, memory

    def close(self) -> None:
        self._process.communicate()

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()


def measure(documents: Sequence[str], repeat: int) -> list[Measured]:
    """Both tools on `documents`, in turn, `repeat` rounds each."""
    children = {tool: Child(tool, documents) for tool in TOOLS}
    rounds = [{tool: child.round() for tool, child in children.items()} for _ in range(repeat)]
    for child in children.values():
        child.close()
    words = sum(len(document.split()) for document in documents)
    return [
        Measured(
            tool,
            len(documents),
            words,
            children[tool].load_seconds,
            min(each[tool][0] for each in rounds),
            max(each[tool][1] for each in rounds),
        )
        for tool in TOOLS
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="Times woo-anon beside deduce.")
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "models" / "corpus", help="gold documents")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--join", type=int, default=0, metavar="WORDS", help="join documents to texts of so many words")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", choices=TOOLS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.serve:
        serve(arguments.serve)
        return
    results = measure(joined(texts(arguments.folder), arguments.join), arguments.repeat)
    for result in results:
        line = f"{result.tool:<10}{result.words_per_s:>9.0f} words/s{result.peak_mb:>8.0f} MB at most"
        line += f"{result.load_seconds:>8.1f} s to load"
        print(json.dumps({**asdict(result), "words_per_s": result.words_per_s}) if arguments.json else line)
    if not arguments.json:
        first = results[0]
        ratio = first.words_per_s / results[1].words_per_s
        print(f"{first.documents} documents, {first.words} words: {ratio:.1f} times deduce's words/s")


if __name__ == "__main__":
    main()
