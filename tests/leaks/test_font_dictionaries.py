"""What lists codes or glyphs in and around a font lists those that are still shown, and no others."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from attacks import MARKER, make
from composite_fonts import composite
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf
from redacting import Redacted, redact
from scanner import places_of

from woo_anon.formats.pdf.fonts import to_unicode
from woo_anon.verify import verify

TEXT = f"de {MARKER} en ik"
SECRET = set(MARKER) - set(TEXT.replace(MARKER, ""))
STAYING = {ord(letter) for letter in TEXT.replace(MARKER, "")}
CIDS = sorted(set(map(ord, TEXT)))
TABLE = b"1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <00ff> <0000> endbfrange"
WITHOUT_SPACE = TABLE.replace(b"<0000> <00ff> <0000>", b"<0021> <00ff> <0021>")
BUILDS_ON_ANOTHER = b"begincmap /Identity-H usecmap endcmap"
SHOWN = f"BT /F1 12 Tf 72 700 Td <{TEXT.encode('utf-16-be').hex()}> Tj ET"


def _redacted(
    path: Path, encoding: object = None, content: str = SHOWN, table: bytes = TABLE, **entries: object
) -> Redacted:
    def put(pdf: Pdf, page: pikepdf.Page) -> None:
        made = pdf.make_stream(encoding) if isinstance(encoding, bytes) else Name("/Identity-H")
        font = composite(pdf, made, "Identity", cids=CIDS, **entries)
        font.ToUnicode = pdf.make_stream(table)
        page.obj.Resources.Font.F1 = font
        # A second font of another writing mode with the same CIDFont, as makers of vertical text write it.
        page.obj.Resources.Font.F2 = pdf.make_indirect(
            Dictionary({**dict(font.items()), "/Encoding": Name("/Identity-V")})
        )

    done = redact(make(path, put, content), [MARKER])
    assert done.written.pages_as_images == ()
    assert places_of(MARKER, done.target) == []
    assert verify(done.source, done.target, done.document, done.redactions).passed
    return done


def _font(pdf: Pdf) -> pikepdf.Object:
    return next(item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/Subtype") == "/Type0")


def _letters(font: pikepdf.Object) -> set[int]:
    """The characters that a font says to show."""
    return {int.from_bytes(text) for _, text in to_unicode.read(font.ToUnicode.read_bytes())}


def test_the_table_from_cids_to_glyphs_forgets_the_letters_that_went(tmp_path: Path) -> None:
    done = _redacted(tmp_path / "n.pdf")
    with pikepdf.open(done.target) as pdf:
        font = _font(pdf).DescendantFonts[0]
        program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        assert font.CIDToGIDMap == Name.Identity
        assert _letters(_font(pdf)) == STAYING
    assert program["maxp"].numGlyphs == 1 + len(STAYING)


def test_the_table_of_a_font_that_keeps_its_numbers_forgets_the_letters_that_went(tmp_path: Path) -> None:
    done = _redacted(tmp_path / "n.pdf", table=WITHOUT_SPACE)
    with pikepdf.open(done.target) as pdf:
        table = _font(pdf).DescendantFonts[0].CIDToGIDMap.read_bytes()
    assert {cid for cid in range(len(table) // 2) if table[2 * cid : 2 * cid + 2] != b"\0\0"} == STAYING


def test_an_embedded_cmap_forgets_the_codes_that_went(tmp_path: Path) -> None:
    entries = b" ".join(b"<%04x> %d" % (cid, cid) for cid in CIDS)
    cmap = b"begincmap /CMapName /Zwartemans def 1 begincodespacerange <0000> <ffff> endcodespacerange"
    done = _redacted(tmp_path / "n.pdf", cmap + b" %d begincidchar %b endcidchar endcmap" % (len(CIDS), entries))
    with pikepdf.open(done.target) as pdf:
        assert _font(pdf).Encoding == Name("/Identity-H")
        assert _letters(_font(pdf)) == STAYING
    assert "unused-glyphs" in done.written.removed


def test_a_cmap_that_builds_on_another_gives_way_to_one_that_lists_nothing(tmp_path: Path) -> None:
    done = _redacted(tmp_path / "n.pdf", BUILDS_ON_ANOTHER)
    with pikepdf.open(done.target) as pdf:
        assert _font(pdf).Encoding == Name("/Identity-H")
    assert "unused-glyphs" in done.written.removed


@pytest.mark.parametrize("table", [WITHOUT_SPACE, WITHOUT_SPACE + b" 1 beginbfchar <0020> <> endbfchar"])
def test_a_cmap_of_codes_without_text_stays_and_the_log_does_not_claim_otherwise(tmp_path: Path, table: bytes) -> None:
    done = _redacted(tmp_path / "n.pdf", BUILDS_ON_ANOTHER, table=table)
    assert "unused-glyphs" not in done.written.removed


def test_metrics_of_vertical_writing_forget_the_letters_that_went(tmp_path: Path) -> None:
    metrics = Array([item for cid in CIDS for item in (cid, cid, -1000 - cid, 500, 880)])
    done = _redacted(tmp_path / "n.pdf", W2=metrics)
    with pikepdf.open(done.target) as pdf:
        metrics = list(_font(pdf).DescendantFonts[0].W2)
    assert {-1000 - int(numbers[0]) for numbers in metrics[1::2]} == STAYING
    assert [int(cid) for cid in metrics[::2]] == list(range(1, 1 + len(STAYING)))


def test_two_fonts_that_share_a_cidfont_both_keep_the_widths_of_what_they_show(tmp_path: Path) -> None:
    column = f"BT /F2 12 Tf 300 700 Td <{'op'.encode('utf-16-be').hex()}> Tj ET"
    widths = Array([cid for code in {*CIDS, *b"op"} for cid in (code, code, 500 + code)])
    done = _redacted(tmp_path / "n.pdf", content=f"{SHOWN} {column}", W=widths)
    with pikepdf.open(done.target) as pdf:
        first, widths = _font(pdf).DescendantFonts[0].W
        assert {int(width) - 500 for width in widths} == STAYING | set(b"op")
        assert (first, len(widths)) == (1, len(STAYING | set(b"op")))


def test_a_true_type_program_without_a_table_of_characters_is_cut(tmp_path: Path) -> None:
    def without_characters(pdf: Pdf, page: pikepdf.Page) -> None:
        font = composite(pdf, Name("/Identity-H"), "Identity", cids=CIDS)
        font.ToUnicode = pdf.make_stream(TABLE)
        program = TTFont(io.BytesIO(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))
        del program["cmap"]
        target = io.BytesIO()
        program.save(target)
        font.DescendantFonts[0].FontDescriptor.FontFile2 = pdf.make_stream(target.getvalue())
        page.obj.Resources.Font.F1 = font

    done = redact(make(tmp_path / "n.pdf", without_characters, SHOWN), [MARKER])
    assert "unused-glyphs" in done.written.removed
    with pikepdf.open(done.target) as pdf:
        glyf = TTFont(io.BytesIO(_font(pdf).DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()))["glyf"]
    assert sum(glyf[name].numberOfContours != 0 for name in glyf.glyphs if name != ".notdef") == len(STAYING)


def test_a_type_3_font_loses_the_glyphs_of_letters_that_went(tmp_path: Path) -> None:
    def put(pdf: Pdf, page: pikepdf.Page) -> None:
        names = {code: f"/c{code}" for code in CIDS}
        table = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange"
        page.obj.Resources.Font.F1 = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, -200, 600, 800]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary(
                {name: pdf.make_stream(b"600 0 0 0 500 700 d1 0 0 %d 700 re f" % code) for code, name in names.items()}
            ),
            Encoding=Dictionary(
                Differences=Array([item for code, name in names.items() for item in (code, Name(name))])
            ),
            FirstChar=32,
            LastChar=126,
            Widths=Array([600] * 95),
            ToUnicode=pdf.make_stream(table),
        )

    done = redact(make(tmp_path / "n.pdf", put, f"BT /F1 12 Tf 72 700 Td ({TEXT}) Tj ET"), [MARKER])
    assert done.written.pages_as_images == ()
    assert "unused-glyphs" in done.written.removed
    assert verify(done.source, done.target, done.document, done.redactions).passed
    with pikepdf.open(done.target) as pdf:
        font = next(item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/Subtype") == "/Type3")
        assert len(dict(font.CharProcs.items())) == len(STAYING)
        assert _letters(font) == STAYING
        assert sum(width != 0 for width in font.Widths) == len(STAYING)
        assert set(font.CharProcs.keys()) == {str(item) for item in font.Encoding.Differences if isinstance(item, Name)}
