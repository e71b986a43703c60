"""Annotations that say something: comments, their authors, links to people, and redactions that were never applied.

Finds comments of every kind with their rich text, names of authors, links to a mail address that the text does not
show, and annotations of the kind Redact, which mark a passage but take nothing away.

Leaves other links, form fields (see `forms`), attachments (see `attachments`), and the producer's own kinds.

Known to miss: text in an appearance stream that the annotation does not hold as a string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from pypdf.generic import DictionaryObject

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import entry, items, text_of
from woo_anon.audit.words import squeezed
from woo_anon.geometry import Box

_NO_COMMENTS = {"/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet", "/Watermark", "/Screen", "/3D", "/RichMedia"}
_TAGS = re.compile(r"<[^>]*>")


def find_annotations(file: File) -> Iterator[Issue]:
    """The issues of the annotations of all pages."""
    for number, page in enumerate(file.pages, 1):
        for annotation in items(page.get("/Annots")):
            if isinstance(annotation, DictionaryObject):
                yield from _in_annotation(file, annotation, number)


def _in_annotation(file: File, annotation: DictionaryObject, page: int) -> Iterator[Issue]:
    kind = str(entry(annotation, "/Subtype"))
    place = Place(page, _box(annotation), f"{kind.lstrip('/')} annotation" if kind.isascii() else "annotation")
    if kind == "/Redact":
        yield Issue("redaction-not-applied", place)
    if kind == "/Link":
        yield from _in_link(file, annotation, place)
    if kind in _NO_COMMENTS:
        return
    said = text_of(entry(annotation, "/Contents")) or _TAGS.sub(" ", text_of(entry(annotation, "/RC")))
    if said.strip():
        yield issue_with_text("comment", place, said)
    author = text_of(entry(annotation, "/T"))
    if author.strip():
        yield issue_with_text("comment-author", place, author)


def _in_link(file: File, annotation: DictionaryObject, place: Place) -> Iterator[Issue]:
    target = unquote(str(entry(annotation, "/A", "/URI") or ""))
    scheme, _, address = target.partition(":")
    address = address.partition("?")[0]
    if scheme.casefold() == "mailto" and squeezed(address) not in file.all_text:
        yield issue_with_text("mail-link", place, address)


def _box(annotation: DictionaryObject) -> Box | None:
    values: list[Any] = items(entry(annotation, "/Rect"))
    try:
        left, bottom, right, top = (float(value) for value in values)
        return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    except (TypeError, ValueError):
        return None  # a rectangle without extent, or none at all
