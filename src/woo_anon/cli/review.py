"""`woo-anon review`: the local review application."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from woo_anon.errors import MissingError, UsageError


def review(
    folder: Annotated[Path, typer.Argument(metavar="DIR", readable=False, help="Output folder of `redact -o`.")],
    *,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Who reviews; your user name by default.")] = None,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="Port on 127.0.0.1; a free one by default.")
    ] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address, and open no browser.")] = False,
) -> None:
    """Judge the proposals of an output folder in the browser; on this machine only."""
    from woo_anon import storage
    from woo_anon.batch.again import output_folder
    from woo_anon.cli import output as out

    try:
        from woo_anon.review import server
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn"):
            raise
        raise MissingError("The review is not installed.", "Run: pip install 'woo-anon[review]'") from None
    location = output_folder(str(folder))
    if storage.is_address(location):
        raise UsageError("A folder elsewhere cannot be reviewed.", "Copy it to this machine first.")
    who = (name or getpass.getuser()).strip()
    if not who:
        raise UsageError("The reviewer has no name.", "Give one with --name.")
    with server.opened(Path(location), who, port) as opened:
        out.put(opened.address)
        if not no_browser:
            import webbrowser

            webbrowser.open(opened.address)
        out.say("Stop with Ctrl+C; every decision is stored at once.")
        opened.serve()
