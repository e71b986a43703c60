"""The text of a written Word document, read in the plainest way: what stands in its text elements, line by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STORY = re.compile(r"word/(document|header\d+|footer\d+|footnotes|endnotes|numbering)\.xml")
_COMMENTS = "word/comments.xml"
_BREAKS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SPOKEN = ("descr", "title", "alt", "string")
_INSTRUCTION = re.compile(
    r' (PAGE|NUMPAGES|SECTION|SECTIONPAGES|(PAGEREF|NOTEREF) plaats\d+|TOC \\o "\d-\d")'
    r"( \\\* ?[A-Za-z]+| \\[hpfuzwn])* "
)
_PROPERTIES = frozenset(f"{_W}{name}" for name in ("pPr", "rPr", "tblGrid", "trPr", "tcPr", "sectPr"))
_SAID = frozenset(f"{_W}{name}" for name in ("tblCaption", "tblDescription", "lvlText"))
_DINGBATS = ("wingdings", "webdings", "symbol", "zapf", "marlett", "outlook")


@dataclass
class Reading:
    """Lines of what readers see, and of comments; those of them that are only heard; parts that hold text; instructions
    of fields that nobody knows."""

    lines: list[str] = field(default_factory=list, repr=False)
    comments: list[str] = field(default_factory=list, repr=False)
    spoken: set[str] = field(default_factory=set, repr=False)
    stories: set[str] = field(default_factory=set)
    instructions: list[str] = field(default_factory=list, repr=False)


def read_texts(trees: Mapping[str, Element]) -> Reading:
    """Read all parts that hold text."""
    reading = Reading()
    for name, tree in trees.items():
        if _STORY.fullmatch(name):
            reading.stories.add(name)
            reading.lines += _lines(tree, reading)
        elif name == _COMMENTS:
            reading.stories.add(name)
            reading.comments += _lines(tree, reading)
    return reading


def _lines(root: Element, reading: Reading) -> list[str]:
    lines: list[str] = []
    current: list[str] = []
    due: list[Element] = [root]
    while due:
        current.clear()
        _walk(due.pop(), current, lines, due, reading)
        lines.append("".join(current))
    return lines


def _walk(element: Element, current: list[str], lines: list[str], due: list[Element], reading: Reading) -> None:
    """Add the text under `element` to the current line; boxes are left for later."""
    for child in element:
        tag = child.tag
        spoken = [child.get(name, "") for name in _SPOKEN if child.get(name)]
        lines += spoken
        reading.spoken.update(spoken)
        if tag in (f"{_W}t", f"{_M}t"):
            current.append(child.text or "")
        elif tag in _BREAKS and not _is_setting(child):
            current.append(_BREAKS[tag])
        elif tag == f"{_W}sym":
            current.append(_symbol(child))
        elif tag == f"{_W}instrText" and not _INSTRUCTION.fullmatch(child.text or ""):
            reading.instructions.append(child.text or "")
        elif tag in _SAID:
            said = child.get(f"{_W}val", "")
            words = re.sub(r"%\d", "", said)
            lines += [said] if sum(map(str.isalnum, words)) > 1 or tag != f"{_W}lvlText" else []
            reading.spoken.add(said)
        elif tag == f"{_W}comment":
            author = child.get(f"{_W}author", "")
            lines += [f"Auteur: {author}"] if author.strip() else []
            _walk(child, current, lines, due, reading)
        elif tag == f"{_W}txbxContent":
            due.append(child)
        elif tag not in _PROPERTIES:
            _walk(child, current, lines, due, reading)
            if tag in (f"{_W}p", f"{_W}tc"):
                current.append("\n")


def _is_setting(element: Element) -> bool:
    """Whether a `w:tab` is a tab stop and no tab."""
    return element.get(f"{_W}pos") is not None


def _symbol(element: Element) -> str:
    font, code = element.get(f"{_W}font", "").lower(), element.get(f"{_W}char", "")
    if font.startswith(_DINGBATS) or not code:
        return "▪"
    character = chr(int(code, 16) & 0xFF if code.upper().startswith("F0") else int(code, 16))
    return character if character.isprintable() else "▪"
