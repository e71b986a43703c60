"""What is not read: broken, hostile, protected files, and pages whose text cannot be seen."""

from __future__ import annotations

import contextlib
import random
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_files import CATALOG, FONT, PAGES, TEXT, changed, drawn, form, lines, page, stream, written
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from woo_anon.errors import RefusedError, UnreadableError, WooAnonError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.read import read

PLENTY_S = 60.0  # a hang is what these tests look for, on slow machines too


def picture(canvas: Canvas, width: float, height: float) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (60, 60), 128)), 0, 0, width, height)


def scan(canvas: Canvas) -> None:
    picture(canvas, 300, 300)


def stamped_scan(canvas: Canvas) -> None:
    scan(canvas)
    canvas.drawString(20, 280, "Ontvangen 3 mei 2024")


def curves(canvas: Canvas) -> None:
    canvas.drawString(20, 280, "pagina 1")
    for at in range(150):
        canvas.circle(20 + at, 100, 5)


@pytest.mark.parametrize("draw", [scan, stamped_scan, curves])
def test_a_page_without_readable_text_is_refused_by_number(tmp_path: Path, draw: Callable[[Canvas], None]) -> None:
    with pytest.raises(RefusedError, match=r"page 2 cannot be read.*OCR"):
        read(drawn(tmp_path / "a.pdf", lines("Nota"), draw), Access(ocr=False))


def test_a_scan_with_a_text_layer_is_read(tmp_path: Path) -> None:
    def recognised(canvas: Canvas) -> None:
        scan(canvas)
        for base in (280, 265.6):  # what the picture shows there
            canvas.drawImage(ImageReader(Image.effect_noise((250, 10), 100)), 20, base)
        text = canvas.beginText(20, 280)
        text.setTextRenderMode(3)
        text.textLines("Dit is de tekst die bij het scannen is herkend\nen die over het beeld heen ligt.")
        canvas.drawText(text)

    assert read(drawn(tmp_path / "a.pdf", recognised)).text.startswith("Dit is de tekst")


def test_a_page_with_a_small_picture_and_its_number_is_read(tmp_path: Path) -> None:
    def number(canvas: Canvas) -> None:
        picture(canvas, 60, 60)
        canvas.drawString(200, 20, "3")

    assert read(drawn(tmp_path / "a.pdf", number)).text == "3\n"


def test_a_blank_page_is_read_as_no_text(tmp_path: Path) -> None:
    document = read(drawn(tmp_path / "a.pdf", lines("een"), lambda canvas: canvas.rect(0, 0, 300, 300), lines("twee")))
    assert document.text == "een\n\n\ntwee\n"


def test_a_page_with_nothing_but_a_space_is_blank(tmp_path: Path) -> None:
    assert read(drawn(tmp_path / "a.pdf", lines(" "))).text == ""


def test_text_in_a_font_that_does_not_name_its_glyphs_is_refused(tmp_path: Path) -> None:
    font = b"<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[65/g1/g2/g3/g4/g5/g6/g7/g8]>>>>"
    content = stream(b"BT /F1 12 Tf 50 50 Td (ABCDEFGHABCDEFGH) Tj ET")
    with pytest.raises(RefusedError, match="fonts"):
        read(written(tmp_path / "a.pdf", CATALOG, PAGES, page(), content, font), Access(ocr=False))


def test_text_that_stands_nowhere_is_refused(tmp_path: Path) -> None:
    content = stream(b"1e38 1e38 1e38 1e38 0 0 cm 1e38 1e38 1e38 1e38 0 0 cm " + TEXT)
    with pytest.raises(RefusedError, match="nowhere"):
        read(written(tmp_path / "a.pdf", CATALOG, PAGES, page(), content, FONT))


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", lines("Nota"))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="b", user="a"))
    with pytest.raises(RefusedError, match="password"):
        read(path)


def test_an_xfa_form_is_refused(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", lines("Nota"))
    changed(path, lambda pdf: pdf.Root.__setitem__("/AcroForm", pikepdf.Dictionary(XFA=pdf.make_stream(b"<x/>"))))
    with pytest.raises(RefusedError, match="XFA"):
        read(path)


def test_a_portfolio_is_refused(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", lines("Nota"))
    changed(path, lambda pdf: pdf.Root.__setitem__("/Collection", pikepdf.Dictionary()))
    with pytest.raises(RefusedError, match="portfolio"):
        read(path)


def test_a_signed_file_is_refused(tmp_path: Path) -> None:
    def sign(pdf: pikepdf.Pdf) -> None:
        signature = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3])
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=pdf.make_indirect(signature)))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)

    with pytest.raises(RefusedError, match="signed"):
        read(changed(drawn(tmp_path / "a.pdf", lines("Nota")), sign))


def test_a_field_to_be_signed_is_no_signature(tmp_path: Path) -> None:
    def prepare(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="hier tekenen"))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])

    assert read(changed(drawn(tmp_path / "a.pdf", lines("Nota")), prepare)).text == "Nota\n"


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        read(tmp_path / "none.pdf")


def lzw_bomb(rounds: int) -> bytes:
    """Codes that each stand for one space more than the one before; the table is filled to its end, and cleared."""
    bits = []
    for _ in range(rounds):
        for at, code in enumerate((256, 32, *range(258, 4090))):
            bits.append(f"{code:0{min(12, max(9, (at + 257).bit_length()))}b}")
    bits.append(f"{257:012b}")
    text = "".join(bits)
    return int(text.ljust(-(-len(text) // 8) * 8, "0"), 2).to_bytes(-(-len(text) // 8))


BOMB = zlib.compress(zlib.compress(b" " * (600 << 20), 1), 9)
ONE_LEVEL = zlib.compress(b" " * (300 << 20), 9)
TEN_FORMS = [form(b"/A Do " * 10, b"/A %d 0 R" % (7 + at)) for at in range(12)]
WITH_FORM = page(b"/XObject<</A 6 0 R>>")
HOSTILE: dict[str, list[bytes]] = {
    "a stream that inflates without end": [CATALOG, PAGES, page(), stream(ONE_LEVEL, b"/Filter/FlateDecode"), FONT],
    "a stream deflated twice": [CATALOG, PAGES, page(), stream(BOMB, b"/Filter[/FlateDecode/FlateDecode]"), FONT],
    "a bomb where qpdf looks for objects": [
        CATALOG, PAGES, page(), stream(TEXT), FONT, stream(ONE_LEVEL, b"/Type/ObjStm/N 1/First 8/Filter/FlateDecode"),
    ],
    "a run-length bomb": [
        CATALOG, PAGES, page(), stream(b"\x81 " * (1 << 19), b"/Filter/RunLengthDecode"), FONT,
    ],
    "an LZW bomb": [CATALOG, PAGES, page(), stream(lzw_bomb(6), b"/Filter/LZWDecode"), FONT],
    "a hundred thousand pages": [
        CATALOG, b"<</Type/Pages/Kids[" + b" ".join(b"%d 0 R" % at for at in range(3, 100_003)) + b"]/Count 100000>>",
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * 100_000,
    ],
    "a page of fourteen million letters": [
        CATALOG, PAGES, page(),
        stream(zlib.compress(b"BT /F1 9 Tf " + b"(aaaaaaa) Tj " * 2_000_000), b"/Filter/FlateDecode"), FONT,
    ],
    "letters behind a bracket that never closes": [
        CATALOG, PAGES, page(), stream(b"( BT /F1 9 Tf " + b"(aaaaaaa) Tj " * 100_000), FONT,
    ],
    "forms that draw each other": [
        CATALOG, PAGES, WITH_FORM, stream(b"/A Do"), FONT, form(b"/B Do", b"/B 7 0 R"), form(b"/A Do", b"/A 6 0 R"),
    ],
    "forms drawn ten to the twelfth times": [
        CATALOG, PAGES, WITH_FORM, stream(b"/A Do"), FONT, *TEN_FORMS, form(TEXT, b""),
    ],
    "forms whose names are escaped": [
        CATALOG, PAGES, WITH_FORM, stream(b"/#41 Do"), FONT,
        *(part.replace(b"/A Do ", b"/#41 Do ") for part in TEN_FORMS), form(TEXT, b""),
    ],
    "a page tree in a circle": [CATALOG, b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>", page(), stream(TEXT), FONT],
    "two thousand million pages": [
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", page(), stream(TEXT), FONT,
    ],
    "a page a hundred thousand times": [
        CATALOG, b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>", page(), stream(TEXT), FONT,
    ],
    "no pages": [CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"],
    "nested arrays in the catalog": [
        b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 10_000 + b"]" * 10_000 + b">>", PAGES, page(), stream(TEXT), FONT,
    ],
    "nested dictionaries in the catalog": [
        b"<</Type/Catalog/Pages 2 0 R/X " + b"<</A " * 10_000 + b"1" + b">>" * 10_000 + b">>",
        PAGES, page(), stream(TEXT), FONT,
    ],
}  # fmt: skip


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_file_ends_soon_with_a_clear_error(tmp_path: Path, attack: str) -> None:
    path = written(tmp_path / "a.pdf", *HOSTILE[attack])
    start = time.monotonic()
    with pytest.raises(UnreadableError, match=r"^a\.pdf: "):
        read(path)
    assert time.monotonic() - start < PLENTY_S


@pytest.mark.parametrize(
    "objects",
    [
        [CATALOG, PAGES, page(), stream(TEXT), FONT, b"[" * 10_000 + b"]" * 10_000],
        [CATALOG, PAGES, page(), stream(b"[" * 100_000 + b"]" * 100_000 + TEXT), FONT],
        [CATALOG, PAGES, page().replace(b"5 0 R", b"99 0 R"), stream(TEXT), FONT],
    ],
    ids=["nested arrays in an unused object", "nested arrays in the content", "a missing font"],
)
def test_what_can_still_be_read_is_read(tmp_path: Path, objects: list[bytes]) -> None:
    assert read(written(tmp_path / "a.pdf", *objects)).text == "Jan Jansen\n"


def test_brackets_in_an_inline_image_are_no_letters(tmp_path: Path) -> None:
    image = b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /A85 ID ((((~> EI Q "
    content = stream(image + TEXT + b" 0 0 m 1 1 l n" * 60_000)
    assert read(written(tmp_path / "a.pdf", CATALOG, PAGES, page(), content, FONT)).text == "Jan Jansen\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"0000000009 00000 n", b"0000009999 00000 n"),
        (b"xref\n0 6", b"xref\n0 99999999"),
        (b"/Size 6", b"/Size 6/Prev 9"),
        (b"/Size 6", b"/Size 6/XRefStm 9"),
        (b"/Size 6", b"/Size -6"),
        (b"startxref\n", b"startxref\n9"),
    ],
    ids=[
        "a wrong place",
        "a wrong count",
        "an earlier table that is none",
        "a stream that is none",
        "a wrong size",
        "no table",
    ],
)
def test_a_malformed_table_of_objects_loses_no_text(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = written(tmp_path / "a.pdf", CATALOG, PAGES, page(), stream(TEXT), FONT)
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    with contextlib.suppress(UnreadableError):
        assert read(path).text == "Jan Jansen\n"


def test_tables_of_objects_in_a_circle_end_soon(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", CATALOG, PAGES, page(), stream(TEXT), FONT)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"/Size 6", b"/Size 6/Prev %d" % content.rindex(b"xref\n0 6")))
    start = time.monotonic()
    with contextlib.suppress(UnreadableError):
        assert read(path).text == "Jan Jansen\n"
    assert time.monotonic() - start < PLENTY_S


def test_a_hundred_thousand_strewn_letters_are_read_in_time(tmp_path: Path) -> None:
    places = (b"1 0 0 1 %d %d Tm (ab) Tj " % (at * 7919 % 3001, at * 104729 % 4001) for at in range(50_000))
    path = written(tmp_path / "a.pdf", CATALOG, PAGES, page(), stream(b"BT /F1 1 Tf " + b"".join(places) + b"ET"), FONT)
    start = time.monotonic()
    assert read(path).text.count("a") > 49_000
    assert time.monotonic() - start < PLENTY_S


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no pdf at all"], ids=["empty", "header alone", "text"])
def test_what_is_no_pdf_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=r"^a\.pdf: "):
        read(path)


def test_random_bytes_are_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + random.Random(1).randbytes(50_000))
    with pytest.raises(UnreadableError):
        read(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_read_or_ends_with_our_error(tmp_path: Path, data: st.DataObject) -> None:
    path = drawn(tmp_path / "a.pdf", lines("Jan Jansen"), lines("Piet de Vries"))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content)
    try:
        read(path)
    except WooAnonError as error:
        assert "Jansen" not in str(error)


def test_a_file_cut_off_gives_all_of_its_text_or_none(tmp_path: Path) -> None:
    path = drawn(tmp_path / "a.pdf", *(lines(f"bladzijde {number}") for number in range(8)))
    whole = read(path).text
    content = path.read_bytes()
    for length in range(len(content) // 10, len(content), len(content) // 40):
        path.write_bytes(content[:length])
        try:
            assert read(path).text == whole
        except UnreadableError:
            continue
