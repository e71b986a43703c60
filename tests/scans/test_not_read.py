"""A document with pages on which OCR found little is never called clean."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pikepdf
import pytest
from paper import NOTE, needs_ocr, scan, sheet
from pikepdf import Array, Dictionary, Name

from woo_anon.cli.app import main
from woo_anon.formats.pdf.read import read
from woo_anon.record import log

pytestmark = needs_ocr


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return scan(tmp_path / "a.pdf", sheet("De vergadering stemt in met het voorstel van de raad."), sheet(scrawls=15))


def test_command_line_log_and_report_name_the_page(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["redact", "a.pdf", "-o", "out", "--executor", "serial", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["status"], printed["pages_not_read"]) == ("done_with_pages_not_read", [2])
    written = json.loads(Path(printed["outputs"]["log"]).read_text("utf-8"))
    jsonschema.validate(written, log.schema())
    assert written["recognised_pages"] == [1, 2]
    assert written["pages_not_read"] == [{"page": 2, "reason": "scan:nothing"}]
    report = Path(printed["outputs"]["report"]).read_text("utf-8")
    assert "niet zijn gelezen" in report
    assert "Pagina 2: wel beeld" in report


def test_a_second_run_leaves_it_and_still_says_so(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert main(["redact", "a.pdf", "-o", "out", "--executor", "serial"]) == 0
        assert "NOT READ: page 2" in capsys.readouterr().err
    assert main(["redact", "a.pdf", "-o", "out", "--executor", "serial", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] is True


def test_scan_check_says_that_it_is_not_clean(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--check", "--json", "a.pdf", "--executor", "serial"]) == 10
    assert json.loads(capsys.readouterr().out)["pages_not_read"] == [2]


def test_a_scan_that_was_read_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = scan(tmp_path / "a.pdf", sheet(*NOTE))
    assert main(["redact", str(path), "-o", str(tmp_path / "out"), "--executor", "serial", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["status"], printed["pages_not_read"]) == ("done", [])


def test_without_leave_to_use_ocr_the_exit_code_is_4(source: Path) -> None:
    assert main(["redact", str(source), "-o", "out", "--executor", "serial", "--no-ocr"]) == 4
    assert not list(source.parent.glob("out/publication/*"))


def _with_pattern(path: Path, matrix: str = "1 0 0 1 0 0", within: str = "") -> Path:
    """A typed page with a fill of a name over and over, in a tile with this matrix."""
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        tile = pdf.make_stream(f"{within} BT /F1 12 Tf 5 9 Td (Kopie voor Wortelboer) Tj ET".encode())
        tile.PatternType, tile.PaintType, tile.TilingType, tile.XStep, tile.YStep = 1, 1, 1, 150, 30
        tile.BBox, tile.Matrix = Array([0, 0, 150, 30]), Array([float(number) for number in matrix.split()])
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font), Pattern=Dictionary(P1=tile))
        tile.Resources = Dictionary(Font=page.obj.Resources.Font)
        text = " ".join(f"({line}) Tj 0 -20 Td" for line in NOTE)
        page.obj.Contents = pdf.make_stream(
            f"BT /F1 12 Tf 72 760 Td {text} ET /Pattern cs /P1 scn 72 200 300 100 re f".encode()
        )
        pdf.save(path)
    return path


@pytest.mark.parametrize(
    "turned", [{"matrix": ".7 .7 -.7 .7 0 0"}, {"matrix": ".95 .31 -.31 .95 0 0"}, {"within": ".7 .7 -.7 .7 40 0 cm"}]
)
def test_a_page_with_text_askew_in_a_pattern_is_named(turned: dict[str, str], tmp_path: Path) -> None:
    (page,) = read(_with_pattern(tmp_path / "a.pdf", **turned)).pages_not_read
    assert page[0] == 1
    assert page[1] in {"scan:beside", "scan:unsure", "scan:askew"}


def test_a_page_with_upright_text_in_a_pattern_is_read(tmp_path: Path) -> None:
    document = read(_with_pattern(tmp_path / "a.pdf"))
    assert document.pages_not_read == ()
    assert document.text.count("Wortelboer") > 3
