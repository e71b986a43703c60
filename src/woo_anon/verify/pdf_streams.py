"""What the stream of a PDF says, by its kind, looked through for redacted strings.

Each kind is read by its own syntax, for a word means something else as an operator, as the name of an element or in a
string. Who could hide a name, and where it is looked for:

    content      in a string (counted: the rest of the text may hold the word), a name, a comment, an inline image
    XML          in a text, an attribute, a comment, or the name of an element that no standard knows
    CMap         in a string, a name, a comment; the words of its language say nothing
    Type 1       in its notices, its names, those of its glyphs (also in the encrypted part)
    other        fonts, profiles, images: anywhere, in any encoding, if it has six letters or more; a glyph may be
                 called by the standard name of its character

What cannot be read by its kind's syntax is looked at as `other` and as text: more is found then, not less.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Any
from xml.parsers import expat

from fontTools.misc import eexec
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, NameObject, StreamObject

from woo_anon.verify.finds import Finds
from woo_anon.verify.strings import plain, readings
from woo_anon.verify.syntax import parse
from woo_anon.verify.vocabulary import PROGRAM_WORDS, PROGRAM_WORDS_AND_GLYPHS, XML_NAMES

_EEXEC_KEY = 55665  # Adobe Type 1 Font Format, 7.3
_FONT_PROGRAMS = {"/Type1C", "/CIDFontType0C", "/OpenType"}


def look_in_stream(stream: StreamObject, finds: Finds, *, is_content: bool = False) -> None:
    """Look through the decoded data of `stream`; `is_content`: a page or a glyph draws with it."""
    data = decoded(stream)
    kind = str(stream.get("/Subtype", ""))
    if kind == "/XML":
        _look_in_xml(data, finds)
    elif b"begincmap" in data[:2000]:
        _look_in_program(data, finds)
    elif is_content or kind == "/Form" or "/PatternType" in stream or _shows_text(data, stream):
        _look_in_content(data, finds)
    elif data[:2] == b"%!" and "/Length1" in stream:
        _look_in_type1(data, finds)
    else:
        is_font = "/Length1" in stream or kind in _FONT_PROGRAMS
        finds.look_at_bytes(data, PROGRAM_WORDS_AND_GLYPHS if is_font else frozenset())


def decoded(stream: StreamObject) -> bytes:
    """The stream's data, filters undone, up to the first that pypdf cannot undo (some formats of images)."""
    data = bytes(stream._data)
    filters, parameters = _several(stream.get("/Filter")), _several(stream.get("/DecodeParms"))
    for name, own in zip_longest(filters, parameters[: len(filters)]):
        packed = EncodedStreamObject()
        packed._data = data
        packed[NameObject("/Filter")] = name
        if isinstance(own, DictionaryObject):
            packed[NameObject("/DecodeParms")] = own
        try:
            data = bytes(packed.get_data())
        except (PyPdfError, DependencyError, NotImplementedError, ImportError, OSError, ValueError, TypeError):
            break
    return data


def _several(value: Any) -> list[Any]:
    value = value.get_object() if value is not None else None
    return [one.get_object() for one in value] if isinstance(value, ArrayObject) else [] if value is None else [value]


def _shows_text(data: bytes, stream: StreamObject) -> bool:
    """Whether a stream without a type shows text: nothing says of it that it is content."""
    return "/Subtype" not in stream and "/Length1" not in stream and re.search(rb"\bT[jJ]\b|['\"]\s", data) is not None


def _look_in_content(data: bytes, finds: Finds) -> None:
    syntax = parse(data)
    finds.count_shown(syntax.strings)
    for name in syntax.names:
        finds.look_at_name(name)
    finds.look_at_bytes(syntax.rest)


def _look_in_program(data: bytes, finds: Finds) -> None:
    """Data of which every part may speak, but for the words of its language."""
    syntax = parse(data)
    for string in syntax.strings:
        finds.look_at_string(string)
    for name in syntax.names:
        finds.look_at_name(name, PROGRAM_WORDS_AND_GLYPHS)
    words = plain(syntax.rest.decode("latin-1")).split()
    finds.look_at_texts([" ".join(word for word in words if word not in PROGRAM_WORDS)])


def _look_in_type1(data: bytes, finds: Finds) -> None:
    clear, mark, hidden = data.partition(b"eexec")
    _look_in_program(clear, finds)
    if not mark:
        return
    hidden = hidden.lstrip(b" \t\r\n")
    if re.fullmatch(rb"[0-9A-Fa-f\s]{8}", hidden[:8]):
        hidden = bytes.fromhex(re.sub(rb"[^0-9A-Fa-f]", b"", hidden).decode("ascii")[: len(hidden) // 4 * 2])
    plaintext = eexec.decrypt(hidden, _EEXEC_KEY)[0]
    for name in set(re.findall(rb"/([A-Za-z0-9._\-]{3,})", plaintext)):
        finds.look_at_name(name.decode("latin-1"), PROGRAM_WORDS_AND_GLYPHS)
    finds.look_at_bytes(plaintext, PROGRAM_WORDS_AND_GLYPHS)


def _look_in_xml(data: bytes, finds: Finds) -> None:
    if b"<!DOCTYPE" in data:  # entities can say what no handler hears
        finds.look_at_texts(readings(data))
        return
    said: list[str] = []

    def element(name: str, attributes: dict[str, str]) -> None:
        said.extend(word for word in (name, *attributes) if plain(word) not in XML_NAMES)
        said.extend(attributes.values())

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = element
    parser.CharacterDataHandler = said.append
    parser.CommentHandler = said.append
    parser.ProcessingInstructionHandler = lambda target, text: said.extend((target, text))
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        finds.look_at_texts(readings(data))
        return
    finds.look_at_texts(map(plain, said))
