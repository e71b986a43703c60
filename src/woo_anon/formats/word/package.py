"""The package that a Word document is (ECMA-376 part 2): parts, their types, and the relationships between them.

Everything is read at once and within limits, so that no file can exhaust the machine: archives that unfold to far more
than they are, members with one name, document type declarations and trees that are too deep are refused.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.word.kinds import Kind, kind
from woo_anon.formats.word.namespaces import RELATIONSHIPS, STRICT, TYPES

MOST_PARTS = 10_000
LARGEST_PACKAGE = 400_000_000  # bytes, unfolded
LARGEST_XML = 100_000_000
HIGHEST_RATIO = 300  # a page of nothing but spaces compresses by 100; ZIP bombs by 1,000
RATIO_FROM = 10_000_000  # bytes: a smaller part may compress as it likes
DEEPEST = 200  # elements in one another; tables in tables in text boxes reach some 60

EXPORT_AGAIN = "Open it in Word, save it as a new .docx file and try again."
_REFUSED: dict[Kind, tuple[str, str]] = {
    Kind.DOCM: ("holds macros.", "Save it in Word as a document without macros (.docx)."),
    Kind.ENCRYPTED: ("is protected with a password.", "Open it in Word, take the password off and save it."),
}
_UNREAD: dict[Kind, str] = {
    Kind.DOC: "is a document of Word 97 to 2003",
    Kind.XLSX: "is a workbook",
    Kind.PPTX: "is a presentation",
    Kind.ODT: "is an OpenDocument text",
}


@dataclass(frozen=True)
class Relationship:
    """`target` is the name of a part, or an address when `external`; `type` the last word of the type's address."""

    type: str
    target: str = field(repr=False)
    external: bool


@dataclass(frozen=True)
class Package:
    """The parts of a document by name (`word/document.xml`), with their content types. `name` is the file's."""

    name: str
    parts: Mapping[str, bytes] = field(repr=False)
    types: Mapping[str, str] = field(repr=False)

    def xml(self, part: str) -> Any:
        """The root element of an XML part. Raises UnreadableError when it is missing, broken or hostile."""
        data = self.parts.get(part)
        if data is None:
            raise UnreadableError(f"{self.name}: a part of this document is missing.", EXPORT_AGAIN)
        return parse(data, self.name)

    def relationships(self, part: str = "") -> dict[str, Relationship]:
        """The relationships of a part by their identifier; of the package itself for ""."""
        folder, _, base = part.rpartition("/")
        source = posixpath.join(folder, "_rels", f"{base}.rels")
        if source not in self.parts:
            return {}
        found = {}
        for entry in self.xml(source).iter(f"{{{RELATIONSHIPS}}}Relationship"):
            target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
            if not external:
                target = resolved(folder, target)
            found[entry.get("Id", "")] = Relationship(entry.get("Type", "").rpartition("/")[2], target, external)
        return found

    def one(self, part: str, type_: str) -> str | None:
        """The name of the first part of this type to which `part` is related; None when there is none."""
        for relationship in self.relationships(part).values():
            if relationship.type == type_ and not relationship.external and relationship.target in self.parts:
                return relationship.target
        return None


def resolved(folder: str, target: str) -> str:
    """The part to which a relative reference leads from a part in `folder`."""
    path = unquote(urlsplit(target).path)
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def open_package(path: Path) -> Package:
    """Read the whole package. Raises UnreadableError when it is no Word document, is broken or hostile, and
    RefusedError when it holds macros or is protected with a password."""
    try:
        what = kind(path)
        if what is not Kind.DOCX:
            raise _not_read(path.name, what)
        with zipfile.ZipFile(path) as archive:
            parts = unfolded(archive, path.name)
    except OSError as error:
        raise UnreadableError(f"{path.name}: cannot be read ({error.strerror or 'input error'}).") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise UnreadableError(f"{path.name}: this document is broken.", EXPORT_AGAIN) from error
    return Package(path.name, parts, _types(parts, path.name))


def _not_read(name: str, what: Kind) -> Exception:
    if what in _REFUSED:
        message, remedy = _REFUSED[what]
        return RefusedError(f"{name}: {message}", remedy)
    if what in _UNREAD:
        return UnreadableError(f"{name}: {_UNREAD[what]}, no .docx file.", "Save it as .docx or PDF and try again.")
    return UnreadableError(f"{name}: this is no Word document (.docx).", "Save it as .docx or PDF and try again.")


def unfolded(archive: zipfile.ZipFile, name: str, remedy: str = EXPORT_AGAIN) -> dict[str, bytes]:
    """The parts of a package by their names. Raises RefusedError for one that unfolds to more than is read, or is
    encrypted, UnreadableError for two parts of one name, and what zipfile raises for a broken one."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_PARTS or sum(member.file_size for member in members) > LARGEST_PACKAGE:
        raise RefusedError(f"{name}: unfolds to more than is read.", remedy)
    folded = {member.filename.lower() for member in members}
    if len(folded) != len(members):
        raise UnreadableError(f"{name}: two parts of this document have one name.", remedy)
    parts = {}
    for member in members:
        if member.file_size > RATIO_FROM and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1):
            raise RefusedError(f"{name}: unfolds to far more than it is.", remedy)
        if member.flag_bits & 1:
            raise RefusedError(f"{name}: parts of it are encrypted.", remedy)
        parts[member.filename.lstrip("/")] = archive.read(member)
    return parts


def _types(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    root = parse(parts["[Content_Types].xml"], name)
    defaults = {
        entry.get("Extension", "").lower(): entry.get("ContentType", "") for entry in root.iter(_type("Default"))
    }
    exact = {
        entry.get("PartName", "").lstrip("/"): entry.get("ContentType", "") for entry in root.iter(_type("Override"))
    }
    return {part: exact.get(part) or defaults.get(part.rpartition(".")[2].lower(), "") for part in parts}


def _type(local: str) -> str:
    return f"{{{TYPES}}}{local}"


def parse(data: bytes, name: str) -> Any:
    """The root element of some XML, without comments and processing instructions; `name` is for messages.

    Raises UnreadableError when it is broken, has a document type declaration (which part 2, 8.1.4 forbids) or is deeper
    than any document, and RefusedError when it is larger than is read.
    """
    if len(data) > LARGEST_XML:
        raise RefusedError(f"{name}: a part of it is larger than is read.", "Split the document and handle the parts.")
    for strict, transitional in STRICT.items():
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"{name}: a part of this document is broken.", EXPORT_AGAIN) from error
    if root.getroottree().docinfo.doctype or _depth(root) > DEEPEST:
        raise UnreadableError(f"{name}: a part of this document is not as Word makes them.", EXPORT_AGAIN)
    return root


def _depth(root: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
