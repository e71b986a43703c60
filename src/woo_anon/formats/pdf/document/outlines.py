"""Outlines and page labels: built anew of what is known, kept where they name nobody.

outline items ──► title (or "[gelakt]" where it names somebody), place, colour, style; nothing else is taken over
page labels ────► style, start, and a prefix that names nobody
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from woo_anon.formats.pdf.document.destinations import Destinations

TITLE_GONE = "[gelakt]"
DEEPEST = 64  # levels of an outline; what lies deeper is not taken over
_STYLES = {"/D", "/R", "/r", "/A", "/a"}

NamesSomebody = Callable[[str], bool]


def clean_outlines(pdf: pikepdf.Pdf, destinations: Destinations, names_somebody: NamesSomebody) -> bool:
    """Build the outline anew (ISO 32000-2, 12.3.3). Answers whether some title was taken away."""
    old = pdf.Root.get("/Outlines")
    if "/Outlines" in pdf.Root:
        del pdf.Root.Outlines
    copy = _Outline(pdf, destinations, names_somebody)
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    count = copy.fill(root, old, 0)
    if count:
        root.Count = count
        pdf.Root.Outlines = root
    return copy.changed


class _Outline:
    """One outline on its way from the old items to new ones."""

    def __init__(self, pdf: pikepdf.Pdf, destinations: Destinations, names_somebody: NamesSomebody) -> None:
        self._pdf = pdf
        self._destinations = destinations
        self._names_somebody = names_somebody
        self._seen: set[tuple[int, int]] = set()
        self.changed = False

    def fill(self, parent: Any, old: Any, depth: int) -> int:
        """Put copies of the items under `old` under `parent`. Gives how many are visible when all that is open is."""
        items, visible = [], 0
        for item in self._siblings(old) if depth < DEEPEST else ():
            new = self._copy(item, parent)
            inside = self.fill(new, item, depth + 1)
            is_open = not isinstance(item.get("/Count"), int) or item.Count >= 0
            if inside:
                new.Count = inside if is_open else -inside
            items.append(new)
            visible += 1 + (inside if is_open else 0)
        for before, after in pairwise(items):
            before.Next, after.Prev = after, before
        if items:
            parent.First, parent.Last = items[0], items[-1]
        return visible

    def _siblings(self, parent: Any) -> Iterator[Any]:
        """The items below `parent`, each once, however they are chained."""
        item = parent.get("/First") if isinstance(parent, Dictionary) else None
        while isinstance(item, Dictionary) and item.is_indirect and item.objgen not in self._seen:
            self._seen.add(item.objgen)
            yield item
            item = item.get("/Next")

    def _copy(self, item: Any, parent: Any) -> Any:
        title = str(item.get("/Title", ""))
        if self._names_somebody(title):
            title, self.changed = TITLE_GONE, True
        new = self._pdf.make_indirect(Dictionary(Title=String(title), Parent=parent))
        key, target = self._destinations.of(item)
        if target is not None:
            new[key] = target
        colour = item.get("/C")
        if isinstance(colour, Array) and all(isinstance(part, int | float | Decimal) for part in colour):
            new.C = colour
        if isinstance(item.get("/F"), int):
            new.F = item.F
        return new


def clean_page_labels(pdf: pikepdf.Pdf, names_somebody: NamesSomebody) -> bool:
    """Build the page labels anew (ISO 32000-2, 12.4.2). Answers whether some prefix was taken away."""
    tree = pdf.Root.get("/PageLabels")
    if not isinstance(tree, Dictionary):
        if tree is not None:
            del pdf.Root.PageLabels
        return False
    entries: list[Any] = []
    changed = False
    for index, label in sorted(pikepdf.NumberTree(tree).items()):
        new = Dictionary()
        if isinstance(label.get("/S"), Name) and str(label.S) in _STYLES:
            new.S = label.S
        if isinstance(label.get("/St"), int):
            new.St = label.St
        prefix = str(label.get("/P", ""))
        if names_somebody(prefix):
            changed = True
        elif prefix:
            new.P = String(prefix)
        entries += [index, new]
    pdf.Root.PageLabels = Dictionary(Nums=Array(entries))
    return changed
