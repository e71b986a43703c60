"""What was set up for text that went goes; what the rest of the page needs stays."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from woo_anon.formats.pdf.content.emptied import without_remains


def _without_remains(content: str) -> str:
    with pikepdf.Pdf.new() as pdf:
        instructions = list(pikepdf.parse_content_stream(pdf.make_stream(content.encode())))
        left = pikepdf.unparse_content_stream(without_remains(instructions))
    return re.sub(r"\s+", " ", left.decode()).strip()


@pytest.mark.parametrize(
    ("content", "left"),
    [
        ("q BT /F1 9 Tf ET Q q 0 0 9 9 re f Q", "q 0 0 9 9 re f Q"),
        ("q q 0 0 9 9 re W n BT 1 0 0 1 9 9 Tm ET Q 0 g Q", ""),
        ("BT /F1 9 Tf 3 Tc ET BT /F1 8 Tf (a) Tj ET", "3 Tc BT /F1 8 Tf (a) Tj ET"),
        ("/Artifact BMC BT 0 g ET EMC 9 0 0 9 0 0 cm 0 0 9 9 re f", "0 g 9 0 0 9 0 0 cm 0 0 9 9 re f"),
        ("/CS0 cs 1 scn 0 g /CS0 cs 0.5 scn 0 0 9 9 re f", "/CS0 cs 0.5 scn 0 0 9 9 re f"),
        ("/P << /MCID 3 >> BDC q EMC BMC 0 g Q EMC", "/P << /MCID 3 >> BDC EMC"),
        ("/G0 gs /G1 gs /G0 gs 0 0 9 9 re f", "/G1 gs /G0 gs 0 0 9 9 re f"),
    ],
)
def test_what_shows_nothing_and_what_nothing_uses_goes(content: str, left: str) -> None:
    assert _without_remains(content) == left


@pytest.mark.parametrize(
    "content",
    [
        "1 g q 0 0 9 9 re f Q 0 0 9 9 re f",
        "/P << /MCID 3 >> BDC EMC",
        "/P /Pr0 BDC EMC",
        "q BT Q ET",
        "20 TL BT T* (a) Tj 10 TL T* (b) Tj ET",
        "q 1 g /Fm0 Do Q",
    ],
)
def test_what_something_may_need_stays(content: str) -> None:
    assert _without_remains(content) == content


_SETTINGS = ["1 0 0 rg", "0 0 1 RG", "0 g", "/DeviceRGB cs", "0 1 0 sc", "/F1 20 Tf", "/F1 9 Tf", "3 Tc", "0 Tc"]
_SETTINGS += ["5 w", "/G0 gs", "/G1 gs"]
_DRAWING = ["5 5 20 20 re f", "30 5 20 20 re S", "1 0 0 1 3 3 cm", "0 0 40 40 re W n", "BT 5 30 Td (Aa) Tj ET"]
_PIECES = st.recursive(
    st.sampled_from([*_SETTINGS, *_DRAWING]),
    lambda inner: (
        st.tuples(st.sampled_from(["q {} Q", "/A BMC {} EMC"]), st.lists(inner, max_size=4)).map(
            lambda made: made[0].format(" ".join(made[1]))
        )
        | st.lists(st.sampled_from(_SETTINGS), max_size=3).map(lambda made: f"BT {' '.join(made)} ET")
    ),
    max_leaves=20,
)


def _picture(content: str) -> bytes:
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(60, 60))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        states = Dictionary(G0=Dictionary(ca=0.5, LW=9), G1=Dictionary(ca=1))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font), ExtGState=states)
        page.obj.Contents = pdf.make_stream(content.encode())
        target = io.BytesIO()
        pdf.save(target)
    return bytes(pypdfium2.PdfDocument(target.getvalue())[0].render(scale=1).to_numpy().tobytes())


@settings(deadline=None, max_examples=150)
@given(st.lists(_PIECES, max_size=8).map(" ".join))
def test_a_page_looks_the_same_without_what_is_left_of_text_that_went(content: str) -> None:
    assert _picture(_without_remains(content)) == _picture(content)


def test_a_hundred_thousand_saved_states_within_each_other_take_no_longer_than_beside_each_other() -> None:
    # Each state was gone through once for every state around it: five billion steps, that nobody would wait for.
    assert _without_remains("q " * 100_000 + "Q " * 100_000) == ""
