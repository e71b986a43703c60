"""The strings that must be gone, and how often each may still stand in the text.

A redacted `Jan` may survive in `Januari` and as another person's kept name. So words are compared whole, and counted:
what the output holds may not be more than what the source holds outside the redacted spans.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from woo_anon.document import Document, Redaction

SHORTEST = 3  # letters and digits; a shorter string says too little to be looked for
LONG = 6  # from here a match by chance in binary data, or in words cut up by kerning, is out of the question
_EAST_ASIAN = "\u2e80"  # from here on
_GAP = "\ufffc"  # stands for a redacted span: no letter, no space


@dataclass(frozen=True)
class Gone:
    """One redacted string in its plain form (folded case, single spaces) and how often it may still occur."""

    number: int  # of the first redaction with this string
    text: str = field(repr=False)
    allowed: int

    @property
    def is_long(self) -> bool:
        return sum(character.isalnum() for character in self.text) >= LONG


def plain(text: str) -> str:
    """Folded case, composed, single spaces, no soft hyphens: the form in which strings are compared."""
    folded = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return " ".join(folded.split())


def gone(document: Document, redactions: Sequence[Redaction]) -> tuple[Gone, ...]:
    """The redacted strings of at least three letters or digits, each once."""
    remaining = plain(without(document.text, redactions))
    first: dict[str, int] = {}
    for redaction in redactions:
        text = plain(document.text[redaction.decision.span.start : redaction.decision.span.end])
        if sum(character.isalnum() for character in text) >= SHORTEST:
            first.setdefault(text, redaction.number)
    return tuple(Gone(number, text, count(text, remaining)) for text, number in first.items())


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
        end = at + len(needle)
        found += not (_joined(haystack, at - 1, needle[0]) or _joined(haystack, end, needle[-1]))
        at = haystack.find(needle, at + 1)
    return found


def _joined(text: str, at: int, edge: str) -> bool:
    """Whether the character at `at` makes one word with the needle's `edge`. East Asian words stand unparted."""
    return 0 <= at < len(text) and text[at].isalnum() and edge.isalnum() and max(text[at], edge) < _EAST_ASIAN


def encodings(text: str) -> list[bytes]:
    """A long string as it may hide in bytes: Latin-1, UTF-8, UTF-16 both ways, and each of these in hexadecimal."""
    raw = set()
    for form in (text, text.title(), text.upper(), text.capitalize()):
        raw |= {form.encode(encoding, "surrogatepass") for encoding in ("utf-8", "utf-16-be", "utf-16-le")}
        raw |= {form.encode("latin-1")} if max(form) <= "\xff" else set()
    return sorted(raw | {data.hex().encode("ascii") for data in raw})


def readings(data: bytes) -> list[str]:
    """The texts that a string of a PDF may mean: in Latin-1, UTF-8, UTF-16; and what its hexadecimal digits say."""
    texts = [data.decode("latin-1"), data.decode("utf-8", "ignore")]
    if b"\0" in data or data[:2] in {b"\xfe\xff", b"\xff\xfe"}:
        texts += [data.decode("utf-16-be", "ignore"), data.decode("utf-16-le", "ignore")]
    if len(data) > 5 and re.fullmatch(rb"[0-9A-Fa-f\s]+", data):
        digits = re.sub(rb"\s", b"", data).decode("ascii")
        inner = bytes.fromhex(digits[: len(digits) // 2 * 2])
        texts += [inner.decode("latin-1"), inner.decode("utf-16-be", "ignore")]
    return [plain(text) for text in dict.fromkeys(texts)]
