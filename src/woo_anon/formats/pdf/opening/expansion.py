"""How large a stream becomes when its filters are undone, without ever holding more than a limit allows.

A stream of 2 MB can inflate to 2 GB (RFC 1951 allows 1032:1, and filters can be chained). PDFium and qpdf inflate
in one go, so the size is found out here before either of them does.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

import pikepdf

PIECE = 1 << 20  # inflated at a time
BITE = 1 << 16  # deflated, read at a time
LZW_CLEAR, LZW_END = 256, 257


class TooLarge(Exception):  # noqa: N818 -- an answer, not a fault
    """The stream expands beyond the limit."""


def inflated_size(raw: bytes | memoryview, limit: int) -> int:
    """How many bytes a deflated stream holds; broken data counts as far as it goes. Raises TooLarge."""
    return sum(map(len, _inflate(raw, limit)))


def _inflate(raw: bytes | memoryview, limit: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    size = 0
    for start in range(0, len(raw), BITE):
        rest = bytes(raw[start : start + BITE])
        while rest and not inflater.eof:
            try:
                piece = inflater.decompress(rest, PIECE)
            except zlib.error:
                return
            size += len(piece)
            if size > limit:
                raise TooLarge
            yield piece
            rest = inflater.unconsumed_tail
        if inflater.eof:
            return


def expanded(stream: pikepdf.Stream, limit: int) -> bytes:
    """The stream's content with all filters undone. Raises TooLarge beyond `limit` bytes, ValueError when broken."""
    data = stream.read_raw_bytes()
    for name in _filters(stream):
        data = _undo(name, data, limit)
    if len(data) > limit:
        raise TooLarge
    try:
        return bytes(stream.read_bytes())  # the size is known to be harmless: qpdf also undoes predictors
    except pikepdf.PdfError as error:
        raise ValueError("filter cannot be undone") from error


def _filters(stream: pikepdf.Stream) -> list[str]:
    filters = stream.get("/Filter")
    if filters is None:
        return []
    return [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]


def _undo(name: str, data: bytes, limit: int) -> bytes:
    if name in ("/FlateDecode", "/Fl"):
        return b"".join(_inflate(data, limit))
    if name in ("/LZWDecode", "/LZW"):
        return _unpack_lzw(data, limit)
    if name in ("/RunLengthDecode", "/RL"):
        return _unpack_runs(data, limit)
    if name in ("/ASCIIHexDecode", "/AHx"):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", data.partition(b">")[0])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    if name in ("/ASCII85Decode", "/A85"):
        return base64.a85decode(data.partition(b"~>")[0].removeprefix(b"<~"), ignorechars=b" \t\r\n\v\f\0")
    raise ValueError("unknown filter")


def _unpack_runs(data: bytes, limit: int) -> bytes:
    """ISO 32000-2, 7.4.5."""
    out = bytearray()
    at = 0
    while at < len(data) and data[at] != 128:
        length = data[at]
        if length < 128:
            out += data[at + 1 : at + 2 + length]
            at += length + 2
        else:
            out += data[at + 1 : at + 2] * (257 - length)
            at += 2
        if len(out) > limit:
            raise TooLarge
    return bytes(out)


def _unpack_lzw(data: bytes, limit: int) -> bytes:
    """ISO 32000-2, 7.4.4, with /EarlyChange 1 as everybody writes it."""
    out = bytearray()
    table: list[bytes] = []
    previous = b""
    bits, held, width = 0, 0, 9
    for byte in data:
        held, bits = (held << 8 | byte) & 0xFFFFF, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & ((1 << width) - 1)
        if code == LZW_END:
            break
        if code == LZW_CLEAR:
            table, previous, width = [], b"", 9
            continue
        entry = _lzw_entry(code, table, previous)
        out += entry
        if len(out) > limit:
            raise TooLarge
        if previous and len(table) < 4096 - 258:
            table.append(previous + entry[:1])
        previous = entry
        width = min(12, max(9, (len(table) + 259).bit_length()))
    return bytes(out)


def _lzw_entry(code: int, table: list[bytes], previous: bytes) -> bytes:
    if code < 256:
        return bytes([code])
    if code - 258 < len(table):
        return table[code - 258]
    if code - 258 == len(table) and previous:
        return previous + previous[:1]
    raise ValueError("broken LZW data")
