"""Running another program on a file: without a terminal, with a time limit, and with an end to all that it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

LIBREOFFICE = (
    "Install LibreOffice (Debian, Ubuntu: sudo apt install libreoffice-writer-nogui;"
    " macOS: brew install --cask libreoffice)."
)


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> int:
    """Run a program in `folder`, with nothing but this environment; `seconds` at most. Returns its exit code.

    What it prints goes nowhere, for it could hold text of a document. Raises subprocess.TimeoutExpired.
    """
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    finally:
        # Programs outlive the one that was started: `soffice` is a script that starts another.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
