"""Digital signatures."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from attacks import make
from audited import MARKER, field, only
from pikepdf import Array, Dictionary, Name, Pdf, String


def test_a_signature_is_found_with_who_signed(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        signature = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"), Name=String(MARKER))
        field(FT=Name.Sig, V=pdf.make_indirect(signature))(pdf, page)

    assert only(make(tmp_path / "file.pdf", attack), "signature").text == MARKER
