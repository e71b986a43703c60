"""Setting text as an accessible PDF with typst: what its fonts can show, what stands for other characters, and the PDF.

Text goes in as data, never as markup; the same data gives the same bytes: typst's own fonts, no clock, no network.

A character without a glyph is written as `[U+1F600 grinning face]`, one of a script that we do not set as `[U+6F22]`.
Letters that run from right to left are among these, for what a program takes from the page of them does not keep its
order; and marks that make no letter of their own with the one before, for they are taken twice.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from woo_anon.errors import OutputError

# Libertinus Serif, New Computer Modern (OFL, GUST) and DejaVu Sans Mono (Bitstream Vera), within typst's own library.
FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
STANDARDS: Any = ["ua-1", "a-2a"]  # of literals, says typst; a list of some of them is none of all, says mypy
_PROBE = b"""#set document(title: "x")
#set text(lang: "nl", font: json(bytes(sys.inputs.fonts)), fallback: false)
#text(sys.inputs.text)"""
_FROM_RIGHT = {"R", "AL", "AN", "RLE", "RLO", "RLI"}
_IDEOGRAPHS = range(
    0x2E80, 0xFE00
)  # with Hangul, surrogates, the private area, presentation forms: none is in the fonts


def as_pdf(template: bytes, data: Mapping[str, object], what: str) -> bytes:
    """The PDF (PDF/UA-1, PDF/A-2a) that `template` makes of `data`, which it finds as JSON in `sys.inputs.data`.

    Raises OutputError, which names `what`, when that cannot be set.
    """
    import typst

    try:
        pdf: bytes = typst.compile(
            template,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=0,
        )
    except typst.TypstError as error:
        # Its message may quote the text.
        raise OutputError(f"{what} could not be set as a PDF.") from error
    return pdf


def without_glyphs(text: str) -> frozenset[str]:
    """The characters of `text` that cannot be shown."""
    odd = sorted({character for character in unicodedata.normalize("NFC", text) if ord(character) > 0x17F})
    return frozenset(character for character in odd if not _is_shown(character))


def written_out(text: str, missing: Iterable[str]) -> str:
    """`text`, composed (NFC), with its `missing` characters by number, and by name where the name says something."""
    text = unicodedata.normalize("NFC", text)
    for character in missing:
        text = text.replace(character, _name(character))
    return text


def _name(character: str) -> str:
    name = unicodedata.name(character, "") if unicodedata.category(character)[0] in "SP" else ""
    return f"[U+{ord(character):04X}{' ' if name else ''}{name.lower()}]"


@lru_cache(maxsize=5_000)
def _is_shown(character: str) -> bool:
    if unicodedata.bidirectional(character) in _FROM_RIGHT or ord(character) in _IDEOGRAPHS:
        return False
    if unicodedata.category(character)[0] == "M":
        return False
    import typst

    try:
        typst.compile(
            _PROBE,
            sys_inputs={"text": character, "fonts": _fonts()},
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return True


@cache
def _fonts() -> str:
    return json.dumps(FONTS)
