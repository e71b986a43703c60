"""Texts that are read out or listed in place of what a page shows.

Finds replacement texts (ActualText, E) with words that no page shows (leak), descriptions (Alt) with such words (note),
and entries of outlines, destinations and page labels with such words (risk). Looks at the structure tree, at property
lists, and at marks in the content of pages and forms.

Leaves words that stand on any page, and texts that only say that something was redacted.

Known to miss: a replacement text whose words stand on another page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypdf.generic import StreamObject

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import bytes_of, data_of, entry, resolved, text_of, tree
from woo_anon.audit.words import only_says_redacted, unseen_words

_MARK = re.compile(rb"/(ActualText|Alt|E)\s*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_CODES = {"ActualText": "actual-text", "E": "actual-text", "Alt": "alternative-text"}
_CONTENT = re.compile(rb"\bB(?:DC|MC)\b")


def find_spoken_texts(file: File) -> Iterator[Issue]:
    """One issue per text that says more than the pages show."""
    for held in file.held:
        for key, code in _CODES.items():
            said = entry(held.value, f"/{key}")
            # The glyphs of a Type 3 font may be called E and Alt, too; they are streams.
            if said is not None and not isinstance(said, StreamObject):
                yield from _judged(file, code, text_of(said), Place(what=held.what))
    for held in file.held:
        if isinstance(held.value, StreamObject) and "/Length1" not in held.value:
            data = data_of(held.value) if str(held.value.get("/Subtype", "/Form")) == "/Form" else b""
            if _CONTENT.search(data):
                for key, literal, digits in _MARK.findall(data):
                    said = _decoded(literal, digits)
                    yield from _judged(file, _CODES[key.decode()], said, Place(what=f"content, {held.what}"))


def find_outlines(file: File) -> Iterator[Issue]:
    """One issue per entry of outlines, destinations or page labels that says more than the pages show."""
    for held in file.held:
        if "/Title" in held.value and "/Parent" in held.value:
            yield from _judged(
                file, "outline", text_of(entry(held.value, "/Title")), Place(what=f"outline, {held.what}")
            )
    for key, _ in tree(entry(file.root, "/Names", "/Dests"), "/Names"):
        yield from _judged(file, "outline", _name_of_people(text_of(key)), Place(what="destination"))
    for _, label in tree(entry(file.root, "/PageLabels"), "/Nums"):
        yield from _judged(file, "outline", text_of(entry(resolved(label), "/P")), Place(what="page label"))


def _name_of_people(destination: str) -> str:
    """A destination's name, unless it is made by a program: section.1, _Toc123, G1.1003, page.4, Doc-Start."""
    return "" if re.search(r"[\d_.:*]|^Doc-Start$", destination) else destination


def _judged(file: File, code: str, text: str, place: Place) -> Iterator[Issue]:
    if text and not only_says_redacted(text) and unseen_words(text, file.all_text):
        yield issue_with_text(code, place, text)


def _decoded(literal: bytes, digits: bytes) -> str:
    data = bytes_of(digits) if digits else _ESCAPE.sub(_unescaped, literal)
    return data[2:].decode("utf-16-be", "replace") if data.startswith(b"\xfe\xff") else data.decode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    if code.isdigit():
        return bytes([int(code, 8) & 255])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(code, code)
