"""Checks of a written PDF's objects, read with pypdf, which had no part in writing it.

strings, names, keys, text streams      no redacted string, in any encoding
content streams                         their strings hold no more of a redacted string than the text may
images, font programs, profiles         no long redacted string
catalog, pages, trailer                 known keys alone

Three parties put words into these places. The maker of the document: a name in a title, in the name of a font, a
colour, a layer, in a comment, a profile. Those are looked for everywhere; that the source already said it in the same
place excuses nothing. The standards: `/Contents`, `rdf:Description`, `begincmap`, a glyph called `question`. Those
stand in every file, so that finding one in its own place says nothing (`vocabulary.py`; what is its own place,
`pdf_streams.py`). And we: a box says that it is one. Somebody whose name is such a word cannot be told from it, and
need not: the word would stand there without them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
from pypdf.errors import PyPdfError
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
from woo_anon.verify.checks import check_none
from woo_anon.verify.finds import Finds
from woo_anon.verify.pdf_streams import look_in_stream
from woo_anon.verify.strings import Gone, Sought, Words, counting, plain
from woo_anon.verify.syntax import parse
from woo_anon.verify.vocabulary import GLYPH_NAMES, NAMES_AND_GLYPHS

_CATALOG = {"/Type", "/Pages", "/PageLabels", "/Outlines", "/ViewerPreferences", "/PageLayout",
            "/PageMode", "/Names", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents",
            "/Metadata", "/Version", "/Extensions"}  # fmt: skip
_TRAILER = {"/Root", "/Info", "/ID", "/Size", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"}
_INFO = {"/Title", "/Producer"}
_PAGE = {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate",
         "/Contents", "/Annots", "/StructParents", "/Group", "/Tabs", "/UserUnit"}  # fmt: skip

# What pypdf raises for a source that it cannot read: nothing it may have seen there excuses what is in the output.
_UNREADABLE = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.DOTALL)


def check_objects(
    source: Path, data: bytes, document: Document, redactions: Sequence[Redaction], strings: Sequence[Gone]
) -> Iterator[Check]:
    """The checks of all objects. Raises whatever pypdf raises for a file that it cannot read."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    finds = Finds(strings)
    scan(reader, finds)
    look_between(data, finds)
    yield check_found("no-redacted-string-beside-the-text", finds.beside)
    yield check_found("no-redacted-string-in-binary-data", finds.binary)
    yield check_found("no-redacted-string-in-content-streams", _shown_too_often(source, finds))
    yield _known_keys(reader)
    yield _read_again(source, reader, redactions, strings)
    yield _structure(source, reader)


def check_found(name: str, numbers: set[int]) -> Check:
    return check_none(name, "redactions", sorted(numbers))


def scan(reader: pypdf.PdfReader, finds: Finds) -> None:
    """Every object of the cross-reference table, reached from the catalog or not."""
    content = _content_streams(reader)
    numbers = set(reader.xref_objStm) | {number for table in reader.xref.values() for number in table}
    for number in sorted(numbers - {0}):
        value = reader.get_object(number)
        if isinstance(value, StreamObject) and not _holds_known_objects(reader, number, value):
            look_in_stream(value, finds, is_content=number in content)
        _look(value, finds)
    _look(reader.trailer, finds)


def _shown_too_often(source: Path, finds: Finds) -> set[int]:
    @cache
    def shown_before() -> Mapping[int, int]:
        before = Finds(finds.strings)
        try:
            scan(pypdf.PdfReader(source), before)
        except _UNREADABLE:
            return {}
        return before.shown

    def is_left(string: Gone) -> bool:
        number = string.number
        return string.is_left(finds.shown.get(number, 0), lambda: shown_before().get(number, 0))

    return {string.number for string in finds.strings if is_left(string)}


def _content_streams(reader: pypdf.PdfReader) -> set[int]:
    """The object numbers of what pages draw with: nothing in such a stream says what it is."""
    found: set[int] = set()
    for page in reader.pages:
        contents = page.get("/Contents")
        held = page.raw_get("/Contents") if contents is not None else None
        for part in [held, *(contents if isinstance(contents, ArrayObject) else ())]:
            if isinstance(part, IndirectObject):
                found.add(part.idnum)
    return found


def _holds_known_objects(reader: pypdf.PdfReader, number: int, stream: StreamObject) -> bool:
    """Whether a stream is an object stream of which every object is looked at by itself, or the table of objects."""
    if stream.get("/Type") == "/ObjStm":
        known = sum(holder == number for holder, _ in reader.xref_objStm.values())
        return str(stream.get("/N")) == str(known)
    return str(stream.get("/Type")) == "/XRef"


def _look(value: Any, finds: Finds) -> None:
    due = [value]
    while due:
        value = due.pop()
        if isinstance(value, DictionaryObject):
            for key, item in value.items():
                finds.look_at_name(str(key))
                if key == "/Differences" and isinstance(item, ArrayObject):
                    _look_at_glyph_names(item, finds)
                else:
                    due.append(item)
        elif isinstance(value, ArrayObject):
            due += value
        elif isinstance(value, NameObject):
            finds.look_at_name(str(value))
        elif isinstance(value, TextStringObject):
            finds.look_at_string(value.original_bytes, str(value))
        elif isinstance(value, ByteStringObject):
            finds.look_at_string(value.original_bytes)


def _look_at_glyph_names(differences: ArrayObject, finds: Finds) -> None:
    for name in differences:
        finds.look_at_name(str(name), GLYPH_NAMES)


def look_between(data: bytes, finds: Finds) -> None:
    """What stands between the streams of a file: objects, once more, and whatever belongs to no object."""
    syntax = parse(_STREAM.sub(b" ", data))
    for name in syntax.names:
        finds.look_at_name(name, NAMES_AND_GLYPHS)
    finds.look_at_bytes(b"\n".join(syntax.strings))
    finds.look_at_bytes(syntax.rest)


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


def _read_again(
    source: Path, reader: pypdf.PdfReader, redactions: Sequence[Redaction], strings: Sequence[Gone]
) -> Check:
    """The text of the pages with redactions, read with pypdf. What is allowed anywhere is allowed on each page."""
    left: set[int] = set()
    long = Sought(string for string in strings if string.is_long)
    for number in sorted({place.page for redaction in redactions for place in redaction.places}):
        text = Words(plain(reader.pages[number - 1].extract_text()))
        was = cache(partial(_text_before, source, number))
        for string in long.among(text.words):
            if string.is_left(text.count(string.text), counting(string.text, was), number):
                left.add(string.number)
    return check_found("text-by-pypdf", left)


def _text_before(source: Path, number: int) -> str:
    """The text of the source's page as the same reader sees it; nothing when it sees none."""
    try:
        return plain(pypdf.PdfReader(source).pages[number - 1].extract_text())
    except _UNREADABLE:
        return ""


def _structure(source: Path, reader: pypdf.PdfReader) -> Check:
    """A tagged source gives a tagged output: a structure tree, with a parent tree where the source had one; marked as
    tagged when the source was, and then in a known language."""
    with pikepdf.open(source) as pdf:  # it reads broken sources that pypdf does not
        was: set[str] = set(pdf.Root.keys())
        before = pdf.Root.get("/StructTreeRoot")
        had: set[str] = set(before.keys()) if isinstance(before, pikepdf.Dictionary) else set()
    if "/StructTreeRoot" not in was:
        return Check("structure", True, "untagged source")
    root = reader.root_object
    tree = root.get("/StructTreeRoot")
    wanted = {"/StructTreeRoot", *(was & {"/MarkInfo", "/Lang"}), *({"/Lang"} if "/MarkInfo" in was else ())}
    wrong: list[str] = sorted(wanted - set(root.keys()))
    if tree is not None:
        wrong += [key for key in ("/K", "/ParentTree") if key in had and key not in tree.get_object()]
    return Check("structure", not wrong, ", ".join(wrong))
