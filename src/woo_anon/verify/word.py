"""All checks of a written Word document, read with the standard library's ZIP and XML, which had no part in writing it.

the file          one plain ZIP, no comments, times, extra fields or bytes between its members
parts             known names and types, each related to; no address but those of links
XML               known elements and attributes, no comments, no declarations, no instructions of programs
text              that of the source without what was redacted, with labels
strings           no redacted string in text, attributes, addresses, properties, in any encoding
pictures          pixels alone
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from woo_anon.document import Check, Document, Redaction
from woo_anon.openxml import vocabulary
from woo_anon.verify.checks import check_none
from woo_anon.verify.strings import Gone, count, gone, plain
from woo_anon.verify.word_pictures import holds_pixels_alone
from woo_anon.verify.word_text import Reading, read_texts
from woo_anon.verify.word_words import Finds

_PART = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|word/media/image\d+\.(png|jpeg)"
    r"|word/(_rels/)?(document|styles|settings|fontTable|theme|numbering|footnotes|endnotes|comments(?:Extended)?|header\d+|footer\d+)"
    r"\.xml(\.rels)?"
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TIME = (1980, 1, 1, 0, 0, 0)
_LOCAL, _CENTRAL, _END = 30, 46, 22  # bytes of the fixed parts of a ZIP file (APPNOTE 4.3)
_PROLOGUE = re.compile(rb"<\?xml version=['\"]1\.0['\"] encoding=['\"]UTF-8['\"] standalone=['\"]yes['\"]\?>\s*")
_DECLARED = re.compile(rb"xmlns:(\w+)=\"([^\"]*)\"")


@dataclass(frozen=True)
class _File:
    data: bytes = field(repr=False)
    parts: dict[str, bytes] = field(repr=False)
    trees: dict[str, ElementTree.Element] = field(repr=False)


def check_word(target: Path, document: Document, redactions: Sequence[Redaction]) -> Iterator[Check]:
    """All checks on the Word document `target`. Raises what the standard library raises for a broken one."""
    data = target.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield Check("plain-archive", _is_plain(archive, len(data)))
        parts = {member.filename: archive.read(member) for member in archive.infolist()}
    file = _File(data, parts, {name: ElementTree.fromstring(part) for name, part in parts.items() if _is_xml(name)})
    shown = max(page.end for page in document.pages if page.unseen is None)
    strings = gone(document, redactions, shown)
    yield _known_parts(file)
    yield _consistent(file)
    yield _plain_xml(file)
    yield _known_words(file)
    yield Check("pictures-hold-pixels-alone", all(map(holds_pixels_alone, _pictures(file))))
    reading = read_texts(file.trees)
    yield Check(
        "no-instructions", not reading.instructions, f"{len(reading.instructions)} fields" * bool(reading.instructions)
    )
    yield _same_text(reading, document, redactions, shown)
    yield from _strings(file, reading, strings)


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _pictures(file: _File) -> list[bytes]:
    return [data for name, data in file.parts.items() if not _is_xml(name)]


def _is_plain(archive: zipfile.ZipFile, size: int) -> bool:
    members = archive.infolist()
    names = [member.filename for member in members]
    told = sum(_LOCAL + _CENTRAL + 2 * len(member.filename) + member.compress_size for member in members)
    return (
        told + _END == size
        and not archive.comment
        and len(set(names)) == len(names)
        and all(member.date_time == _TIME and not member.extra and not member.comment for member in members)
    )


def _known_parts(file: _File) -> Check:
    unknown = sum(_PART.fullmatch(name) is None for name in file.parts)
    return Check("known-parts", not unknown, f"{unknown} parts" if unknown else "")


def _consistent(file: _File) -> Check:
    """Every part has a type and is related to, every relationship leads somewhere, and outside only links lead."""
    types = file.trees["[Content_Types].xml"]
    known = {entry.get("PartName", "").lstrip("/") for entry in types.iter(f"{_TYPE}Override")}
    suffixes = {entry.get("Extension", "") for entry in types.iter(f"{_TYPE}Default")}
    reached = set()
    for name, tree in file.trees.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for entry in tree.iter(_RELATIONSHIP):
            if entry.get("TargetMode") == "External":
                if not entry.get("Type", "").endswith("/hyperlink"):
                    return Check("consistent-package", False, "an address that is no link's")
                continue
            reached.add(posixpath.join(folder, entry.get("Target", "")))
    due = {name for name in file.parts if not name.endswith(".rels") and name != "[Content_Types].xml"}
    typed = {name for name in due if name in known or name.rpartition(".")[2] in suffixes}
    return Check("consistent-package", reached == due == typed and known <= due)


def _plain_xml(file: _File) -> Check:
    """No comment, declaration or instruction; namespaces under their usual prefixes."""
    odd = 0
    for name, data in file.parts.items():
        if not _is_xml(name):
            continue
        body = _PROLOGUE.sub(b"", data, count=1)
        prefixes = {prefix.decode() for prefix, _ in _DECLARED.findall(body)}
        odd += b"<!" in body or b"<?" in body or not prefixes <= {*vocabulary(), "r", "cp", "dc", "w14", "w15"}
    return Check("plain-xml", not odd, f"{odd} parts" if odd else "")


def _known_words(file: _File) -> Check:
    """Elements and attributes of the standard alone; of the package's own parts there are few and they are ours."""
    elements = frozenset().union(
        *(words for name, words in vocabulary().items() if name not in ("attributes", "values"))
    )
    own = {"Types", "Default", "Override", "Relationships", "Relationship", "coreProperties", "title", "creator",
           "language", "Properties", "Application", "commentsEx", "commentEx"}  # fmt: skip
    attributes = vocabulary()["attributes"] | {"Extension", "ContentType", "PartName", "Id", "Type", "Target",
                                               "TargetMode", "author", "date", "paraId",
                                               "paraIdParent"}  # fmt: skip
    unknown = 0
    for tree in file.trees.values():
        for element in tree.iter():
            unknown += element.tag.rpartition("}")[2] not in elements | own
            unknown += sum(name.rpartition("}")[2] not in attributes for name in element.attrib)
    return Check("known-elements", not unknown, f"{unknown} unknown" if unknown else "")


def _same_text(reading: Reading, document: Document, redactions: Sequence[Redaction], seen: int) -> Check:
    """The words that are shown, those of comments included where they stay, are those of the source and labels."""
    labels = {f"[{redaction.decision.label or 'persoonsgegeven'}]" for redaction in redactions}
    pieces, at = [], 0
    for redaction in sorted(redactions, key=lambda redaction: redaction.decision.span):
        span = redaction.decision.span
        if span.start < seen:
            pieces += [document.text[at : span.start], f"[{redaction.decision.label or 'persoonsgegeven'}]"]
            at = span.end
    expected = _words("".join([*pieces, document.text[at:seen]]), labels)
    found = _words("\n".join([*reading.lines, *reading.comments]), labels)
    odd = sum(((expected - found) + (found - expected)).values())
    return Check("other-text-unchanged", not odd, f"{odd} words" if odd else "")


def _words(text: str, labels: set[str]) -> Counter[str]:
    for label in sorted(labels, key=len, reverse=True):
        text = text.replace(label, f" {label} ")
    return Counter(text.split())


def _strings(file: _File, reading: Reading, strings: Sequence[Gone]) -> Iterator[Check]:
    text = plain("\n".join([*reading.lines, *reading.comments]))
    left = [string.number for string in strings if count(string.text, text) > string.allowed]
    yield check_none("redacted-strings-gone", "redactions", left)
    finds = Finds(strings)
    for name, tree in file.trees.items():
        finds.look_at_tree(tree, is_story=name in reading.stories)
    yield check_none("no-redacted-string-beside-the-text", "redactions", sorted(finds.beside))
    for name, data in file.parts.items():
        finds.look_at_bytes(data, is_xml=_is_xml(name))
    finds.look_at_bytes("\n".join(file.parts).encode(), is_xml=False)
    yield check_none("no-redacted-string-in-any-part", "redactions", sorted(finds.in_bytes))
