"""Only what a page draws with stays, with the keys of its kind: everything else is taken out of lists, or emptied.

    page ─► contents ─► names ─► resources: fonts, forms, images, states, colours, patterns     `kinds.py`
                                     └─► what these lead to: programs, masks, functions, glyphs …
    resources that nothing uses      are not listed any more
    streams that nothing led to      have nothing in them

Originals of what was redacted may still be listed in resources that pages share (LibreOffice writes one dictionary for
all), be held by the structure tree, or hang on keys that nobody reads. So this looks at the file as it will be
written, and trusts no object for what it says it is: only the way that leads to it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from woo_anon.formats.pdf.content.properties import staying
from woo_anon.formats.pdf.content.resources import contents_of, with_resources
from woo_anon.formats.pdf.content.used import listed, names_used
from woo_anon.formats.pdf.document.functions import bare_program
from woo_anon.formats.pdf.document.kinds import BY_NAME, CATEGORIES, DATA, KINDS, SPACES, STREAM
from woo_anon.formats.pdf.keys import keep
from woo_anon.formats.pdf.pictures.bare import make_bare, make_segments_bare
from woo_anon.formats.pdf.pictures.veiled import blank_veiled

NamesSomebody = Callable[[str], bool]
Key = tuple[int, int]
_Holders = tuple[Any, ...]  # what has the resources of a stream, its own first, the page's last

_DRAWINGS = ("form", "glyph", "pattern")
_DEPENDING = (*_DRAWINGS, "glyphs", "font", "state", "mask")  # on the page, where they have no resources of their own
_XOBJECTS = {"/Form": "form", "/Image": "image"}  # PostScript is no kind, for nobody draws it (8.8.1)
_TYPES: dict[str, Any] = {
    **dict.fromkeys(("form", "image", "glyph", DATA, "segments", "program", "profile", "metadata"), Stream),
    **dict.fromkeys(("pattern", "shading", "function", "encoding"), Dictionary | Stream),
    "space": Array,
    "drawing": (),  # of no kind
}  # all others are dictionaries
_SEVERAL = ("font", "function", "intent", "layer", "parameters")  # may stand in an array
_LAYERS = ("/OCG", "/OCMD")  # optional content
_DEFAULTS = frozenset(("/ColorSpace", f"/Default{space}") for space in ("Gray", "RGB", "CMYK"))
_OF_EMPTY = ("/Type", "/Subtype", "/BBox", "/Length")


def keep_what_has_a_role(pdf: pikepdf.Pdf, names_somebody: NamesSomebody) -> frozenset[str]:
    """Clean, unlist and empty. Returns the kinds of things taken away."""
    walk = _Walk(pdf, names_somebody)
    walk.lead(pdf.Root.get("/Metadata"), "metadata")
    walk.lead(pdf.Root.get("/OutputIntents"), "intent")
    for page in pdf.pages:
        walk.page(page.obj)
    walk.finish()
    objects = [item for item in pdf.objects if isinstance(item, Dictionary | Stream)]
    for holder in objects:
        _unlist(holder, walk.used)
    for item in objects:
        if isinstance(item, Stream) and item.objgen not in walk.kept:
            _empty(item, kept=set(pdf.trailer.keys()) if item.get("/Type") == Name.XRef else ())
    return frozenset(walk.removed)


class _Walk:
    """From the pages to all that they draw with. What has no resources of its own may draw otherwise on another page,
    and is visited for each."""

    def __init__(self, pdf: pikepdf.Pdf, names_somebody: NamesSomebody) -> None:
        self._pdf = pdf
        self._names_somebody = names_somebody
        self._due: list[tuple[Any, str, _Holders]] = []
        self._names: dict[Key, frozenset[tuple[str, str]] | None] = {}
        self._visited: set[tuple[Key, ...]] = set()
        self.kept: set[Key] = set()
        self.used: dict[tuple[Key, str], set[str]] = {}  # names, by number of what lists them, and category
        self.removed: set[str] = set()

    def page(self, page: Any) -> None:
        """Begin with a page."""
        for stream in contents_of(page):
            self.lead(stream, DATA)
        self.lead(page.get("/Group"), "group")
        self._follow(page, (with_resources(page),))

    def lead(self, item: Any, kind: str, holders: _Holders = ()) -> None:
        """Something leads to `item`, which it takes for one of that kind."""
        self._due.append((item, kind, holders))

    def finish(self) -> None:
        """Go on until nothing leads further."""
        while self._due:
            self._meet(*self._due.pop())

    def _meet(self, item: Any, kind: str, holders: _Holders) -> None:
        if kind == "drawing" and isinstance(item, Stream):
            kind = _XOBJECTS.get(str(item.get("/Subtype", "")), kind)
        if isinstance(item, Array) and kind in _SEVERAL and self._is_new(item, holders):
            for one in item:
                self.lead(one, kind, holders)
        elif isinstance(item, _TYPES.get(kind, Dictionary)):
            holders = _around(item, kind, holders)
            if self._is_new(item, holders):
                self._clean(item, kind, holders)

    def _clean(self, item: Any, kind: str, holders: _Holders) -> None:
        if kind == "space":
            self._space(item)
        elif kind in BY_NAME:
            for one in item.values():
                self.lead(one, BY_NAME[kind], holders)
        elif kind == "properties" and str(item.get("/Type")) not in _LAYERS:
            keep(item, staying(item, self._names_somebody))
        elif kind in {"properties", "layer"}:
            self._layer(item)
        else:
            self._object(item, kind, holders)

    def _is_new(self, item: Any, holders: _Holders) -> bool:
        if not item.is_indirect:
            return True
        visit = (item.objgen, *(holder.objgen for holder in holders))
        is_new = visit not in self._visited
        self._visited.add(visit)
        self.kept.add(item.objgen)
        return is_new

    def _object(self, item: Any, kind: str, holders: _Holders) -> None:
        known, more = KINDS[kind], STREAM if isinstance(item, Stream) else KINDS[DATA]
        keep(item, known.keys | more.keys)
        for key, to in (*known.leads.items(), *more.leads.items()):
            if key in item:
                self.lead(item[key], to, holders)
        if isinstance(item, Stream):
            self._stream(item, kind, holders)

    def _stream(self, stream: Any, kind: str, holders: _Holders) -> None:
        if kind in _DRAWINGS:
            self._follow(stream, holders)
        elif kind == "image":
            self._image(stream)
        elif kind == "segments" and make_segments_bare(stream):
            self.removed.add("picture-metadata")
        elif kind == "function" and stream.get("/FunctionType") == 4:
            stream.write(bare_program(stream.read_bytes()))

    def _image(self, image: Any) -> None:
        if make_bare(image):
            self.removed.add("picture-metadata")
        if blank_veiled(self._pdf, image):
            self.removed.add("hidden-pictures")

    def _space(self, space: Any) -> None:
        """A colour space with parameters; what stands behind those goes."""
        kinds = SPACES.get(str(space[0]), ()) if len(space) else ()
        for item, kind in zip(list(space)[1:], kinds, strict=False):
            self.lead(item, kind)
        while len(space) > 1 + len(kinds):
            del space[-1]

    def _layer(self, group: Any) -> None:
        """What hides content, or not: what was hidden is gone."""
        if str(group.get("/Type")) == "/OCMD":
            keep(group, ("/Type", "/OCGs"))
            self.lead(group.get("/OCGs"), "layer")
        else:
            keep(group, ("/Type",))
            group.Name = String("laag")

    def _follow(self, drawing: Any, holders: _Holders) -> None:
        """Note what a page, form, tile or glyph uses of the resources that it finds, and go there."""
        names = self._names_of(drawing)
        for holder in holders:
            for category, kind in CATEGORIES.items():
                entries = listed(holder.get("/Resources"), category)
                here = {name for name in entries if names is None or (category, name) in names}
                self.used.setdefault(_list_of(holder, category), set()).update(here)
                for name in here:
                    self.lead(entries[name], kind, holders)

    def _names_of(self, drawing: Any) -> frozenset[tuple[str, str]] | None:
        """None for content that cannot be read: all that is listed counts as used."""
        if drawing.objgen not in self._names:
            try:
                self._names[drawing.objgen] = frozenset(names_used(drawing)) | _DEFAULTS
            except (pikepdf.PdfError, TypeError, ValueError):
                self._names[drawing.objgen] = None
        return self._names[drawing.objgen]


def _around(item: Any, kind: str, holders: _Holders) -> _Holders:
    """Where `item` finds resources: with PDFium's rules. Nothing where that makes no difference."""
    if kind not in _DEPENDING or (kind == "font" and "/CharProcs" not in item):
        return ()
    if isinstance(item.get("/Resources"), Dictionary):
        return (item,) if kind == "font" else (item, *holders[-1:])
    return holders


def _list_of(holder: Any, category: str) -> tuple[Key, str]:
    """What a list of resources is known by: its number, or that of the nearest object that holds it."""
    resources = holder.Resources if "/Resources" in holder else holder
    for one in (listed(resources, category), resources, holder):
        if one.is_indirect:
            return one.objgen, category
    return (0, 0), category


def _unlist(holder: Any, used: dict[tuple[Key, str], set[str]]) -> None:
    resources = holder.get("/Resources")
    if not isinstance(resources, Dictionary):
        return
    keep(resources, (*CATEGORIES, "/ProcSet"))
    for category in CATEGORIES:
        names = used.get(_list_of(holder, category), set())
        keep(listed(resources, category), names)


def _empty(stream: Any, *, kept: Collection[str]) -> None:
    """Leave nothing in a stream but its keys `kept`; what still leads to it finds one that draws nothing. The trailer
    may be the dictionary of one."""
    keep(stream, (*_OF_EMPTY, *kept))
    is_image = str(stream.get("/Subtype", "")) == "/Image"
    if is_image:
        stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = 1, 1, 8, Name.DeviceGray
    stream.write(b"\xff" if is_image else b"")
