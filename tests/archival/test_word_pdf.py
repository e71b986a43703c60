"""The PDF of a Word document's publication version: made by LibreOffice, archival and accessible."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from verapdf import VeraPdf

sys.path += [str(Path(__file__).parents[1] / "formats")]

from word_files import NAMESPACES, comment, commented, field, paragraph, picture, png, run, table, text_box, word
from word_redacting import Redacted, redact

from woo_anon.errors import MissingError, RefusedError, UnreadableError
from woo_anon.formats.word.render import find_office, to_pdf
from woo_anon.verify.word_pdf import check_rendering

NAME = "Wytske Zwartemans"
STYLES = (
    f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kop3"><w:name w:val="heading 3"/></w:style></w:styles>'
)


@pytest.fixture(scope="module", autouse=True)
def office() -> None:
    """Where LibreOffice is missing the tests are skipped, but in CI they fail."""
    if find_office() is None and os.environ.get("CI") == "true":
        pytest.fail("LibreOffice is missing (Debian: libreoffice-writer-nogui)")
    if find_office() is None:
        pytest.skip("LibreOffice is missing")


def note(folder: Path) -> Redacted:
    """A note with most of what notes hold, redacted."""
    parts: dict[str, str | bytes] = {
        "word/styles.xml": STYLES,
        "word/header.xml": (
            f"<w:hdr {NAMESPACES}>{paragraph('Ministerie van Voorbeelden', text_box(paragraph(NAME)))}</w:hdr>"
        ),
        "word/footer.xml": f"<w:ftr {NAMESPACES}>{paragraph('Pagina ', field(' PAGE ', '1'))}</w:ftr>",
        "word/footnotes.xml": (
            f'<w:footnotes {NAMESPACES}><w:footnote w:id="2">{paragraph(f"Brief van {NAME}")}</w:footnote>'
            "</w:footnotes>"
        ),
        "word/media/a.png": png(),
    }
    rels = (
        ("s", "styles", "styles.xml", False),
        ("h", "header", "header.xml", False),
        ("f", "footer", "footer.xml", False),
        ("n", "footnotes", "footnotes.xml", False),
        ("i", "image", "media/a.png", False),
        ("l", "hyperlink", "https://www.rijksoverheid.nl/", True),
    )
    body = (
        paragraph("Nota", properties='<w:pStyle w:val="Kop1"/>')
        + paragraph("Onderdeel", properties='<w:pStyle w:val="Kop3"/>')
        + table(("Van", NAME), ("Aan", "De minister"))
        + paragraph("Beste lezer", '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + paragraph(picture("i", alternative="Een rood vlak"), picture("i"))
        + paragraph(f'<w:hyperlink r:id="l">{run("rijksoverheid")}</w:hyperlink>')
        + '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/>'
        '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    )
    return redact(word(folder / "nota.docx", body, parts, rels), [NAME])


def text_of(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Redacted, Path]:
    folder = tmp_path_factory.mktemp("word-pdf")
    done = note(folder)
    to_pdf(done.target, folder / "nota.pdf", 120)
    return done, folder / "nota.pdf"


@pytest.mark.parametrize("standard", ["ua1", "2b"])
def test_it_meets_the_standard(made: tuple[Redacted, Path], vera: VeraPdf, standard: str) -> None:
    assert vera.broken(standard, made[1]) == []


def test_it_shows_the_labels_and_not_the_name(made: tuple[Redacted, Path]) -> None:
    text = text_of(made[1])
    assert text.count("[5.1.2e]") == 3
    assert "Zwartemans" not in text
    assert "De minister" in text


def test_its_rendering_passes_verification(made: tuple[Redacted, Path]) -> None:
    done, pdf = made
    assert all(check.passed for check in check_rendering(done.target, pdf, done.document, done.written.redactions))


@pytest.mark.parametrize("name", ["Bold", "Emphasis", "General", "Typeface", "Hereby", "Heading", "Licence", "Png"])
def test_somebody_whose_name_is_a_word_of_the_format_can_be_redacted(tmp_path: Path, name: str) -> None:
    style = '<w:style w:type="character" w:styleId="E"><w:name w:val="Emphasis"/></w:style>'
    styles = f"<w:styles {NAMESPACES}>{style}</w:styles>"
    body = paragraph(f"Beste {name}", run(" vet", "<w:b/>"), run(" nadruk", '<w:rStyle w:val="E"/>'), picture("i"))
    rels = (("s", "styles", "styles.xml", False), ("i", "image", "media/a.png", False))
    path = word(tmp_path / "a.docx", body, {"word/styles.xml": styles, "word/media/a.png": png()}, rels)
    done = redact(path, [name])
    to_pdf(done.target, tmp_path / "a.pdf", 120)
    checks = check_rendering(done.target, tmp_path / "a.pdf", done.document, done.written.redactions)
    assert [*done.failed, *(check.name for check in checks if not check.passed)] == []


def test_comments_that_stay_in_the_word_document_are_not_in_it(tmp_path: Path) -> None:
    done = redact(commented(tmp_path / "a.docx", comment(1, "Okke", "Vraag het nog even")), [], keep_comments=True)
    to_pdf(done.target, tmp_path / "a.pdf", 120)
    assert "Vraag" not in text_of(tmp_path / "a.pdf")
    checks = check_rendering(done.target, tmp_path / "a.pdf", done.document, done.written.redactions)
    assert [check.name for check in checks if not check.passed] == []


def test_it_says_nothing_of_the_program_and_the_time(made: tuple[Redacted, Path]) -> None:
    with pikepdf.open(made[1]) as pdf:
        assert dict(pdf.docinfo) == {"/Title": "Publicatieversie", "/Producer": "woo-anon"}
        assert b"LibreOffice" not in pdf.Root.Metadata.read_bytes()
        assert str(pdf.Root.Lang) == "nl-NL"


def test_the_same_document_gives_the_same_bytes_also_beside_other_runs(made: tuple[Redacted, Path]) -> None:
    done, first = made
    targets = [first.with_name(f"{number}.pdf") for number in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda target: to_pdf(done.target, target, 240), targets))
    assert {target.read_bytes() for target in targets} == {first.read_bytes()}


def test_a_pdf_that_lacks_text_of_the_document_does_not_pass(made: tuple[Redacted, Path], tmp_path: Path) -> None:
    done, _ = made
    other = redact(word(tmp_path / "kort.docx", paragraph("Iets anders")), [])
    to_pdf(other.target, tmp_path / "kort.pdf", 120)
    checks = check_rendering(done.target, tmp_path / "kort.pdf", done.document, done.written.redactions)
    assert [check.name for check in checks if not check.passed] == ["pdf-shows-the-text"]


def test_a_header_of_pages_that_the_document_does_not_have_is_not_lost(tmp_path: Path) -> None:
    headers = {
        f"word/{name}.xml": f"<w:hdr {NAMESPACES}>{paragraph(text)}</w:hdr>"
        for name, text in (("eerste", "Briefhoofd"), ("volgende", "Vervolgblad"))
    }
    rels = tuple((name[0], "header", f"{name}.xml", False) for name in ("eerste", "volgende"))
    types = dict.fromkeys(headers, "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml")
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="e"/><w:headerReference w:type="default" r:id="v"/>'
        "<w:titlePg/></w:sectPr>"
    )
    done = redact(word(tmp_path / "a.docx", paragraph("Beste lezer") + section, headers, rels, types=types), [])
    to_pdf(done.target, tmp_path / "a.pdf", 120)
    assert "Vervolgblad" not in text_of(tmp_path / "a.pdf")
    checks = check_rendering(done.target, tmp_path / "a.pdf", done.document, done.written.redactions)
    assert [check.name for check in checks if not check.passed] == []


def test_the_number_of_a_page_is_no_redacted_number(tmp_path: Path) -> None:
    footer = f"<w:ftr {NAMESPACES}>{paragraph(field(' PAGE ', '1'))}</w:ftr>"
    pages = "".join(paragraph('<w:r><w:br w:type="page"/></w:r>') for _ in range(100))
    section = '<w:sectPr><w:footerReference w:type="default" r:id="f"/></w:sectPr>'
    rels = (("f", "footer", "footer.xml", False),)
    path = word(tmp_path / "a.docx", paragraph("Huisnummer 100 ") + pages + section, {"word/footer.xml": footer}, rels)
    done = redact(path, ["100"])
    to_pdf(done.target, tmp_path / "a.pdf", 120)
    assert "100" in text_of(tmp_path / "a.pdf")
    checks = check_rendering(done.target, tmp_path / "a.pdf", done.document, done.written.redactions)
    assert [check.name for check in checks if not check.passed] == []


def test_a_pdf_of_the_source_does_not_pass(made: tuple[Redacted, Path], tmp_path: Path) -> None:
    done, _ = made
    to_pdf(done.source, tmp_path / "bron.pdf", 120)
    checks = check_rendering(done.target, tmp_path / "bron.pdf", done.document, done.written.redactions)
    assert "redacted-strings-gone-from-the-pdf" in [check.name for check in checks if not check.passed]


def test_without_libreoffice_the_error_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match="apt install"):
        to_pdf(tmp_path / "a.docx", tmp_path / "a.pdf", 10)


def test_a_run_without_time_is_refused_and_leaves_nothing(made: tuple[Redacted, Path], tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="seconds"):
        to_pdf(made[0].target, tmp_path / "a.pdf", 0)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_document_gives_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(UnreadableError):
        to_pdf(path, tmp_path / "a.pdf", 120)
