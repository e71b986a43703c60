"""Objects that stand in a file and to which nothing leads.

Finds content streams with text (leak), and strings of words in other objects (risk): in objects of the cross-reference
table that the trailer does not reach, and in objects that no table knows any more.

Leaves fonts, tables, hints of linearised files, what the pages show as well, and objects of earlier revisions, which
`revisions` reads as a whole.

Known to miss: pictures and fonts; text in streams that are compressed in any other way than Flate where no table
knows them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from woo_anon.audit.file import File
from woo_anon.audit.issue import Issue, Place, issue_with_text
from woo_anon.audit.objects import bytes_of, data_of, numbers, resolved, text_of
from woo_anon.audit.revisions import revision_ends
from woo_anon.audit.words import squeezed, unseen_words

LARGEST_STREAM = 64 << 20
LONGEST_TEXT = 10_000

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+(\d{1,5})\s+obj\b")
_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|(?<!<)<([0-9A-Fa-f\s]+)>", re.DOTALL)
_SHOWS_TEXT = re.compile(rb"[)>\]]\s*(?:T[jJ]\b|['\"]\s)")
_OWN_TYPES = {"/XRef", "/ObjStm", "/Font", "/FontDescriptor", "/OutputIntent", "/StructElem", "/Encoding"}


def find_orphans(file: File) -> Iterator[Issue]:
    """One issue per object that nothing leads to and that holds text."""
    for number in sorted(numbers(file.reader) - file.reachable - _objects_for_readers(file)):
        place = Place(what=f"object {number}")
        yield from _in_object(file, resolved(IndirectObject(number, 0, file.reader)), place)
    if len(revision_ends(file.content)) == 1 and not file.reader.is_encrypted:
        yield from _outside_tables(file)


def _objects_for_readers(file: File) -> set[int]:
    """Objects that a reader needs and the trailer does not name: object streams, cross-reference streams."""
    return {stream for stream, _ in file.reader.xref_objStm.values()}


def _in_object(file: File, value: Any, place: Place) -> Iterator[Issue]:
    if isinstance(value, StreamObject) and str(value.get("/Type")) not in _OWN_TYPES:
        yield from _in_stream(file, data_of(value)[:LARGEST_STREAM], place)
    elif isinstance(value, (DictionaryObject, ArrayObject)):
        if isinstance(value, DictionaryObject) and str(value.get("/Type")) in _OWN_TYPES:
            return
        text = " ".join(_strings(value, 0))
        if unseen_words(text, file.all_text):
            yield issue_with_text("orphaned-string", place, text[:LONGEST_TEXT])


def _strings(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, IndirectObject) or depth > 8:
        return
    if isinstance(value, DictionaryObject):
        for item in dict.values(value):
            yield from _strings(item, depth + 1)
    elif isinstance(value, ArrayObject):
        for item in list.__iter__(value):
            yield from _strings(item, depth + 1)
    elif text := text_of(value):
        yield text


def _in_stream(file: File, data: bytes, place: Place) -> Iterator[Issue]:
    if b"BT" not in data or not _SHOWS_TEXT.search(data):
        return
    pieces = [literal or bytes_of(digits) for literal, digits in _STRING.findall(data)]
    text = b"".join(pieces).decode("latin-1")
    if squeezed(text) not in file.all_text:
        yield issue_with_text("orphaned-text", place, text[:LONGEST_TEXT])


def _outside_tables(file: File) -> Iterator[Issue]:
    """Objects in the bytes of the file that no table knows at their place."""
    known = {offset for table in file.reader.xref.values() for offset in table.values()}
    places = [(found.start(), found.end(), int(found[1])) for found in _OBJECT.finditer(file.content)]
    unknown = [place for place in places if place[0] not in known]
    if len(places) - len(unknown) < 0.9 * len(known):
        return  # the tables are wrong, and pypdf went by the objects themselves
    for _, start, number in unknown:
        end = file.content.find(b"endobj", start)
        data = file.content[start : end if end > 0 else start + LARGEST_STREAM]
        yield from _in_stream(file, _inflated(data), Place(what=f"object {number}, in no table"))


def _inflated(data: bytes) -> bytes:
    _, found, body = data.partition(b"stream")
    if not found:
        return b""
    try:
        return zlib.decompressobj().decompress(body.lstrip(b"\r\n"), LARGEST_STREAM)
    except zlib.error:
        return body
