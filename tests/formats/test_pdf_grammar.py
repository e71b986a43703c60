"""The grammar of content streams: what fits says nothing that it does not show."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.formats.pdf.content.doubt import NotUnderstoodError
from woo_anon.formats.pdf.content.grammar import KNOWN, OPERANDS, fits, fitting

_NUMBERS = st.one_of(
    st.integers(-9999, 9999).map(str), st.decimals(-999, 999, places=3, allow_nan=False).map(lambda d: f"{d:f}")
)
_STRINGS = st.one_of(
    st.text("ab ()\\%", max_size=6).map(lambda text: f"({text.translate({92: '/', 40: '[', 41: ']'})})"),
    st.text("0123456789abcdef ", max_size=6).map(lambda digits: f"<{digits}>"),
    st.just("(a(b)\\)c)"),
)
_NAMES = st.sampled_from(["/F1", "/Span", "/", "/P#20x"])
_ARRAYS = st.lists(st.one_of(_NUMBERS, _STRINGS), max_size=4).map(lambda items: f"[{' '.join(items)}]")
_OPERAND: dict[str, st.SearchStrategy[str]] = {
    "n": _NUMBERS,
    "s": _STRINGS,
    "/": _NAMES,
    "t": _ARRAYS,
    "a": st.lists(_NUMBERS, max_size=3).map(lambda items: f"[{' '.join(items)}]"),
    "p": st.one_of(_NAMES, st.just("<</MCID 3 /Lang (nl-NL) /BBox [0 0 1 1]>>")),
}


@st.composite
def instructions(draw: st.DrawFn) -> str:
    operator = draw(st.sampled_from(sorted(OPERANDS)))
    return " ".join([*(draw(_OPERAND[kind]) for kind in OPERANDS[operator]), operator])


STREAMS = st.lists(instructions(), max_size=8).map("\n".join)


def parsed(data: str) -> list[Any]:
    with pikepdf.new() as pdf:
        return list(pikepdf.parse_content_stream(pdf.make_stream(data.encode("latin-1"))))


@given(STREAMS)
def test_operators_with_operands_of_their_own_fit_and_stay_as_they_are(data: str) -> None:
    assert fits(data.encode("latin-1"))
    before = parsed(data)
    assert pikepdf.unparse_content_stream(list(fitting(before))) == pikepdf.unparse_content_stream(before)


STRAYS = ["(Vos)", "/Vos", "[(Vos)]", "<</Wie (Vos)>>", "<566f73>", "(Vos) zegt", "/Vos MP", "/Span <</Wie (Vos)>> DP"]


@given(STREAMS, st.sampled_from(STRAYS), STREAMS)
def test_what_nothing_takes_does_not_fit_and_goes(before: str, stray: str, behind: str) -> None:
    data = f"{before}\n{stray}\n{behind}"
    try:
        kept = pikepdf.unparse_content_stream(list(fitting(parsed(data))))
    except NotUnderstoodError:
        return  # it stands before a colour, and the page becomes a picture
    assert b"Vos" not in kept
    assert b"566f73" not in kept
    assert not fits(data.encode("latin-1"))


@pytest.mark.parametrize(
    "data", ["1 0 0 rg % Vos", "q %Vos\nQ", "BX Q EX", "2 1 0 0 rg", "1 0 0 rgx", "BI /W 1 ID x EI"]
)
def test_what_may_say_more_does_not_fit(data: str) -> None:
    assert not fits(data.encode("latin-1"))


@pytest.mark.parametrize(
    "data", ["--5 w", "1.2e-05 0 Td", "0 0 m 1-2 3 l", "0.1 0.2 0.3 0.4 0.5 scn", "1 /P1 scn", "/P scn"]
)
def test_numbers_as_programs_write_them_fit(data: str) -> None:
    assert fits(data.encode("latin-1"))


@pytest.mark.parametrize("data", ["1" * 5000 + " x", "1 " * 5000 + "x", "/" + "n" * 5000, "(" * 5000, "[ 1" * 5000])
def test_what_does_not_fit_is_told_at_once(data: str) -> None:
    # A long number was once tried in all its parts: two hundred figures took hours.
    assert not fits(data.encode("latin-1"))


def test_the_table_knows_every_operator_once() -> None:
    assert len(KNOWN) == 73 - len(("BI", "ID", "EI"))  # ISO 32000-2, table A.1
