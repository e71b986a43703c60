"""A walk over the objects of a file with pypdf: what the trailer leads to, and what it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdf
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
    StreamObject,
    TextStringObject,
)

# What pypdf raises on objects that are broken or that it does not know.
BROKEN = (PyPdfError, DependencyError, NotImplementedError, OSError, ValueError, TypeError, KeyError, IndexError,
          AttributeError, RecursionError, OverflowError, AssertionError)  # fmt: skip
MOST_OBJECTS = 2_000_000  # dictionaries and arrays together; beyond that a walk would not end in time


@dataclass(frozen=True)
class Held:
    """A dictionary or stream, with the number of the object in which it stands (0: the trailer)."""

    number: int
    value: DictionaryObject

    @property
    def what(self) -> str:
        """How messages call it."""
        return f"object {self.number}" if self.number else "trailer"


class TooManyObjectsError(ValueError):
    """More objects than can be walked over."""


def walk(root: Any, seen: set[int]) -> Iterator[Held]:
    """Every dictionary below `root`, itself included, each indirect one once; adds the numbers of objects to `seen`."""
    due: list[tuple[Any, int]] = [(root, 0)]
    count = 0
    while due:
        value, number = due.pop()
        if isinstance(value, IndirectObject):
            if value.idnum in seen:
                continue
            seen.add(value.idnum)
            number, value = value.idnum, resolved(value)
        count += 1
        if count > MOST_OBJECTS:
            raise TooManyObjectsError("too many objects")
        if isinstance(value, DictionaryObject):
            yield Held(number, value)
            due += [(item, number) for item in raw_values(value)]
        elif isinstance(value, ArrayObject):
            due += [(item, number) for item in list.__iter__(value)]


def raw_values(value: DictionaryObject) -> list[Any]:
    """The values of a dictionary as they stand, references unresolved, containers and references alone."""
    kept = (IndirectObject, DictionaryObject, ArrayObject)
    return [item for item in dict.values(value) if isinstance(item, kept)]


def resolved(value: Any) -> Any:
    """What a reference leads to; None when it is broken or leads to nothing."""
    try:
        found = value.get_object() if isinstance(value, IndirectObject) else value
    except BROKEN:
        return None
    return None if isinstance(found, NullObject) else found


def entry(value: Any, *keys: str) -> Any:
    """The object at a path of keys, references resolved; None when there is none."""
    for key in keys:
        value = resolved(value)
        if not isinstance(value, DictionaryObject) or key not in value:
            return None
        value = dict.__getitem__(value, key)
    return resolved(value)


def items(value: Any) -> list[Any]:
    """The members of an array, resolved; a single object counts as an array of one, None as an empty one."""
    found = resolved(value)
    if found is None:
        return []
    return [resolved(item) for item in list.__iter__(found)] if isinstance(found, ArrayObject) else [found]


def text_of(value: Any) -> str:
    """The text of a string object, or of a stream (rich text and scripts may be either); "" for anything else."""
    found = resolved(value)
    if isinstance(found, StreamObject):
        return data_of(found).decode("utf-8", "replace")
    if isinstance(found, ByteStringObject):
        return bytes(found).decode("latin-1")
    return str(found).strip("\0 \ufeff") if isinstance(found, TextStringObject) else ""


def bytes_of(digits: bytes) -> bytes:
    """What a hexadecimal string says: white space is nothing, a missing last digit is 0 (ISO 32000-2, 7.3.4.3)."""
    clean = re.sub(rb"\s", b"", digits)
    return bytes.fromhex((clean + b"0" * (len(clean) % 2)).decode("ascii"))


def data_of(stream: StreamObject) -> bytes:
    """A stream decoded; as it stands when it cannot be."""
    try:
        return bytes(stream.get_data())
    except BROKEN:
        return bytes(stream._data)


def numbers(reader: pypdf.PdfReader) -> set[int]:
    """The numbers of all objects that the cross-reference tables know to be in use."""
    free = {number for table in reader.xref_free_entry.values() for number, is_free in table.items() if is_free}
    used = {number for table in reader.xref.values() for number in table}
    return (used - free | set(reader.xref_objStm)) - {0}


def tree(root: Any, key: str, limit: int = 100_000) -> Iterator[tuple[Any, Any]]:
    """Keys and values of a name tree or number tree (ISO 32000-2, 7.9.6); `key` is /Names or /Nums."""
    due, visited = [resolved(root)], 0
    seen: set[int] = set()
    while due and visited < limit:
        node = due.pop()
        visited += 1
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        pairs = entry(node, key)
        if isinstance(pairs, ArrayObject):
            flat = list(list.__iter__(pairs))
            yield from zip(map(resolved, flat[::2]), flat[1::2], strict=False)
        due += items(entry(node, "/Kids"))
