"""Options that several commands share, and the settings that follow from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from woo_anon.settings import Settings, load

Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT", help="Files, or folders that are read recursively; or their addresses.")
]
InputsOrNone = Annotated[
    list[str] | None,
    typer.Argument(metavar="INPUT", help="Files, or folders that are read recursively; or their addresses."),
]
Profile = Annotated[
    str | None, typer.Option(metavar="NAME", help="beslisnota (default), woo-besluit, or the path of a TOML file.")
]
Term = Annotated[
    list[str] | None, typer.Option(metavar="TEXT", help="Always redact this text (whole words). Repeatable.")
]
Keep = Annotated[list[str] | None, typer.Option(metavar="TEXT", help="Never redact this text. Repeatable.")]
# `readable=False`: our own errors tell what cannot be read, with the exit code of the contract.
Terms = Annotated[
    Path | None, typer.Option(metavar="FILE", readable=False, help="File of texts to redact, one a line.")
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", readable=False, help="File of passwords for encrypted documents, one a line."),
]
AcceptSigned = Annotated[
    bool, typer.Option("--accept-signed", help="Handle signed documents; their signature is lost.")
]
Ocr = Annotated[
    bool | None,
    typer.Option("--ocr/--no-ocr", help="Whether OCR reads pages without text (default), or they are refused."),
]
DossierOption = Annotated[
    bool | None,
    typer.Option("--dossier/--no-dossier", help="Whether the documents are one case, whose people are known to all."),
]
Jobs = Annotated[
    int | None, typer.Option(metavar="N", help="Documents handled at once; 0 (default): as many as there are cores.")
]
Executor = Annotated[
    str | None, typer.Option(metavar="NAME", help="Where the work runs: processes (default), serial or dask.")
]
Scheduler = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Scheduler of the Dask cluster; without it one starts here.")
]
Config = Annotated[
    Path | None, typer.Option(metavar="FILE", readable=False, help="Settings file; goes before woo-anon.toml.")
]
Review = Annotated[str | None, typer.Option(metavar="WHAT", help="Doubtful findings: redact (default) or keep.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Errors only.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Sizes and times, and where an unexpected error arose.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON object per line on stdout.")]


def given(**options: Any) -> dict[str, Any]:
    """The options that were given: not those that are None or empty, nor a switch that is off, unless its option has a
    way to say so (`--no-dossier`)."""
    return {
        key: value
        for key, value in options.items()
        if value not in (None, []) and (value is not False or key in ("dossier", "ocr"))
    }


def settings_from(config: Path | None, **options: Any) -> Settings:
    """Settings of all layers with the `given` options on top."""
    return load(given(**options), config=config)
