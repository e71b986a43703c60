"""Marks for redaction: what is written is read back, also as others write it; and no mark is passed over."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_files import CATALOG, FONT, PAGES, TEXT, drawn, lines, page, stream, written
from pikepdf import Array, Dictionary, Name, String

from woo_anon.errors import RefusedError, UnreadableError, WooAnonError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.marks import xfdf
from woo_anon.formats.pdf.marks.annotations import marks_of, take_out_marks
from woo_anon.formats.pdf.marks.places import MOST_QUADS_OF_PAGE, Sheet, on_sheets, sheets
from woo_anon.formats.pdf.marks.read import read_marks
from woo_anon.formats.pdf.marks.write import write_marks
from woo_anon.formats.pdf.read import read as read_pdf
from woo_anon.geometry import Box
from woo_anon.mark import Mark, Quad

ACCESS = Access()
EDGE = st.integers(0, 29_000).map(lambda hundredths: hundredths / 100)
SIDE = st.integers(100, 10_000).map(lambda hundredths: hundredths / 100)
QUAD = st.builds(
    lambda left, bottom, wide, high: Quad.of(Box(left, bottom, round(left + wide, 2), round(bottom + high, 2))),
    EDGE, EDGE, SIDE, SIDE,
)  # fmt: skip
WORDS = st.text("5.1e –&<é\U0001f600", max_size=8)
MARK = st.builds(Mark, st.integers(1, 2), st.lists(QUAD, min_size=1, max_size=3).map(tuple), WORDS, WORDS)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return drawn(tmp_path / "nota.pdf", lines("Van Tjitske Oldeboom"), lines("Aan de minister"))


def annotated(file: Path, *annotations: Dictionary, page: int = 0) -> Path:
    """`file` with annotations that another program added, as an incremental update would leave them."""
    marked = file.with_name("marked.pdf")
    with pikepdf.open(file) as pdf:
        pdf.pages[page].obj.Annots = Array([pdf.make_indirect(one) for one in annotations])
        pdf.save(marked)
    return marked


def redact(**keys: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Redact, **keys)


def numbers(text: str) -> Array:
    return Array([pikepdf.Object.parse(number.encode()) for number in text.split()])


def read(file: Path, source: Path) -> tuple[Mark, ...]:
    return read_marks(file, source, source.read_bytes(), ACCESS)


BLANK = io.BytesIO()
with pikepdf.new() as _pdf:
    _pdf.add_blank_page(page_size=(300, 300))
    _pdf.add_blank_page(page_size=(300, 300))
    _pdf.save(BLANK)


@given(st.lists(MARK, max_size=4))
def test_what_is_written_to_a_copy_and_to_xfdf_is_read_back_from_both(tmp_path_factory, marks: list[Mark]):
    folder = tmp_path_factory.mktemp("marks")
    copy, exchange = folder / "nota.marks.pdf", folder / "nota.marks.xfdf"
    write_marks(BLANK.getvalue(), copy, exchange, marks, identity=b"0123456789abcdef", name=copy.name, of_scan=False)
    by_page = sorted(marks, key=lambda mark: mark.page)
    with pikepdf.open(copy) as pdf:
        assert list(marks_of(pdf, "nota")) == by_page
        assert bytes(pdf.trailer.ID[0]) == b"0123456789abcdef"
        names = [str(mark.NM) for page in pdf.pages for mark in page.obj.get("/Annots", ())]
    again, identity = xfdf.loads(exchange.read_bytes(), "nota")
    assert list(again) == marks and identity == b"0123456789abcdef"
    assert len(set(names)) == len({(mark.page, mark.quads) for mark in marks})


@given(st.permutations(range(4)), st.floats(0, 10), st.floats(0, 10))
def test_the_order_of_the_corners_does_not_matter(order: list[int], x: float, y: float):
    corners = ((1.0, 1.0), (8.0, 2.0), (9.0, 7.0), (2.0, 6.0))
    mixed = Quad(tuple(corners[at] for at in order))
    assert mixed.covers(x, y) == Quad(corners).covers(x, y)


def test_a_slanted_quad_covers_what_lies_between_its_corners_alone():
    quad = Quad(((0.0, 0.0), (10.0, 10.0), (12.0, 8.0), (2.0, -2.0)))
    assert quad.covers(6.0, 4.0) and not quad.covers(1.0, 8.0) and not quad.covers(11.0, 0.0)


def test_marks_in_an_incremental_update_are_read_and_leave_no_trace_in_what_is_handled(tmp_path: Path):
    file = written(tmp_path / "nota.pdf", CATALOG, PAGES, page(), stream(TEXT), FONT)
    before = file.read_bytes()
    mark = b"6 0 obj\n<</Type/Annot/Subtype/Redact/Rect[48 45 80 65]/Contents(Jan)/T(Anna)>>\nendobj\n"
    own = b"3 0 obj\n" + page()[:-2] + b"/Annots[6 0 R]>>\nendobj\n"
    start, at = before.rindex(b"startxref"), len(before) + 1
    table = b"xref\n3 1\n%010d 00000 n \n6 1\n%010d 00000 n \n" % (at, at + len(own))
    tail = b"trailer\n<</Size 7/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF"
    previous = before[start:].split()[1]
    file.write_bytes(before + b"\n" + own + mark + table + tail % (previous, at + len(own) + len(mark)))
    (found,) = read(file, file)
    assert found.quads[0].box == Box(48, 45, 80, 65) and found.note == "Jan"
    document = read_pdf(file, Access(marked=True))
    assert "Jan Jansen" in document.text and not document.hints
    assert document.prepared is not None and b"Redact" not in document.prepared.content
    with pytest.raises(RefusedError, match="marked for redaction"):
        read_pdf(file)


def test_a_mark_set_by_hand_has_a_rectangle_only(note: Path):
    marked = annotated(note, redact(Rect=numbers("100 200 60 180")), redact(Rect=numbers("9 9 20 20"), QuadPoints=[]))
    first, second = read(marked, note)
    assert first.quads[0].box == Box(60, 180, 100, 200) and second.quads[0].box == Box(9, 9, 20, 20)
    assert (first.label, first.note) == ("", "")


def test_xfdf_of_other_programs_is_read(note: Path):
    exchange = note.with_name("export.xfdf")
    exchange.write_text(
        '<?xml version="1.0"?><a:xfdf xmlns:a="http://ns.adobe.com/xfdf/"><a:annots>'
        '<a:highlight page="0" rect="1,1,2,2"/><a:redact page="1" rect="60,180,100,200" overlay-text="5.1.2.e">'
        "<a:contents>zie <b>brief</b></a:contents><a:popup page='1' rect='0,0,9,9'/></a:redact></a:annots></a:xfdf>"
    )
    (mark,) = read(exchange, note)
    assert mark == Mark(2, (Quad.of(Box(60, 180, 100, 200)),), "5.1.2.e", "zie brief")


HOSTILE = {
    "a quad too few": redact(Rect=numbers("0 0 9 9"), QuadPoints=numbers("1 2 3 4 5 6 7")),
    "words as numbers": redact(Rect=numbers("0 0 9 9"), QuadPoints=Array([String("1")] * 8)),
    "no place": redact(),
    "no extent": redact(Rect=numbers("10 10 10 10")),
    "a line": redact(Rect=numbers("0 0 99 99"), QuadPoints=numbers("1 5 9 5 1 5 9 5")),
    "huge": redact(Rect=numbers("0 0 9 99999999.5")),
    "no number": redact(Rect=Array([0, 0, 9, None])),
    "beside the page": redact(Rect=numbers("400 400 500 500")),
    "shown elsewhere": redact(Rect=numbers("0 0 50 50"), QuadPoints=numbers("10 90 50 90 10 80 50 80")),
    "a rectangle of three": redact(Rect=numbers("0 0 50")),
    "no list": redact(Rect=Dictionary()),
}


@pytest.mark.parametrize("annotation", HOSTILE.values(), ids=HOSTILE)
def test_a_mark_that_cannot_be_understood_is_refused(note: Path, annotation: Dictionary):
    marked = annotated(note, redact(Rect=numbers("60 180 100 200")), annotation)
    with pytest.raises(RefusedError, match="page 1"):
        read(marked, note)


def test_more_marks_than_can_be_meant_are_refused(note: Path):
    quads = list(numbers("10 90 50 90 10 80 50 80"))
    most = Array(quads * MOST_QUADS_OF_PAGE)
    assert (
        len(read(annotated(note, redact(Rect=numbers("0 0 99 99"), QuadPoints=most)), note)[0].quads) == len(most) / 8
    )
    for marks in (
        [redact(Rect=numbers("0 0 99 99"), QuadPoints=Array([*most, *quads]))],
        [redact(Rect=numbers("0 0 99 99"), QuadPoints=most), redact(Rect=numbers("0 0 99 99"))],
    ):
        with pytest.raises(RefusedError, match="more than"):
            read(annotated(note, *marks), note)


XFDF = '<xfdf xmlns="http://ns.adobe.com/xfdf/"><annots>{}</annots></xfdf>'


@pytest.mark.parametrize(
    "element",
    [
        '<redact page="0" rect="nan,0,9,9"/>',
        '<redact page="0" rect="0,0,9,1e400"/>',
        '<redact page="0" rect="0,0,9,1_0"/>',
        '<redact page="0" rect="0,0,9,9" coords="1,2,3"/>',
        '<redact page="-1" rect="0,0,9,9"/>',
        '<redact page="2" rect="0,0,9,9"/>',
        '<redact rect="0,0,9,9"/>',
        '<redact page="0"/>',
        "",
    ],
)
def test_xfdf_with_a_mark_that_cannot_be_understood_or_with_none_is_refused(note: Path, element: str):
    exchange = note.with_name("export.xfdf")
    exchange.write_text(XFDF.format(element))
    with pytest.raises(RefusedError):
        read(exchange, note)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen xml",
        b"<xfdf/>",
        b"<xfdf xmlns='http://ns.adobe.com/xfdf/'>",
        b"<!DOCTYPE xfdf [<!ENTITY a SYSTEM 'nota.pdf'>]><xfdf xmlns='http://ns.adobe.com/xfdf/'>"
        b"<annots><redact page='0' rect='0,0,9,9'><contents>&a;</contents></redact></annots></xfdf>",
        b"<!DOCTYPE xfdf [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
        b"<xfdf xmlns='http://ns.adobe.com/xfdf/'><annots><redact page='0' rect='0,0,&b;,9'/></annots></xfdf>",
    ],
)
def test_what_is_no_plain_xfdf_is_not_read(note: Path, content: bytes):
    exchange = note.with_name("export.xfdf")
    exchange.write_bytes(content)
    with pytest.raises(UnreadableError):
        read(exchange, note)


@given(st.binary(max_size=300).map(lambda tail: XFDF[:48].encode() + tail))
def test_broken_xfdf_raises_our_errors_only(content: bytes):
    try:
        xfdf.loads(content, "nota")
    except WooAnonError:
        return


def test_a_file_without_marks_is_refused_unless_it_is_our_copy(note: Path):
    with pytest.raises(RefusedError, match="no marks"):
        read(note, note)
    copy = note.with_name("nota.marks.pdf")
    with pikepdf.open(note) as pdf:
        identity = bytes(pdf.trailer.ID[0])
    write_marks(note.read_bytes(), copy, note.with_name("x"), [], identity=identity, name=copy.name, of_scan=False)
    assert read(copy, note) == ()


def test_marks_of_another_document_are_refused(note: Path, tmp_path: Path):
    (tmp_path / "other").mkdir()
    other = drawn(tmp_path / "other" / "ander.pdf", lines("Iets anders"), lines("Nog iets"))
    marked = annotated(other, redact(Rect=numbers("60 180 100 200")))
    with pytest.raises(RefusedError, match="another document"):
        read(marked, note)
    exchange = note.with_name("export.xfdf")
    exchange.write_text(
        XFDF.format('<redact page="0" rect="0,0,9,9"/>').replace("</annots>", "</annots><ids original='00FF'/>")
    )
    with pytest.raises(RefusedError, match="another document"):
        read(exchange, note)


def test_marks_of_a_version_with_other_pages_are_refused(note: Path):
    marked = annotated(note, redact(Rect=numbers("60 180 100 200")))
    with pikepdf.open(marked, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.Rotate = 90
        pdf.save(marked)
    with pytest.raises(RefusedError, match="another document"):
        read(marked, note)


def test_the_visible_part_of_a_page_is_where_its_crop_box_lies():
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 300))
        page.obj.CropBox, page.obj.Rotate = Array([50, 350, 200, 100]), 270
        assert sheets(pdf) == [Sheet(Box(50, 100, 200, 300), 270)]
        quad = Quad.of(Box(0, 0, 40, 90))
        with pytest.raises(RefusedError, match="beside the page"):
            list(on_sheets([Mark(1, (quad,))], sheets(pdf), "nota"))


def test_marks_are_taken_out_with_the_notes_that_hang_from_them_and_nothing_else(note: Path):
    with pikepdf.open(note) as pdf:
        page = pdf.pages[0].obj
        mark = pdf.make_indirect(redact(Rect=numbers("60 180 100 200"), Contents=String("Oldeboom")))
        popup = pdf.make_indirect(Dictionary(Subtype=Name.Popup, Parent=mark, Rect=numbers("0 0 9 9")))
        reply = pdf.make_indirect(Dictionary(Subtype=Name.Text, IRT=mark, T=String("Anna"), Rect=numbers("0 0 9 9")))
        answer = pdf.make_indirect(Dictionary(Subtype=Name.Text, IRT=reply, Rect=numbers("0 0 9 9")))
        other = pdf.make_indirect(Dictionary(Subtype=Name.Text, T=String("Bert"), Rect=numbers("0 0 9 9")))
        page.Annots = Array([mark, popup, answer, other, reply])
        pdf.pages[1].obj.Annots = Array([redact(Rect=numbers("60 180 100 200"))])
        pdf.Root.Stray = Array([mark])
        assert take_out_marks(pdf)
        assert [str(one.T) for one in page.Annots] == ["Bert"]
        assert "/Annots" not in pdf.pages[1].obj
        assert len(pdf.Root.Stray[0].keys()) == 0
        assert not take_out_marks(pdf)
