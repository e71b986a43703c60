"""What may stay of a property list of marked content: keys that say nothing, and texts that name nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from pikepdf import Array, Name, String

TEXTS = ("/ActualText", "/Alt", "/E")
_SAYING = (*TEXTS, "/Lang")
# Language, script and region (BCP 47), languages of three letters by name: other subtags may be any word.
_LANGUAGE_TAG = (
    r"(?:[A-Za-z]{2}|nds|pap|mul|und|zxx)"
    r"(?:-(?:Latn|Cyrl|Grek|Arab|Hebr|Hans|Hant|Jpan|Kore|Deva))?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
)
_LANGUAGE = re.compile(_LANGUAGE_TAG)
_TYPES = frozenset({"/Pagination", "/Layout", "/Page", "/Background"})
_SUBTYPES = frozenset({"/Header", "/Footer", "/Watermark", "/PageNum", "/LineNum", "/Redaction", "/Bates"})
_EDGES = frozenset({"/Top", "/Bottom", "/Left", "/Right"})
_NUMBERS = (int, float, Decimal)
_TESTS: dict[str, Callable[[Any], bool]] = {
    "/MCID": lambda value: isinstance(value, int),
    "/Type": lambda value: isinstance(value, Name) and str(value) in _TYPES,
    "/Subtype": lambda value: isinstance(value, Name) and str(value) in _SUBTYPES,
    "/Attached": lambda value: isinstance(value, Array) and all(str(one) in _EDGES for one in value),
    "/BBox": lambda value: isinstance(value, Array) and all(isinstance(one, _NUMBERS) for one in value),
    "/Lang": lambda value: isinstance(value, String) and is_language(str(value)),
}


def _names(names: Iterable[str]) -> bytes:
    return b"(?:%b)(?![^\\0\\s/<>\\[\\]()%%])" % "|".join(sorted(names, reverse=True)).encode()


# A property list in a content stream with nothing but such entries; a language is its only text.
HARMLESS = rb"<<(?:\s|/MCID\s++\d++|/Type\s*+%b|/Subtype\s*+%b|/Attached\s*+\[(?:\s|%b)*+\]|%b|%b)*+>>" % (
    _names(_TYPES),
    _names(_SUBTYPES),
    _names(_EDGES),
    rb"/BBox\s*+\[[\s\d.+-]*+\]",
    rb"/Lang\s*+\(%b\)" % _LANGUAGE_TAG.encode(),
)


def is_language(text: str) -> bool:
    """Whether a text has the form of a language tag."""
    return _LANGUAGE.fullmatch(text) is not None


def harmless(properties: Any) -> dict[str, Any]:
    """The entries that say nothing: with keys and values of the standard's own (ISO 32000-2, 14.8.2.2 and 14.9.2)."""
    return {key: properties[key] for key, test in _TESTS.items() if key in properties and test(properties[key])}


def staying(properties: Any, names_somebody: Callable[[str], bool], *, texts: bool = True) -> dict[str, Any]:
    """The entries that may stay: what is harmless, and with `texts` the replacement texts; none that names somebody."""
    kept = harmless(properties) | {key: properties[key] for key in TEXTS if texts and key in properties}
    return {key: value for key, value in kept.items() if key not in _SAYING or not names_somebody(str(value))}
