"""What may stand in the publication version: known elements with known values.

An element stays when the standard knows it and it is needed to show the document; an attribute, when its value can say
nothing of anybody: a number, a colour, a word that the standard lists. Attributes with words of the document's own
(fonts, alternative texts, names of styles) stay here when `FREE` lists them, and whoever writes them looks at each.
Everything else goes, new inventions of Office included, until somebody has looked at them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from woo_anon.formats.word.namespaces import KEPT, SPACE, prefixed
from woo_anon.openxml import NUMBERS, says_nothing, vocabulary

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?|x-none")
_PATH = re.compile(r"[mlxecrvntqybawhf0-9,@# -]*")  # commands of VML (ECMA-376 part 4, 19.1.2.14)
_FORMULA = re.compile(r"[a-z]{2,10}( [@#]?-?\w{1,9}){0,3}")
_SIGN = re.compile(r"[^\w\s]{0,2}|\w?")  # of mathematics
_STYLE_ITEM = re.compile(r"([a-z-]{2,40}):([A-Za-z0-9.%-]{1,24})")
_STYLE_WORDS = frozenset(
    "absolute relative static auto left right center top middle bottom inside outside margin page text char line"
    " top-margin-area bottom-margin-area left-margin-area right-margin-area inner-margin-area outer-margin-area"
    " left-margin right-margin top-center bottom-center through square visible none x y xy fixed"
    " top-baseline bottom-baseline top-center-baseline bottom-center-baseline horizontal vertical"
    " vertical-ideographic bottom-to-top top-to-bottom".split()
)

# Attributes that hold words of the document's own; who writes them: `references.py`, `replace.py`, `stylesheet.py`.
REFERENCES = frozenset(("r:id", "r:embed"))
FONTS = frozenset(
    (("w:rFonts", "w:ascii"), ("w:rFonts", "w:hAnsi"), ("w:rFonts", "w:cs"), ("w:rFonts", "w:eastAsia"),
     ("w:font", "w:name"), ("w:sym", "w:font"), ("a:latin", "typeface"), ("a:ea", "typeface"), ("a:cs", "typeface"),
     ("a:sym", "typeface"), ("a:font", "typeface"), ("m:mathFont", "m:val"))
)  # fmt: skip
STYLES = frozenset(
    ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link", "w:numStyleLink", "w:styleLink")
)
SPOKEN = frozenset(
    (("wp:docPr", "descr"), ("wp:docPr", "title"), ("pic:cNvPr", "descr"), ("pic:cNvPr", "title"),
     ("wps:cNvPr", "descr"), ("wps:cNvPr", "title"), ("wpg:cNvPr", "descr"), ("wpg:cNvPr", "title"),
     ("v:shape", "alt"), ("v:shape", "title"), ("v:rect", "alt"), ("v:rect", "title"), ("v:roundrect", "alt"),
     ("v:oval", "alt"), ("v:group", "alt"), ("v:textpath", "string"),
     ("w:tblCaption", "w:val"), ("w:tblDescription", "w:val"), ("w:lvlText", "w:val"), ("w:comment", "w:author"))
)  # fmt: skip
COMMENT_MARKS = ("w:comment", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
_NAMES = frozenset(
    (*((style, "w:val") for style in STYLES), ("w:style", "w:styleId"), ("w:name", "w:val"),
     ("w:hyperlink", "w:anchor"), ("w:bookmarkStart", "w:name"))
)  # fmt: skip
FREE = FONTS | SPOKEN | _NAMES

_Shape = Callable[[str], object]
_SHAPES: dict[tuple[str, str], _Shape] = {
    **{("w:lang", f"w:{key}"): _LANGUAGE.fullmatch for key in ("val", "eastAsia", "bidi")},
    **{("w:themeFontLang", f"w:{key}"): _LANGUAGE.fullmatch for key in ("val", "eastAsia", "bidi")},
    ("w:lid", "w:val"): _LANGUAGE.fullmatch,
    ("w:cnfStyle", "w:val"): re.compile(r"[01]{12}").fullmatch,
    ("wp:anchor", "relativeHeight"): re.compile(r"\d{1,10}").fullmatch,  # counted anew in `references.py`
    ("w:sym", "w:char"): re.compile(r"[0-9A-Fa-f]{4}").fullmatch,
    **{(name, "w:id"): re.compile(r"-?\d{1,10}").fullmatch for name in COMMENT_MARKS},  # counted anew in `write.py`
    ("w:comment", "w:date"): re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?").fullmatch,
    ("w:decimalSymbol", "w:val"): re.compile(r"[.,]").fullmatch,
    ("w:listSeparator", "w:val"): re.compile(r"[;,]").fullmatch,
    ("a:graphicData", "uri"): lambda value: value in KEPT.values(),
    ("a:gd", "name"): re.compile(r"adj\d?|[hv]f").fullmatch,
    ("a:gd", "fmla"): re.compile(r"val -?\d{1,8}").fullmatch,
    ("a:font", "script"): re.compile(r"[A-Z][a-z]{3}").fullmatch,
    ("v:shapetype", "id"): re.compile(r"_x0000_t\d{1,3}").fullmatch,
    ("v:shape", "type"): re.compile(r"#_x0000_t\d{1,3}").fullmatch,
    ("v:f", "eqn"): _FORMULA.fullmatch,
    **{(f"m:{name}", "m:val"): _SIGN.fullmatch for name in ("chr", "begChr", "endChr", "sepChr")},
}  # fmt: skip

_REFERRING = ("r:", "w14:", "w15:")  # to other parts; what may stay of those is written anew
_WORDS = frozenset(("name", "descr", "title", "alt", "string"))  # but where `FREE` says so


@lru_cache(maxsize=10_000)
def is_known(tag: str) -> bool:
    """Whether an element of this name (as lxml spells it) may stay."""
    prefix, _, local = prefixed(tag).partition(":")
    return prefix != "mc" and local in vocabulary().get(prefix, ())


def clean_attributes(element: Any) -> dict[str, str]:
    """Remove what may not stay, and return it; what `FREE` and `REFERENCES` list stays as it is."""
    tag = prefixed(element.tag)
    gone = {}
    for name, value in element.attrib.items():
        kept = _kept(tag, name, value)
        if kept is None:
            gone[name] = element.attrib.pop(name)
        elif kept != value:
            element.set(name, kept)
    return gone


def _kept(tag: str, name: str, value: str) -> str | None:
    """The value with which an attribute may stay; None when it may not."""
    attribute = "xml:space" if name == SPACE else prefixed(name) if name.startswith("{") else name
    key = (tag, attribute)
    if tag.startswith("v:") and attribute == "style":
        return _style(value)
    if key in FREE or attribute in REFERENCES:
        return value
    return value if _is_allowed(key, value) else None


@lru_cache(maxsize=10_000)
def _is_allowed(key: tuple[str, str], value: str) -> bool:
    tag, attribute = key
    local = attribute.rpartition(":")[2]
    if key in _SHAPES:
        return bool(_SHAPES[key](value))
    if local not in vocabulary()["attributes"] or local in _WORDS or attribute.startswith(_REFERRING):
        return False
    if tag in ("v:shapetype", "v:path") and attribute in ("path", "o:connectlocs"):
        return _PATH.fullmatch(value) is not None
    return value == "preserve" if attribute == "xml:space" else says_nothing(value)


def _style(value: str) -> str:
    """The declarations of a VML style that are numbers or known words."""
    items = (_STYLE_ITEM.fullmatch(item.strip()) for item in value.split(";"))
    return ";".join(
        item[0]
        for item in items
        if item and (item[2] in _STYLE_WORDS or NUMBERS.fullmatch(item[2])) and item[1] != "visibility"
    )
