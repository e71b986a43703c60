"""East Asian fonts: predefined CMaps and vertical writing are followed exactly, and hide nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from attacks import MARKER, make
from composite_fonts import composite
from pikepdf import Array, Name, Pdf
from redacting import Redacted, redact
from scanner import places_of

from woo_anon.errors import RefusedError
from woo_anon.formats.pdf.boxes.geometry import glyphs_of
from woo_anon.formats.pdf.fonts.predefined import predefined
from woo_anon.formats.pdf.read import read
from woo_anon.formats.pdf.reading.glyphs import Glyphs
from woo_anon.spans import Span
from woo_anon.verify import verify

Writing = tuple[str, str, str, str]  # CMap, Python's codec, character collection, text: 3:6 is the name

CHINESE, JAPANESE, KOREAN = "会议由王小明主持", "会議は山田太郎が主催", "회의는김철수가진행"
TRADITIONAL = "會議由王小明主持"
HORIZONTAL: list[Writing] = [
    ("GB-EUC-H", "gb2312", "GB1", CHINESE),
    ("GBK-EUC-H", "gbk", "GB1", CHINESE),
    ("GBK2K-H", "gb18030", "GB1", CHINESE),
    ("UniGB-UCS2-H", "utf-16-be", "GB1", CHINESE),
    ("UniGB-UTF16-H", "utf-16-be", "GB1", CHINESE),
    ("ETen-B5-H", "big5", "CNS1", TRADITIONAL),
    ("UniCNS-UTF16-H", "utf-16-be", "CNS1", TRADITIONAL),
    ("90ms-RKSJ-H", "cp932", "Japan1", JAPANESE),
    ("EUC-H", "euc_jp", "Japan1", JAPANESE),
    ("UniJIS-UTF16-H", "utf-16-be", "Japan1", JAPANESE),
    ("KSCms-UHC-H", "cp949", "Korea1", KOREAN),
    ("UniKS-UTF16-H", "utf-16-be", "Korea1", KOREAN),
]
VERTICAL: list[Writing] = [(cmap[:-1] + "V", *rest) for cmap, *rest in HORIZONTAL]


def _written(
    path: Path,
    cmap: str,
    codec: str,
    ordering: str,
    text: str,
    *,
    embed: bool,
    place: str = "300 700 Td",
    **entries: object,
) -> Path:
    """The text twice: in one Tj, and in two pieces of a TJ."""
    codes = text.encode(codec)
    cids = sorted({cid for _, cid in predefined(cmap).split(codes)}) if embed else ()
    middle = len(text[:4].encode(codec))

    def add_font(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.Font.C = composite(pdf, Name(f"/{cmap}"), ordering, cids=cids, **entries)

    pieces = f"[<{codes[:middle].hex()}> 40 <{codes[middle:].hex()}>] TJ"
    return make(path, add_font, f"BT /C 14 Tf {place} <{codes.hex()}> Tj 60 -50 Td {pieces} ET")


def _glyphs(path: Path) -> Glyphs:
    document = pypdfium2.PdfDocument(path)
    try:
        return glyphs_of(document[0])
    finally:
        document.close()


def _assert_gone(done: Redacted, word: str, codes: bytes) -> None:
    """The word is nowhere, the rest has not moved, and the page is no image."""
    assert done.written.pages_as_images == ()
    assert places_of(word, done.target) == []
    with pikepdf.open(done.target) as pdf:
        strings = [i.operands for i in pikepdf.parse_content_stream(pdf.pages[0]) if str(i.operator) in {"Tj", "TJ"}]
        assert not any(codes in bytes(part) for part in _flat(strings))
    before, after = _glyphs(done.source), _glyphs(done.target)
    before, after = (glyphs.take(~np.isin(glyphs.codes, [ord(c) for c in word])) for glyphs in (before, after))
    after = after.take(np.isin(after.codes, before.codes))
    assert (before.codes == after.codes).all()
    assert np.abs(before.origins - after.origins).max() < 0.02
    checks = verify(done.source, done.target, done.document, done.redactions).checks
    assert [check.name for check in checks if not check.passed] == []


def _flat(value: object) -> list[pikepdf.String]:
    if isinstance(value, pikepdf.String):
        return [value]
    if isinstance(value, (list, pikepdf.Array, pikepdf._core._ObjectList)):
        return [string for item in value for string in _flat(item)]
    return []


@pytest.mark.parametrize("writing", HORIZONTAL, ids=lambda writing: writing[0])
@pytest.mark.parametrize("embed", [True, False])
def test_a_name_in_a_predefined_encoding_goes(writing: Writing, embed: bool, tmp_path: Path) -> None:
    _, codec, _, text = writing
    done = redact(_written(tmp_path / "n.pdf", *writing, embed=embed), [text[3:6]], label="", keep_layout=True)
    assert len(done.redactions) == 2
    _assert_gone(done, text[3:6], text[3:6].encode(codec))


@pytest.mark.parametrize("writing", VERTICAL, ids=lambda writing: writing[0])
def test_a_name_in_vertical_writing_reads_as_one_word_and_goes(writing: Writing, tmp_path: Path) -> None:
    _, codec, _, text = writing
    done = redact(_written(tmp_path / "n.pdf", *writing, embed=True), [text[3:6]], label="", keep_layout=True)
    assert len(done.redactions) == 2
    _assert_gone(done, text[3:6], text[3:6].encode(codec))


@pytest.mark.parametrize(
    ("place", "entries"),
    [
        ("3 Tc 50 Tz 2 Ts 4 Tw 300 700 Td", {}),
        ("300 700 Td", {"DW2": Array([700, -900])}),
        ("300 700 Td", {"W2": Array([1, 20000, -700, 300, 500])}),
        ("1.5 0 0 0.8 200 500 Tm", {"DW": 500}),
        ("-1 0 0 -1 300 300 Tm", {}),
    ],
)
def test_vertical_metrics_and_the_text_state_are_followed(
    place: str, entries: dict[str, object], tmp_path: Path
) -> None:
    source = _written(tmp_path / "n.pdf", *VERTICAL[4], embed=True, place=place, **entries)
    _assert_gone(
        redact(source, [CHINESE[3:6]], label="", keep_layout=True), CHINESE[3:6], CHINESE[3:6].encode("utf-16-be")
    )


def test_the_boxes_of_vertical_writing_that_is_turned_are_its_cells(tmp_path: Path) -> None:
    document = read(_written(tmp_path / "n.pdf", *VERTICAL[4], embed=True, place="0 1 -1 0 300 300 Tm"))
    boxes = [place.box for place in document.places(Span(0, 2))]
    assert [round(edge) for box in boxes for edge in (box.left, box.bottom, box.right, box.top)] == [350, 353, 378, 367]


def test_a_latin_name_set_glyph_by_glyph_down_a_column_reads_as_one_word(tmp_path: Path) -> None:
    codes = [f"<{ord(letter):04x}> Tj" for letter in MARKER]
    cids = sorted({ord(letter) for letter in MARKER})
    table = b"1 beginbfrange <0000> <00ff> <0000> endbfrange"

    def add_font(pdf: Pdf, page: pikepdf.Page) -> None:
        font = composite(pdf, Name("/Identity-V"), "Identity", cids=cids)
        font.ToUnicode = pdf.make_stream(table)
        page.obj.Resources.Font.C = font

    # The first object shows two glyphs: from it the others are known to be in a vertical font.
    first = f"<{ord(MARKER[0]):04x}{ord(MARKER[1]):04x}> Tj"
    source = make(tmp_path / "n.pdf", add_font, f"BT /C 14 Tf 300 700 Td {first} {' '.join(codes[2:])} ET")
    assert MARKER in read(source).text
    done = redact(source, [MARKER])
    assert done.written.pages_as_images == ()
    assert places_of(MARKER, done.target) == []


def test_vertical_writing_in_a_font_that_is_not_embedded_is_refused_for_pdfium_skips_it(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="vertical"):
        read(_written(tmp_path / "n.pdf", *VERTICAL[0], embed=False))


def test_an_east_asian_name_that_is_left_fails_the_verification_though_no_space_parts_it(tmp_path: Path) -> None:
    source = _written(tmp_path / "n.pdf", *HORIZONTAL[7], embed=True)
    done = redact(source, [JAPANESE[3:6]], label="", keep_layout=True)
    left = {check.name for check in verify(source, source, done.document, done.redactions).checks if not check.passed}
    assert {"boxes-empty", "text-by-pdfium"} <= left


def test_a_long_east_asian_name_is_found_in_binary_data_only_where_it_stands(tmp_path: Path) -> None:
    source = _written(tmp_path / "n.pdf", *HORIZONTAL[7], embed=True)
    done = redact(source, [JAPANESE[2:9]], label="", keep_layout=True)
    assert done.redactions
    assert verify(source, done.target, done.document, done.redactions).passed


def test_a_box_in_vertical_writing_runs_down_the_column(tmp_path: Path) -> None:
    done = redact(_written(tmp_path / "n.pdf", *VERTICAL[4], embed=True), [CHINESE[3:6]])
    assert done.written.pages_as_images == ()
    boxes = [place.box for redaction in done.redactions for place in redaction.places]
    assert all(box.top - box.bottom > 3 * (box.right - box.left) for box in boxes)
    assert verify(done.source, done.target, done.document, done.redactions).passed
