"""`woo-anon doctor`: what is installed and what is missing."""

from __future__ import annotations

import typer

from woo_anon.cli import options
from woo_anon.errors import ExitCode


def doctor(json: options.Json = False) -> None:
    """Say what is installed and what is missing; exit code 7 when something needed is."""
    from dataclasses import asdict

    from woo_anon.cli.output import put, put_json
    from woo_anon.diagnosis import examine_installation

    parts = examine_installation()
    healthy = all(part.present for part in parts if part.needed)
    if json:
        put_json({"schema": 1, "healthy": healthy, "parts": [asdict(part) for part in parts]})
    else:
        for part in parts:
            mark = "ok     " if part.present else "MISSING" if part.needed else "absent "
            put(f"{mark} {part.name:24} {part.version:12} {part.detail}".rstrip())
    raise typer.Exit(ExitCode.DONE if healthy else ExitCode.MISSING)
