"""Where redacted strings were found in a written Word document beside its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from woo_anon.openxml import says_nothing, vocabulary
from woo_anon.verify.strings import Gone, Haystack, Needle, count, plain

# What every file of this kind says: namespaces, types, and the names that the writer gives.
_OWN = re.compile(
    r"http://(schemas\.openxmlformats\.org|schemas\.microsoft\.com/office|purl\.org/dc/elements)/[A-Za-z0-9./-]+"
    r"|application/(xml|vnd\.openxmlformats-[A-Za-z.+-]+)|image/(png|jpeg)|/?(word|docProps|_rels)/[a-zA-Z0-9/]+\.xml"
    r"|(media/image\d+|(header|footer)\d+|styles|settings|fontTable|theme|numbering|footnotes|endnotes|comments(Extended)?)"
    r"\.(xml|png|jpeg)|rId\d+|S\d+|Stijl \d+|Object \d+|plaats\d+|compatibilityMode|Calibri|Office|woo-anon|Auteur"
    r"|Publicatieversie|nl-NL|External|xml|rels|png|jpeg",
)
_IN_OWN = plain(
    "schemas openxmlformats org officeDocument relationships wordprocessingml drawingml wordprocessingDrawing microsoft"
    " word wordprocessingShape wordprocessingGroup markup-compatibility application document"
    " settings styles fontTable numbering footnotes endnotes comments extended-properties core-properties"
    " commentsExtended commentsEx commentEx paraIdParent"
    " compatibilityMode Calibri Stijl Object plaats Office woo-anon Auteur Publicatieversie External ContentType"
    " PartName Extension Override Default Relationship Target TargetMode coreProperties creator language Application"
    " standalone encoding version PAGE NUMPAGES SECTION SECTIONPAGES PAGEREF NOTEREF MERGEFORMAT Arabic"
)
_STORY_TEXT = frozenset(("t", "instrText"))  # instructions are looked at by themselves
_STORY_WORDS = frozenset(("descr", "title", "alt", "string", "author"))
_SPOKEN = frozenset(("tblCaption", "tblDescription", "lvlText"))


@dataclass
class Finds:
    """Numbers of redactions whose strings stand beside the text, or in the bytes of a part more often than the text
    explains."""

    strings: Sequence[Gone]
    beside: set[int] = field(default_factory=set)
    _counts: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        words = {plain(word) for section in vocabulary().values() for word in section} | set(_IN_OWN.split())
        # A word of the standard is in every file; as a part of one, say `list` of `listParagraph`, too.
        self._long = [
            (string, Needle(string.text))
            for string in self.strings
            if string.is_long and not any(string.text in word for word in words)
        ]
        self._known: set[str] = set()

    def look_at_tree(self, tree: Element, *, is_story: bool) -> None:
        """All attributes, and all text that is not the story's own."""
        for element in tree.iter():
            local = element.tag.rpartition("}")[2]
            if element.text and not (is_story and local in _STORY_TEXT) and not _OWN.fullmatch(element.text):
                self._look(element.text)
            for name, value in element.attrib.items():
                is_shown = is_story and (name.rpartition("}")[2] in _STORY_WORDS or local in _SPOKEN)
                if not is_shown and not says_nothing(value) and not _is_own(local, value):
                    self._look(value)

    def _look(self, text: str) -> None:
        if text in self._known:
            return
        self._known.add(text)
        said = plain(text)
        squeezed = "".join(filter(str.isalnum, said))
        for string in self.strings:
            if count(string.text, said):
                self.beside.add(string.number)
        for string, _ in self._long:
            if "".join(filter(str.isalnum, string.text)) in squeezed:
                self.beside.add(string.number)

    def look_at_bytes(self, data: bytes, *, is_xml: bool) -> None:
        """Long strings in a part's bytes: in XML as often as the text holds them, elsewhere never."""
        haystack = Haystack(data)
        folded = plain(data.decode("utf-8", "replace")) if is_xml else ""
        for string, needle in self._long:
            if is_xml:
                self._counts[string.number] += folded.count(string.text)
                if not string.allowed and _is_wide(data, needle):
                    self._counts[string.number] += string.within() + 1
            elif not string.allowed and haystack.holds(needle):
                self._counts[string.number] += string.within() + 1

    @property
    def in_bytes(self) -> set[int]:
        """Redactions whose strings stand in the bytes too often."""
        return {string.number for string, _ in self._long if self._counts[string.number] > string.within()}


def _is_own(element: str, value: str) -> bool:
    """Whether a value is the standard's or the writer's."""
    if element == "name":  # of a style
        return set(value.lower().split()) <= vocabulary()["styles"] or _OWN.fullmatch(value) is not None
    return _OWN.fullmatch(value) is not None


def _is_wide(data: bytes, needle: Needle) -> bool:
    return b"\0" in data and any(form in data.lower() for form in needle.wide)
