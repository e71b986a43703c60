"""Unpacks the RTF of an Outlook mail: [MS-OXRTFCP], which is LZ77 with a dictionary that begins as common RTF.

header   16 bytes: size of what follows it and of its last 12 bytes, size unpacked, "LZFu" or "MELA", checksum
"LZFu"   a byte of eight flags, lowest first, then for each a byte (0) or two bytes (1) that refer to the dictionary
"MELA"   not packed
"""

from __future__ import annotations

import binascii
import struct
from typing import Any

from striprtf import striprtf

LARGEST = 50_000_000  # bytes unpacked
_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_DICTIONARY = 4096  # bytes; a reference is 12 bits of offset and 4 of length


def text_of(packed: bytes) -> str:
    """The text of packed RTF. Raises ValueError when it is damaged or too large."""
    to_text: Any = striprtf.rtf_to_text  # has no types
    try:
        return str(to_text(unpacked(packed).decode("latin-1"), encoding="cp1252", errors="replace"))
    except (struct.error, IndexError, KeyError, TypeError, AttributeError, LookupError, OverflowError) as error:
        raise ValueError("damaged RTF") from error


def unpacked(packed: bytes) -> bytes:
    """The RTF. Raises ValueError when it is damaged or too large, struct.error when there is no header."""
    size, raw_size, kind, checksum = struct.unpack_from("<II4sI", packed)
    content = packed[16 : size + 4]
    if raw_size > LARGEST:
        raise ValueError("a size that no mail has")
    if kind == b"MELA":
        return content[:raw_size]
    if kind != b"LZFu" or binascii.crc32(content, 0xFFFFFFFF) ^ 0xFFFFFFFF != checksum:
        raise ValueError("damaged RTF")
    return _unpacked(content)[:raw_size]


def _unpacked(content: bytes) -> bytes:
    out = bytearray(_START)
    at = 0
    while at < len(content):
        flags, at = content[at], at + 1
        for bit in range(8):
            if at >= len(content):
                break
            if not flags >> bit & 1:
                out.append(content[at])
                at += 1
                continue
            if at + 1 >= len(content):
                raise ValueError("damaged RTF")
            offset, length = content[at] << 4 | content[at + 1] >> 4, (content[at + 1] & 15) + 2
            at += 2
            back = (len(out) - offset) % _DICTIONARY
            if back == 0:  # a reference to where the next byte will stand is the end
                return bytes(out[len(_START) :])
            if back > len(out) or len(out) > LARGEST:
                raise ValueError("damaged RTF")
            for _ in range(length):
                out.append(out[-back])
    return bytes(out[len(_START) :])
