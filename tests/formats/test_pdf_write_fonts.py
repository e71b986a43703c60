"""Fonts: codes and widths as the standard says, and redaction in fonts of every kind that is understood."""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name, Pdf

sys.path.append(str(Path(__file__).parents[1] / "leaks"))

from attacks import make
from redacting import redact
from scanner import places_of

from woo_anon.formats.pdf.fonts.font import load_font
from woo_anon.formats.pdf.read import read
from woo_anon.verify import verify


def _widths(font: pikepdf.Object, data: bytes) -> list[float]:
    return [round(width * 1000, 3) for _, width, _ in load_font(font).split(data)]


@pytest.mark.parametrize(
    ("name", "width"), [("Helvetica", 667), ("Arial,Bold", 722), ("TimesNewRomanPSMT", 722), ("Courier", 600)]
)
def test_a_standard_font_has_adobes_widths(name: str, width: int) -> None:
    assert _widths(Dictionary(Subtype=Name.Type1, BaseFont=Name(f"/{name}")), b"A") == [width]


def test_differences_change_the_width_of_a_code() -> None:
    encoding = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=Array([65, Name.i]))
    assert _widths(Dictionary(Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=encoding), b"AB") == [222, 667]


def test_codes_outside_the_widths_have_the_missing_width() -> None:
    font = Dictionary(
        Subtype=Name.TrueType, FirstChar=65, Widths=Array([500]), FontDescriptor=Dictionary(MissingWidth=250)
    )
    assert _widths(font, b"AB") == [500, 250]


def test_widths_of_cids_come_as_lists_and_ranges() -> None:
    inner = Dictionary(DW=900, W=Array([3, Array([100, 200]), 10, 12, 300]))
    font = Dictionary(Subtype=Name.Type0, Encoding=Name("/Identity-H"), DescendantFonts=Array([inner]))
    assert _widths(font, b"\0\x03\0\x04\0\x0b\0\x63") == [100, 200, 300, 900]


def test_a_name_in_a_type_3_font_goes(tmp_path: Path) -> None:
    def type3(pdf: Pdf, page: pikepdf.Page) -> None:
        square = pdf.make_stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
        to_unicode = pdf.make_stream(
            b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <41> <5A> <0041> endbfrange"
        )
        page.obj.Resources.Font.T3 = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, -200, 600, 800]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(a=square),
            Encoding=Dictionary(Differences=Array([65, *[Name.a] * 26])),
            FirstChar=65,
            LastChar=90,
            Widths=Array([600] * 26),
            ToUnicode=to_unicode,
        )

    source = make(
        tmp_path / "note.pdf", type3, "BT /T3 12 Tf 72 700 Td (VAN) Tj 30 0 Td (OKKERSE) Tj 80 0 Td (DUS) Tj ET"
    )
    done = redact(source, ["OKKERSE"])
    assert done.redactions
    assert done.written.pages_as_images == ()
    assert places_of("OKKERSE", done.target) == []


@pytest.mark.parametrize("standard", ["ua-1", "a-2a"])
def test_an_accessible_or_archival_note_stays_one(standard: str, tmp_path: Path) -> None:
    text = """#set document(title: "Nota", author: "Zwartemans")
#set text(lang: "nl")
= Nota van Zwartemans
Efficiënte affiniteit van de heer Zwartemans, en #link("mailto:zwartemans@minbzk.nl")[een adres].
#figure(rect(width: 40pt), alt: "Zwartemans op een fiets", caption: [Foto])
#table(columns: 2, table.header([Naam], [Werk]), [Zwartemans], [nota])
"""
    source = tmp_path / "note.pdf"
    (tmp_path / "note.typ").write_text(text)
    source.write_bytes(typst.compile(str(tmp_path / "note.typ"), pdf_standards=[standard]))
    done = redact(source, ["Zwartemans"])
    assert done.written.pages_as_images == ()
    assert places_of("Zwartemans", done.target) == []
    assert "affiniteit van de heer" in " ".join(read(done.target).text.split())
    assert [c for c in verify(source, done.target, done.document, done.redactions).checks if not c.passed] == []
    with pikepdf.open(done.target) as pdf:
        claim = b"<pdfuaid:part>1<" if standard == "ua-1" else b"<pdfaid:part>2<"
        assert claim in pdf.Root.Metadata.read_bytes()
