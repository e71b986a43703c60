"""What leaves a document: its words, kept as evidence of who is in it, and codes of what kinds they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from woo_anon.formats.word.namespaces import prefixed, q
from woo_anon.openxml import says_nothing

# Attributes that people or their programs filled with words; any other holds measures and choices.
_WORDS = frozenset(
    "author initials name userId descr title alt alias tag val displayText value ed edGrp tooltip string docLocation"
    " lastValue uniqueTag result statusText helpText connectString query src label shortName caption text"
    " description placeholder".split()
)
_WORDLESS_VALUE = re.compile(
    r"[\d\W_]*|\d{4}-\d\d-\d\dT[\d:.]+Z?|[a-z]{2}-[A-Z]{2}|[0-9A-Fa-f]{8}|\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?|(https?://schemas|urn:schemas).*|Normal\.dotm?"
)
# What Word calls a new object by itself.
_GIVEN_NAME = re.compile(
    r"(afbeelding|picture|image|graphic|tekstvak|text ?box|rechthoek|rectangle|groep|group|vorm|shape|object|grafiek"
    r"|chart|diagram|lijn|line|rechte verbindingslijn.*|straight connector|ovaal|oval|table|tabel|canvas)\s*\d*",
    re.IGNORECASE,
)
_BLOCKS = frozenset(("w:p", "w:tr", "a:p", "w:comment", "w:docPart"))


@dataclass
class Losses:
    """What was taken out so far: `lines` of text in order, `kinds` as codes."""

    lines: list[str] = field(default_factory=list, repr=False)
    kinds: set[str] = field(default_factory=set)
    _last: Any = field(default=None, repr=False)  # the paragraph from which the last run was taken

    def drop(self, element: Any, kind: str = "") -> None:
        """Note what an element says and take it out. What goes from one paragraph in several runs makes one line, so
        that a name in two of them is found."""
        if element.getparent() is None:
            return
        paragraph = next(element.iterancestors(q("w:p")), None)
        runs = [node for node in element.iter() if isinstance(node.tag, str) and is_run(node)]
        told = "".join(node.text or "" for node in runs)
        if paragraph is not None and told and next(element.iter(q("w:p")), None) is None:
            if self._last is paragraph:
                self.lines[-1] += told
            else:
                self.lines.append(told)
            self._last = paragraph
            for node in runs:
                node.text = None
        else:
            self._last = None
        at = len(self.lines) - (self._last is not None)
        self.lines[at:at] = words(element)
        if kind:
            self.kinds.add(kind)
        remove(element)

    def note(self, element: Any, kind: str = "") -> None:
        self._last = None
        self.lines += words(element)
        if kind:
            self.kinds.add(kind)

    def say(self, text: str | None, kind: str = "") -> None:
        """Note a single text."""
        clean = " ".join((text or "").split())
        if clean:
            self._last = None
            self.lines.append(clean)
            if kind:
                self.kinds.add(kind)


# Elements that hold settings of programs.
_SETTINGS = frozenset(("compatSetting", "mathFont", "rFonts", "Application", "AppVersion", "HeadingPairs", "sig"))


def words(element: Any) -> list[str]:
    """The texts in and on an element: one line a paragraph, one an attribute."""
    lines: list[str] = []
    current: list[str] = []
    for node in element.iter():
        if not isinstance(node.tag, str):
            continue
        if prefixed(node.tag) in _BLOCKS:
            lines.append("".join(current))
            current = []
        if node.tag.rpartition("}")[2] in _SETTINGS:
            continue
        lines += _attribute_words(node)
        if node.text and node.text.strip():
            current.append(node.text if is_run(node) else f"{node.text}\n")
        elif is_run(node) and node.text:
            current.append(node.text)
    lines.append("".join(current))
    return [clean for line in lines for part in line.split("\n") if (clean := " ".join(part.split())) and _tells(clean)]


def is_run(node: Any) -> bool:
    return bool(prefixed(node.tag).rpartition(":")[2] in ("t", "delText", "instrText", "delInstrText"))


def _attribute_words(node: Any) -> Iterator[str]:
    for name, value in node.attrib.items():
        local = name.rpartition("}")[2]
        if local == "val" and not prefixed(node.tag).startswith("w:"):
            continue  # of a chart, a measure
        if local in _WORDS and _tells(value) and not _GIVEN_NAME.fullmatch(value):
            yield " ".join(value.split())


def _tells(value: str) -> bool:
    return not (_WORDLESS_VALUE.fullmatch(value) or says_nothing(value))


def remove(element: Any) -> None:
    """Take an element out of its tree. WordprocessingML keeps no text behind elements."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Any) -> None:
    """Put an element's children in its place."""
    parent = element.getparent()
    at = parent.index(element)
    parent[at : at + 1] = list(element)
