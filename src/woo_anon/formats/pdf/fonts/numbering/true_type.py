"""Puts the glyphs of a TrueType program in another order (ISO/IEC 14496-22, 5.2 and 5.3).

    before   .notdef  B  e  s  t  ·  J  a  n      the order in which a document used them first, or that of the typeface
    after    .notdef  B  e  s  t  a  n            .notdef, then as asked

Outlines stay to the byte. What makers work out from the glyphs that they put in, such as the smallest box around all,
is worked out anew; tables that a PDF does not need go (ISO 32000-2, 9.9.1).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from woo_anon.formats.pdf.fonts.numbering.numbered import Program

_COPIED = ("cvt ", "fpgm", "prep")
_WORDS, _SCALE, _MORE, _TWO_SCALES, _FOUR_SCALES = 0x01, 0x08, 0x20, 0x40, 0x80  # flags of a part of a glyph
_INSTRUCTIONS = 0x100

Characters = Mapping[tuple[int, int], Mapping[int, int]]  # by platform and encoding: codes with the numbers of glyphs


@dataclass(frozen=True)
class _Glyph:
    """A glyph's bytes, and where in them the numbers of its parts stand."""

    data: bytes
    parts: tuple[int, ...] = ()

    @property
    def box(self) -> tuple[int, int, int, int]:
        left, bottom, right, top = struct.unpack(">4h", self.data[2:10])
        return left, bottom, right, top

    def part(self, at: int) -> int:
        return int.from_bytes(self.data[at : at + 2])

    @property
    def contours(self) -> int:
        return int.from_bytes(self.data[:2], signed=True) if self.data else 0

    @property
    def points(self) -> int:
        end = 10 + 2 * self.contours
        return int.from_bytes(self.data[end - 2 : end]) + 1 if self.contours > 0 else 0


def reordered(data: bytes, numbers: Sequence[int], characters: Characters | None = None) -> Program:
    """The program with the glyphs `numbers` as 1, 2, 3 …, and after them those that they are put together of.

    `characters` are the tables of characters to write, by the new numbers. Raises what `struct` and fontTools raise for
    programs that are broken.
    """
    tables = SFNTReader(io.BytesIO(data))
    head, across, most = (bytearray(tables[tag]) for tag in ("head", "hhea", "maxp"))
    order = [0, *numbers]
    new = {number: at for at, number in reversed(list(enumerate(order)))}
    spans = _spans(tables["loca"], is_long=head[51] == 1)
    outlines = tables["glyf"]
    glyphs: list[_Glyph] = []
    for number in order:  # which grows
        start, end = spans[number]
        glyph = _Glyph(outlines[start:end], tuple(_parts(outlines[start:end])))
        renamed = bytearray(glyph.data)
        for at in glyph.parts:
            if glyph.part(at) not in new:
                new[glyph.part(at)] = len(order)
                order.append(glyph.part(at))
            renamed[at : at + 2] = new[glyph.part(at)].to_bytes(2)
        glyphs.append(_Glyph(bytes(renamed), glyph.parts))
    metrics = _metrics(tables["hmtx"], int.from_bytes(across[34:36]), order)
    box = _put_bounds(head, across, glyphs, metrics)
    _put_maxima(most, glyphs)
    head[20:36] = bytes(16)  # when it was made and changed: some makers put there when the document was made
    head[50:52] = (1).to_bytes(2)  # long offsets
    written = {tag: tables[tag] for tag in _COPIED if tag in tables}
    written |= {"head": bytes(head), "hhea": bytes(across), "maxp": bytes(most)}
    written["hmtx"] = b"".join(struct.pack(">Hh", *metric) for metric in metrics)
    written["glyf"], written["loca"] = _joined([glyph.data for glyph in glyphs])
    if characters:
        written["cmap"] = _characters(characters, len(order))
    em = int.from_bytes(head[18:20])
    left, bottom, right, top = (number * 1000 / em for number in box)
    return Program(_saved(written), (int(left // 1), int(bottom // 1), int(-(-right // 1)), int(-(-top // 1))))


def _spans(table: bytes, *, is_long: bool) -> list[tuple[int, int]]:
    """Where each glyph begins and ends."""
    if is_long:
        offsets = [at for (at,) in struct.iter_unpack(">L", table[: len(table) // 4 * 4])]
    else:
        offsets = [2 * at for (at,) in struct.iter_unpack(">H", table[: len(table) // 2 * 2])]
    return list(pairwise(offsets))


def _parts(data: bytes) -> Iterator[int]:
    """Where in a composite glyph the numbers of its parts stand."""
    if not data or data[0] < 0x80:
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        flags = int.from_bytes(data[at : at + 2])
        if at + 4 > len(data):
            raise ValueError("a glyph without an end")
        yield at + 2
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _FOUR_SCALES else 0


def _metrics(table: bytes, count: int, order: Sequence[int]) -> list[tuple[int, int]]:
    """Advance and left side bearing of the glyphs `order`; from `count` on all have one advance."""
    metrics = []
    for number in order:
        at = 4 * min(number, count - 1)
        bearing = at + 2 if number < count else 4 * count + 2 * (number - count)
        metrics.append((int.from_bytes(table[at : at + 2]), int.from_bytes(table[bearing : bearing + 2], signed=True)))
    return metrics


def _put_bounds(
    head: bytearray, across: bytearray, glyphs: Sequence[_Glyph], metrics: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    """Write the box around all glyphs and the extremes of their metrics. Returns the box."""
    inked = [(glyph.box, metric) for glyph, metric in zip(glyphs, metrics, strict=True) if glyph.data]
    boxes = [box for box, _ in inked] or [(0, 0, 0, 0)]
    sides = list(zip(*boxes, strict=True))
    box = (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
    struct.pack_into(">4h", head, 36, *box)
    widths = [bearing + right - left for (left, _, right, _), (_, bearing) in inked]
    rights = [advance - width for width, (_, (advance, _)) in zip(widths, inked, strict=True)]
    struct.pack_into(">H", across, 10, max(advance for advance, _ in metrics))
    lefts = [bearing for _, (_, bearing) in inked]
    extremes = (min(lefts, default=0), min(rights, default=0), max(widths, default=0))
    struct.pack_into(">3h", across, 12, *(max(-0x8000, min(number, 0x7FFF)) for number in extremes))
    struct.pack_into(">H", across, 34, len(metrics))
    return box


def _put_maxima(most: bytearray, glyphs: Sequence[_Glyph]) -> None:
    """Write how much the largest glyph needs; what the instructions need stays, but for their length."""
    struct.pack_into(">H", most, 4, len(glyphs))
    if len(most) < 32:
        return
    plain = [glyph for glyph in glyphs if not glyph.parts]
    sums = [_sum(glyphs, glyph, 0) for glyph in glyphs if glyph.parts] or [(0, 0, 0)]
    points, contours, depths = (max(column) for column in zip(*sums, strict=True))
    simple = (max((g.points for g in plain), default=0), max((g.contours for g in plain), default=0))
    struct.pack_into(">4H", most, 6, *simple, points, contours)
    lengths = [_instructions(glyph) for glyph in glyphs]
    parts = max(len(glyph.parts) for glyph in glyphs)
    struct.pack_into(">3H", most, 26, max(lengths), parts, depths)


def _sum(glyphs: Sequence[_Glyph], glyph: _Glyph, depth: int) -> tuple[int, int, int]:
    """Points, contours and levels of a glyph with its parts."""
    if not glyph.parts:
        return glyph.points, max(glyph.contours, 0), depth
    sums = [_sum(glyphs, glyphs[glyph.part(at)], depth + 1) for at in glyph.parts]
    points, contours, depths = zip(*sums, strict=True)
    return sum(points), sum(contours), max(depths)


def _instructions(glyph: _Glyph) -> int:
    """How many bytes of instructions a glyph has."""
    if glyph.contours > 0:
        at = 10 + 2 * glyph.contours
        return int.from_bytes(glyph.data[at : at + 2])
    if not glyph.parts:
        return 0
    last = glyph.parts[-1] - 2
    flags = int.from_bytes(glyph.data[last : last + 2])
    at = last + (8 if flags & _WORDS else 6)
    at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _FOUR_SCALES else 0
    return int.from_bytes(glyph.data[at : at + 2]) if flags & _INSTRUCTIONS else 0


def _joined(glyphs: Sequence[bytes]) -> tuple[bytes, bytes]:
    """The tables `glyf` and, with long offsets, `loca`."""
    padded = [glyph + bytes(-len(glyph) % 4) for glyph in glyphs]
    offsets = [0]
    for glyph in padded:
        offsets.append(offsets[-1] + len(glyph))
    # An empty table is refused by some readers.
    return b"".join(padded) or b"\0", struct.pack(f">{len(offsets)}L", *offsets)


def _characters(characters: Characters, count: int) -> bytes:
    owner = TTFont()
    names = [f"g{at:05}" if at else ".notdef" for at in range(count)]
    owner.setGlyphOrder(names)
    cmap = newTable("cmap")
    cmap.tableVersion, cmap.tables = 0, []
    for (platform, encoding), codes in sorted(characters.items()):
        small = platform == 1 and max([*codes, *codes.values()], default=0) < 256
        table = CmapSubtable.newSubtable(0 if small else 4)
        table.platformID, table.platEncID, table.language = platform, encoding, 0
        table.cmap = {code: names[number] for code, number in codes.items()}
        cmap.tables.append(table)
    return bytes(cmap.compile(owner))


def _saved(tables: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    writer = SFNTWriter(target, len(tables), "\0\1\0\0")
    for tag, table in sorted(tables.items()):
        writer[tag] = table
    writer.close()
    return target.getvalue()


def outlines(data: bytes) -> int:
    """How many glyphs of a program have an outline, .notdef aside."""
    tables = SFNTReader(io.BytesIO(data))
    return sum(start < end for start, end in _spans(tables["loca"], is_long=tables["head"][51] == 1)[1:])


def characters_of(data: bytes) -> dict[tuple[int, int], dict[int, int]]:
    """The tables of characters of a program, with the numbers of glyphs."""
    program = TTFont(io.BytesIO(data), lazy=True)
    tables = program["cmap"].tables if "cmap" in program else ()
    return {
        (table.platformID, table.platEncID): {code: program.getGlyphID(name) for code, name in table.cmap.items()}
        for table in tables
    }
