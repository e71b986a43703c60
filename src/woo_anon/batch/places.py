"""Whether the places of a document's outputs are free, on this machine or at an address."""

from __future__ import annotations

from woo_anon import storage
from woo_anon.batch.plan import Work
from woo_anon.errors import OutputError
from woo_anon.staging import check_free


def check_places(work: Work, *, force: bool) -> None:
    """Raise OutputError when an output of `work` exists (unless `force`) or cannot exist where it is meant to."""
    if not work.store:
        check_free(work.outputs(), force=force)
        return
    for location in () if force else map(work.located, work.outputs()):
        if storage.exists(location):
            raise OutputError(f"{location}: exists already.", "Use --force, or choose another -o.")
