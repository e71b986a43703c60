"""Texts that a font program or a colour profile says of itself: they go where they name somebody.

    Type 1 program     header, comments, /FontName, /Notice, /FullName …         Adobe Type 1 Font Format, 2.2
    TrueType program   the table of names: maker, licence, description …         ISO/IEC 14496-22, 5.2.6
    ICC profile        copyright, maker, device, description, dictionary         ICC.1:2022, 7.2, 9.2 and 10

Nobody who reads the document reads them; but a profile can be named after the owner of a scanner, and a font after its
user. A program that is cut down loses them anyway (`fonts/program.py`); these stay for all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

NamesSomebody = Callable[[str], bool]

_COMMENT = re.compile(rb"%[^\r\n]*")
_SAYING = re.compile(
    rb"(/(?:version|Notice|Copyright|FullName|FamilyName|Weight)\s*)\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)",
    re.DOTALL,
)
_FONT_NAME = re.compile(rb"(/FontName\s*/)[^\s/]+")
_HEADER = b"%!PS-AdobeFont-1.0"
# Types of tags that hold numbers; all others are looked at as text, dictionaries and names of colours too.
_NUMERIC = frozenset(
    kind.encode().ljust(4)
    for kind in (
        "XYZ chrm cicp clro curv dtim mAB mBA meas mft1 mft2 mpet para sf32 sig uf32 ui08 ui16 ui32 view".split()
    )
)
_MAKERS = (slice(4, 8), slice(48, 56), slice(80, 84))  # of the header: signatures of programs, makers, models
_TAG_TABLE = 128  # bytes of the profile's header, before the table of tags


def clean_notices(pdf: pikepdf.Pdf, names_somebody: NamesSomebody) -> bool:
    """Clean all Type 1 programs and colour profiles in place. Answers whether something was taken away."""
    changed = [_clean_type1(program, names_somebody) for program in _programs(pdf, "/FontFile")]
    changed += [_clean_true_type(program, names_somebody) for program in _programs(pdf, "/FontFile2", "/FontFile3")]
    changed += [_clean_profile(profile, names_somebody) for profile in _profiles(pdf)]
    return any(changed)


def _programs(pdf: pikepdf.Pdf, *keys: str) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, Dictionary):
            yield from (item[key] for key in keys if isinstance(item.get(key), Stream))


def _clean_type1(stream: Any, names_somebody: NamesSomebody) -> bool:
    program = stream.read_bytes()
    clear, mark, rest = program.partition(b"eexec")
    if not mark or not names_somebody(clear.decode("latin-1")):
        return False
    new = _SAYING.sub(rb"\1()", _HEADER + _COMMENT.sub(b"", clear))
    new = _FONT_NAME.sub(rb"\1Font", new)
    stream.write(new + mark + rest)
    stream.Length1 = int(stream.get("/Length1", len(clear))) + len(new) - len(clear)
    return True


def _clean_true_type(stream: Any, names_somebody: NamesSomebody) -> bool:
    """Blank the strings of a program's table of names."""
    program = bytearray(stream.read_bytes())
    for at in range(12, 12 + 16 * _number(program, 4, 2), 16):
        if program[at : at + 4] != b"name":
            continue
        start, size = _number(program, at + 8), _number(program, at + 12)
        strings = slice(start + _number(program, start + 4, 2), start + size)
        records = range(start + 6, start + 6 + 12 * _number(program, start + 2, 2), 12)
        said = [_string(program, strings.start, at + 8, at + 10, size=2) for at in records]
        if any(map(names_somebody, [*said, *_readings(bytes(program[strings]))])):
            program[strings] = bytes(len(program[strings]))
            stream.write(bytes(program))
            return True
    return False


def _number(data: bytes | bytearray, at: int, size: int = 4) -> int:
    return int.from_bytes(data[at : at + size])


def _profiles(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every ICC profile: in colour spaces, wherever they stand, and in output intents; an image's too."""
    for item in pdf.objects:
        if isinstance(item, Stream) and "/N" in item and str(item.get("/Type", "")) != "/ObjStm":
            yield item
        elif isinstance(item, Dictionary) and isinstance(item.get("/DestOutputProfile"), Stream):
            yield item.DestOutputProfile
        elif isinstance(item, Array) and len(item) == 2 and isinstance(item[1], Stream) and item[0] == "/ICCBased":
            yield item[1]


def _clean_profile(stream: Any, names_somebody: NamesSomebody) -> bool:
    """Take away what stands between and behind the tags, and blank all texts of a profile when one of them names
    somebody: what is left has the same layout."""
    source = bytes(stream.read_bytes())
    if source[36:40] != b"acsp":
        return False
    profile = _tags_alone(source)
    texts = [(start, end) for start, end in _tags(profile) if bytes(profile[start : start + 4]) not in _NUMERIC]
    said = [text for start, end in texts for text in _said(bytes(profile[start:end]))]
    if any(map(names_somebody, [*said, *(profile[part].decode("latin-1") for part in _MAKERS)])):
        for start, end in texts:
            profile[start:end] = _blank(bytes(profile[start:end]))
        for part in _MAKERS:
            profile[part] = bytes(len(profile[part]))
    if profile == source:
        return False
    profile[84:100] = bytes(16)  # the identifier is a hash of the whole; zero says that there is none
    stream.write(bytes(profile))
    return True


def _tags_alone(source: bytes) -> bytearray:
    """The profile's header, table and tags, and nothing else."""
    table = min(_TAG_TABLE + 4 + 12 * _number(source, _TAG_TABLE), len(source))
    parts = [(0, table), *_tags(source)]
    profile = bytearray(max(end for _, end in parts))
    for start, end in parts:
        profile[start:end] = source[start:end]
    profile[:4] = len(profile).to_bytes(4)
    return profile


def _tags(profile: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """Where the tags begin and end (ICC.1:2022, 7.3)."""
    first = _TAG_TABLE + 4
    for at in range(first, min(first + 12 * _number(profile, _TAG_TABLE), len(profile) - 11), 12):
        start, size = _number(profile, at + 4), _number(profile, at + 8)
        end = min(start + size, len(profile))
        if first <= start < end:
            yield start, end


def _said(tag: bytes) -> Iterator[str]:
    """What a tag says: each text by itself of one in several languages (ICC.1:2022, 10.15) and of a dictionary (name,
    value and what to show for these: ICC.1 addendum `dict`), and all of it."""
    yield from _readings(tag)
    yield from _readings(tag[8:])  # behind the type, which the text would run together with
    if tag[:4] == b"mluc":
        records = range(16, min(16 + 12 * _number(tag, 8), len(tag) - 11), 12)
        yield from (_string(tag, 0, at + 8, at + 4) for at in records)
    elif tag[:4] == b"dict":
        pairs = range(16, min(16 + _number(tag, 12) * _number(tag, 8), len(tag) - 7), 8)
        yield from (_string(tag, 0, at, at + 4) for at in pairs)


def _string(data: bytes | bytearray, base: int, offset: int, length: int, size: int = 4) -> str:
    """A text in UTF-16, or of one byte a letter; `data` has, in `size` bytes each, where it begins behind `base` and
    how long it is."""
    start = base + _number(data, offset, size)
    taken = bytes(data[start : start + _number(data, length, size)])
    return taken.decode("utf-16-be", "ignore") if b"\0" in taken else taken.decode("latin-1")


def _readings(tag: bytes) -> tuple[str, ...]:
    return tag.decode("latin-1"), tag.decode("utf-16-be", "ignore"), tag[1:].decode("utf-16-be", "ignore")


def _blank(tag: bytes) -> bytes:
    """The tag with an empty text of its own type."""
    kind = tag[:4]
    if kind == b"mluc":
        return (b"mluc" + bytes(4) + bytes(4) + (12).to_bytes(4)).ljust(len(tag), b"\0")[: len(tag)]
    if kind == b"desc":
        return (b"desc" + bytes(4) + (1).to_bytes(4)).ljust(len(tag), b"\0")[: len(tag)]
    return b"text".ljust(len(tag), b"\0")
