"""Whether a text that is about to be published holds a word that was redacted.

Compared without capitals, accents and separators, so that `nota_jansen.pdf` and `NotaJansen` both hold `Jansen`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from woo_anon.document import Document, Redaction

# Words that stand in names and in any other Dutch sentence.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "aan bij dat den der des dit drs een heer het ing met mevr mevrouw mrs niet onder ons over prof ten ter tot uit"
        " uw van von voor",
    )
)
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_SHORT = 4  # shorter words count only where they stand by themselves


@dataclass(frozen=True)
class Secrets:
    """The redacted words of a document. Kept out of `repr`."""

    words: frozenset[str] = field(repr=False)  # stand by themselves
    parts: tuple[str, ...] = field(repr=False)  # long enough to be looked for inside other words

    @classmethod
    def of(cls, document: Document, redactions: Sequence[Redaction]) -> Secrets:
        """The words of everything that `redactions` remove from `document`."""
        spans = (redaction.decision.span for redaction in redactions)
        surfaces = {_fold(document.text[span.start : span.end]) for span in spans}
        words = {word for surface in surfaces for word in _telling(surface)}
        joined = {"".join(_WORD.findall(surface)) for surface in surfaces}
        parts = {part for part in words | joined if len(part) >= _SHORT}
        # A part that holds another one is found by the other one as well.
        return cls(frozenset(words), tuple(sorted(parts)))

    @staticmethod
    def words_of(surface: str) -> frozenset[str]:
        """The words of one surface that could tell whose it is, as they stand in `words`."""
        return frozenset(_telling(_fold(surface)))

    def in_text(self, text: str) -> bool:
        """Whether a redacted word stands in `text`, by itself or as a part of a word."""
        words = {word for reading in (text, _CAMEL.sub(" ", text)) for word in _WORD.findall(_fold(reading))}
        if not self.words.isdisjoint(words):
            return True
        joined = "".join(_WORD.findall(_fold(text)))
        return any(part in joined for part in self.parts)

    def without(self, text: str) -> str:
        """`text`, or "" when it holds a redacted word."""
        return "" if self.in_text(text) else text


def _telling(surface: str) -> Iterable[str]:
    """The words of a folded surface that could tell whose it is."""
    words = _WORD.findall(surface)
    for word in words:
        long_enough = len(word) >= (_SHORT if word.isdigit() else 3)
        if (long_enough and word not in _COMMON) or (len(words) == 1 and len(word) == 2):
            yield word


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
