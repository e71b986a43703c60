"""Writing the account of an output folder: workbook and PDF together, or neither; readable by their owner alone."""

from __future__ import annotations

from pathlib import Path

from woo_anon.accountability.account import Account
from woo_anon.accountability.paper import as_paper
from woo_anon.accountability.workbook import as_workbook
from woo_anon.errors import OutputError
from woo_anon.publication.outputs import INTERNAL
from woo_anon.staging import Output, check_free, staged

NAME = "verantwoording"


def write(folder: Path, account: Account, *, force: bool) -> tuple[Path, ...]:
    """Write the account of the output folder `folder` and return where it stands.

    Raises OutputError when a file exists (unless `force`) or cannot be written.
    """
    outputs = [Output(folder / INTERNAL / f"{NAME}{suffix}", private=True) for suffix in (".xlsx", ".pdf")]
    check_free(outputs, force=force)  # before the work
    contents = as_workbook(account), as_paper(account)
    with staged(outputs, force=force) as temporary:
        for path, content in zip(temporary, contents, strict=True):
            try:
                path.write_bytes(content)
            except OSError as error:
                raise OutputError(
                    f"{folder}: the account cannot be written ({error.strerror or 'output error'}).",
                    "Check the space on the disk.",
                ) from None
    return tuple(output.path for output in outputs)
