"""`woo-anon config`: the settings in force, each with where it came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from woo_anon.cli import options

config_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show the settings and their origin.")


@config_app.command()
def show(config: options.Config = None, json: options.Json = False) -> None:
    """Every setting with its value and its origin."""
    from woo_anon.cli.output import put, put_json
    from woo_anon.settings import load

    settings = load(config=config)
    rows = [(key, _plain(value), settings.origin(key)) for key, value in settings.items()]
    if json:
        put_json({"schema": 1, "settings": {key: {"value": value, "origin": origin} for key, value, origin in rows}})
        return
    width = max(len(key) for key, _, _ in rows)
    for key, value, origin in rows:
        put(f"{key:{width}} = {_toml(value)}  # {origin}")


@config_app.command()
def path(config: options.Config = None) -> None:
    """The settings files in force, strong to weak, one a line."""
    from woo_anon.cli.output import put
    from woo_anon.settings import files_in_force

    for file in files_in_force(config):
        put(str(file))


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _toml(value: Any) -> str:
    """A value in TOML's spelling, which for ours is JSON's; an absent path is an empty text."""
    import json

    return json.dumps("" if value is None else value, ensure_ascii=False)
