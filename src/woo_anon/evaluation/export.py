"""Writing approved documents in the gold format. The files hold the full text of the documents: they are internal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from woo_anon.errors import OutputError, UsageError
from woo_anon.evaluation.gold import SUFFIX, dumps
from woo_anon.evaluation.marking import Marked
from woo_anon.staging import Output, check_free, staged


def check_place(target: Path, folder: str) -> None:
    """Raise UsageError when `target` lies in what leaves the building of the output folder `folder`."""
    if target.resolve().is_relative_to((Path(folder) / "publication").resolve()):
        raise UsageError(
            f"{target}: is within publication/, and gold files hold the full text.", "Choose another folder."
        )


def write(target: Path, documents: Sequence[tuple[int, Marked]], *, force: bool) -> None:
    """Write all documents, with their numbers in the journal, to the folder `target`, or none; readable by their owner
    alone.

    Raises OutputError when a file exists (unless `force`) or cannot be written.
    """
    outputs = [Output(target / f"{number:05d}-{one.gold.name}{SUFFIX}", private=True) for number, one in documents]
    check_free(outputs, force=force)
    with staged(outputs, force=force) as temporary:
        for path, (_, one) in zip(temporary, documents, strict=True):
            try:
                path.write_text(dumps(one.gold), encoding="utf-8", newline="\n")
            except OSError as error:
                raise OutputError(
                    f"{target}: cannot be written ({error.strerror or 'output error'}).", "Check the space on the disk."
                ) from None
