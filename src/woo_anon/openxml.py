"""The words of Office Open XML that a publication version may use, and what in them says nothing of anybody.

Facts of the standard, in `openxml.txt`; known to the writer, which keeps nothing else, and to verification, which looks
for nobody's name among them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_NUMBER = r"-?(?:\d{1,8}(?:\.\d{1,8})?|\.\d{1,8})(?:%|pt|in|cm|mm|px|em|ex|pc|pi|fd|f)?"
# A BSN has nine digits and a telephone number ten, so eight are the most that a number may have.
NUMBERS = re.compile(rf"{_NUMBER}(?:,{_NUMBER}){{0,40}}")
_HEX = re.compile(r"[0-9A-F]{2}|[0-9A-F]{4}|[0-9A-Fa-f]{6}|[0-9A-F]{8}|[0-9A-F]{20}|#[0-9A-Fa-f]{3,6}")
_COLOUR = re.compile(r"(#[0-9A-Fa-f]{3,6}|[a-z]{3,7})( (?:lighten|darken)\(\d+\))?( \[\d+\])?")


@cache
def vocabulary() -> dict[str, frozenset[str]]:
    """The sections of openxml.txt: elements by prefix of their namespace, `attributes`, `values`."""
    text = resources.files("woo_anon").joinpath("openxml.txt").read_text(encoding="utf-8")
    sections: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), set())
        elif line.strip() and not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(words) for name, words in sections.items()}


def says_nothing(value: str) -> bool:
    """Whether an attribute's value is a number, a colour or a word of the standard."""
    if value in vocabulary()["values"] or NUMBERS.fullmatch(value) or _HEX.fullmatch(value) or not value:
        return True
    colour = _COLOUR.fullmatch(value)
    return colour is not None and (colour[1].startswith("#") or colour[1] in vocabulary()["values"])
