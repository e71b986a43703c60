"""Marks for redaction as rulings: what has a mark goes, what has none stays, for a person looked at it.

    a mark over text             the characters whose middle lies in one of its quads go
    a mark over something else   that part of the page goes, with what text is under it
    no mark over a proposal      it stays, unless a term of the user or a ruling in the trail removes it

A proposal that has no place on a page could not be marked: it stands as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from woo_anon.document import Action, Decision, Document, Page
from woo_anon.geometry import Box
from woo_anon.mark import Mark, Quad
from woo_anon.policy.profile import ground_in
from woo_anon.policy.rulings import Area, Passage, Proposed, Ruling
from woo_anon.spans import Span

_TERM = "term"  # detector of what the user said must go
# How far a quad may reach out of the text under it and be about that alone, as a part of the size of its characters:
# programs differ about how high a line is.
_BESIDE = 0.5
_LINE_ENDS = frozenset("\n\r\f")
_SAME_PT = 0.5  # by which edges of one part of a page may differ

Flags = npt.NDArray[np.bool_]


def with_marks(proposed: Proposed, rulings: Sequence[Ruling], marks: Sequence[Mark]) -> tuple[Ruling, ...]:
    """`rulings` of the trail, and those that follow from `marks`: before them what is not marked, after them what is.

    The marks lie on pages of the document.
    """
    last = max((ruling.number for ruling in rulings), default=0) + 1
    open_ones = (decision for decision in proposed.decisions if _is_open(proposed, decision))
    kept = (Ruling(0, _where(proposed, decision), Action.KEEP, by_mark=True) for decision in open_ones)
    return (*kept, *rulings, *_marked(proposed, marks, last))


def _is_open(proposed: Proposed, decision: Decision) -> bool:
    """Whether a proposal to remove something was for the reviewer to take back."""
    return decision.removes and decision.detector != _TERM and bool(proposed.document.places_of(decision))


def _where(proposed: Proposed, decision: Decision) -> Area | Passage:
    if decision.area is not None:
        return Area(decision.area.page, decision.area.area)
    return Passage.of(proposed.document.text, decision.span)


def _marked(proposed: Proposed, marks: Sequence[Mark], number: int) -> Iterator[Ruling]:
    under: dict[int, _Characters] = {}
    pages = {page.number: page for page in proposed.document.pages}
    for mark in marks:
        if mark.page not in under:
            under[mark.page] = _Characters(proposed.document, pages[mark.page])
        ground = ground_in(mark.label) or ground_in(mark.note)
        for where in _parts(mark, under[mark.page]):
            known = _proposed_area(proposed, where) if isinstance(where, Area) else None
            yield Ruling(
                number,
                _where(proposed, known) if known else where,
                Action.REDACT,
                ground,
                entity=known.entity if known else None,
                by_mark=True,
            )


def _parts(mark: Mark, under: _Characters) -> Iterator[Area | Passage]:
    """The text under a mark, and each of its quads under which there is, or may be, something else."""
    text = under.document.text
    covered = [under.covered(quad) for quad in mark.quads]
    for span in filter(under.says_something, under.spans(np.logical_or.reduce(covered))):
        yield Passage.of(text, span)
    for quad, own in zip(mark.quads, covered, strict=True):
        if not under.is_all(quad.box, own):
            yield Area(mark.page, quad.box.within(mark.sheet) if mark.sheet else quad.box)


def _proposed_area(proposed: Proposed, where: Area) -> Decision | None:
    """The proposal on just this part of a page."""
    for decision in proposed.decisions:
        place = decision.area
        if place is not None and place.page == where.page and _same(place.area, where.box):
            return decision
    return None


def _same(one: Box, other: Box) -> bool:
    pairs = ((one.left, other.left), (one.bottom, other.bottom), (one.right, other.right), (one.top, other.top))
    return all(abs(a - b) <= _SAME_PT for a, b in pairs)


class _Characters:
    """The characters of a page, for marks that lie on it. `document` is the document with this page alone."""

    def __init__(self, document: Document, page: Page) -> None:
        self.document = replace(document, pages=(page,))
        self._start = page.start
        size = page.end - page.start
        boxes = np.frombuffer(page.boxes, dtype=np.float64) if page.boxes else np.full(4 * size, np.nan)
        left, bottom, right, top = boxes.reshape(-1, 4).T
        self._x, self._y = (left + right) / 2, (bottom + top) / 2
        self._sizes = np.maximum(right - left, top - bottom)

    def covered(self, quad: Quad) -> Flags:
        """Which characters have their middle in a quad; none of those without a place has."""
        flags: Flags = quad.covers(self._x, self._y)
        return flags

    def spans(self, covered: Flags) -> Iterator[Span]:
        """What is covered, each line by itself and without spaces at its ends: pieces that only spaces or characters
        without a place divide are one."""
        text = self.document.text
        start = end = -1
        for at in np.flatnonzero(covered).tolist():
            if text[self._start + at].isspace():
                continue
            if start >= 0 and not self._is_divided(end, at):
                end = at + 1
                continue
            if start >= 0:
                yield Span(self._start + start, self._start + end)
            start, end = at, at + 1
        if start >= 0:
            yield Span(self._start + start, self._start + end)

    def _is_divided(self, end: int, at: int) -> bool:
        """Whether something stands between two covered characters that is not covered, or a line ends there."""
        between = self.document.text[self._start + end : self._start + at]
        if not _LINE_ENDS.isdisjoint(between):
            return True
        placed = ~np.isnan(self._x[end:at])
        return any(known and not sign.isspace() for sign, known in zip(between, placed, strict=True))

    def says_something(self, span: Span) -> bool:
        """Whether there is a letter or a digit in it. Signs alone are no text to the policy but a part of the page."""
        return any(sign.isalnum() for sign in self.document.text[span.start : span.end])

    def is_all(self, box: Box, covered: Flags) -> bool:
        """Whether the covered text is all that a quad's box is about: it hardly reaches out of one line of it."""
        if not covered.any():
            return False
        beside = _BESIDE * float(np.median(self._sizes[covered]))
        spans = filter(self.says_something, self.spans(covered))
        places = (place for span in spans for place in self.document.places(span))
        return any(place.area.widened(beside).contains(box) for place in places)
