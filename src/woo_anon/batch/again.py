"""What the runs into an output folder were asked, to be done again: with the decisions that people took since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from woo_anon import storage
from woo_anon.batch import journal_file
from woo_anon.batch.journal import Request
from woo_anon.batch.members import with_members
from woo_anon.batch.plan import Work, plan
from woo_anon.discover import discover
from woo_anon.errors import OutputError
from woo_anon.settings import Layer, Settings, resolve

ORIGIN = "the journal"


def output_folder(given: str) -> str:
    """The output folder that is meant by `given`: itself, or the one that `redact` made beside it.

    Raises OutputError when there is neither.
    """
    given = storage.given(given)
    folder = given if storage.is_address(given) else str(Path(given).absolute())
    for candidate in (folder, f"{folder}.woo"):
        if journal_file.is_there(candidate):
            return candidate
    raise OutputError(f"{given}: holds no journal.", "Give the output folder of woo-anon redact -o.")


def requests(folder: str) -> tuple[Request, ...]:
    """What was asked by the runs into the output folder, oldest first. Raises OutputError."""
    with journal_file.read(folder) as journal:
        found = journal.requests()
    if not any(request.inputs for request in found):
        raise OutputError(
            f"{folder}: was made by an earlier version, which did not keep what it was asked.",
            "Run woo-anon redact with the same inputs and -o once more.",
        )
    return tuple(request for request in found if request.inputs)


def settings_of(request: Request, given: Mapping[str, Any] | None = None) -> Settings:
    """The settings of a run, with `given` ones (dotted keys) before them. Raises SettingsError."""
    return resolve([*([Layer("command line", given)] if given else ()), Layer(ORIGIN, dict(request.settings))])


def works(folder: str, request: Request, settings: Settings) -> tuple[Work, ...]:
    """The documents of a run, and where they go. Raises as `discover` and `plan`."""
    return plan(with_members(discover(request.inputs, skip=folder), settings), folder, marks=settings.marks)


Asked = tuple[tuple[Work, ...], Settings, Request]
"""Documents and where they go, with the settings, and the same as it stands in the journal."""


def all_works(folder: str, given: Mapping[str, Any] | None = None) -> Iterator[Asked]:
    """Everything that was asked of the output folder: documents, settings, and the request. Raises as the above."""
    for request in requests(folder):
        settings = settings_of(request, given)
        yield works(folder, request, settings), settings, request
