"""Simple fonts whose codes lead to glyphs by names: CFF and Type 1 programs, Type 3, fonts that are not embedded.

/Differences [1 /g12 2 /A]      g12 counts glyphs and gets another number; A is the same in every document
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from fontTools.agl import UV2AGL
from fontTools.encodings.StandardEncoding import StandardEncoding
from pikepdf import Array, Dictionary, Name
from pypdf._codecs import adobe_glyphs

from woo_anon.formats.pdf.fonts.metrics import differences, encoding_of
from woo_anon.formats.pdf.fonts.numbering import cff
from woo_anon.formats.pdf.fonts.numbering.numbered import Codes, KeptError, Program
from woo_anon.formats.pdf.fonts.type1_program import own_encoding, without_encoding
from woo_anon.formats.pdf.fonts.use import Use, names_by_encodings

_FROM_THE_CHARACTER = re.compile(r"uni[0-9A-F]{4}|u[0-9A-F]{4,6}")
_NUMBER, _CODE = re.compile(r"\d+"), re.compile(r"G[0-9A-F]{2}")


def number_by_name(use: Use, codes: Codes, descriptor: Any, key: str) -> tuple[Program | None, Callable[[], None]]:
    """The program, if it changes, with its glyphs in the order of `codes`, and what puts the new names. Raises
    KeptError."""
    font = use.font
    data = descriptor[key].read_bytes() if key == "/FontFile3" else b""
    top = cff.opened(data)[0] if data else None
    if top is not None and hasattr(top, "ROS"):
        raise KeptError("glyphs that are known by CID")
    own = own_encoding(descriptor[key].read_bytes()) if key == "/FontFile" else _own_encoding(top)
    names = _names(font, codes, own)
    unknown = {code for code, name in names.items() if not is_of_the_typeface(name, codes.texts.get(code))}
    counting = {code: name for code, name in names.items() if code in unknown and _counts(name)}
    unsure = unknown - codes.texts.keys()
    if (unsure and not codes.fixed) or counting.keys() & unsure or (counting and key == "/FontFile"):
        raise KeptError("names from which readers may take the text")
    if not codes.fixed and len(names) < len(codes.new):
        raise KeptError("a code without a name")
    renamed = {name: f"g{at}" for at, name in enumerate(dict.fromkeys(counting.values()), 1)}
    new = {number: renamed.get(names[code], names[code]) for code, number in codes.new.items() if code in names}
    program = None
    if top is not None:
        program = _program(data, top, _wanted(use, codes, names, own), renamed)
    elif key == "/FontFile" and not codes.fixed:
        stripped, clear = without_encoding(descriptor[key].read_bytes())
        program = Program(stripped, clear=clear)
    stays = codes.fixed and not renamed and (top is None or _has_base(font))

    def put() -> None:
        if font.Subtype == Name.Type3:
            glyphs = {name: font.CharProcs[f"/{name}"] for name in names.values() if f"/{name}" in font.CharProcs}
            font.CharProcs = Dictionary({f"/{renamed.get(name, name)}": glyph for name, glyph in glyphs.items()})
        if not stays:
            put_differences(font, new)

    return program, put


def put_differences(font: Any, names: Mapping[int, str]) -> None:
    """Give the codes of a font these names, in an encoding of its own."""
    items = [item for code, name in sorted(names.items()) for item in (code, Name(f"/{name}"))]
    font.Encoding = Dictionary(Type=Name.Encoding, Differences=Array(items))


def is_of_the_typeface(name: str, text: bytes | None = None) -> bool:
    """Whether a name is known to be that of a character, and so counts nothing.

    Adobe's names for Zapf Dingbats are `a1` to `a206`, as others count: they have to fit the `text`, if it is known.
    """
    character = adobe_glyphs.get(f"/{name}")
    if character is None:
        return _FROM_THE_CHARACTER.fullmatch(name) is not None
    return text is None or not name[-1].isdigit() or character.encode("utf-16-be") == text


def _counts(name: str) -> bool:
    """Whether a name may count glyphs. In a simple font no count goes above 255: `cid10008` is of the typeface."""
    number = _NUMBER.search(name)
    return _CODE.fullmatch(name) is not None or (number is not None and int(number[0]) <= 255)


def _own_encoding(top: Any) -> dict[int, str]:
    """That of a CFF program; of others it is not known here."""
    built_in = getattr(top, "Encoding", "StandardEncoding")
    if built_in == "ExpertEncoding":
        raise KeptError("an encoding for experts")
    return dict(enumerate(StandardEncoding if built_in == "StandardEncoding" else built_in)) if top is not None else {}


def _has_base(font: Any) -> bool:
    """Whether the encoding builds on a named one, and not on that of the program."""
    encoding = font.get("/Encoding")
    return isinstance(encoding, Name) or (isinstance(encoding, Dictionary) and "/BaseEncoding" in encoding)


def _names(font: Any, codes: Codes, own: Mapping[int, str]) -> dict[int, str]:
    """By which name each code is known, as far as it has one."""
    named, characters = dict(differences(font)), encoding_of(font)
    based = _has_base(font)
    found = {}
    for code in codes.new:
        character = characters[code]
        by_base = UV2AGL.get(ord(character), "") if len(character) == 1 else ""
        name = named.get(code) or (by_base if based else own.get(code, ""))
        if name and name != ".notdef":
            found[code] = name
    return found


def _wanted(use: Use, codes: Codes, names: Mapping[int, str], own: Mapping[int, str]) -> Iterator[str]:
    """The names of the glyphs to which the codes lead, and where they stay all to which some reader may take them."""
    for code in codes.new:
        yield names.get(code, "")
        if codes.fixed:
            yield from names_by_encodings(Use(use.font, {bytes((code,))}, None), own)


def _program(data: bytes, top: Any, wanted: Iterable[str], renamed: Mapping[str, str]) -> Program:
    """The CFF program with the glyphs `wanted`, as far as it has them, in this order."""
    numbers = {name: at for at, name in enumerate(top.charset) if at}
    shown = [name for name in dict.fromkeys(wanted) if name in numbers]
    parts = [part for name in shown for part in cff.parts_of(top, numbers[name]) if part in numbers]
    if renamed.keys() & set(parts):
        raise KeptError("glyphs that name others")
    kept = list(dict.fromkeys([*shown, *parts]))
    return cff.reordered(data, [numbers[name] for name in kept], [renamed.get(name, name) for name in kept])
