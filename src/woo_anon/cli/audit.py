"""`woo-anon audit`: what leaks from a PDF, made by any tool."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo_anon.cli import options
from woo_anon.errors import ExitCode

if TYPE_CHECKING:
    from woo_anon.audit.issue import Audit, Issue, Place


def audit(
    inputs: options.Inputs,
    *,
    json: options.Json = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a report in Dutch as well.")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Show the text that was found as well.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing report.")] = False,
    jobs: options.Jobs = None,
    executor: options.Executor = None,
    scheduler: options.Scheduler = None,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Look for bad redaction and hidden data in PDFs made by any tool. Exit code 10 when there is a leak or a risk."""
    from woo_anon.batch import run
    from woo_anon.batch.outcome import exit_code
    from woo_anon.cli import output as out
    from woo_anon.cli.options import settings_from
    from woo_anon.discover import discover

    _check_free(html, force=force)
    settings = settings_from(config, jobs=jobs, executor=executor, scheduler=scheduler)
    sources = discover(inputs, only=".pdf")
    outcomes, found = [], False
    with (
        out.followed(len(sources), quiet=quiet, prints=True) as progress,
        closing(run.audit(sources, settings, _names(), progress)) as running,
    ):
        for outcome in running:
            outcomes.append(outcome)
            if outcome.failure:
                out.complain_of(outcome.failure, verbose=verbose)
            elif outcome.audit:
                found = found or outcome.audit.found
                if json:
                    out.put_json(record(outcome.name, outcome.audit, text=text))
                else:
                    table(outcome.name, outcome.audit, text=text)
    if html is not None:
        _write_report(html, outcomes, text=text)
    code = exit_code(outcomes)
    raise typer.Exit(ExitCode.FOUND if found and not code else code)


def _names() -> tuple[str, ...]:
    """Names that a box might hide: those of the register, in the ways in which notes write them."""
    from woo_anon.people.register import load

    names: set[str] = set()
    for row in load().officials:
        surname = " ".join(part for part in (row.infix, row.surname) if part)
        names |= {f"{given} {surname}" for given in (row.given, row.initials) if given and surname}
        names |= {surname[:1].upper() + surname[1:]} - {""}
    return tuple(sorted(names))


def record(name: str, audited: Audit, *, text: bool) -> dict[str, Any]:
    """One document as JSON (docs/audit.md)."""
    from woo_anon.audit.codes import Severity

    counts = {kind.value: sum(issue.severity is kind for issue in audited.issues) for kind in Severity}
    return {
        "schema": 1,
        "source": name,
        "pages": audited.pages,
        "found": audited.found,
        "counts": counts,
        "issues": [_issue(issue, text=text) for issue in audited.issues],
    }


def _issue(issue: Issue, *, text: bool) -> dict[str, Any]:
    box = issue.place.box
    values: dict[str, Any] = {
        "code": issue.code,
        "severity": issue.severity.value,
        "page": issue.place.page,
        "box": [round(edge, 2) for edge in (box.left, box.bottom, box.right, box.top)] if box else None,
        "object": issue.place.what or None,
        "characters": issue.characters,
        "detail": issue.detail,
    }
    return {**values, "text": issue.text} if text else values


def table(name: str, audited: Audit, *, text: bool) -> None:
    """One document as a table on stdout."""
    from rich.table import Table
    from rich.text import Text

    from woo_anon.audit.codes import CODES
    from woo_anon.cli.output import console, printable

    shows = console()
    title = Text(printable(name))
    if not audited.issues:
        shows.print(title, "nothing found")
        return
    shown = Table(title=title, title_justify="left")
    for column in ["severity", "code", "where", "signs", "what", *(["text"] if text else [])]:
        shown.add_column(column, justify="right" if column == "signs" else "left", overflow="fold")
    for issue in audited.issues:
        what = CODES[issue.code].english + (f" ({issue.detail})" if issue.detail else "")
        cells = [issue.severity.value, issue.code, where(issue.place), str(issue.characters or ""), what]
        shown.add_row(*map(Text, [*cells, *([printable(issue.text)] if text else [])]))
    shows.print(shown)


def where(place: Place) -> str:
    """A place in words: page 2 at 72,690–180,715, Info, object 12."""
    box = place.box
    at = f" at {box.left:.0f},{box.bottom:.0f}–{box.right:.0f},{box.top:.0f}" if box else ""
    page = f"page {place.page}{at}" if place.page is not None else ""
    return ", ".join(part for part in (page, place.what) if part)


def _check_free(report: Path | None, *, force: bool) -> None:
    from woo_anon.errors import OutputError

    if report is not None and report.exists() and not force:
        raise OutputError(f"{report}: exists already.", "Choose another name, or add --force.")


def _write_report(path: Path, outcomes: list[Any], *, text: bool) -> None:
    from woo_anon.audit.report import Audited, render
    from woo_anon.errors import OutputError

    page = render([Audited(one.name, one.audit, one.failure.message if one.failure else "") for one in outcomes], text)
    try:
        path.touch(mode=0o600 if text else 0o666)  # with text it is internal: its owner's alone
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or 'output error'}).") from error
