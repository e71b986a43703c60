"""Replacement texts, descriptions, outlines."""

from __future__ import annotations

from pathlib import Path

import attacks
import pikepdf
import pytest
from attacks import make
from audited import MARKER, found, only
from pikepdf import Pdf

from woo_anon.audit.codes import Severity

ALLEN = "BT /F1 12 Tf 72 700 Td (Beste allen) Tj ET"


@pytest.mark.parametrize("key", ["ActualText", "E"])
@pytest.mark.parametrize("text", [f"({MARKER})", f"<{MARKER.encode().hex()}>", "<FEFF005A0077006100720074>"])
def test_a_replacement_text_with_other_words_is_a_leak(tmp_path: Path, key: str, text: str) -> None:
    issue = only(make(tmp_path / "file.pdf", None, f"/Span <</{key} {text}>> BDC {ALLEN} EMC"), "actual-text")
    assert issue.severity is Severity.LEAK
    assert MARKER.startswith(issue.text)


def test_a_replacement_text_in_the_structure_tree_is_a_leak(tmp_path: Path) -> None:
    def attack(pdf: Pdf, page: pikepdf.Page) -> None:
        attacks.structure_tree(pdf, page)
        page.obj.Contents = pdf.make_stream(ALLEN.encode())

    assert "actual-text" in found(make(tmp_path / "file.pdf", attack))


def test_a_replacement_text_with_the_words_of_the_page_is_none(tmp_path: Path) -> None:
    content = f"/Span <</ActualText (Beste {MARKER})>> BDC {attacks.CONTENT} EMC"
    assert found(make(tmp_path / "file.pdf", None, content)) == set()


def test_a_replacement_text_that_says_that_something_was_redacted_is_none(tmp_path: Path) -> None:
    said = "ambtenaar 12, gelakt op grond van artikel 5.1, tweede lid, onder e, Woo"
    content = f"/Span <</ActualText ({said})>> BDC {attacks.CONTENT} EMC"
    assert found(make(tmp_path / "file.pdf", None, content)) == set()


def test_a_description_of_a_figure_is_a_note(tmp_path: Path) -> None:
    content = f"/Figure <</Alt (Foto van de uitreiking)>> BDC EMC {attacks.CONTENT}"
    assert only(make(tmp_path / "file.pdf", None, content), "alternative-text").severity is Severity.NOTE


def test_an_outline_with_the_words_of_the_page_is_none(tmp_path: Path) -> None:
    content = f"BT /F1 12 Tf 72 700 Td (Gesprek met {MARKER}) Tj ET"
    assert found(make(tmp_path / "file.pdf", attacks.outline, content)) == set()
