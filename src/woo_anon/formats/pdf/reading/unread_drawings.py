"""Text and pictures in tiles and soft masks, of which PDFium's text and objects of a page know nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Dictionary, Stream

from woo_anon.formats.pdf.content.grammar import INLINE_IMAGE, KNOWN, SHOWING
from woo_anon.formats.pdf.content.resources import inherited
from woo_anon.formats.pdf.content.used import used

TEXT = "it shows text in a pattern or a mask"
TURNED = "it shows text that runs askew in a pattern or a mask"  # which OCR does not read
PICTURE = "it shows a picture in a pattern or a mask, and hardly any text"

ASKEW = 0.1  # tangent of some 6 degrees: what runs less askew is read

_DEEPEST = 8


def unread_drawings(pdf: pikepdf.Pdf) -> Mapping[int, str]:
    """For the pages, by number, whose tiles or soft masks show text or pictures: TURNED, TEXT or PICTURE."""
    search, found = _Search(), dict[int, str]()
    for number, page in enumerate(pdf.pages, start=1):
        kinds = search.below(page, page.obj.get("/Resources") or inherited(page.obj), inside=False)
        if kinds:
            found[number] = next(kind for kind in (TURNED, TEXT, PICTURE) if kind in kinds)
    return found


class _Search:
    """What streams show, each looked at once; one that is met while it is looked at draws itself, which shows nothing
    more."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[int, int], bool], set[str]] = {}
        self._depth = 0

    def below(self, drawing: Any, resources: Any, *, inside: bool) -> set[str]:
        """What a page or stream shows, `inside` a tile or a mask; and what the tiles and masks that it uses show."""
        if self._depth > _DEEPEST:
            return {TEXT}
        self._depth += 1
        kinds = _shown(drawing) if inside else set()
        for category, resource in used(drawing, resources):
            for stream, hidden in _parts(category, resource):
                kinds |= self._of_part(stream, resources, inside=hidden or inside)
        self._depth -= 1
        return kinds | ({TURNED} if TEXT in kinds and _turns(drawing, inside=inside) else set())

    def _of_part(self, stream: Any, resources: Any, *, inside: bool) -> set[str]:
        if not isinstance(stream, Stream):
            return set()
        if str(stream.get("/Subtype", "")) == "/Image":
            return {PICTURE} if inside else set()
        key = stream.objgen, inside
        if key not in self._known:
            self._known[key] = set()
            self._known[key] = self.below(stream, stream.get("/Resources", resources), inside=inside)
        return self._known[key]


def _parts(category: str, resource: Any) -> list[tuple[Any, bool]]:
    """The streams of a resource, and whether each is a tile or a mask."""
    mask, glyphs = resource.get("/SMask"), resource.get("/CharProcs")
    if category == "/ExtGState":
        return [(mask.G, True)] if isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream) else []
    if category == "/Font":
        return [(glyph, False) for glyph in glyphs.values()] if isinstance(glyphs, Dictionary) else []
    return [(resource, category == "/Pattern")] if isinstance(resource, Stream) else []


def _turns(drawing: Any, *, inside: bool) -> bool:
    """Whether a page or stream turns what it shows by other than right angles: by its own matrix, or one in it."""
    try:
        turning = pikepdf.parse_content_stream(drawing, "cm Tm" if inside else "cm")
        own = drawing.get("/Matrix", ()) if isinstance(drawing, Stream) else ()
        matrices = [own, *(one.operands for one in turning)]
        return any(_is_askew([float(number) for number in matrix]) for matrix in matrices)
    except (pikepdf.PdfError, TypeError, ValueError):
        return True


def _is_askew(matrix: list[float]) -> bool:
    upright, lying = (max(map(abs, pair), default=0.0) for pair in (matrix[:4:3], matrix[1:3]))
    return min(upright, lying) > ASKEW * max(upright, lying)


def _shown(drawing: Any) -> set[str]:
    """What a stream shows itself: text, also by operators that we do not know, and pictures in its own data."""
    try:
        operators = {str(instruction.operator) for instruction in pikepdf.parse_content_stream(drawing)}
    except (pikepdf.PdfError, TypeError, ValueError):
        return {TEXT}
    kinds = {PICTURE} if INLINE_IMAGE in operators else set()
    return kinds | ({TEXT} if operators - (KNOWN - SHOWING) - {INLINE_IMAGE} else set())
