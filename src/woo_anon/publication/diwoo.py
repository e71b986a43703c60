"""DiWoo metadata of a document, and the sitemaps in which the Woo index finds them.

Standard: DiWoo metadata 0.9.8 (https://standaarden.overheid.nl/diwoo/metadata/; schema diwoo-metadata.xsd) and its
handbook: every document stands in a sitemap, every sitemap in a sitemap index, one for each information category, whose
name ends with the category's number; the site's robots.txt names the indexes. `naamOpsteller` is never filled: that
field is where names of civil servants have been published by mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from woo_anon.publication.facts import Facts
from woo_anon.publication.inventory import Row
from woo_anon.publication.tooi import Value

_DIWOO = "https://standaarden.overheid.nl/diwoo/metadata/"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
ENTRIES = 10_000  # in one sitemap: 50,000 and 50 MB are allowed, and an entry takes some 2 kB


@dataclass(frozen=True)
class Entry:
    """One published document: its row, the format of its file, where it will be found, and when it was written."""

    row: Row
    format: Value | None  # None: none of those that the Woo index takes
    address: str
    written: str | None


def metadata(entry: Entry, facts: Facts) -> bytes:
    """The metadata of one document as an XML file of its own."""
    return _written(_document(entry, facts, {"xmlns:diwoo": _DIWOO}))


def sitemap(entries: Sequence[Entry], facts: Facts) -> bytes:
    """A sitemap with the metadata of at most ENTRIES documents."""
    root = Element("urlset", {"xmlns": _SITEMAP, "xmlns:diwoo": _DIWOO})
    for entry in entries:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = entry.address
        if entry.written:
            SubElement(url, "lastmod").text = entry.written
        url.append(_document(entry, facts, {}))
    return _written(root)


def sitemap_index(addresses: Sequence[str]) -> bytes:
    """The sitemap index that names the sitemaps at `addresses`."""
    root = Element("sitemapindex", {"xmlns": _SITEMAP})
    for address in addresses:
        SubElement(SubElement(root, "sitemap"), "loc").text = address
    return _written(root)


def index_name(category: Value) -> str:
    """The name that the index of an information category must have."""
    return f"sitemapindex-diwoo-infocat{category.number:03d}.xml"


def _document(entry: Entry, facts: Facts, namespace: dict[str, str]) -> Element:
    row = entry.row
    document = Element("diwoo:Document", namespace)
    diwoo = _in(document, "DiWoo")
    _text(_in(diwoo, "identifiers"), "identifier", f"{row.matter}-{row.id}")
    _value(diwoo, "publisher", facts.publisher)
    _text(_in(diwoo, "titelcollectie"), "officieleTitel", row.title)
    classification = _in(diwoo, "classificatiecollectie")
    _value(_in(classification, "informatiecategorieen"), "informatiecategorie", facts.category)
    if facts.kind:
        _value(_in(classification, "documentsoorten"), "documentsoort", facts.kind)
    if row.date:
        _text(diwoo, "creatiedatum", row.date.isoformat())
    _value(diwoo, "language", facts.language)
    if entry.format:
        _value(diwoo, "format", entry.format)
    handling = _in(_in(diwoo, "documenthandelingen"), "documenthandeling")
    _value(handling, "soortHandeling", facts.handling)
    _text(handling, "atTime", facts.handled_at)
    return document


def _in(parent: Element, name: str) -> Element:
    return SubElement(parent, f"diwoo:{name}")


def _text(parent: Element, name: str, text: str) -> None:
    _in(parent, name).text = text


def _value(parent: Element, name: str, value: Value) -> None:
    element = SubElement(parent, f"diwoo:{name}", {"resource": value.uri})
    element.text = value.label


def _written(root: Element) -> bytes:
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
