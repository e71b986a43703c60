"""Comments that hide text: the page is refused, for without the comment the text would be seen again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from attacks import BOX_OF_MARKER, MARKER, make
from pikepdf import Array, Dictionary, Name, Pdf

from woo_anon.errors import RefusedError
from woo_anon.formats.pdf.read import read


def comment(subtype: str, look: str = "", rotate: int = 0, **entries: object) -> Callable[[Pdf, pikepdf.Page], None]:
    """A comment over the marker that draws `look` in a square of 100 × 100."""

    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        page.obj.Rotate = rotate
        made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array(BOX_OF_MARKER), F=4)
        if look:
            form = pdf.make_stream(look.encode(), Subtype=Name.Form, BBox=Array([0, 0, 100, 100]))
            state = Dictionary(Half=Dictionary(ca=0.4), Multiply=Dictionary(BM=Name.Multiply))
            form.Resources = Dictionary(ExtGState=state)
            made.AP = Dictionary(N=form)
        for key, value in entries.items():
            made[f"/{key}"] = value
        page.obj.Annots = Array([pdf.make_indirect(made)])

    return attack


HIDING = {
    "a black rectangle": comment("Square", "0 g 0 0 100 100 re f"),
    "a white one": comment("FreeText", "1 g 0 0 100 100 re f"),
    "a stamp": comment("Stamp", "0.5 g 0 0 100 100 re f"),
    "a thick line": comment("Ink", "60 w 0 50 m 100 50 l S"),
    "on a turned page": comment("Square", "0 g 0 0 100 100 re f", rotate=90),
}

MARKED = {
    "with a look": comment("Redact", "1 0 0 RG 1 1 98 98 re S"),
    "without one": comment("Redact"),
    "hidden": comment("Redact", F=2),
    "beside the text": comment("Redact", Rect=Array([300, 300, 400, 400])),
    "nowhere": comment("Redact", Rect=Array([])),
}

HARMLESS = {
    "a frame": comment("Square", "2 w 1 1 98 98 re S"),
    "a transparent marker": comment("Highlight", "/Half gs 1 1 0 rg 0 0 100 100 re f"),
    "a marker that lets ink through": comment("Highlight", "/Multiply gs 1 1 0 rg 0 0 100 100 re f"),
    "a thin line": comment("StrikeOut", "2 w 0 40 m 100 40 l S"),
    "a note's icon": comment("Text", "1 1 0 rg 0 0 100 100 re f"),
    "a hidden comment": comment("Square", "0 g 0 0 100 100 re f", F=2),
    "beside the text": comment("Square", "0 g 0 0 100 100 re f", Rect=Array([300, 300, 400, 400])),
}


@pytest.mark.parametrize("way", HIDING)
def test_a_page_with_a_comment_that_hides_text_is_refused(tmp_path: Path, way: str) -> None:
    with pytest.raises(RefusedError, match=r"^note\.pdf: on page 1 a comment covers text"):
        read(make(tmp_path / "note.pdf", HIDING[way]))


@pytest.mark.parametrize("way", MARKED)
def test_a_page_with_a_mark_for_redaction_is_refused(tmp_path: Path, way: str) -> None:
    with pytest.raises(RefusedError, match=r"^note\.pdf: on page 1 something is marked for redaction") as refusal:
        read(make(tmp_path / "note.pdf", MARKED[way]))
    assert "--from-marks" in refusal.value.remedy


@pytest.mark.parametrize("way", HARMLESS)
def test_a_page_with_other_comments_is_read(tmp_path: Path, way: str) -> None:
    assert MARKER in read(make(tmp_path / "note.pdf", HARMLESS[way])).text
