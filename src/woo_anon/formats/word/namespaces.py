"""The XML namespaces of WordprocessingML and its neighbours, and names in them."""

from __future__ import annotations

from functools import lru_cache

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010"

# Those that the publication version may use, by their usual prefix.
KEPT: dict[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/relationships",
    "m": f"{_OFFICE}/math",
    "a": f"{_DRAWING}/main",
    "pic": f"{_DRAWING}/picture",
    "wp": f"{_DRAWING}/wordprocessingDrawing",
    "wps": f"{_WORD_2010}/wordprocessingShape",
    "wpg": f"{_WORD_2010}/wordprocessingGroup",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w14": f"{_WORD_2010}/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
W = KEPT["w"]
PREFIXES = {uri: prefix for prefix, uri in KEPT.items()}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

RELATIONSHIP = f"{_OFFICE}/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CORE_TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

# ISO/IEC 29500-1 Strict says the same in other namespaces; read as the transitional ones.
STRICT: dict[bytes, bytes] = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": RELATIONSHIP.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": KEPT["m"].encode(),
    b"http://purl.oclc.org/ooxml/drawingml": _DRAWING.encode(),
}


@lru_cache(maxsize=10_000)
def q(name: str) -> str:
    """`w:p` as lxml spells it."""
    prefix, _, local = name.partition(":")
    return f"{{{KEPT[prefix]}}}{local}"


@lru_cache(maxsize=10_000)
def prefixed(tag: str) -> str:
    """The reverse of `q`; "" for a name in a namespace that is not kept, or in none."""
    uri, _, local = tag[1:].rpartition("}")
    return f"{PREFIXES[uri]}:{local}" if uri in PREFIXES else ""
