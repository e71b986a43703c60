"""Names that the file itself knows: document information, XMP creator, authors of comments, who signed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pikepdf

from woo_anon.document import Hint
from woo_anon.formats.pdf.opening.kind import fields

# Written by programs, not by people.
NO_NAMES = {"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"}
STANDARD = ("/Author", "/Title", "/Subject", "/Keywords")
LONGEST = 300  # characters; what is longer is no name
MOST = 1000
XMP_LARGEST = 1 << 20
CREATOR = re.compile(r"<dc:creator\b[^>]*>(.*?)</dc:creator>", re.DOTALL)
ITEM = re.compile(r"<rdf:li\b[^>]*>([^<]*)</rdf:li>")


def find_hints(pdf: pikepdf.Pdf) -> tuple[Hint, ...]:
    """Hints with kind `info:Author` and the like, `xmp:creator`, `comment:author`, `signature:author`; each once, in
    that order."""
    found: dict[Hint, None] = {}
    for source in (_information(pdf), _creators(pdf), _comment_authors(pdf), _signers(pdf)):
        for kind, value in source:
            clean = " ".join(value.split())
            if clean and len(clean) <= LONGEST and len(found) < MOST:
                found[Hint(kind, clean)] = None
    return tuple(found)


def _information(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    information = pdf.trailer.get("/Info")
    if not isinstance(information, pikepdf.Dictionary):
        return
    try:
        entries = dict(information.as_dict().items())
    except UnicodeDecodeError:  # one of the keys is no UTF-8
        entries = {key: information[key] for key in STANDARD if key in information}
    for key, value in entries.items():
        if key not in NO_NAMES and isinstance(value, pikepdf.String):
            yield f"info:{key[1:]}", str(value)


def _creators(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    # A regular expression, for XML can explode as well, and a broken packet must not stop the document.
    packet = pdf.Root.get("/Metadata")
    if not isinstance(packet, pikepdf.Stream) or len(packet.read_raw_bytes()) > XMP_LARGEST:
        return
    try:
        text = packet.read_bytes().decode("utf-8", "replace")
    except pikepdf.PdfError:
        return
    for creator in CREATOR.findall(text[:XMP_LARGEST]):
        for item in ITEM.findall(creator):
            yield "xmp:creator", html.unescape(item)


def _comment_authors(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        if not isinstance(annotations, pikepdf.Array):
            continue
        for annotation in annotations:
            # In a form field /T is the field's name.
            if isinstance(annotation, pikepdf.Dictionary) and annotation.get("/Subtype") != "/Widget":
                author = annotation.get("/T")
                if isinstance(author, pikepdf.String):
                    yield "comment:author", str(author)


def _signers(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for field in fields(pdf):
        signature = field.get("/V")
        if isinstance(signature, pikepdf.Dictionary) and isinstance(signature.get("/Name"), pikepdf.String):
            yield "signature:author", str(signature.Name)
