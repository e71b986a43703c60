"""OpenDocument text (.odt), old Word (.doc) and RTF: made a PDF by LibreOffice, and then handled as a PDF.

    .doc, .rtf ──► .odt ──► without tracked changes ──► PDF ──► as every PDF
    behind a password: .docx, .doc ──► without it ──► the same

The PDF takes the place of the source (`Document.prepared`). It shows what a reader of the document sees once all
changes are accepted; comments, earlier versions and properties of the source do not come along, and are not read.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from woo_anon.document import Document, Prepared
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import NO_ACCESS, Access
from woo_anon.formats.word.package import unfolded

_SECONDS = 120
_SAVE_AGAIN = "Open it and save it again."
_LARGEST_PART = 200_000_000  # bytes
_TEXTS = ("content.xml", "styles.xml")
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CHANGES = f"{_TEXT}tracked-changes"
_MARKS = tuple(f"{_TEXT}{name}" for name in ("change", "change-start", "change-end"))
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"  # OpenDocument 1.3, part 2, 3.3: stored first, at byte 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2


def recognise(head: bytes) -> bool:
    """Whether a file that begins with `head` may be one of these; of OLE files `confirm` tells more."""
    return head[30 : 30 + len(_ODT)] == _ODT or head.startswith((rb"{\rtf", _OLE))


def confirm(path: Path) -> bool:
    """Whether the file at `path`, which `recognise` took for one of these, is one. Raises OSError."""
    from woo_anon.formats.word.kinds import Kind, kind

    return kind(path) is not Kind.COMPOUND


def read(path: Path, access: Access = NO_ACCESS) -> Document:
    """Read the document at `path` as the PDF that LibreOffice makes of it.

    Raises MissingError without LibreOffice, RefusedError when it takes too long or needs a password that `access` does
    not hold, UnreadableError when it makes no PDF of it, and as the PDF format does.
    """
    from woo_anon.formats.pdf.read import read as read_pdf
    from woo_anon.formats.word.kinds import Kind, kind
    from woo_anon.formats.word.render import to_opendocument, to_pdf

    removed: tuple[str, ...] = ("converted",)
    with tempfile.TemporaryDirectory(prefix="woo-anon-") as folder:
        opened, accepted = (Path(folder) / name for name in ("source.odt", "document.odt"))
        made = Path(folder) / "made" / path.name  # what is wrong with it is said of the document
        made.parent.mkdir()
        source = _without_password(path, Path(folder), access)
        if source != path:
            removed = ("encryption", *removed)
        is_ready = kind(source) is Kind.ODT
        if not is_ready:
            to_opendocument(source, opened, _SECONDS)
        _accept_changes(source if is_ready else opened, accepted, path.name)
        to_pdf(accepted, made, _SECONDS, path.name)
        document = read_pdf(made, access)
        prepared = document.prepared or Prepared(made.read_bytes(), ())
    return replace(document, name=path.name, prepared=replace(prepared, removed=(*prepared.removed, *removed)))


def _without_password(path: Path, folder: Path, access: Access) -> Path:
    """The document at `path`, or where it needs a password, a copy in `folder` without."""
    from woo_anon.formats.word.kinds import Kind, kind

    found = kind(path)
    if found is not Kind.ENCRYPTED and (found is not Kind.DOC or not _is_locked(path)):
        return path
    from woo_anon.formats.locked import unlocked

    copy = folder / "unlocked" / path.name
    copy.parent.mkdir()
    copy.write_bytes(unlocked(path, access))
    if kind(copy) not in (Kind.DOCX, Kind.DOC):
        raise UnreadableError(f"{path.name}: is no .docx or .doc file.", "Save it as PDF and try again.")
    return copy


def _is_locked(path: Path) -> bool:
    from woo_anon.formats.locked import is_locked

    return is_locked(path)


def _accept_changes(source: Path, target: Path, name: str) -> None:
    """Copy an OpenDocument text without its tracked changes: what was deleted goes, what was inserted stays.

    Deletions lie apart from the text (OpenDocument 1.3, part 3, 5.5), so that it is enough to take out their list.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            parts = unfolded(archive, name, _SAVE_AGAIN)
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise RefusedError(f"{name}: is protected with a password.", "Save it without one.")
        if any(len(data) > _LARGEST_PART for data in parts.values()):
            raise RefusedError(f"{name}: one of its parts is too large.", "Split the document.")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in parts.items():
                archive.writestr(part, _without_changes(data) if part in _TEXTS else data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, etree.XMLSyntaxError) as error:
        raise UnreadableError(f"{name}: is broken ({type(error).__name__}).", _SAVE_AGAIN) from None


def _without_changes(data: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    tree = etree.fromstring(data, parser)
    for changes in tree.iter(_CHANGES):
        for child in list(changes):
            changes.remove(child)
    for mark in list(tree.iter(*_MARKS)):
        _take_out(mark)
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True))


def _take_out(mark: Any) -> None:
    """Remove an element without content; the text behind it stays."""
    before, parent = mark.getprevious(), mark.getparent()
    if mark.tail and before is not None:
        before.tail = (before.tail or "") + mark.tail
    elif mark.tail:
        parent.text = (parent.text or "") + mark.tail
    parent.remove(mark)
