"""What OCR adds to a page breaks no standard that the file met, and a page that became a picture claims what it is."""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf
import pytest
import typst
from notes import note
from verapdf import VeraPdf

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("leaks", "formats", "scans")]

from paper import NOTE, needs_ocr, sheet
from pdf_files import changed
from pictures import screenshot
from redacting import redact

pytestmark = needs_ocr

STANDARDS = {"ua-1": "ua1", "a-1a": "1a", "a-2a": "2a", "a-2b": "2b", "a-2u": "2u"}
HEAD = "Kenmerk 2026-0417"
SHEET = """
#set document(title: "Nota")
#set text(lang: "nl")
#set page(width: 210mm, height: 297mm, margin: (x: 0mm, top: 12mm, bottom: 0mm))
HEAD
#place(image("sheet.png", width: 210mm, alt: "Scan van een nota"))
"""


def scanned(folder: Path, standard: str, head: str = "") -> Path:
    """A tagged PDF of a scanned sheet, in a standard; `head` is text of the page, above the picture."""
    sheet(*NOTE).save(folder / "sheet.png")
    (folder / "scan.typ").write_text(SHEET.replace("HEAD", head), encoding="utf-8")
    typst.compile(str(folder / "scan.typ"), output=str(folder / "scan.pdf"), pdf_standards=[standard])
    return folder / "scan.pdf"


@pytest.mark.parametrize("head", ["", HEAD], ids=["a picture alone", "a picture and a line of text"])
@pytest.mark.parametrize("standard", STANDARDS)
def test_a_scan_still_meets_the_standard_after_redaction(
    tmp_path: Path, vera: VeraPdf, standard: str, head: str
) -> None:
    source = scanned(tmp_path, standard, head)
    done = redact(source, ["Zandvoort"])
    assert (done.document.recognised_pages, len(done.redactions)) == ((1,), 2)
    assert vera.broken(STANDARDS[standard], source) == []
    assert vera.broken(STANDARDS[standard], done.target) == []


NOTE_WITH_SCREENSHOT = """
#set document(title: "Nota")
#set text(lang: "nl")
#set page(width: 210mm, height: 297mm)
= Planning van de kade
#lorem(150)
#figure(image("mail.png", width: 110mm, alt: "Schermafdruk van een mail"), caption: [Mail])
#lorem(80)
"""


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_page_with_a_screenshot_still_meets_the_standard_after_redaction(
    tmp_path: Path, vera: VeraPdf, standard: str
) -> None:
    screenshot().save(tmp_path / "mail.png")
    (tmp_path / "note.typ").write_text(NOTE_WITH_SCREENSHOT, encoding="utf-8")
    source = tmp_path / "note.pdf"
    typst.compile(str(tmp_path / "note.typ"), output=str(source), pdf_standards=[standard])
    done = redact(source, ["Zandvoort"])
    assert (done.document.recognised_pages, len(done.redactions)) == ((1,), 2)
    assert vera.broken(STANDARDS[standard], source) == []
    assert vera.broken(STANDARDS[standard], done.target) == []


def test_text_beside_a_picture_stays_text(tmp_path: Path) -> None:
    done = redact(scanned(tmp_path, "ua-1", HEAD), ["Zandvoort"])
    assert HEAD in done.document.text and done.document.pages_not_read == ()
    with pikepdf.open(done.target) as pdf:
        assert "/Font" in pdf.pages[0].Resources
        assert len(pdf.pages[0].get_images()) == 1


@pytest.mark.parametrize(("standard", "left"), [("a-1b", "1b"), ("a-2a", "2b"), ("a-2b", "2b"), ("a-4", "4")])
def test_a_page_that_had_to_become_a_picture_is_archival_still(
    tmp_path: Path, vera: VeraPdf, standard: str, left: str
) -> None:
    done = redact(changed(note(tmp_path / "note.pdf", standard), _forget_letters), ["Zwartemans"])
    assert done.document.recognised_pages == (1, 2)
    assert vera.broken(left, done.target) == []


def test_such_a_page_is_no_longer_called_accessible(tmp_path: Path) -> None:
    done = redact(changed(note(tmp_path / "note.pdf", "ua-1"), _forget_letters), ["Zwartemans"])
    with pikepdf.open(done.target) as pdf:
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes().replace(b"xmlns:pdfuaid", b"")


def _forget_letters(pdf: pikepdf.Pdf) -> None:
    """Its fonts no longer say which letters they show."""
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font:
            del font.ToUnicode
