"""One content stream on its way through the rewriting, and what the whole page shares.

A handler takes one instruction and writes what stays of it to `ContentStream.out`. Those for text and coordinates are
in `showing.py`, for images, forms and graphics states in `objects.py`, for paths and colours in `painting.py`;
`rewrite.py` puts them together. What no handler takes is followed and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Operator

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.grammar import fits, fitting
from woo_anon.formats.pdf.content.interpreter import Interpreter, State
from woo_anon.formats.pdf.content.marked import Marks
from woo_anon.formats.pdf.content.matrix import Point
from woo_anon.formats.pdf.content.paths import Path
from woo_anon.formats.pdf.content.resources import FontCache, Resources, contents_of
from woo_anon.formats.pdf.content.targets import Targets, within
from woo_anon.formats.pdf.content.text_object import Coordinates, TextObject
from woo_anon.formats.pdf.unseen.pictures import Sights
from woo_anon.formats.pdf.unseen.removal import NOWHERE, Spots
from woo_anon.geometry import Box


@dataclass
class Touched:
    """What the rewriting of a page met.

    `places` are the cores of the glyphs that went, each with the StructParents key of its stream and the marked-content
    identifier it stood under; `mcids` are such pairs without a place; `clipped` are glyphs that were moved out of the
    clipping path, each with what it is clipped to; `copies` are the forms and images that were changed, by the number
    of the original. `tells` is set when coordinates had to stay that tell how far text moved."""

    places: list[tuple[Point, int, int | None]] = field(default_factory=list)
    mcids: set[tuple[int, int]] = field(default_factory=set)
    clipped: list[tuple[Box, Box]] = field(default_factory=list)
    highest_mcid: int = -1
    tells: bool = False
    kinds: set[str] = field(default_factory=set)
    copies: dict[tuple[int, int], Any] = field(default_factory=dict)

    def place_of(self, box: Box) -> tuple[int, int] | None:
        """The marked content from which the box took its first glyph: the StructParents key of its stream and its
        identifier there."""
        for point, owner, mcid in self.places:
            if mcid is not None and within(point, (box,)):
                return owner, mcid
        return None


@dataclass(frozen=True)
class Scrub:
    """What the rewriting needs to know of the document: `names_somebody` tells whether a string holds redacted text,
    `hidden` whether an optional content group or membership dictionary is not shown."""

    names_somebody: Callable[[str], bool]
    hidden: Callable[[Any], bool]
    fonts: FontCache
    blanked: dict[Any, Any] = field(default_factory=dict)  # images without some pixels: many pages show one so


@dataclass(frozen=True)
class Work:
    """What all streams of one page share. `handlers` are by operator."""

    pdf: pikepdf.Pdf
    targets: Targets
    scrub: Scrub
    touched: Touched
    handlers: Mapping[str, Handler]
    unseen: Spots = NOWHERE
    sights: Sights = field(default_factory=dict)


class ContentStream:
    """One content stream on its way through; forms make further ones.

    `out` holds instructions, or lists of them. `strokes` is set once text in outlines was met, for the width of a
    stroke depends on the coordinates; `moves` and `stays` tell whether text in it moves and whether some does not;
    `above` are the forms that it stands in.
    """

    def __init__(
        self,
        work: Work,
        resources: Resources,
        state: State,
        marks: Marks,
        *,
        above: frozenset[tuple[int, int]] = frozenset(),
    ) -> None:
        self.work = work
        self.resources = resources
        self.interpreter = Interpreter(state, resources)
        self.marks = marks
        self.above = above
        self.path = Path()
        self.out: list[Any] = []
        self.coordinates = Coordinates(state.ctm)
        self.text_object: TextObject | None = None
        self.strokes = False
        self.changed = False
        self.moves = self.stays = False
        self.used: set[tuple[str, str]] = set()

    def run(self, instructions: Any) -> list[Any]:
        """The instructions that stay, balanced: every q, BT and marked content that was opened is closed."""
        for instruction in instructions:
            self._take(str(instruction.operator), instruction)
        if self.text_object is not None:
            self.text_object.finish(self.coordinates)
            self.emit([], "ET")
        self.marks.finish(self.out)
        for _ in range(self.interpreter.depth):
            self.emit([], "Q")
        self.changed |= self.marks.changed
        touched = self.work.touched
        touched.mcids |= self.marks.hit_mcids
        touched.highest_mcid = max(touched.highest_mcid, self.marks.highest_mcid)
        return [one for entry in self.out for one in (entry if isinstance(entry, list) else (entry,))]

    def _take(self, operator: str, instruction: Any) -> None:
        handler = self.work.handlers.get(operator)
        if handler is not None:
            handler(self, operator, instruction)
        else:
            self.interpreter.step(operator, instruction.operands)
            self.out.append(instruction)

    def emit(self, operands: list[Any], operator: str) -> None:
        self.out.append(ContentStreamInstruction(operands, Operator(operator)))

    def catch_up(self) -> None:
        """Before anything that needs the coordinates of this moment."""
        if self.text_object is not None:
            self.text_object.catch_up(self.coordinates)
        else:
            self.out += self.coordinates.caught_up()


Handler = Callable[[ContentStream, str, Any], None]


def parsed(stream: Any) -> Any:
    """The instructions of a page, form, tile or glyph. Raises NotUnderstoodError."""
    data = [part.read_bytes() for part in (contents_of(stream.obj) if isinstance(stream, pikepdf.Page) else [stream])]
    try:
        instructions = pikepdf.parse_content_stream(stream)
        return instructions if fits(b"\n".join(data)) else fitting(instructions)
    except (pikepdf.PdfError, TypeError) as error:
        raise NotUnderstoodError("content:syntax") from error
