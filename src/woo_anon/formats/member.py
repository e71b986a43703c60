"""A document within a document: what hangs from a mail, the mails of a mailbox."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Thread:
    """What ties a mail to others: identifiers of its own and of those that it answers, and its subject without `RE:`.
    `follows`: it is an answer, and does not name what it answers."""

    identifiers: frozenset[str] = field(repr=False)
    subject: str = field(repr=False)
    follows: bool


@dataclass(frozen=True)
class Member:
    """One document within a file. `path` numbers it in what the file holds, and below that in a mail that it is in."""

    path: tuple[int, ...]
    name: str = field(repr=False)  # as the file calls it; may be empty, and may be anything
    head: bytes = field(repr=False)  # its first HEAD_BYTES
    thread: Thread | None = None  # of a mail
