"""Parafen that follow from names: in a table or line of parafen, the letters of a full name are its bearer's.

    Contactpersoon  ir. D.W. (Daan) Okkerse
    Lijnparaaf      DWO / PvE

Elsewhere too many abbreviations have the letters of somebody in the document: on the corpus two of three were none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from woo_anon.document import Entity, Evidence, Finding, Zone, ZoneKind
from woo_anon.people.name import fold, paraaf_letters, parse
from woo_anon.spans import Overlaps, Span

_TOKEN = re.compile(r"(?<![\w.@])[^\W\d_]{2,6}(?![\w@])")
_SURE = 0.5  # only names believed in lead to more
SCORE = 0.8


def parafen(text: str, findings: Sequence[Finding], zones: Iterable[Zone]) -> tuple[Finding, ...]:
    """`findings` and, in order of their spans, the parafen that the full names among them lead to."""
    letters, taken = _letters(text, findings), Overlaps(findings)
    added = [
        Finding(span, Entity.INITIALS, SCORE, "spread", evidence=(Evidence("letters-of-a-name"),))
        for span in _tokens(text, zones)
        if fold(text[span.start : span.end]) in letters and not taken.any(span)
    ]
    # No set: it would order findings of one span another way in every process. Zones may overlap, hence no doubles.
    return tuple(sorted(dict.fromkeys((*findings, *added)), key=lambda finding: finding.span))


def _letters(text: str, findings: Iterable[Finding]) -> frozenset[str]:
    names = (
        parse(text[finding.span.start : finding.span.end])
        for finding in findings
        if finding.entity is Entity.PERSON and finding.score >= _SURE
    )
    return frozenset(letters for name in names if name.full for letters in paraaf_letters(name))


def _tokens(text: str, zones: Iterable[Zone]) -> Iterator[Span]:
    for zone in zones:
        if zone.kind is ZoneKind.PARAFEN:
            for match in _TOKEN.finditer(text, zone.span.start, zone.span.end):
                if any(character.isupper() for character in match.group()):
                    yield Span(*match.span())
