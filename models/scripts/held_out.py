"""What detection finds in the documents of the corpus with names from taggers that have not seen them.

`held_out.json` (made by cross_validate.py) maps a document's name to `[start, end, label, score, stays, thing]` of
every mention that such a tagger found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from woo_anon.detect.engine import FAMILIES
from woo_anon.detect.names import mentions
from woo_anon.detect.recogniser import FamilyRecogniser, Mention
from woo_anon.document import Entity, Finding


def findings(text: str, rows: Sequence[Sequence[Any]]) -> list[Finding]:
    """The findings in a document of which `rows` are the tagger's."""
    found = {made.finding for made in (*_names(text, rows), *_others(text))}
    return sorted(found, key=lambda finding: (finding.span, finding.entity, -finding.score))


def _names(text: str, rows: Sequence[Sequence[Any]]) -> Iterator[Mention]:
    for start, end, label, score, stays, thing in rows:
        yield from mentions(text, start, end, Entity(label), score, stays, thing)


def _others(text: str) -> Iterator[Mention]:
    for family in FAMILIES:
        for made in FamilyRecogniser(family).analyze(text, [], None):
            assert isinstance(made, Mention)
            yield made
