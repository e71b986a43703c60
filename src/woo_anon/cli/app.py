"""The command line: the table of commands, and what happens to errors. No logic; nothing heavy is imported here."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from types import FrameType
from typing import Annotated, Any

import typer

from woo_anon.cli.account import account
from woo_anon.cli.audit import audit
from woo_anon.cli.config import config_app
from woo_anon.cli.doctor import doctor
from woo_anon.cli.evaluate import evaluate
from woo_anon.cli.inventory import inventory
from woo_anon.cli.officials import officials_app
from woo_anon.cli.redact import redact
from woo_anon.cli.review import review
from woo_anon.cli.scan import scan
from woo_anon.cli.status import status
from woo_anon.errors import ExitCode, WooAnonError

# Without rich's markup `--help` takes half the time; without completion no command touches the user's shell files.
app = typer.Typer(
    name="woo-anon",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(redact)
app.command()(scan)
app.command()(audit)
app.command()(review)
app.command()(status)
app.command()(inventory)
app.command()(account)
app.command()(evaluate)
app.command()(doctor)
app.add_typer(config_app, name="config")
app.add_typer(officials_app, name="officials")


def _version(wanted: bool) -> None:
    if wanted:
        from woo_anon import __version__

        print(f"woo-anon {__version__}")
        raise typer.Exit


@app.callback()
def woo_anon(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Make internal documents fit for publication under the Woo."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line. Returns the exit code (contract: exit codes)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for library in ("OMP", "OPENBLAS"):  # one document is work for one core; more threads wait for each other
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # file names need not be text
    with _interrupted_by("SIGTERM", "SIGHUP"):
        return _guarded(arguments)


def _guarded(arguments: list[str]) -> int:
    try:
        app(arguments, prog_name="woo-anon")
    except SystemExit as leaving:
        return _code(leaving.code)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as error:
        return _complain(error, verbose=not {"-v", "--verbose"}.isdisjoint(arguments))
    return ExitCode.DONE


def _complain(error: Exception, *, verbose: bool) -> int:
    from woo_anon.batch.border import unexpected
    from woo_anon.cli.output import complain

    told = error if isinstance(error, WooAnonError) else unexpected(error)
    complain(told.message, told.remedy, getattr(told, "frames", ()), verbose=verbose)
    return told.exit_code


def _code(code: Any) -> int:
    if code == ExitCode.INTERRUPTED:
        print("woo-anon: interrupted; what was half done has been removed.", file=sys.stderr)
    return code if isinstance(code, int) else ExitCode.DONE if code is None else ExitCode.UNEXPECTED


@contextlib.contextmanager
def _interrupted_by(*names: str) -> Any:
    """Let these signals end the run as Ctrl-C does, so that it cleans up."""
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    numbers = [number for number in known if signal.getsignal(number) is not signal.SIG_IGN]  # nohup ignores SIGHUP

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = [(number, signal.signal(number, interrupt)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


if __name__ == "__main__":
    sys.exit(main())
