"""What the commands print: what was asked for to stdout, all the rest to stderr; no document text in the latter."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from woo_anon.batch import Failure

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")
_FILE_WIDTH = 160  # characters a line where the table goes to a file


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
def followed(outcomes: Generator[T], total: int, *, quiet: bool, prints: bool) -> Iterator[Iterator[T]]:
    """`outcomes`, with a progress bar on stderr where that is a terminal. Closes `outcomes` when left.

    `prints` says that the command prints results meanwhile: there is no bar when they go to the same terminal.
    """
    with closing(outcomes):
        if quiet or not sys.stderr.isatty() or (prints and sys.stdout.isatty()):
            yield outcomes
            return
        from rich.console import Console
        from rich.progress import Progress

        # Rich would lead stdout to stderr while the bar is shown.
        with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
            yield iter(progress.track(outcomes, total=total, description="woo-anon"))
