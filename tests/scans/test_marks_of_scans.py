"""Marks on a scan: set on the copy that OCR read, applied to the scan itself."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from paper import DPI, NOTE, needs_ocr, sheet
from pikepdf import Array

from woo_anon.cli.app import main

COMMAND = ["redact", "scan.png", "--executor", "serial", "-q", "-o"]
COPY = "first/internal/scan.marks.pdf"


@pytest.fixture
def scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    sheet(*NOTE).save("scan.png", dpi=(DPI, DPI))
    return tmp_path


def published(folder: str) -> Path:
    return Path(folder, "publication", "scan.anon.pdf")


def log(folder: str) -> dict:
    found: dict = json.loads(Path(folder, "publication", "scan.anon.json").read_text("utf-8"))
    return found


@needs_ocr
def test_marks_of_a_scan_are_applied_to_the_scan(scan: Path) -> None:
    assert main([*COMMAND, "first", "--marks"]) == 0
    assert log("first")["redactions"]
    assert main([*COMMAND, "second", "--from-marks", COPY]) == 0
    assert [one["boxes"] for one in log("second")["redactions"]] == [one["boxes"] for one in log("first")["redactions"]]
    assert log("second")["recognised_pages"] == [1]
    assert main(["redact", "--from-marks", COPY, "-o", "third", "--executor", "serial", "-q"]) == 4


@needs_ocr
def test_a_mark_over_a_part_of_a_scan_blanks_its_pixels(scan: Path) -> None:
    import pypdfium2

    assert main([*COMMAND, "first", "--marks"]) == 0
    with pikepdf.open(COPY, allow_overwriting_input=True) as pdf:
        mark = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Redact, Rect=Array([0, 421, 595, 842]))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(mark)])
        pdf.save(COPY)
    assert main([*COMMAND, "second", "--from-marks", COPY]) == 0
    with pypdfium2.PdfDocument(published("second")) as pdf:
        upper = pdf[0].render(scale=1, grayscale=True).to_pil().crop((5, 5, 590, 415))
        assert upper.getextrema()[0] > 120
        assert NOTE[0].split()[0] not in pdf[0].get_textpage().get_text_bounded()
