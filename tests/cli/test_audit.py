"""`woo-anon audit`: exit codes, JSON, table, report, and that found text is shown only when asked for."""

from __future__ import annotations

import json
import sys
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("leaks", "formats")]

from attacks import BESIDE, MARKER, make
from pdf_files import CATALOG, FONT, PAGES, form, page, stream, written
from redacting import redact

from woo_anon.cli.app import main

Captured = pytest.CaptureFixture[str]
SERIAL = ["--executor", "serial"]
COVERED = f"BT /F1 12 Tf 72 700 Td (Beste {MARKER}) Tj ET 104 690 90 25 re f"
SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder with a clean file and one with text under a box, and a configuration folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path.parent / "nobody"))
    make(Path("schoon.pdf"))
    make(Path("lek.pdf"), None, COVERED)


def records(capsys: Captured) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def locked(path: Path, user: str) -> Path:
    with pikepdf.open("schoon.pdf") as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="eigenaar", user=user))
    return path


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        (["schoon.pdf"], 0),
        (["lek.pdf"], 10),
        (["lek.pdf", "schoon.pdf"], 10),
        (["weg.pdf"], 3),
        (["schoon.pdf", "weg.pdf"], 9),
        (["lek.pdf", "weg.pdf"], 9),
    ],
)
def test_the_exit_code_says_what_was_found(inputs: list[str], code: int) -> None:
    assert main(["audit", *inputs, *SERIAL]) == code


def test_a_file_that_needs_a_password_is_refused_and_one_with_an_empty_password_is_read() -> None:
    assert main(["audit", str(locked(Path("dicht.pdf"), "geheim")), *SERIAL]) == 4
    assert main(["audit", str(locked(Path("open.pdf"), "")), *SERIAL]) == 0


def test_a_text_file_is_no_pdf() -> None:
    Path("nota.txt").write_text("Beste allen", "utf-8")
    assert main(["audit", "nota.txt", *SERIAL]) == 3


def test_the_json_has_the_keys_of_the_documentation(capsys: Captured) -> None:
    main(["audit", "lek.pdf", "--json", *SERIAL])
    (record,) = records(capsys)
    assert list(record) == ["schema", "source", "pages", "found", "counts", "issues"]
    assert (record["schema"], record["source"], record["pages"], record["found"]) == (1, "lek.pdf", 1, True)
    assert record["counts"]["leak"] == 1
    issue = record["issues"][0]
    assert list(issue) == ["code", "severity", "page", "box", "object", "characters", "detail"]
    assert (issue["code"], issue["severity"], issue["page"]) == ("text-under-box", "leak", 1)
    assert issue["characters"] == len(MARKER)


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_found_text_is_shown_only_when_asked_for(options: list[str], capsys: Captured) -> None:
    main(["audit", "lek.pdf", *options, *SERIAL])
    plain = capsys.readouterr()
    main(["audit", "lek.pdf", "--text", *options, *SERIAL])
    assert MARKER not in plain.out + plain.err
    assert MARKER in capsys.readouterr().out


def test_the_table_names_code_severity_and_place(capsys: Captured) -> None:
    main(["audit", "lek.pdf", *SERIAL])
    shown = capsys.readouterr().out
    assert "text-under-box" in shown and "leak" in shown and "page 1 at" in shown


def test_the_report_is_written_and_not_replaced_without_force(capsys: Captured) -> None:
    arguments = ["audit", "lek.pdf", "--html", "rapport.html", *SERIAL]
    assert main(arguments) == 10
    assert "Tekst onder een vlak" in Path("rapport.html").read_text("utf-8")
    assert main(arguments) == 5
    assert main([*arguments, "--force"]) == 10


def test_a_folder_is_read_for_its_pdfs_our_own_among_them(capsys: Captured) -> None:
    Path("map/publication").mkdir(parents=True)
    make(Path("map/publication/nota.anon.pdf"))
    Path("map/publication/nota.anon.json").write_text("{}", "utf-8")
    assert main(["audit", "map", "--json", *SERIAL]) == 0
    assert [record["source"] for record in records(capsys)] == ["publication/nota.anon.pdf"]


def test_what_woo_anon_writes_is_clean() -> None:
    done = redact(make(Path("nota.pdf"), BESIDE["info"], f"BT /F1 12 Tf 72 700 Td ({MARKER}) Tj ET"), [MARKER])
    assert main(["audit", str(done.target), *SERIAL]) == 0


def test_what_the_command_makes_of_the_sample_note_is_clean() -> None:
    assert main(["redact", str(SAMPLES / "nota.pdf"), "-o", "uit", "-q", *SERIAL]) == 0
    assert main(["audit", "uit", *SERIAL]) == 0


def test_the_sample_note_shows_no_leak_on_its_pages(capsys: Captured) -> None:
    main(["audit", str(SAMPLES / "nota.pdf"), "--json", *SERIAL])
    (record,) = records(capsys)
    assert {issue["code"] for issue in record["issues"] if issue["severity"] != "note"} == {"author", "custom-property"}


def test_a_broken_file_is_unreadable_and_does_not_stop_the_others(capsys: Captured) -> None:
    Path("stuk.pdf").write_bytes(b"%PDF-1.7\n" + b"\0garbage" * 100)
    assert main(["audit", "stuk.pdf", "lek.pdf", "--json"]) == 9
    assert [record["source"] for record in records(capsys)] == ["lek.pdf"]


WITH_FORM = page(b"/XObject<</A 6 0 R>>")
BOMB = stream(zlib.compress(bytes(300 << 20), 9), b"/Filter/FlateDecode")
HOSTILE: dict[str, list[bytes]] = {
    "a stream that inflates without end": [CATALOG, PAGES, page(), BOMB, FONT],
    "a form that draws itself": [CATALOG, PAGES, WITH_FORM, stream(b"/A Do"), FONT, form(b"/A Do", b"/A 6 0 R")],
    "a page tree in a circle": [CATALOG, b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>", page(), stream(b""), FONT],
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_file_is_unreadable(attack: str, capsys: Captured) -> None:
    written(Path("kwaad.pdf"), *HOSTILE[attack])
    assert main(["audit", "kwaad.pdf", "--json"]) == 3
    assert capsys.readouterr().out == ""


def test_loops_beside_the_pages_end(capsys: Captured) -> None:
    catalog = b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R/Names<</Dests 7 0 R>>/PageLabels 7 0 R>>"
    outline = b"<</First 6 0 R/Last 6 0 R/Next 6 0 R/Parent 6 0 R/Title(Zwartemans)>>"
    written(Path("lus.pdf"), catalog, PAGES, page(), stream(b""), FONT, outline, b"<</Kids[7 0 R]/Names[7 0 R 7 0 R]>>")
    assert main(["audit", "lus.pdf", "--json"]) == 10
    assert [issue["code"] for issue in records(capsys)[0]["issues"] if issue["severity"] == "risk"] == ["outline"]


def test_a_signed_file_an_xfa_form_and_a_portfolio_are_inspected(capsys: Captured) -> None:
    catalog = b"<</Type/Catalog/Pages 2 0 R/Collection<<>>/AcroForm<</Fields[6 0 R]/XFA(x)>>>>"
    signature = b"<</FT/Sig/T(s)/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>/Name(Zwartemans)>>>>"
    written(Path("alles.pdf"), catalog, PAGES, page(), stream(b""), FONT, signature)
    assert main(["audit", "alles.pdf", "--json", *SERIAL]) == 10
    assert {"xfa", "signature"} <= {issue["code"] for issue in records(capsys)[0]["issues"]}
