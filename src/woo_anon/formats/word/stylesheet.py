"""Styles and fonts: their looks stay, names that an author gave them go.

Programs know the styles of Word by name (`heading 1`), so those names stay. Identifiers are counted anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from woo_anon.formats.word.allowed import FONTS, STYLES
from woo_anon.formats.word.namespaces import KEPT, prefixed, q
from woo_anon.openxml import vocabulary

_FONT = re.compile(r"[\w .,+@'-]{1,60}")
DEFAULT_FONT = "Calibri"
LANGUAGE = "nl-NL"


def is_own_style(name: str) -> bool:
    """Whether a style's name is the author's own and not one of Word's."""
    return not set(name.lower().split()) <= vocabulary()["styles"]


def rename_styles(styles: Any, roots: list[Any]) -> None:
    """Give styles new identifiers and, where the name is the author's own, new names; in `styles` and `roots`."""
    new: dict[str, str] = {}
    own = 0
    for number, style in enumerate(styles.iter(q("w:style")), start=1):
        new[style.get(q("w:styleId"), "")] = f"S{number}"
        style.set(q("w:styleId"), f"S{number}")
        name = style.find(q("w:name"))
        if name is not None and is_own_style(name.get(q("w:val"), "")):
            own += 1
            name.set(q("w:val"), f"Stijl {own}")
    for root in [styles, *roots]:
        for reference in list(root.iter(*map(q, sorted(STYLES)))):
            identifier = new.get(reference.get(q("w:val"), ""))
            if identifier is None:
                reference.getparent().remove(reference)
            else:
                reference.set(q("w:val"), identifier)


def default_language(styles: Any) -> str:
    """The language of the text, which is Dutch where the document does not say."""
    for language in styles.iterfind(f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}/{q('w:lang')}"):
        if language.get(q("w:val")):
            return str(language.get(q("w:val")))
    holder = styles
    for at, name in enumerate(("w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")):
        child = holder.find(q(name))
        if child is None:
            child = etree.Element(q(name))
            holder.insert(len(holder) if at > 1 else 0, child)
        holder = child
    holder.set(q("w:val"), LANGUAGE)
    return LANGUAGE


def clean_fonts(root: Any, names_somebody: Callable[[str], bool]) -> bool:
    """Take out the names of fonts that name somebody; whether there were any."""
    found = False
    for element in root.iter(*_FONT_HOLDERS):
        tag = prefixed(element.tag)
        for name, value in element.attrib.items():
            attribute = prefixed(name) if name.startswith("{") else name
            if (tag, attribute) in FONTS and value and (names_somebody(value) or not _FONT.fullmatch(value)):
                element.set(name, DEFAULT_FONT)
                found = True
    return found


_FONT_HOLDERS = sorted({q(tag) for tag, _ in FONTS if tag.partition(":")[0] in KEPT})
