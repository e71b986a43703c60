"""What the commands print: what was asked for to stdout, all the rest to stderr; no document text in the latter."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from woo_anon.batch.outcome import Failure
from woo_anon.batch.progress import SILENT, Progress

if TYPE_CHECKING:
    from rich.console import Console

_FILE_WIDTH = 160  # characters a line where the table goes to a file
_LINE_EVERY_S = 60


def say(line: str) -> None:
    """One line to stderr."""
    print(printable(line), file=sys.stderr, flush=True)


def put(line: str) -> None:
    """One line to stdout."""
    print(printable(line), flush=True)


def put_json(value: Any) -> None:
    """One JSON object as one line to stdout, in ASCII, so that no terminal or locale can spoil it."""
    print(json.dumps(value), flush=True)


def console() -> Console:
    """Where tables are printed: stdout, as wide as the terminal, or wide enough for a file."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else _FILE_WIDTH)


def printable(text: str) -> str:
    """`text` without anything that steers a terminal or breaks the line: file names may hold such things."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def complain(message: str, remedy: str = "", frames: Iterable[str] = (), *, verbose: bool = False) -> None:
    """An error, as one line to stderr; under -v the places it passed as well."""
    say(f"woo-anon: {message} {remedy}".rstrip())
    if verbose:
        for frame in frames:
            say(f"    {frame}")


def complain_of(failure: Failure, *, verbose: bool) -> None:
    """A document's failure, as `complain` says it."""
    complain(failure.message, failure.remedy, failure.frames, verbose=verbose)


@contextmanager
def followed(total: int, *, quiet: bool, prints: bool) -> Iterator[Progress]:
    """How far a run over `total` documents is, on stderr: a bar on a terminal, else a line a minute.

    `prints` says that the command prints results meanwhile: there is no bar when they go to the same terminal.
    """
    if quiet or not total:
        yield SILENT
    elif not sys.stderr.isatty() or (prints and sys.stdout.isatty()):
        yield Lines()
    else:
        with bar() as shown:
            yield shown


class Lines:
    """Progress for a file or a pipe: a line a minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._step, self._documents, self._done, self._began, self._said = "", 0, 0, 0.0, 0.0

    def begin(self, step: str, documents: int) -> None:
        """Remember which step over how many documents begins."""
        with self._lock:
            self._step, self._documents, self._done = step, documents, 0
            self._began = self._said = time.monotonic()

    def advance(self) -> None:
        """Say how far the step is, when that was not said for a minute."""
        with self._lock:
            self._done += 1
            now = time.monotonic()
            if now - self._said < _LINE_EVERY_S or self._done == self._documents:
                return
            self._said = now
            rate = self._done / (now - self._began)
            left = (self._documents - self._done) / rate
        say(f"{self._step}: {self._done} of {self._documents} documents, {rate:.1f}/s, {left / 60:.0f} min left")


@contextmanager
def bar() -> Iterator[Progress]:
    """A bar for each step on a terminal: how many documents, how many a second, how long it will take."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Shown

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )

    class Bar:
        def begin(self, step: str, documents: int) -> None:
            for old in shown.task_ids:
                shown.remove_task(old)
            self._task = shown.add_task(step, total=documents, rate="")

        def advance(self) -> None:
            shown.advance(self._task)
            speed = shown.tasks[-1].speed
            shown.update(self._task, rate=f"{speed:.1f}/s" if speed else "")

    # Rich would lead stdout to stderr while the bar is shown.
    with Shown(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as shown:
        yield Bar()
