"""`woo-anon redact`: the whole pipeline."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo_anon.cli import options
from woo_anon.cli.options import settings_from

if TYPE_CHECKING:
    from woo_anon.batch.outcome import Outcome


def redact(
    inputs: options.Inputs,
    *,
    output: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="DIR", help="Folder for publication/ and internal/, or its address."),
    ] = None,
    profile: options.Profile = None,
    term: options.Term = None,
    keep: options.Keep = None,
    terms: options.Terms = None,
    review: options.Review = None,
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Number the people who go: tells who is the same person.")
    ] = False,
    password_file: options.PasswordFile = None,
    accept_signed: options.AcceptSigned = False,
    ocr: options.Ocr = None,
    dossier: options.DossierOption = None,
    jobs: options.Jobs = None,
    executor: options.Executor = None,
    scheduler: options.Scheduler = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Begin no document after one has failed.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace outputs that exist.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    json: options.Json = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write a publication version, a redaction log and an internal review report of every document."""
    from woo_anon.batch import run
    from woo_anon.batch.members import with_members
    from woo_anon.batch.outcome import exit_code
    from woo_anon.batch.plan import plan
    from woo_anon.cli import output as out
    from woo_anon.discover import discover

    settings = settings_from(
        config,
        profile=profile,
        terms=term,
        keep=keep,
        terms_file=terms,
        review=review,
        pseudonyms=pseudonyms,
        password_file=password_file,
        accept_signed=accept_signed,
        ocr=ocr,
        dossier=dossier,
        jobs=jobs,
        executor=executor,
        scheduler=scheduler,
        force=force,
        dry_run=dry_run,
    )
    folder = _located(output) if output else None
    works = plan(with_members(discover(inputs, skip=folder), settings), folder)
    outcomes = []
    with (
        out.followed(len(works), quiet=quiet, prints=json or dry_run) as progress,
        closing(run.redact(works, settings, progress, fail_fast=fail_fast)) as running,
    ):
        for outcome in running:
            outcomes.append(outcome)
            if outcome.failure:
                out.complain_of(outcome.failure, verbose=verbose)
            if json:
                out.put_json(summary(outcome, dry_run=dry_run))
            elif outcome.figures and dry_run:
                out.put(line(outcome))
            elif outcome.figures and not quiet:
                out.say(line(outcome, verbose=verbose))
    if len(works) > 1 and not quiet:
        conclude(outcomes, len(works))
    for root in sorted({work.root for work in works if work.root}):
        if not dry_run and any(not one.unchanged for one in outcomes) and (root / "publication/inventory.csv").exists():
            out.complain(f"{root}: the inventory is out of date.", "Run woo-anon inventory again, with --force.")
    raise typer.Exit(exit_code(outcomes))


def _located(output: str) -> str:
    from woo_anon import storage

    given = storage.given(output)
    return given if storage.is_address(given) else str(Path(given).absolute())


def conclude(outcomes: list[Outcome], documents: int) -> None:
    """What became of all documents, as a table on stderr."""
    from rich.console import Console
    from rich.table import Table

    from woo_anon.cli.output import say

    counts = Counter(outcome.result for outcome in outcomes)
    pages = Counter({result: 0 for result in counts})
    for outcome in outcomes:
        pages[outcome.result] += outcome.figures.pages if outcome.figures else 0
    shown = Table("result", "documents", "pages", box=None)
    for column in shown.columns[1:]:
        column.justify = "right"
    for result in sorted(counts):
        shown.add_row(result.replace("_", " "), str(counts[result]), str(pages[result] or ""))
    Console(stderr=True).print(shown)
    failed = sum(outcome.failure is not None for outcome in outcomes)
    unchanged = sum(outcome.unchanged for outcome in outcomes)
    say(
        f"{len(outcomes) - failed} of {documents} documents done"
        + (f" ({unchanged} unchanged since an earlier run)" if unchanged else "")
        + f", {failed} failed or refused"
        + (f", {documents - len(outcomes)} not begun." if len(outcomes) < documents else ".")
    )


def line(outcome: Outcome, *, verbose: bool = False) -> str:
    """One document in one line: numbers and where it went; under -v its size and time too."""
    figures = outcome.figures
    assert figures is not None
    images = f", {len(figures.pages_as_images)} pages as image" if figures.pages_as_images else ""
    size = f" ({figures.pages} pages, {figures.characters} characters, {figures.seconds:.1f} s)" if verbose else ""
    unchanged = "unchanged, " if outcome.unchanged else ""
    unread = ""
    if figures.pages_not_read:
        unread = f", NOT READ: page {', '.join(map(str, figures.pages_not_read))} (look at it before publication)"
    renamed = ", a name was taken out of the file name" if figures.renamed else ""
    return (
        f"{outcome.name}{size}: {unchanged}{figures.redacted} redacted, {figures.review} to review, {figures.kept} kept"
        f"{images}{unread}{renamed} -> {outcome.outputs[-1].path}"
    )


def summary(outcome: Outcome, *, dry_run: bool) -> dict[str, Any]:
    """One document as JSON (contract: redact --json)."""
    failure, figures = outcome.failure, outcome.figures
    described: dict[str, Any] = {
        "schema": 1,
        "source": outcome.name,
        "status": "planned" if dry_run and not failure else outcome.result.value,
        "exit_code": int(failure.exit_code) if failure else 0,
        "unchanged": outcome.unchanged,
    }
    if failure:
        return described | {"message": failure.message, "remedy": failure.remedy}
    assert figures is not None
    versions = [Path(placed.path).suffix[1:] for placed in outcome.outputs[2:-1]]
    names = ("report", "log", *versions, "publication")
    return described | {
        **asdict(figures),
        "stages": dict(figures.stages),
        "outputs": {name: placed.path for name, placed in zip(names, outcome.outputs, strict=True)},
    }
