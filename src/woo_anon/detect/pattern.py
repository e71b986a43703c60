"""Running regular expressions over a reading, and what a recogniser reports.

Every pattern of the recognisers is written to take linear time. Should one not, on some text, it is stopped and the
document refused: a pattern that was skipped in silence would be a leak.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import exp

import regex

from woo_anon.document import Entity, Evidence
from woo_anon.errors import RefusedError

SECONDS = 5.0  # for a pattern on a text up to a megabyte; measured: below 0.2 s
IGNORE_CASE = regex.IGNORECASE


@dataclass(frozen=True, slots=True)
class Hit:
    """What a recogniser found at `[start, end)` of the reading; `stays` and `evidence` as in `Finding`."""

    start: int
    end: int
    entity: Entity
    score: float
    stays: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern that raises when it takes too long."""

    source: str
    flags: int = 0

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """All matches in `text[start:end]`. Raises RefusedError when the time is up."""
        seconds = SECONDS + SECONDS * len(text) / 1_000_000
        try:
            yield from self._compiled.finditer(text, start, len(text) if end is None else end, timeout=seconds)
        except TimeoutError:
            raise _took_too_long() from None

    def search(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """The first match in `text[start:end]`; raises like `finditer`."""
        try:
            return self._compiled.search(text, start, len(text) if end is None else end, timeout=SECONDS)
        except TimeoutError:
            raise _took_too_long() from None

    def match(self, text: str, start: int = 0, end: int | None = None) -> regex.Match[str] | None:
        """The match that begins at `start`; raises like `finditer`."""
        try:
            return self._compiled.match(text, start, len(text) if end is None else end, timeout=SECONDS)
        except TimeoutError:
            raise _took_too_long() from None

    def findall(self, text: str) -> list[str]:
        """The texts of all matches; raises like `finditer`."""
        return [match.group() for match in self.finditer(text)]

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return regex.compile(self.source, self.flags)


def _took_too_long() -> RefusedError:
    return RefusedError("A pattern took too long on this document.", "Report it with the kind of file.")


def span_of(match: regex.Match[str], group: str | int = 0) -> tuple[int, int]:
    """Start and end of a group of `match`."""
    return match.start(group), match.end(group)


def first_of(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Those hits that overlap none before them: where two ways of finding meet, the first one counts."""
    taken: set[int] = set()
    for hit in hits:
        places = range(hit.start, hit.end)
        if taken.isdisjoint(places):
            taken.update(places)
            yield hit


def belief(evidence: tuple[Evidence, ...]) -> float:
    """The logistic sum of the weights: how far the evidence together says that a mention may stay, 0..1."""
    return 1.0 / (1.0 + exp(-sum(each.weight for each in evidence)))
