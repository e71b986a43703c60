"""Reads the properties of an Outlook mail: [MS-OXMSG] within an OLE file ([MS-CFB], through olefile).

__properties_version1.0              properties of fixed length: 16 bytes each, behind a header
__substg1.0_0037001F                 property 0037 of type 001F (UTF-16): the rest, one stream each
__recip_version1.0_#00000000/        a recipient, with properties of its own
__attach_version1.0_#00000000/       an attachment; a mail in it is the storage __substg1.0_3701000D
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

import olefile

from woo_anon.formats.compound import DAMAGED
from woo_anon.formats.mail.characters import decode

_PROPERTY = re.compile(r"__substg1\.0_([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})$")
_FIXED = "__properties_version1.0"
_HEADER = {"message": 32, "embedded": 24, "recipient": 8, "attachment": 8}  # bytes before the properties
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
UNICODE, NARROW, BINARY, OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
LARGEST_STREAM = 200_000_000


@dataclass(frozen=True)
class Storage:
    """A storage with properties: a message, a recipient or an attachment. Raises what is in DAMAGED."""

    ole: olefile.OleFileIO
    names: Mapping[tuple[str, ...], Sequence[str]] = field(repr=False)  # what stands in each storage of the file
    path: tuple[str, ...]
    kind: str
    codepage: str = "cp1252"

    def below(self, name: str, kind: str) -> Storage:
        """The storage `name` in this one."""
        return Storage(self.ole, self.names, (*self.path, name), kind, self.codepage)

    def named(self, prefix: str) -> list[str]:
        """The names of the storages in this one that begin with `prefix`, in order."""
        return sorted((name for name in self._inside if name.lower().startswith(prefix)), key=str.lower)

    def text(self, number: int) -> str:
        """A text property, "" when there is none."""
        return self._texts.get(number, "")

    @property
    def texts(self) -> dict[int, str]:
        """All text properties."""
        return dict(self._texts)

    def binary(self, number: int) -> bytes | None:
        """A binary property; None when there is none."""
        name = self._streams.get((number, BINARY))
        return None if name is None else self._read(name)

    def holds(self, number: int, kind: int = OBJECT) -> bool:
        """Whether there is a property of this type."""
        return (number, kind) in self._streams

    def whole(self, number: int) -> int | None:
        """A property that is a whole number (or true, 1)."""
        value = self._fixed.get(number)
        return None if value is None else int(struct.unpack("<i", value[:4])[0])

    def time(self, number: int) -> datetime | None:
        """A moment, in UTC."""
        value = self._fixed.get(number)
        if value is None:
            return None
        try:
            return _EPOCH + timedelta(microseconds=struct.unpack("<Q", value)[0] // 10)
        except OverflowError:
            return None

    @property
    def damaged(self) -> frozenset[int]:
        """The text properties that cannot be read."""
        return self._texts_and_damaged[1]

    @property
    def _inside(self) -> Sequence[str]:
        return self.names.get(self.path, ())

    @cached_property
    def _streams(self) -> dict[tuple[int, int], str]:
        matches = {name: _PROPERTY.match(name) for name in self._inside}
        return {(int(found[1], 16), int(found[2], 16)): name for name, found in matches.items() if found}

    @property
    def _texts(self) -> dict[int, str]:
        return self._texts_and_damaged[0]

    @cached_property
    def _texts_and_damaged(self) -> tuple[dict[int, str], frozenset[int]]:
        found: dict[int, str] = {}
        damaged = set()
        for (number, kind), name in sorted(self._streams.items()):
            if kind not in {UNICODE, NARROW} or found.get(number):
                continue
            try:
                data = self._read(name)
            except DAMAGED:
                damaged.add(number)
                continue
            found[number] = decode(data, "utf-16-le" if kind == UNICODE else self.codepage)[0].rstrip("\0")
        return found, frozenset(damaged)

    @cached_property
    def _fixed(self) -> dict[int, bytes]:
        if _FIXED not in self._inside:
            return {}
        data = self._read(_FIXED)
        found = {}
        for at in range(_HEADER[self.kind], len(data) - 15, 16):
            found[struct.unpack_from("<H", data, at + 2)[0]] = data[at + 8 : at + 16]
        return found

    def _read(self, name: str) -> bytes:
        path = [*self.path, name]
        if self.ole.get_size(path) > LARGEST_STREAM:
            raise ValueError("a stream that is too large")
        with self.ole.openstream(path) as stream:
            return bytes(stream.read())


def message(ole: olefile.OleFileIO) -> Storage:
    """The mail at the root of an OLE file."""
    names: dict[tuple[str, ...], list[str]] = {}
    for entry in ole.listdir(streams=True, storages=True):
        names.setdefault(tuple(entry[:-1]), []).append(entry[-1])
    storage = Storage(ole, names, (), "message")
    number = storage.whole(0x3FFD) or storage.whole(0x3FDE)  # PidTagMessageCodepage, PidTagInternetCodepage
    return Storage(ole, names, (), "message", codepage(number))


def codepage(number: int | None) -> str:
    """Python's name of a Windows code page."""
    known = {65001: "utf-8", 1200: "utf-16-le", 20127: "us-ascii", 28591: "iso-8859-1", 28605: "iso-8859-15"}
    return known.get(number or 0, f"cp{number}" if number else "cp1252")
