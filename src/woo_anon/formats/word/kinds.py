"""Tells what an office file is, by what stands in it and never by its name."""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB], 2.2
_NAME_AT = 30  # where the name of its first member starts in a ZIP file (APPNOTE 4.3.7)
_STARTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"customXml/")
_TYPES_LARGEST = 1 << 20  # bytes of [Content_Types].xml

_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml."
_WORD_MACROS = (b"application/vnd.ms-word.document.macroEnabled", b"application/vnd.ms-word.template.macroEnabled")


class Kind(StrEnum):
    """What an office file is."""

    DOCX = "docx"
    DOCM = "docm"  # with macros
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ENCRYPTED = "encrypted"  # an Office file behind a password
    DOC = "doc"  # Word 97 to 2003
    COMPOUND = "compound"  # another OLE file: a mail message of Outlook, say
    OTHER_ZIP = "zip"
    OTHER = "other"


def recognise(head: bytes) -> bool:
    """Whether a file that begins with `head` may be a Word document: a ZIP file that starts as those of Office do.

    Workbooks and presentations start so too; `kind` tells them apart, and `read` refuses them.
    """
    return head.startswith(_ZIP) and head[_NAME_AT:].startswith(_STARTS)


def kind(path: Path) -> Kind:
    """What the file at `path` is. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        head = file.read(len(_COMPOUND))
    if head == _COMPOUND:
        return _compound(path)
    if not zipfile.is_zipfile(path):
        return Kind.OTHER
    try:
        with zipfile.ZipFile(path) as archive:
            return _zip(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return Kind.OTHER_ZIP


def _compound(path: Path) -> Kind:
    from woo_anon.formats.compound import opened

    try:
        with opened(path) as ole:
            if ole.exists("EncryptedPackage"):
                return Kind.ENCRYPTED
            return Kind.DOC if ole.exists("WordDocument") else Kind.COMPOUND
    except ValueError:  # damaged
        return Kind.COMPOUND


def _zip(archive: zipfile.ZipFile) -> Kind:
    names = set(archive.namelist())
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            text = file.read(100)
        return Kind.ODT if text.startswith(b"application/vnd.oasis.opendocument.text") else Kind.OTHER_ZIP
    if "[Content_Types].xml" not in names:
        return Kind.OTHER_ZIP
    with archive.open("[Content_Types].xml") as file:
        types = file.read(_TYPES_LARGEST)
    if b"\0" in types[:200]:
        types = types.decode("utf-16", "ignore").encode("ascii", "ignore")
    if any(macros in types for macros in _WORD_MACROS):
        return Kind.DOCM
    if _WORD + b"document.main" in types or _WORD + b"template.main" in types:
        return Kind.DOCX
    if b"spreadsheetml" in types or b"ms-excel" in types:
        return Kind.XLSX
    return Kind.PPTX if b"presentationml" in types or b"ms-powerpoint" in types else Kind.OTHER_ZIP
