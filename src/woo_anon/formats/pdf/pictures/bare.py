"""Takes out of JPEG and JPEG 2000 data what is no picture: EXIF, XMP, comments, thumbnails, what stands behind the end.

The samples stay as they are. Segments: ISO/IEC 10918-1, annex B; boxes: ISO/IEC 15444-1, annex I.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name

_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_ADOBE = 0xEE  # says how the colours are encoded
_JFIF = b"JFIF\0"  # as does this one
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_PICTURE_BOXES = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")
_CODESTREAM = b"\xff\x4f\xff\x51"
_COMMENT, _TILE = b"\xff\x64", b"\xff\x90"


def make_bare(image: Any) -> bool:
    """Leave nothing but the picture in the data of an image XObject; whether anything went. What is not understood
    stays. A picture that is deflated once more is unpacked."""
    filters, parameters = _entries(image, "/Filter"), _entries(image, "/DecodeParms")
    strip = _STRIPPERS.get(str(filters[-1])) if filters else None
    if strip is None or any(one != Name.FlateDecode for one in filters[:-1]):
        return False
    try:
        data = _inflated(image.read_raw_bytes(), len(filters) - 1)
        bare = b"".join(strip(data))
    except (IndexError, ValueError, zlib.error):
        return False
    if len(bare) == len(data):
        return False
    own = parameters[-1] if len(parameters) == len(filters) and isinstance(parameters[-1], Dictionary) else None
    image.write(bare, filter=Name(str(filters[-1])), decode_parms=own)
    return True


def _entries(image: Any, key: str) -> list[Any]:
    value = image.get(key)
    return list(value) if isinstance(value, Array) else [] if value is None else [value]


def _inflated(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.decompress(data)
    return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    """The segments that are needed to draw the picture; the last one may be cut off. Raises ValueError for what is no
    JPEG."""
    at = data.index(bytes((0xFF, _SOI)))
    yield data[at : at + 2]
    at, in_scan = at + 2, False
    while True:
        start = data.find(b"\xff", at)
        if start < 0 or start + 1 == len(data):
            if not in_scan:
                raise ValueError("no JPEG")
            yield data[at:]
            return
        if in_scan:
            yield data[at:start]  # samples
        marker = data[start + 1]
        if marker == _EOI:
            yield data[start : start + 2]
            return
        if marker in {0x00, 0xFF} or marker in _ALONE:
            at = start + (1 if marker == 0xFF else 2)
            yield data[start:at] if in_scan else b""
            continue
        at = start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")
        in_scan |= marker == _SOS
        yield _segment(marker, data[start:at])


def _segment(marker: int, segment: bytes) -> bytes:
    """A segment as it stays: nothing of one that draws nothing, a JFIF header without its thumbnail."""
    if marker == _APPLICATION[0] and segment[4:9] == _JFIF:
        return segment[:2] + b"\0\x10" + segment[4:16] + b"\0\0"
    return b"" if marker == _COM or (marker in _APPLICATION and marker != _ADOBE) else segment


def _jpeg2000(data: bytes) -> Iterator[bytes]:
    """The boxes that hold the picture; a bare codestream as it is. Raises ValueError for anything else."""
    if data.startswith(_CODESTREAM):
        yield from _codestream(data)
        return
    at = 0
    while at < len(data):
        length, kind, header = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if length == 1:
            length, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + length if length else len(data)
        if end < at + header or end > len(data) or (at == 0 and kind != _PICTURE_BOXES[0]):
            raise ValueError("no JPEG 2000 file")
        if kind == b"jp2c":
            bare = b"".join(_codestream(data[at + header : end]))
            yield (len(bare) + 8).to_bytes(4, "big") + kind + bare
        elif kind in _PICTURE_BOXES:
            yield data[at:end]
        at = end


def _codestream(data: bytes) -> Iterator[bytes]:
    """A codestream without the comments of its main header."""
    yield data[:2]
    at = 2
    while data[at : at + 2] != _TILE:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at] != 0xFF or end > len(data):
            raise ValueError("no codestream")
        if data[at : at + 2] != _COMMENT:
            yield data[at:end]
        at = end
    yield data[at:]


_STRIPPERS = {"/DCTDecode": _jpeg, "/JPXDecode": _jpeg2000}
