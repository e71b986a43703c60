"""`woo-anon redact`: the whole pipeline."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo_anon.cli import options
from woo_anon.cli.options import settings_from

if TYPE_CHECKING:
    from woo_anon import batch


def redact(
    inputs: options.Inputs,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Folder for publication/ and internal/.")
    ] = None,
    profile: options.Profile = None,
    term: options.Term = None,
    keep: options.Keep = None,
    terms: options.Terms = None,
    review: options.Review = None,
    password_file: options.PasswordFile = None,
    accept_signed: options.AcceptSigned = False,
    jobs: options.Jobs = None,
    executor: options.Executor = None,
    force: Annotated[bool, typer.Option("--force", help="Replace outputs that exist.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    json: options.Json = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write a publication version, a redaction log and an internal review report of every document."""
    from woo_anon import batch
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
        jobs=jobs,
        executor=executor,
        force=force,
        dry_run=dry_run,
    )
    folder = output.absolute() if output else None
    works = batch.plan(discover(inputs, skip=folder), folder)
    outcomes = []
    running = batch.redact(works, settings)
    with out.followed(running, len(works), quiet=quiet, prints=json or dry_run) as following:
        for outcome in following:
            outcomes.append(outcome)
            if outcome.failure:
                out.complain_of(outcome.failure, verbose=verbose)
            if outcome.figures and outcome.figures.name_tells:
                out.complain(f"{outcome.name}: the file name holds a redacted word.", "Rename the publication version.")
            if json:
                out.put_json(summary(outcome, dry_run=dry_run))
            elif outcome.figures and dry_run:
                out.put(line(outcome))
            elif outcome.figures and not quiet:
                out.say(line(outcome, verbose=verbose))
    code = batch.exit_code(outcomes)
    if len(outcomes) > 1 and not quiet:
        failed = sum(outcome.failure is not None for outcome in outcomes)
        out.say(f"{len(outcomes) - failed} of {len(outcomes)} documents done, {failed} failed.")
    raise typer.Exit(code)


def line(outcome: batch.Outcome, *, verbose: bool = False) -> str:
    """One document in one line: numbers and where it went; under -v its size and time too."""
    figures = outcome.figures
    assert figures is not None
    images = f", {len(figures.pages_as_images)} pages as image" if figures.pages_as_images else ""
    size = f" ({figures.pages} pages, {figures.characters} characters, {figures.seconds:.1f} s)" if verbose else ""
    return (
        f"{outcome.name}{size}: {figures.redacted} redacted, {figures.review} to review, {figures.kept} kept{images}"
        f" -> {outcome.outputs[-1]}"
    )


def summary(outcome: batch.Outcome, *, dry_run: bool) -> dict[str, Any]:
    """One document as JSON (contract: redact --json)."""
    failure, figures = outcome.failure, outcome.figures
    described: dict[str, Any] = {"schema": 1, "source": outcome.name}
    if failure:
        return described | {
            "status": "failed",
            "exit_code": int(failure.exit_code),
            "message": failure.message,
            "remedy": failure.remedy,
        }
    assert figures is not None
    names = ("report", "log", "publication")
    return described | {
        "status": "planned" if dry_run else "done",
        "exit_code": 0,
        **asdict(figures),
        "outputs": {name: str(path) for name, path in zip(names, outcome.outputs, strict=True)},
    }
