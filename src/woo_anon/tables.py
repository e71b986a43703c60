"""Columns of tables in plain text: the cells that stand under a heading.

    Naam            Geb.datum     Pasnr.            naam;bsn;rekening
    Ćosić, Branko   15-05-1972    119004827         Tol J;999923006;NL…

Two layouts are known: cells parted by `;`, `|` or a tab, where the cell with the number of the heading's cell counts,
and cells parted by two or more spaces. Of those too, where a row has as many cells as there are headings: the text of a
PDF or a scan keeps the cells, but not what stands below what. In other rows it is the one cell that has the shape of
those, or the cell that stands below the heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Protocol

_DELIMITERS = (";", "|", "\t", " / ")
_CELL = re.compile(r"\S+(?: \S+)*")
_DIGIT, _CAPITAL = re.compile(r"[0-9]"), re.compile(r"[A-Z]")
_RULE = re.compile(r"[\s|+=_.-]*$")
_LONGEST_LINE = 2000
_MOST_ROWS = 2000
_BLANK_LINES = 1  # between the heading and the first row


class Finder(Protocol):
    """A pattern, of whatever engine."""

    def finditer(self, text: str, /) -> Iterator[Any]:
        """Its matches, which say where they start."""


def columns(text: str, heading: Finder) -> Iterator[tuple[int, int]]:
    """Offsets of the cells, without the white space around them, below each heading cell that `heading` matches in."""
    last = seen = 0  # up to `seen` rows were read below the heading line at `last`: a word in a row is no heading
    for match in heading.finditer(text):
        start, end = line_at(text, match.start())
        if last < start < seen or end - start > _LONGEST_LINE:
            continue
        delimiter = _delimiter(text[start:end])
        if delimiter:
            column = text.count(delimiter, start, match.start())
            cells = list(_delimited(text, delimiter, column, end))
        else:
            cells = list(_aligned(text, match.start(), start, end))
        yield from cells
        if cells:
            last, seen = start, max(seen, cells[-1][0])


def line_at(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the line that holds `offset`, without its line end; a very long one is cut short."""
    low, high = max(0, offset - _LONGEST_LINE), min(len(text), offset + _LONGEST_LINE)
    end = text.find("\n", offset, high)
    return max(low, text.rfind("\n", low, offset) + 1), high if end < 0 else end


def _delimiter(line: str) -> str:
    return next((delimiter for delimiter in _DELIMITERS if line.count(delimiter) >= 2), "")


def _lines_below(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Lines after the one that ends at `end`, up to the first blank line below a row; rules are passed over."""
    blank = rows = 0
    while end < len(text) and rows < _MOST_ROWS:
        start, end = line_at(text, end + 1)
        line = text[start:end]
        if _RULE.match(line):
            blank += not line.strip()
            if blank > _BLANK_LINES or (rows and not line.strip()):
                return
            continue
        rows += 1
        yield start, end


def _delimited(text: str, delimiter: str, column: int, end: int) -> Iterator[tuple[int, int]]:
    for low, high in _lines_below(text, end):
        cells = text[low:high].split(delimiter)
        if len(cells) <= column:
            if len(cells) == 1:
                return
            continue
        offset = low + sum(len(cell) + len(delimiter) for cell in cells[:column])
        cell = cells[column]
        content = cell.strip(' "')
        if content:
            begin = offset + cell.index(content)
            yield begin, begin + len(content)


def _aligned(text: str, offset: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    heads = [match.span() for match in _CELL.finditer(text, start, end)]
    if len(heads) < 3 or sum(char.isdigit() for char in text[start:end]) > 4:  # a line of data, not of headings
        return
    at = next((index for index, (low, high) in enumerate(heads) if low <= offset < high), None)
    if at is None:
        return
    left = heads[at][0] - start
    right = heads[at + 1][0] - start if at + 1 < len(heads) else 10_000
    rows = list(_rows_below(text, end))
    told = {shape(text[slice(*cells[at])]) for _, cells in rows if len(cells) == len(heads)}
    shapes = {one for one in told if "9" in one}  # words have none
    for low, cells in rows:
        alike = [cell for cell in cells if shape(text[slice(*cell)]) in shapes]
        if len(cells) == len(heads):
            yield cells[at]
        elif len(alike) == 1:
            yield alike[0]
        else:
            below = (
                (begin, stop) for begin, stop in cells if left - 2 <= begin - low < right - 1 and stop - low > left
            )
            yield from islice(below, 1)


def _rows_below(text: str, end: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Rows below the heading line that ends at `end`: where each begins, and its cells."""
    for low, high in _lines_below(text, end):
        cells = [match.span() for match in _CELL.finditer(text, low, high)]
        if len(cells) < 2:
            return
        yield low, cells


def shape(text: str) -> str:
    """`P-310.774` → `A-999.999`."""
    return _CAPITAL.sub("A", _DIGIT.sub("9", text))
