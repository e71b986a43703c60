"""The account as an accessible PDF (PDF/UA-1, PDF/A-2a), made to be joined to a Woo decision.

Account ──► blocks: headings, paragraphs, tables ──► JSON ──► template.typ ──► PDF
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

from woo_anon.accountability import tally
from woo_anon.accountability.account import PROGRAM, Account, Accounted
from woo_anon.accountability.tally import Table
from woo_anon.record import wording
from woo_anon.typesetting import FONTS, as_pdf, without_glyphs, written_out

TITLE = "Verantwoording van het lakken"
_INTRODUCTION = (
    "Dit overzicht zegt per dossier, document en bladzijde op welke grond van de Wet open overheid (Woo) is gelakt, "
    "hoe vaak, en of het programma of een beoordelaar daarover besliste. Wat is gelakt, staat er niet in. De nummers "
    "zijn die van het logboek bij elk document. "
)
_BY_PROGRAM = (
    f"“{PROGRAM.capitalize()}”: door het programma voorgesteld en door geen beoordelaar veranderd. Wie een document "
    "goedkeurde, keurde ook die voorstellen goed."
)
_IN_WORKBOOK = (
    "Het dossier is te groot om hier elke bladzijde apart te noemen: die staan in het werkblad “Gelakte plaatsen” van "
    "verantwoording.xlsx."
)
MOST_ROWS = 5_000  # lines on pages that the PDF takes: typst needs some 75 kB of memory for each
_COLUMNS = ("Bladzijde", "Grond", "Soort gegeven", "Beslist door", "Aantal", "Nummers")
_LONG = re.compile(r"\S{40,}")
_BREAKABLE = 20  # characters of a long word after which a line may end

Block = tuple[str, Any]  # ("heading", (level, text)), ("text", text) or ("table", (columns, rows))


def as_paper(account: Account) -> bytes:
    """The PDF. Raises OutputError when it cannot be set."""
    blocks = list(_blocks(account))
    missing = without_glyphs("".join(_texts(blocks)))
    data = {"title": TITLE, "fonts": FONTS, "blocks": _mapped(blocks, missing)}
    template = resources.files("woo_anon.accountability").joinpath("template.typ").read_bytes()
    return as_pdf(template, data, "The account")


def _blocks(account: Account) -> Iterator[Block]:
    made = f"Laatste verwerking: {wording.moment(account.made)}. " if account.made else ""
    pages = sum(len(document.redactions) for document in account.documents) <= MOST_ROWS
    yield "text", f"{_INTRODUCTION}{made}"
    yield "text", _BY_PROGRAM
    if not pages:
        yield "text", _IN_WORKBOOK
    yield "heading", (1, "Het dossier")
    for table in tally.tables(account):
        yield from _table(table, level=2)
    yield "heading", (1, "De documenten")
    for document in account.documents:
        yield from _document(document, pages=pages)


def _table(table: Table, *, level: int) -> Iterator[Block]:
    yield "heading", (level, table.title)
    yield "table", (table.columns, table.rows)


def _document(document: Accounted, *, pages: bool) -> Iterator[Block]:
    nameless = document.name == f"document {document.id}"
    yield "heading", (2, document.name if nameless else f"{document.id}: {document.name}")
    yield "text", " ".join(_facts(document))
    rows = tuple(
        (each.page, tally.ground(each.ground), tally.entity(each.entity), each.decided_by, len(each.numbers),
         tally.numbers(each.numbers))
        for each in document.redactions
    )  # fmt: skip
    if rows and pages:
        yield "table", (_COLUMNS, rows)


def _facts(document: Accounted) -> Iterator[str]:
    """What is said of a document, in sentences."""
    yield f"Beoordeling: {document.judgement.value}."
    if document.pages is not None:
        yield f"{document.pages} {'bladzijde' if document.pages == 1 else 'bladzijden'}."
    for code, count in tally.per_ground(document).items():
        yield f"Gelakt op grond van {tally.ground(code)}: {count} keer."
    if document.kept_names:
        kept = ", ".join(f"{tally.role(code).lower()} {count}" for code, count in sorted(document.kept_names.items()))
        yield f"Namen die blijven staan: {kept}."
    if document.approved_by:
        yield f"Goedgekeurd door {' en '.join(document.approved_by)}, laatst op {wording.moment(document.approved_at)}."
    if document.remark:
        yield f"Let op: {document.remark}."


def _texts(found: Any) -> Iterator[str]:
    """All texts in blocks, however deep."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, tuple | list):
        for each in found:
            yield from _texts(each)


def _mapped(found: Any, missing: frozenset[str]) -> Any:
    """Blocks as they are set: characters without a glyph by number, numbers as texts, long words with places where they
    may break."""
    if isinstance(found, tuple | list):
        return [_mapped(each, missing) for each in found]
    return _breakable(written_out(found, missing)) if isinstance(found, str) else str(found)


def _breakable(text: str) -> str:
    return _LONG.sub(lambda word: "\u200b".join(re.findall(f".{{1,{_BREAKABLE}}}", word[0])), text)
