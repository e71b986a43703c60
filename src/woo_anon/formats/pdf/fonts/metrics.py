"""Widths of simple fonts that bring no /Widths: the standard 14 fonts, and embedded TrueType programs.

The metrics of the standard 14 fonts are Adobe's Core14 AFM files as pypdf carries them; the encodings are pypdf's too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pikepdf
from fontTools.agl import toUnicode
from fontTools.ttLib import TTFont, TTLibError
from pypdf._codecs import adobe_glyphs, charset_encoding
from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError

_TWINS = {"\u03bc": "\u00b5"}  # the letter mu stands in the metrics as the micro sign
_SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")

# Names under which PDFium and Acrobat know the standard fonts too (ISO 32000-1:2008, annex H.3 note 5.5.1 practice).
_FAMILIES = {
    "arial": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    "helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    "couriernew": ("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"),
    "courier": ("Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique"),
    "timesnewroman": ("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
    "times": ("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
}


def standard_widths(font: Any) -> list[float] | None:
    """256 widths (thousandths of the em) when /BaseFont is one of the standard 14, else None."""
    if "/FontDescriptor" in font and any(
        key in font.FontDescriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    ):
        return None
    name = _standard_name(str(font.get("/BaseFont", ""))[1:])
    if name is None:
        return None
    metrics = CORE_FONT_METRICS[name].character_widths
    encoding = encoding_of(font, _built_in(name))
    fallback = 600 if name.startswith("Courier") else 0
    plain = [_TWINS.get(character, character) for character in encoding]
    return [float(metrics.get(character, fallback)) if character else 0.0 for character in plain]


@cache
def _standard_name(base_font: str) -> str | None:
    name = _SUBSET_TAG.sub("", base_font)
    if name in CORE_FONT_METRICS:
        return name
    flat = re.sub(r"[\s,\-_]|PSMT|PS|MT", "", name)
    bold = "bold" in flat.lower()
    italic = re.search("italic|oblique", flat.lower()) is not None
    family = re.sub("bold|italic|oblique|roman$|regular", "", flat.lower())
    variants = _FAMILIES.get(family) or _FAMILIES.get(family + "roman")
    return variants[bold + 2 * italic] if variants else None


def _built_in(name: str) -> str:
    return f"/{name}" if name in {"Symbol", "ZapfDingbats"} else "/StandardEncoding"


def encoding_of(font: Any, built_in: str = "/StandardEncoding") -> list[str]:
    """The 256 characters of a simple font's codes ("" for none), by /Encoding with its /Differences."""
    encoding = font.get("/Encoding")
    base = built_in
    if encoding is not None:
        if isinstance(encoding, pikepdf.Dictionary):
            base = str(encoding.get("/BaseEncoding", built_in))
        else:
            base = str(encoding)
    table = _table(base if base in charset_encoding else built_in)
    for code, name in differences(font):
        if 0 <= code < 256:
            table[code] = adobe_glyphs.get(f"/{name}") or toUnicode(name)
    return table


def differences(font: Any) -> Iterator[tuple[int, str]]:
    """The codes to which /Differences of a simple font gives names, with these names."""
    encoding = font.get("/Encoding")
    code = 0
    for item in encoding.get("/Differences", ()) if isinstance(encoding, pikepdf.Dictionary) else ():
        if str(item).startswith("/"):
            yield code, str(item)[1:]
            code += 1
        else:
            code = int(item) if isinstance(item, (int, float, Decimal)) else 0


def _table(name: str) -> list[str]:
    # ISO 32000-2, annex D.2, notes 3 and 6: a no-break space is set as a space, a soft hyphen as a hyphen.
    stand_ins = {"\x00": "", "\xa0": " ", "\xad": "-"}
    return [stand_ins.get(character, character) for character in charset_encoding[name]]


def program_widths(font: Any) -> list[float]:
    """256 widths from an embedded TrueType program. Raises NotUnderstoodError for other programs or broken ones."""
    descriptor = font.get("/FontDescriptor", {})
    if "/FontFile2" not in descriptor:
        raise NotUnderstoodError("font:no-widths")
    try:
        program = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)
        return _true_type_widths(program, encoding_of(font))
    except (TTLibError, KeyError, AssertionError, ValueError) as error:
        raise NotUnderstoodError("font:program") from error


def _true_type_widths(program: TTFont, encoding: list[str]) -> list[float]:
    """By the rules of ISO 32000-2, 9.6.5.4: the (3, 1) table by character, else (3, 0) or (1, 0) by code."""
    tables = {(table.platformID, table.platEncID): table.cmap for table in program["cmap"].tables}
    unicode, symbol, mac = tables.get((3, 1), {}), tables.get((3, 0), {}), tables.get((1, 0), {})
    scale = 1000 / program["head"].unitsPerEm
    metrics = program["hmtx"].metrics
    widths = []
    for code, character in enumerate(encoding):
        glyph = (unicode.get(ord(character)) if len(character) == 1 else None) or symbol.get(0xF000 + code)
        glyph = glyph or symbol.get(code) or mac.get(code) or ".notdef"
        widths.append(metrics.get(glyph, (0, 0))[0] * scale)
    return widths
