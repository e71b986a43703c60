"""A font that keeps only what the remaining text shows does not tell the letters of what went."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pytest
import reportlab
import typst
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.misc import eexec
from fontTools.misc.psCharStrings import T2CharString
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name
from PIL import ImageFont
from redacting import redact
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as Embedded
from reportlab.pdfgen.canvas import Canvas
from scanner import places_of

from woo_anon.formats.pdf.fonts import to_unicode
from woo_anon.formats.pdf.fonts.type1_program import cut_type1
from woo_anon.formats.pdf.read import read
from woo_anon.verify import verify

SECRET = "Quxzyk"  # letters that the rest of the text does not have
REST = "De nota van is af."


def set_by_typst(path: Path, secret: str = SECRET) -> Path:
    (path.parent / "n.typ").write_text(REST.replace("van", f"van {secret}"), "utf-8")
    path.write_bytes(typst.compile(str(path.parent / "n.typ")))
    return path


def set_in_true_type(path: Path, secret: str = SECRET) -> Path:
    program = ImageFont.load_default(size=10)
    program.path.seek(0)
    font = path.parent / "aileron.ttf"
    font.write_bytes(program.path.read())
    pdfmetrics.registerFont(Embedded("Aileron", str(font)))
    canvas = Canvas(str(path))
    canvas.setFont("Aileron", 12)
    canvas.drawString(72, 700, REST.replace("van", f"van {secret}"))
    canvas.save()
    return path


def _set_in_type_1(path: Path, secret: str, face: str, name: str) -> Path:
    folder = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerTypeFace(pdfmetrics.EmbeddedType1Face(str(folder / f"{face}.afm"), str(folder / f"{face}.pfb")))
    pdfmetrics.registerFont(pdfmetrics.Font(name, name, "WinAnsiEncoding"))
    canvas = Canvas(str(path))
    canvas.setFont(name, 12)
    canvas.drawString(72, 700, REST.replace("van", f"van {secret}"))
    canvas.save()
    return path


def set_in_type_1(path: Path, secret: str = SECRET) -> Path:
    return _set_in_type_1(path, secret, "DarkGardenMK", "DarkGardenMK")


def set_in_multiple_master(path: Path, secret: str = SECRET) -> Path:
    return _set_in_type_1(path, secret, "zx______", "AdobeSansMM")


def set_in_type_1c(path: Path, secret: str = SECRET) -> Path:
    """In a bare CFF program whose glyphs are known by name."""
    text = REST.replace("van", f"van {secret}")
    names = [".notdef", *sorted({"space" if letter == " " else letter for letter in text} - {"."}), "period"]
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    squares = {
        name: T2CharString(program=[at, 0, "rmoveto", 500, "hlineto", 700, "vlineto", "endchar"])
        for at, name in enumerate(names)
    }
    builder.setupCFF("Eigen", {"FullName": "Eigen", "Notice": "Gemaakt door Quxzyk"}, squares, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    program = builder.font["CFF "].compile(builder.font)
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.Eigen,
            Flags=32,
            FontBBox=Array([0, -200, 1000, 900]),
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=700,
            StemV=80,
            FontFile3=pdf.make_stream(program, Subtype=Name.Type1C),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Eigen,
            Encoding=Name.WinAnsiEncoding,
            FirstChar=32,
            LastChar=126,
            Widths=Array([600] * 95),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
        page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
        pdf.save(path)
    return path


def outlines(path: Path) -> list[int]:
    """For each embedded font but that of the labels: how many glyphs have an outline."""
    counts = []
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary) or "/FontName" not in item or "WooAnon" in str(item.FontName):
                continue
            if "/FontFile" in item:
                counts.append(len(type_1_glyphs(item.FontFile.read_bytes())) - len({".notdef", "space"}))
            elif "/FontFile2" in item:
                glyf = TTFont(io.BytesIO(item.FontFile2.read_bytes()))["glyf"]
                counts.append(sum(glyf[name].numberOfContours != 0 for name in glyf.glyphs if name != ".notdef"))
            elif "/FontFile3" in item:
                cff = CFFFontSet()
                cff.decompile(io.BytesIO(item.FontFile3.read_bytes()), TTFont())
                strings = cff[0].CharStrings
                for name in cff[0].charset:
                    strings[name].decompile()
                counts.append(sum(len(strings[name].program) > 2 for name in cff[0].charset[1:] if name != "space"))
    return counts


EMBEDDED = [set_by_typst, set_in_true_type, set_in_type_1, set_in_multiple_master, set_in_type_1c]


def type_1_glyphs(program: bytes) -> list[bytes]:
    """The names of the glyphs in a Type 1 program."""
    private = eexec.decrypt(program[re.search(rb"currentfile eexec\s", program).end() :], 55665)[0]
    return re.findall(rb"/(\S+) \d+ (?:RD|-\|) ", private)


@pytest.mark.parametrize("make", EMBEDDED)
def test_letters_of_the_redacted_word_alone_have_no_outline_left(tmp_path: Path, make) -> None:
    source = make(tmp_path / "n.pdf")
    done = redact(source, [SECRET])
    letters = set(REST) - {" "}
    assert max(outlines(source)) >= len(letters | set(SECRET))
    assert sum(outlines(done.target)) == len(letters)
    assert "unused-glyphs" in done.written.removed


@pytest.mark.parametrize("make", EMBEDDED)
def test_the_table_of_characters_and_the_widths_do_not_tell_either(tmp_path: Path, make) -> None:
    done = redact(make(tmp_path / "n.pdf"), [SECRET])
    with pikepdf.open(done.target) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                table = item.ToUnicode.read_bytes().lower()
                assert not any(b"<%04x>" % ord(letter) in table for letter in set(SECRET) - set(REST))


@pytest.mark.parametrize("make", EMBEDDED)
def test_the_rest_of_the_text_reads_and_looks_as_before(tmp_path: Path, make) -> None:
    done = redact(make(tmp_path / "n.pdf"), [SECRET])
    assert "De nota van" in " ".join(read(done.target).text.split())
    verification = verify(done.source, done.target, done.document, done.redactions)
    assert [check.name for check in verification.checks if not check.passed] == []


@pytest.mark.parametrize(
    ("make", "family"), [(set_by_typst, "Libertinus"), (set_in_true_type, "Aileron"), (set_in_type_1, "Garden")]
)
def test_somebody_with_the_name_of_a_font_can_be_redacted(tmp_path: Path, make, family: str) -> None:
    source = make(tmp_path / "n.pdf", family)
    done = redact(source, [family])
    verification = verify(done.source, done.target, done.document, done.redactions)
    assert [check.name for check in verification.checks if not check.passed] == []
    assert places_of(family, done.target) == []


def test_ranges_and_lists_of_characters_are_cut_to_the_codes_that_are_shown() -> None:
    table = b"1 beginbfrange <0010> <0013> <0041> endbfrange 1 beginbfrange <20> <21> [<0061> <00660069>] endbfrange"
    cut = to_unicode.written({code: to for code, to in to_unicode.read(table) if code in {b"\x00\x11", b"\x21"}})
    assert b"<0011> <0042>" in cut
    assert b"<21> <00660069>" in cut
    assert b"0061" not in cut and b"<0041>" not in cut


def test_a_cff_program_forgets_the_names_of_the_glyphs_that_went_and_its_notice(tmp_path: Path) -> None:
    done = redact(set_in_type_1c(tmp_path / "n.pdf"), [SECRET])
    with pikepdf.open(done.target) as pdf:
        programs = [
            item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Type1C"
        ]
        cff = CFFFontSet()
        cff.decompile(io.BytesIO(programs[0].read_bytes()), TTFont())
    assert set(cff[0].charset) == {".notdef", "space", "period", *REST} - set(" .")
    assert not {"Notice", "FullName"} & set(cff[0].rawDict)


def test_an_accented_letter_of_type_1_keeps_the_letter_and_the_accent_it_is_put_together_of() -> None:
    data = (Path(reportlab.__file__).parent / "fonts" / "zx______.pfb").read_bytes()
    parts, at = [], 0
    while data[at + 1] != 3:  # PFB: 0x80, the kind, the length; kind 3 ends the file
        end = at + 6 + int.from_bytes(data[at + 2 : at + 6], "little")
        parts.append(data[at + 6 : end])
        at = end
    program, _ = cut_type1(b"".join(parts), lambda _: ["aacute"]).written()
    assert type_1_glyphs(program) == [b".notdef", b"a", b"aacute", b"acute"]
