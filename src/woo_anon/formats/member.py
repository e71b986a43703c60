"""A document within a document: what hangs from a mail, the mails of a mailbox."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Member:
    """One document within a file. `path` numbers it in what the file holds, and below that in a mail that it is in."""

    path: tuple[int, ...]
    name: str = field(repr=False)  # as the file calls it; may be empty, and may be anything
    head: bytes = field(repr=False)  # its first HEAD_BYTES
