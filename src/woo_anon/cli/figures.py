"""The figures of `woo-anon evaluate`, as JSON and as tables."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from woo_anon.evaluation.figures import Evaluation, Figures, Miss, Share

_FILE_WIDTH = 120  # columns of a table that does not go to a terminal


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
    table(f"{figures.documents} documents", ["figure", "", "of"], _overall(figures))
    table("Recall per label", ["label", "", "of"], [(label, *cells(by)) for label, by in figures.by_label.items()])
    for key, values in evaluation.by_header.items():
        if values:
            columns = [key, "documents", "recall", "clean", "precision", "kept", "persons"]
            table(f"Per {key}", columns, [_row(value, part) for value, part in values.items()])
    roles = [
        (role or "none", *cells(by.gone), *cells(by.kept), *cells(by.top_kept))
        for role, by in evaluation.by_role.items()
    ]
    table("Per role that the tool gave", ["role", "gone", "of", "kept", "of", "top kept", "of"], roles)
    if misses:
        _list(evaluation.misses)


def _overall(figures: Figures) -> list[tuple[str, ...]]:
    return [
        ("recall", *cells(figures.recall)),
        ("clean documents", *cells(figures.clean)),
        ("precision (letters and digits)", *cells(figures.precision)),
        ("kept", *cells(figures.kept)),
        ("top kept", *cells(figures.top_kept)),
        ("persons protected", *cells(figures.persons)),
    ]


def _row(value: str, figures: Figures) -> tuple[str, ...]:
    shares = (figures.recall, figures.clean, figures.precision, figures.kept, figures.persons)
    return (value, str(figures.documents), *(ratio(share) for share in shares))


def cells(share: Share) -> tuple[str, str]:
    """A share as its ratio and as `part/whole`."""
    return ratio(share), f"{share.part}/{share.whole}" if share.whole else ""


def ratio(share: Share) -> str:
    """The ratio cut, not rounded, to four decimals, so that 1.0000 means all."""
    return f"{share.part * 10_000 // share.whole / 10_000:.4f}" if share.whole else "–"


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on stdout, figures to the right."""
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
