"""`woo-anon evaluate`: figures of the real pipeline as JSON and tables, misses only when asked for, exit codes.

What goes and what stays is fixed by the terms of a settings file, so that the figures do not depend on the model.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from woo_anon.cli.app import main
from woo_anon.errors import ExitCode

Captured = pytest.CaptureFixture[str]
SERIAL = ["--executor", "serial"]
# Invented words: `zwaluwnest` stands for a name that is not found, `vlierbes` for one that is removed wrongly.
NOTA = """# kind: nota
# note: made for a test

project {{PERSON|kievitsei}} en {{PERSON|zwaluwnest}}; {{KEEP|vlierbes}} en {{KEEP|kastanje}}
"""
EMAIL = """# kind: email
# origin: Dutch

project {{PERSON|kievitsei}} en {{KEEP|kastanje}}
"""
SETTINGS = 'terms = ["kievitsei", "vlierbes"]\nkeep = ["zwaluwnest", "kastanje", "project", "en"]\n'


@pytest.fixture(autouse=True)
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two gold documents, in a working folder with settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path.parent / "nobody"))
    Path("woo-anon.toml").write_text(SETTINGS, "utf-8")
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "nota.gold.txt").write_text(NOTA, "utf-8")
    (folder / "email.gold.txt").write_text(EMAIL, "utf-8")
    return folder


def evaluated(capsys: Captured, *arguments: str) -> dict[str, Any]:
    assert main(["evaluate", "gold", "--json", *arguments, *SERIAL]) == ExitCode.DONE
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def test_the_json_holds_the_figures(capsys: Captured) -> None:
    record = evaluated(capsys)
    assert {key: value for key, value in record.items() if not key.startswith("by_")} == {
        "schema": 1,
        "documents": 2,
        "recall": 2 / 3,
        "must_go_mentions": 3,
        "recall_by_label": {"PERSON": [2, 3]},
        "clean_documents": 0.5,
        "precision": 18 / 26,  # twice the nine letters of kievitsei; and the eight of vlierbes
        "kept": 2 / 3,
        "keep_mentions": 3,
        "top_kept": 1.0,
        "top_mentions": 0,
        "persons_protected": 2 / 3,
        "persons": 3,
    }


def test_the_json_tells_the_figures_of_parts(capsys: Captured) -> None:
    record = evaluated(capsys)
    assert {kind: part["recall"] for kind, part in record["by_kind"].items()} == {"email": 1.0, "nota": 0.5}
    assert {origin: part["documents"] for origin, part in record["by_origin"].items()} == {"Dutch": 1}
    assert record["by_role"]["onbekend"] == {"gone": [2, 3], "kept": [2, 3], "top_kept": [0, 0]}


def test_misses_are_listed_in_their_context_when_asked_for(capsys: Captured) -> None:
    record = evaluated(capsys, "--misses")
    assert record["misses"] == [
        {
            "document": "nota",
            "line": 4,
            "fault": "missed",
            "label": "PERSON",
            "before": "project kievitsei en ",
            "text": "zwaluwnest",
            "after": "; vlierbes en kastanje\n",
        },
        {
            "document": "nota",
            "line": 4,
            "fault": "removed",
            "label": "KEEP",
            "before": "ject kievitsei en zwaluwnest; ",
            "text": "vlierbes",
            "after": " en kastanje\n",
        },
    ]


def test_the_tables_show_ratios_with_their_counts(capsys: Captured) -> None:
    assert main(["evaluate", "gold", *SERIAL]) == ExitCode.DONE
    out, err = capsys.readouterr()
    rows = [line.replace("│", " ").split() for line in out.splitlines()]
    assert ["recall", "0.6666", "2/3"] in rows
    assert ["top", "kept", "–"] in rows
    assert ["nota", "1", "0.5000", "0.0000", "0.5294", "0.5000", "0.5000"] in rows  # 9 of 17 letters
    assert err == ""


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_without_misses_no_text_of_the_documents_is_shown(capsys: Captured, form: list[str]) -> None:
    main(["evaluate", "gold", *form, *SERIAL])
    shown = "".join(capsys.readouterr())
    assert not [word for word in ("kievitsei", "zwaluwnest", "vlierbes", "kastanje", "project") if word in shown]


def test_misses_are_lines_below_the_tables(capsys: Captured) -> None:
    main(["evaluate", "gold", "--misses", *SERIAL])
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "nota:4 missed PERSON …project kievitsei en ⟦zwaluwnest⟧; vlierbes en kastanje\\n…",
        "nota:4 removed KEEP …ject kievitsei en zwaluwnest; ⟦vlierbes⟧ en kastanje\\n…",
    ]


def test_child_processes_give_the_same_figures(capsys: Captured) -> None:
    serial = evaluated(capsys, "--misses")
    assert main(["evaluate", "gold", "--json", "--misses", "--executor", "processes", "--jobs", "2"]) == ExitCode.DONE
    assert json.loads(capsys.readouterr().out) == serial


def test_a_figure_below_what_was_asked_for_ends_with_code_10_and_is_named(capsys: Captured) -> None:
    arguments = ["--min-recall", "0.9", "--min-kept", "0.6", "--min-clean", "0.5", "--min-precision", "0.7"]
    assert main(["evaluate", "gold", "--json", *arguments, *SERIAL]) == ExitCode.FOUND
    out, err = capsys.readouterr()
    assert json.loads(out)["documents"] == 2
    assert err.splitlines() == [
        "woo-anon: recall is 2 of 3, below 0.9.",
        "woo-anon: precision is 18 of 26, below 0.7.",
    ]


def test_an_unknown_profile_is_an_error_of_the_settings(capsys: Captured) -> None:
    assert main(["evaluate", "gold", "--profile", "onbekend", *SERIAL]) == ExitCode.SETTINGS
    assert capsys.readouterr().out == ""


def test_a_broken_mark_is_told_by_file_and_line_without_its_text(gold: Path, capsys: Captured) -> None:
    (gold / "later.gold.txt").write_text("# kind: nota\n\neen\n{{PERSON|kievitsei}\n", "utf-8")
    assert main(["evaluate", "gold", *SERIAL]) == ExitCode.UNREADABLE
    out, err = capsys.readouterr()
    assert out == ""
    assert "later.gold.txt, line 4" in err
    assert "kievitsei" not in err


def test_a_folder_without_gold_documents_is_unreadable(capsys: Captured) -> None:
    Path("empty").mkdir()
    assert main(["evaluate", "empty", *SERIAL]) == ExitCode.UNREADABLE
    assert "gold documents" in capsys.readouterr().err


def test_nothing_is_written(gold: Path) -> None:
    before = sorted(gold.parent.rglob("*"))
    main(["evaluate", "gold", *SERIAL])
    assert sorted(gold.parent.rglob("*")) == before
