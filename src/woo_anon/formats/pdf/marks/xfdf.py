"""Marks for redaction as XFDF (ISO 19444-1; Adobe's specification of 2009): comments in a file of their own.

    <redact page="0" rect="72,700,160,714" coords="72,714,160,714,72,700,160,700" overlay-text="5.1.2e" title="…">

Pages count from 0; `rect` and `coords` are /Rect and /QuadPoints. XML can lead elsewhere and grow without end: a file
with a document type, and so with entities, is refused, and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from lxml import etree

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.pdf.marks.places import AUTHOR, MEND_IT, Count, check_length, name_of, quads_of
from woo_anon.mark import Mark

NAMESPACE = "http://ns.adobe.com/xfdf/"
LARGEST_FILE = 16 << 20
_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,3})?")
_PAGE = re.compile(r"\d{1,9}")
_IDENTIFIER = re.compile(r"([0-9A-Fa-f]{2})+")
_SURE, _DOUBTFUL = "#CC0000", "#E68C00"
_GREY = "#BFBFBF"


def coordinates(mark: Mark) -> list[float]:
    """The corners of all quads, to hundredths of a point."""
    return [round(edge, 2) for quad in mark.quads for corner in quad.corners for edge in corner]


def rectangle(mark: Mark) -> list[float]:
    """The smallest rectangle around all quads: left, bottom, right, top, to hundredths of a point."""
    numbers = coordinates(mark)
    return [min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])]


def dumps(marks: Sequence[Mark], name: str, original: str, modified: str) -> bytes:
    """The marks as XFDF. `name` is that of the PDF, `original` and `modified` are its identifiers, in hexadecimal."""
    root = etree.Element(f"{{{NAMESPACE}}}xfdf", nsmap={None: NAMESPACE})
    root.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    annotations = _added(root, "annots")
    for mark in marks:
        element = _added(annotations, "redact", _attributes(mark))
        _added(element, "contents").text = mark.note
    _added(root, "f", {"href": name})
    _added(root, "ids", {"original": original, "modified": modified})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _attributes(mark: Mark) -> dict[str, str]:
    overlay = {"overlay-text": mark.label, "overlay-text-repeat": "false", "justification": "centered"}
    return {
        "page": str(mark.page - 1),
        "rect": _listed(rectangle(mark)),
        "coords": _listed(coordinates(mark)),
        "color": _DOUBTFUL if mark.doubtful else _SURE,
        "interior-color": _GREY,
        "flags": "print",
        "name": name_of(mark),
        "title": AUTHOR,
        **(overlay if mark.label else {}),
    }


def _added(parent: etree._Element, name: str, attributes: Mapping[str, str] = MappingProxyType({})) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", dict(attributes))


def _listed(numbers: Sequence[float]) -> str:
    return ",".join(f"{number:.2f}" for number in numbers)


def loads(content: bytes, name: str) -> tuple[tuple[Mark, ...], bytes | None]:
    """The marks in an XFDF file, and the identifier of the PDF that they are of (None where it says none).

    Raises UnreadableError for what is no XFDF, RefusedError for a mark that cannot be understood.
    """
    root = _parsed(content, name)
    marks: list[Mark] = []
    count = Count(name)
    for number, element in enumerate(root.iter(f"{{{NAMESPACE}}}redact"), start=1):
        marks.append(_mark(element, f"{name}: mark {number}"))
        count.add(marks[-1])
    ids = root.find(f"{{{NAMESPACE}}}ids")
    original = ids.get("original", "") if ids is not None else ""
    return tuple(marks), bytes.fromhex(original) if _IDENTIFIER.fullmatch(original) else None


def _parsed(content: bytes, name: str) -> etree._Element:
    if len(content) > LARGEST_FILE:
        raise UnreadableError(f"{name}: the file is larger than 16 MiB.", "Split the document.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(
            f"{name}: is neither a PDF nor XFDF.", "Save the marks as PDF, or export the comments as XFDF."
        ) from error
    if root.getroottree().docinfo.doctype or root.tag != f"{{{NAMESPACE}}}xfdf":
        raise UnreadableError(f"{name}: is no XFDF that is read.", "Export the comments as XFDF again.")
    return root


def _mark(element: etree._Element, where: str) -> Mark:
    page = element.get("page", "")
    if not _PAGE.fullmatch(page):
        raise RefusedError(f"{where} says no page.", MEND_IT)
    corners, rect = (_numbers(element.get(key), where) for key in ("coords", "rect"))
    note = element.find(f"{{{NAMESPACE}}}contents")
    said = "".join(note.itertext()) if note is not None else ""
    return Mark(int(page) + 1, quads_of(corners, rect, where), element.get("overlay-text", ""), said)


def _numbers(text: str | None, where: str) -> list[float]:
    if text is None or not text.strip():
        return []
    check_length(text.count(",") + 1, where)
    parts = [part.strip() for part in text.split(",")]
    if not all(_NUMBER.fullmatch(part) for part in parts):
        raise RefusedError(f"{where} has coordinates that are no numbers.", MEND_IT)
    return [float(part) for part in parts]
