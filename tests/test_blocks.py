"""Blocks of text that stand side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from woo_anon import blocks

HEAD = (
    "De heer dr. E.C. Lobato                  Directie Curatieve Zorg\n"
    "Zonneheuvel 88 II                        Parnassusplein 5\n"
    "1077 PG  AMSTERDAM                       2511 VX Den Haag\n"
    "\n"
    "Datum 4 mei\n"
)


def at(word: str) -> int:
    return HEAD.index(word)


def test_above_stands_what_is_above_in_the_same_block() -> None:
    assert blocks.above(HEAD, at("1077")) == "De heer dr. E.C. Lobato\nZonneheuvel 88 II\n"
    assert blocks.above(HEAD, at("2511")) == "Directie Curatieve Zorg\nParnassusplein 5\n"
    assert blocks.above(HEAD, at("2511"), 1) == "Parnassusplein 5\n"


def test_below_stands_what_is_below_in_the_same_block() -> None:
    assert blocks.below(HEAD, at("Parnassus")) == "\n2511 VX Den Haag"
    assert blocks.below(HEAD, at("Zonne")) == "\n1077 PG  AMSTERDAM"


def test_a_block_ends_at_a_blank_line() -> None:
    assert blocks.above(HEAD, at("Datum")) == ""


def test_two_spaces_do_not_part_cells() -> None:
    assert HEAD[slice(*blocks.cell_at(HEAD, at("AMSTERDAM")))] == "1077 PG  AMSTERDAM"


def test_what_stands_in_the_other_block_is_not_below() -> None:
    assert blocks.is_below(HEAD, at("Parnassus"), at("2511"))
    assert not blocks.is_below(HEAD, at("Parnassus"), at("1077"))


def test_marks_of_quotation_are_no_part_of_a_cell() -> None:
    text = "> Zonneheuvel 88\n> 1077 PG Ede\n"
    assert blocks.above(text, text.index("1077")) == "Zonneheuvel 88\n"


@given(st.text(alphabet="ab >\t\n", max_size=60), st.data())
def test_cells_hold_all_that_is_no_white_space_or_mark(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    start, end = blocks.cell_at(text, offset)
    assert 0 <= start <= end <= len(text)
    assert "\n" not in text[start:end]
    if offset < len(text) and text[offset] in "ab":
        assert start <= offset < end


@given(st.text(alphabet="ab \t\n", max_size=60))
def test_text_of_one_block_is_above_line_by_line(text: str) -> None:
    lines = [line.strip() or "x" for line in text.split("\n")]
    lines = [line if "\t" not in line and "   " not in line else "x" for line in lines]
    whole = "\n".join(lines)
    last = len(whole) - len(lines[-1])
    assert blocks.above(whole, last) == "".join(line + "\n" for line in lines[-4:-1])
