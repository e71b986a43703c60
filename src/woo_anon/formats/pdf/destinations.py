"""Outlines, named destinations, page labels and links: kept where they name nobody.

name tree /Dests ──┐
catalog /Dests ────┴─► names that say something are renamed, everywhere at once
outlines ──────────► titles that name somebody become "[gelakt]"; only jumps inside the document stay
page labels ───────► prefixes that name somebody go
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

TITLE_GONE = "[gelakt]"
_SAFE_URI = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_OUTLINE_ITEM = ("/Title", "/Parent", "/Prev", "/Next", "/First", "/Last", "/Count", "/C", "/F", "/SE")
_MOST_ITEMS = 200_000

NamesSomebody = Callable[[str], bool]


class Destinations:
    """The named destinations of a document, those that name somebody renamed. `result` is the new name tree."""

    def __init__(self, pdf: pikepdf.Pdf, names_somebody: NamesSomebody) -> None:
        self._pdf = pdf
        self._names_somebody = names_somebody
        self._renamed: dict[str, str] = {}
        self._kept: dict[str, Any] = {}
        for name, value in _named(pdf):
            target = explicit(value)
            if target is None:
                continue
            if names_somebody(name):
                self._renamed[name] = f"plaats-{len(self._renamed) + 1}"
            self._kept[self._renamed.get(name, name)] = target

    def allowed(self, destination: Any) -> Any:
        """A destination as it may stand in a link or an outline; None when it leads nowhere."""
        if isinstance(destination, (String, Name)):
            name = _name(destination)
            new = self._renamed.get(name, name)
            return String(new) if new in self._kept else None
        return explicit(destination)

    def action(self, action: Any) -> Any:
        """An action as it may stand: a jump inside the document or to a web or mail address that names nobody."""
        kind = str(action.get("/S", ""))
        if kind == "/GoTo":
            destination = self.allowed(action.get("/D"))
            return None if destination is None else Dictionary(S=Name.GoTo, D=destination)
        if kind == "/URI":
            address = str(action.get("/URI", ""))
            if _SAFE_URI.match(address) and not self._names_somebody(address):
                return Dictionary(S=Name.URI, URI=String(address))
        return None

    def result(self) -> Any:
        """The new name tree, as one sorted leaf; None when there are no named destinations."""
        if not self._kept:
            return None
        ordered = sorted(self._kept.items(), key=lambda item: bytes(String(item[0])))
        return Dictionary(Names=Array([entry for name, target in ordered for entry in (String(name), target)]))


def _name(value: Any) -> str:
    return str(value)[1:] if isinstance(value, Name) else str(value)


def _named(pdf: pikepdf.Pdf) -> list[tuple[str, Any]]:
    old = pdf.Root.get("/Dests")
    named = [(key[1:], value) for key, value in old.items()] if isinstance(old, Dictionary) else []
    tree = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if isinstance(tree, Dictionary):
        named += [(str(key), value) for key, value in pikepdf.NameTree(tree).items()]
    return named


def explicit(destination: Any) -> Any:
    """`[page /XYZ left top zoom]` without anything else; None when it is not that (ISO 32000-2, 12.3.2.2)."""
    if isinstance(destination, Dictionary):
        destination = destination.get("/D")
    if not isinstance(destination, Array) or len(destination) < 2:
        return None
    page, kind, *numbers = list(destination)
    if not isinstance(page, Dictionary) or str(page.get("/Type")) != "/Page" or not isinstance(kind, Name):
        return None
    if str(kind) not in {"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"}:
        return None
    return Array([page, kind, *(None if isinstance(n, (String, Dictionary, Array)) else n for n in numbers)])


def clean_outlines(pdf: pikepdf.Pdf, destinations: Destinations, names_somebody: NamesSomebody) -> bool:
    """Clean the outline tree in place. Answers whether some title was taken away."""
    root = pdf.Root.get("/Outlines")
    if not isinstance(root, Dictionary):
        return False
    _keep(root, ("/Type", "/First", "/Last", "/Count"))
    due, changed = [root.get("/First")], False
    seen: set[tuple[int, int]] = set()
    while due and len(seen) < _MOST_ITEMS:
        item = due.pop()
        if not isinstance(item, Dictionary) or item.objgen in seen:
            continue
        seen.add(item.objgen)
        due += [item.get("/First"), item.get("/Next")]
        target = destinations.allowed(item.Dest) if "/Dest" in item else None
        action = destinations.action(item.A) if isinstance(item.get("/A"), Dictionary) else None
        _keep(item, _OUTLINE_ITEM)
        if target is not None:
            item.Dest = target
        elif action is not None:
            item.A = action
        if names_somebody(str(item.get("/Title", ""))):
            item.Title = String(TITLE_GONE)
            changed = True
    return changed


def clean_page_labels(pdf: pikepdf.Pdf, names_somebody: NamesSomebody) -> bool:
    """Rebuild the page labels without prefixes that name somebody. Answers whether some were."""
    tree = pdf.Root.get("/PageLabels")
    if not isinstance(tree, Dictionary):
        return False
    entries: list[Any] = []
    changed = False
    for index, label in sorted(pikepdf.NumberTree(tree).items()):
        new = Dictionary({key: label[key] for key in ("/S", "/St") if key in label})
        prefix = str(label.get("/P", ""))
        if names_somebody(prefix):
            changed = True
        elif prefix:
            new.P = String(prefix)
        entries += [index, new]
    pdf.Root.PageLabels = Dictionary(Nums=Array(entries))
    return changed


def _keep(dictionary: Any, keys: tuple[str, ...]) -> None:
    for key in list(dictionary.keys()):
        if key not in keys:
            del dictionary[key]
