"""The strings that must be gone, and how often each may still stand in the text.

A redacted `Jan` may survive in `Januari` and as another person's kept name. So words are compared whole, and counted:
what the output holds may not be more than what the source holds outside the redacted spans.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial

from woo_anon.document import Document, Redaction
from woo_anon.hyphens import made_whole

SHORTEST = 3  # letters and digits; a shorter string says too little to be looked for
LONG = 6  # from here a match by chance in binary data, or in words cut up by kerning, is out of the question
_EAST_ASIAN = "\u2e80"  # from here on
_WORD = re.compile(rf"[^\W_{_EAST_ASIAN}-\U0010ffff]+")
_GAP = "\ufffc"  # stands for a redacted span: no letter, no space


@dataclass(frozen=True)
class Gone:
    """One redacted string in its plain form (folded case, single spaces), and how often it may still occur.

    Another reader may set apart what is one word to ours: it sees `2 This` where a footnote `2This` stands. So it may
    find a string as often as it stands `within` the remaining text, if that is no more than it found in the source less
    the `times` it was redacted (by page; page 0 for what has no place).

    `wholes`: what the string is, or is a part of, where nothing cuts it up and the remaining text does not say it:
    beside the text that may not stand.
    """

    number: int  # of the first redaction with this string
    text: str = field(repr=False)
    allowed: int  # as whole words
    within: Callable[[], int] = field(repr=False)  # in longer words too
    times: Mapping[int, int] = field(default_factory=dict, repr=False)
    wholes: Set[str] = field(default=frozenset(), repr=False)

    def is_left(self, found: int, before: Callable[[], int], page: int | None = None) -> bool:
        """Whether another reader finds it too often: `found` times, and `before` times in the source; on one page, or
        in the whole document."""
        if found <= self.allowed:
            return False
        times = sum(self.times.values()) if page is None else self.times.get(page, 0)
        return found > self.within() or found > before() - times

    @cached_property
    def is_long(self) -> bool:
        return sum(character.isalnum() for character in self.text) >= LONG


def plain(text: str) -> str:
    """Folded case, composed, single spaces, no soft hyphens: the form in which strings are compared."""
    folded = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return " ".join(folded.split())


def gone(document: Document, redactions: Sequence[Redaction], end: int | None = None) -> tuple[Gone, ...]:
    """The redacted strings of at least three letters or digits, each once. Of what stands behind `end`, nothing is in
    the output."""
    shown = [redaction for redaction in redactions if end is None or redaction.decision.span.start < end]
    remaining = Words(plain(without(document.text[:end], shown)))
    first: dict[str, int] = {}
    times: dict[str, Counter[int]] = {}
    for redaction in redactions:
        text = plain(document.text[redaction.decision.span.start : redaction.decision.span.end])
        if _says_enough(text):
            first.setdefault(text, redaction.number)
            times.setdefault(text, Counter())[redaction.places[0].page if redaction.places else 0] += 1
    wholes = _wholes(document, redactions, remaining)
    return tuple(
        Gone(number, text, remaining.count(text), partial(remaining.within, text), times[text], wholes.get(text, set()))
        for text, number in first.items()
    )


def _wholes(document: Document, redactions: Iterable[Redaction], remaining: Words) -> Mapping[str, Set[str]]:
    """For each redacted string that the text cuts up, in plain form, what it is a part of."""
    wholes: dict[str, set[str]] = {}
    for spans, said in made_whole(document.text, (redaction.decision.span for redaction in redactions)):
        whole = plain(said)
        for span in spans if _says_enough(whole) and not remaining.count(whole) else ():
            wholes.setdefault(plain(document.text[span.start : span.end]), set()).add(whole)
    return wholes


def _says_enough(text: str) -> bool:
    return sum(map(str.isalnum, text)) >= SHORTEST


class Words:
    """A long text in plain form in which many strings are counted, by the places of a word that each of them holds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[int]] = {}
        for found in _WORD.finditer(text):
            self._places.setdefault(found[0], []).append(found.start())

    @property
    def words(self) -> Set[str]:
        return self._places.keys()

    def count(self, needle: str) -> int:
        """As whole words."""
        word, offset = _anchor(needle)
        if not word:
            return count(needle, self._text)
        starts = (at - offset for at in self._places.get(word, ()) if at >= offset)
        return sum(self._text.startswith(needle, at) and _stands_alone(needle, self._text, at) for at in starts)

    def within(self, needle: str) -> int:
        """In longer words too."""
        return self._text.count(needle)


class Sought:
    """Many strings, by a word that each of them holds."""

    def __init__(self, strings: Iterable[Gone]) -> None:
        self._by_word: dict[str, list[Gone]] = {}
        for string in strings:
            self._by_word.setdefault(_anchor(string.text)[0], []).append(string)

    def among(self, words: Set[str]) -> Iterator[Gone]:
        """The strings that a text of these words may hold as whole words; it holds no others."""
        for word in ("", *(words & self._by_word.keys())):
            yield from self._by_word.get(word, ())


def words_of(text: str) -> Set[str]:
    """The words of a text in plain form, in the sense of `count`: what stands in it as whole words is made of them."""
    return set(_WORD.findall(text))


@lru_cache(maxsize=20_000)
def _anchor(needle: str) -> tuple[str, int]:
    """The longest word of a string and where it starts; no word where all are East Asian, for those stand unparted."""
    word = max(_WORD.finditer(needle), key=lambda found: len(found[0]), default=None)
    return ("", 0) if word is None else (word[0], word.start())


def without(text: str, redactions: Iterable[Redaction]) -> str:
    """`text` with a mark in place of every redacted span."""
    pieces, at = [], 0
    for redaction in sorted(redactions, key=lambda redaction: redaction.decision.span):
        span = redaction.decision.span
        pieces += [text[at : span.start], _GAP]
        at = max(at, span.end)
    return "".join([*pieces, text[at:]])


def count(needle: str, haystack: str) -> int:
    """How often `needle` stands in `haystack` as whole words; both in plain form."""
    found, at = 0, haystack.find(needle)
    while at >= 0:
        found += _stands_alone(needle, haystack, at)
        at = haystack.find(needle, at + 1)
    return found


def counting(needle: str, haystack: Callable[[], str]) -> Callable[[], int]:
    """`count`, put off until somebody wants to know."""
    return lambda: count(needle, haystack())


def _stands_alone(needle: str, haystack: str, at: int) -> bool:
    """Whether what stands at `at` is made of whole words."""
    return not (_joined(haystack, at - 1, needle[0]) or _joined(haystack, at + len(needle), needle[-1]))


def _joined(text: str, at: int, edge: str) -> bool:
    """Whether the character at `at` makes one word with the needle's `edge`. East Asian words stand unparted."""
    return 0 <= at < len(text) and text[at].isalnum() and edge.isalnum() and max(text[at], edge) < _EAST_ASIAN


def encodings(text: str) -> list[bytes]:
    """A long string as it may hide in bytes: Latin-1, UTF-8, UTF-16 both ways, and each of these in hexadecimal.

    An encoding that lacks one of its letters is left out: what were left of the string would be found anywhere.
    """
    raw = set()
    for form in (text, text.title(), text.upper(), text.capitalize()):
        for encoding in ("latin-1", "utf-8", "utf-16-be", "utf-16-le"):
            with contextlib.suppress(UnicodeEncodeError):
                raw.add(form.encode(encoding))
    return sorted(raw | {data.hex().encode("ascii") for data in raw})


_DIGITS = re.compile(rb"[0-9A-Fa-f]{12}")
_LETTERS = re.compile(rb"[a-z]{3,}")


class Haystack:
    """Bytes of unknown meaning in which long strings are looked for; prepared once for all of them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._lower = data.lower()
        self._letters = b" ".join(set(_LETTERS.findall(self._lower)))  # of most data much less than all of it
        self._is_wide = b"\0" in data
        self._has_digits = _DIGITS.search(data) is not None

    def holds(self, needle: Needle) -> bool:
        if needle.others:
            return any(form in self._data for form in needle.others)
        return (
            (needle.letters in self._letters and needle.narrow in self._lower)
            or (self._is_wide and any(form in self._lower for form in needle.wide))
            or (self._has_digits and any(form in self._lower for form in needle.digits))
        )


class Needle:
    """A long string in all its `encodings`. For one in ASCII the case does not matter."""

    def __init__(self, text: str) -> None:
        ascii_only = text.isascii()
        self.others = () if ascii_only else tuple(encodings(text))
        self.narrow = text.encode("ascii") if ascii_only else b""
        self.letters = max(_LETTERS.findall(self.narrow), key=len, default=b"")
        self.wide = (text.encode("utf-16-be"), text.encode("utf-16-le"))
        self.digits = tuple(form for form in encodings(text) if _DIGITS.match(form)) if ascii_only else ()


def readings(data: bytes) -> list[str]:
    """The texts that a string of a PDF may mean: in Latin-1, UTF-8, UTF-16; and what its hexadecimal digits say."""
    texts = [data.decode("latin-1"), data.decode("utf-8", "ignore")]
    if _is_utf16(data):
        texts += [data.decode("utf-16-be", "ignore"), data.decode("utf-16-le", "ignore")]
    if _is_hexadecimal(data):
        digits = re.sub(rb"\s", b"", data).decode("ascii")
        inner = bytes.fromhex(digits[: len(digits) // 2 * 2])
        texts += [inner.decode("latin-1"), inner.decode("utf-16-be", "ignore")]
    return [plain(text) for text in dict.fromkeys(texts)]


def is_odd(data: bytes) -> bool:
    """Whether a string has readings beside Latin-1 and UTF-8."""
    return _is_utf16(data) or _is_hexadecimal(data)


def _is_utf16(data: bytes) -> bool:
    return b"\0" in data or data[:2] in {b"\xfe\xff", b"\xff\xfe"}


def _is_hexadecimal(data: bytes) -> bool:
    return len(data) > 5 and re.fullmatch(rb"[0-9A-Fa-f\s]+", data) is not None
