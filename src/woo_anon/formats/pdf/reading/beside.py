"""What a PDF says beside its pages: titles of bookmarks, alternative texts, targets of links, prefixes of page numbers.

The writer tests each of these strings for what was redacted on the pages. A name that stands nowhere on them must be
found first: so they are read as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from woo_anon.formats.pdf.document.words import decoded

_KEYS = ("/Title", "/Alt", "/ActualText", "/E", "/T", "/ID", "/Contents", "/URI", "/P", "/Summary", "/TU")
_TREES = ("/Names",)  # of destinations: the names stand in them by turns with what they name
_INLINE = (b"/Alt", b"/E(", b"/E (")  # of a stretch of a content stream
_SHORTEST = 3  # letters and digits of a string that can name somebody
_LONGEST = 5000  # characters
_MOST = 20_000
_DEEPEST = 30


def find_beside(pdf: pikepdf.Pdf) -> tuple[str, ...]:
    """The strings, without percent-encoding, each once, in the order in which the file holds them."""
    found: dict[str, None] = {}
    for source in (_of_objects(pdf), _of_destinations(pdf), _of_contents(pdf)):
        for text in source:
            said = " ".join(decoded(text).split())[:_LONGEST]
            if sum(map(str.isalnum, said)) >= _SHORTEST and len(found) < _MOST:
                found[said] = None
    return tuple(found)


def _of_objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for held in pdf.objects:
        yield from _strings(held, 0)


def _strings(held: Any, depth: int) -> Iterator[str]:
    """The strings of an object and of what it holds itself; what it points to stands among the objects."""
    if depth > _DEEPEST or not isinstance(held, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
        return
    if isinstance(held, pikepdf.Array):
        for item in held:
            if not getattr(item, "is_indirect", False):
                yield from _strings(item, depth + 1)
        return
    for key, value in held.items():
        if isinstance(value, pikepdf.String):
            if key in _KEYS:
                yield str(value)
        elif key in _TREES and isinstance(value, pikepdf.Array):
            yield from (str(item) for item in value if isinstance(item, pikepdf.String))
        elif not getattr(value, "is_indirect", False):
            yield from _strings(value, depth + 1)


def _of_destinations(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Names of destinations as PDF 1.1 has them, and Chromium: the keys of a dictionary."""
    named = pdf.Root.get("/Dests")
    if isinstance(named, pikepdf.Dictionary):
        yield from (key.removeprefix("/") for key in named.keys())  # noqa: SIM118  # iterating needs the keys by name


def _of_contents(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Alternative texts that stand in the content streams of pages."""
    for page in pdf.pages:
        try:
            content = page.obj.get("/Contents")
            parts = content if isinstance(content, pikepdf.Array) else [content]
            if not any(
                sign in part.read_bytes() for part in parts if isinstance(part, pikepdf.Stream) for sign in _INLINE
            ):
                continue
            for instruction in pikepdf.parse_content_stream(page, "BDC DP"):
                for operand in instruction.operands:
                    yield from _strings(operand, 0)
        except pikepdf.PdfError:  # what cannot be read is refused or drawn anew later on
            continue
