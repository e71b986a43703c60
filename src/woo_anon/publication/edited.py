"""An inventory that an officer edited, taken as what the officer says: its cells go before ours.

What only the office knows of a document (its date, a note, a link to where it stands already, that it is withheld) is
written into the columns of the inventory itself, and the file is given back. A row whose ID is not ours adds a document
that is not in the folder, which can be `niet openbaar` or `reeds openbaar` only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from woo_anon.errors import UnreadableError
from woo_anon.publication.facts import one_line
from woo_anon.publication.inventory import COLUMNS, FILE_TYPES, NAME_LENGTH, REMARK_LENGTH, Judgement, Row
from woo_anon.publication.tables import as_meant

_FIELDS = {header.casefold(): name for header, name in COLUMNS}
_DATES = ("%Y-%m-%d", "%d-%m-%Y")
_YES, _NO = ("ja", "true", "1"), ("nee", "false", "0")
_ID = re.compile(r"[A-Za-z0-9]{1,170}")  # the site looks for it at the beginning of a file's name, as far as this goes
_GROUND = re.compile(r"\d{1,2}(\.\d)*\.?[a-i]?")  # also of the Wob: 10.2e
_WHOLE = re.compile(r"[1-9]\d*")
_Cells = Mapping[str, str]


def read(path: Path) -> dict[str, dict[str, Any]]:
    """The cells that say something, as values of a Row, by ID. Raises UnreadableError, which names line and column."""
    edits: dict[str, dict[str, Any]] = {}
    for line, cells in _lines(path):
        values = {name: _value(name, text, f"{path}: line {line}") for name, text in cells.items() if text}
        number = values.pop("id", "")
        if not number:
            raise _wrong(f"{path}: line {line}", "id", "is empty")
        if number in edits:
            raise _wrong(f"{path}: line {line}", "id", "stands in an earlier line as well")
        edits[number] = values
    return edits


def merge(rows: Sequence[Row], edits: Mapping[str, Mapping[str, Any]], matter: str, path: Path) -> tuple[Row, ...]:
    """`rows` as edited, and behind them the documents that are in `edits` alone. Raises UnreadableError."""
    for number, edit in edits.items():
        if edit.get("matter", matter) != matter:  # a spreadsheet that opens CSV makes a date of 2025-01
            raise _wrong(f"{path}: {number}", "matter", "is not that of the settings")
    ours = {row.id for row in rows}
    merged = [_merged(row, edits.get(row.id, {}), path) for row in rows]
    added = (number for number in edits if number not in ours)
    return (*merged, *(_added(number, edits[number], matter, path) for number in added))


def _merged(row: Row, edit: Mapping[str, Any], path: Path) -> Row:
    where = f"{path}: {row.id}"
    edited: Row = replace(row, **edit)
    if row.judgement is Judgement.PARTIAL and edited.judgement is Judgement.PUBLIC:
        raise _wrong(where, "judgement", f"cannot be {Judgement.PUBLIC}: there are redactions")
    if edited.judgement is Judgement.PUBLIC and edited.grounds:
        raise _wrong(where, "grounds", f"do not go with {Judgement.PUBLIC}")
    return _grounded(edited, where)


def _added(number: str, edit: Mapping[str, Any], matter: str, path: Path) -> Row:
    where = f"{path}: {number}"
    for name in ("document", "judgement", "date"):
        if name not in edit:
            raise _wrong(where, name, "is empty, and the document is not in the folder")
    row = Row(id=number, **({"matter": matter} | dict(edit)))
    if row.offered:
        raise _wrong(where, "judgement", "says that it is published, but the document is not in the folder")
    return _grounded(row, where)


def _grounded(row: Row, where: str) -> Row:
    if row.judgement in (Judgement.PARTIAL, Judgement.NOT) and not row.grounds:
        raise _wrong(where, "grounds", f"are needed with {row.judgement}")
    return row


def _lines(path: Path) -> Iterator[tuple[int, _Cells]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UnreadableError(f"{path}: cannot be read.", "Save the inventory as CSV in UTF-8.") from None
    divider = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","  # Dutch Excel: ;
    try:
        header, *rows = list(csv.reader(StringIO(text, newline=""), delimiter=divider, strict=True)) or [[]]
    except csv.Error:
        raise UnreadableError(f"{path}: is no CSV.", "Save the inventory as CSV in UTF-8.") from None
    names = [_FIELDS.get(cell.strip().casefold()) for cell in header]
    if None in names or "id" not in names or len(set(names)) != len(names):
        raise UnreadableError(
            f"{path}: its first line is not that of an inventory.",
            f"Take these columns, ID among them: {', '.join(header for header, _ in COLUMNS)}.",
        )
    for line, row in enumerate(rows, start=2):
        if len(row) > len(names):
            raise UnreadableError(f"{path}: line {line} has more cells than there are columns.", "Quote its texts.")
        if any(cell.strip() for cell in row):
            yield line, {name: as_meant(one_line(cell)) for name, cell in zip(names, row, strict=False) if name}


def _value(name: str, text: str, where: str) -> Any:
    match name:
        case "date":
            return _date(text, where)
        case "judgement":
            return _one_of(text, {value.value: value for value in Judgement}, name, where)
        case "suspended":
            return _one_of(text, dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False), name, where)
        case "grounds":
            return _grounds(text, where)
        case "id" if not _ID.fullmatch(text):
            raise _wrong(where, name, "may hold letters and digits only")
        case "file_type":
            return _one_of(text, {kind: kind for kind in sorted(FILE_TYPES)}, name, where)
        case "family" | "thread" if not _WHOLE.fullmatch(text):
            raise _wrong(where, name, "is no whole number")
        case "link" if not all(_is_link(part.strip()) for part in text.split("|")):
            raise _wrong(where, name, "is no address that begins with http:// or https://")
        case "document" | "remark" if len(text) > (longest := NAME_LENGTH if name == "document" else REMARK_LENGTH):
            raise _wrong(where, name, f"is longer than {longest} characters")
    return text


def _date(text: str, where: str) -> date:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise _wrong(where, "date", "is no date, such as 2025-03-31")


def _one_of(text: str, choices: Mapping[str, Any], name: str, where: str) -> Any:
    if text.casefold() not in choices:
        raise _wrong(where, name, f"is none of {', '.join(choices)}")
    return choices[text.casefold()]


def _grounds(text: str, where: str) -> tuple[str, ...]:
    grounds = [part.strip() for part in text.split(";") if part.strip()]
    if not all(_GROUND.fullmatch(ground) for ground in grounds):
        raise _wrong(where, "grounds", "are no grounds such as 5.1.1e;5.1.2e")
    return tuple(dict.fromkeys(re.sub(r"\.(?=[a-i]$)", "", ground) for ground in grounds))


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _wrong(where: str, name: str, why: str) -> UnreadableError:
    header = next(header for header, field in COLUMNS if field == name)
    return UnreadableError(f"{where}: {header} {why}.", "Mend the cell; see docs/publication.md.")
