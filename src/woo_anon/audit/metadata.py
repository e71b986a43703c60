"""What the properties of a file say: document information and XMP.

Finds authors, managers and the like, and properties of the maker's own (risk); subject, keywords and the names of
programs (note). Looks at the information dictionary and at every XMP packet that the file refers to: its own, those of
pages and pictures.

Leaves the title, dates, page sizes and what standards prescribe (PDF/A, PDF/UA, versions, identifiers).

Known to miss: names in the title.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from pypdf.generic import StreamObject

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import data_of, entry, text_of

_AUTHORS = {"author", "manager", "company", "lastmodifiedby", "creator", "contributor", "publisher", "owner", "by-line",
            "writer-editor", "credit", "authorsposition", "captionwriter", "artist", "cameraownername",
            "custodian"}  # fmt: skip
_DESCRIPTIONS = {"subject", "keywords", "description", "category"}
_PROGRAMS = {"producer", "creatortool", "softwareagent", "software"}
_HARMLESS = {"title", "creationdate", "moddate", "trapped", "createdate", "modifydate", "metadatadate", "format",
             "ptex.fullbanner", "sourcemodified", "gts_pdfxversion", "gts_pdfxconformance", "gts_pdfa1version",
             "pdfversion"}  # fmt: skip
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
# ISO 16684-1 and Adobe's part 2 of it: dates, identifiers and technical values, none of them about people.
_TECHNICAL = ("http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/pdf/1.3/", "http://www.aiim.org/pdf",
              "http://ns.adobe.com/tiff/1.0/", "http://ns.adobe.com/exif/1.0/", "http://www.npes.org/pdfx/",
              "http://ns.adobe.com/photoshop/1.0/", "http://www.w3.org/", "adobe:ns:meta/",
              "http://ns.adobe.com/xmp/", _DUBLIN_CORE)  # fmt: skip


def find_in_properties(file: File) -> Iterator[Issue]:
    """The issues of the information dictionary and of all XMP packets."""
    yield from _in_info(file)
    for held in file.held:
        if isinstance(held.value, StreamObject) and str(held.value.get("/Subtype")) == "/XML":
            yield from _in_xmp(data_of(held.value), Place(what=f"XMP, {held.what}"))


def _in_info(file: File) -> Iterator[Issue]:
    info = entry(file.reader.trailer, "/Info")
    for key in list(info or ()):
        text = text_of(dict.__getitem__(info, key))
        name = str(key).lstrip("/").casefold()
        # In the information dictionary, Creator is the program that made the source (ISO 32000-2, 14.3.3).
        code = "producer" if name == "creator" else _code(name)
        if code and text.strip():
            yield issue_with_text(code, Place(what="Info"), text, _standard_name(name))


def _code(name: str) -> str | None:
    if name in _AUTHORS:
        return "author"
    if name in _DESCRIPTIONS:
        return "description"
    if name in _PROGRAMS:
        return "producer"
    return None if name in _HARMLESS else "custom-property"


def _standard_name(name: str) -> str:
    """A key of the standard; a key of the maker's own may name somebody, and is not shown."""
    return name if name in _AUTHORS | _DESCRIPTIONS | _PROGRAMS else ""


def _in_xmp(data: bytes, place: Place) -> Iterator[Issue]:
    try:
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ElementTree.ParseError("XMP with a document type")
        packet = ElementTree.fromstring(data.strip(b" \t\r\n\0"))
    except (ElementTree.ParseError, ValueError, LookupError):
        yield Issue("not-checked", place, detail="no valid XML")
        return
    for space, name, text in _properties(packet):
        code = _code_in_xmp(space, name)
        if code:
            yield issue_with_text(code, place, text, _standard_name(name.casefold()))


def _properties(element: ElementTree.Element) -> Iterator[tuple[str, str, str]]:
    """Namespace, name and text of every property, in elements and attributes; that of a list is the property's own."""
    due = [(element, "", "")]
    while due:
        node, space, name = due.pop()
        own_space, own_name = _split(node.tag)
        if "22-rdf-syntax-ns#" not in own_space:
            space, name = own_space, own_name
        if node.text and node.text.strip() and name:
            yield space, name, node.text
        for key, value in node.attrib.items():
            key_space, key_name = _split(key)
            if key_space and "w3.org" not in key_space and value.strip():
                yield key_space, key_name, value
        due += [(child, space, name) for child in node]


def _split(tag: str) -> tuple[str, str]:
    space, _, name = tag.rpartition("}")
    return space.lstrip("{"), name


def _code_in_xmp(space: str, name: str) -> str | None:
    code = _code(name.casefold())
    if code in ("author", "description", "producer"):
        return code
    technical = any(space.startswith(known) for known in _TECHNICAL)
    return code if not technical and "/pdfx/1." in space else None
