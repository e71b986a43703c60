"""Running another program on a file: without a terminal, with a time limit, and with an end to all that it started,
whatever becomes of this process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

LIBREOFFICE = (
    "Install LibreOffice (Debian, Ubuntu: sudo apt install libreoffice-writer-nogui;"
    " macOS: brew install --cask libreoffice)."
)
# A guard reads from us until nobody holds the other end any more, then kills the group.
_GUARD = 'read -r _; kill -s KILL -- "-$1"'


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
        with _ended_with_us(process.pid):
            return process.wait(seconds)
    finally:
        # Programs outlive the one that was started: `soffice` is a script that starts another.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def _ended_with_us(group: int) -> Iterator[None]:
    """Within the block a process group ends when this process does, whatever ends it."""
    with subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, "sh", str(group)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as guard:
        try:
            yield
        finally:
            guard.kill()
