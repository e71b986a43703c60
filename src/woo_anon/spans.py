"""Ranges of the text, and which of many overlap one.

Offsets are half-open and count Unicode code points of `document.Document.text`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, Protocol, TypeVar


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in `Document.text`; empty for what stands between them. Raises ValueError when
    reversed."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


_T = TypeVar("_T", bound=_Spanned)


class Overlaps(Generic[_T]):
    """Things with a span in order of their spans, so that those which overlap another are found without looking at
    all."""

    def __init__(self, items: Iterable[_T]) -> None:
        self.all = sorted(items, key=lambda item: item.span)
        self._starts = [item.span.start for item in self.all]
        self._furthest = list(accumulate((item.span.end for item in self.all), max))

    def any(self, span: Span) -> bool:
        """Whether anything overlaps `span`."""
        last = bisect_left(self._starts, span.end)
        return last > 0 and self._furthest[last - 1] > span.start

    def of(self, span: Span) -> list[_T]:
        """What overlaps `span`, in order."""
        found: list[_T] = []
        at = bisect_left(self._starts, span.end)
        while at > 0 and self._furthest[at - 1] > span.start:
            at -= 1
            if self.all[at].span.end > span.start:
                found.append(self.all[at])
        return found[::-1]
