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
from woo_anon.errors import UsageError

if TYPE_CHECKING:
    from woo_anon.batch.again import Asked
    from woo_anon.batch.outcome import Outcome
    from woo_anon.settings import Settings


_ROLES = (
    (".marks.pdf", "marks"),
    (".marks.xfdf", "xfdf"),
    (".review.zip", "review"),
    (".review.html", "report"),
    (".anon.json", "log"),
)


def redact(
    context: typer.Context,
    inputs: options.InputsOrNone = None,
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
    comments: Annotated[
        str | None, typer.Option(metavar="WHAT", help="Comments of Word documents: drop (default), or keep, redacted.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT", help="pdf: a PDF of every Word document, or exit code 7 where none can be made."
        ),
    ] = None,
    marks: Annotated[
        bool, typer.Option("--marks", help="PDF: also mark the proposals in a copy, and as XFDF, for other programs.")
    ] = False,
    from_marks: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            readable=False,
            help="What has a mark in this PDF or XFDF goes, what has none stays. A marked PDF needs no INPUT.",
        ),
    ] = None,
    password_file: options.PasswordFile = None,
    accept_signed: options.AcceptSigned = False,
    ocr: options.Ocr = None,
    dossier: options.DossierOption = None,
    jobs: options.Jobs = None,
    executor: options.Executor = None,
    scheduler: options.Scheduler = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Begin no document after one has failed.")] = False,
    apply: Annotated[
        bool,
        typer.Option(
            "--apply", help="INPUT is an output folder: write it again with what reviewers decided, as it was asked."
        ),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace outputs that exist.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    json: options.Json = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write a publication version, a redaction log and an internal review report of every document."""
    from woo_anon.batch import run
    from woo_anon.batch.outcome import exit_code
    from woo_anon.cli import output as out
    from woo_anon.formats.program import LIBREOFFICE

    given = {
        "profile": profile,
        "terms": term,
        "keep": keep,
        "terms_file": terms,
        "review": review,
        "pseudonyms": pseudonyms,
        "comments": comments,
        "to": to,
        "marks": marks,
        "from_marks": from_marks and from_marks.absolute(),
        "password_file": password_file,
        "accept_signed": accept_signed,
        "ocr": ocr,
        "dossier": dossier,
        "jobs": jobs,
        "executor": executor,
        "scheduler": scheduler,
        "force": force,
        "dry_run": dry_run,
    }
    inputs = inputs or ([str(from_marks)] if from_marks else [])
    if not inputs:
        raise typer.BadParameter("Give files or folders.", context, param_hint="INPUT")
    _check_marking(given, apply=apply)
    asked = _asked_before(inputs, output, given) if apply else [_asked(inputs, output, settings_from(config, **given))]
    documents = sum(len(works) for works, _, _ in asked)
    outcomes = []
    with out.followed(documents, quiet=quiet, prints=json or dry_run) as progress:
        for works, settings, request in asked:
            with closing(run.redact(works, settings, progress, fail_fast=fail_fast, request=request)) as running:
                for outcome in running:
                    outcomes.append(outcome)
                    show(outcome, dry_run=dry_run, json=json, quiet=quiet, verbose=verbose)
    if documents > 1 and not quiet:
        conclude(outcomes, documents)
    if not quiet and (lacking := sum(map(_lacks_pdf, outcomes))):
        out.say(f"LibreOffice is missing: {lacking} of {documents} documents have a Word version alone. {LIBREOFFICE}")
    for root in sorted({work.root for works, _, _ in asked for work in works if work.root}):
        if not dry_run and any(not one.unchanged for one in outcomes) and (root / "publication/inventory.csv").exists():
            out.complain(f"{root}: the inventory is out of date.", "Run woo-anon inventory again, with --force.")
    raise typer.Exit(exit_code(outcomes))


def _lacks_pdf(outcome: Outcome) -> bool:
    """Whether a Word document got no PDF, for want of LibreOffice."""
    return bool(outcome.outputs) and outcome.outputs[-1].path.endswith(".anon.docx")


def _asked(inputs: list[str], output: str | None, settings: Settings) -> Asked:
    """What the command line asks: documents and where they go, settings, and the same for the journal."""
    from woo_anon.batch.journal import Request
    from woo_anon.batch.members import with_members
    from woo_anon.batch.plan import plan
    from woo_anon.discover import discover

    folder = _located(output) if output else None
    works = plan(with_members(discover(inputs, skip=folder), settings), folder, marks=settings.marks)
    if settings.from_marks and len(works) != 1:
        raise UsageError("--from-marks is for one document.", "Give the document that was marked as INPUT.")
    return works, settings, Request(tuple(map(_located, inputs)), settings.repeated())


def _check_marking(given: dict[str, Any], *, apply: bool) -> None:
    if given["from_marks"] and (given["marks"] or apply):
        raise UsageError(
            f"--from-marks does not go with {'--apply' if apply else '--marks'}.", "Apply the marks first, alone."
        )


def _asked_before(inputs: list[str], output: str | None, given: dict[str, Any]) -> list[Asked]:
    """What was asked of an output folder before, to be done again with the decisions that people took since."""
    from woo_anon.batch import again

    if len(inputs) != 1 or output:
        raise UsageError("--apply takes one output folder.", "Give the folder of an earlier -o, and no -o.")
    return list(again.all_works(again.output_folder(inputs[0]), options.given(**given)))


def show(outcome: Outcome, *, dry_run: bool, json: bool, quiet: bool, verbose: bool) -> None:
    """What became of one document: an error, JSON, or a line."""
    from woo_anon.cli import output as out

    if outcome.failure:
        out.complain_of(outcome.failure, verbose=verbose)
    if json:
        out.put_json(summary(outcome, dry_run=dry_run))
    elif outcome.figures and dry_run:
        out.put(line(outcome))
    elif outcome.figures and not quiet:
        out.say(line(outcome, verbose=verbose))


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
    reviewed = f", {figures.reviewed} by reviewers" if figures.reviewed else ""
    unplaced = f", {len(figures.unplaced)} DECISIONS OF REVIEWERS NO LONGER FIT" if figures.unplaced else ""
    withheld = ", WITHHELD until it is approved" if figures.withheld else ""
    return (
        f"{outcome.name}{size}: {unchanged}{figures.redacted} redacted, {figures.review} to review, {figures.kept} kept"
        f"{reviewed}{unplaced}{images}{unread}{renamed}{withheld} -> {outcome.outputs[-1].path}"
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
    held = asdict(figures)
    del held["proposal"]  # a digest of the text
    return described | {
        **held,
        "stages": dict(figures.stages),
        "outputs": {_role(placed.path, last=placed is outcome.outputs[-1]): placed.path for placed in outcome.outputs},
    }


def _role(path: str, *, last: bool) -> str:
    """What an output is, by its name."""
    for ending, role in _ROLES:
        if path.endswith(ending):
            return role
    return "publication" if last else Path(path).suffix[1:]
