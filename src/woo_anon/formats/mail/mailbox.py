"""Finds the mails in a mailbox (mbox, RFC 4155): each below a line `From somebody … 2024` that follows a blank one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from woo_anon.formats.mail.recognise import ENVELOPE, HEAD, recognise

_QUOTED = re.compile(rb"(?m)^>(>*From )")


def places(path: Path) -> Iterator[tuple[int, int]]:
    """Where each mail stands: offsets of its first byte and behind its last, without the line of its envelope.

    Reads line by line: a mailbox may be larger than memory. Raises OSError.
    """
    start: int | None = None
    at, blank = 0, True
    with path.open("rb") as file:
        for line in file:
            if blank and line.startswith(b"From ") and ENVELOPE.match(line):
                if start is not None:
                    yield start, at
                start = at + len(line)
            at += len(line)
            blank = line in {b"\n", b"\r\n"}
    if start is not None:
        yield start, at


def is_mailbox(path: Path) -> bool:
    """Whether the file at `path` holds several mails. One below the line of an envelope is a mail. Raises OSError."""
    with path.open("rb") as file:
        if recognise(file.read(HEAD)) != "mbox":
            return False
    return len(list(islice(places(path), 2))) == 2


def mail(path: Path, place: tuple[int, int]) -> bytes:
    """The mail at `place`; lines `>From ` are `From ` again (mboxrd). Raises OSError."""
    with path.open("rb") as file:
        file.seek(place[0])
        return _QUOTED.sub(rb"\1", file.read(place[1] - place[0]))
