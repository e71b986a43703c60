"""OpenDocument texts before LibreOffice gets them: changes accepted, nothing hostile let through."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats import recognise
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


def document(folder: Path, body: str, manifest: str = MANIFEST % "", **more: str) -> Path:
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
