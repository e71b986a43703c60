"""A font that keeps only what the remaining text shows does not tell the letters of what went."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
import typst
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont
from PIL import ImageFont
from redacting import redact
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as Embedded
from reportlab.pdfgen.canvas import Canvas
from scanner import places_of

from woo_anon.formats.pdf import to_unicode
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


def outlines(path: Path) -> list[int]:
    """For each embedded font but that of the labels: how many glyphs have an outline."""
    counts = []
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary) or "/FontName" not in item or "WooAnon" in str(item.FontName):
                continue
            if "/FontFile2" in item:
                glyf = TTFont(io.BytesIO(item.FontFile2.read_bytes()))["glyf"]
                counts.append(sum(glyf[name].numberOfContours != 0 for name in glyf.glyphs if name != ".notdef"))
            elif "/FontFile3" in item:
                cff = CFFFontSet()
                cff.decompile(io.BytesIO(item.FontFile3.read_bytes()), TTFont())
                strings = cff[0].CharStrings
                for name in cff[0].charset:
                    strings[name].decompile()
                counts.append(sum(len(strings[name].program) > 2 for name in cff[0].charset[1:]))
    return counts


@pytest.mark.parametrize("make", [set_by_typst, set_in_true_type])
def test_letters_of_the_redacted_word_alone_have_no_outline_left(tmp_path: Path, make) -> None:
    source = make(tmp_path / "n.pdf")
    done = redact(source, [SECRET])
    letters = set(REST) - {" "}
    assert max(outlines(source)) >= len(letters | set(SECRET))
    assert sum(outlines(done.target)) == len(letters)
    assert "unused-glyphs" in done.written.removed


@pytest.mark.parametrize("make", [set_by_typst, set_in_true_type])
def test_the_table_of_characters_and_the_widths_do_not_tell_either(tmp_path: Path, make) -> None:
    done = redact(make(tmp_path / "n.pdf"), [SECRET])
    with pikepdf.open(done.target) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                table = item.ToUnicode.read_bytes().lower()
                assert not any(b"<%04x>" % ord(letter) in table for letter in set(SECRET) - set(REST))


@pytest.mark.parametrize("make", [set_by_typst, set_in_true_type])
def test_the_rest_of_the_text_reads_and_looks_as_before(tmp_path: Path, make) -> None:
    done = redact(make(tmp_path / "n.pdf"), [SECRET])
    assert "De nota van" in " ".join(read(done.target).text.split())
    verification = verify(done.source, done.target, done.document, done.redactions)
    assert [check.name for check in verification.checks if not check.passed] == []


@pytest.mark.parametrize(("make", "family"), [(set_by_typst, "Libertinus"), (set_in_true_type, "Aileron")])
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
