"""Blocks of text that stand side by side in plain text, as in the head of a letter.

    De heer dr. E.C. Lobato                  Directie Curatieve Zorg
    Minervalaan 88                           Parnassusplein 5
    1077 PG  AMSTERDAM                       2511 VX Den Haag

A line falls into cells at gaps of three spaces or more and at tabs. Above a word stands what is above it in its own
block: the cell that begins in the same place, and no other of that line.
"""

from __future__ import annotations

import re

from woo_anon.tables import line_at

_CELL = re.compile(r"[^\s>](?:[^\t\n]*?[^\s])??(?=\t| {3}|\s*$)")
_GAPS = ("\n", "\t", "   ")
_APART = 4  # columns by which cells of one block may begin apart: signs of a proportional font are not of one width
_LONGEST = 300  # characters of a line; a longer one is a paragraph, and has no blocks

Cell = tuple[int, int]  # start and end in the text


def cell_at(text: str, offset: int) -> Cell:
    """The cell in which `offset` stands, without white space and marks of quotation around it; an empty one where it
    stands in none. Of a very long one the part near by."""
    low, high = max(0, offset - _LONGEST), min(len(text), offset + _LONGEST)
    start = max(low, *(at + len(gap) for gap in _GAPS if (at := text.rfind(gap, low, offset)) >= 0), low)
    end = min(high, *(at for gap in _GAPS if (at := text.find(gap, offset, high)) >= 0), high)
    content = text[start:end]
    start += len(content) - len(content.lstrip(" >\r"))
    end -= len(content) - len(content.rstrip())
    return (start, end) if start <= offset < end else (offset, offset)


def is_below(text: str, offset: int, lower: int) -> bool:
    """Whether what begins at `lower`, on a later line, stands in the block of the cell at `offset`."""
    columns = [at - line_at(text, at)[0] for at in (cell_at(text, offset)[0], lower)]
    return cell_at(text, lower)[0] == lower and abs(columns[0] - columns[1]) <= _APART


def above(text: str, offset: int, lines: int = 3) -> str:
    """The cells above that of `offset` in its block, each with a line end behind it; up to `lines` of them, and none
    beyond a line on which the block has nothing."""
    return "".join(f"{cell}\n" for cell in reversed(_stacked(text, offset, lines, up=True)))


def below(text: str, offset: int, lines: int = 3) -> str:
    """The cells below that of `offset` in its block, as `above` gives those above it, with a line end before each."""
    return "".join(f"\n{cell}" for cell in _stacked(text, offset, lines, up=False))


def _stacked(text: str, offset: int, lines: int, *, up: bool) -> list[str]:
    """What the cells of a block say, from that of `offset` up or down; the nearest first."""
    own = cell_at(text, offset)[0]
    start, end = line_at(text, own)
    column, found = own - start, list[str]()
    while len(found) < lines and (start if up else end < len(text)):
        start, end = line_at(text, start - 1 if up else end + 1)
        cell = _cell(text, start, end, column)
        if cell is None:
            break
        found.append(text[slice(*cell)])
    return found


def _cell(text: str, start: int, end: int, column: int) -> Cell | None:
    """The cell of the line `text[start:end]` that begins in about this column; None in a line that is a paragraph."""
    if max(end - start, column) > _LONGEST:
        return None
    cells = (match.span() for match in _CELL.finditer(text, start, end))
    return next((cell for cell in cells if abs(cell[0] - start - column) <= _APART), None)
