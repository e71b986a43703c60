"""Pages without text are read by OCR, redacted in picture and text, and never called read when little was found."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from paper import DPI, LINE, MARGIN, NOTE, needs_ocr, scan, sheet, table
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from woo_anon.errors import ExitCode, MissingError, RefusedError
from woo_anon.formats.access import Access
from woo_anon.formats.pdf.read import read
from woo_anon.formats.pdf.scans.words import without_specks
from woo_anon.geometry import Box
from woo_anon.verify import verify

sys.path.append(str(Path(__file__).parents[1] / "leaks"))

from redacting import redact

pytestmark = needs_ocr


def darkest(path: Path, box: Box) -> int:
    """The darkest grey within a box on the first page, but for its edge."""
    with pypdfium2.PdfDocument(path) as pdf:
        picture = pdf[0].render(scale=DPI / 72, grayscale=True).to_pil()
    scale, height = DPI / 72, picture.height
    edges = (box.left, height / scale - box.top, box.right, height / scale - box.bottom)
    left, top, right, bottom = (round(scale * edge) for edge in edges)
    return int(np.asarray(picture)[top + 4 : bottom - 4, left + 4 : right - 4].min())


def test_a_scan_is_read(tmp_path: Path) -> None:
    document = read(scan(tmp_path / "a.pdf", sheet(*NOTE)))
    assert [line.strip() for line in document.text.splitlines()] == list(NOTE)
    assert (document.recognised_pages, document.pages_not_read) == ((1,), ())


@pytest.mark.parametrize("turned", [-0.7, 0.4, 0.7, 2.0])
def test_lines_of_a_page_that_lay_askew_are_read_in_their_order(tmp_path: Path, turned: float) -> None:
    document = read(scan(tmp_path / "a.pdf", sheet(*NOTE, turned=turned)))
    begun = [line.split()[0] for line in document.text.splitlines() if line.strip()]
    assert begun == [line.split()[0] for line in NOTE]


@pytest.mark.parametrize("turned", [0.0, 0.7, 1.8, 2.4, -2.0])
def test_a_name_goes_from_picture_and_text(tmp_path: Path, turned: float) -> None:
    done = redact(scan(tmp_path / "a.pdf", sheet(*NOTE, turned=turned)), ["Zandvoort"], label="")
    assert verify(done.source, done.target, done.document, done.redactions).passed
    assert "Zandvoort" not in read(done.target).text
    assert "Wortelboer" in read(done.target).text
    assert len(done.redactions) == 2
    for redaction in done.redactions:
        (place,) = redaction.places
        assert darkest(done.source, place.box) < 100 < darkest(done.target, place.box)


def test_a_page_on_its_side_is_read(tmp_path: Path) -> None:
    lying = sheet(*NOTE * 6).transpose(Image.Transpose.ROTATE_90)
    document = read(scan(tmp_path / "a.pdf", lying))
    assert document.text.splitlines()[0].strip() == NOTE[0]
    assert document.pages_not_read == ()


@pytest.mark.parametrize("turned", [0.0, 0.4])
def test_a_table_is_read_row_by_row(tmp_path: Path, turned: float) -> None:
    rows = [
        ("PersNr. Naam medewerker", "St Gebdat. Kpl.", "Bedrag"),
        ("00214480 Wortelboer R", "1 09071971 771020 onregelmatig", "184,22"),
        ("00214517 Zandvoort-Quint", "1 30111988 771020 fietsplan", "36,00"),
        ("00215003 Blauwbaard WB", "3 17021960 771044 gratificatie", "871,50"),
        ("00215119 Oldeboom-Vis T", "1 01011994 771044 ploegendienst", "12,00"),
    ]
    listed = table(*rows, top=MARGIN + 6 * LINE, lefts=(MARGIN, 520, 980))
    text = read(scan(tmp_path / "a.pdf", sheet(*NOTE, turned=turned, pens=[listed]))).text
    for number, _, amount in rows[1:]:
        (line,) = [line for line in text.splitlines() if number.split()[0] in line]
        assert amount in line


def test_two_columns_of_running_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [
        "De werkgroep heeft in het voorjaar",
        "een onderzoek gedaan naar de stand",
        "van de wegen in het hele gebied en",
        "daarvan verslag gedaan aan het bestuur.",
    ]
    right = [
        "De gemeente heeft het verslag laten",
        "lezen door de bewoners, die daarop",
        "hun vragen hebben gesteld tijdens de",
        "avond die daarvoor gehouden was.",
    ]
    columns = table(*zip(left, right, strict=True), top=MARGIN, lefts=(MARGIN, 660))
    lines = read(scan(tmp_path / "a.pdf", sheet(pens=[columns]))).text.split("\n")
    assert [line.strip() for line in lines if line.strip()] == [*left, *right]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("_RN-DD-52 ___ vrmsl_tlopes AP-0312_", " RN-DD-52     vrmsl_tlopes AP-0312 "),
        ("pers.\u201anr van D SOUZA, F\u201aN.", "pers. nr van D SOUZA, F N."),
        ("Zandvoort\u201a mevrouw", "Zandvoort, mevrouw"),
    ],
)
def test_what_ocr_makes_of_specks_and_rules_is_no_text(read: str, meant: str) -> None:
    assert without_specks(read) == meant


def test_pages_with_text_stay_as_they_are(tmp_path: Path) -> None:
    source = scan(tmp_path / "a.pdf", sheet(*NOTE))
    done = redact(source, ["Zandvoort"], label="")
    again = read(done.source)
    assert again.prepared is None
    assert again.recognised_pages == ()


def _drawn(path: Path, *pages: Callable[[Canvas], None]) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def _typed(canvas: Canvas) -> None:
    for row, line in enumerate(NOTE):
        canvas.drawString(72, 700 - 16 * row, line)


def _scanned(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(sheet(*NOTE)), 0, 0, 595, 842)


def _stamped(canvas: Canvas) -> None:
    _scanned(canvas)
    canvas.drawString(300, 100, "Ontvangen 3 mei 2024")


def test_of_a_file_with_scans_between_its_pages_only_those_are_recognised(tmp_path: Path) -> None:
    source = _drawn(tmp_path / "a.pdf", _typed, _scanned, _typed)
    document = read(source)
    assert document.recognised_pages == (2,)
    texts = [document.text[page.start : page.end] for page in document.pages]
    assert [text.count("Zandvoort") for text in texts] == [2, 2, 2]
    done = redact(source, ["Zandvoort"], label="")
    assert verify(done.source, done.target, done.document, done.redactions).passed
    assert "Zandvoort" not in read(done.target).text


def test_a_stamp_on_a_scan_is_read_with_it(tmp_path: Path) -> None:
    document = read(_drawn(tmp_path / "a.pdf", _stamped))
    assert document.recognised_pages == (1,)
    assert "Ontvangen 3 mei 2024" in document.text
    assert NOTE[0] in document.text


def _with_a_head(canvas: Canvas) -> None:
    _scanned(canvas)
    canvas.drawString(
        72, 820, "Bijlage 3 bij de beslisnota over de voortgang van het programma wegen, ontvangen 3 mei 2024"
    )


def test_a_scan_under_a_long_running_head_is_read_too(tmp_path: Path) -> None:
    source = _drawn(tmp_path / "a.pdf", _with_a_head)
    document = read(source)
    assert document.recognised_pages == (1,)
    assert "Bijlage 3 bij de beslisnota" in document.text
    done = redact(source, ["Zandvoort"], label="", document=document)
    assert verify(done.source, done.target, done.document, done.redactions).passed
    assert "Zandvoort" not in read(done.target).text


def _over_a_picture(canvas: Canvas) -> None:
    ground = Image.linear_gradient("L").resize((595, 842))
    canvas.drawImage(ImageReader(ground), 0, 0, 595, 842)
    _typed(canvas)


def test_text_over_a_picture_that_is_no_print_is_taken_as_it_is(tmp_path: Path) -> None:
    assert read(_drawn(tmp_path / "a.pdf", _over_a_picture)).recognised_pages == ()


def test_a_page_whose_letters_are_not_drawn_does_not_count_as_blank(tmp_path: Path) -> None:
    document = read(_encoded(_drawn(tmp_path / "a.pdf", _typed)))
    assert document.pages_not_read == ((1, "scan:nothing"),)


def _encoded(source: Path) -> Path:
    """The page with its text in a font that is not there and does not say which letters its glyphs show."""
    target = source.with_name("encoded.pdf")
    with pikepdf.open(source) as pdf:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        codes = [pikepdf.Name(f"/g{code}") for code in range(32, 127)]
        font.Encoding = pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=pikepdf.Array([32, *codes]))
        pdf.save(target)
    return target


def test_the_confidence_of_a_word_is_that_of_its_letters(tmp_path: Path) -> None:
    document = read(scan(tmp_path / "a.pdf", sheet(*NOTE)))
    (page,) = document.pages
    assert page.confidences
    at = document.text.index("Wortelboer")
    (known,) = set(page.confidences[at : at + 10])
    assert 50 < known <= 100
    assert len(page.confidences) == len(document.text)


def test_a_blank_page_counts_as_read(tmp_path: Path) -> None:
    document = read(scan(tmp_path / "a.pdf", sheet()))
    assert (document.recognised_pages, document.pages_not_read) == ((1,), ())


def test_a_page_of_handwriting_does_not_count_as_read(tmp_path: Path) -> None:
    document = read(scan(tmp_path / "a.pdf", sheet(*NOTE), sheet(scrawls=15)))
    assert [page for page, _ in document.pages_not_read] == [2]


def test_print_with_much_handwriting_below_does_not_count_as_read(tmp_path: Path) -> None:
    document = read(scan(tmp_path / "a.pdf", sheet(*NOTE, scrawls=8)))
    assert [page for page, _ in document.pages_not_read] == [1]


def test_without_the_programs_the_error_says_how_to_install_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match=r"pip install 'woo-anon\[ocr\]'.*apt install tesseract-ocr") as raised:
        read(scan(tmp_path / "a.pdf", sheet(*NOTE)))
    assert raised.value.exit_code is ExitCode.MISSING


def test_without_leave_to_use_ocr_a_scan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="page 1 cannot be read"):
        read(scan(tmp_path / "a.pdf", sheet(*NOTE)), Access(ocr=False))


def _with_comment(path: Path, kind: str, **entries: object) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        width, height = (float(edge) for edge in list(pdf.pages[0].mediabox)[2:])
        comment = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(kind),
            Rect=[50, height - 110, width - 50, height - 55],
            **entries,
        )
        pdf.pages[0].Annots = pikepdf.Array([comment])
        pdf.save(path)
    return path


def test_a_comment_that_covers_print_is_refused(tmp_path: Path) -> None:
    source = _with_comment(scan(tmp_path / "a.pdf", sheet(*NOTE)), "/Square", IC=[0, 0, 0], C=[0, 0, 0])
    with pytest.raises(RefusedError, match="page 1 a comment covers"):
        read(source)


def test_a_marker_pen_is_no_cover(tmp_path: Path) -> None:
    source = scan(tmp_path / "a.pdf", sheet(*NOTE))
    with pikepdf.open(source) as pdf:
        left, top, right, bottom = 50, float(pdf.pages[0].mediabox[3]) - 55, 400, float(pdf.pages[0].mediabox[3]) - 110
    corners = [left, top, right, top, left, bottom, right, bottom]
    _with_comment(source, "/Highlight", C=[1, 1, 0], QuadPoints=corners)
    assert NOTE[1] in read(source).text


def test_what_a_comment_says_is_not_read(tmp_path: Path) -> None:
    source = scan(tmp_path / "a.pdf", sheet("", "", "", *NOTE))
    comment = pikepdf.String("0 g /Helv 24 Tf")
    _with_comment(source, "/FreeText", DA=comment, Contents=pikepdf.String("Zonneveld"))
    assert "Zonneveld" not in read(source).text
