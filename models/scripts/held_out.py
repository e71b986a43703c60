"""What `held_out.json` holds: names that a tagger found which had not seen the document (made by cross_validate.py)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from woo_anon.detect.names import name_end
from woo_anon.document import Entity, Finding, Span


def names(text: str, rows: Sequence[Sequence[object]]) -> Iterator[Finding]:
    """The findings that rows `[start, end, label, score, stays]` of a document stand for, cut as detection does."""
    for start, end, label, score, stays in rows:
        entity = Entity(label)
        reach = name_end(text, start, end) if entity is Entity.PERSON else end
        yield Finding(Span(start, reach), entity, score, "ner", stays)
