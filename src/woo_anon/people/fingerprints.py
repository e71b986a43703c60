"""Fingerprints of a text by which stretches of it are found in other documents, however they are laid out or quoted.

The text is read as words: letters and digits, folded. White space, punctuation, `>` before quoted lines and line ends
play no part. Of all runs of SHINGLE words a hash is taken, and of every WINDOW neighbouring hashes the least is kept:
two texts that share STRETCH words in a row share a fingerprint within them, at the same word.

S. Schleimer, D. S. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document Fingerprinting" (SIGMOD 2003).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from woo_anon.people.name import fold
from woo_anon.spans import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

SHINGLE = 8  # words
WINDOW = 8  # hashes
STRETCH = SHINGLE + WINDOW - 1  # words that hold a fingerprint by themselves
_WORD = re.compile(r"[^\W_]+")
_BASE = 0x9E3779B97F4A7C15  # an odd number with its bits well mixed: 2**64 over the golden ratio


@dataclass(frozen=True)
class Words:
    """The words of a text, folded, and where they begin and end in it."""

    folded: tuple[str, ...] = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Words:
        matches = list(_WORD.finditer(text))
        return cls(
            tuple(fold(match.group()) for match in matches),
            tuple(match.start() for match in matches),
            tuple(match.end() for match in matches),
        )

    def covered(self, span: Span) -> tuple[int, int] | None:
        """From which to before which word `span` reaches; None when it holds no part of a word."""
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        return (first, last) if first < last else None

    def span(self, first: int, last: int) -> Span:
        """From the beginning of word `first` to the end of the word before `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def hash(self, first: int, last: int) -> int:
        """A hash of these words in their order, in 64 bits."""
        return _hashed(" ".join(self.folded[first:last]))


def shingles(words: Sequence[str]) -> Hashes:
    """A hash of every run of SHINGLE words: a polynomial of the words' hashes modulo 2**64."""
    import numpy as np

    count = max(0, len(words) - SHINGLE + 1)
    each = np.array([_hashed(word) for word in words], np.uint64)
    hashes = np.zeros(count, np.uint64)
    for at in range(SHINGLE):
        hashes = hashes * np.uint64(_BASE) + each[at : at + count]
    return hashes


def fingerprints(hashes: Hashes) -> tuple[tuple[int, int], ...]:
    """(number of its first word, hash) of every fingerprint among `hashes`, those of all runs; in order."""
    import numpy as np

    if not len(hashes):
        return ()
    window = min(WINDOW, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, window)
    # The last of equal ones, so that a window that moves on keeps what it had.
    least = window - 1 - np.argmin(windows[:, ::-1], axis=1)
    chosen = np.unique(np.arange(len(windows)) + least)
    return tuple((int(at), int(hashes[at])) for at in chosen)


def fingerprint_in(hashes: Hashes, first: int) -> tuple[int, int] | None:
    """The fingerprint that the STRETCH words from word `first` on hold, wherever else they stand. A stretch that the
    text does not hold is moved into it; None when the text is too short for any."""
    if not len(hashes):
        return None
    first = max(0, min(first, len(hashes) - WINDOW))
    ((at, value),) = fingerprints(hashes[first : first + WINDOW])
    return first + at, value


@lru_cache(maxsize=65536)
def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8"), digest_size=8).digest())


def packed(hashes: Iterable[int]) -> str:
    """Hashes as text, sixteen hexadecimal digits each: 10,000 documents are held together in memory."""
    return "".join(f"{number:016x}" for number in hashes)


def unpacked(text: str) -> Hashes:
    """The hashes that `packed` made a text of."""
    import numpy as np

    return np.frombuffer(bytes.fromhex(text), ">u8").astype(np.uint64)
