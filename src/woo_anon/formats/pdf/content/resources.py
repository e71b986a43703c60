"""The resources of a content stream: looked up with PDFium's rules, changed only in a copy."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pikepdf

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.fonts.font import Font, load_font

_PRUNED = ("/Font", "/XObject", "/Properties", "/ExtGState", "/Pattern")


class FontCache:
    """Fonts by the number of their object, so that a font shared by many pages is loaded once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Font | NotUnderstoodError] = {}
        self._fallback: Font | None = None
        self._numbers: dict[int, tuple[int, int]] = {}  # identity of a loaded font → number of its object

    def load(self, dictionary: Any) -> Font:
        """The font's geometry. Raises NotUnderstoodError."""
        key = dictionary.objgen
        known = self._known.get(key) if key != (0, 0) else None
        if known is None:
            try:
                known = load_font(dictionary)
            except NotUnderstoodError as doubt:
                known = doubt
            self._known[key] = known
            self._numbers[id(known)] = key
        if isinstance(known, NotUnderstoodError):
            raise known
        return known

    def fallback(self) -> Font:
        """What PDFium takes for a font that is missing. Its number is that of no object."""
        if self._fallback is None:
            self._fallback = load_font(
                pikepdf.Dictionary(
                    Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica, Encoding=pikepdf.Name.WinAnsiEncoding
                )
            )
            self._numbers[id(self._fallback)] = (-1, 0)
        return self._fallback

    def number_of(self, font: Font | None) -> tuple[int, int]:
        """The number of the object that `font` was loaded from. Raises NotUnderstoodError when it has none."""
        number = self._numbers.get(id(font), (0, 0))
        if number == (0, 0):
            raise NotUnderstoodError("font:direct")
        return number


def give_fonts_numbers(pdf: pikepdf.Pdf) -> None:
    """Make objects of the fonts that stand in resources themselves, so that each is found, followed and cut."""
    for resources in all_resources(pdf):
        _number(pdf, resources.get("/Font"))
        states = resources.get("/ExtGState")
        for state in states.values() if isinstance(states, pikepdf.Dictionary) else ():
            _number(pdf, state.get("/Font") if isinstance(state, pikepdf.Dictionary) else None)


def all_resources(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The resource dictionaries of all pages, forms, tiles and fonts, reached or not; a shared one more than once."""
    for holder in pdf.objects:
        resources = holder.get("/Resources") if isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) else None
        if isinstance(resources, pikepdf.Dictionary):
            yield resources


def _number(pdf: pikepdf.Pdf, fonts: Any) -> None:
    """Fonts by name, or a font and its size."""
    if isinstance(fonts, pikepdf.Dictionary):
        places: list[Any] = list(fonts.keys())
    else:
        places = [0] if isinstance(fonts, pikepdf.Array) and len(fonts) else []
    for place in places:
        if isinstance(fonts[place], pikepdf.Dictionary) and not fonts[place].is_indirect:
            fonts[place] = pdf.make_indirect(fonts[place])


def contents_of(page: Any) -> list[Any]:
    """The content streams of a page's dictionary."""
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [stream for stream in streams if isinstance(stream, pikepdf.Stream)]


def inherited(page: Any) -> Any:
    """The resources that a page takes over from the nodes above it, or None."""
    above = page.get("/Parent")
    return with_resources(above).get("/Resources") if above is not None else None


def with_resources(page: Any) -> Any:
    """The page, or the node above it from which it takes its resources; one without any when none has them."""
    node, depth = page, 0
    while "/Resources" not in node and "/Parent" in node and depth < 64:
        node, depth = node.Parent, depth + 1
    return node


class Resources:
    """One stream's resource dictionary; `page` are the page's, where PDFium looks for what a form does not have.

    The dictionary of the file is never touched, for it may be shared: `add` works in a copy, `result` gives it.
    """

    def __init__(self, dictionary: Any, fonts: FontCache, page: Resources | None = None) -> None:
        self._original = dictionary if isinstance(dictionary, pikepdf.Dictionary) else pikepdf.Dictionary()
        self._copy: Any = None
        self._copied: set[str] = set()
        self._fonts = fonts
        self.page = page or self

    def find(self, category: str, name: str) -> Any:
        """The resource of that name, or None."""
        own = self._current.get(category)
        if isinstance(own, pikepdf.Dictionary) and name in own:
            return own[name]
        return None if self.page is self else self.page.find(category, name)

    def font(self, name: str) -> Font:
        """The font of that name. Raises NotUnderstoodError when it cannot be followed."""
        dictionary = self.find("/Font", name)
        return self._fonts.load(dictionary) if isinstance(dictionary, pikepdf.Dictionary) else self._fonts.fallback()

    def load(self, dictionary: Any) -> Font:
        """A font that is not in the resources (from an ExtGState)."""
        return self._fonts.load(dictionary)

    def nested(self, dictionary: Any) -> Resources:
        """The resources of a form drawn here; a form without any uses ours."""
        return Resources(self._current if dictionary is None else dictionary, self._fonts, self.page)

    def add(self, category: str, resource: Any) -> pikepdf.Name:
        """Put a resource under a free name. Returns the name."""
        if self._copy is None:
            self._copy = copy.copy(self._original)
        if category not in self._copied:
            present = self._copy.get(category)
            self._copy[category] = copy.copy(present) if present is not None else pikepdf.Dictionary()
            self._copied.add(category)
        entries = self._copy[category]
        used = len(entries)
        name = next(name for n in range(used, 2 * used + 1) if (name := f"/Woo{n}") not in entries)
        entries[name] = resource
        return pikepdf.Name(name)

    @property
    def _current(self) -> Any:
        return self._original if self._copy is None else self._copy

    @property
    def changed(self) -> bool:
        """Whether something was added."""
        return self._copy is not None

    def result(self, used: set[tuple[str, str]] | None = None) -> Any:
        """The dictionary to put in the file; with `used`, without what is not in it."""
        result = copy.copy(self._current)
        if used is None:
            return result
        for category in _PRUNED:
            if isinstance(result.get(category), pikepdf.Dictionary):
                kept = {name: value for name, value in result[category].items() if (category, name) in used}
                result[category] = pikepdf.Dictionary(kept)
        return result


def reaches(resources: Any, key: tuple[int, int]) -> bool:
    """Whether the object with number `key` is a form, pattern or glyph in `resources`, or in those of one therein."""
    due, seen = [resources], set()
    while due:
        dictionary = due.pop()
        for category in ("/XObject", "/Pattern"):
            entries = dictionary.get(category) if isinstance(dictionary, pikepdf.Dictionary) else None
            for _, entry in entries.items() if isinstance(entries, pikepdf.Dictionary) else ():
                if entry.objgen == key:
                    return True
                if entry.objgen not in seen and isinstance(entry, pikepdf.Stream):
                    seen.add(entry.objgen)
                    due.append(entry.get("/Resources"))
        fonts = dictionary.get("/Font") if isinstance(dictionary, pikepdf.Dictionary) else None
        for _, font in fonts.items() if isinstance(fonts, pikepdf.Dictionary) else ():
            glyphs = font.get("/CharProcs") if isinstance(font, pikepdf.Dictionary) else None
            if isinstance(glyphs, pikepdf.Dictionary) and font.objgen not in seen:
                seen.add(font.objgen)
                due.append(font.get("/Resources"))
                if any(glyph.objgen == key for glyph in glyphs.values()):
                    return True
    return False
