"""The account as an Excel workbook: same account, same bytes. Texts are texts by type, whatever they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from woo_anon.accountability import tally
from woo_anon.accountability.account import Account, Accounted
from woo_anon.accountability.tally import Cell, Table
from woo_anon.errors import OutputError
from woo_anon.record import wording

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MADE = datetime(2020, 1, 1)  # whatever the day: a run can be repeated byte for byte
_LAST_ROW = 1_048_575  # of a sheet, from 0
_WIDTHS = {"ID": 10, "Document": 48, "Grond": 46, "Belang": 46, "Gronden": 24, "Toelichting": 40}

_DOCUMENTS = (
    *("ID", "Document", "Bladzijden", "Beoordeling", "Gronden", "Gelakte plaatsen", "Door programma"),
    *("Door beoordelaars", "Namen die blijven staan", "Goedgekeurd door", "Goedgekeurd op", "Toelichting"),
)
_GROUNDS = ("ID", "Document", "Code", "Grond", "Belang", "Gelakte plaatsen")
_REDACTIONS = ("ID", "Document", "Bladzijde", "Code", "Grond", "Soort gegeven", "Beslist door", "Aantal", "Nummers")


def as_workbook(account: Account) -> bytes:
    """Four sheets: the dossier, its documents, the grounds of each, and what was redacted on each page.

    Raises OutputError when there are more rows than a sheet has.
    """
    from xlsxwriter import Workbook

    documents = account.documents
    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    workbook.set_properties({"title": "Verantwoording", "created": _MADE})
    bold = workbook.add_format({"bold": True})
    _tables(workbook.add_worksheet("Dossier"), tally.tables(account), bold)
    for name, columns, rows in (
        ("Documenten", _DOCUMENTS, map(_document, documents)),
        ("Gronden", _GROUNDS, _grounds(documents)),
        ("Gelakte plaatsen", _REDACTIONS, _redactions(documents)),
    ):
        sheet = workbook.add_worksheet(name)
        for column, header in enumerate(columns):
            sheet.set_column(column, column, _WIDTHS.get(header, 18))
        last = _rows(sheet, 0, Table(name, columns, tuple(rows)), bold)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last - 1, len(columns) - 1)
    workbook.close()
    return content.getvalue()


def _tables(sheet: Worksheet, tables: Sequence[Table], bold: Format) -> None:
    """Tables below each other, each under its title."""
    for column, width in enumerate((52, 48, 18, 18)):
        sheet.set_column(column, column, width)
    at = 0
    for table in tables:
        sheet.write_string(at, 0, table.title, bold)
        at = _rows(sheet, at + 1, table, bold) + 1


def _rows(sheet: Worksheet, at: int, table: Table, bold: Format) -> int:
    """Write headers and rows from row `at` on. Returns the first row below them."""
    if at + len(table.rows) > _LAST_ROW:
        raise OutputError("The account has more rows than a sheet of Excel.", "Give a part of the dossier.")
    for column, header in enumerate(table.columns):
        sheet.write_string(at, column, header, bold)
    for line, row in enumerate(table.rows, start=at + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell)
            elif cell:
                sheet.write_string(line, column, cell)
    return at + len(table.rows) + 1


def _document(document: Accounted) -> tuple[Cell, ...]:
    program = tally.by_program(document)
    return (
        _number(document.id),
        document.name,
        "" if document.pages is None else document.pages,
        document.judgement.value,
        ";".join(code for code in tally.per_ground(document) if code),
        document.count,
        program,
        document.count - program,
        sum(document.kept_names.values()),
        "; ".join(document.approved_by),
        document.approved_at,
        document.remark,
    )


def _grounds(documents: Iterable[Accounted]) -> Iterator[tuple[Cell, ...]]:
    for document in documents:
        for code, count in tally.per_ground(document).items():
            yield _number(document.id), document.name, code, tally.ground(code), wording.matter(code), count


def _redactions(documents: Iterable[Accounted]) -> Iterator[tuple[Cell, ...]]:
    for document in documents:
        for each in document.redactions:
            yield (
                *(_number(document.id), document.name, each.page, each.ground, tally.ground(each.ground)),
                *(tally.entity(each.entity), each.decided_by, len(each.numbers), tally.numbers(each.numbers)),
            )


def _number(text: str) -> Cell:
    return int(text) if text.isdecimal() and len(text) < 10 else text
