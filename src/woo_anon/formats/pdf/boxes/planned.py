"""The pages on which something is removed, each with the plan for its boxes; and the redactions as they were drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2

from woo_anon.document import Document, Redaction, Unseen
from woo_anon.formats.pdf.boxes.drawing import Drawn
from woo_anon.formats.pdf.boxes.geometry import cores, glyphs_of, inside
from woo_anon.formats.pdf.boxes.grounds import spoken
from woo_anon.formats.pdf.boxes.inked import with_ink
from woo_anon.formats.pdf.boxes.move import Plan
from woo_anon.formats.pdf.boxes.obstacles import Obstacles, obstacles_of
from woo_anon.formats.pdf.boxes.width import plan
from woo_anon.formats.pdf.reading.glyphs import BLANKS, Glyphs
from woo_anon.formats.pdf.reading.vertical import as_turned
from woo_anon.formats.pdf.unseen.removal import at_spots, spots
from woo_anon.geometry import Box, Place


@dataclass
class PlannedPage:
    """One page on which something is removed: its redactions' places, in order, and the plan for them, in points.

    `glyphs` are those that stay or are redacted; `unseen` is text that goes because nobody sees it, `buried` what of it
    is redacted: its place has a box on a picture of the page alone.
    """

    visible: Box
    glyphs: Glyphs
    obstacles: Obstacles | None  # None when nothing is to move
    unseen: Unseen | None
    owners: list[tuple[Redaction, int]]  # a redaction, and which of its places
    places: tuple[Place, ...]  # these, grown to the ink of their words
    buried: Sequence[tuple[Redaction, int, Place]] = ()
    plan: Plan = field(init=False)
    content: tuple[Any, Any] = (None, None)  # /Resources and /Contents as they were

    def __post_init__(self) -> None:
        self.make_plan()

    def make_plan(self) -> None:
        self.plan = plan(self.visible, as_turned(self.glyphs), self.places, self.obstacles, self.glyphs.angles)

    @property
    def areas(self) -> list[Box]:
        return [place.area for place in self.plan.places]

    def drawn(self) -> Iterator[tuple[Place, Drawn]]:
        for (redaction, _), place in zip(self.owners, self.plan.places, strict=True):
            decision = redaction.decision
            yield place, Drawn(place.box, decision.label, spoken(decision.ground, decision.label))

    def with_exact_widths(self) -> None:
        self.plan = self.plan.unmoved()

    def as_picture(self) -> None:
        """Boxes as wide as their text; and over what is buried, for the picture may show that all the same."""
        self.owners += [(redaction, at) for redaction, at, _ in self.buried]
        places = self.plan.exact + tuple(place for _, _, place in self.buried)
        self.plan = Plan(places, (), places)


def planned_pages(
    source: Path, document: Document, redactions: Sequence[Redaction], *, keep_layout: bool
) -> dict[int, PlannedPage]:
    """Every page on which something is removed, with the plan for its boxes."""
    unseen = {page.number: page.unseen for page in document.pages if page.unseen is not None}
    due = {page.number for page in document.pages if page.hides_pictures} | unseen.keys()
    owners: dict[int, list[tuple[Redaction, int]]] = {number: [] for number in due}
    for redaction in redactions:
        for at, place in enumerate(redaction.places):
            owners.setdefault(place.page, []).append((redaction, at))
    pages: dict[int, PlannedPage] = {}
    buried = list(_buried(document, redactions)) if unseen else []
    pdf = pypdfium2.PdfDocument(source)
    try:
        for number, owned in sorted(owners.items()):
            page = pdf[number - 1]
            obstacles = obstacles_of(page.raw)
            hidden = unseen.get(number)
            glyphs = glyphs_of(page)
            seen = glyphs.take(~at_spots(glyphs, spots(hidden)))
            places = _places(page, seen, owned, obstacles.images)
            # A box over a part of the page is like a picture: nothing moves under it, or out of it.
            obstacles.images += [one.decision.area.area for one, _ in owned if one.decision.area]
            visible = Box(*page.get_bbox())
            clear = [one for one in buried if one[2].page == number and _is_clear(one[2].area, visible, seen)]
            pages[number] = PlannedPage(visible, seen, None if keep_layout else obstacles, hidden, owned, places, clear)
            page.close()
    finally:
        pdf.close()
    return pages


def _buried(document: Document, redactions: Sequence[Redaction]) -> Iterator[tuple[Redaction, int, Place]]:
    """The places of redactions in text that nobody sees, each with its number among those of its redaction."""
    for redaction in redactions:
        for at, place in enumerate(document.unseen_places(redaction.decision.span), start=len(redaction.places)):
            yield redaction, at, place


def _is_clear(area: Box, visible: Box, seen: Glyphs) -> bool:
    """Whether an area lies on the page and a box over it covers no text that somebody sees."""
    letters = seen.take(~np.isin(seen.codes, BLANKS))
    return area.intersects(visible) and not inside(cores(letters), (area,), 0.0).any()


def _places(
    page: Any, glyphs: Glyphs, owned: Sequence[tuple[Redaction, int]], pictures: Sequence[Box]
) -> tuple[Place, ...]:
    """The places of the redactions of a page; those of words over a picture with all their ink."""
    places = [one.places[at] for one, at in owned]
    words = with_ink(page, glyphs, places, pictures)
    return tuple(
        place if one.decision.area else word for (one, _), place, word in zip(owned, places, words, strict=True)
    )


def as_drawn(pages: Iterable[PlannedPage], redactions: Sequence[Redaction]) -> tuple[Redaction, ...]:
    """The redactions with their boxes as they were drawn."""
    places = {redaction.number: dict(enumerate(redaction.places)) for redaction in redactions}
    for page in pages:
        for (redaction, at), place in zip(page.owners, page.plan.places, strict=True):
            places[redaction.number][at] = place
    return tuple(
        replace(one, places=tuple(place for _, place in sorted(places[one.number].items()))) for one in redactions
    )
