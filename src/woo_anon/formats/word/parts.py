"""The parts of the publication version beside its text: settings, fonts, theme, styles, numbering, properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from woo_anon.formats.word.clean import keep_known
from woo_anon.formats.word.losses import Losses, remove
from woo_anon.formats.word.namespaces import CORE, DUBLIN_CORE, KEPT, RELATIONSHIPS, TYPES, q

PRODUCER = "woo-anon"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP file can say
_UNIX, _FILE_MODE = 3, 0o100644 << 16
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EXTERNAL = ' TargetMode="External"'
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"
_SETTINGS = frozenset(
    map(
        q,
        (
            "w:evenAndOddHeaders", "w:defaultTabStop", "w:autoHyphenation", "w:consecutiveHyphenLimit",
            "w:hyphenationZone", "w:doNotHyphenateCaps", "w:mirrorMargins", "w:gutterAtTop", "w:footnotePr",
            "w:endnotePr", "w:displayBackgroundShape", "w:characterSpacingControl", "w:themeFontLang",
            "w:clrSchemeMapping", "w:decimalSymbol", "w:listSeparator", "w:compat",
        ),
    )
)  # fmt: skip
_CONTENT_TYPES = {
    "document": f"{_MAIN}.document.main+xml", "styles": f"{_MAIN}.styles+xml", "settings": f"{_MAIN}.settings+xml",
    "fontTable": f"{_MAIN}.fontTable+xml", "numbering": f"{_MAIN}.numbering+xml", "header": f"{_MAIN}.header+xml",
    "footer": f"{_MAIN}.footer+xml", "footnotes": f"{_MAIN}.footnotes+xml", "endnotes": f"{_MAIN}.endnotes+xml",
    "comments": f"{_MAIN}.comments+xml",
    "commentsExtended": f"{_MAIN}.commentsExtended+xml",
    "theme": "application/vnd.openxmlformats-officedocument.theme+xml",
    "core": "application/vnd.openxmlformats-package.core-properties+xml",
    "app": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}  # fmt: skip


def clean_settings(root: Any) -> Any:
    """The few settings that change how the document looks."""
    mode = _compatibility(root)
    for child in list(root):
        if child.tag not in _SETTINGS:
            remove(child)
    keep_known(root, Losses())
    for compat in root.iter(q("w:compat")):
        compat[:] = []
        setting = {q("w:name"): "compatibilityMode", q("w:uri"): _COMPATIBILITY, q("w:val"): mode}
        compat.append(etree.Element(q("w:compatSetting"), setting))
    return root


def _compatibility(root: Any) -> str:
    for setting in root.iter(q("w:compatSetting")):
        value = setting.get(q("w:val"), "")
        if setting.get(q("w:name")) == "compatibilityMode" and value.isdigit() and len(value) == 2:
            return str(value)
    return "15"


def clean_theme(root: Any) -> Any:
    """Colours, fonts and effects of the theme."""
    keep_known(root, Losses())
    for tag in ("a:clrScheme", "a:fontScheme", "a:fmtScheme"):
        for scheme in root.iter(q(tag)):
            scheme.set("name", "Office")
    root.set("name", "Office")
    for blip in list(root.iter(q("a:blip"))):
        remove(blip)
    return root


def fresh(root: Any) -> Any:
    """A copy of a tree whose namespaces have their usual prefixes, and none is declared that is not used."""
    used = {name[1:].rpartition("}")[0] for element in root.iter() for name in (element.tag, *element.attrib)}
    made = etree.Element(root.tag, dict(root.attrib), {prefix: uri for prefix, uri in KEPT.items() if uri in used})
    due = [(root, made)]
    while due:
        old, new = due.pop()
        new.text = old.text
        for child in old:
            due.append((child, etree.SubElement(new, child.tag, dict(child.attrib))))
    return made


def serialised(root: Any) -> bytes:
    """The XML of a part."""
    data: bytes = etree.tostring(fresh(root), xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def core_properties(title: str, language: str) -> bytes:
    """New properties: a title and a language, nobody's name, no dates."""
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="{DUBLIN_CORE}">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{PRODUCER}</dc:creator>"
        f"<dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    ).encode()


def extended_properties() -> bytes:
    """The program that wrote the file; no counts of words and characters, which tell how long names were."""
    uri = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_DECLARATION}<Properties xmlns="{uri}"><Application>{PRODUCER}</Application></Properties>'.encode()


def relationships(entries: Iterable[tuple[str, str, str, bool]]) -> bytes:
    """A part of relationships, from (identifier, type, target, whether it is an address)."""
    rows = "".join(
        f"<Relationship Id={quoteattr(identifier)} Type={quoteattr(type_)} Target={quoteattr(target)}"
        f"{_EXTERNAL if external else ''}/>"
        for identifier, type_, target, external in entries
    )
    return f'{_DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{rows}</Relationships>'.encode()


def content_types(kinds: Mapping[str, str]) -> bytes:
    """The part that says what all others are; `kinds` by name of the part (`word/header1.xml` is a "header")."""
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml",
        "png": "image/png", "jpeg": "image/jpeg",
    }  # fmt: skip
    rows = "".join(f'<Default Extension="{suffix}" ContentType="{type_}"/>' for suffix, type_ in defaults.items())
    rows += "".join(
        f'<Override PartName="/{part}" ContentType="{_CONTENT_TYPES[kind]}"/>' for part, kind in sorted(kinds.items())
    )
    return f'{_DECLARATION}<Types xmlns="{TYPES}">{rows}</Types>'.encode()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The ZIP file of all parts: the same for the same parts, with no time but the first that ZIP knows."""
    first = ("[Content_Types].xml", "_rels/.rels")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in (*first, *sorted(set(parts) - set(first))):
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _FILE_MODE
            archive.writestr(member, parts[name])
    return buffer.getvalue()
