"""Opens OLE files ([MS-CFB]): mails of Outlook, old Word documents, Office files behind a password."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import olefile

# What olefile raises for a file that is damaged, or made to be.
DAMAGED = (OSError, ValueError, struct.error, IndexError, KeyError, TypeError, AttributeError, RecursionError,
           OverflowError)  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[olefile.OleFileIO]:
    """The OLE file at `path`. Raises OSError or ValueError when it is none, or damaged."""
    with path.open("rb") as file:
        header = file.read(512)
    # [MS-CFB] 2.2; olefile takes memory for sectors of any size.
    if header[30:34] not in {b"\x09\x00\x06\x00", b"\x0c\x00\x06\x00"}:
        raise ValueError("a damaged OLE file")
    try:
        ole = olefile.OleFileIO(str(path))
    except (struct.error, IndexError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError("a damaged OLE file") from error
    try:
        yield ole
    finally:
        ole.close()
