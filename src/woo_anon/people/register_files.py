"""Files that the register of public office holders is read from, and the user's own file, which grows by `add`."""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from woo_anon.errors import OutputError, SettingsError
from woo_anon.people.name import fold
from woo_anon.people.official import COLUMNS, OFFICES, Official

_DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")


def user_file() -> Path:
    """Where the user's own rows live; the file need not exist."""
    from platformdirs import user_config_path

    return user_config_path("woo-anon", appauthor=False) / "officials.csv"


def read(path: Path) -> tuple[Official, ...]:
    """Read rows from a file; which of three forms it is shows from its content.

    1. CSV with the columns of the register in any order, comma or semicolon between; `office` and a `surname` or
       `given` are needed, the rest may lack.
    2. JSON: a list of objects with the same keys, or such a list under `officials`.
    3. JSON as the House's open-data feed gives it (Tweede Kamer OData v4, entity Persoon: a list under `value` of
       objects with Achternaam, Tussenvoegsel, Roepnaam, Initialen, Functie, Fractielabel). Persons without a public
       function and deleted ones are left out. Source: https://opendata.tweedekamer.nl/documentatie/persoon

    Raises SettingsError when the file cannot be read, is of no such form or has an unknown column, office or date.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read.", "Check the path and your rights.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8.", "Save the file as CSV UTF-8 or as JSON.") from error
    if text.lstrip()[:1] in {"[", "{"}:
        return _read_json(path, text)
    return _read_csv(path, text)


def _read_csv(path: Path, text: str) -> tuple[Official, ...]:
    header = text.split("\n", 1)[0]
    rows = csv.DictReader(text.splitlines(), delimiter=";" if header.count(";") > header.count(",") else ",")
    columns = [column.strip().lower() for column in rows.fieldnames or ()]
    if "office" not in columns or not {"surname", "given"} & set(columns):
        raise SettingsError(
            f"{path}: neither a register nor a person list of the House.",
            f"The first line must name the columns: {', '.join(COLUMNS)}.",
        )
    rows.fieldnames = columns
    return tuple(_official(path, number, row) for number, row in enumerate(rows, 2))


def _read_json(path: Path, text: str) -> tuple[Official, ...]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise SettingsError(f"{path}: not valid JSON.", "Save the file again as JSON.") from error
    if isinstance(content, dict):
        content = content.get("officials", content.get("value"))
    if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
        raise SettingsError(
            f"{path}: neither a register nor a person list of the House.",
            "Give a list of objects, or one under `officials` or `value`.",
        )
    if any("Achternaam" in item for item in content):
        return tuple(official for item in content if (official := _from_feed(item)))
    return tuple(_official(path, number, item) for number, item in enumerate(content, 1))


def _official(path: Path, number: int, row: dict[str, object]) -> Official:
    """A row of the register's own form; `number` (line or item) is told when something is wrong with it."""
    unknown = [key for key in row if key not in COLUMNS]
    if unknown:
        raise SettingsError(f"{path}, row {number}: unknown column.", f"Known are {', '.join(COLUMNS)}.")
    official = Official(*(str(row.get(column) or "").strip() for column in COLUMNS))
    if official.office not in OFFICES:
        raise SettingsError(f"{path}, row {number}: unknown office.", f"Known are {', '.join(OFFICES)}.")
    if not official.surname and not official.given:
        raise SettingsError(f"{path}, row {number}: no name.", "Fill in surname or given.")
    if not _DATE.fullmatch(official.since) or not _DATE.fullmatch(official.until):
        raise SettingsError(
            f"{path}, row {number}: not a date.", "Write from and until as 2024, 2024-07 or 2024-07-02."
        )
    return official


def _from_feed(item: dict[str, object]) -> Official | None:
    """A person of the House's feed; None without a function that makes the name public."""

    def field(name: str) -> str:
        return str(item.get(name) or "").strip()

    office = _feed_office(fold(field("Functie")))
    if not office or not field("Achternaam") or item.get("Verwijderd") is True:
        return None
    return Official(
        surname=field("Achternaam"),
        infix=field("Tussenvoegsel"),
        given=field("Roepnaam"),
        initials=field("Initialen"),
        office=office,
        body=field("Fractielabel"),
        since="",
        until="",
        source="opendata.tweedekamer.nl",
    )


def _feed_office(function: str) -> str | None:
    if "eerste kamer" in function:
        return "senator"
    if "kamerlid" in function:
        return "kamerlid"
    for office in ("minister-president", "staatssecretaris", "minister"):
        if office in function:
            return office
    if "europees parlement" in function:
        return "europarlementarier"
    return None


def add(path: Path, officials: Iterable[Official]) -> int:
    """Lay rows on top of those in the CSV file `path`, made when it does not exist; gives how many are new.

    The file is replaced in one step, so that a reader never sees half of it. Raises SettingsError when the present file
    is broken and OutputError when the new one cannot be written.
    """
    present = read(path) if path.exists() else ()
    fresh = [official for official in dict.fromkeys(officials) if official not in set(present)]
    if fresh:
        write(path, sorted([*present, *fresh], key=_order))
    return len(fresh)


def write(path: Path, officials: Iterable[Official]) -> None:
    """Write rows as CSV to `path`, in one step. Raises OutputError when that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written.", "Check the path and your rights.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(COLUMNS)
            rows.writerows(_fields(official) for official in officials)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written.", "Check the path and your rights.") from error


def as_dict(official: Official) -> dict[str, str]:
    """The row under its column names, as CSV and JSON have them."""
    return dict(zip(COLUMNS, _fields(official), strict=True))


def _fields(official: Official) -> tuple[str, ...]:
    return tuple(getattr(official, "since" if column == "from" else column) for column in COLUMNS)


def _order(official: Official) -> tuple[str, ...]:
    return (fold(official.surname), fold(official.given), official.since, official.office, official.body)
