"""`woo-anon status`: the journal of an output folder."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from woo_anon.cli import options

if TYPE_CHECKING:
    from woo_anon.batch.journal import Entry, Journal


def status(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Output folder of woo-anon redact, or its address.")],
    *,
    json: options.Json = False,
    everything: Annotated[bool, typer.Option("--all", help="List the documents that are done as well.")] = False,
) -> None:
    """Show what became of the documents of an output folder: done, due, refused, failed."""
    from woo_anon import storage
    from woo_anon.batch import journal_file

    with journal_file.read(storage.given(folder)) as opened:
        entries = list(opened.entries())
        if json:
            from woo_anon.cli.output import put_json

            for entry in entries:
                put_json(record(entry))
        else:
            show(opened, entries, everything=everything)


def record(entry: Entry) -> dict[str, Any]:
    """One document as JSON."""
    failure = entry.failure
    return {
        "schema": 1,
        "source": entry.name,
        "status": state(entry),
        "exit_code": int(failure.exit_code) if failure else 0,
        "message": failure.message if failure else "",
        "remedy": failure.remedy if failure else "",
        "pages": entry.figures.pages if entry.figures else None,
        "seconds": entry.figures.seconds if entry.figures else None,
        "outputs": [placed.path for placed in entry.outputs],
    }


def state(entry: Entry) -> str:
    """The state of a document; `gone` when the last run no longer had it among its inputs."""
    from woo_anon.batch.due import input_stamp
    from woo_anon.batch.outcome import Result

    if not entry.current:
        return "gone"
    changed = entry.state is not Result.DUE and input_stamp(entry.file) != entry.stamp.input
    return (Result.DUE if changed else entry.state).value


def show(journal: Journal, entries: list[Entry], *, everything: bool) -> None:
    """Counts, then what needs attention, as tables on stdout."""
    from rich.table import Table
    from rich.text import Text

    from woo_anon.cli.output import console, printable

    states = [(entry, state(entry)) for entry in entries]
    counts, pages = Counter(found for _, found in states), Counter[str]()
    for entry, found in states:
        pages[found] += entry.figures.pages if entry.figures else 0
    shows = console()
    began, ended, documents = journal.runs()[-1]
    shows.print(f"last run: {documents} documents, began {began}, {f'ended {ended}' if ended else 'not ended'}")
    totals = Table("state", "documents", "pages", box=None)
    for found in sorted(counts):
        totals.add_row(found.replace("_", " "), str(counts[found]), str(pages[found] or ""))
    shows.print(totals)
    listed = [(entry, found) for entry, found in states if everything or found not in ("done", "done_with_images")]
    if not listed:
        return
    table = Table("state", "document", "why", box=None)
    for entry, found in listed:
        why = f"{entry.failure.message} {entry.failure.remedy}" if entry.failure else ""
        table.add_row(*map(Text, (found.replace("_", " "), printable(entry.name), printable(why))))
    shows.print(table)
