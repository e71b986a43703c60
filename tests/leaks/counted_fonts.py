"""Fonts whose makers number the glyphs in the order in which a text uses them, each in a PDF of one page or more.

All glyphs are bars, as high and wide as their letter's number in Unicode says.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from fontTools.agl import UV2AGL
from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.misc import eexec
from fontTools.misc.psCharStrings import T1CharString, T2CharString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf

Make = Callable[[Pdf, str], tuple[Any, Callable[[str], bytes]]]  # the font, and how it writes a text


def width(letter: str) -> int:
    return 300 + 3 * ord(letter)


def used(text: str) -> list[str]:
    """The letters in the order of their first use."""
    return list(dict.fromkeys(text))


def _bar(letter: str) -> Any:
    pen = TTGlyphPen(None)
    if letter != " ":
        right, top = width(letter) - 50, 200 + 4 * ord(letter)
        pen.moveTo((50, 0))
        for point in ((50, top), (right, top), (right, 0)):
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def _true_type(letters: Sequence[str], characters: dict[int, int], symbolic: bool = False) -> bytes:
    """A program with the glyphs of `letters`, and a table of characters by number of the glyph."""
    names = [".notdef", *(f"n{at}" for at in range(1, len(letters) + 1))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: names[at] for code, at in characters.items()})
    builder.setupGlyf(dict(zip(names, map(_bar, [" ", *letters]), strict=True)))
    builder.setupHorizontalMetrics({name: (width(of), 50) for name, of in zip(names, [" ", *letters], strict=True)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost(keepGlyphNames=False)
    for table in builder.font["cmap"].tables:
        table.platformID, table.platEncID = (3, 0) if symbolic else (3, 1)
    builder.font["cmap"].tables = builder.font["cmap"].tables[:1]
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def _cff(letters: Sequence[str], names: Sequence[str], *, by_cid: bool = False) -> bytes:
    order = [".notdef", *names]
    programs = {name: T2CharString(program=_strokes(of)) for name, of in zip(order, [" ", *letters], strict=True)}
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({})
    builder.setupCFF("Staven", {}, programs, {})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (600, 0)))
    top = builder.font["CFF "].cff[0]
    if by_cid:
        top.ROS = ("Adobe", "Identity", 0)
        part = FontDict()
        part.Private = top.Private
        top.FDArray, top.FDSelect = FDArrayIndex(), FDSelect()
        top.FDArray.append(part)
        top.FDSelect.gidArray, top.FDSelect.format = [0] * len(order), 3
        top.CharStrings.fdArray, top.CharStrings.fdSelect = top.FDArray, top.FDSelect
        del top.Private
    return bytes(builder.font["CFF "].compile(builder.font))


def _strokes(letter: str) -> list[Any]:
    if letter == " ":
        return ["endchar"]
    across, up = width(letter) - 100, 200 + 4 * ord(letter)
    return [50, 0, "rmoveto", across, "hlineto", up, "vlineto", -across, "hlineto", "endchar"]


def _table(codes: dict[bytes, str]) -> bytes:
    size = len(next(iter(codes)))
    space = b"<%s> <%s>" % (b"00" * size, b"ff" * size)
    lines = b"\n".join(b"<%s> <%04x>" % (code.hex().encode(), ord(letter)) for code, letter in codes.items())
    return b"1 begincodespacerange %s endcodespacerange %d beginbfchar\n%s\nendbfchar" % (space, len(codes), lines)


def _descriptor(pdf: Pdf, letters: Sequence[str], **program: Any) -> Any:
    """What some makers work out from the glyphs (Ghostscript: all of it) comes from the letters."""
    heights = [200 + 4 * ord(letter) for letter in letters] or [0]
    capitals = [200 + 4 * ord(letter) for letter in letters if letter.isupper()]
    return pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=_tagged(letters),
            Flags=4 | (1 << 16 if not any(map(str.islower, letters)) else 0) | (1 << 17 if capitals else 0),
            FontBBox=Array([0, 0, max(map(width, letters), default=0), max(heights)]),
            ItalicAngle=0,
            Ascent=max(heights),
            Descent=-len(letters),
            CapHeight=max(capitals, default=0),
            XHeight=min(heights),
            StemV=len(letters),
            StemH=len(letters),
            Leading=len(letters),
            MaxWidth=max(map(width, letters), default=0),
            **program,
        )
    )


def _tagged(letters: Sequence[str]) -> Any:
    """A name whose tag comes from the glyphs, as some makers do it."""
    number = sum(ord(letter) * 7**at for at, letter in enumerate(letters))
    return Name("/" + "".join(chr(65 + number // 26**at % 26) for at in range(6)) + "+Staven")


def _type_0(pdf: Pdf, text: str, key: str, program: Any, **entries: Any) -> tuple[Any, Callable[[str], bytes]]:
    letters = used(text)
    codes = {letter: at.to_bytes(2) for at, letter in enumerate(letters, 1)}
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2 if key == "FontFile2" else Name.CIDFontType0,
        BaseFont=_tagged(letters),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=_descriptor(pdf, letters, **{key: program}),
        DW=max(map(width, letters)),
        W=Array([1, Array([width(letter) for letter in letters])]),
        **entries,
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=_tagged(letters),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(_table({code: letter for letter, code in codes.items()})),
    )
    return pdf.make_indirect(font), lambda shown: b"".join(codes[letter] for letter in shown)


def glyphs_by_number(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    program = pdf.make_stream(_true_type(used(text), {}))
    return _type_0(pdf, text, "FontFile2", program, CIDToGIDMap=Name.Identity)


def glyphs_by_a_table(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    """CIDs count upwards, glyphs downwards."""
    letters = used(text)
    program = pdf.make_stream(_true_type(letters[::-1], {}))
    table = b"".join(number.to_bytes(2) for number in (0, *range(len(letters), 0, -1)))
    return _type_0(pdf, text, "FontFile2", program, CIDToGIDMap=pdf.make_stream(table))


def cff_by_cid(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    letters = used(text)
    data = _cff(letters, [f"cid{at:05}" for at in range(1, len(letters) + 1)], by_cid=True)
    return _type_0(pdf, text, "FontFile3", pdf.make_stream(data, Subtype=Name.CIDFontType0C))


def cff_by_number(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    letters = used(text)
    data = _cff(letters, [f"glyph{at}" for at in range(1, len(letters) + 1)])
    return _type_0(pdf, text, "FontFile3", pdf.make_stream(data, Subtype=Name.CIDFontType0C))


def _simple(
    pdf: Pdf, text: str, subtype: Any, program: dict[str, Any], **entries: Any
) -> tuple[Any, Callable[[str], bytes]]:
    letters = used(text)
    codes = {letter: bytes((at,)) for at, letter in enumerate(letters, 1)}
    font = Dictionary(
        Type=Name.Font,
        Subtype=subtype,
        FirstChar=1,
        LastChar=len(letters),
        Widths=Array([width(letter) for letter in letters]),
        ToUnicode=pdf.make_stream(_table({code: letter for letter, code in codes.items()})),
        **entries,
    )
    if subtype != Name.Type3:
        font.BaseFont = _tagged(letters)
        font.FontDescriptor = _descriptor(pdf, letters, **program)
    return pdf.make_indirect(font), lambda shown: b"".join(codes[letter] for letter in shown)


def codes_of_mac(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    """As LibreOffice writes them: no encoding, a table of characters for codes."""
    letters = used(text)
    font = TTFont(io.BytesIO(_true_type(letters, {at: at for at in range(1, len(letters) + 1)})))
    for table in font["cmap"].tables:
        table.platformID, table.platEncID = 1, 0
    target = io.BytesIO()
    font.save(target)
    return _simple(pdf, text, Name.TrueType, {"FontFile2": pdf.make_stream(target.getvalue())})


def codes_of_symbols(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    letters = used(text)
    data = _true_type(letters, {0xF000 + at: at for at in range(1, len(letters) + 1)}, symbolic=True)
    return _simple(pdf, text, Name.TrueType, {"FontFile2": pdf.make_stream(data)})


def names_of_characters(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    letters = used(text)
    data = _true_type(letters, {ord(letter): at for at, letter in enumerate(letters, 1)})
    made = _simple(pdf, text, Name.TrueType, {"FontFile2": pdf.make_stream(data)}, Encoding=_encoding(_named(letters)))
    made[0].FontDescriptor.Flags = 32
    return made


def _named(letters: Sequence[str]) -> list[str]:
    return [UV2AGL[ord(letter)] for letter in letters]


def _encoding(names: Sequence[str]) -> Any:
    return Dictionary(Type=Name.Encoding, Differences=Array([1, *(Name(f"/{name}") for name in names)]))


def cff_by_name(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    names = _named(used(text))
    program = pdf.make_stream(_cff(used(text), names), Subtype=Name.Type1C)
    return _simple(pdf, text, Name.Type1, {"FontFile3": program}, Encoding=_encoding(names))


def cff_by_names_that_count(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    names = [f"g{at}" for at in range(1, len(used(text)) + 1)]
    program = pdf.make_stream(_cff(used(text), names), Subtype=Name.Type1C)
    return _simple(pdf, text, Name.Type1, {"FontFile3": program}, Encoding=_encoding(names))


_HEAD = """%!PS-AdobeFont-1.0: Staven
11 dict begin
/FontName /Staven def /FontType 1 def /PaintType 0 def /FontMatrix [0.001 0 0 0.001 0 0] readonly def
/FontBBox {0 0 1000 1000} readonly def
/Encoding 256 array
0 1 255 {1 index exch /.notdef put} for
"""
_PRIVATE = b"""dup /Private 8 dict dup begin
/RD {string currentfile exch readstring pop} executeonly def
/ND {noaccess def} executeonly def /NP {noaccess put} executeonly def
/BlueValues [] def /password 5839 def
/Subrs %d array
%s2 index /CharStrings %d dict dup begin
"""
_END = b"end\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont pop\nmark currentfile closefile\n"


def _type_1_program(letters: Sequence[str], names: Sequence[str]) -> tuple[bytes, int]:
    """The program, and the length of its clear text."""
    codes = "\n".join(f"dup {code} /{name} put" for code, name in enumerate(names, 1))
    clear = f"{_HEAD}{codes}\nreadonly def\ncurrentdict end\ncurrentfile eexec\n".encode()
    secret = bytes(4) + _PRIVATE % (*_subroutines(letters), len(names) + 1)
    for letter, name in zip([" ", *letters], [".notdef", *names], strict=True):
        strokes = _strokes(letter)[:-1]
        hint = [_number(letter), 1, 3, "callothersubr", "pop", "callsubr"]
        drawn = [*hint, *strokes, "closepath"] if strokes else []
        code = _encrypted([0, width(letter), "hsbw", *drawn, "endchar"])
        secret += b"/%s %d RD %s ND\n" % (name.encode(), len(code), code)
    return clear + eexec.encrypt(secret + _END, 55665)[0] + b"0" * 512 + b"\ncleartomark\n", len(clear)


def _number(letter: str) -> int:
    """Of the subroutine with the letter's hint: the same in every subset."""
    return 4 + ord(letter) - ord(" ")


def _subroutines(letters: Sequence[str]) -> tuple[int, bytes]:
    """How many there are, up to the last that is used, and all of them: those of other letters are empty."""
    hints = {_number(letter): [ord(letter), 20, "hstem", "return"] for letter in letters if letter != " "}
    count = max(hints, default=3) + 1
    codes = [_encrypted(hints.get(number, ["return"])) for number in range(count)]
    return count, b"".join(b"dup %d %d RD %s NP\n" % (at, len(code), code) for at, code in enumerate(codes))


def _encrypted(program: list[Any]) -> bytes:
    charstring = T1CharString(program=program)
    charstring.compile()
    return bytes(eexec.encrypt(bytes(4) + charstring.bytecode, 4330)[0])


def type_1(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    """As LibreOffice writes the fonts of OpenType programs with cubic outlines: codes that the program alone knows."""
    data, clear = _type_1_program(used(text), _named(used(text)))
    return _simple(pdf, text, Name.Type1, {"FontFile": pdf.make_stream(data, Length1=clear)})


def type_3(pdf: Pdf, text: str) -> tuple[Any, Callable[[str], bytes]]:
    letters = used(text)
    names = [f"a{at}" for at in range(1, len(letters) + 1)]
    drawn = b"%d 0 0 0 %d %d d1 50 0 %d %d re f"
    glyphs = {
        f"/{name}": pdf.make_stream(drawn % (w, w, h, w - 100, h))
        for name, letter in zip(names, letters, strict=True)
        for w, h in [(width(letter), 0 if letter == " " else 200 + 4 * ord(letter))]
    }
    return _simple(
        pdf,
        text,
        Name.Type3,
        {},
        FontBBox=Array([0, 0, 1000, 1000]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(glyphs),
        Encoding=_encoding(names),
        Resources=Dictionary(),
    )


MAKERS: list[Make] = [
    glyphs_by_number,
    glyphs_by_a_table,
    cff_by_cid,
    cff_by_number,
    codes_of_mac,
    codes_of_symbols,
    names_of_characters,
    cff_by_name,
    cff_by_names_that_count,
    type_1,
    type_3,
]


def set_in(path: Path, make: Make, lines: Sequence[str]) -> Path:
    """A page on which the lines stand in such a font."""
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font, written = make(pdf, "".join(lines))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        shown = b" ".join(b"<%s> Tj T*" % written(line).hex().encode() for line in lines)
        page.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 20 TL 72 700 Td " + shown + b" ET")
        pdf.save(path)
    return path
