"""Tells whether a string beside the text (a title, an alternative text, a target) names what was redacted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import unquote

from woo_anon.document import Document, Entity, Redaction

_WORD = re.compile(r"[^\W_]+")
SHORTEST = 3  # letters and digits; shorter strings stand in too many innocent words
SHORTEST_RUN_ON = 6  # for a string found inside another word, as in `JanJansen_v2`
SHORTEST_PART_RUN_ON = 8  # the same for a part of a name, as in `thoogeveldt`; shorter ones stand in longer words
_PARTS_NAME_SOMEBODY = {Entity.PERSON, Entity.EMAIL, Entity.USERNAME}
# Parts of names and titles that name nobody by themselves.
_COMMON = frozenset(
    ("van", "der", "den", "von", "het", "ten", "ter", "aan", "bij", "mevrouw", "heer", "drs", "ing", "mevr", "dhr")
)


def names_somebody(document: Document, redactions: Iterable[Redaction]) -> Callable[[str], bool]:
    """A test for strings: does it hold a redacted text, or a part of a redacted name, as a whole word? Or a long one
    inside of a word?

    Case, accents' composition, white space and percent-encoding do not matter. It errs on the side of True: a title
    lost costs less than a name kept.
    """
    wholes = {_plain(document.text[r.decision.span.start : r.decision.span.end]) for r in redactions}
    names = (r.decision for r in redactions if r.decision.entity in _PARTS_NAME_SOMEBODY)
    parts = {part for d in names for part in _parts(document.text[d.span.start : d.span.end])}
    wanted = {text for text in wholes | parts if _letters(text) >= SHORTEST}
    if not wanted:
        return lambda _: False
    words = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(wanted)))})(?![^\W_])")
    first_words = {_WORD.findall(text)[0] for text in wanted}  # the expression is slow: it tries text after text
    run_on = {squeezed for text in wholes if len(squeezed := _squeezed(text)) >= SHORTEST_RUN_ON}
    run_on |= {part for part in parts if len(part) >= SHORTEST_PART_RUN_ON}

    @lru_cache(maxsize=10_000)
    def test(text: str) -> bool:
        plain = _plain(unquote(text))
        if not first_words.isdisjoint(_WORD.findall(plain)) and words.search(plain):
            return True
        squeezed = _squeezed(plain)
        return any(name in squeezed for name in run_on)

    return test


def remaining_text(document: Document, redactions: Iterable[Redaction]) -> str:
    """The text of the document with a NUL in place of everything redacted."""
    pieces, at = [], 0
    for span in sorted(redaction.decision.span for redaction in redactions):
        pieces.append(document.text[at : span.start])
        at = max(at, span.end)
    return "\0".join([*pieces, document.text[at:]])


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\0", "").casefold()
    return " ".join(folded.split())


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _parts(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", _plain(text)) if len(word) >= SHORTEST and word not in _COMMON]
