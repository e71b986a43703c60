"""Destinations inside the document, and the actions that lead to them or outside: kept where they name nobody.

name tree /Dests ──┐
catalog /Dests ────┴─► names that say something are renamed, everywhere at once
actions ───────────► jumps inside the document and harmless addresses; scripts, programs, other files go
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from woo_anon.formats.pdf.document.addresses import Addresses

# The kinds, and which of their numbers stay: one along the line would tell where text stood before it moved.
_KINDS = {
    "/XYZ": (False, True, True),
    "/Fit": (),
    "/FitH": (True,),
    "/FitV": (False,),
    "/FitR": (),
    "/FitB": (),
    "/FitBH": (True,),
    "/FitBV": (False,),
}

NamesSomebody = Callable[[str], bool]


class Destinations:
    """The named destinations of a document, those that name somebody renamed. `result` is the new name tree."""

    def __init__(self, pdf: pikepdf.Pdf, names_somebody: NamesSomebody, addresses: Addresses) -> None:
        self._pages = [page.obj for page in pdf.pages]
        self._addresses = addresses
        self._renamed: dict[str, str] = {}
        self._kept: dict[str, Any] = {}
        for name, value in _named(pdf):
            target = self._explicit(value)
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
        return self._explicit(destination)

    def of(self, holder: Any) -> tuple[str, Any]:
        """Where a link or an outline item may lead: the key /Dest or /A and its value, which is None for nowhere."""
        target = self.allowed(holder.Dest) if "/Dest" in holder else None
        if target is not None:
            return "/Dest", target
        return "/A", self.action(holder.A) if isinstance(holder.get("/A"), Dictionary) else None

    def action(self, action: Any) -> Any:
        """An action as it may stand: a jump inside the document or to a web or mail address that names nobody."""
        kind = str(action.get("/S", ""))
        if kind == "/GoTo":
            destination = self.allowed(action.get("/D"))
            return None if destination is None else Dictionary(S=Name.GoTo, D=destination)
        if kind == "/URI":
            address = str(action.get("/URI", ""))
            if self._addresses.allowed(address):
                return Dictionary(S=Name.URI, URI=String(address))
        return None

    def _explicit(self, destination: Any) -> Any:
        """`[page /XYZ left top zoom]` and nothing else; None when it is not that (ISO 32000-2, 12.3.2.2).

        Some programs write the page's number, from 0, where the page should stand: readers follow that too.
        """
        if isinstance(destination, Dictionary):
            destination = destination.get("/D")
        if not isinstance(destination, Array) or len(destination) < 2:
            return None
        page, kind, *numbers = list(destination)
        if isinstance(page, int) and 0 <= page < len(self._pages):
            page = self._pages[page]
        if not isinstance(page, Dictionary) or str(page.get("/Type")) != "/Page":
            return None
        if not isinstance(kind, Name) or str(kind) not in _KINDS:
            return None
        if str(kind) == "/FitR":  # it is nothing without all of its numbers
            kind, numbers = Name.FitH, numbers[3:]
        fitting = zip(numbers, _KINDS[str(kind)], strict=False)
        kept = [n if stays and isinstance(n, int | float | Decimal) else None for n, stays in fitting]
        return Array([page, kind, *kept])

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
