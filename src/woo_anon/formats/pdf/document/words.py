"""Tells whether a string beside the text (a title, an alternative text, a target) names what was redacted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Set
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from woo_anon.document import Document, Entity, Redaction
from woo_anon.hyphens import made_whole

_WORD = re.compile(r"[^\W_]+")
SHORTEST = 3  # letters and digits; shorter strings stand in too many innocent words, but for names as they are written
SHORTEST_RUN_ON = 6  # for a string found inside another word, as in `JanJansen_v2`
SHORTEST_PART_RUN_ON = 8  # the same for a part of a name, as in `thoogeveldt`; shorter ones stand in longer words
_PARTS_NAME_SOMEBODY = {Entity.PERSON, Entity.EMAIL, Entity.USERNAME}
_SHORT_NAMES = {Entity.PERSON, Entity.TERM}
# Two letters with a capital: `Xu`, `NG`; the digit of a note may be stuck to them.
_SHORT = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W\d_](?=\d?(?![^\W_]))")
# Parts of names and titles that name nobody by themselves.
_COMMON = frozenset(
    """
    van der den von het ten ter aan bij mevrouw heer drs ing mevr dhr
    de te el al la le du da di do vd ir mr dr mw st sr jr zn op in uit
    """.split()
)
_DIGITS = "0123456789"
_PATH = re.compile(r"[/\\@=&?#]")  # of addresses and paths, in which capitals are lost
_BARE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_TIMES_ENCODED = 3  # percent-encoding within percent-encoding, as in links through another site


def names_somebody(document: Document, redactions: Collection[Redaction]) -> Callable[[str], bool]:
    """A test for strings: does it hold a redacted text, or a part of a redacted name, as a whole word? Or a long one
    inside of a word?

    Case, accents, white space and percent-encoding do not matter, nor whether the text cuts up its words; in a name of
    two letters the case does, but in addresses. It errs on the side of True: a title lost costs less than a name kept.
    """
    said = {*document.named, *_said(document, redactions)}
    wholes = {_plain(text) for text, _ in said}
    parts = {part for text, entity in said if entity in _PARTS_NAME_SOMEBODY for part in _parts(text)}
    wanted = {text for text in wholes | parts if _letters(text) >= SHORTEST}
    short = {name for text, entity in said if entity in _SHORT_NAMES for name in _short_names(text)}
    if not wanted and not short:
        return lambda _: False
    words = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(wanted)))})(?![^\W_])")
    first_words = {_WORD.findall(text)[0] for text in wanted}  # the expression is slow: it tries text after text
    in_paths = {name.casefold() for name in short}
    run_on = {squeezed for text in wholes if len(squeezed := _squeezed(text)) >= SHORTEST_RUN_ON}
    run_on |= {part for part in parts if len(part) >= SHORTEST_PART_RUN_ON}

    @lru_cache(maxsize=10_000)
    def test(text: str) -> bool:
        seen = _seen(decoded(text))
        plain = _bare(seen)
        found = set(_WORD.findall(plain))
        if not first_words.isdisjoint(found) and words.search(plain):
            return True
        if short and (not short.isdisjoint(_WORD.findall(seen)) or (_PATH.search(seen) and in_paths & found)):
            return True
        squeezed = _squeezed(plain)
        return any(name in squeezed for name in run_on)

    return test


def _said(document: Document, redactions: Iterable[Redaction]) -> Set[tuple[str, Entity]]:
    """The redacted texts, as they stand and with the words whole that the text cuts up."""
    entities = {redaction.decision.span: redaction.decision.entity for redaction in redactions}
    said = {(document.text[span.start : span.end], entity) for span, entity in entities.items()}
    whole = made_whole(document.text, entities)
    return said | {(text, entities[span]) for spans, text in whole for span in spans}


def _short_names(text: str) -> list[str]:
    """The words of two letters of a name, as they are written."""
    seen = _seen(text)
    return [name for name in _SHORT.findall(seen) if name.casefold() not in _COMMON or name == seen]


def decoded(text: str) -> str:
    """Without percent-encoding, in UTF-8 or, where it is none, in Latin-1."""
    for _ in range(_TIMES_ENCODED):
        octets = unquote_to_bytes(text)
        try:
            decoded = octets.decode("utf-8")
        except UnicodeDecodeError:
            decoded = octets.decode("latin-1")
        if decoded == text:
            break
        text = decoded
    return text


def _seen(text: str) -> str:
    """Without what no reader sees, in one composition."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c != "\0" and unicodedata.category(c) != "Cf")


def _plain(text: str) -> str:
    return _bare(_seen(text))


def _bare(seen: str) -> str:
    """In lower case, without accents, with single spaces."""
    folded = unicodedata.normalize("NFKD", seen.casefold()).translate(_BARE)
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _parts(text: str) -> list[str]:
    """The words of a name, also without the number of a note that is stuck to them."""
    words = _WORD.findall(_plain(text))
    words += [word.strip(_DIGITS) for word in words]
    return [word for word in words if len(word) >= SHORTEST and word not in _COMMON]
