"""The inventarislijst: one row a document, in the form that open.minvws.nl imports.

Columns and values: the template for a production report and its reader in minvws/nl-rdo-woo-web (EUPL-1.2). The reader
takes whatever it does not know as a judgement for `niet openbaar`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from woo_anon.publication.facts import Facts, one_line
from woo_anon.publication.outputs import Published

NAME_LENGTH, REMARK_LENGTH = 500, 1000  # characters that the reader takes
_YES = "Ja"

FILE_TYPES = frozenset(  # kinds of source that the form knows; plain text counts as doc there
    "pdf doc image presentation spreadsheet email html note database xml video audio vcard chat".split()
)
_FILE_TYPES = {
    "pdf": "pdf",
    "text": "doc",
    "word": "doc",
    "mail": "email",
}


class Judgement(StrEnum):
    """Beoordeling: these four and nothing else."""

    PUBLIC = "openbaar"
    PARTIAL = "deels openbaar"
    ALREADY = "reeds openbaar"
    NOT = "niet openbaar"


@dataclass(frozen=True)
class Row:
    """One document in the inventory. Texts are "" where there is nothing to say."""

    id: str
    matter: str
    document: str  # name, as it may be shown
    date: date | None
    judgement: Judgement
    family: str = ""
    thread: str = ""
    file_type: str = ""
    suspended: bool = False  # published later, when somebody's objection has been dealt with
    grounds: tuple[str, ...] = ()
    remark: str = ""
    link: str = ""
    related: str = ""
    case_number: str = ""

    @property
    def offered(self) -> bool:
        """Whether the document itself is published with this inventory."""
        return self.judgement in (Judgement.PUBLIC, Judgement.PARTIAL) and not self.suspended

    @property
    def title(self) -> str:
        """The document's name without the suffix of a file; its number where that is all that may be shown."""
        stem, _, suffix = self.document.rpartition(".")
        name = stem if stem and suffix.isalnum() and len(suffix) <= 4 and not suffix.isdigit() else self.document
        return f"Document {name}" if name == self.id else name


# Header of the column and name of the field, in the order of the form.
COLUMNS = (
    ("ID", "id"),
    ("Matter", "matter"),
    ("Family ID", "family"),
    ("Email Thread ID", "thread"),
    ("Document", "document"),
    ("File type", "file_type"),
    ("Datum", "date"),
    ("Beoordeling", "judgement"),
    ("Opgeschort", "suspended"),
    ("Beoordelingsgrond", "grounds"),
    ("Toelichting", "remark"),
    ("Publieke link", "link"),
    ("Gerelateerd ID", "related"),
    ("Zaaknummer", "case_number"),
)


def row(document: Published, number: str, facts: Facts, *, family: str = "", thread: str = "") -> Row:
    """The row of a document as the log has it. A name that may not be shown is replaced by the number; `family` is the
    ID of the mail that it belongs to, `thread` that of a mail's conversation."""
    name = document.name or f"{number}{document.file.suffix}"
    return Row(
        id=number,
        matter=facts.matter,
        document=one_line(name)[:NAME_LENGTH],
        date=facts.document_date,
        judgement=Judgement.PARTIAL if document.redacted else Judgement.PUBLIC,
        family=family,
        thread=thread,
        file_type=_FILE_TYPES.get(document.format, ""),
        grounds=document.grounds,
        case_number=facts.case_number,
    )


def cells(line: Row) -> tuple[str, ...]:
    """A row as texts, in the order of COLUMNS."""
    return tuple(_cell(getattr(line, name)) for _, name in COLUMNS)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return _YES if value else ""
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None else str(value)
