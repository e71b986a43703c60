"""The inventory as CSV and as Excel workbook: same rows, same bytes for the same rows.

A cell that a spreadsheet would take for a formula is harmless: in CSV an apostrophe goes before it (OWASP, CSV
injection), in Excel it is a text by its type.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from woo_anon.publication.inventory import COLUMNS, Judgement, Row, cells

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FORMULA_STARTS = ("=", "+", "-", "@")
_NUMBERS = frozenset({"id", "family", "thread"})
_WIDTHS = {"document": 48, "remark": 40, "link": 32, "grounds": 24, "judgement": 17, "date": 12, "id": 10}
_MADE = datetime(2020, 1, 1)  # whatever the day: a run can be repeated byte for byte


def as_csv(rows: Sequence[Row]) -> bytes:
    """UTF-8 without mark, divided by commas: the site's reader would take a mark for a part of the first header."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header for header, _ in COLUMNS)
    for row in rows:
        writer.writerow(map(_harmless, cells(row)))
    return text.getvalue().encode("utf-8")


def _harmless(cell: str) -> str:
    # PHP's reader takes a backslash before a quotation mark for an escape, and with it the rest of the row.
    plain = cell.replace("\\", "/")
    return f"'{plain}" if plain.lstrip("'").startswith(_FORMULA_STARTS) else plain


def as_meant(cell: str) -> str:
    """A cell of such a CSV without the apostrophe that made it harmless."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA_STARTS) else cell


def as_workbook(rows: Sequence[Row]) -> bytes:
    """An Excel workbook with one sheet; dates are dates, and where the form has a choice the cell offers it."""
    from xlsxwriter import Workbook

    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    workbook.set_properties({"created": _MADE})
    sheet = workbook.add_worksheet("Inventaris")
    bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
    for column, (header, name) in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, 16))
        sheet.write_string(0, column, header, bold)
        for line, row in enumerate(rows, start=1):
            _write(sheet, (line, column), name, row, day)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    _offer(sheet, "judgement", len(rows), [value.value for value in Judgement])
    _offer(sheet, "suspended", len(rows), ["Ja"])
    workbook.close()
    return content.getvalue()


def _write(sheet: Worksheet, at: tuple[int, int], name: str, row: Row, day: Format) -> None:
    cell = dict(zip((name for _, name in COLUMNS), cells(row), strict=True))[name]
    if isinstance(value := getattr(row, name), date):
        sheet.write_datetime(*at, datetime.combine(value, time()), day)
    elif name in _NUMBERS and cell.isascii() and cell.isdigit() and len(cell) < 10 and not cell.startswith("0"):
        sheet.write_number(*at, int(cell))
    elif cell:
        sheet.write_string(*at, cell)


def _offer(sheet: Worksheet, name: str, rows: int, choices: list[str]) -> None:
    column = [field for _, field in COLUMNS].index(name)
    sheet.data_validation(1, column, max(rows, 1), column, {"validate": "list", "source": choices})
