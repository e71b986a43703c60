"""The boxes that stand where something was redacted: grey, with the label inside when there is one.

    ┌──────────┐    fill 0.75 grey, a hair of a darker edge inside it; the label dark, centred, along the reading
    │  5.1.2e  │    direction of the page; as small as needed, left out when it would be smaller than 4 pt
    └──────────┘

The label's font is embedded, so that a PDF/A or PDF/UA file stays one: Aileron (CC0), which Pillow carries as its own
default font, cut down to the characters that labels use.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name
from PIL import ImageFont

from woo_anon.formats.pdf.fonts import to_unicode
from woo_anon.geometry import Box

FILL_GREY = 0.75
EDGE_GREY = 0.55
INK_GREY = 0.1
SMALLEST_LABEL_PT = 4.0
LARGEST_LABEL_PT = 9.0
FONT_NAME = "AAAAAA+WooAnonLabel"


@dataclass(frozen=True)
class Drawn:
    """One box to draw: its label ("" for none) and what it says to somebody who does not see it."""

    box: Box
    label: str
    spoken: str = field(default="gelakt")


class LabelFont:
    """The embedded font of the labels, cut down to `characters`; one object in `pdf`."""

    def __init__(self, pdf: pikepdf.Pdf, characters: Iterable[str]) -> None:
        wanted = {character for character in characters if character.encode("cp1252", "ignore")} | {" "}
        cut = _cut("".join(sorted(wanted)))
        program = TTFont(io.BytesIO(cut))
        names = program.getBestCmap()
        scale = 1000 / program["head"].unitsPerEm
        metrics = program["hmtx"].metrics
        self._widths = {chr(code): metrics[name][0] * scale for code, name in names.items()}
        self.object = pdf.make_indirect(_font_dictionary(pdf, program, cut, self._widths))

    def encoded(self, text: str) -> bytes:
        """`text` as codes of this font, without the characters that it lacks."""
        return "".join(character for character in text if character in self._widths).encode("cp1252")

    def width(self, text: str) -> float:
        """Width of `text` at size 1."""
        return float(sum(self._widths.get(character, 0.0) for character in text)) / 1000


@cache
def _cut(characters: str) -> bytes:
    """Aileron with the glyphs of `characters` alone; a run has few sets of them."""
    default: Any = ImageFont.load_default(size=10)
    default.path.seek(0)
    options = subset.Options(hinting=False, notdef_outline=True, layout_features=[], name_IDs=[])
    options.drop_tables += ["FFTM"]  # time stamps of the font editor; fontTools would warn that it cannot cut it
    font = TTFont(io.BytesIO(default.path.read()), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _font_dictionary(pdf: pikepdf.Pdf, program: TTFont, cut: bytes, widths: dict[str, float]) -> Any:
    scale = 1000 / program["head"].unitsPerEm
    head, across = program["head"], program["hhea"]
    codes = {character.encode("cp1252")[0]: width for character, width in widths.items()}
    first, last = min(codes), max(codes)
    is_true_type = "glyf" in program
    data = pikepdf.Stream(pdf, cut)
    if is_true_type:
        data.Length1 = len(cut)
    else:
        data.Subtype = Name.OpenType
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + FONT_NAME),
        Flags=32,
        FontBBox=[round(number * scale) for number in (head.xMin, head.yMin, head.xMax, head.yMax)],
        ItalicAngle=0,
        Ascent=round(across.ascent * scale),
        Descent=round(across.descent * scale),
        CapHeight=700,
        StemV=80,
    )
    descriptor["/FontFile2" if is_true_type else "/FontFile3"] = data
    characters = {bytes((code,)): bytes((code,)).decode("cp1252").encode("utf-16-be") for code in codes}
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType if is_true_type else Name.Type1,
        BaseFont=Name("/" + FONT_NAME),
        FirstChar=first,
        LastChar=last,
        Widths=Array([round(codes.get(code, 0)) for code in range(first, last + 1)]),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=pdf.make_indirect(descriptor),
        ToUnicode=pikepdf.Stream(pdf, to_unicode.written(characters)),
    )


def draw(drawn: Drawn, rotation: int, font: LabelFont | None, font_name: str) -> bytes:
    """The instructions that draw one box on a page turned by `rotation` degrees."""
    box = drawn.box
    edge = min(0.5, box.width / 4, box.height / 4)
    parts = [
        f"q {FILL_GREY} g {_n(box.left)} {_n(box.bottom)} {_n(box.width)} {_n(box.height)} re f",
        f"{EDGE_GREY} G {_n(edge)} w {_n(box.left + edge / 2)} {_n(box.bottom + edge / 2)}"
        f" {_n(box.width - edge)} {_n(box.height - edge)} re S",
    ]
    if font is not None and drawn.label:
        parts.append(_label(drawn, rotation, font, font_name))
    return "\n".join([*parts, "Q"]).encode("ascii")


def _label(drawn: Drawn, rotation: int, font: LabelFont, font_name: str) -> str:
    box = drawn.box
    along, across = (box.height, box.width) if rotation % 180 else (box.width, box.height)
    wide = font.width(drawn.label)
    size = min(LARGEST_LABEL_PT, 0.75 * across, 0.92 * along / wide if wide else 0.0)
    if size < SMALLEST_LABEL_PT:
        return ""
    back, down = wide * size / 2, 0.35 * size  # from the box's middle to the start of the base line
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[rotation % 360]
    start = (x - back * cos + down * sin, y - back * sin - down * cos)
    text = font.encoded(drawn.label).hex()
    return (
        f"{INK_GREY} g BT {font_name} {_n(size)} Tf 0 Tc 0 Tw 100 Tz 0 Ts 0 Tr"
        f" {cos} {sin} {-sin} {cos} {_n(round(start[0], 2))} {_n(round(start[1], 2))} Tm <{text}> Tj ET"
    )


def _n(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
