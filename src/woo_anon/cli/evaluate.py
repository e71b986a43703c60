"""`woo-anon evaluate`: recall, precision and kept names on annotated documents."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo_anon.cli import options
from woo_anon.cli.options import settings_from
from woo_anon.errors import ExitCode

if TYPE_CHECKING:
    from woo_anon.evaluation.figures import Evaluation, Figures, Miss, Share

_FILE_WIDTH = 120  # columns of a table that does not go to a terminal

GoldFolder = Annotated[
    Path, typer.Argument(metavar="GOLD_DIR", readable=False, help="Folder of annotated documents, *.gold.txt.")
]


def _at_least(what: str) -> Any:
    return typer.Option(metavar="X", min=0.0, max=1.0, help=f"Exit with code 10 when {what} below X (0 to 1).")


def evaluate(
    gold: GoldFolder,
    *,
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
    """Measure recall, precision and kept names on annotated documents. Writes no file."""
    from woo_anon.cli import output as out
    from woo_anon.evaluation.figures import summarise
    from woo_anon.evaluation.gold import read
    from woo_anon.evaluation.run import evaluate as run

    settings = settings_from(config, profile=profile, review=review, jobs=jobs, executor=executor, scheduler=scheduler)
    golds = read(gold)
    with (
        out.followed(len(golds), quiet=quiet, prints=False) as progress,
        closing(run(golds, settings, progress)) as measurements,
    ):
        evaluation = summarise(tuple(measurements))
    if json:
        out.put_json(record(evaluation, misses=misses))
    else:
        show(evaluation, misses=misses)
    wanted = {"recall": min_recall, "clean": min_clean, "precision": min_precision, "kept": min_kept}
    if not _reached(evaluation.figures, wanted):
        raise typer.Exit(ExitCode.FOUND)


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


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def record(evaluation: Evaluation, *, misses: bool) -> dict[str, Any]:
    """The evaluation as JSON (docs/evaluation.md). Text of the documents is in it only with `misses`."""
    parts = {
        f"by_{key}": {value: _figures(figures) for value, figures in values.items()}
        for key, values in evaluation.by_header.items()
    }
    roles = {
        role or "none": {"gone": _pair(by.gone), "kept": _pair(by.kept), "top_kept": _pair(by.top_kept)}
        for role, by in evaluation.by_role.items()
    }
    listed = {"misses": [_miss(miss) for miss in evaluation.misses]} if misses else {}
    return {"schema": 1, **_figures(evaluation.figures), **parts, "by_role": roles, **listed}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "documents": figures.documents,
        "recall": figures.recall.ratio,
        "must_go_mentions": figures.recall.whole,
        "recall_by_label": {label: _pair(share) for label, share in figures.by_label.items()},
        "clean_documents": figures.clean.ratio,
        "precision": figures.precision.ratio,
        "kept": figures.kept.ratio,
        "keep_mentions": figures.kept.whole,
        "top_kept": figures.top_kept.ratio,
        "top_mentions": figures.top_kept.whole,
        "persons_protected": figures.persons.ratio,
        "persons": figures.persons.whole,
    }


def _pair(share: Share) -> list[int]:
    return [share.part, share.whole]


def _miss(miss: Miss) -> dict[str, Any]:
    return {
        "document": miss.document,
        "line": miss.line,
        "fault": miss.fault.value,
        "label": miss.label,
        "before": miss.before,
        "text": miss.text,
        "after": miss.after,
    }


# ── Tables ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def show(evaluation: Evaluation, *, misses: bool) -> None:
    """The evaluation as tables on stdout, and with `misses` every fault on a line."""
    figures = evaluation.figures
    _table(f"{figures.documents} documents", ["figure", "", "of"], _overall(figures))
    _table("Recall per label", ["label", "", "of"], [(label, *_cells(by)) for label, by in figures.by_label.items()])
    for key, values in evaluation.by_header.items():
        if values:
            columns = [key, "documents", "recall", "clean", "precision", "kept", "persons"]
            _table(f"Per {key}", columns, [_row(value, part) for value, part in values.items()])
    roles = [
        (role or "none", *_cells(by.gone), *_cells(by.kept), *_cells(by.top_kept))
        for role, by in evaluation.by_role.items()
    ]
    _table("Per role that the tool gave", ["role", "gone", "of", "kept", "of", "top kept", "of"], roles)
    if misses:
        _list(evaluation.misses)


def _overall(figures: Figures) -> list[tuple[str, ...]]:
    return [
        ("recall", *_cells(figures.recall)),
        ("clean documents", *_cells(figures.clean)),
        ("precision (letters and digits)", *_cells(figures.precision)),
        ("kept", *_cells(figures.kept)),
        ("top kept", *_cells(figures.top_kept)),
        ("persons protected", *_cells(figures.persons)),
    ]


def _row(value: str, figures: Figures) -> tuple[str, ...]:
    shares = (figures.recall, figures.clean, figures.precision, figures.kept, figures.persons)
    return (value, str(figures.documents), *(_ratio(share) for share in shares))


def _cells(share: Share) -> tuple[str, str]:
    return _ratio(share), f"{share.part}/{share.whole}" if share.whole else ""


def _ratio(share: Share) -> str:
    """The ratio cut, not rounded, to four decimals, so that 1.0000 means all."""
    return f"{share.part * 10_000 // share.whole / 10_000:.4f}" if share.whole else "–"


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from woo_anon.cli.output import printable

    shown = Table(title=Text(title), title_justify="left")
    for number, column in enumerate(columns):
        shown.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(printable(cell)) for cell in row))
    Console(width=None if sys.stdout.isatty() else _FILE_WIDTH).print(shown)


def _list(misses: Iterable[Miss]) -> None:
    from woo_anon.cli.output import put

    for miss in misses:
        put(f"{miss.document}:{miss.line} {miss.fault.value} {miss.label} …{miss.before}⟦{miss.text}⟧{miss.after}…")
