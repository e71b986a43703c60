"""`woo-anon account`: what was decided on the documents of an output folder, for a Woo decision."""

from __future__ import annotations

from typing import Annotated

import typer

from woo_anon.cli import options
from woo_anon.errors import ExitCode


def account(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Output folder of `redact -o`.")],
    *,
    reviewers: Annotated[
        bool, typer.Option("--reviewers", help="Call reviewers by name, not by number. Such a file is internal.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace outputs that exist.")] = False,
    quiet: options.Quiet = False,
) -> None:
    """Write which grounds were used how often, where and by whom (Excel and PDF), without any redacted text."""
    from woo_anon.accountability.account import folder_of, read
    from woo_anon.accountability.write import write
    from woo_anon.cli import output as out

    found = folder_of(folder)
    made = read(found, named=reviewers)
    written = write(found, made, force=force)
    for fault in made.faults:
        out.complain(f"{fault.place}: {fault.error.message.removeprefix(f'{fault.place}: ')}", fault.error.remedy)
    if not quiet:
        counted = sum(document.count for document in made.documents)
        out.say(f"{len(made.documents)} documents, {counted} redactions -> {', '.join(map(str, written))}")
    raise typer.Exit(ExitCode.SOME_FAILED if made.faults else ExitCode.DONE)
