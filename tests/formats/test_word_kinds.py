"""What an office file is told to be, by its content."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from mail_files import compound
from word_files import paragraph, word

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import Access
from woo_anon.formats.word.kinds import Kind, kind, recognise
from woo_anon.formats.word.read import read


def head(path: Path) -> bytes:
    return path.read_bytes()[:4096]


def zipped(path: Path, *members: tuple[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def types(of: str) -> tuple[str, str]:
    return ("[Content_Types].xml", f'<Types><Override PartName="/a.xml" ContentType="{of}"/></Types>')


def test_a_document_of_python_docx_is_recognised(tmp_path):
    path = tmp_path / "nota.bin"
    docx.Document().save(str(path))
    assert recognise(head(path))
    assert kind(path) is Kind.DOCX


def test_a_workbook_is_told_apart(tmp_path):
    path = tmp_path / "lijst.docx"
    openpyxl.Workbook().save(path)
    assert kind(path) is Kind.XLSX
    with pytest.raises(UnreadableError, match="workbook"):
        read(path)


def test_an_open_document_is_told_apart(tmp_path):
    path = zipped(tmp_path / "a.docx", ("mimetype", "application/vnd.oasis.opendocument.text"))
    assert not recognise(head(path))
    assert kind(path) is Kind.ODT


@pytest.mark.parametrize(
    ("of", "is_"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", Kind.DOCM),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", Kind.DOCM),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", Kind.PPTX),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", Kind.DOCX),
        ("text/plain", Kind.OTHER_ZIP),
    ],
)
def test_the_type_of_the_main_part_tells_what_it_is(tmp_path, of, is_):
    assert kind(zipped(tmp_path / "a.docx", types(of))) is is_


def test_a_document_with_macros_is_refused(tmp_path):
    path = zipped(tmp_path / "a.docx", types("application/vnd.ms-word.document.macroEnabled.main+xml"))
    with pytest.raises(RefusedError, match="macros"):
        read(path)


def test_a_document_with_a_password_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(compound({"EncryptedPackage": b"x"}))
    assert kind(path) is Kind.ENCRYPTED
    with pytest.raises(RefusedError, match="password"):
        read(path)


@pytest.mark.parametrize(
    ("content", "is_"),
    [
        ({"Data": bytes(6_000_000), "WordDocument": b"x"}, Kind.DOC),
        ({"__nameid_version1.0": b"x"}, Kind.COMPOUND),
        ({"an object in a mail": {"WordDocument": b"x", "EncryptedPackage": b"x"}}, Kind.COMPOUND),
    ],
)
def test_other_compound_files_are_told_apart(tmp_path, content, is_):
    path = tmp_path / "a.docx"
    path.write_bytes(compound(content))
    assert kind(path) is is_


def test_a_damaged_compound_file_is_no_document(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    assert kind(path) is Kind.COMPOUND


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"PK\x03\x04" + bytes(200)])
def test_what_is_no_document_gets_a_clear_error(tmp_path, content):
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(UnreadableError):
        read(path)


def test_a_missing_file_gets_a_clear_error(tmp_path):
    with pytest.raises(UnreadableError, match="cannot be read"):
        read(tmp_path / "weg.docx")


def test_a_signed_document_is_refused_unless_that_is_accepted(tmp_path):
    path = word(tmp_path / "a.docx", paragraph("Beste lezer"), {"_xmlsignatures/sig1.xml": "<Signature/>"})
    with pytest.raises(RefusedError, match="signed"):
        read(path)
    assert read(path, Access(accept_signed=True)).text.startswith("Beste lezer")


def test_a_document_without_text_is_unreadable(tmp_path):
    with pytest.raises(UnreadableError, match="no text"):
        read(word(tmp_path / "a.docx", "<w:p/>"))


BOMB = (
    '<!DOCTYPE w:document [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "declaration", [BOMB, '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>', '<!DOCTYPE w SYSTEM "a.dtd">']
)
def test_declarations_of_document_types_are_refused(tmp_path, declaration):
    path = word(tmp_path / "a.docx", paragraph("Beste lezer"), {"word/settings.xml": f"{declaration}<w>&a;</w>"})
    with pytest.raises(UnreadableError):
        read(path)


def test_an_archive_that_unfolds_to_far_more_is_refused(tmp_path):
    path = word(tmp_path / "a.docx", paragraph("Beste lezer"), {"word/media/a.png": bytes(20_000_000)})
    with pytest.raises(RefusedError, match="unfolds"):
        read(path)


def test_two_parts_of_one_name_are_refused(tmp_path):
    path = word(tmp_path / "a.docx", paragraph("Beste lezer"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("WORD/document.xml", "<a/>")
    with pytest.raises(UnreadableError, match="one name"):
        read(path)


def test_elements_in_one_another_without_end_are_refused(tmp_path):
    path = word(tmp_path / "a.docx", "<w:p>" * 240 + "</w:p>" * 240)
    with pytest.raises(UnreadableError):
        read(path)


@pytest.mark.parametrize("cut", [30, 200, 900])
def test_a_file_that_was_cut_off_gets_a_clear_error(tmp_path, cut):
    path = word(tmp_path / "a.docx", paragraph("Beste lezer"))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UnreadableError):
        read(path)


def test_a_broken_member_gets_a_clear_error(tmp_path):
    path = word(tmp_path / "a.docx", paragraph("Beste lezer " * 50))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo("word/document.xml").header_offset
    data[at + 60 : at + 70] = bytes(10)
    path.write_bytes(data)
    with pytest.raises(UnreadableError):
        read(path)
