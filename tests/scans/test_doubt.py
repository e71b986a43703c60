"""Print where OCR found no words makes a page count as not read, however little of its ink that is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from paper import LINE, MARGIN, NOTE, SIZE, scan, sheet
from PIL import ImageOps

from woo_anon.formats.pdf.scans.doubt import why_not_read
from woo_anon.formats.pdf.scans.words import NO_WORDS, Words

LINES = [*NOTE, *(f"{line} {line}"[:75] for line in NOTE)] * 3


def words(lines: range) -> Words:
    """A word of OCR over each of these lines of a sheet."""
    tops = [MARGIN + LINE * line for line in lines]
    boxes = [(0.05, top / SIZE[1], 0.95, (top + LINE - 2) / SIZE[1]) for top in tops]
    return Words(np.array(boxes).reshape(-1, 4), np.full(len(boxes), 95.0), np.full(len(boxes), 60.0))


def doubt(path: Path, found: Words, *, inverted: bool = False) -> str | None:
    page = sheet(*LINES)
    with pypdfium2.PdfDocument(scan(path / "a.pdf", ImageOps.invert(page) if inverted else page)) as pdf:
        return why_not_read(pdf[0], found)


def test_a_page_of_which_every_line_was_found_is_read(tmp_path: Path) -> None:
    assert doubt(tmp_path, words(range(len(LINES)))) is None


@pytest.mark.parametrize("first", [0, 10, len(LINES) - 4])
def test_four_lines_of_thirty_without_a_word_are_noticed(tmp_path: Path, first: int) -> None:
    left = words(range(first))
    assert doubt(tmp_path, left + words(range(first + 4, len(LINES)))) == "scan:beside"


def test_light_print_on_dark_without_a_word_is_not_blank_paper(tmp_path: Path) -> None:
    assert doubt(tmp_path, NO_WORDS, inverted=True) == "scan:nothing"
