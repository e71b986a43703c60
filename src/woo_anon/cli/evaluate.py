"""`woo-anon evaluate`: recall, precision and kept names on annotated documents, or by what reviewers approved."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo_anon.cli import options
from woo_anon.cli.options import settings_from
from woo_anon.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from woo_anon.evaluation.figures import Evaluation, Figures, Share
    from woo_anon.settings import Settings

GoldFolder = Annotated[
    Path | None, typer.Argument(metavar="[GOLD_DIR]", readable=False, help="Folder of annotated documents, *.gold.txt.")
]


def _at_least(what: str) -> Any:
    return typer.Option(metavar="X", min=0.0, max=1.0, help=f"Exit with code 10 when {what} below X (0 to 1).")


def evaluate(
    annotated: GoldFolder = None,
    *,
    decisions: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Measure by what reviewers approved in this output folder of redact."),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT_DIR",
            help="With --decisions: write the approved documents as annotated documents. They hold the full text.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="With --gold: replace files that exist.")] = False,
    misses: Annotated[
        bool, typer.Option("--misses", help="List every fault in its context. This prints text of the documents.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="All figures as one JSON object on stdout.")] = False,
    profile: options.Profile = None,
    review: options.Review = None,
    jobs: options.Jobs = None,
    executor: options.Executor = None,
    scheduler: options.Scheduler = None,
    config: options.Config = None,
    min_recall: Annotated[float | None, _at_least("recall is")] = None,
    min_clean: Annotated[float | None, _at_least("the share of documents without a miss is")] = None,
    min_precision: Annotated[float | None, _at_least("precision is")] = None,
    min_kept: Annotated[float | None, _at_least("the share of kept names is")] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure recall, precision and kept names on annotated documents, or by what reviewers approved."""
    from woo_anon.cli import agreement, figures
    from woo_anon.cli.output import put_json

    given = options.given(
        profile=profile, review=review, jobs=jobs, executor=executor, scheduler=scheduler, config=config
    )
    _check(annotated, decisions, gold, given, force=force)
    wanted = {"recall": min_recall, "clean": min_clean, "precision": min_precision, "kept": min_kept}
    if decisions is not None:
        evaluation = agreement.measured(decisions, gold, force=force, json=json, misses=misses, quiet=quiet)
    else:
        assert annotated is not None
        evaluation = _measured(annotated, settings_from(**{"config": None, **given}), quiet=quiet)
        if json:
            put_json(figures.record(evaluation, misses=misses))
        else:
            figures.show(evaluation, misses=misses)
    if not _reached(evaluation.figures, wanted):
        raise typer.Exit(ExitCode.FOUND)


def _check(
    annotated: Path | None, decisions: str | None, gold: Path | None, given: dict[str, Any], *, force: bool
) -> None:
    """Raise UsageError for arguments that do not go together."""
    if (annotated is None) == (decisions is None):
        raise UsageError("Give either GOLD_DIR or --decisions DIR.", "See woo-anon evaluate --help.")
    if decisions is not None and given:
        raise UsageError(
            f"--{next(iter(given))} says nothing with --decisions.", "The machine's part was done by woo-anon redact."
        )
    if decisions is None and gold is not None:
        raise UsageError("--gold goes with --decisions.", "It writes what reviewers approved.")
    if gold is None and force:
        raise UsageError("--force goes with --gold.", "Nothing else is written.")


def _measured(gold: Path, settings: Settings, *, quiet: bool) -> Evaluation:
    """The figures of the pipeline on annotated documents."""
    from woo_anon.cli import output as out
    from woo_anon.evaluation.figures import summarise
    from woo_anon.evaluation.gold import read
    from woo_anon.evaluation.run import evaluate as run

    golds = read(gold)
    with (
        out.followed(len(golds), quiet=quiet, prints=False) as progress,
        closing(run(golds, settings, progress)) as measurements,
    ):
        return summarise(tuple(measurements))


def _reached(figures: Figures, wanted: dict[str, float | None]) -> bool:
    """Whether every wanted figure was reached; says on stderr which were not."""
    from woo_anon.cli.output import complain

    reached = True
    for name, least in wanted.items():
        share: Share = getattr(figures, name)
        if least is not None and share.ratio < least:
            complain(f"{name} is {share.part} of {share.whole}, below {least}.")
            reached = False
    return reached
