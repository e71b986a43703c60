"""OpenDocument texts before LibreOffice gets them: changes accepted, nothing hostile let through; what is locked."""

from __future__ import annotations

import logging
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from woo_anon.errors import RefusedError, UnreadableError, WooAnonError
from woo_anon.formats import recognise
from woo_anon.formats.access import Access
from woo_anon.formats.word.render import find_office

KIND = "application/vnd.oasis.opendocument.text"
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}">%s</manifest:file-entry>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
# Fictitious.
CHANGED = (
    '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><office:change-info><dc:creator>Nynke'
    " Zandloper</dc:creator></office:change-info><text:p>Volgens Evert Halfwerk niet.</text:p></text:deletion>"
    '</text:changed-region></text:tracked-changes><text:p>Er is <text:change text:change-id="c"/>geen bezwaar.</text:p>'
)


def document(folder: Path, body: str, manifest: str = MANIFEST % "", **more: str | bytes) -> Path:
    path = folder / "nota.odt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", KIND, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        for name, data in more.items():
            archive.writestr(name, data)
    return path


@pytest.mark.skipif(find_office() is None, reason="LibreOffice makes the PDF")
def test_what_was_deleted_is_not_in_the_text_and_what_stands_behind_it_is(tmp_path: Path) -> None:
    path = document(tmp_path, CHANGED)
    text = " ".join(recognise(path).read(path).text.split())
    assert text == "Er is geen bezwaar."


def test_a_password_is_refused(tmp_path: Path) -> None:
    path = document(tmp_path, "", MANIFEST % "<manifest:encryption-data/>")
    with pytest.raises(RefusedError, match="password"):
        recognise(path).read(path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = document(tmp_path, "", Pictures=" " * 20_000_000)
    with pytest.raises(RefusedError, match="unfolds"):
        recognise(path).read(path)


def test_broken_xml_is_told_in_plain_words(tmp_path: Path) -> None:
    path = document(tmp_path, "<text:p>")
    with pytest.raises(UnreadableError, match="broken"):
        recognise(path).read(path)


def locked(folder: Path, source: Path) -> Path:
    """An Office file behind the password `open sesam 42`."""
    path = folder / f"locked-{source.name}"
    with source.open("rb") as stream, path.open("wb") as target:
        OOXMLFile(stream).encrypt("open sesam 42", target)
    return path


def word(folder: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("Er is geen bezwaar.")
    made.save(str(folder / "nota.docx"))
    return folder / "nota.docx"


@pytest.mark.parametrize("passwords", [(), ("sesam",)])
def test_a_word_document_behind_a_password_is_refused_with_the_remedy(
    tmp_path: Path, passwords: tuple[str, ...]
) -> None:
    path = locked(tmp_path, word(tmp_path))
    with pytest.raises(RefusedError, match="needs a password") as refused:
        recognise(path).read(path, Access(passwords))
    assert "--password-file" in refused.value.remedy


@pytest.mark.skipif(find_office() is None, reason="LibreOffice makes the PDF")
def test_a_word_document_behind_a_known_password_is_read(tmp_path: Path) -> None:
    path = locked(tmp_path, word(tmp_path))
    read = recognise(path).read(path, Access(("sesam", "open sesam 42")))
    assert " ".join(read.text.split()) == "Er is geen bezwaar."
    assert read.prepared is not None
    assert "encryption" in read.prepared.removed


def test_a_workbook_behind_a_known_password_is_told_from_a_document(tmp_path: Path) -> None:
    book = tmp_path / "cijfers.xlsx"
    openpyxl.Workbook().save(book)
    path = locked(tmp_path, book)
    with pytest.raises(UnreadableError, match=r"no \.docx or \.doc"):
        recognise(path).read(path, Access(("open sesam 42",)))


def test_a_locked_file_without_its_key_is_refused(tmp_path: Path) -> None:
    path = locked(tmp_path, word(tmp_path))
    data = path.read_bytes()
    assert b"<encryption " in data
    path.write_bytes(data.replace(b"<encryption ", b"<decryption "))
    with pytest.raises(RefusedError, match="locked in a way"):
        recognise(path).read(path, Access(("open sesam 42",)))


def test_the_library_which_logs_passwords_does_not_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    path = locked(tmp_path, word(tmp_path))
    with pytest.raises(RefusedError):
        recognise(path).read(path, Access(("sesam zonder",)))
    assert not logging.getLogger("msoffcrypto.method.ecma376_standard").isEnabledFor(logging.ERROR)


@pytest.mark.skipif(find_office() is None, reason="LibreOffice makes the PDF")
def test_what_is_wrong_with_the_pdf_is_said_of_the_document(tmp_path: Path) -> None:
    path = document(tmp_path, "<text:p>Tekst</text:p>", styles="x", **{"styles.xml": "<a/>"})
    with pytest.raises(WooAnonError, match=r"^nota\.odt: "):
        recognise(path).read(path, Access(ocr=False))
