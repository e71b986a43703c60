"""Form fields."""

from __future__ import annotations

from pathlib import Path

from attacks import make
from audited import MARKER, field, only
from pikepdf import Name, String

from woo_anon.audit.codes import Severity


def test_an_empty_field_is_a_note_and_a_filled_one_a_risk(tmp_path: Path) -> None:
    empty = make(tmp_path / "leeg.pdf", field(FT=Name.Tx))
    filled = make(tmp_path / "vol.pdf", field(FT=Name.Tx, V=String(MARKER), DV=String(MARKER)))
    assert only(empty, "form-field").severity is Severity.NOTE
    assert only(filled, "form-value").text == MARKER
