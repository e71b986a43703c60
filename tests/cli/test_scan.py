"""`woo-anon scan`: the JSON of the contract, the table, `--check`, `--review`, and that nothing is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from woo_anon.cli.app import main

Captured = pytest.CaptureFixture[str]
# Fictitious, made for these tests.
NOTA = "Opgesteld door\nJanneke Zandvoort\nj.zandvoort@minwes.nl\n\nMinister Hagedoorn vraagt om een besluit.\n"
SERIAL = ["--executor", "serial"]


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder with one note, and a configuration folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path.parent / "nobody"))
    Path("nota.txt").write_text(NOTA, "utf-8")


def scanned(capsys: Captured, *arguments: str) -> dict[str, Any]:
    assert main(["scan", "nota.txt", "--json", *arguments, *SERIAL]) == 0
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def test_the_json_has_the_keys_of_the_contract(capsys: Captured) -> None:
    record = scanned(capsys)
    assert {**record, "findings": []} == {
        "schema": 1,
        "source": "nota.txt",
        "characters": len(NOTA),
        "pages_not_read": [],
        "findings": [],
    }
    keys = ["start", "end", "entity", "action", "ground", "role", "score", "detector", "page"]
    assert record["findings"]
    assert all(list(finding) == keys for finding in record["findings"])


def test_text_is_added_only_when_asked_for(capsys: Captured) -> None:
    plain, texts = scanned(capsys), scanned(capsys, "--text")
    assert "Zandvoort" not in json.dumps(plain)
    assert all(NOTA[finding["start"] : finding["end"]] == finding["text"] for finding in texts["findings"])
    assert "Janneke Zandvoort" in [finding["text"] for finding in texts["findings"]]


def test_what_stays_is_listed_as_kept_without_a_ground(capsys: Captured) -> None:
    kept = [
        finding for finding in scanned(capsys, "--keep", "Janneke Zandvoort")["findings"] if finding["action"] == "keep"
    ]
    assert (15, 32) in [(finding["start"], finding["end"]) for finding in kept]
    assert {finding["ground"] for finding in kept} == {None}


def test_review_keep_leaves_no_finding_to_review(capsys: Captured) -> None:
    assert "review" not in {finding["action"] for finding in scanned(capsys, "--review", "keep")["findings"]}


def test_nothing_is_written(capsys: Captured) -> None:
    scanned(capsys)
    assert [path.name for path in Path().iterdir()] == ["nota.txt"]


def test_check_gives_code_10_when_something_is_to_be_redacted(capsys: Captured) -> None:
    assert main(["scan", "--check", "nota.txt", *SERIAL]) == 10


def test_check_gives_code_0_when_nothing_is() -> None:
    Path("nota.txt").write_text("De vergadering is verplaatst.")
    assert main(["scan", "--check", "nota.txt", *SERIAL]) == 0


def test_check_gives_the_code_of_a_failure_before_its_own() -> None:
    assert main(["scan", "--check", "nota.txt", "none.txt", *SERIAL]) == 9


def test_the_table_shows_no_document_text_unless_asked(capsys: Captured) -> None:
    main(["scan", "nota.txt", *SERIAL])
    table = capsys.readouterr().out
    assert "PERSON" in table
    assert "Zandvoort" not in table
    main(["scan", "nota.txt", "--text", *SERIAL])
    assert "Zandvoort" in capsys.readouterr().out.replace("\n", "")


def test_a_folder_gives_one_object_per_document_with_its_place_in_the_folder(capsys: Captured) -> None:
    Path("in/sub").mkdir(parents=True)
    for name in ("in/b.txt", "in/sub/a.txt"):
        Path(name).write_text(NOTA)
    assert main(["scan", "in", "--json", *SERIAL]) == 0
    assert [json.loads(line)["source"] for line in capsys.readouterr().out.splitlines()] == ["b.txt", "sub/a.txt"]


def test_an_unreadable_document_is_told_on_stderr_and_the_others_are_scanned(capsys: Captured) -> None:
    Path("odd.bin").write_bytes(b"\0\1")
    assert main(["scan", "odd.bin", "nota.txt", "--json", *SERIAL]) == 9
    out, err = capsys.readouterr()
    assert [json.loads(line)["source"] for line in out.splitlines()] == ["nota.txt"]
    assert err.startswith("woo-anon: odd.bin: ")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_stdout_stays_clean() -> None:
    import pty

    master, slave = pty.openpty()
    tool = subprocess.Popen(
        [sys.executable, "-m", "woo_anon.cli.app", "scan", "nota.txt", "--json"],
        stdout=subprocess.PIPE,
        stderr=slave,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(slave)
    shown = b""
    try:
        while piece := os.read(master, 4096):
            shown += piece
    except OSError:  # the terminal is gone when the tool ends
        pass
    out, _ = tool.communicate(timeout=60)
    os.close(master)
    assert tool.returncode == 0
    assert json.loads(out)["source"] == "nota.txt"
    assert b"scan" in shown
    assert b"Zandvoort" not in shown


def test_without_a_terminal_there_are_no_colours_and_no_progress() -> None:
    command = [sys.executable, "-m", "woo_anon.cli.app", "scan", "nota.txt", "--text"]
    ended = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert ended.stderr == b""
    assert b"\x1b" not in ended.stdout
