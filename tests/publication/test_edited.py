"""An inventory that somebody edited: what is taken from it, and what is refused with its line and column."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from woo_anon.errors import UnreadableError
from woo_anon.publication import edited
from woo_anon.publication.inventory import Judgement, Row

PARTIAL = Row("10001", "2025-01", "nota.pdf", date(2025, 2, 14), Judgement.PARTIAL, grounds=("5.1.2e",))
PUBLIC = Row("10002", "2025-01", "verslag.pdf", date(2025, 2, 14), Judgement.PUBLIC)


def merged(tmp_path: Path, text: str) -> tuple[Row, ...]:
    path = tmp_path / "edited.csv"
    path.write_text(text, encoding="utf-8")
    return edited.merge([PARTIAL, PUBLIC], edited.read(path), "2025-01", path)


def test_a_cell_that_is_empty_and_a_column_that_is_not_there_change_nothing(tmp_path: Path) -> None:
    assert merged(tmp_path, "ID,Datum\n10001,\n") == (PARTIAL, PUBLIC)


def test_every_column_is_taken(tmp_path: Path) -> None:
    header = "ID,Family ID,Email Thread ID,Document,File type,Datum,Toelichting,Publieke link,Gerelateerd ID,Zaaknummer"
    line = "10002,7,8,Verslag 3.docx,doc,2025-01-09,Zie ook 10001.,https://oudewater.example/1,10001,778"
    row = merged(tmp_path, f"{header}\n{line}\n")[1]
    assert (row.family, row.thread, row.document, row.file_type) == ("7", "8", "Verslag 3.docx", "doc")
    assert (row.date, row.remark) == (date(2025, 1, 9), "Zie ook 10001.")
    assert (row.link, row.related, row.case_number) == ("https://oudewater.example/1", "10001", "778")


def test_semicolons_and_dutch_dates_of_a_spreadsheet_are_understood(tmp_path: Path) -> None:
    row = merged(tmp_path, "\ufeffid;datum;beoordelingsgrond;toelichting\n10001;3-2-2025;5.1.2.e;Een, twee\n;;;\n")[0]
    assert (row.date, row.grounds, row.remark) == (date(2025, 2, 3), ("5.1.2e",), "Een, twee")


def test_what_stands_elsewhere_already_needs_no_ground(tmp_path: Path) -> None:
    row = merged(tmp_path, "ID,Beoordeling,Publieke link\n10002,Reeds openbaar,https://oudewater.example/1\n")[1]
    assert (row.judgement, row.offered) == (Judgement.ALREADY, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ID,Naam\n10001,nota\n", "its first line is not that of an inventory"),
        ("Datum\n2025-01-09\n", "its first line is not that of an inventory"),
        ("", "its first line is not that of an inventory"),
        ("ID,Datum\n10001,9 januari\n", r"line 2: Datum is no date"),
        ("ID,Datum\n10001,2025-02-30\n", r"line 2: Datum is no date"),
        ("ID,Datum\n,2025-01-09\n", "line 2: ID is empty"),
        ("ID,Toelichting\n10001,a\n10001,b\n", "line 3: ID stands in an earlier line"),
        ("ID,Toelichting\n10001,a,b\n", "line 2 has more cells than there are columns"),
        ("ID,Toelichting\nnota-1,a\n", "line 2: ID may hold letters and digits only"),
        ("ID,Beoordeling\n10001,gedeeltelijk\n", "line 2: Beoordeling is none of openbaar, deels openbaar"),
        ("ID,Beoordelingsgrond\n10001,privacy\n", "line 2: Beoordelingsgrond are no grounds"),
        ("ID,Opgeschort\n10001,misschien\n", "line 2: Opgeschort is none of ja"),
        ("ID,Publieke link\n10001,javascript:alert(1)\n", "line 2: Publieke link is no address"),
        ("ID,Family ID\n10001,0\n", "line 2: Family ID is no whole number"),
        ("ID,File type\n10001,exe\n", "line 2: File type is none of"),
        (f"ID,Toelichting\n10001,{'a' * 1001}\n", "line 2: Toelichting is longer than 1000 characters"),
        ("ID,Matter\n10001,jan-25\n", "10001: Matter is not that of the settings"),
        ("ID,Beoordeling\n10001,openbaar\n", "10001: Beoordeling cannot be openbaar: there are redactions"),
        ("ID,Beoordelingsgrond\n10002,5.1.2e\n", "10002: Beoordelingsgrond do not go with openbaar"),
        ("ID,Beoordeling\n10002,niet openbaar\n", "10002: Beoordelingsgrond are needed with niet openbaar"),
        ("ID,Document,Datum\n10009,x.pdf,2025-01-09\n", "10009: Beoordeling is empty"),
        ("ID,Document,Datum,Beoordeling\n10009,x.pdf,2025-01-09,openbaar\n", "10009: .* not in the folder"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        merged(tmp_path, text)


def test_an_error_holds_nothing_of_what_stands_in_the_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        merged(tmp_path, "ID,Datum\n10001,Wolvendaal\n")
    assert "Wolvendaal" not in str(caught.value)


@pytest.mark.parametrize("content", [b"ID,Toelichting\n10001,caf\xe9\n", None])
def test_a_file_that_is_no_utf8_or_is_not_there_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "edited.csv"
    if content:
        path.write_bytes(content)
    with pytest.raises(UnreadableError, match="cannot be read"):
        edited.read(path)
