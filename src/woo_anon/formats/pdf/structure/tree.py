"""The structure tree, kept and cleaned (ISO 32000-2, 14.7).

element ──────► keys by allowlist; Alt, ActualText, E, T, ID only where they name nobody and hold nothing redacted
kids ─────────► no references to annotations that went, none to marked content of pages that became images
parent tree ──► the elements of the tree alone: no other way leads to an element that was not cleaned
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from woo_anon.formats.pdf.content.properties import is_language
from woo_anon.formats.pdf.keys import keep
from woo_anon.formats.pdf.structure.roles import OWNERS, STANDARD, standard_role

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
_REFERENCE = ("/Type", "/Pg", "/MCID", "/Stm", "/StmOwn", "/Obj")  # to marked content, or to an object
_TEXTS = ("/T", "/Alt", "/E", "/ActualText")
FIGURE_ALT = "Afbeelding (beschrijving gelakt)"
# Elements that stand for an annotation; without it what is left of them is text.
_ANNOTATED = frozenset(("/Link", "/Form", "/Annot"))

Key = tuple[int, int]  # number of an object


@dataclass(frozen=True)
class Losses:
    """What went elsewhere, by object number.

    `pages` became images, `annotations` are gone. `hit` holds the content from which something was redacted: the
    StructParents number of its page or form and its identifier there. `copies` holds what a page draws in place of a
    form or image, by the numbers of both.
    """

    pages: frozenset[Key]
    annotations: frozenset[Key] = frozenset()
    hit: frozenset[tuple[int, int]] = frozenset()
    copies: Mapping[tuple[Key, Key], Any] = field(default_factory=dict)


def valid_language(value: Any) -> str | None:
    """The language tag when it is one, else None."""
    text = str(value) if isinstance(value, String) else ""
    return text if is_language(text) else None


def clean_structure(pdf: pikepdf.Pdf, names_somebody: Callable[[str], bool], losses: Losses) -> bool:
    """Clean the structure tree in place. Answers whether some text in it was taken away."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        return False
    keep(root, _ROOT)
    cleaner = _Cleaner(pdf, names_somebody, losses, _clean_roles(root, names_somebody))
    cleaner.walk()
    if "/Namespaces" in root:
        _clean_namespaces(root, names_somebody)
    if "/IDTree" in root:
        _rebuild_ids(root, cleaner.identified)
    if "/ParentTree" in root:
        _rebuild_parents(pdf, root, cleaner.seen)
    if "/ClassMap" in root:
        for name in list(root.ClassMap.keys()):
            root.ClassMap[name] = cleaner.attributes(root.ClassMap[name])
    return cleaner.changed


def _clean_roles(root: Any, names_somebody: Callable[[str], bool]) -> dict[str, str]:
    """Takes role names that name somebody out of the role map; gives the standard's types that they stand for."""
    roles = root.get("/RoleMap", Dictionary())
    names = list(roles.keys())
    bad = {key for key in names if key not in STANDARD and names_somebody(key[1:])}
    stands_for = {key: standard_role(root, Dictionary(S=Name(key))) for key in names}
    for key in names:
        if key in bad:
            del roles[key]
        elif str(roles[key]) in bad:
            roles[key] = Name(stands_for[key])
    return {key: stands_for[key] if stands_for[key] in STANDARD else "/Span" for key in bad}


def _clean_namespaces(root: Any, names_somebody: Callable[[str], bool]) -> None:
    """Of a namespace (ISO 32000-2, 14.7.4.2) its address stays, and the roles that name nobody."""
    spaces = root.Namespaces if isinstance(root.Namespaces, Array) else Array()
    for space in spaces:
        if not isinstance(space, Dictionary):
            continue
        keep(space, ("/Type", "/NS", "/RoleMapNS"))
        if names_somebody(str(space.get("/NS", ""))):
            space.NS = String("")
        roles: Any = space.get("/RoleMapNS")
        for name in list(roles.keys()) if isinstance(roles, Dictionary) else ():
            role = roles[name]
            if isinstance(role, Array) and len(role) == 2 and isinstance(role[0], Name):
                roles[name] = role = Array([role[0], role[1]])
            elif not isinstance(role, Name):
                role = None
            if role is None or names_somebody(name[1:]) or names_somebody(_first_name(role)):
                del roles[name]
    root.Namespaces = Array([space for space in spaces if isinstance(space, Dictionary)])


def _first_name(role: Any) -> str:
    return str(role[0] if isinstance(role, Array) else role)[1:]


class _Cleaner:
    """One walk through the tree."""

    def __init__(
        self, pdf: pikepdf.Pdf, names_somebody: Callable[[str], bool], losses: Losses, roles: dict[str, str]
    ) -> None:
        self._pdf = pdf
        self._root = pdf.Root.StructTreeRoot
        self._names_somebody = names_somebody
        self._losses = losses
        self._roles = roles
        self._renamed: dict[bytes, bytes] = {}  # identifiers
        self.changed = False
        self.identified: list[tuple[bytes, Any]] = []
        self.seen: set[Key] = set()

    def walk(self) -> None:
        """Clean every element once, children before what stands around them."""
        order: list[tuple[Any, int]] = []
        due = [(kid, self._root, -1) for kid in self._own(self._root)]
        while due:
            element, parent, above = due.pop()
            if not _is_element(element) or element.objgen in self.seen:
                continue
            self.seen.add(element.objgen)
            element.P = parent
            self._identify(element)
            order.append((element, above))
            due += [(kid, element, len(order) - 1) for kid in self._own(element)]
        hit = [False] * len(order)
        for at in range(len(order) - 1, -1, -1):
            element, above = order[at]
            hit[at] |= self._prune(element)
            if hit[at] and above >= 0:
                hit[above] = True
            self._clean(element, hit[at])

    def _own(self, element: Any) -> list[Any]:
        """The kids, elements among them as objects of their own, which is what the standard asks for."""
        kids = kids_of(element)
        if any(_is_element(kid) and not kid.is_indirect for kid in kids):
            kids = [self._pdf.make_indirect(kid) if _is_element(kid) else kid for kid in kids]
            element.K = Array(kids)
        return kids

    def _prune(self, element: Any) -> bool:
        """Drop kids that lead to what went. Answers whether something was redacted from the element's own content."""
        kids = kids_of(element)
        if not kids:
            return False
        kept, hit = [], False
        for kid in kids:
            if _is_element(kid):
                kept.append(kid)
                continue
            page = kid.get("/Pg", element.get("/Pg")) if isinstance(kid, Dictionary) else element.get("/Pg")
            if _number_of(page) in self._losses.pages:
                continue
            if isinstance(kid, Dictionary) and not self._leads_on(kid, page):
                continue
            kept.append(kid)
            hit |= self._is_hit(kid, page)
        if len(kept) < len(kids):
            self._set_kids(element, kept)
        return hit

    def _leads_on(self, reference: Any, page: Any) -> bool:
        """Lead a reference to a form or image on to what the page draws in its place; False when it leads nowhere."""
        key = "/Obj" if str(reference.get("/Type")) == "/OBJR" else "/Stm"
        keep(reference, _REFERENCE)
        target = reference.get(key)
        drawn, number = _number_of(page), _number_of(target)
        if number is None:
            return key == "/Stm"
        if number in self._losses.annotations:
            return False
        copied = self._losses.copies.get((drawn, number)) if drawn is not None else None
        if copied is not None:
            reference[key] = copied
        return True

    def _is_hit(self, kid: Any, page: Any) -> bool:
        mcid, stream = kid, page
        if isinstance(kid, Dictionary):
            mcid, stream = kid.get("/MCID"), kid.get("/Stm", page)
        return _number_of(stream) is not None and (int(stream.get("/StructParents", -1)), mcid) in self._losses.hit

    def _set_kids(self, element: Any, kept: list[Any]) -> None:
        if kept:
            element.K = Array(kept)
        else:
            del element.K
        annotated = any(isinstance(kid, Dictionary) and str(kid.get("/Type", "")) == "/OBJR" for kid in kept)
        if not annotated and standard_role(self._root, element) in _ANNOTATED:
            element.S = Name.Span

    def _clean(self, element: Any, hit: bool) -> None:
        keep(element, _ELEMENT)
        for key in _TEXTS:
            if key in element and (hit or self._names_somebody(str(element[key]))):
                self.changed = True
                del element[key]
                if key == "/Alt" and str(element.get("/S")) in {"/Figure", "/Formula"}:
                    element.Alt = String(FIGURE_ALT)
        if "/Lang" in element and valid_language(element.Lang) is None:
            del element.Lang
        role = str(element.get("/S", "/Span"))
        if role in self._roles or (role not in STANDARD and self._names_somebody(role[1:])):
            element.S = Name(self._roles.get(role, "/Span"))
        if "/A" in element:
            element.A = self.attributes(element.A)

    def _identify(self, element: Any) -> None:
        if "/ID" not in element:
            return
        identifier = bytes(element.ID)
        if self._names_somebody(str(element.ID)):
            self._renamed[identifier] = identifier = f"element-{len(self.identified) + 1}".encode("ascii")
            element.ID = String(identifier)
        self.identified.append((identifier, element))

    def attributes(self, value: Any) -> Any:
        """Attribute objects without user properties and without strings that name somebody."""
        if isinstance(value, Array):
            kept = [self.attributes(item) if isinstance(item, Dictionary) else item for item in value]
            return Array([item for item in kept if not isinstance(item, (String, pikepdf.Stream))])
        if not isinstance(value, Dictionary) or str(value.get("/O")) == "/UserProperties":
            return Dictionary(O=Name.Layout)
        plain = {
            key: item
            for key, item in value.items()
            if self._is_owner(key, item) or not (self._speaks(item) or self._names_somebody(key[1:]))
        }
        if isinstance(value.get("/Headers"), Array):
            plain["/Headers"] = self._headers(value.Headers)
        return Dictionary(plain)

    @staticmethod
    def _is_owner(key: str, item: Any) -> bool:
        return key == "/O" and isinstance(item, Name) and str(item) in OWNERS

    def _headers(self, identifiers: Any) -> Any:
        """The identifiers of the header cells of a cell, as they are now called."""
        now = [String(self._renamed.get(bytes(item), bytes(item))) for item in identifiers if isinstance(item, String)]
        return Array([item for item in now if not self._names_somebody(str(item))])

    def _speaks(self, value: Any) -> bool:
        if isinstance(value, Array):
            return any(self._speaks(item) for item in value)
        return isinstance(value, (Dictionary, pikepdf.Stream)) or (
            isinstance(value, (String, Name)) and self._names_somebody(str(value))
        )


def _rebuild_parents(pdf: pikepdf.Pdf, root: Any, elements: set[Key]) -> None:
    """The parent tree as one leaf, with the elements of the tree and for what still has a number."""
    used = {int(item[key]) for item in _numbered(pdf) for key in ("/StructParents", "/StructParent") if key in item}
    entries: list[Any] = []
    for number, owners in sorted(pikepdf.NumberTree(root.ParentTree).items()):
        if number in used and isinstance(owners, Array):
            entries += [number, Array([one if _number_of(one) in elements else None for one in owners])]
        elif number in used and _number_of(owners) in elements:
            entries += [number, owners]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(entries)))
    root.ParentTreeNextKey = max(entries[::2], default=-1) + 1


def _number_of(item: Any) -> Key | None:
    """The number of an object; None of what is none."""
    return item.objgen if isinstance(item, (Dictionary, pikepdf.Stream)) else None


def _numbered(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """What may have a number in the parent tree: pages, annotations, forms and images."""
    for page in pdf.pages:
        yield page.obj
        yield from (one for one in page.obj.get("/Annots", ()) if isinstance(one, Dictionary))
    yield from (item for item in pdf.objects if isinstance(item, pikepdf.Stream))


def _rebuild_ids(root: Any, identified: list[tuple[bytes, Any]]) -> None:
    ordered = sorted(identified, key=lambda pair: pair[0])
    root.IDTree = Dictionary(Names=Array([entry for key, value in ordered for entry in (String(key), value)]))


def kids_of(element: Any) -> list[Any]:
    """The kids of an element or of the root: elements, references to marked content and objects, identifiers."""
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and str(kid.get("/Type", "")) not in {"/MCR", "/OBJR"}
