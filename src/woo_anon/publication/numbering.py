"""The numbers of documents: given once and kept, and told by nothing in the document.

The form wants a document's number as the name of its file. A name or a hash of one could tell somebody, so documents
are counted, in order of place, and internal/document-ids.csv remembers who got which.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from woo_anon.errors import UnreadableError

FILE_NAME = "document-ids.csv"
FIRST = 10001  # five digits sort well and survive a spreadsheet, as leading zeros do not
_HEADER = ["ID", "place"]


def number(places: Iterable[str], known: Mapping[str, str], taken: Iterable[str] = ()) -> dict[str, str]:
    """The number of every place: the known ones, also of places that are gone, and new ones above all of them.

    `taken` are identifiers that somebody else gave; new numbers are above those as well.
    """
    numbers = dict(known)
    used = [int(value) for value in (*known.values(), *taken) if value.isascii() and value.isdigit()]
    following = max(used, default=FIRST - 1) + 1
    for place in sorted(set(places) - known.keys()):
        numbers[place] = str(following)
        following += 1
    return numbers


def read(path: Path) -> dict[str, str]:
    """The numbers that the file at `path` remembers, by place; none when there is no file. Raises UnreadableError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, csv.Error):
        raise _unreadable(path) from None
    header, rows = lines[:1], lines[1:]
    numbers = {row[1]: row[0] for row in rows if len(row) == len(_HEADER)}
    digits = all(value.isascii() and value.isdigit() for value in numbers.values())
    if header != [_HEADER] or len(numbers) != len(rows) or len(set(numbers.values())) != len(rows) or not digits:
        raise _unreadable(path)
    return numbers


def as_csv(numbers: Mapping[str, str]) -> bytes:
    """What `read` reads."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows((numbers[place], place) for place in sorted(numbers, key=lambda place: int(numbers[place])))
    return text.getvalue().encode("utf-8")


def _unreadable(path: Path) -> UnreadableError:
    return UnreadableError(
        f"{path}: no list of document numbers.", "Put back an older copy; without it documents would get other numbers."
    )
