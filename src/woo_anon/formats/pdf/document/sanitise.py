"""Keeps by allowlist: what is known to be needed to read the document stays, everything else goes.

    trailer, catalog, pages     keys that are known; the rest is deleted and named in the result
    annotations                 links that name nobody and lie over nothing redacted
    what pages draw with        see `roles.py`

What no key points to any more is not written: qpdf writes what it reaches from the trailer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from woo_anon.formats.pdf.content.resources import all_resources
from woo_anon.formats.pdf.document.addresses import Addresses
from woo_anon.formats.pdf.document.destinations import Destinations
from woo_anon.formats.pdf.document.kinds import CATEGORIES
from woo_anon.formats.pdf.document.link_annotation import clean_link
from woo_anon.formats.pdf.document.outlines import clean_outlines, clean_page_labels
from woo_anon.formats.pdf.keys import keep
from woo_anon.geometry import Box

# Catalog keys that stay, some of them rebuilt; the others by the name under which the log reports them.
_CATALOG = ("/Type", "/Pages", "/PageLabels", "/Outlines", "/ViewerPreferences", "/PageLayout", "/PageMode",
            "/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents", "/Dests", "/Names")  # fmt: skip
_CATALOG_REMOVED = {
    "/Metadata": "xmp",
    "/AcroForm": "forms",
    "/OpenAction": "open-action",
    "/AA": "actions",
    "/OCProperties": "layers",
    "/AF": "attachments",
    "/PieceInfo": "piece-info",
    "/Perms": "signature",
    "/DSS": "signature",
    "/Collection": "portfolio",
    "/Threads": "threads",
    "/SpiderInfo": "spider-info",
    "/URI": "uri-base",
}
_NAMES_REMOVED = {"/EmbeddedFiles": "attachments", "/JavaScript": "scripts"}
_PAGE = ("/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate",
         "/Contents", "/Annots", "/StructParents", "/Group", "/Tabs", "/UserUnit")  # fmt: skip
_PAGE_REMOVED = {"/Thumb": "thumbnails", "/Metadata": "page-metadata", "/PieceInfo": "piece-info", "/AA": "actions",
                 "/B": "threads", "/AF": "attachments"}  # fmt: skip
_PAGES_NODE = ("/Type", "/Parent", "/Kids", "/Count", "/Resources", "/MediaBox", "/CropBox", "/Rotate")
_PREFERENCES = ("/HideToolbar", "/HideMenubar", "/HideWindowUI", "/FitWindow", "/CenterWindow", "/DisplayDocTitle",
                "/NonFullScreenPageMode", "/Direction", "/PrintScaling", "/Duplex", "/NumCopies",
                "/PickTrayByPDFSize")  # fmt: skip
_MARK_INFO = ("/Marked", "/UserProperties", "/Suspects")
_NAMED = ("/CharProcs", "/RoleMap", "/ClassMap", "/Colorants")
_VALUES = """/L2R /R2L /None /AppDefault /Simplex /DuplexFlipShortEdge /DuplexFlipLongEdge /UseNone /UseOutlines
    /UseThumbs""".split()  # of preferences
_LAYOUTS = "/SinglePage /OneColumn /TwoColumnLeft /TwoColumnRight /TwoPageLeft /TwoPageRight".split()
_MODES = ("/UseNone", "/UseOutlines", "/UseThumbs", "/FullScreen")

NamesSomebody = Callable[[str], bool]
Key = tuple[int, int]


def sanitise(
    pdf: pikepdf.Pdf, boxes: Mapping[Key, Sequence[Box]], names_somebody: NamesSomebody, remaining_text: str = ""
) -> tuple[set[str], frozenset[Key]]:
    """Take everything away that is not known to be needed. `boxes` are those of each page, by its object number;
    `remaining_text` is what the pages still say: links may lead to an address in it.

    Returns the kinds of things taken away, and the annotations that went, by object number.
    """
    removed: set[str] = set()
    destinations = Destinations(pdf, names_somebody, Addresses(names_somebody, remaining_text))
    named = _with_names_of_authors(pdf)
    annotations = _clean_pages(pdf, boxes, names_somebody, destinations, removed) | _clear_strays(pdf, named)
    _clean_nodes(pdf.Root.Pages)
    if clean_outlines(pdf, destinations, names_somebody):
        removed.add("outline-titles")
    if clean_page_labels(pdf, names_somebody):
        removed.add("page-labels")
    _clean_catalog(pdf, destinations, removed)
    _clean_trailer(pdf, removed)
    return removed, annotations


def _clean_trailer(pdf: pikepdf.Pdf, removed: set[str]) -> None:
    for key in list(pdf.trailer.keys()):
        if key == "/Info":
            removed.add("info")
        if key not in {"/Root", "/Size", "/Prev", "/XRefStm", "/Encrypt", *_XREF_STREAM}:
            del pdf.trailer[key]


# Keys of a cross-reference stream that stand in its trailer; qpdf writes its own.
_XREF_STREAM = ("/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms")


def _clean_catalog(pdf: pikepdf.Pdf, destinations: Destinations, removed: set[str]) -> None:
    root = pdf.Root
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        removed |= {_NAMES_REMOVED.get(key, "names") for key in list(names.keys()) if key != "/Dests"}
    for key in ("/Names", "/Dests"):
        if key in root:
            del root[key]
    named = destinations.result()
    if named is not None:
        root.Names = Dictionary(Dests=pdf.make_indirect(named))
    for key in list(root.keys()):
        if key not in _CATALOG:
            if key not in {"/Version", "/Extensions"}:
                removed.add(_CATALOG_REMOVED.get(key, "unknown-catalog-key"))
            del root[key]
    _plain_values(root, "/ViewerPreferences", _PREFERENCES)
    _plain_values(root, "/MarkInfo", _MARK_INFO)
    if str(root.get("/PageMode", "/UseNone")) not in _MODES:
        del root.PageMode
    if str(root.get("/PageLayout", "/SinglePage")) not in _LAYOUTS:
        del root.PageLayout


def _plain_values(root: Any, key: str, allowed: Sequence[str]) -> None:
    """A dictionary of switches: only truth values, whole numbers and names of the standard's own kind stay."""
    if key not in root:
        return
    if not isinstance(root[key], Dictionary):
        del root[key]
        return
    kept = {
        name: value
        for name, value in root[key].items()
        if name in allowed and (isinstance(value, bool | int) or str(value) in _VALUES)
    }
    root[key] = Dictionary(kept)


def _clean_pages(
    pdf: pikepdf.Pdf,
    boxes: Mapping[Key, Sequence[Box]],
    names_somebody: NamesSomebody,
    destinations: Destinations,
    removed: set[str],
) -> frozenset[Key]:
    gone: set[Key] = set()
    for page in pdf.pages:
        obj = page.obj
        for key in list(obj.keys()):
            if key not in _PAGE:
                if key in _PAGE_REMOVED:
                    removed.add(_PAGE_REMOVED[key])
                del obj[key]
        if "/Annots" in obj:
            gone |= _clean_annotations(obj, boxes.get(obj.objgen, ()), names_somebody, destinations, removed)
    return frozenset(gone)


def _clean_nodes(node: Any) -> None:
    due, seen = [node], set()
    while due:
        node = due.pop()
        if node.objgen in seen or "/Kids" not in node:
            continue
        seen.add(node.objgen)
        keep(node, _PAGES_NODE)
        due += [kid for kid in node.Kids if isinstance(kid, Dictionary)]


def _clean_annotations(
    page: Any,
    boxes: Sequence[Box],
    names_somebody: NamesSomebody,
    destinations: Destinations,
    removed: set[str],
) -> set[Key]:
    """Keep the links that may stay. Gives the object numbers of the others."""
    kept, gone = [], set()
    for annotation in page.Annots if isinstance(page.Annots, Array) else ():
        if not isinstance(annotation, Dictionary):
            continue
        if clean_link(annotation, boxes, names_somebody, destinations):
            kept.append(annotation)
            continue
        kind = str(annotation.get("/Subtype", ""))
        removed.add("links" if kind == "/Link" else "forms" if kind == "/Widget" else "comments")
        gone.add(annotation.objgen)
        keep(annotation, ())  # what still refers to it, a structure element perhaps, finds nothing
    if kept:
        page.Annots = Array(kept)
    else:
        del page.Annots
    return gone


def _clear_strays(pdf: pikepdf.Pdf, named: Set[Key]) -> frozenset[Key]:
    """Empty the annotations and form fields that no page shows: something else, an element of the structure perhaps,
    may still lead to them. Gives their object numbers."""
    shown = {one.objgen for page in pdf.pages for one in page.obj.get("/Annots", ())}
    kept = shown | named
    strays = [obj for obj in pdf.objects if _is_annotation_or_field(obj) and obj.objgen not in kept]
    for stray in strays:
        keep(stray, ())
    return frozenset(stray.objgen for stray in strays)


def _is_annotation_or_field(obj: Any) -> bool:
    if not isinstance(obj, Dictionary):
        return False
    return "/FT" in obj or str(obj.get("/Type", "")) == "/Annot" or ("/Rect" in obj and "/Subtype" in obj)


def _with_names_of_authors(pdf: pikepdf.Pdf) -> frozenset[Key]:
    """Numbers of dictionaries whose keys are names that the makers of the file gave: fonts and forms of a page, glyphs,
    roles. A font may be called `/FT` or `/Rect`, which says elsewhere what an object is."""
    held = [resources.get(key) for resources in all_resources(pdf) for key in CATEGORIES]
    held += [obj.get(key) for obj in pdf.objects if isinstance(obj, Dictionary | Stream) for key in _NAMED]
    return frozenset(one.objgen for one in held if isinstance(one, Dictionary) and one.is_indirect)
