"""Decisions on parts of pages, and on the text that stands there: what is drawn there does not go without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from woo_anon.document import Decision, Document, Entity, Role, Signature
from woo_anon.geometry import Box, Place
from woo_anon.policy.decide import with_demanded
from woo_anon.policy.profile import Profile
from woo_anon.spans import Span


def of_signatures(document: Document, signatures: Iterable[Signature], profile: Profile) -> Iterator[Decision]:
    """What happens to each of `signatures`: the machine is never sure of one."""
    rule = profile.rule_for(Entity.SIGNATURE, Role.UNKNOWN, doubtful=True)
    starts = {page.number: page.start for page in document.pages}
    for found in signatures:
        start = starts[found.place.page]
        yield Decision(
            span=Span(start, start),
            entity=Entity.SIGNATURE,
            action=rule.action,
            role=Role.UNKNOWN,
            ground=rule.ground,
            label=rule.ground if rule.ground and profile.ground_on_box else "",
            rule=rule.id,
            score=found.score,
            detector=found.detector,
            evidence=found.evidence,
            area=found.place,
        )


def with_areas(document: Document, decisions: tuple[Decision, ...], areas: Sequence[Decision]) -> tuple[Decision, ...]:
    """`decisions` on text and those on `areas`, with the text that goes with these, in reading order."""
    if not areas:
        return decisions
    under = [
        replace(area, span=span, area=None)
        for area in areas
        if area.removes and area.area
        for span in spans_under(document, area.area)
    ]
    return tuple(sorted([*with_demanded(document.text, decisions, under), *areas], key=in_order))


def in_order(decision: Decision) -> tuple[Span, float]:
    """The key by which decisions stand in reading order."""
    return decision.span, -decision.area.area.top if decision.area else 0.0


def spans_under(document: Document, place: Place) -> Iterator[Span]:
    """The text on a part of a page: characters whose middle lies on it, those that follow each other together."""
    for page in document.pages:
        if page.number != place.page:
            continue
        start = None
        for offset in range(page.start, page.end):
            box = page.box(offset)
            if box is None:
                continue  # a space between: what comes next decides
            if _middle_in(box, place.area):
                start, end = offset if start is None else start, offset + 1
            elif start is not None:
                yield Span(start, end)
                start = None
        if start is not None:
            yield Span(start, end)


def _middle_in(box: Box, area: Box) -> bool:
    across, up = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return area.left <= across <= area.right and area.bottom <= up <= area.top
