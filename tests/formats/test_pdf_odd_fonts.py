"""Fonts as they are found: broken widths and encodings, missing and inline fonts.

What PDFium makes of them is followed, or the page becomes an image; the name goes in any case.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

sys.path.append(str(Path(__file__).parents[1] / "leaks"))

from attacks import CONTENT, MARKER, make
from composite_fonts import composite
from redacting import Redacted, redact
from scanner import places_of

from woo_anon.errors import RefusedError
from woo_anon.verify import verify

WIDTHS = [500 + 7 * (code % 13) for code in range(32, 127)]
UNI = [Name(f"/uni{code:04X}") for code in range(97, 123)]
DESCRIPTOR = Dictionary(
    Type=Name.FontDescriptor,
    FontName=Name.Eigen,
    Flags=32,
    FontBBox=Array([0, -200, 1000, 900]),
    ItalicAngle=0,
    Ascent=800,
    Descent=-200,
    CapHeight=700,
    StemV=80,
)

Entries = dict[str, object]


def _simple(**entries: object) -> Entries:
    every = {
        "Type": Name.Font,
        "Subtype": Name.Type1,
        "BaseFont": Name.Helvetica,
        "Encoding": Name.WinAnsiEncoding,
        "FirstChar": 32,
        "LastChar": 126,
        "Widths": Array(WIDTHS),
        **entries,
    }
    return {f"/{key}": value for key, value in every.items() if value is not None}


def _redacted(path: Path, font: Callable[[Pdf], object], content: str = CONTENT) -> Redacted:
    def put(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.Font.F1 = font(pdf)

    return redact(make(path, put, content), [MARKER], keep_layout=True)


def _assert_gone(done: Redacted, *, image: tuple[tuple[int, str], ...] = ()) -> None:
    assert done.redactions
    assert done.written.pages_as_images == image
    assert places_of(MARKER, done.target) == []
    checks = verify(done.source, done.target, done.document, done.redactions).checks
    assert [check.name for check in checks if not check.passed] == []


FOLLOWED: dict[str, Entries] = {
    "widths of a standard font": _simple(),
    "a missing width for what the array lacks": _simple(
        Widths=Array(WIDTHS[:70]), FontDescriptor=Dictionary({**dict(DESCRIPTOR.items()), "/MissingWidth": 500})
    ),
    "no first code": _simple(FirstChar=None, Widths=Array([0] * 32 + WIDTHS)),
    "no last code": _simple(LastChar=None),
    "no widths": _simple(Widths=None),
    "widths that are no array": _simple(Widths=Name.X),
    "widths with fractions": _simple(Widths=Array([width + 0.5 for width in WIDTHS])),
    "no subtype": _simple(Subtype=None),
    "no encoding": _simple(Encoding=None),
    "an unknown encoding": _simple(Encoding=Name.Eigen),
    "glyph names with code points": _simple(Widths=None, Encoding=Dictionary(Differences=Array([97, *UNI]))),
    "differences with a string among them": _simple(Encoding=Dictionary(Differences=Array([String("x"), 97, *UNI]))),
    "TrueType without a program": _simple(
        Subtype=Name.TrueType, BaseFont=Name.Eigen, FontDescriptor=Dictionary(DESCRIPTOR)
    ),
    "multiple master without a program": _simple(Subtype=Name.MMType1, BaseFont=Name("/MyriadMM_400_600_")),
}


@pytest.mark.parametrize("kind", FOLLOWED)
def test_an_odd_simple_font_is_followed_as_pdfium_reads_it(kind: str, tmp_path: Path) -> None:
    _assert_gone(_redacted(tmp_path / "n.pdf", lambda pdf: pdf.make_indirect(Dictionary(FOLLOWED[kind]))))


IMAGES: dict[str, tuple[Entries, str]] = {
    "negative widths": (_simple(Widths=Array([-width for width in WIDTHS])), "hidden:"),
    "no widths and no program": (_simple(BaseFont=Name.Eigen, Widths=None), "font:no-widths"),
}


@pytest.mark.parametrize("kind", IMAGES)
def test_a_page_whose_widths_pdfium_understands_otherwise_becomes_an_image(kind: str, tmp_path: Path) -> None:
    entries, reason = IMAGES[kind]
    done = _redacted(tmp_path / "n.pdf", lambda pdf: pdf.make_indirect(Dictionary(entries)))
    assert [(page, code.startswith(reason)) for page, code in done.written.pages_as_images] == [(1, True)]
    _assert_gone(done, image=done.written.pages_as_images)


def test_a_font_that_stands_in_the_resources_itself_is_followed_and_cut(tmp_path: Path) -> None:
    done = _redacted(tmp_path / "n.pdf", lambda _: Dictionary(_simple()))
    _assert_gone(done)
    assert "unused-glyphs" in done.written.removed


def test_text_in_a_font_that_is_missing_is_in_helvetica_as_with_pdfium(tmp_path: Path) -> None:
    _assert_gone(_redacted(tmp_path / "n.pdf", lambda _: Dictionary(_simple()), CONTENT.replace("/F1", "/F9")))


def test_one_font_in_two_sizes_is_followed(tmp_path: Path) -> None:
    content = CONTENT.replace("0 -14 Td", "/F1 19 Tf 0 -24 Td")
    _assert_gone(_redacted(tmp_path / "n.pdf", lambda _: Dictionary(_simple()), content))


METRICS: dict[str, Entries] = {
    "a list": {"W": Array([0, Array([500] * 256)])},
    "a range": {"W": Array([0, 300, 500])},
    "a list that ends too soon": {"W": Array([0, Array([500] * 100)])},
    "a code without widths": {"W": Array([0, Array([500] * 200), 210])},
    "a range without width": {"W": Array([0, 200, 500, 210, 220])},
    "names for numbers": {"W": Array([Name.X, Array([500] * 256)])},
    "widths that contradict each other": {"W": Array([0, 255, 500, 97, Array([600] * 10), 97, 100, 700])},
    "a range that runs backwards": {"W": Array([200, 0, 900])},
    "no array": {"W": Name.X},
    "fractions": {"W": Array([0, 255, 499.7]), "DW": 499.7},
}


@pytest.mark.parametrize("kind", METRICS)
def test_odd_widths_of_cids_are_followed_as_pdfium_reads_them(kind: str, tmp_path: Path) -> None:
    text = f"Beste {MARKER} tot ziens"
    table = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <00ff> <0000> endbfrange"

    def font(pdf: Pdf) -> pikepdf.Object:
        made = composite(pdf, Name("/Identity-H"), "Identity", cids=sorted(set(map(ord, text))), **METRICS[kind])
        made.ToUnicode = pdf.make_stream(table)
        return made

    codes = text.encode("utf-16-be").hex()
    _assert_gone(_redacted(tmp_path / "n.pdf", font, f"BT /F1 12 Tf 72 700 Td <{codes}> Tj ET"))


def _type_3(pdf: Pdf, matrix: list[float], box: list[float], glyph: bytes = b"", **entries: object) -> Dictionary:
    names = [Name(f"/c{code}") for code in range(32, 127)]
    table = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange"
    low, high = (-700, 0) if box[3] < -box[1] else (0, 700)
    drawing = glyph or b"0 %d 500 700 re f" % low
    procedures = {str(name): pdf.make_stream(b"600 0 0 %d 600 %d d1 %b" % (low, high, drawing)) for name in names}
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array(box),
        FontMatrix=Array(matrix),
        CharProcs=Dictionary(procedures),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([32, *names])),
        FirstChar=32,
        LastChar=126,
        Widths=Array([600] * 95),
        ToUnicode=pdf.make_stream(table),
        **entries,
    )


UPRIGHT = [0, -200, 600, 800]


@pytest.mark.parametrize(
    ("matrix", "box"),
    [
        ([0.001, 0, 0, 0.001, 0, 0], UPRIGHT),
        ([0.001, 0, 0, 0.001, 0, 0], [0, 0, 0, 0]),
        ([0.001, 0, 0.0003, 0.001, 0.2, 0.1], UPRIGHT),
        ([0.001, 0, 0, -0.001, 0, 0], [0, -800, 600, 200]),
    ],
)
def test_type_3_fonts_are_followed_whichever_way_their_glyphs_are_measured(
    matrix: list[float], box: list[float], tmp_path: Path
) -> None:
    _assert_gone(_redacted(tmp_path / "n.pdf", lambda pdf: _type_3(pdf, matrix, box)))


@pytest.mark.parametrize("matrix", [[0.001, 0, 0, -0.001, 0, 0], [0, 0.001, -0.001, 0, 0, 0]])
def test_type_3_glyphs_that_hang_or_turn_make_the_page_an_image(matrix: list[float], tmp_path: Path) -> None:
    done = _redacted(tmp_path / "n.pdf", lambda pdf: _type_3(pdf, matrix, UPRIGHT))
    assert done.written.pages_as_images == ((1, "font:type3-matrix"),)
    assert places_of(MARKER, done.target) == []


def test_glyphs_that_show_text_in_another_font_are_refused_for_it_is_seen_but_not_read(tmp_path: Path) -> None:
    inner = Dictionary(Font=Dictionary(H=Dictionary(_simple())))
    glyph = f"BT /H 900 Tf ({MARKER}) Tj ET".encode()
    with pytest.raises(RefusedError, match="in another font"):
        _redacted(
            tmp_path / "n.pdf", lambda pdf: _type_3(pdf, [0.001, 0, 0, 0.001, 0, 0], UPRIGHT, glyph, Resources=inner)
        )


def test_a_glyph_that_is_a_picture_with_bytes_like_text_is_none(tmp_path: Path) -> None:
    glyph = b"500 0 0 700 0 0 cm BI /W 8 /H 5 /BPC 1 /IM true ID \nTj' \n EI"
    done = _redacted(tmp_path / "n.pdf", lambda pdf: _type_3(pdf, [0.001, 0, 0, 0.001, 0, 0], UPRIGHT, glyph))
    _assert_gone(done)
