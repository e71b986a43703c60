"""Redacts four random words on page 1 of every PDF in a folder, and prints what became of the files.

    python benchmarks/redact_a_folder.py FOLDER
    python benchmarks/redact_a_folder.py FOLDER --seed 2 --json results.jsonl --jobs 2

Meant for public collections of test files (see README.md): odd, broken and hostile ones. The words are the same on
every run with the same seed. Every file has a child process with limits of time and memory. What is looked at
afterwards: the output's text with PDFium, pypdf and, where there is one, poppler; its pages beside the source's.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import asdict
from pathlib import Path

FOLDER = Path(__file__).parent
# The children import what they are to do, and have no working folder on their path.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(FOLDER), os.environ.get("PYTHONPATH"))))

from one_pdf import Outcome, redact_words  # noqa: E402

from woo_anon.errors import RefusedError  # noqa: E402
from woo_anon.executors.processes import ProcessesExecutor  # noqa: E402
from woo_anon.settings import Limits  # noqa: E402

SECONDS = 120
MEMORY_MB = 4096
LARGER = 1.2
NO_MATTER = 4096  # bytes that every output may have more than its source: metadata, a font for the labels
# Messages of refusals that are right: nothing but another file would help.
RIGHTLY = re.compile(
    r"password|signed|XFA|portfolio|cannot be read|broken|no PDF|empty|expands|has no pages|circle|draws itself|"
    r"comment covers text"
)


def outcome(future: Future[Outcome]) -> Outcome:
    """The file's outcome; that of a child that died or was ended is a crash or a hang."""
    try:
        return future.result()
    except RefusedError as error:  # by the executor: those of the reader are outcomes
        return Outcome("hang", re.sub(r"\d+", "N", error.message))
    except Exception as error:
        return Outcome("crash", f"{type(error).__name__}: {re.sub(r'[0-9]+', 'N', str(error))[:80]}")


def run(files: Sequence[Path], jobs: int, seed: int, keep_layout: bool) -> dict[Path, Outcome]:
    found: dict[Path, Outcome] = {}
    with ProcessesExecutor(jobs, Limits(seconds=SECONDS, memory_mb=MEMORY_MB)) as executor:
        due = {executor.submit(redact_words, file, seed, keep_layout): file for file in files}
        for future in as_completed(due):
            found[due[future]] = outcome(future)
    return {file: found[file] for file in files}


def show(found: Sequence[Outcome]) -> None:
    by_kind: dict[str, list[Outcome]] = {}
    for one in found:
        by_kind.setdefault(one.kind, []).append(one)
    refused = by_kind.get("refused", [])
    rightly = [one for one in refused if RIGHTLY.search(one.reason)]
    wrongly = [one for one in refused if not RIGHTLY.search(one.reason)]
    counted = [one for one in found if one.has_text and one not in rightly]
    _row("files", len(found))
    _row("refused rightly", len(rightly), reasons=rightly)
    _row("without a word on page 1", sum(not one.has_text for one in found if one not in rightly))
    _row("left: with text", len(counted))
    _row("  redacted without image", len(by_kind.get("redacted", [])), len(counted))
    for name, kind in (("page as image", "image"), ("stopped by verification", "stopped")):
        _row(f"  {name}", len(by_kind.get(kind, [])), len(counted), by_kind.get(kind, []))
    _row("  refused wrongly", len(wrongly), len(counted), wrongly)
    for kind in ("crash", "hang"):
        _row(f"  {kind}", len(by_kind.get(kind, [])), len(counted), by_kind.get(kind, []))
    _show_outputs([one for one in found if one.kind in {"redacted", "image"}])


def _show_outputs(outputs: Sequence[Outcome]) -> None:
    if not outputs:
        return
    _row("outputs", len(outputs))
    _row("  leak", sum(bool(one.leaks) for one in outputs))
    _row("  looks different outside the boxes", sum(bool(one.changed) for one in outputs), len(outputs))
    ratios = [one.size_after / one.size_before for one in outputs]
    larger = sum(one.size_after > LARGER * one.size_before + NO_MATTER for one in outputs)
    print(f"  size: median {statistics.median(ratios):.2f}; over {LARGER} times (and 4 kB) {larger / len(ratios):.1%}")
    print(f"  boxes as wide as their words: {statistics.mean(one.exact for one in outputs):.1%}")
    single = [1000 * one.redact_s for one in outputs if one.pages == 1]
    pages = sum(one.pages for one in outputs)
    for name in ("read_s", "redact_s"):
        print(
            f"  {name[:-2]}: {1000 * sum(getattr(one, name) for one in outputs) / pages:.1f} ms a page ({pages} pages)"
        )
    if single:
        print(f"  write and verify, files of one page: median {statistics.median(single):.0f} ms")


def _row(name: str, count: int, of: int | None = None, reasons: Iterable[Outcome] = ()) -> None:
    share = f"{count / of:>8.1%}" if of else ""
    print(f"{name:<38}{count:>6}{share}")
    for reason, times in Counter(one.reason for one in reasons).most_common():
        print(f"      {times:>4}  {reason}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Redacts words of every PDF in a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, help="file for one JSON object per document")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1, help="chooses the words")
    parser.add_argument("--keep-layout", action="store_true", help="boxes as wide as their words, lines not moved")
    arguments = parser.parse_args()
    files = sorted(path for path in arguments.folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
    found = run(files, arguments.jobs, arguments.seed, arguments.keep_layout)
    if arguments.json:
        rows = ({"file": str(file), **asdict(one)} for file, one in found.items())
        arguments.json.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    show(list(found.values()))


if __name__ == "__main__":
    main()
