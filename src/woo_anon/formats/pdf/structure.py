"""The structure tree: kept, cleaned, and given an element for every box.

element ──► keys by allowlist; Alt, ActualText, E, T, ID only where they name nobody and hold nothing redacted
kids ─────► no references to annotations that went, none to marked content of pages that became images
boxes ────► a Span with ActualText, right behind the marked content from which something was taken
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_ROOT = ("/Type", "/K", "/IDTree", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/ClassMap", "/Namespaces")
_ELEMENT = (
    "/Type",
    "/S",
    "/ID",
    "/P",
    "/Pg",
    "/K",
    "/A",
    "/C",
    "/R",
    "/Lang",
    "/T",
    "/Alt",
    "/E",
    "/ActualText",
    "/NS",
)
_TEXTS = ("/T", "/Alt", "/E", "/ActualText")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
FIGURE_ALT = "Afbeelding (beschrijving gelakt)"


@dataclass(frozen=True)
class Losses:
    """What went elsewhere: pages that became images and annotations, by object number; hit marked content, as pairs of
    a page's object number and a marked-content identifier."""

    pages: frozenset[tuple[int, int]]
    annotations: frozenset[tuple[int, int]]
    hit: frozenset[tuple[tuple[int, int], int]]


def valid_language(value: Any) -> str | None:
    """The language tag when it is one, else None."""
    text = str(value) if isinstance(value, String) else ""
    return text if _LANGUAGE.fullmatch(text) else None


def clean_structure(pdf: pikepdf.Pdf, names_somebody: Callable[[str], bool], losses: Losses) -> bool:
    """Clean the structure tree in place. Answers whether some text in it was taken away."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        return False
    _keep(root, _ROOT)
    cleaner = _Cleaner(names_somebody, losses, _clean_roles(root, names_somebody))
    cleaner.walk(root)
    if "/IDTree" in root:
        _rebuild_ids(root, cleaner.identified)
    if "/ClassMap" in root:
        for name in list(root.ClassMap.keys()):
            root.ClassMap[name] = cleaner.attributes(root.ClassMap[name])
    return cleaner.changed


def _clean_roles(root: Any, names_somebody: Callable[[str], bool]) -> dict[str, str]:
    """Takes role names that name somebody out of the role map; gives what stands for them."""
    roles = root.get("/RoleMap", Dictionary())
    bad = {key: str(roles[key]) for key in list(roles.keys()) if names_somebody(key[1:])}
    for key in bad:
        del roles[key]
    return bad


class _Cleaner:
    """One walk through the tree."""

    def __init__(self, names_somebody: Callable[[str], bool], losses: Losses, roles: dict[str, str]) -> None:
        self._names_somebody = names_somebody
        self._losses = losses
        self._roles = roles
        self.changed = False
        self.identified: list[tuple[bytes, Any]] = []

    def walk(self, root: Any) -> None:
        """Clean every element once, children before what stands around them."""
        order: list[tuple[Any, int]] = []
        seen: set[tuple[int, int]] = set()
        due = [(kid, -1) for kid in _kids(root)]
        while due:
            element, above = due.pop()
            if not isinstance(element, Dictionary) or str(element.get("/Type", "")) in {"/MCR", "/OBJR"}:
                continue
            if element.objgen != (0, 0) and element.objgen in seen:
                continue
            seen.add(element.objgen)
            order.append((element, above))
            due += [(kid, len(order) - 1) for kid in _kids(element)]
        hit = [False] * len(order)
        for at in range(len(order) - 1, -1, -1):
            element, above = order[at]
            hit[at] |= self._prune(element)
            if hit[at] and above >= 0:
                hit[above] = True
            self._clean(element, hit[at])

    def _prune(self, element: Any) -> bool:
        """Drop kids that lead to what went. Answers whether something was redacted from the element's own content."""
        if "/K" not in element:
            return False
        own_page = element.get("/Pg")
        kept, hit, kids = [], False, _kids(element)
        for kid in kids:
            page, mcid = own_page, kid
            if isinstance(kid, Dictionary):
                kind = str(kid.get("/Type", ""))
                if kind == "/OBJR" and kid.get("/Obj", kid).objgen in self._losses.annotations:
                    continue
                if kind not in {"/MCR", "/OBJR"}:
                    kept.append(kid)
                    continue
                page, mcid = kid.get("/Pg", own_page), kid.get("/MCID")
            where = page.objgen if page is not None else (0, 0)
            if where in self._losses.pages:
                continue
            kept.append(kid)
            hit |= isinstance(mcid, int) and (where, mcid) in self._losses.hit
        if len(kept) < len(kids):
            self._set_kids(element, kept)
        return hit

    @staticmethod
    def _set_kids(element: Any, kept: list[Any]) -> None:
        if kept:
            element.K = Array(kept)
        else:
            del element.K
            if str(element.get("/S")) == "/Link":
                element.S = Name.Span

    def _clean(self, element: Any, hit: bool) -> None:
        _keep(element, _ELEMENT)
        for key in _TEXTS:
            if key in element and (hit or self._names_somebody(str(element[key]))):
                self.changed = True
                del element[key]
                if key == "/Alt" and str(element.get("/S")) in {"/Figure", "/Formula"}:
                    element.Alt = String(FIGURE_ALT)
        if "/Lang" in element and valid_language(element.Lang) is None:
            del element.Lang
        role = str(element.get("/S", "/Span"))
        if role in self._roles or self._names_somebody(role[1:]):
            element.S = Name(self._roles.get(role, "/Span"))
        if "/A" in element:
            element.A = self.attributes(element.A)
        if "/ID" in element:
            self._identify(element)

    def _identify(self, element: Any) -> None:
        identifier = bytes(element.ID)
        if self._names_somebody(str(element.ID)):
            identifier = f"element-{len(self.identified) + 1}".encode("ascii")
            element.ID = String(identifier)
        self.identified.append((identifier, element))

    def attributes(self, value: Any) -> Any:
        """Attribute objects without user properties and without strings that name somebody."""
        if isinstance(value, Array):
            kept = [self.attributes(item) if isinstance(item, Dictionary) else item for item in value]
            return Array([item for item in kept if not isinstance(item, (String, pikepdf.Stream))])
        if not isinstance(value, Dictionary) or str(value.get("/O")) == "/UserProperties":
            return Dictionary(O=Name.Layout)
        return Dictionary({key: item for key, item in value.items() if not self._speaks(item)})

    def _speaks(self, value: Any) -> bool:
        if isinstance(value, Array):
            return any(self._speaks(item) for item in value)
        return isinstance(value, (Dictionary, pikepdf.Stream)) or (
            isinstance(value, (String, Name)) and self._names_somebody(str(value))
        )


def _rebuild_ids(root: Any, identified: list[tuple[bytes, Any]]) -> None:
    ordered = sorted(identified, key=lambda pair: pair[0])
    root.IDTree = Dictionary(Names=Array([entry for key, value in ordered for entry in (String(key), value)]))


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _keep(dictionary: Any, keys: tuple[str, ...]) -> None:
    for key in list(dictionary.keys()):
        if key not in keys:
            del dictionary[key]


class ParentTree:
    """The parent tree of a tagged document: from a page's marked content to the elements that own it."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        tree = pdf.Root.get("/StructTreeRoot", Dictionary()).get("/ParentTree")
        self._tree = pikepdf.NumberTree(tree) if isinstance(tree, Dictionary) else None

    def add_span(self, page: Any, mcid: int, behind: int, spoken: str) -> bool:
        """A Span for the box drawn as marked content `mcid`, behind the content `behind`; False when there is none."""
        key = int(page.get("/StructParents", -1))
        parents = self._tree.get(key) if self._tree is not None else None
        if not isinstance(parents, Array) or not 0 <= behind < len(parents):
            return False
        owner = parents[behind]
        if not isinstance(owner, Dictionary):
            return False
        span = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Span, P=owner, Pg=page, K=mcid, ActualText=String(spoken))
        )
        kids = _kids(owner)
        at = next((n for n, kid in enumerate(kids) if _is_content(kid, behind)), len(kids) - 1)
        owner.K = Array([*kids[: at + 1], span, *kids[at + 1 :]])
        if "/Pg" not in owner:
            owner.Pg = page
        while len(parents) < mcid:
            parents.append(None)
        parents.append(span)
        return True


def _is_content(kid: Any, mcid: int) -> bool:
    return kid == mcid if isinstance(kid, int) else isinstance(kid, Dictionary) and kid.get("/MCID") == mcid
