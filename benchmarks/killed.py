"""A batch that is killed again and again, and what it leaves beside an undisturbed one.

    python benchmarks/killed.py [--notes 20] [--kills 20]

Runs a batch once; then the same batch into another folder, killed with SIGKILL at random moments and given again, until
it was killed so often; then once more to its end. Prints how the output folders differ: by no byte, when all is well.
Time is held still (SOURCE_DATE_EPOCH), for the moment of redaction stands in the outputs.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from long_note import write_folder


def command(source: Path, target: Path) -> list[str]:
    """The batch that is run."""
    return [sys.executable, "-m", "woo_anon.cli.app", "redact", str(source), "-o", str(target), "-q", "--jobs", "2"]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of an output folder but the journal's."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("journal."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def main() -> int:
    """Run, kill, compare; 1 when anything differs."""
    parser = argparse.ArgumentParser(description="Kills a batch and compares what it leaves.")
    parser.add_argument("--notes", type=int, default=20)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    with tempfile.TemporaryDirectory() as folder:
        source, calm, killed = (Path(folder) / name for name in ("in", "calm", "killed"))
        write_folder(source, arguments.notes, most_pages=6)
        began = time.perf_counter()
        subprocess.run(command(source, calm), env=environment, check=True)
        whole = time.perf_counter() - began
        choose, done = random.Random(arguments.seed), 0
        while done < arguments.kills:
            tool = subprocess.Popen(command(source, killed), env=environment)
            try:
                # Mostly within what one run needs to start, so that many kills fall into the work.
                if tool.wait(choose.uniform(0.05, 0.6) * whole) == 0 and len(contents(killed)) == len(contents(calm)):
                    subprocess.run(["rm", "-r", str(killed)], check=True)  # it was done: begin again
            except subprocess.TimeoutExpired:
                tool.kill()
                tool.wait()
                done += 1
        subprocess.run(command(source, killed), env=environment, check=True)
        expected, found = contents(calm), contents(killed)
        different = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
        print(f"{arguments.kills} kills, {len(expected)} files, {len(different)} of them different")
        for name in different:
            print(f"    {name}")
        return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
