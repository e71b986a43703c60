"""The journal: what is done stays done, what changed is due, and nobody's work is lost."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from woo_anon.batch import journal_file, run
from woo_anon.batch.outcome import Outcome, Result
from woo_anon.batch.plan import plan
from woo_anon.discover import discover
from woo_anon.errors import ExitCode, OutputError
from woo_anon.settings import Settings

SERIAL = Settings(executor="serial")
# Fictitious, as everything here: made for these tests.
NOTA = "Opgesteld door\nJanneke Zandvoort\nj.zandvoort@minwes.nl\n\nDe minister verzoekt om een besluit.\n"


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No register of the user's own, and a folder with two documents."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    write(tmp_path / "in" / "a.txt")
    write(
        tmp_path / "in" / "b.txt", NOTA.replace("Janneke Zandvoort", "Rients Fennema").replace("zandvoort", "fennema")
    )


def write(path: Path, content: str = NOTA) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def redact(folder: Path, settings: Settings = SERIAL, *, fail_fast: bool = False) -> list[Outcome]:
    return list(run.redact(plan(discover([folder / "in"]), folder / "out"), settings, fail_fast=fail_fast))


def unchanged(outcomes: list[Outcome]) -> dict[str, bool]:
    return {outcome.name: outcome.unchanged for outcome in outcomes}


def published(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "out" / "publication").rglob("*") if path.is_file()}


def test_a_second_run_leaves_what_is_done(tmp_path: Path) -> None:
    redact(tmp_path)
    before = published(tmp_path)
    assert unchanged(redact(tmp_path)) == {"a.txt": True, "b.txt": True}
    assert published(tmp_path) == before


def test_a_document_that_changed_is_due_and_replaces_its_outputs(tmp_path: Path) -> None:
    redact(tmp_path)
    write(tmp_path / "in" / "a.txt", f"{NOTA}\nNog een regel.\n")
    assert unchanged(redact(tmp_path)) == {"a.txt": False, "b.txt": True}
    assert b"Nog een regel." in published(tmp_path)["a.anon.txt"]


def test_a_new_document_is_due_and_the_others_are_not(tmp_path: Path) -> None:
    redact(tmp_path)
    write(tmp_path / "in" / "c.txt", "Er is geen bezwaar.\n")
    assert unchanged(redact(tmp_path)) == {"a.txt": True, "b.txt": True, "c.txt": False}


def test_a_new_document_makes_due_those_whom_its_people_concern(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", "De zandvoort route is dicht, janneke zandvoort loopt er.\n")
    redact(tmp_path)
    write(tmp_path / "in" / "c.txt")
    assert unchanged(redact(tmp_path)) == {"a.txt": False, "b.txt": True, "c.txt": False}


@pytest.mark.parametrize(
    "changed",
    [
        replace(SERIAL, terms=("verzoekt",)),
        replace(SERIAL, keep=("Janneke Zandvoort",)),
        replace(SERIAL, profile="woo-besluit"),
    ],
    ids=["terms", "keep", "profile"],
)
def test_another_setting_makes_every_document_due(tmp_path: Path, changed: Settings) -> None:
    redact(tmp_path)
    assert unchanged(redact(tmp_path, changed)) == {"a.txt": False, "b.txt": False}


def test_a_setting_without_effect_on_the_output_does_not(tmp_path: Path) -> None:
    redact(tmp_path)
    assert all(outcome.unchanged for outcome in redact(tmp_path, replace(SERIAL, accept_signed=True)))


def test_another_register_makes_every_document_due(tmp_path: Path) -> None:
    redact(tmp_path)
    write(tmp_path / "nobody" / "woo-anon" / "officials.csv", "surname,given,office\nZandloper,Nynke,minister\n")
    assert unchanged(redact(tmp_path)) == {"a.txt": False, "b.txt": False}


@pytest.mark.parametrize("kind", ["publication/a.anon.txt", "publication/a.anon.json", "internal/a.review.html"])
def test_a_document_whose_output_is_gone_is_due(tmp_path: Path, kind: str) -> None:
    redact(tmp_path)
    (tmp_path / "out" / kind).unlink()
    assert unchanged(redact(tmp_path)) == {"a.txt": False, "b.txt": True}
    assert (tmp_path / "out" / kind).exists()


def test_an_output_that_somebody_changed_is_not_overwritten(tmp_path: Path) -> None:
    redact(tmp_path)
    mine = write(tmp_path / "out" / "publication" / "a.anon.txt", "changed by hand")
    first, _ = redact(tmp_path, replace(SERIAL, terms=("verzoekt",)))
    assert first.failure is not None and first.failure.exit_code is ExitCode.OUTPUT
    assert mine.read_text() == "changed by hand"
    assert redact(tmp_path, replace(SERIAL, terms=("verzoekt",), force=True))[0].failure is None


def test_a_file_of_somebody_else_under_a_final_name_stays_also_the_second_time(tmp_path: Path) -> None:
    theirs = write(tmp_path / "out" / "publication" / "a.anon.txt", "somebody else's")
    for _ in range(2):
        first, second = redact(tmp_path)
        assert first.failure is not None and first.failure.exit_code is ExitCode.OUTPUT
        assert second.failure is None
        assert theirs.read_text() == "somebody else's"


def test_a_document_that_failed_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "in" / "a.txt").write_bytes(b"")
    for _ in range(2):
        first, _ = redact(tmp_path)
        assert (first.result, first.unchanged) == (Result.FAILED, False)
    write(tmp_path / "in" / "a.txt")
    assert [outcome.result for outcome in redact(tmp_path)] == [Result.DONE, Result.DONE]


def test_a_refusal_stands_until_the_document_or_what_may_open_it_changes(tmp_path: Path) -> None:
    import pikepdf

    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "in" / "a.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    (tmp_path / "in" / "a.txt").unlink()
    assert [redact(tmp_path)[0].result for _ in range(2)] == [Result.REFUSED] * 2
    assert redact(tmp_path)[0].unchanged
    assert not redact(tmp_path, replace(SERIAL, accept_signed=True))[0].unchanged


def test_the_earlier_version_of_a_document_that_now_fails_is_no_longer_published(tmp_path: Path) -> None:
    redact(tmp_path)
    (tmp_path / "in" / "a.txt").write_bytes(NOTA.encode() + b"\xff")
    first, _ = redact(tmp_path)
    assert first.failure is not None and "superseded" in first.failure.remedy
    assert sorted(published(tmp_path)) == ["b.anon.json", "b.anon.txt"]
    kept = tmp_path / "out" / "internal" / "superseded"
    assert sorted(path.name for path in kept.iterdir()) == ["a.anon.json", "a.anon.txt"]
    assert os.name == "nt" or all(path.stat().st_mode & 0o077 == 0 for path in kept.iterdir())


def test_outputs_under_an_older_name_go_when_the_name_changes(tmp_path: Path) -> None:
    redact(tmp_path)
    write(tmp_path / "in" / "a.md")
    redact(tmp_path)
    assert sorted(name for name in published(tmp_path) if name.startswith("a")) == [
        "a-md.anon.json",
        "a-md.anon.txt",
        "a-txt.anon.json",
        "a-txt.anon.txt",
    ]


def test_with_fail_fast_no_document_is_begun_after_a_failure(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt").write_bytes(b"\0\1")
    assert [outcome.name for outcome in redact(tmp_path, fail_fast=True)] == ["a.txt"]
    assert [outcome.name for outcome in redact(tmp_path)] == ["a.txt", "b.txt"]


def test_one_run_at_a_time_holds_a_journal(tmp_path: Path) -> None:
    with journal_file.opened(str(tmp_path / "out")), pytest.raises(OutputError, match="another run"):
        redact(tmp_path)


def test_a_journal_can_be_read_while_a_run_holds_it(tmp_path: Path) -> None:
    redact(tmp_path)
    with journal_file.opened(str(tmp_path / "out")), journal_file.read(str(tmp_path / "out")) as opened:
        assert [entry.state for entry in opened.entries()] == [Result.DONE, Result.DONE]


def test_temporary_files_of_a_run_that_was_killed_are_gone_after_the_next(tmp_path: Path) -> None:
    write(tmp_path / "out" / "publication" / "deep" / ".woo-anon-0123.pdf", "not verified")
    redact(tmp_path)
    assert not (tmp_path / "out" / "publication" / "deep").exists()


def test_a_journal_of_another_version_is_not_touched(tmp_path: Path) -> None:
    import sqlite3

    redact(tmp_path)
    path = tmp_path / "out" / "internal" / "journal.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(OutputError, match="another version"):
        redact(tmp_path)


def test_a_file_that_is_no_journal_is_told_in_plain_words(tmp_path: Path) -> None:
    write(tmp_path / "out" / "internal" / "journal.sqlite", "no database " * 1000)
    with pytest.raises(OutputError, match="cannot be used"):
        redact(tmp_path)


def test_the_journal_is_its_owners_alone(tmp_path: Path) -> None:
    redact(tmp_path)
    for path in (tmp_path / "out" / "internal").glob("journal.*"):
        assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


def test_names_are_taken_out_of_files_and_folders(tmp_path: Path) -> None:
    write(tmp_path / "in" / "dossier Zandvoort" / "gesprek_j.zandvoort 2024.txt")
    redact(tmp_path)
    assert all("andvoort" not in str(path) for path in (tmp_path / "out").rglob("*"))
    with journal_file.read(str(tmp_path / "out")) as opened:
        (entry,) = (entry for entry in opened.entries() if "gesprek" in entry.name)
    assert entry.figures is not None and entry.figures.renamed
    public = Path(entry.outputs[-1].path).relative_to(tmp_path / "out" / "publication")
    assert public.parent.name == "dossier gelakt"
    assert public.name.startswith("gesprek_gelakt 2024-")


def test_two_documents_that_lose_a_name_keep_apart(tmp_path: Path) -> None:
    for name in ("Zandvoort", "Fennema"):
        write(tmp_path / "in" / f"cv {name}.txt", NOTA.replace("Zandvoort", name).replace("zandvoort", name.lower()))
    outcomes = redact(tmp_path)
    assert all(outcome.failure is None for outcome in outcomes)
    assert sum(name.startswith("cv gelakt-") for name in published(tmp_path)) == 4


def test_the_number_behind_a_name_says_nothing_of_the_name(tmp_path: Path) -> None:
    numbers = []
    for text in map(str, range(6)):
        for name in ("Aalbers", "Zijlstra"):
            person = NOTA.replace("Zandvoort", name).replace("zandvoort", name.lower())
            write(tmp_path / text / "in" / f"cv {name}.txt", person + (text if name == "Aalbers" else ""))
        outcomes = redact(tmp_path / text)
        numbers.append([Path(outcome.outputs[-1].path).stem.partition(".")[0][-1] for outcome in outcomes])
    assert ["1", "2"] in numbers and ["2", "1"] in numbers


def test_the_log_of_a_renamed_document_names_the_new_file(tmp_path: Path) -> None:
    write(tmp_path / "in" / "cv Zandvoort.txt")
    redact(tmp_path)
    (log,) = (tmp_path / "out" / "publication").glob("cv*.json")
    assert json.loads(log.read_text())["output"]["name"] == log.with_suffix(".txt").name
