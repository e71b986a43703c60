"""Fonts as far as geometry needs them: how a string splits into codes and how far each code advances.

    simple font      one byte a code; /Widths, else the metrics of the standard 14 fonts, else the embedded program
    Type 3           one byte a code; /Widths through /FontMatrix
    Type 0           codes by the CMap (embedded: `cmap.py`, or named: `predefined.py`), widths by CID from /W and /DW;
                     in vertical writing how far each goes down, from /W2 and /DW2

Widths are in units of text space for a font of size 1 (a width of 500 in the file is 0.5 here), ISO 32000-2, 9.2.4.
What is not understood raises NotUnderstoodError with a `font:` code; the caller decides whether it matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import pikepdf

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.fonts.cmap import CMap, embedded
from woo_anon.formats.pdf.fonts.metrics import program_widths, standard_widths
from woo_anon.formats.pdf.fonts.predefined import predefined

Code = tuple[bytes, float, bool]  # the bytes, the advance along the writing, whether word spacing applies
Vertical = tuple[float, float, float]  # displacement along y, then the position vector (ISO 32000-2, 9.7.4.3)


class Font(Protocol):
    """What the interpreter asks of a font. `em` is the height of the em in text space at size 1; a `vertical` font
    advances along y, by negative numbers downwards."""

    @property
    def em(self) -> float: ...

    @property
    def vertical(self) -> bool: ...

    def split(self, data: bytes) -> Iterable[Code]:
        """The codes of a shown string, in order."""
        ...


@dataclass(frozen=True, slots=True)
class SimpleFont:
    """One byte a code; `codes` holds the 256 answers ready-made."""

    codes: tuple[Code, ...]
    em: float = 1.0
    vertical: bool = False

    def split(self, data: bytes) -> Iterable[Code]:
        codes = self.codes
        return [codes[byte] for byte in data]


@dataclass(frozen=True, slots=True)
class CompositeFont:
    """Codes of one to four bytes, mapped to CIDs that have widths, and metrics for vertical writing."""

    cmap: CMap
    widths: dict[int, float]
    default: float
    verticals: dict[int, Vertical]
    down: float = -1.0
    em: float = 1.0

    @property
    def vertical(self) -> bool:
        return self.cmap.vertical

    def split(self, data: bytes) -> Iterable[Code]:
        for code, cid in self.cmap.split(data):
            # ISO 32000-2, 9.3.3: word spacing applies to the single-byte code 32 only.
            yield code, self._advance(cid), code == b" "

    def _advance(self, cid: int) -> float:
        if self.vertical:
            return self.verticals[cid][0] if cid in self.verticals else self.down
        return self.widths.get(cid, self.default)

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
    if isinstance(font.get("/Widths"), pikepdf.Array):
        descriptor = font.get("/FontDescriptor", {})
        return SimpleFont(_ready(_width_array(font, _number(descriptor.get("/MissingWidth"))), 0.001))
    widths = standard_widths(font)
    if widths is None:
        widths = program_widths(font)
    return SimpleFont(_ready(widths, 0.001))


def _type3(font: Any) -> SimpleFont:
    a, b, _, d, *_ = (float(number) for number in font.FontMatrix)
    box = [float(number) for number in font.get("/FontBBox", (0, 0, 0, 0))]
    low, high = sorted((box[1] * d, box[3] * d))
    # Glyphs that run to the left, turn, or hang from the base line have their core elsewhere.
    if a <= 0 or abs(b) > 1e-9 or -low > high:
        raise NotUnderstoodError("font:type3-matrix")
    return SimpleFont(_ready(_width_array(font, 0.0), a), em=high - low if high - low > 0.01 else 1.0)


def _width_array(font: Any, missing: float) -> list[float]:
    """256 widths. Where /Widths and /LastChar disagree, what both have holds, as with PDFium."""
    widths = [missing] * 256
    first = int(font.get("/FirstChar", 0))
    last = int(font.get("/LastChar", 0)) or 255
    for code, width in enumerate(font.Widths, start=first):
        if 0 <= code <= min(last, 255):
            widths[code] = _number(width)
    return widths


def _number(value: Any) -> float:
    """A number of the file; 0 for what is none, as with PDFium."""
    return float(value) if isinstance(value, (int, float, Decimal)) else 0.0


def _ready(widths: list[float], scale: float) -> tuple[Code, ...]:
    return tuple((bytes((code,)), width * scale, code == 32) for code, width in enumerate(widths))


def _composite(font: Any) -> CompositeFont:
    descendant = font.DescendantFonts[0]
    default = _number(descendant.get("/DW", 1000)) / 1000
    widths = {cid: width for cid, (width,) in _by_cid(descendant.get("/W"), 1).items()}
    verticals = {cid: (down, x, y) for cid, (down, x, y) in _by_cid(descendant.get("/W2"), 3).items()}
    _, down = descendant.get("/DW2", (880, -1000))
    return CompositeFont(_encoding(font.Encoding), widths, default, verticals, _number(down) / 1000)


def _encoding(encoding: Any) -> CMap:
    if isinstance(encoding, pikepdf.Stream):
        return embedded(encoding, predefined)
    return predefined(str(encoding)[1:])


def _by_cid(array: Any, size: int) -> dict[int, tuple[float, ...]]:
    """The /W or /W2 array (ISO 32000-2, 9.7.4.3): `c [w …]` for consecutive CIDs, or `first last w` for a range, where
    a w is `size` numbers; here in ems. Where two speak of a CID the first holds, as with PDFium."""
    items = list(array) if isinstance(array, pikepdf.Array) else []
    metrics: dict[int, tuple[float, ...]] = {}
    at = 0
    while at + 1 < len(items):
        first = int(_number(items[at]))
        if isinstance(items[at + 1], pikepdf.Array):
            numbers = _ems(items[at + 1])
            for n in range(len(numbers) // size):
                metrics.setdefault(first + n, numbers[n * size : (n + 1) * size])
            at += 2
            continue
        last = min(int(_number(items[at + 1])), 0xFFFF)
        numbers = _ems(items[at + 2 : at + 2 + size])
        for cid in range(max(first, 0), last + 1) if len(numbers) == size else ():
            metrics.setdefault(cid, numbers)
        at += 2 + size
    return metrics


def _ems(numbers: Any) -> tuple[float, ...]:
    return tuple(_number(number) / 1000 for number in numbers)
