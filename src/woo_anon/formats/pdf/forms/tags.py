"""The structure tree of a form whose fields become part of the pages (ISO 32000-2, 14.7.5, 14.8.5.6).

Form ── OBJR ──► widget         becomes         Form ── MCR ──► marked content
                                                with the attribute that it was a field: /PrintField, /Role /tv
"""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from woo_anon.formats.pdf.forms.widgets import field_value
from woo_anon.formats.pdf.structure.tree import kids_of

_MCID = re.compile(rb"/MCID\s+(\d+)")
_ROLES = {"/Tx": Name.tv, "/Ch": Name.tv}
_BUTTONS = ((1 << 16, Name.pb), (1 << 15, Name.rb))  # ISO 32000-2, table 229: push button, radio button
UNTAGGED = (b"", b"")


class FormTags:
    """Moves the places of fields in the structure tree from their widgets to the content that takes over."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root.get("/StructTreeRoot", Dictionary())
        tree = self._root.get("/ParentTree")
        self._parents = pikepdf.NumberTree(tree) if isinstance(tree, Dictionary) else None
        self._rows: dict[tuple[int, int], Any] = {}  # page → its array in the parent tree

    def replace(self, field: Any, page: pikepdf.Page) -> tuple[bytes, bytes]:
        """Put marked content in the place of a widget. Gives what opens and closes it; empty for an untagged field."""
        element = self._element(field)
        if element is None:
            return UNTAGGED
        row = self._row(page)
        mcid = len(row)
        row.append(element)
        content = Dictionary(Type=Name.MCR, Pg=page.obj, MCID=mcid)
        element.K = Array([content if _refers(kid, field) else kid for kid in kids_of(element)])
        was = Dictionary(O=Name.PrintField, Role=_role(field))
        present = element.get("/A")
        element.A = Array([*(present if isinstance(present, Array) else [present] if present else []), was])
        return b"/Form <</MCID %d>> BDC\n" % mcid, b"\nEMC"

    def remove(self, field: Any) -> None:
        """Take a widget that shows nothing out of the tree; what else its element holds is no longer a form's."""
        element = self._element(field)
        if element is not None:
            element.K = Array([kid for kid in kids_of(element) if not _refers(kid, field)])
            element.S = Name.NonStruct

    def finish(self) -> None:
        """Let the tree's next key be a free one."""
        if self._rows and self._parents is not None:
            self._root.ParentTreeNextKey = max(self._parents.keys(), default=-1) + 1

    def _element(self, field: Any) -> Any:
        """The structure element that owns a widget, taken from the parent tree; None when there is none."""
        key = field.get("/StructParent")
        if self._parents is None or not isinstance(key, int) or key not in self._parents:
            return None
        element = self._parents[key]
        if not isinstance(element, Dictionary) or not any(_refers(kid, field) for kid in kids_of(element)):
            return None
        del self._parents[key]
        return element

    def _row(self, page: pikepdf.Page) -> Any:
        """The page's array in the parent tree, as long as its content has numbers; made when it has none."""
        assert self._parents is not None
        if page.obj.objgen in self._rows:
            return self._rows[page.obj.objgen]
        key = page.obj.get("/StructParents")
        row: Any = self._parents[key] if isinstance(key, int) and key in self._parents else None
        if not isinstance(row, Array):
            new = page.obj.StructParents = max(self._parents.keys(), default=-1) + 1
            row = self._parents[new] = self._pdf.make_indirect(Array())
        self._rows[page.obj.objgen] = row
        page.contents_coalesce()
        used = [int(number) for number in _MCID.findall(page.obj.Contents.read_bytes())]
        while len(row) <= max(used, default=-1):
            row.append(None)
        return row


def _role(field: Any) -> Name:
    """What kind of field it is, in the terms of the attribute /Role (ISO 32000-2, table 383)."""
    kind, flags = field_value(field, "/FT"), field_value(field, "/Ff")
    if kind == "/Btn":
        return next((role for bit, role in _BUTTONS if isinstance(flags, int) and flags & bit), Name.cb)
    return _ROLES.get(str(kind), Name.tv)


def _refers(kid: Any, field: Any) -> bool:
    if not isinstance(kid, Dictionary) or kid.get("/Type") != "/OBJR" or not field.is_indirect:
        return False
    return bool(kid.get("/Obj", kid).objgen == field.objgen)
