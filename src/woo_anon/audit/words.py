"""Comparing texts by their words, so that layout, case, hyphens and ligatures make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_WORD = re.compile(r"\w{2,}")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
# What is written on or in place of a redaction: a word for it or the ground, and what belongs to a ground.
_SAYS_REDACTED = re.compile(
    r"\b(weg|zwart)?gelakt\b|\bgeredigeerd\b|\bgeanonimiseerd\b|\bonleesbaar gemaakt\b|\bredact(ed|ion)\b|"
    r"\bprivileged?\b|\bpersoonsgegevens?\b|\b(5\.[12]|10\.[12])(\.?\d[a-z]?)?(\.?[a-z])?\b",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"\b(op|grond|van|art|artikel|eerste|tweede|lid|onder|aanhef|en|sub|woo|wob|avg|name|[a-z]|\d)\b"
    r"|\b(ambtenaar|burger|externe|persoon|betrokkene|iemand) \d+\b",  # the pseudonyms of woo-anon
    re.IGNORECASE,
)


def words(text: str) -> Counter[str]:
    """The words of two signs and more, folded, with how often each occurs."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return Counter(_WORD.findall(folded))


def squeezed(text: str) -> str:
    """Letters and digits alone, folded: spaces and hyphens at line ends make no difference."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def unseen_words(text: str, seen: str) -> list[str]:
    """Words of three letters and more that do not occur in `seen` (squeezed) at all, in their order."""
    found = _LETTERS.findall(unicodedata.normalize("NFKC", text))
    return [word for word in found if squeezed(word) not in seen]


def only_says_redacted(text: str) -> bool:
    """Whether a text says that something was redacted, or on what ground, and no more than that."""
    rest, found = _SAYS_REDACTED.subn(" ", text)
    return bool(found) and not any(char.isalnum() for char in _GROUND.sub(" ", rest))
