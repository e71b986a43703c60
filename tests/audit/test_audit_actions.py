"""Scripts and actions."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from attacks import make
from audited import found, only
from pikepdf import Array, Dictionary, Name, Pdf, String


def test_an_action_that_starts_a_program_is_found(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.Launch, F=String("x.exe"))

    assert only(make(tmp_path / "file.pdf", attack), "action").detail == "Launch"


def test_opening_at_a_page_is_no_issue(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        pdf.Root.OpenAction = Array([page.obj, Name.Fit])

    assert found(make(tmp_path / "file.pdf", attack)) == set()
