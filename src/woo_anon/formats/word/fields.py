"""Fields: their results stay as text, their instructions go.

    begin │ instrText: HYPERLINK "mailto:…" │ separate │ result │ end
            never shown, names people                    shown

Instructions name authors, users, files, data sources. Only those that number things and refer to places stay, written
anew: so page numbers and tables of contents go on working (ECMA-376 part 1, 17.16).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from woo_anon.formats.word.losses import Losses, remove, unwrap
from woo_anon.formats.word.namespaces import SPACE, q

FIELDS = "fields"
_ALONE = frozenset(("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"))
_REFERRING = frozenset(("PAGEREF", "NOTEREF"))  # a REF shows any text again and is left as it shows now
_FORMAT = re.compile(r"\\\*\s*(MERGEFORMAT|Arabic|roman|ROMAN|alphabetic|ALPHABETIC)", re.IGNORECASE)
_SWITCH = re.compile(r"\\[hpfuzwn](?![A-Za-z])")
_LEVELS = re.compile(r'\\o\s+"(\d-\d)"')
_WORDS = re.compile(r'"[^"]*"|\S+')
_CHECK = {True: "☒", False: "☐"}


@dataclass
class _Field:
    marks: list[Any] = field(default_factory=list)  # the fldChar elements
    code: list[Any] = field(default_factory=list)  # what stands before `separate`
    in_code: bool = True
    closed: bool = False


@dataclass(frozen=True)
class Instruction:
    """An instruction that may stay: its words, and the bookmark that it refers to, if any."""

    keyword: str
    bookmark: str | None = None
    switches: tuple[str, ...] = ()

    def text(self, bookmark: str | None = None) -> str:
        """As it is written, with another name for the bookmark."""
        name = bookmark or self.bookmark
        return f" {' '.join([self.keyword, *([name] if name else []), *self.switches])} "


def parse_instruction(text: str) -> Instruction | None:
    """The instruction in its new form; None for one that may not stay."""
    words = _WORDS.findall(text)
    keyword = words[0].upper() if words else ""
    switches = tuple(f"\\* {name}" for name in _FORMAT.findall(text)) + tuple(_SWITCH.findall(text))
    if keyword in _ALONE:
        return Instruction(keyword, None, switches)
    if keyword in _REFERRING and len(words) > 1 and re.fullmatch(r"\w+", words[1].strip('"')):
        return Instruction(keyword, words[1].strip('"'), switches)
    levels = _LEVELS.search(text)
    if keyword == "TOC" and levels is not None:
        return Instruction(keyword, None, (f'\\o "{levels[1]}"', *switches))
    return None


def flatten_fields(root: Any, losses: Losses, bookmarks: Mapping[str, str] | None = None) -> None:
    """Make text of all fields under `root` but those that number and refer.

    With `bookmarks` (their new names by the old ones) the fields that refer to others become text too.
    """
    for simple in list(root.iter(q("w:fldSimple"))):
        _flatten_simple(simple, losses)
    for found in _fields(root):
        _flatten(found, losses, bookmarks)
    for left in list(root.iter(q("w:instrText"), q("w:delInstrText"))):
        if left.get("kept") is None:
            losses.drop(left, FIELDS)
        else:
            del left.attrib["kept"]


def _flatten_simple(simple: Any, losses: Losses) -> None:
    text = simple.get(q("w:instr"), "")
    for data in simple.findall(q("w:fldData")):
        losses.drop(data)
    instruction = parse_instruction(text)
    if instruction is None:
        losses.say(text, FIELDS)
    else:  # in the other way of writing, so that there is one
        content = list(simple)
        simple[:] = [_mark("begin"), _code(text), _mark("separate"), *content, _mark("end")]
    unwrap(simple)


def _mark(kind: str) -> Any:
    run = etree.Element(q("w:r"))
    etree.SubElement(run, q("w:fldChar")).set(q("w:fldCharType"), kind)
    return run


def _code(text: str) -> Any:
    run = etree.Element(q("w:r"))
    etree.SubElement(run, q("w:instrText")).text = text
    return run


def bookmarks_of_fields(root: Any) -> set[str]:
    """The bookmarks to which the fields under `root` refer."""
    instructions = (parse_instruction(code.text or "") for code in root.iter(q("w:instrText")))
    return {instruction.bookmark for instruction in instructions if instruction and instruction.bookmark}


def _fields(root: Any) -> list[_Field]:
    """All fields, the inner before the outer; those without an end among them."""
    done: list[_Field] = []
    open_: list[_Field] = []
    for node in root.iter(
        *map(q, ("w:fldChar", "w:instrText", "w:t", "w:tab", "w:br", "w:sym", "w:drawing", "w:pict"))
    ):
        kind = node.get(q("w:fldCharType")) if node.tag == q("w:fldChar") else None
        if kind == "begin":
            open_.append(_Field())
        if kind is not None and open_:
            open_[-1].marks.append(node)
        if kind == "separate" and open_:
            open_[-1].in_code = False
        elif kind == "end" and open_:
            open_[-1].closed = True
            done.append(open_.pop())
        elif kind is None:
            # What stands in the code of one field is shown by none around it.
            innermost = next((found for found in reversed(open_) if found.in_code), None)
            if innermost is not None:
                innermost.code.append(node)
        elif not open_:
            done.append(_Field([node], closed=True))  # a mark by itself
    return done + open_[::-1]


def _flatten(found: _Field, losses: Losses, bookmarks: Mapping[str, str] | None) -> None:
    codes = [node for node in found.code if node.tag == q("w:instrText") and node.getparent() is not None]
    text = "".join(node.text or "" for node in codes)
    instruction = parse_instruction(text) if found.closed and len(found.marks) > 1 else None
    if instruction is not None and (bookmarks is None or instruction.bookmark in (None, *bookmarks)):
        codes[0].text = instruction.text((bookmarks or {}).get(instruction.bookmark or ""))
        codes[0].set(SPACE, "preserve")
        codes[0].set("kept", "")
        for node in found.code:
            if node is not codes[0] and node.getparent() is not None:
                losses.drop(node, FIELDS)
        for mark in found.marks:
            mark[:] = []
        return
    losses.say(text, FIELDS)
    for node in found.code:
        # A field without an end hides what follows it from nobody for sure, so that is shown.
        if node.getparent() is not None and (found.closed or node.tag == q("w:instrText")):
            losses.drop(node, FIELDS)
    for mark in found.marks:
        _show_form(mark, losses)
        remove(mark)


def _show_form(mark: Any, losses: Losses) -> None:
    """What a field of an old form shows that has no result of its own: a check box, the chosen entry of a list."""
    form = mark.find(q("w:ffData"))
    if form is None:
        return
    box, choices = form.find(q("w:checkBox")), form.find(q("w:ddList"))
    shown = ""
    if box is not None:
        state = box.find(q("w:checked")) if box.find(q("w:checked")) is not None else box.find(q("w:default"))
        shown = _CHECK[state is not None and state.get(q("w:val"), "1") in ("1", "true", "on")]
    elif choices is not None:
        entries = [entry.get(q("w:val"), "") for entry in choices.findall(q("w:listEntry"))]
        chosen = choices.find(q("w:result"))
        index = chosen.get(q("w:val"), "0") if chosen is not None else "0"
        shown = entries[int(index)] if index.isdigit() and int(index) < len(entries) else ""
    losses.note(form, "forms")
    run = mark.getparent()
    if shown and run is not None:
        text = etree.Element(q("w:t"))
        text.text = shown
        run.insert(run.index(mark), text)
