"""Words in a font that does not say which letters it shows, on a page whose other text can be read."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pdf_files import drawn, lines
from pikepdf import Dictionary, Name

from woo_anon.errors import RefusedError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.read import read
from woo_anon.formats.pdf.scans.ocr import missing

NOTE = ["De minister heeft een brief gestuurd over het rapport."] * 4
NOTHING, PRIVATE = "FFFD", "F0{:02X}"  # what the font says of a code


def note(path: Path, shown: str, says: str = NOTHING, font: str = "Helvetica") -> Path:
    """A note with `shown` (instructions of a text object) in a font of which each letter is `says`, `{}` its code."""
    with pikepdf.open(drawn(path, lines(*NOTE)), allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        codes = "\n".join(f"<{code:02X}> <{says.format(code)}>" for code in range(33, 127))
        table = f"1 begincodespacerange <00> <FF> endcodespacerange 94 beginbfchar\n{codes}\nendbfchar"
        page.obj.Resources.Font.F9 = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{font}"), ToUnicode=pdf.make_stream(table.encode())
        )
        page.contents_add(f"BT /F9 12 Tf 50 80 Td {shown} ET".encode())
        pdf.save(path)
    return path


@pytest.mark.parametrize("says", [NOTHING, PRIVATE])
@pytest.mark.parametrize("shown", ["(Wortelboer) Tj", "[(W) 20 (o)] TJ", "(W) Tj (o) Tj", "0 1 -1 0 50 80 Tm (Wo) Tj"])
def test_a_word_that_no_font_explains_is_refused_without_ocr(shown: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="which letters"):
        read(note(tmp_path / "a.pdf", shown, says), Access(ocr=False))


@pytest.mark.parametrize(
    ("shown", "font"),
    [
        ("(l) Tj", "Helvetica"),
        ("(l) Tj 0 -14 Td (n) Tj", "Helvetica"),
        ("(a) Tj 30 0 Td (b) Tj 30 0 Td (c) Tj", "Helvetica"),
        ("(a b c) Tj", "Helvetica"),
        ("(..........) Tj", "Helvetica"),
        ("(46) Tj", "ZapfDingbats"),
    ],
    ids=["a bullet", "bullets of two lines", "icons", "icons with blanks", "a leader", "ticks"],
)
def test_signs_that_no_font_explains_leave_the_page_as_it_is(shown: str, font: str, tmp_path: Path) -> None:
    document = read(note(tmp_path / "a.pdf", shown, PRIVATE, font), Access(ocr=False))
    assert document.text.count("minister") == len(NOTE)


def test_a_word_that_no_font_explains_and_nobody_sees_leaves_the_page_as_it_is(tmp_path: Path) -> None:
    document = read(note(tmp_path / "a.pdf", "1 g (Wortelboer) Tj"), Access(ocr=False))
    assert document.recognised_pages == ()


@pytest.mark.skipif(missing() is not None, reason="OCR reads it")
def test_the_page_with_such_a_word_is_read_by_ocr(tmp_path: Path) -> None:
    document = read(note(tmp_path / "a.pdf", "(Wortelboer) Tj"))
    assert document.recognised_pages == (1,)
    assert "Wortelboer" in document.text
