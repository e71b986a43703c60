"""Forms and images that no page draws are emptied, and the contents that were rewritten.

    page ─► contents, resources ─► form, image, soft mask, tile, glyph procedure       what a page draws, stays
    resources of another page, structure tree, any key at all ─► form, image           leads to an empty object

Of what was hit a page draws copies. The originals may still be listed in resources that pages share (LibreOffice writes
one dictionary for all), or hang on keys that nobody reads. So what is drawn nowhere has nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from woo_anon.formats.pdf.content.resources import all_resources, contents_of, inherited
from woo_anon.formats.pdf.content.used import used

Key = tuple[int, int]

_XOBJECTS = ("/Form", "/Image")
_OF_EMPTY = ("/Type", "/Subtype", "/BBox", "/Length")


def empty_undrawn(pdf: pikepdf.Pdf, contents: Iterable[Key]) -> None:
    """Empty the forms and images that no page draws, and those of `contents` that no page shows."""
    replaced = set(contents)
    for stream in _of_no_kind(pdf):
        _empty(stream)
    due = [
        stream
        for stream in pdf.objects
        if isinstance(stream, Stream) and (str(stream.get("/Subtype", "")) in _XOBJECTS or stream.objgen in replaced)
    ]
    if due:
        kept = _drawn(page.obj for page in pdf.pages)
        for stream in due:
            if stream.objgen not in kept:
                _empty(stream)


def _of_no_kind(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """What is listed to be drawn, and is no form and no image (ISO 32000-2, 8.8): PostScript, which nobody draws."""
    for resources in all_resources(pdf):
        listed = resources.get("/XObject")
        for one in listed.values() if isinstance(listed, Dictionary) else ():
            if isinstance(one, Stream) and str(one.get("/Subtype", "")) not in _XOBJECTS:
                yield one


def _drawn(pages: Iterable[Any]) -> set[Key]:
    """Numbers of the streams that draw the pages, those of their contents among them."""
    seen: set[Key] = set()
    for page in pages:
        resources = page.get("/Resources") or inherited(page)
        seen |= {stream.objgen for stream in contents_of(page)}
        due = [(page, resources), *((stream, stream.get("/Resources")) for stream in _appearances(page))]
        seen |= {stream.objgen for stream, _ in due[1:]}
        while due:
            drawing, own = due.pop()
            for stream, listed in _streams(drawing, own, resources):
                if stream.objgen not in seen:
                    seen.add(stream.objgen)
                    if str(stream.get("/Subtype", "")) != "/Image":
                        due.append((stream, stream.get("/Resources", listed)))
    return seen


def _streams(drawing: Any, *places: Any) -> Iterator[tuple[Any, Any]]:
    """The streams that a page or stream draws with, each with the resources of those that have none of their own."""
    for _, resource in used(drawing, *places):
        if isinstance(resource, Stream):
            yield resource, places[0]
        yield from ((stream, places[0]) for stream in _masks(resource))
        glyphs = resource.get("/CharProcs")
        if isinstance(glyphs, Dictionary):
            own = resource.get("/Resources", places[0])
            yield from ((glyph, own) for glyph in glyphs.values() if isinstance(glyph, Stream))


def _masks(resource: Any) -> Iterator[Any]:
    """The masks of an image, the group of a soft mask."""
    for key in ("/SMask", "/Mask"):
        mask = resource.get(key)
        if isinstance(mask, Stream):
            yield mask
        elif isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream):
            yield mask.G


def _appearances(page: Any) -> Iterator[Any]:
    annotations = page.get("/Annots")
    for annotation in annotations if isinstance(annotations, Array) else ():
        appearance = annotation.get("/AP") if isinstance(annotation, Dictionary) else None
        for state in appearance.values() if isinstance(appearance, Dictionary) else ():
            if isinstance(state, Stream):
                yield state
            elif isinstance(state, Dictionary):
                yield from (one for one in state.values() if isinstance(one, Stream))


def _empty(stream: Any) -> None:
    for key in list(stream.keys()):
        if key not in _OF_EMPTY:
            del stream[key]
    if str(stream.get("/Subtype", "")) == "/Image":
        stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = 1, 1, 8, Name.DeviceGray
        stream.write(b"\xff")
    else:
        stream.write(b"")
