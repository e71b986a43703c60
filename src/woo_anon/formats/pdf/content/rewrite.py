"""Rewrites the content of one page: what lies under the boxes goes, the rest stays where it is.

Single glyphs are dropped out of Tj, TJ, ' and ", and what follows on the line moves to where `width.py` wants it. Form
XObjects are followed wherever they are used, and copied for the use on which something is hit, for they may be shared.
Images lose their pixels under a box, outlines their subpaths, marked content its replacement texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pikepdf
from pikepdf import Name

from woo_anon.formats.pdf.boxes.move import Move
from woo_anon.formats.pdf.content import objects, painting, showing
from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.emptied import without_remains
from woo_anon.formats.pdf.content.interpreter import State
from woo_anon.formats.pdf.content.marked import Marks
from woo_anon.formats.pdf.content.resources import Resources, inherited
from woo_anon.formats.pdf.content.stream import ContentStream, Handler, Scrub, Touched, Work, parsed
from woo_anon.formats.pdf.content.targets import Targets
from woo_anon.formats.pdf.unseen.pictures import Sights
from woo_anon.formats.pdf.unseen.removal import NOWHERE, Spots
from woo_anon.geometry import Box


@dataclass(frozen=True)
class Rewritten:
    """The page's new content and resources, and what was met."""

    content: bytes
    resources: Any
    touched: Touched


def rewrite_page(
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    boxes: Sequence[Box],
    scrub: Scrub,
    moves: Sequence[Move] = (),
    *,
    covered: Sequence[Box] = (),
    unseen: Spots = NOWHERE,
    sights: Sights = MappingProxyType({}),
) -> Rewritten:
    """Rewrite the content of `page` without what lies under `boxes` (points, user space), the pixels under `covered`,
    the glyphs at `unseen` and what is not in the `sights` of pictures, the rest moved by `moves`.

    The page itself is not changed. Raises NotUnderstoodError when something near a box cannot be followed.
    """
    touched = Touched()
    resources = Resources(page.obj.get("/Resources") or inherited(page.obj), scrub.fonts)
    marks = Marks(scrub.names_somebody, scrub.hidden).opened(int(page.obj.get("/StructParents", -1)))
    work = Work(pdf, Targets(boxes, moves, covered), scrub, touched, _HANDLERS, unseen, sights)
    stream = ContentStream(work, resources, State(), marks)
    instructions = stream.run(parsed(page))
    instructions = without_remains(instructions) if stream.changed else instructions
    return Rewritten(pikepdf.unparse_content_stream(instructions), resources.result(stream.used), touched)


def clean_drawing(pdf: pikepdf.Pdf, drawing: Any, holder: Any, scrub: Scrub) -> None:
    """Clean, in place, what speaks beside the text of a form, a tile or a glyph: replacement texts, marked points,
    comments. `holder` is the dictionary that has its resources: its own, or that of the glyph's font."""
    resources = Resources(holder.get("/Resources"), scrub.fonts)
    marks = Marks(scrub.names_somebody, scrub.hidden).opened(int(drawing.get("/StructParents", -1)))
    work = Work(pdf, Targets((), ()), scrub, Touched(), _HANDLERS)
    stream = ContentStream(work, resources, State(), marks, above=frozenset({drawing.objgen}))
    drawing.write(pikepdf.unparse_content_stream(stream.run(parsed(drawing))))
    if "/Resources" in holder:
        holder.Resources = resources.result()
    elif resources.changed:
        raise NotUnderstoodError("content:resources")  # what it had of the page's it would lose with some of its own


def _mark(stream: ContentStream, operator: str, instruction: Any) -> None:
    if operator in {"BDC", "BMC"}:
        name = instruction.operands[1] if operator == "BDC" and len(instruction.operands) > 1 else None
        named = stream.resources.find("/Properties", str(name)) if isinstance(name, Name) else None
        if named is not None:
            stream.used.add(("/Properties", str(name)))
        stream.marks.begin(instruction, named, stream.out)
    elif operator == "EMC":
        stream.marks.end(instruction, stream.out)
    else:  # MP and DP mark a point and show nothing
        stream.changed = True


_HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        **showing.HANDLERS,
        **objects.HANDLERS,
        **painting.HANDLERS,
        **dict.fromkeys(("BDC", "BMC", "EMC", "MP", "DP"), _mark),
    }
)
