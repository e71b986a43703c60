"""`woo-anon officials`: the register of public office holders. A name in it is evidence, not proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from woo_anon.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from woo_anon.people.official import Official

officials_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Show and extend the register of public office holders."
)
Office = Annotated[str | None, typer.Option(metavar="CODE", help="Only this office: minister, kamerlid, burgemeester…")]
Sought = Annotated[str, typer.Argument(metavar="NAME", help="A surname, a full name, or a part of one.")]
Imported = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", readable=False, help="CSV or JSON, or a saved person list of the House's open-data feed."
    ),
]


@officials_app.command("list")
def show_all(office: Office = None, json: options.Json = False) -> None:
    """Everybody in the register, one office a line."""
    from woo_anon.errors import UsageError
    from woo_anon.people.register import OFFICES, load

    if office is not None and office not in OFFICES:
        raise UsageError("Unknown office.", f"Known are {', '.join(OFFICES)}.")
    _print((row for row in load().officials if office in (None, row.office)), json=json)


@officials_app.command()
def find(name: Sought, json: options.Json = False) -> None:
    """Those whom a name may mean; nothing when the register knows nobody so called."""
    from woo_anon.people.register import load

    _print(load().find(name), json=json)


@officials_app.command("import")
def add_from(file: Imported) -> None:
    """Add the rows of FILE to your own register, which lies on top of the one that comes with woo-anon."""
    from woo_anon.cli.output import put, say
    from woo_anon.people.register import add, read, user_file

    own = user_file()
    rows = read(file)
    put(f"{add(own, rows)} new of {len(rows)}")
    say(f"Your own register: {own}")


def _print(officials: Iterable[Official], *, json: bool) -> None:
    from woo_anon.cli.output import put, put_json
    from woo_anon.people.register_files import as_dict

    for official in officials:
        if json:
            put_json(as_dict(official))
        else:
            period = f"{official.since}–{official.until}" if official.since or official.until else ""
            put(" · ".join(part for part in (official.name, official.office, official.body, period) if part))
