"""Tells whether a PNG or JPEG holds pixels and nothing else: no comments, profiles or thumbnails, no further data."""

from __future__ import annotations

_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))
_JFIF = 0xE0
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers without a length
_TABLES = frozenset((*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDD))  # frames, tables, scans (ITU-T T.81, table B.1)


def holds_pixels_alone(data: bytes) -> bool:
    """Whether a picture is a PNG or JPEG without anything beside its pixels."""
    return _plain_png(data) if data.startswith(_PNG) else _plain_jpeg(data)


def _plain_png(data: bytes) -> bool:
    at = len(_PNG)
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind not in _CHUNKS:
            return False
        at += 12 + length
        if kind == b"IEND":
            return at == len(data) and not length
    return False


def _plain_jpeg(data: bytes) -> bool:
    if not data.startswith(b"\xff\xd8"):
        return False
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker not in _TABLES and not (marker == _JFIF and data[at + 4 : at + 9] == b"JFIF\0" and length == 16):
            return False
        at += 2 + length
        if marker == 0xDA:
            at = _behind_scan(data, at)
            if data[at : at + 2] == b"\xff\xd9":
                return at + 2 == len(data)
    return False


def _behind_scan(data: bytes, at: int) -> int:
    """Where the next marker stands that is no part of the coded pixels."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and data[at + 1] not in _ALONE:
            return at
        at += 2
    return len(data)
