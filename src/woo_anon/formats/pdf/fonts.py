"""Fonts as far as geometry needs them: how a string splits into codes and how far each code advances.

    simple font      one byte a code; /Widths, else the metrics of the standard 14 fonts, else the embedded program
    Type 3           one byte a code; /Widths through /FontMatrix
    Type 0           codes by the CMap (Identity-H, or embedded: `cmap.py`), widths by CID from /W and /DW

Widths are in units of text space for a font of size 1 (a width of 500 in the file is 0.5 here), ISO 32000-2, 9.2.4.
What is not understood raises NotUnderstoodError with a `font:` code; the caller decides whether it matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import pikepdf

from woo_anon.formats.pdf.cmap import CMap, identity, parse_cmap
from woo_anon.formats.pdf.doubt import NotUnderstoodError
from woo_anon.formats.pdf.font_metrics import program_widths, standard_widths

Code = tuple[bytes, float, bool]  # the bytes, the width, whether word spacing applies


class Font(Protocol):
    """What the interpreter asks of a font. `em` is the height of the em in text space at size 1."""

    @property
    def em(self) -> float: ...

    def split(self, data: bytes) -> Iterable[Code]:
        """The codes of a shown string, in order."""
        ...


@dataclass(frozen=True, slots=True)
class SimpleFont:
    """One byte a code; `codes` holds the 256 answers ready-made."""

    codes: tuple[Code, ...]
    em: float = 1.0

    def split(self, data: bytes) -> Iterable[Code]:
        codes = self.codes
        return [codes[byte] for byte in data]


@dataclass(frozen=True, slots=True)
class CompositeFont:
    """Codes of one to four bytes, mapped to CIDs that have widths."""

    cmap: CMap
    widths: dict[int, float]
    default: float
    em: float = 1.0

    def split(self, data: bytes) -> Iterable[Code]:
        for code, cid in self.cmap.split(data):
            # ISO 32000-2, 9.3.3: word spacing applies to the single-byte code 32 only.
            yield code, self.widths.get(cid, self.default), code == b" "

    def cids(self, codes: Iterable[bytes]) -> set[int]:
        """The CIDs of some codes."""
        return {cid for code in codes for _, cid in self.cmap.split(code)}


def load_font(font: Any) -> Font:
    """The geometry of a font dictionary. Raises NotUnderstoodError for what cannot be followed."""
    subtype = str(font.get("/Subtype", ""))
    try:
        if subtype == "/Type0":
            return _composite(font)
        if subtype == "/Type3":
            return _type3(font)
        return _simple(font)
    except (pikepdf.PdfError, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise NotUnderstoodError("font:broken") from error


def _simple(font: Any) -> SimpleFont:
    if "/Widths" in font:
        descriptor = font.get("/FontDescriptor", {})
        return SimpleFont(_ready(_width_array(font, float(descriptor.get("/MissingWidth", 0))), 0.001))
    widths = standard_widths(font)
    if widths is None:
        widths = program_widths(font)
    return SimpleFont(_ready(widths, 0.001))


def _type3(font: Any) -> SimpleFont:
    matrix = [float(number) for number in font.FontMatrix]
    if abs(matrix[1]) > 1e-9 or matrix[0] == 0:
        raise NotUnderstoodError("font:type3-matrix")
    box = [float(number) for number in font.get("/FontBBox", (0, 0, 0, 0))]
    height = abs((box[3] - box[1]) * matrix[3])
    return SimpleFont(_ready(_width_array(font, 0.0), matrix[0]), em=height if height > 0.01 else 1.0)


def _width_array(font: Any, missing: float) -> list[float]:
    widths = [missing] * 256
    first = int(font.get("/FirstChar", 0))
    for code, width in enumerate(font.Widths, start=first):
        if 0 <= code < 256:
            widths[code] = float(width)
    return widths


def _ready(widths: list[float], scale: float) -> tuple[Code, ...]:
    return tuple((bytes((code,)), width * scale, code == 32) for code, width in enumerate(widths))


def _composite(font: Any) -> CompositeFont:
    descendant = font.DescendantFonts[0]
    cmap = _encoding(font.Encoding)
    if cmap.vertical:
        raise NotUnderstoodError("font:vertical")
    default = float(descendant.get("/DW", 1000)) / 1000
    return CompositeFont(cmap, _cid_widths(descendant.get("/W", ())), default)


def _encoding(encoding: Any) -> CMap:
    if isinstance(encoding, pikepdf.Stream):
        return parse_cmap(encoding.read_bytes(), encoding.get("/UseCMap"))
    if str(encoding) in {"/Identity-H", "/Identity-V"}:
        return identity(vertical=str(encoding) == "/Identity-V")
    raise NotUnderstoodError("font:predefined-cmap")


def _cid_widths(array: Any) -> dict[int, float]:
    """The /W array (ISO 32000-2, 9.7.4.3): `c [w …]` for consecutive CIDs, or `first last w` for a range."""
    widths: dict[int, float] = {}
    items = list(array)
    at = 0
    while at < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], pikepdf.Array):
            widths.update((first + n, float(width) / 1000) for n, width in enumerate(items[at + 1]))
            at += 2
            continue
        last = min(int(items[at + 1]), first + 65535)
        widths.update(dict.fromkeys(range(first, last + 1), float(items[at + 2]) / 1000))
        at += 3
    return widths
