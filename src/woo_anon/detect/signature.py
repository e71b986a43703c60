"""Signatures and parafen as pictures: what is drawn on a page (`Page.drawn`) where people sign.

Finds: strokes right of or below "Paraaf", "Handtekening" or "Voor akkoord", in a table of parafen, below "Hoogachtend,"
or "De minister van Financiën,"; whatever they turn out to be, for a person judges them.
Leaves: a logo at the top of the page, a chart, a stain, where no such word is near.
Misses: a signature where nothing says that people sign there; one that OCR took for words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from woo_anon.document import Document, Evidence, Page, Signature, Zone, ZoneKind
from woo_anon.geometry import Box, Place
from woo_anon.spans import Span

DETECTOR = "signature"
WORD, TITLE = Evidence("near:signature"), Evidence("near:signatory")
SCORE = 0.5  # nobody measured how many of them are signatures
_PARAAF = re.compile(r"\b(?:lijn|mede)?paraa?f(?:en|eren|ering\w*|enroute|enlijst|enblad)?\b", re.IGNORECASE)
_WORD = re.compile(
    r"\b\w*handte[kc]en\w*|\b(?:mede|voor)?onderteken\w*|\bnaamtekening\b|\bgetekend\b|\bsignature\b|"
    r"^[^\w\n]*(?:(?:niet|voor|gezien en)\s+)?(?:akkoord|gezien)\b[^\n]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE = re.compile(
    r"^[^\w\n]*(?:namens |voor )?(?:de|het|een)\s+(?:plaatsvervangend |plv\.? |waarnemend |loco)?"
    r"(?:minister|staatssecretaris|secretaris|directeur|burgemeester|wethouder|voorzitter|commissaris|griffier|"
    r"gemeentesecretaris|college|gedeputeerde|dijkgraaf|inspecteur)[^\n]{0,80},[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class _Reach:
    """How far from a word people sign, in points: 72 of them are 25 mm."""

    left: float
    right: float
    up: float
    down: float

    def around(self, box: Box) -> Box:
        return Box(box.left - self.left, box.bottom - self.down, box.right + self.right, box.top + self.up)


_OF_PARAAF = _Reach(left=60, right=400, up=60, down=300)  # the head of a table or of one of its columns
_OF_WORD = _Reach(left=60, right=300, up=60, down=110)  # up: the word may stand below the line to sign on
_OF_TITLE = _Reach(left=60, right=200, up=0, down=130)
_OF_GREETING = _Reach(left=60, right=300, up=10, down=170)
_OF_LINE = {  # of a zone
    ZoneKind.PARAFEN: _Reach(left=60, right=400, up=20, down=60),
    ZoneKind.SIGNATURE: _Reach(left=60, right=300, up=10, down=60),
}


_SAYING = ((_PARAAF, WORD, _OF_PARAAF), (_WORD, WORD, _OF_WORD), (_TITLE, TITLE, _OF_TITLE))


def signatures(document: Document, zones: Iterable[Zone]) -> Iterator[Signature]:
    """What may be signatures, in order of pages and on each from the top."""
    pages = [page for page in document.pages if page.drawn]
    where_signed = [zone for zone in zones if zone.kind in _OF_LINE] if pages else []
    for page in pages:
        places = list(_places(document, page, where_signed))
        for box in page.drawn:
            middle = _middle(_as_seen(box, page.rotation))
            near = next((evidence for evidence, place in places if place.contains(middle)), None)
            if near:
                yield Signature(Place(page.number, box, exact=False), SCORE, DETECTOR, (near,))


def _places(document: Document, page: Page, zones: Iterable[Zone]) -> Iterator[tuple[Evidence, Box]]:
    """Where people sign on a page, as it is seen, and what says so."""
    for pattern, evidence, reach in _SAYING:
        for match in pattern.finditer(document.text, page.start, page.end):
            yield from ((evidence, reach.around(box)) for box in _lines(document, page, Span(*match.span())))
    for zone in zones:
        if "\n" in document.text[zone.span.start : page.start].strip():
            continue  # what it is about stands on an earlier page
        evidence, reach = Evidence(f"zone:{zone.kind}"), _OF_LINE[zone.kind]
        for at, box in enumerate(_lines(document, page, zone.span)):
            greeting = at == 0 and zone.kind is ZoneKind.SIGNATURE and zone.span.start >= page.start
            yield evidence, (_OF_GREETING if greeting else reach).around(box)


def _lines(document: Document, page: Page, span: Span) -> list[Box]:
    """The lines of a span on a page, as it is seen."""
    start, end = max(span.start, page.start), min(span.end, page.end)
    if start >= end:
        return []
    return [_as_seen(place.area, page.rotation) for place in document.places(Span(start, end))]


def _as_seen(box: Box, rotation: int) -> Box:
    """A box turned with its page, about the origin: 90 degrees clockwise take what is up to the right."""
    turned = {
        0: box,
        90: Box(box.bottom, -box.right, box.top, -box.left),
        180: Box(-box.right, -box.top, -box.left, -box.bottom),
        270: Box(-box.top, box.left, -box.bottom, box.right),
    }
    return turned[rotation]


def _middle(box: Box) -> Box:
    across, up = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return Box(across, up, across, up)
