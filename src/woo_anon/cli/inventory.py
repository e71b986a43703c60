"""`woo-anon inventory`: the publication package of an output folder."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from woo_anon.cli import options
from woo_anon.errors import ExitCode

if TYPE_CHECKING:
    from woo_anon.publication.package import Package


def inventory(
    folder: Annotated[Path, typer.Argument(metavar="DIR", readable=False, help="Output folder of `redact -o`.")],
    *,
    matter: Annotated[str | None, typer.Option(metavar="TEXT", help="Mark of this set of documents.")] = None,
    case_number: Annotated[str | None, typer.Option(metavar="TEXT", help="Number of the case.")] = None,
    category: Annotated[str | None, typer.Option(metavar="NAME", help="Information category of art. 3.3 Woo.")] = None,
    document_kind: Annotated[str | None, typer.Option(metavar="NAME", help="Kind of document, as in TOOI.")] = None,
    document_date: Annotated[
        str | None, typer.Option(metavar="DATE", help="Date of the documents for which no other is given.")
    ] = None,
    handling: Annotated[
        str | None, typer.Option(metavar="NAME", help="What was done: ondertekening, ontvangst or vaststelling.")
    ] = None,
    handling_date: Annotated[str | None, typer.Option(metavar="DATE", help="When that was done.")] = None,
    language: Annotated[str | None, typer.Option(metavar="NAME", help="Language; Nederlands by default.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="URI", help="The organisation's identifier in TOOI.")] = None,
    publisher_name: Annotated[str | None, typer.Option(metavar="NAME", help="The organisation's name.")] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the content of publication/ will be found.")
    ] = None,
    edited: Annotated[
        Path | None,
        typer.Option(metavar="FILE", readable=False, help="An inventory (CSV) that you edited: its cells count."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace outputs that exist.")] = False,
    config: options.Config = None,
    quiet: options.Quiet = False,
) -> None:
    """Write the inventory (CSV and Excel), DiWoo metadata and sitemaps for the documents in an output folder."""
    from woo_anon.cli import output as out
    from woo_anon.publication.package import write

    given = {
        "matter": matter,
        "case_number": case_number,
        "category": category,
        "document_kind": document_kind,
        "document_date": document_date,
        "handling": handling,
        "handling_date": handling_date,
        "language": language,
        "publisher": publisher,
        "publisher_name": publisher_name,
        "base_url": base_url,
    }
    settings = options.settings_from(
        config, force=force, **{f"publication.{name}": value for name, value in given.items()}
    )
    package = write(folder, settings, edits=edited)
    for fault in package.faults:
        out.complain(f"{fault.place}: not in the inventory: {fault.error.message}", fault.error.remedy)
    for place in package.withheld:
        out.complain(f"{place}: not published by this inventory.", "Take it out of publication/ before that leaves.")
    if not quiet:
        out.say(summary(package))
        if package.index:
            out.say(f"For robots.txt of the site: Sitemap: {package.index}")
    raise typer.Exit(ExitCode.SOME_FAILED if package.faults else ExitCode.DONE)


def summary(package: Package) -> str:
    """What the inventory holds, in one line."""
    counts = Counter(row.judgement.value for row in package.rows)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    return f"{len(package.rows)} documents ({kinds}) -> {package.inventory}"
