"""The inventory as CSV and as workbook."""

from __future__ import annotations

import csv
import tempfile
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.publication import edited
from woo_anon.publication.facts import one_line
from woo_anon.publication.inventory import COLUMNS, Judgement, Row, cells
from woo_anon.publication.tables import as_csv, as_workbook

ROW = Row(id="10001", matter="2025-01", document="nota.pdf", date=date(2025, 2, 14), judgement=Judgement.PUBLIC)
HEADERS = [
    *("ID", "Matter", "Family ID", "Email Thread ID", "Document", "File type", "Datum", "Beoordeling", "Opgeschort"),
    *("Beoordelingsgrond", "Toelichting", "Publieke link", "Gerelateerd ID", "Zaaknummer"),
]
texts = st.text(st.sampled_from("'=+-@\\,;\" a") | st.characters(), max_size=30).map(one_line)
table = st.lists(
    st.builds(
        Row,
        id=st.just("10001"),
        matter=st.just("2025-01"),
        document=texts.filter(bool),
        date=st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        judgement=st.just(Judgement.PARTIAL),
        suspended=st.booleans(),
        grounds=st.sampled_from([("5.1.2e",), ("5.1.1e", "5.1.2e", "5.2.1")]),
        remark=texts,
        case_number=texts,
    ),
    max_size=3,
)


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8"), newline="")))


def test_the_columns_are_those_of_the_form() -> None:
    assert lines(as_csv([ROW]))[0] == HEADERS
    assert [cell.value for cell in openpyxl.load_workbook(BytesIO(as_workbook([ROW]))).active[1]] == HEADERS


def test_the_judgement_has_four_values() -> None:
    assert [value.value for value in Judgement] == ["openbaar", "deels openbaar", "reeds openbaar", "niet openbaar"]


def test_csv_begins_with_the_first_header() -> None:
    assert as_csv([ROW]).startswith(b"ID,Matter,")


@given(table)
def test_no_cell_of_the_csv_is_a_formula_or_holds_an_escape(rows: list[Row]) -> None:
    found = [cell for line in lines(as_csv(rows)) for cell in line]
    assert [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t", "\r")) or "\\" in cell] == []


@given(table)
def test_no_cell_of_the_workbook_is_a_formula(rows: list[Row]) -> None:
    sheet = openpyxl.load_workbook(BytesIO(as_workbook(rows))).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}


@given(table)
def test_the_same_rows_give_the_same_bytes(rows: list[Row]) -> None:
    assert (as_csv(rows), as_workbook(rows)) == (as_csv(rows), as_workbook(rows))


def test_dates_and_numbers_of_the_workbook_are_dates_and_numbers() -> None:
    first = openpyxl.load_workbook(BytesIO(as_workbook([ROW]))).active[2]
    found = dict(zip((name for _, name in COLUMNS), first, strict=True))
    assert (found["id"].value, found["matter"].value) == (10001, "2025-01")
    assert found["date"].value.date() == ROW.date
    assert found["date"].number_format == "yyyy-mm-dd"


def test_the_workbook_offers_the_four_judgements() -> None:
    offers = openpyxl.load_workbook(BytesIO(as_workbook([ROW]))).active.data_validations.dataValidation
    assert '"openbaar,deels openbaar,reeds openbaar,niet openbaar"' in [offer.formula1 for offer in offers]


@given(row=table.filter(bool).map(lambda rows: rows[0]))
def test_an_inventory_given_back_as_it_is_changes_nothing(row: Row) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory.csv"
        path.write_bytes(as_csv([row]))
        merged = edited.merge([row], edited.read(path), "2025-01", path)
    assert [cell.replace("\\", "/") for cell in cells(row)] == list(cells(merged[0]))
