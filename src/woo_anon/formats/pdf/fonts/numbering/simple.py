"""Simple fonts: codes of one byte get the numbers 1, 2, 3 … in the order in which the text that is left uses them.

Codes of a standard encoding are the same in every document: those stay, and of the program only the order of the glyphs
changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

from woo_anon.formats.pdf.fonts import to_unicode
from woo_anon.formats.pdf.fonts.dictionary import put_widths
from woo_anon.formats.pdf.fonts.metrics import encoding_of
from woo_anon.formats.pdf.fonts.numbering.by_character import number_by_character
from woo_anon.formats.pdf.fonts.numbering.by_name import number_by_name
from woo_anon.formats.pdf.fonts.numbering.numbered import Codes, KeptError, Numbered, texts_of
from woo_anon.formats.pdf.fonts.use import Use, program_of

_SPACE = 32


def number_simple(use: Use, *, is_spaced: bool) -> Numbered:
    """New numbers for a simple font that shares nothing; code 32 stays when it `is_spaced`. Raises KeptError when it
    keeps its numbers."""
    font, old = use.font, use.single_bytes
    texts = _texts(font)
    fixed = _is_fixed(font, old, texts)
    new = {code: code for code in old} if fixed else dict(_assigned(old, is_spaced=is_spaced))
    codes = Codes(new, texts, fixed)
    descriptor, key = program_of(font)
    is_true_type = font.Subtype != Name.Type3 and key == "/FontFile2"
    program, put_names = (number_by_character if is_true_type else number_by_name)(use, codes, descriptor, key)

    def put(pdf: pikepdf.Pdf) -> None:
        put_names()
        if not fixed:
            _put_codes(pdf, font, codes)

    table = bytes(new.get(code, code) for code in range(256))
    return Numbered((use,), {} if fixed else {font.objgen: lambda text: text.translate(table)}, program, put)


def _texts(font: Any) -> dict[int, bytes]:
    """What the font says that its codes mean, in UTF-16."""
    return {code[0]: text for code, text in texts_of(font).items() if len(code) == 1}


def _is_fixed(font: Any, codes: Iterable[int], texts: Mapping[int, bytes]) -> bool:
    """Whether all codes are those that a standard encoding gives their characters, or those of a font of symbols."""
    named = encoding_of(font)
    shown = {code: texts[code].decode("utf-16-be", "replace") if code in texts else named[code] for code in codes}
    if all(text == chr(0xF000 + code) for code, text in shown.items()):
        return True
    plain = {code: _plain(text) for code, text in shown.items()}
    return any(all(table[code] == text for code, text in plain.items()) for table in _standard())


@cache
def _standard() -> list[list[str]]:
    names = (Name.WinAnsiEncoding, Name.MacRomanEncoding, Name.StandardEncoding, Name.PDFDocEncoding)
    return [list(map(_plain, encoding_of(Dictionary(Encoding=name)))) for name in names]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\xad", "-")


def _assigned(codes: Iterable[int], *, is_spaced: bool) -> Iterator[tuple[int, int]]:
    free = (code for code in range(1, 256) if code != _SPACE)
    for code in codes:
        number = _SPACE if is_spaced and code == _SPACE else next(free, None)
        if number is None:
            raise KeptError("too many codes")
        yield code, number


def _put_codes(pdf: pikepdf.Pdf, font: Any, codes: Codes) -> None:
    if "/ToUnicode" in font:
        texts = {bytes((codes.new[code],)): text for code, text in codes.texts.items() if code in codes.new}
        font.ToUnicode = Stream(pdf, to_unicode.written(texts))
    if "/Widths" not in font:
        return
    old = dict(enumerate(font.Widths, int(font.get("/FirstChar", 0))))
    put_widths(font, {new: old.get(code, 0) for code, new in codes.new.items()})
