"""The text of a cleaned part in reading order, and where each character stands in it.

    Paragraphs end with a line end. Cells of a row are parted by tabs where each is one line, else by line ends.
    Text boxes and alternative texts follow the paragraph in which they stand. A raised mark at a word, as of a note, is
    parted from it; a large first letter in a frame of its own is not.

A piece is a stretch of text with the element that holds it: in its text (`key` None), in its attribute `key`, or, for a
tab or a line break, in its being there (`is_fixed`). Line ends and tabs that the layout implies have no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from woo_anon.formats.word.allowed import SPOKEN
from woo_anon.formats.word.namespaces import prefixed, q

_TEXT = frozenset(map(q, ("w:t", "m:t")))
_FIXED = {q("w:tab"): "\t", q("w:ptab"): "\t", q("w:br"): "\n", q("w:cr"): "\n", q("w:noBreakHyphen"): "-"}
_NO_TEXT = frozenset(
    map(q, ("w:pPr", "w:rPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr", "w:instrText", "w:rubyPr"))
)
_DINGBATS = ("wingdings", "webdings", "symbol", "zapf", "marlett", "outlook")
_DINGBAT = "▪"
_SPOKEN_ON: dict[str, tuple[str, ...]] = {}
for _tag, _attribute in sorted(SPOKEN):
    _SPOKEN_ON[_tag] = (*_SPOKEN_ON.get(_tag, ()), _attribute)


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `node` is None where the layout implies it."""

    text: str = field(repr=False)
    node: Any = field(default=None, repr=False)
    key: str | None = None
    is_fixed: bool = False


_LINE_END = Piece("\n")
_CELL_END = Piece("\t")
_SPACE = Piece(" ")
_WORD = 4  # letters of a word beside which a raised sign is a mark: not those of `km²`, `10e`


def blocks(container: Any) -> list[Piece]:
    """The pieces of paragraphs and tables in a body, a cell, a header, a note."""
    pieces: list[Piece] = []
    for child in container:
        if child.tag == q("w:p"):
            pieces += _paragraph(child)
        elif child.tag == q("w:tbl"):
            pieces += _table(child)
        elif child.tag not in _NO_TEXT:
            pieces += [*_line(child, []), _LINE_END] if child.tag in _TEXT or len(child) else []
    return pieces


def _paragraph(paragraph: Any) -> list[Piece]:
    beside: list[Any] = []
    pieces = _with_marks_apart([*_line(paragraph, beside)])
    if not _is_initial(paragraph):
        pieces.append(_LINE_END)
    for element in beside:
        if element.tag == q("w:txbxContent"):
            pieces += blocks(element)
        else:
            pieces += spoken(element)
    return pieces


def _is_initial(paragraph: Any) -> bool:
    """Whether a paragraph holds the large first letter of the next one."""
    frame = paragraph.find(f"{q('w:pPr')}/{q('w:framePr')}")
    return frame is not None and frame.get(q("w:dropCap")) in {"drop", "margin"}


def _with_marks_apart(pieces: list[Piece]) -> list[Piece]:
    """The pieces with a space between a word and raised or lowered letters and digits at it."""
    if len({_rise(piece) for piece in pieces}) < 2:
        return pieces
    apart, said = pieces[:1], pieces[0].text
    for before, piece in pairwise(pieces):
        ends, begins = said[-_WORD:], piece.text[:_WORD]
        touching = said[-1:].isalnum() and piece.text[:1].isalnum()
        if touching and _rise(before) != _rise(piece) and any(len(w) == _WORD and w.isalpha() for w in (ends, begins)):
            apart.append(_SPACE)
        apart.append(piece)
        said = said[-_WORD:] + piece.text
    return apart


def _rise(piece: Piece) -> str:
    """`superscript`, `subscript`, or nothing."""
    run = None if piece.node is None else piece.node.getparent()
    stands = None if run is None else run.find(f"{q('w:rPr')}/{q('w:vertAlign')}")
    value = "" if stands is None else stands.get(q("w:val"), "")
    return value if value in {"superscript", "subscript"} else ""


def _line(element: Any, beside: list[Any]) -> Iterator[Piece]:
    """The text in one line; what stands beside it is put into `beside`."""
    for child in element:
        tag = child.tag
        if tag in _TEXT:
            if child.text:
                yield Piece(child.text, child)
        elif tag in _FIXED:
            yield Piece(_FIXED[tag], child, is_fixed=True)
        elif tag == q("w:sym"):
            yield Piece(_symbol(child), child, is_fixed=True)
        elif tag == q("w:txbxContent"):
            beside.append(child)
        elif tag not in _NO_TEXT:
            if prefixed(tag) in _SPOKEN_ON:
                beside.append(child)
            yield from _line(child, beside)


def spoken(element: Any) -> list[Piece]:
    """The texts in an element's attributes, one a line."""
    keys = (key for key in spoken_keys(element) if element.get(key).strip())
    return [piece for key in keys for piece in (Piece(element.get(key), element, key), _LINE_END)]


def spoken_keys(element: Any) -> list[str]:
    """The attributes of an element that hold text."""
    found = _SPOKEN_ON.get(prefixed(element.tag), ())
    return [key for name in found if (key := q(name) if ":" in name else name) in element.attrib]


def _symbol(element: Any) -> str:
    """A character of a font of its own: those of dingbat fonts are pictures, not letters."""
    font, code = element.get(q("w:font"), "").lower(), element.get(q("w:char"), "")
    if font.startswith(_DINGBATS) or not code:
        return _DINGBAT
    character = chr(int(code, 16) & 0xFF if code.upper().startswith("F0") else int(code, 16))
    return character if character.isprintable() else _DINGBAT


def _table(table: Any) -> list[Piece]:
    pieces: list[Piece] = []
    properties = table.find(q("w:tblPr"))
    for described in properties if properties is not None else ():
        pieces += spoken(described)
    for row in table.iter(q("w:tr")):
        if next(row.iterancestors(q("w:tbl"))) is table:
            pieces += _row([blocks(cell) for cell in row.iterchildren(q("w:tc"))])
    return pieces


def _row(cells: Iterable[list[Piece]]) -> list[Piece]:
    pieces: list[Piece] = []
    was_short = True
    for number, cell in enumerate(cells):
        content = cell[:-1] if cell and cell[-1] is _LINE_END else cell
        is_short = not any("\n" in piece.text for piece in content)
        if number:
            pieces.append(_CELL_END if was_short and is_short else _LINE_END)
        pieces += content
        was_short = is_short
    return [*pieces, _LINE_END]
