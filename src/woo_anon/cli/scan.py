"""`woo-anon scan`: detection and decisions only."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo_anon.cli import options
from woo_anon.cli.options import settings_from
from woo_anon.errors import ExitCode

if TYPE_CHECKING:
    from woo_anon.batch.outcome import Mark, Scan


def scan(
    inputs: options.Inputs,
    *,
    json: options.Json = False,
    text: Annotated[bool, typer.Option("--text", help="Show the text of each finding as well.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit with code 10 when something is to be redacted.")] = False,
    profile: options.Profile = None,
    term: options.Term = None,
    keep: options.Keep = None,
    terms: options.Terms = None,
    review: options.Review = None,
    password_file: options.PasswordFile = None,
    accept_signed: options.AcceptSigned = False,
    ocr: options.Ocr = None,
    dossier: options.DossierOption = None,
    jobs: options.Jobs = None,
    executor: options.Executor = None,
    scheduler: options.Scheduler = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show what would be redacted and what would stay. Writes no file."""
    from woo_anon.batch import run
    from woo_anon.batch.members import with_members
    from woo_anon.batch.outcome import exit_code
    from woo_anon.cli import output as out
    from woo_anon.discover import discover

    settings = settings_from(
        config,
        profile=profile,
        terms=term,
        keep=keep,
        terms_file=terms,
        review=review,
        password_file=password_file,
        accept_signed=accept_signed,
        ocr=ocr,
        dossier=dossier,
        jobs=jobs,
        executor=executor,
        scheduler=scheduler,
    )
    sources = with_members(discover(inputs), settings)
    outcomes, found = [], False
    with (
        out.followed(len(sources), quiet=quiet, prints=True) as progress,
        closing(run.scan(sources, settings, progress)) as running,
    ):
        for outcome in running:
            outcomes.append(outcome)
            if outcome.failure:
                out.complain_of(outcome.failure, verbose=verbose)
            elif outcome.scan:
                found = found or bool(outcome.scan.pages_not_read)
                found = found or any(mark.action != "keep" for mark in outcome.scan.marks)
                if json:
                    out.put_json(record(outcome.name, outcome.scan, text=text))
                else:
                    table(outcome.name, outcome.scan, text=text)
    code = exit_code(outcomes)
    raise typer.Exit(ExitCode.FOUND if check and found and not code else code)


def record(name: str, scanned: Scan, *, text: bool) -> dict[str, Any]:
    """One document as JSON (contract: scan --json)."""
    return {
        "schema": 1,
        "source": name,
        "characters": scanned.characters,
        "pages_not_read": list(scanned.pages_not_read),
        "findings": [_finding(mark, text=text) for mark in scanned.marks],
    }


def _finding(mark: Mark, *, text: bool) -> dict[str, Any]:
    values = asdict(mark)
    if not text:
        del values["text"]
    return values


def table(name: str, scanned: Scan, *, text: bool) -> None:
    """One document as a table on stdout."""
    from rich.console import JustifyMethod
    from rich.table import Table
    from rich.text import Text

    from woo_anon.cli.output import console, printable

    columns = ["page", "start", "end", "entity", "action", "ground", "role", "score", "detector"]
    shown = Table(title=Text(printable(name)), title_justify="left")
    for column in [*columns, *(["text"] if text else [])]:
        justify: JustifyMethod = "right" if column in ("page", "start", "end", "score") else "left"
        shown.add_column(column, justify=justify, overflow="fold")
    for mark in scanned.marks:
        values = [mark.page, mark.start, mark.end, mark.entity, mark.action, mark.ground or "", mark.role]
        cells = [*map(str, values), f"{mark.score:.2f}", mark.detector, *([printable(mark.text)] if text else [])]
        shown.add_row(*map(Text, cells))
    console().print(shown)
