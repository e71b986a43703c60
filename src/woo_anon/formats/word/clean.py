"""Makes of a part of the source what a reader sees of it, and nothing else: the text that is read and written.

    source ─► one of several alternatives ─► changes accepted ─► fields flattened ─► controls unwrapped
           ─► objects replaced ─► hidden text out ─► known elements and attributes alone

Reading and writing both start from this, so what is written is what was read.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from lxml import etree

from woo_anon.formats.word.accept import accept_changes
from woo_anon.formats.word.allowed import clean_attributes, is_known
from woo_anon.formats.word.fields import flatten_fields
from woo_anon.formats.word.hidden import drop_hidden
from woo_anon.formats.word.losses import Losses, remove, unwrap, words
from woo_anon.formats.word.namespaces import SPACE, q
from woo_anon.formats.word.objects import choose_alternates, replace_objects
from woo_anon.openxml import says_nothing

CONTROLS = "content-controls"
_WRAPPERS = tuple(map(q, ("w:sdtContent", "w:sdt", "w:smartTag", "w:customXml")))
_SPOKEN = frozenset(map(q, ("w:t", "m:t")))
_MEASURES = frozenset(map(q, ("wp:posOffset", "wp:align")))
_TEXT = _SPOKEN | _MEASURES | {q("w:instrText")}
_HOLDERS = tuple(map(q, ("w:hdr", "w:ftr", "w:tc", "w:txbxContent", "w:footnote", "w:endnote", "w:comment")))
_INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff")
_TAGS = range(0xE0000, 0xE0080)
_SHAPE_TEXT = frozenset(map(q, ("wps:txbx", "v:textbox")))


def clean_story(root: Any, hiding: Set[str], losses: Losses) -> None:
    """Clean a part that holds text, in place; `hiding` are the styles that hide."""
    choose_alternates(root, losses)
    accept_changes(root, losses)
    flatten_fields(root, losses)
    _unwrap_controls(root, losses)
    replace_objects(root, losses)
    drop_hidden(root, hiding, losses)
    keep_known(root, losses)
    _complete(root)


def _unwrap_controls(root: Any, losses: Losses) -> None:
    for wrapper in list(root.iter(*_WRAPPERS)):
        for child in list(wrapper):
            if child.tag in (q("w:sdtPr"), q("w:sdtEndPr"), q("w:smartTagPr"), q("w:customXmlPr")):
                losses.note(child, CONTROLS)
                remove(child)
        unwrap(wrapper)


def keep_known(root: Any, losses: Losses) -> None:
    """Take out every element and attribute that is not known, and all text that stands where none belongs."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            remove(element)  # an entity that was not resolved
            continue
        if element is not root and element.getparent() is None:
            continue
        if element is not root and not is_known(element.tag):
            losses.drop(element)
            continue
        gone = clean_attributes(element)
        if gone:
            losses.lines += words(etree.Element(element.tag, gone))
        if element.tag == q("w:bookmarkStart"):
            name = element.get(q("w:name"), "")
            losses.say(None if name.startswith("_") else name)
        _clean_text(element, losses)


def _clean_text(element: Any, losses: Losses) -> None:
    element.tail = None
    text = element.text or ""
    if element.tag in _SPOKEN:
        text = "".join(" " if character in "\t\n\r" else character for character in _shown(text, losses))
        # Without the attribute spaces at the ends are not shown (ECMA-376 part 1, 17.3.3.31).
        element.text = text if element.get(SPACE) == "preserve" else text.strip(" ")
        element.set(SPACE, "preserve")
    elif element.tag not in _TEXT or (element.tag in _MEASURES and not says_nothing(text)):
        losses.say(text)
        element.text = None


def _shown(text: str, losses: Losses) -> str:
    """The text without characters that no reader sees: they part names, and tag characters spell words of their own
    (Unicode 15, 23.9)."""
    tags = "".join(chr(ord(character) - _TAGS.start) for character in text if ord(character) in _TAGS)
    if tags:
        losses.say(tags, "hidden-text")
    return "".join(character for character in text if character not in _INVISIBLE and ord(character) not in _TAGS)


def _complete(root: Any) -> None:
    """Give back what the schema asks for where something went: rows to tables, paragraphs to cells."""
    for row in list(root.iter(q("w:tr"))):
        if row.find(q("w:tc")) is None:
            remove(row)
    for table in list(root.iter(q("w:tbl"))):
        if table.find(q("w:tr")) is None:
            remove(table)
    for holder in root.iter(*_HOLDERS):
        if len(holder) == 0 or holder[-1].tag != q("w:p"):
            etree.SubElement(holder, q("w:p"))
    for box in root.iter(*_SHAPE_TEXT):
        if box.find(q("w:txbxContent")) is None:
            etree.SubElement(etree.SubElement(box, q("w:txbxContent")), q("w:p"))
