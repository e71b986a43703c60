"""Names of firms that look like those of people, as the text itself tells.

Okkerse B.V. wint. Okkerse begint in mei.           a firm, both times
Okkerse B.V. wint. De heer Okkerse belt.            a firm, and somebody
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex

from woo_anon.document import Finding
from woo_anon.people.name import Name, fold
from woo_anon.people.words import words
from woo_anon.spans import Overlaps, Span

_NAME = re.compile(r"((?:\b[^\W\d_][\w'’&-]*\s){1,4})(?:B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?)(?!\w)")
_REACH = 40  # characters before a name in which a form of address stands


class Firm(NamedTuple):
    """A firm's name with its legal form."""

    span: Span


def named_firms(text: str, findings: Sequence[Finding], names: Mapping[int, Name]) -> Iterator[int]:
    """Of the mentions in `names`, whose keys are indices of the findings: those within a firm's name, as the text gives
    it with its legal form, or that are but words of one, and of nobody whom the text names in full or politely."""
    firms = Overlaps(Firm(Span(*match.span())) for match in _NAME.finditer(text))
    said = {fold(word) for firm in firms.all for word in text[firm.span.start : firm.span.end].split()}
    within = {index for index in names if firms.any(findings[index].span)}
    persons = {
        word
        for index, name in names.items()
        if index not in within and (name.full or _is_addressed(text, findings[index].span.start))
        for word in name.words
    }
    for index, name in names.items():
        alone = name.words and not name.full and said.issuperset(name.words) and persons.isdisjoint(name.words)
        if index in within or alone:
            yield index


def _is_addressed(text: str, start: int) -> bool:
    """Whether a form of address stands before the name at `start`."""
    return _polite().search(text, max(0, start - _REACH), start) is not None


@cache
def _polite() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w){words()['polite']}\.?\s+(?:\p{{Lu}}\.\s?)*\Z", regex.IGNORECASE | regex.REVERSE)
