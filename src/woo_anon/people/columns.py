"""Columns of tables that hold the names of staff (`Behandelaar`, `Trekker`, `Opgesteld door`) or of office holders
(`Portefeuillehouder`, `Indiener`)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from woo_anon.people.words import words
from woo_anon.spans import Overlaps, Span
from woo_anon.tables import columns


class Cell(NamedTuple):
    """One cell of such a column."""

    span: Span


def staff_cells(text: str) -> Overlaps[Cell]:
    """The cells below headings for staff."""
    return Overlaps(Cell(Span(*place)) for place in columns(text, _heading()))


def office_cells(text: str) -> Overlaps[Cell]:
    """The cells below headings for office holders, which say nothing else."""
    return Overlaps(Cell(Span(*place)) for place in columns(text, _office_heading()))


@cache
def _office_heading() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:(?<=[\n\t|;])|(?<=[|;][ ])|(?<=[ ]{{2}})|\A)(?:de )?{words()['column_office']},?"
        r"(?=[ ]?(?:[\t|;\n]|[ ]{2}|\Z))",
        regex.IGNORECASE,
    )


@cache
def _heading() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w){words()['column_staff']}(?!\w)", regex.IGNORECASE)
