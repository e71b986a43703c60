"""The dictionary: what is known of a word by itself, compiled to a few megabytes.

A word is looked up in folded form (lower case, no accents). Only a 32-bit hash of it is stored, so that the file holds
no readable list of names; of words that are in no list about one in 20,000 is taken for a known one.

    file = b"WOOLEX1\\n" | count (uint32) | hashes, sorted (uint32 × count) | entries (uint32 × count)
    entry = classes (low 16 bits, `Kind`) | frequency bucket 0..7 << 16

Made by models/scripts/build_lexicon.py; the sources and their licences stand in models/LICENSES.md.
"""

from __future__ import annotations

import sys
import unicodedata
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from enum import IntFlag
from functools import lru_cache

_MAGIC = b"WOOLEX1\n"
_FREQUENCY_SHIFT = 16
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e"}
)


class Kind(IntFlag):
    """The lists a word stands in."""

    FIRST = 1  # a first name common in the Netherlands
    FIRST_ABROAD = 2
    SURNAME = 4  # one of the 10,000 most common surnames
    SURNAME_RARE = 8
    SURNAME_ABROAD = 16
    INFIX = 32
    PLACE = 64
    STREET = 128  # a word that street names end in, or a whole street name
    TITLE = 256  # mevrouw, drs.
    FUNCTION = 512  # beleidsmedewerker, secretaris
    OFFICE = 1024  # minister, wethouder, lid
    THING = 2048  # what is named after people: wet, zaal, commissie
    ORGANISATION = 4096
    PARTY = 8192


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """`word` in lower case without accents and invisible characters: `Özgür` → `ozgur`, `JÖRG` → `jorg`."""
    lower = word.lower()
    if lower.isascii():
        return lower
    plain = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.category(letter).startswith(("M", "Cf")))


class Lexicon:
    """Sorted hashes with an entry each; immutable."""

    def __init__(self, hashes: array[int], entries: array[int]) -> None:
        """`hashes` sorted, `entries` parallel to it, both of 32-bit unsigned numbers."""
        if len(hashes) != len(entries):
            raise ValueError("hashes and entries differ in length")
        self._hashes = hashes
        self._entries = entries

    @classmethod
    def compile(cls, words: Mapping[str, tuple[int, int]]) -> Lexicon:
        """Compile from folded words to (classes, frequency bucket 0..7); words with one hash are merged."""
        merged: dict[int, int] = {}
        for word, (kinds, frequency) in words.items():
            key = zlib.crc32(word.encode())
            merged[key] = merged.get(key, 0) | kinds | frequency << _FREQUENCY_SHIFT
        keys = sorted(merged)
        return cls(array("I", keys), array("I", (merged[key] for key in keys)))

    def __len__(self) -> int:
        return len(self._hashes)

    def look_up(self, folded: str) -> tuple[int, int]:
        """Classes (bits of `Kind`) and frequency bucket (0 unknown … 7 very common) of a folded word."""
        key = zlib.crc32(folded.encode())
        at = bisect_left(self._hashes, key)
        if at == len(self._hashes) or self._hashes[at] != key:
            return 0, 0
        entry = self._entries[at]
        return entry & 0xFFFF, entry >> _FREQUENCY_SHIFT

    def to_bytes(self) -> bytes:
        """The file described at the top of this module (little-endian)."""
        arrays = [array("I", [len(self)]), self._hashes, self._entries]
        return _MAGIC + b"".join(_little_endian(numbers).tobytes() for numbers in arrays)

    @classmethod
    def from_bytes(cls, data: bytes) -> Lexicon:
        """Read what `to_bytes` wrote. Raises ValueError for anything else."""
        head = len(_MAGIC) + 4
        if not data.startswith(_MAGIC) or len(data) < head:
            raise ValueError("not a lexicon")
        count = int.from_bytes(data[len(_MAGIC) : head], "little")
        if len(data) != head + 8 * count:
            raise ValueError("lexicon cut short")
        hashes, entries = array("I"), array("I")
        hashes.frombytes(data[head : head + 4 * count])
        entries.frombytes(data[head + 4 * count :])
        return cls(_little_endian(hashes), _little_endian(entries))


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return numbers
    swapped = array("I", numbers)
    swapped.byteswap()
    return swapped
