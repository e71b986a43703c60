"""The document's title, kept where the published pages show the same words.

PDF/UA wants a title that says what the document is (ISO 14289-1, 7.1). That of the source may say more than its pages
do (who wrote it, a file's name), so it stays only as a quotation: where the text that stays holds it, word by word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pikepdf

_SHORTEST, _LONGEST = 3, 300  # characters
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def shown_title(pdf: pikepdf.Pdf, remaining_text: str, names_somebody: Callable[[str], bool]) -> str | None:
    """The title of the source when `remaining_text`, what the pages say after redaction, holds it, else None."""
    title = " ".join(own_title(pdf).split())
    if not _SHORTEST <= len(title) <= _LONGEST or "\0" in title or names_somebody(title):
        return None
    return title if f" {title} " in f" {' '.join(remaining_text.split())} " else None


def own_title(pdf: pikepdf.Pdf) -> str:
    """What the document information or, failing that, the XMP packet says."""
    information: Any = pdf.trailer.get("/Info")
    title = information.get("/Title") if isinstance(information, pikepdf.Dictionary) else None
    if isinstance(title, pikepdf.String) and str(title).strip():
        return str(title)
    packet = pdf.Root.get("/Metadata")
    try:
        tree = ElementTree.fromstring(packet.read_bytes()) if isinstance(packet, pikepdf.Stream) else None
    except (ElementTree.ParseError, pikepdf.PdfError, ValueError):
        return ""
    found = tree.find(f".//{_TITLE}") if tree is not None else None
    return "".join(found.itertext()).strip() if found is not None else ""
