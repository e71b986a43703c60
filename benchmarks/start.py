"""Prints how long `woo-anon --help` takes, beside a bare start of the same Python.

python benchmarks/start.py --repeat 20
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("woo-anon")


def seconds(command: list[str], repeat: int) -> list[float]:
    """Wall-clock seconds of each run, after one run that fills the caches."""
    taken = []
    for _ in range(repeat + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - began)
    return taken[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description="Times the start of the program.")
    parser.add_argument("--repeat", type=int, default=10)
    repeat = parser.parse_args().repeat
    bare = statistics.median(seconds([sys.executable, "-c", "pass"], repeat))
    whole = seconds([str(PROGRAM), "--help"], repeat)
    median = statistics.median(whole)
    print(
        f"woo-anon --help: median {median:.3f} s, slowest {max(whole):.3f} s; {median / bare:.1f} times a bare Python"
    )


if __name__ == "__main__":
    main()
