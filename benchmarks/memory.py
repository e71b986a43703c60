"""The most memory that this process has taken so far."""

from __future__ import annotations

import resource
import sys


def peak_mb() -> float:
    """Largest resident set size in MB (10^6 bytes). getrusage(2) counts in KiB on Linux, in bytes on macOS."""
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest / 1e6 if sys.platform == "darwin" else largest * 1024 / 1e6
