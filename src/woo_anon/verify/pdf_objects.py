"""Checks of a written PDF's objects, read with pypdf, which had no part in writing it.

strings, names, keys, text streams      no redacted string, in any encoding
content streams                         their strings hold no more of a redacted string than the text may
images, font programs                   no long redacted string
catalog, pages, trailer                 known keys alone
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdf
from pypdf import constants
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from woo_anon.document import Check, Document, Redaction
from woo_anon.verify.strings import Gone, count, encodings, plain, readings

_CATALOG = {"/Type", "/Pages", "/PageLabels", "/Outlines", "/ViewerPreferences", "/PageLayout",
            "/PageMode", "/Names", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents",
            "/Metadata", "/Version", "/Extensions"}  # fmt: skip
_TRAILER = {"/Root", "/Info", "/ID", "/Size", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"}
_INFO = {"/Title", "/Producer"}
_PAGE = {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate",
         "/Contents", "/Annots", "/StructParents", "/Group", "/Tabs", "/UserUnit"}  # fmt: skip

_BRACKETED = re.compile(rb"\[((?:[^\[\]()<>]|\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)*)\]", re.DOTALL)
_STRING = re.compile(rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|(?<!<)<([0-9A-Fa-f\s]*)>(?!>)", re.DOTALL)
_NAME = re.compile(rb"/([^\s/<>\[\]()%{}]+)")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}


def _standard_names() -> frozenset[str]:
    """Names of the standard, as pypdf knows them, and those of the structure types: no name says more than itself."""
    known = {
        value[1:]
        for group in vars(constants).values()
        if isinstance(group, type)
        for value in vars(group).values()
        if isinstance(value, str) and value.startswith("/")
    }
    types = """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L
        LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP
        Warichu Figure Formula Form Artifact Title Sub Strong Em Aside FENote DocumentFragment Layout List Pattern
        Image"""
    return frozenset(plain(name) for name in known | set(types.split()))


STANDARD_NAMES = _standard_names()


@dataclass
class _Seen:
    """Where redacted strings were found: numbers of redactions; and how often content streams show them."""

    strings: Sequence[Gone]
    beside: set[int] = field(default_factory=set)
    binary: set[int] = field(default_factory=set)
    shown: dict[int, int] = field(default_factory=dict)


def check_objects(
    source: Path, data: bytes, document: Document, redactions: Sequence[Redaction], strings: Sequence[Gone]
) -> Iterator[Check]:
    """The checks of all objects. Raises whatever pypdf raises for a file that it cannot read."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    seen = _Seen(strings)
    _scan(reader, seen)
    yield _found("no-redacted-string-beside-the-text", seen.beside)
    yield _found("no-redacted-string-in-binary-data", seen.binary | _in_raw(data, strings))
    over = {s.number for s in strings if seen.shown.get(s.number, 0) > s.allowed}
    yield _found("no-redacted-string-in-content-streams", over)
    yield _known_keys(reader)
    yield _read_again(reader, redactions, strings)
    yield _structure(source, reader)


def _found(name: str, numbers: set[int]) -> Check:
    shown = ", ".join(str(number) for number in sorted(numbers)[:20])
    return Check(name, not numbers, f"redactions {shown}" if numbers else "")


def _scan(reader: pypdf.PdfReader, seen: _Seen) -> None:
    """Every object of the cross-reference table, reached from the catalog or not."""
    numbers = set(reader.xref_objStm) | {number for table in reader.xref.values() for number in table}
    for number in sorted(numbers):
        if number:
            _look(reader.get_object(number), seen)
    _look(reader.trailer, seen)


def _look(value: Any, seen: _Seen) -> None:
    due = [value]
    while due:
        value = due.pop()
        if isinstance(value, IndirectObject):
            continue
        if isinstance(value, StreamObject):
            _look_in_stream(value, seen)
        if isinstance(value, DictionaryObject):
            for key, item in value.items():
                _look_at_name(str(key), seen)
                if not isinstance(item, IndirectObject):
                    due.append(item)
        elif isinstance(value, ArrayObject):
            due += [item for item in value if not isinstance(item, IndirectObject)]
        elif isinstance(value, NameObject):
            _look_at_name(str(value), seen)
        elif isinstance(value, (TextStringObject, ByteStringObject)):
            raw = value.original_bytes
            _look_at_texts(
                [*readings(raw), plain(str(value))] if isinstance(value, str) else readings(raw), seen.beside, seen
            )


def _look_at_name(name: str, seen: _Seen) -> None:
    text = plain(name.lstrip("/"))
    if text not in STANDARD_NAMES:
        _look_at_texts([text], seen.beside, seen)


def _look_at_texts(texts: Sequence[str], found: set[int], seen: _Seen) -> None:
    for string in seen.strings:
        if any(string.text in text and count(string.text, text) for text in texts):
            found.add(string.number)


def _look_in_stream(stream: StreamObject, seen: _Seen) -> None:
    data = _decoded(stream)
    kind = str(stream.get("/Subtype", ""))
    if kind == "/XML" or b"begincmap" in data[:2000]:
        _look_at_texts(readings(data), seen.beside, seen)
    elif kind == "/Form" or "/PatternType" in stream or _is_content(data, stream):
        _count_shown(data, seen)
    _look_for_long(data, seen.binary, seen.strings)


def _decoded(stream: StreamObject) -> bytes:
    try:
        return bytes(stream.get_data())
    except (PyPdfError, DependencyError, NotImplementedError, ImportError, OSError, ValueError, TypeError):
        return bytes(stream._data)  # an image format that pypdf cannot decode; its bytes are looked at as they are


def _is_content(data: bytes, stream: StreamObject) -> bool:
    """Whether a stream without a type shows text: content streams of pages carry no mark of their own."""
    return "/Subtype" not in stream and "/Length1" not in stream and re.search(rb"\bT[jJ]\b|['\"]\s", data) is not None


def _look_for_long(data: bytes, found: set[int], strings: Sequence[Gone]) -> None:
    for string in strings:
        if string.is_long and not string.allowed and any(form in data for form in encodings(string.text)):
            found.add(string.number)


def _in_raw(data: bytes, strings: Sequence[Gone]) -> set[int]:
    found: set[int] = set()
    _look_for_long(data, found, strings)
    return found


def _count_shown(data: bytes, seen: _Seen) -> None:
    """Count long redacted strings in the strings and names of a content stream; pieces of an array belong together.

    Short ones are left to the text checks: words cut up by kerning would look like them.
    """
    long = [string for string in seen.strings if string.is_long]
    if not long:
        return
    pieces = [b"".join(_unescaped(s, h) for s, h in _STRING.findall(array)) for array in _BRACKETED.findall(data)]
    pieces += [_unescaped(s, h) for s, h in _STRING.findall(_BRACKETED.sub(b" ", data))]
    for piece in pieces:
        texts = readings(piece)
        for string in long:
            found = max(count(string.text, text) for text in texts)
            if found:
                seen.shown[string.number] = seen.shown.get(string.number, 0) + found
    for name in set(_NAME.findall(_STRING.sub(b" ", data))):
        _look_at_name(name.decode("latin-1"), seen)


def _unescaped(literal: bytes, digits: bytes) -> bytes:
    if digits:
        clean = re.sub(rb"\s", b"", digits).decode("ascii")
        return bytes.fromhex(clean + "0" * (len(clean) % 2))
    return _ESCAPE.sub(lambda found: _escaped(found[1]), literal)


def _escaped(code: bytes) -> bytes:
    return bytes((int(code, 8) & 255,)) if code[:1].isdigit() else _ESCAPES.get(code, code)


def _known_keys(reader: pypdf.PdfReader) -> Check:
    catalog = set(reader.root_object.keys()) - _CATALOG
    trailer = set(reader.trailer.keys()) - _TRAILER
    info = set(_dictionary(reader.trailer.get("/Info"))) - _INFO
    names = set(_dictionary(reader.root_object.get("/Names"))) - {"/Dests"}
    pages = {key for page in reader.pages for key in page} - _PAGE
    places = {"catalog": catalog, "trailer": trailer, "info": info, "names": names, "pages": pages}
    wrong = [place for place, keys in places.items() if keys]
    return Check("only-known-keys", not wrong, ", ".join(wrong))


def _dictionary(value: Any) -> DictionaryObject:
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _read_again(reader: pypdf.PdfReader, redactions: Sequence[Redaction], strings: Sequence[Gone]) -> Check:
    """The text of the pages with redactions, read with pypdf. What is allowed anywhere is allowed on each page."""
    left: set[int] = set()
    for number in sorted({place.page for redaction in redactions for place in redaction.places}):
        text = plain(reader.pages[number - 1].extract_text())
        left |= {string.number for string in strings if string.is_long and count(string.text, text) > string.allowed}
    return _found("text-by-pypdf", left)


def _structure(source: Path, reader: pypdf.PdfReader) -> Check:
    """A tagged source gives a tagged output: a structure tree with a parent tree, marked, in a known language."""
    was = pypdf.PdfReader(source).root_object
    if "/StructTreeRoot" not in was:
        return Check("structure", True, "untagged source")
    root = reader.root_object
    tree = root.get("/StructTreeRoot")
    wrong = [
        key for key in ("/StructTreeRoot", "/MarkInfo", "/Lang") if key not in root and (key in was or key == "/Lang")
    ]
    if tree is not None:
        wrong += [key for key in ("/K", "/ParentTree") if key not in tree.get_object()]
    return Check("structure", not wrong, ", ".join(wrong))
