"""Takes out of JBIG2 data what is no picture: comments, other extensions, what stands behind the end of the page.

Segments: ITU-T T.88, 7.2 and 7.3, in the organisation that PDF embeds (ISO 32000-2, 7.4.7): header, data, header, data.
"""

from __future__ import annotations

from collections.abc import Iterator

_PICTURE = frozenset({0, 4, 6, 7, 16, 20, 22, 23, 36, 38, 39, 40, 42, 43, 48, 50, 53, 54})
_ENDS = frozenset({49, 51})  # of the page, of the file
_OF_UNKNOWN_LENGTH = 0xFFFFFFFF


def segments_of_picture(data: bytes) -> Iterator[bytes]:
    """The segments that draw. Raises ValueError for what is no JBIG2 data; a cut-off last segment stays."""
    at = 0
    while at < len(data):
        kind, start, length = _header(data, at)
        if length == _OF_UNKNOWN_LENGTH:
            yield data[at:]
            return
        end = start + length
        if kind in _PICTURE | _ENDS:
            yield data[at:end]
        if kind in _ENDS:
            return
        at = end


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    """The type of a segment, where its data begins and how long that is."""
    number, flags, count = int.from_bytes(data[at : at + 4]), data[at + 4], data[at + 5] >> 5
    at += 6
    if count == 7:
        count = int.from_bytes(data[at - 1 : at + 3]) & 0x1FFFFFFF
        at += 3 + (count + 8) // 8
    elif count > 4:
        raise ValueError("no JBIG2 data")
    at += count * (1 if number <= 256 else 2 if number <= 65536 else 4)
    at += 4 if flags & 0x40 else 1
    if at + 4 > len(data):
        raise ValueError("no JBIG2 data")
    return flags & 0x3F, at + 4, int.from_bytes(data[at : at + 4])
