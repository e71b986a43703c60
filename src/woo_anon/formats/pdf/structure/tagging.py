"""The place of the boxes in the structure tree (ISO 32000-2, 14.7.5 and 14.9.4).

    element                element
      └─ content 4   ──►     ├─ content 4           De nota van
                             ├─ Span ── content 9   the box: "gelakt op grond van …"
                             └─ content 8           is af.

Marked content that holds a redacted word was split behind the word (`splitting.py`), so that somebody who listens hears
of the redaction where the word stood. The parent tree leads from content to elements, the kids from elements to
content; both are kept in step here.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from woo_anon.formats.pdf.structure.roles import standard_role
from woo_anon.formats.pdf.structure.tree import kids_of

# Elements that take certain other elements alone (ISO 32000-2, annex L): what is said of a box in them stands in its
# marked content, without an element of its own.
_NO_SPAN = frozenset("/L /LI /Table /TR /THead /TBody /TFoot /TOC /TOCI /Ruby /Warichu /RB /RT /RP /WT /WP".split())


class ParentTree:
    """The parent tree of a tagged document: from a stream's marked content to the elements that own it.

    A stream is known by its StructParents number, content by that and its identifier within the stream.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root.get("/StructTreeRoot", Dictionary())
        tree = self._root.get("/ParentTree")
        self._tree = pikepdf.NumberTree(tree) if isinstance(tree, Dictionary) else None
        self._boxes: Counter[tuple[int, int]] = Counter()  # how many stand behind which content

    def free(self, page: Any, above: int) -> int:
        """An identifier that no content of the page has; `above` is the highest that its instructions use."""
        owners = self._owners(_key(page))
        return max(above + 1, len(owners) if owners is not None else 0)

    def continue_content(self, page: Any, mcid: int, new: int) -> bool:
        """Enter content `new` of the page, the rest of what was in `mcid`. False when no element owns that."""
        owner = self._owner(_key(page), mcid)
        if owner is None:
            return False
        self._insert(page, owner, new, new, (_key(page), mcid))
        return True

    def add_box(self, page: Any, mcid: int, behind: tuple[int, int], spoken: str) -> bool:
        """Enter the box drawn on the page as content `mcid`, behind content `behind`; it says `spoken`.

        False when no element owns that: the box is an artifact then.
        """
        owner = self._owner(*behind)
        if owner is None or not self._numbered(page):
            return False
        kid: Any = mcid
        if standard_role(self._root, owner) not in _NO_SPAN:
            kid = self._pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Span, P=owner, Pg=page, K=mcid, ActualText=String(spoken))
            )
        self._insert(page, owner, kid, mcid, behind)
        self._boxes[behind] += 1
        return True

    def _insert(self, page: Any, owner: Any, kid: Any, mcid: int, behind: tuple[int, int]) -> None:
        """Put `kid`, which is content `mcid` of the page or an element that holds it, behind content `behind`."""
        entry = kid
        if isinstance(kid, int):
            entry = owner
            if owner.get("/Pg", page).objgen != page.objgen:
                kid = Dictionary(Type=Name.MCR, Pg=page, MCID=mcid)
            elif "/Pg" not in owner:
                owner.Pg = page
        kids = kids_of(owner)
        at = next((n for n, old in enumerate(kids, start=1) if _leads_to(old, owner, behind)), len(kids))
        at += self._boxes[behind]
        owner.K = Array([*kids[:at], kid, *kids[at:]])
        owners = self._owners(_key(page))
        while len(owners) <= mcid:
            owners.append(None)
        owners[mcid] = entry

    def _owner(self, key: int, mcid: int) -> Any:
        owners = self._owners(key)
        owner = owners[mcid] if owners is not None and 0 <= mcid < len(owners) else None
        return owner if isinstance(owner, Dictionary) else None

    def _owners(self, key: int) -> Any:
        owners = self._tree[key] if self._tree is not None and key >= 0 and key in self._tree else None
        return owners if isinstance(owners, Array) else None

    def _numbered(self, page: Any) -> bool:
        """See to it that the page has a number in the parent tree: those whose text stands in forms may have none."""
        if self._tree is None:
            return False
        if self._owners(_key(page)) is None:
            page.StructParents = max((int(key) for key in self._tree), default=-1) + 1
            self._tree[_key(page)] = Array()
            self._root.ParentTreeNextKey = _key(page) + 1
        return True


def _key(stream: Any) -> int:
    return int(stream.get("/StructParents", -1))


def _leads_to(kid: Any, owner: Any, content: tuple[int, int]) -> bool:
    if isinstance(kid, Dictionary):
        if str(kid.get("/Type", "")) != "/MCR":
            return False
        stream, mcid = kid.get("/Stm", kid.get("/Pg", owner.get("/Pg"))), kid.get("/MCID")
    else:
        stream, mcid = owner.get("/Pg"), kid
    return stream is not None and _key(stream) == content[0] and mcid == content[1]
