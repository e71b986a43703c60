"""What a mail says of its attachments: what became of each in this run.

attachments of attachments ─► attachments ─► mails      handled in this order, so that it is known
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from woo_anon.batch.outcome import Outcome, Result
from woo_anon.discover import Source

_T = TypeVar("_T")
_NOT_PUBLISHED = {
    Result.REFUSED: "niet gepubliceerd (geweigerd)",
    Result.FAILED: "niet gepubliceerd (mislukt)",
    Result.WITHHELD: "niet gepubliceerd (nog niet vrijgegeven)",
}


def levels(items: Iterable[_T], source: Callable[[_T], Source]) -> Iterator[list[_T]]:
    """The items of each depth in a file, the deepest first."""
    by_depth: dict[int, list[_T]] = {}
    for item in items:
        by_depth.setdefault(len(source(item).member), []).append(item)
    return (by_depth[depth] for depth in sorted(by_depth, reverse=True))


class Attachments:
    """What became of documents so far, in words for readers; may be told from any thread."""

    def __init__(self) -> None:
        self._said: dict[str, dict[tuple[int, ...], str]] = {}

    def tell(self, source: Source, outcome: Outcome) -> None:
        """Remember what became of a document."""
        if source.member:
            self._said.setdefault(source.file, {})[source.member] = _words(outcome)

    def of(self, source: Source) -> tuple[tuple[int, str], ...]:
        """What became of what hangs from a mail, by number in that mail."""
        depth = len(source.member)
        return tuple(
            (member[-1], said)
            for member, said in sorted(self._said.get(source.file, {}).items())
            if len(member) == depth + 1 and member[:depth] == source.member
        )


def _words(outcome: Outcome) -> str:
    if outcome.result in _NOT_PUBLISHED:
        return _NOT_PUBLISHED[outcome.result]
    figures = outcome.figures
    return "deels openbaar" if figures and figures.redacted + figures.review else "openbaar"
