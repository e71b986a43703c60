"""TrueType programs of simple fonts, whose codes lead to glyphs by tables of characters (ISO 32000-2, 9.6.5.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from woo_anon.formats.pdf.fonts.metrics import differences, encoding_of
from woo_anon.formats.pdf.fonts.numbering import true_type
from woo_anon.formats.pdf.fonts.numbering.by_name import is_of_the_typeface, put_differences
from woo_anon.formats.pdf.fonts.numbering.numbered import Codes, KeptError, Program
from woo_anon.formats.pdf.fonts.use import Use

Table = Mapping[int, int]
Kind = tuple[int, int]  # platform and encoding
_SYMBOL, _MAC, _UNICODE = (3, 0), (1, 0), (3, 1)
_SYMBOLIC = 4  # in /Flags


def number_by_character(use: Use, codes: Codes, descriptor: Any, key: str) -> tuple[Program, Callable[[], None]]:
    """The program with its glyphs in the order of `codes`, and what puts the new names. Raises KeptError."""
    font = use.font
    data = descriptor[key].read_bytes()
    tables = true_type.characters_of(data)
    names = {code: name for code, name in differences(font) if code in codes.new}
    if not tables or not all(is_of_the_typeface(name, codes.texts.get(code)) for code, name in names.items()):
        raise KeptError("glyphs that are known by name")
    if codes.fixed:
        return _in_order(font, data, tables, codes), lambda: None
    if "/Encoding" not in font:
        return _by_code(data, tables, codes), lambda: None
    if _UNICODE not in tables or int(descriptor.get("/Flags", 0)) & _SYMBOLIC or codes.new.keys() - names.keys():
        raise KeptError("an encoding that readers take in several ways")
    new = {number: names[code] for code, number in codes.new.items()}
    return _by_unicode(font, data, tables[_UNICODE], codes), lambda: put_differences(font, new)


def _in_order(font: Any, data: bytes, tables: Mapping[Kind, Table], codes: Codes) -> Program:
    """Every glyph to which some table may lead from the codes; the tables stay."""
    characters = encoding_of(font)
    numbers: dict[int, int] = {}
    for code in codes.new:
        for kind, table in sorted(tables.items()):
            for key in _keys(kind, code, characters[code]):
                if table.get(key):
                    numbers.setdefault(table[key], len(numbers) + 1)
    kept = {
        kind: {code: numbers[number] for code, number in table.items() if number in numbers}
        for kind, table in tables.items()
    }
    made = true_type.reordered(data, list(numbers), kept)
    if true_type.outlines(made.data) < true_type.outlines(data):
        raise KeptError("glyphs that are known by name")
    return made


def _by_code(data: bytes, tables: Mapping[Kind, Table], codes: Codes) -> Program:
    """A font of symbols, to readers: its codes stand in the table."""
    kinds = [kind for kind in (_SYMBOL, _MAC) if kind in tables]
    glyphs = {}
    for code in codes.new:
        found = {number for kind in kinds for key in _keys(kind, code) if (number := tables[kind].get(key))}
        if len(found) != 1:
            raise KeptError("a code without one glyph")
        glyphs[code] = found.pop()
    numbers = _numbered(glyphs.values())
    new = {kind: {next(_keys(kind, codes.new[code])): numbers[at] for code, at in glyphs.items()} for kind in kinds}
    return true_type.reordered(data, list(numbers), new)


def _by_unicode(font: Any, data: bytes, table: Table, codes: Codes) -> Program:
    characters = encoding_of(font)
    keys = [ord(characters[code]) for code in codes.new if len(characters[code]) == 1]
    if len(keys) < len(codes.new) or any(not table.get(key) for key in keys):
        raise KeptError("a name without a character")
    numbers = _numbered(table[key] for key in keys)
    return true_type.reordered(data, list(numbers), {_UNICODE: {key: numbers[table[key]] for key in keys}})


def _numbered(glyphs: Any) -> dict[int, int]:
    return {glyph: at for at, glyph in enumerate(dict.fromkeys(glyphs), 1)}


def _keys(kind: Kind, code: int, character: str = "") -> Iterator[int]:
    """Where a reader may look in a table."""
    yield from (0xF000 + code, code, 0xF100 + code) if kind == _SYMBOL else (code,)
    yield from map(ord, character)
    if kind[0] == 1:
        yield from character.encode("mac_roman", "ignore")
