"""Takes out of JPEG, JPEG 2000 and JBIG2 data what is no picture: EXIF, XMP, comments, thumbnails, what stands behind.

The samples stay as they are. Segments: ISO/IEC 10918-1, annex B; boxes: ISO/IEC 15444-1, annex I; JBIG2: `segments.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from woo_anon.formats.pdf.pictures.segments import segments_of_picture

_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_ADOBE = 0xEE  # says how the colours are encoded
_JFIF = b"JFIF\0"  # as does this one
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_PICTURE_BOXES = (b"jP  ", b"ftyp")
_HEADER_BOXES = (b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef")
_CODESTREAM = b"\xff\x4f\xff\x51"
_TILE, _SAMPLES, _END = b"\xff\x90", b"\xff\x93", b"\xff\xd9"
_NO_PICTURE = (b"\xff\x64", b"\xff\x55")  # comments; lengths of tiles, which change with their comments
_TILE_HEADER = 12


def make_bare(image: Any) -> bool:
    """Leave nothing but the picture in the data of an image XObject; whether anything went. What is not understood
    stays. A picture that is packed once more (ReportLab does it) is unpacked."""
    filters, parameters = _entries(image, "/Filter"), _entries(image, "/DecodeParms")
    strip = _STRIPPERS.get(str(filters[-1])) if filters else None
    if strip is None:
        return False
    try:
        data = unpacked(image)
        bare = b"".join(strip(data))
    except (IndexError, ValueError, pikepdf.PdfError):
        return False
    if len(bare) == len(data):
        return False
    own = parameters[-1] if len(parameters) == len(filters) and isinstance(parameters[-1], Dictionary) else None
    image.write(bare, filter=Name(str(filters[-1])), decode_parms=own)
    return True


def make_segments_bare(shared: Any) -> bool:
    """The same for the segments that JBIG2 images share (`/JBIG2Globals`)."""
    try:
        data = shared.read_bytes()
        bare = b"".join(segments_of_picture(data))
    except (IndexError, ValueError, pikepdf.PdfError):
        return False
    if len(bare) == len(data):
        return False
    shared.write(bare)
    return True


def _entries(image: Any, key: str) -> list[Any]:
    value = image.get(key)
    return list(value) if isinstance(value, Array) else [] if value is None else [value]


def unpacked(image: Any) -> bytes:
    """The data of an image as its last filter takes it, the filters before that undone. Raises PdfError."""
    data: bytes = image.read_raw_bytes()
    filters, parameters = _entries(image, "/Filter")[:-1], _entries(image, "/DecodeParms")
    if not filters:
        return data
    with pikepdf.new() as scratch:
        stream = pikepdf.Stream(scratch, data, Filter=Array(list(map(Name, map(str, filters)))))
        if len(parameters) > len(filters):
            stream.DecodeParms = Array([_copied(one) for one in parameters[: len(filters)]])
        return bytes(stream.read_bytes(pikepdf.StreamDecodeLevel.generalized))


def _copied(parameters: Any) -> Any:
    return Dictionary(dict(parameters.items())) if isinstance(parameters, Dictionary) else None


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
    if marker == _ADOBE:
        return segment[:2] + b"\0\x0e" + segment[4:16]
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
            yield _box(kind, b"".join(_codestream(data[at + header : end])))
        elif kind == b"jp2h":
            yield _box(kind, b"".join(_header(data[at + header : end])))
        elif kind in _PICTURE_BOXES:
            yield data[at:end]
        at = end


def _box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def _header(data: bytes) -> Iterator[bytes]:
    """The boxes in a header that tell how the picture is to be read. Raises ValueError for lengths that cannot be."""
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length < 8 or at + length > len(data):
            raise ValueError("no JPEG 2000 header")
        if data[at + 4 : at + 8] in _HEADER_BOXES:
            yield data[at : at + length]
        at += length


def _codestream(data: bytes) -> Iterator[bytes]:
    """A codestream without the comments of its headers (ISO/IEC 15444-1, annex A), and nothing behind its end. Raises
    ValueError for anything else."""
    yield data[:2]
    at = _end_of_markers(data, 2, _TILE)
    yield _without_comments(data, 2, at)
    while data[at : at + 2] == _TILE:
        length = int.from_bytes(data[at + 6 : at + 10], "big")
        end = at + length if length else len(data) - len(_END)  # the last one may reach to the end
        samples = _end_of_markers(data, at + _TILE_HEADER, _SAMPLES)
        if not samples < end <= len(data):
            raise ValueError("no codestream")
        header = _without_comments(data, at + _TILE_HEADER, samples)
        shorter = length - (samples - at - _TILE_HEADER - len(header)) if length else 0
        yield data[at : at + 6] + shorter.to_bytes(4, "big") + data[at + 10 : at + _TILE_HEADER] + header
        yield data[samples:end]
        at = end
    yield _END


def _end_of_markers(data: bytes, at: int, until: bytes) -> int:
    """Where the first marker `until` is, from a marker at `at` on."""
    while data[at : at + 2] != until:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at] != 0xFF or end > len(data):
            raise ValueError("no codestream")
        at = end
    return at


def _without_comments(data: bytes, at: int, end: int) -> bytes:
    """The markers between two places, but for comments."""
    kept = []
    while at < end:
        following = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at : at + 2] not in _NO_PICTURE:
            kept.append(data[at:following])
        at = following
    return b"".join(kept)


_STRIPPERS = {"/DCTDecode": _jpeg, "/JPXDecode": _jpeg2000, "/JBIG2Decode": segments_of_picture}
