"""Verification of PDF files, both ways: a name is found wherever it hides, and words of the format stop nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from attacks import CONTENT, MARKER, make
from fontTools.misc import eexec
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import ImageCms
from redacting import Redacted, redact
from scanner import places_of

from woo_anon.document import Document, Page
from woo_anon.verify import verify
from woo_anon.verify.strings import encodings

Change = Callable[[Pdf], object]
WORDS = "BT /F1 12 Tf 72 700 Td (Beste {} tot ziens) Tj ET"


# The Type 1 program of these tests draws nothing once it is cut: PDFium had put another font in its place.
LOOKS = {"moved-text-as-before", "same-outside-the-boxes"}


def failed(done: Redacted) -> set[str]:
    checks = verify(done.source, done.target, done.document, done.redactions).checks
    return {check.name for check in checks if not check.passed}


def changed_afterwards(done: Redacted, change: Change) -> Redacted:
    """The written file with something added to it, as if the writer had forgotten it."""
    with pikepdf.open(done.target, allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(done.target, object_stream_mode=pikepdf.ObjectStreamMode.generate, fix_metadata_version=False)
    return done


def font(pdf: Pdf) -> Dictionary:
    return pdf.pages[0].obj.Resources.Font.F1


def name_the_font(pdf: Pdf) -> None:
    font(pdf).BaseFont = Name(f"/ABCDEF+{MARKER}Sans")


def name_a_glyph(pdf: Pdf) -> None:
    font(pdf).Encoding = Dictionary(Type=Name.Encoding, Differences=Array([65, Name(f"/{MARKER}")]))


def name_a_colour(pdf: Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0]), C1=Array([1]), N=1)
    space = Array([Name.Separation, Name(f"/{MARKER}"), Name.DeviceGray, function])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(Cs0=space)


def name_a_destination(pdf: Pdf) -> None:
    target = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(MARKER), target])))


def name_a_resource(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.Font[f"/{MARKER}"] = font(pdf)


def name_a_mark(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(f"/{MARKER} BMC EMC".encode())


def name_a_mark_by_its_codes(pdf: Pdf) -> None:
    coded = "".join(f"#{byte:02x}" for byte in MARKER.encode())
    pdf.pages[0].contents_add(f"/{coded} BMC EMC".encode())


def comment_in_the_content(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"% " + MARKER.encode() + b"\n0 0 9 9 re f")


def element_in_the_metadata(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(b"<dc:format>", f"<dc:{MARKER}/><dc:format>".encode())
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def comment_in_the_metadata(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(b"<dc:format>", f"<!-- {MARKER} --><dc:format>".encode())
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def text_in_the_metadata(pdf: Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(b"Publicatieversie", f"Nota van {MARKER}".encode())
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def broken_metadata(pdf: Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(f"<a><{MARKER}".encode(), Type=Name.Metadata, Subtype=Name.XML)


def entity_in_the_metadata(pdf: Pdf) -> None:
    packet = f'<!DOCTYPE a [<!ENTITY e "{MARKER}">]><a>&e;</a>'
    pdf.Root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)


def string_in_a_character_table(pdf: Pdf) -> None:
    font(pdf).ToUnicode = pdf.make_stream(b"begincmap /Registry (" + MARKER.encode() + b") def endcmap")


def comment_in_a_character_table(pdf: Pdf) -> None:
    font(pdf).ToUnicode = pdf.make_stream(b"begincmap % " + MARKER.encode() + b"\n endcmap")


def profile(pdf: Pdf) -> None:
    stream = pdf.make_stream(icc_profile(MARKER), N=3)
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(Cs0=Array([Name.ICCBased, stream]))


def type1_notice(pdf: Pdf) -> None:
    embed_type1(pdf, f"Copyright (c) {MARKER}")


def type1_glyph(pdf: Pdf) -> None:
    embed_type1(pdf, "Copyright", glyph=MARKER)


HIDDEN: list[Change] = [
    name_the_font, name_a_glyph, name_a_colour, name_a_destination, name_a_resource, name_a_mark,
    name_a_mark_by_its_codes, comment_in_the_content, element_in_the_metadata, comment_in_the_metadata,
    text_in_the_metadata, broken_metadata, entity_in_the_metadata, string_in_a_character_table,
    comment_in_a_character_table, profile, type1_notice, type1_glyph,
]  # fmt: skip


@pytest.mark.parametrize("hide", HIDDEN)
def test_a_name_that_the_writer_left_anywhere_is_found(tmp_path: Path, hide: Change) -> None:
    done = redact(make(tmp_path / "note.pdf"), [MARKER])
    assert failed(done) == set()
    changed_afterwards(done, hide)
    assert failed(done) & {"no-redacted-string-beside-the-text", "no-redacted-string-in-binary-data"}


@pytest.mark.parametrize("hide", HIDDEN)
def test_a_name_hidden_in_the_source_is_removed_or_stops_the_document(tmp_path: Path, hide: Change) -> None:
    def attack(pdf: Pdf, _: pikepdf.Page) -> None:
        pdf.Root.Metadata = pdf.make_stream(b"<a><dc:format>Publicatieversie</dc:format></a>")
        hide(pdf)
        if "/Encoding" not in font(pdf) or hide is not name_a_glyph:
            pdf.pages[0].contents_add(CONTENT.encode(), prepend=True)

    source = make(tmp_path / "note.pdf", attack)
    done = redact(source, [MARKER])
    assert failed(done) or places_of(MARKER, done.target) == []


@pytest.mark.parametrize("hide", [profile, type1_notice, element_in_the_metadata, name_a_destination])
def test_these_places_are_cleaned_so_that_nothing_has_to_stop(tmp_path: Path, hide: Change) -> None:
    def attack(pdf: Pdf, _: pikepdf.Page) -> None:
        pdf.Root.Metadata = pdf.make_stream(b"<a/>")
        hide(pdf)

    done = redact(make(tmp_path / "note.pdf", attack), [MARKER])
    assert (failed(done) - LOOKS, places_of(MARKER, done.target)) == (set(), [])


@pytest.mark.parametrize(
    "word",
    ["Contents", "First", "Normal", "Text", "Description", "title", "lang", "Artifact", "Metadata", "Producer",
     "Publicatieversie", "elements", "Helvetica", "endstream", "gelakt", "artikel"],
)  # fmt: skip
def test_a_word_of_the_file_format_can_be_redacted(tmp_path: Path, word: str) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.ProcSet = Array([Name.PDF, Name.Text])
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("een", 0))

    content = f"/Artifact BMC q 0 0 9 9 re f Q EMC {WORDS.format(word)}"
    done = redact(make(tmp_path / "note.pdf", attack, content), [word])
    assert failed(done) == set()


@pytest.mark.parametrize("word", ["question", "Copyright", "encoding", "private"])
def test_a_word_of_a_font_program_can_be_redacted(tmp_path: Path, word: str) -> None:
    def attack(pdf: Pdf, _: pikepdf.Page) -> None:
        embed_type1(pdf, "Copyright (c) the maker", glyph="question")
        font(pdf).Encoding = Dictionary(Type=Name.Encoding, Differences=Array([63, Name.question]))

    done = redact(make(tmp_path / "note.pdf", attack, WORDS.format(word)), [word])
    assert failed(done) - LOOKS == set()


def test_a_word_can_be_redacted_that_stands_in_a_longer_one_on_the_page(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf", content=WORDS.format("dolores dolore")), ["dolore"])
    assert len(done.redactions) == 2  # the test's way of finding words takes both
    done = redact(done.source, [" dolore "])
    assert failed(done) == set()


def test_a_footnote_sign_that_another_reader_sets_apart_stops_nobody(tmp_path: Path) -> None:
    name = f"BT /F1 12 Tf 72 700 Td (Dit is {MARKER}) Tj ET"
    note = "BT 72 100 Td 5 Ts /F1 6 Tf (2) Tj 0 Ts /F1 12 Tf (Dit is een noot) Tj ET"
    source = make(tmp_path / "note.pdf", content=f"{name} {note}")
    done = redact(source, ["Dit is"])
    assert failed(done) == set()


def test_a_string_is_looked_for_only_in_encodings_that_have_its_letters() -> None:
    assert b"" not in encodings("иванов")
    assert "Šimić".encode("latin-1", "ignore") not in encodings("šimić")
    assert "šimić".encode("utf-16-be") in encodings("šimić")


def test_a_source_that_the_second_reader_cannot_open_can_be_verified(tmp_path: Path) -> None:
    source = make(tmp_path / "note.pdf")
    source.write_bytes(source.read_bytes().rpartition(b"startxref")[0])
    assert failed(redact(source, [MARKER])) == set()


def test_a_page_read_only_by_its_own_text_is_not_taken_for_clean(tmp_path: Path) -> None:
    """A document whose text lacks the name, though the page shows it twice: one mention redacted, one left."""
    source = make(tmp_path / "note.pdf", content=f"{CONTENT} BT /F1 12 Tf 72 500 Td (Ook {MARKER} bleef) Tj ET")
    whole = redact(source, [MARKER])
    one = Redacted(source, whole.target, whole.document, whole.redactions[:1], whole.written)
    text = whole.document.text
    cut = text[: text.rindex(MARKER)] + " " * len(MARKER) + text[text.rindex(MARKER) + len(MARKER) :]
    page = whole.document.pages[0]
    blind = Document(
        whole.document.name, "pdf", cut, (Page(1, 0, len(cut), page.width_pt, page.height_pt, 0, page.boxes),)
    )
    half = redact(source, [MARKER], document=blind)
    assert len(half.redactions) == len(one.redactions) == 1
    assert {"text-by-pdfium", "text-by-pypdf"} <= failed(half)


def icc_profile(said: str) -> bytes:
    """A colour profile that describes itself as `said`."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    old = "sRGB built-in".encode("utf-16-be")
    assert old in data
    return bytes(data.replace(old, said.ljust(13).encode("utf-16-be")))


def embed_type1(pdf: Pdf, notice: str, glyph: str = "A") -> None:
    """A Type 1 program with `notice` for font F1, of one glyph and nothing to draw."""
    clear = (
        f"%!PS-AdobeFont-1.0: Test 001.001\n12 dict begin /FontInfo 2 dict dup begin /Notice ({notice}) readonly def "
        "end readonly def /FontName /Test def /PaintType 0 def /FontType 1 def /FontMatrix [0.001 0 0 0.001 0 0] def "
        "/Encoding StandardEncoding def /FontBBox {0 0 1000 1000} def currentdict end currentfile eexec\n"
    )
    private = (
        b"dup /Private 8 dict dup begin /password 5839 def /lenIV 4 def 2 index "
        b"/CharStrings 2 dict dup begin /.notdef 7 RD "
        + eexec.encrypt(b"\0\0\0\0\x8b\x8b\x0d\x0e", 4330)[0][:7]
        + f" ND /{glyph} 7 RD ".encode()
        + eexec.encrypt(b"\0\0\0\0\x8b\x8b\x0d\x0e", 4330)[0][:7]
        + b" ND end end readonly put mark currentfile closefile"
    )
    hidden = eexec.encrypt(b"\0\0\0\0" + private, 55665)[0]
    program = pdf.make_stream(clear.encode("latin-1") + hidden + b"\n" + b"0" * 512 + b"\ncleartomark")
    program.Length1, program.Length2, program.Length3 = len(clear), len(hidden), 525
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Test"), Flags=32, FontBBox=Array([0, 0, 1000, 1000]),
        ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=80, FontFile=program,
    )  # fmt: skip
    font(pdf).BaseFont, font(pdf).FontDescriptor = Name("/ABCDEF+Test"), pdf.make_indirect(descriptor)
    font(pdf).FirstChar, font(pdf).LastChar, font(pdf).Widths = 32, 126, Array([500] * 95)


def test_a_short_line_lost_from_a_nearly_empty_page_fails_the_verification(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "note.pdf"), [MARKER], keep_layout=True)
    assert failed(done) == set()
    with pikepdf.open(done.target, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.contents_coalesce()
        page.obj.Contents = pdf.make_stream(page.Contents.read_bytes().replace(b"en een regel eronder", b""))
        pdf.save(done.target)
    assert "same-outside-the-boxes" in failed(done)


def test_another_colour_of_the_same_grey_fails_the_verification(tmp_path: Path) -> None:
    def square(pdf: Pdf, page: pikepdf.Page) -> None:
        page.contents_add(b"q 0.8 0 0 rg 72 200 60 60 re f Q")

    done = redact(make(tmp_path / "note.pdf", square), [MARKER], keep_layout=True)
    assert failed(done) == set()
    with pikepdf.open(done.target, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.contents_coalesce()
        drawn = page.Contents.read_bytes()
        assert drawn.count(b"0.8 0 0 rg") == 1
        page.Contents = pdf.make_stream(drawn.replace(b"0.8 0 0 rg", b"0 0.407 0 rg"))
        pdf.save(done.target)
    assert failed(done) == {"same-outside-the-boxes"}


def test_a_mark_higher_than_its_line_moves_with_it_and_passes_the_verification(tmp_path: Path) -> None:
    mark = "1 1 0 rg 70 693.5 175 21 re f 0 g"
    content = f"{mark} BT /F1 12 Tf 72 700 Td (Beste Bo Os en verder niemand) Tj ET"
    assert failed(redact(make(tmp_path / "note.pdf", content=content), ["Bo Os"])) == set()


@pytest.mark.parametrize(
    ("shown", "gone"),
    [
        ("(Beste Terp-) Tj 0 -14 Td (stra tot ziens) Tj", ["Terp-", "stra"]),
        ("(Beste T e r p s t r a tot ziens) Tj", ["T e r p s t r a"]),
    ],
)
def test_a_name_that_the_page_cuts_up_is_found_beside_the_text(shown: str, gone: list[str], tmp_path: Path) -> None:
    def add_to_the_outline(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Gesprek met Terpstra", 0))

    done = redact(make(tmp_path / "note.pdf", content=f"BT /F1 12 Tf 72 700 Td {shown} ET"), gone)
    assert failed(done) == set()
    assert failed(changed_afterwards(done, add_to_the_outline)) == {"no-redacted-string-beside-the-text"}
