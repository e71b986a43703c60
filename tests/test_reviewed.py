"""What reviewers decided shapes what is published: on the next run, whatever else changed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from woo_anon.batch import journal_file
from woo_anon.batch.outcome import Result
from woo_anon.cli.app import app
from woo_anon.document import Action
from woo_anon.errors import OutputError, UsageError
from woo_anon.policy.rulings import Passage, Ruling, Wording
from woo_anon.record import examined
from woo_anon.spans import Span
from woo_anon.trail import trail
from woo_anon.trail.entry import Act, Kind

NOTE = """Aan: de minister
Opgesteld door: Tjitske Oldeboom

Roelof van Hezik heeft hierover gebeld met minister Hermans. Neem contact op met Tjitske Oldeboom.
"""
FOUR_EYES = 'four_eyes = true\nname = "streng"\n[[rule]]\nid = "alles"\naction = "redact"\nground = "5.1.2e"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "nota.txt").write_text(NOTE, encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> list[dict]:
    result = CliRunner().invoke(app, ["redact", *map(str, arguments), "--executor", "serial", "--json", "-q"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def first_run(folder: Path, *more: str | Path) -> tuple[Path, str]:
    run(folder / "in", "-o", folder / "out", *more)
    return folder / "out", str(folder / "in" / "nota.txt")


def decide(out: Path, *acts: Act) -> None:
    with trail.opened(out) as opened:
        opened.add(*acts)


def published(out: Path) -> str:
    return (out / "publication" / "nota.anon.txt").read_text(encoding="utf-8")


def test_decisions_are_applied_and_the_log_says_who_decided(folder: Path):
    out, source = first_run(folder, "--profile", "woo-besluit")
    assert "Tjitske" not in published(out) and "heeft hierover" in published(out)
    kept = Ruling(0, Wording("Tjitske Oldeboom"), Action.KEEP)
    missed = Ruling(
        0, Passage.of(NOTE, Span(NOTE.index("hierover"), NOTE.index("hierover") + 8)), Action.REDACT, "5.2.1"
    )
    decide(out, *(Act("anna", Kind.RULING, source, ruling=ruling) for ruling in (kept, missed)))
    (described,) = run(out, "--apply")
    assert described["reviewed"] == 3
    assert published(out).count("Tjitske Oldeboom") == 2 and "hierover" not in published(out)
    assert "[5.2.1]" in published(out)  # the profile of the first run
    log = json.loads((out / "publication" / "nota.anon.json").read_text("utf-8"))
    (own,) = [each for each in log["redactions"] if each["decided_by"] == "reviewer"]
    assert own["ground"] == "5.2.1" and own["rule"] == "reviewer:2"
    (again,) = run(out, "--apply")
    assert again["unchanged"]


def test_a_changed_document_keeps_what_still_fits_and_tells_what_does_not(folder: Path):
    out, source = first_run(folder)
    at = NOTE.index("hierover")
    ruling = Ruling(0, Passage.of(NOTE, Span(at, at + 8)), Action.REDACT)
    decide(out, Act("anna", Kind.RULING, source, ruling=ruling))
    (folder / "in" / "nota.txt").write_text(f"Kop\n{NOTE}", encoding="utf-8")
    (described,) = run(folder / "in", "-o", out)
    assert described["unplaced"] == [] and "hierover" not in published(out)
    (folder / "in" / "nota.txt").write_text(NOTE.replace("heeft hierover gebeld", "kan hierover vragen"), "utf-8")
    (described,) = run(folder / "in", "-o", out)
    assert described["unplaced"] == [1] and "hierover" not in published(out)


def test_without_two_approvals_a_profile_with_four_eyes_publishes_nothing(folder: Path):
    (folder / "streng.toml").write_text(FOUR_EYES, encoding="utf-8")
    out, source = first_run(folder, "--profile", folder / "streng.toml")
    internal = sorted(file.name for file in (out / "internal").glob("nota*"))
    assert internal == ["nota.review.html", "nota.review.zip"] and not list((out / "publication").rglob("*.*"))
    proposal = examined.read(out / "internal" / "nota.review.zip").proposal
    decide(out, Act("anna", Kind.APPROVED, source, proposal=proposal))
    assert run(out, "--apply")[0]["status"] == "withheld"
    decide(out, Act("bert", Kind.APPROVED, source, proposal=proposal))
    assert run(out, "--apply")[0]["status"] == "done"
    assert published(out)
    decide(out, Act("bert", Kind.RULING, source, ruling=Ruling(0, Wording("gebeld"), Action.REDACT)))
    assert run(out, "--apply")[0]["status"] == "withheld"
    assert not list((out / "publication").rglob("*.*"))


def test_a_refused_document_is_taken_back(folder: Path):
    out, source = first_run(folder)
    decide(out, Act("anna", Kind.REFUSED, source))
    run(out, "--apply")
    assert not list((out / "publication").rglob("*.*"))
    with journal_file.read(str(out)) as journal:
        assert [entry.state for entry in journal.entries()] == [Result.WITHHELD]


def test_apply_takes_one_output_folder(folder: Path):
    result = CliRunner().invoke(app, ["redact", str(folder / "in"), "--apply"])
    assert isinstance(result.exception, OutputError) and "holds no journal" in result.exception.message
    out, _ = first_run(folder)
    result = CliRunner().invoke(app, ["redact", str(out), "-o", str(folder / "x"), "--apply"])
    assert isinstance(result.exception, UsageError)


def test_what_the_review_shows_is_what_was_examined(tmp_path: Path):
    from woo_anon import pipeline
    from woo_anon.settings import Settings

    seen = pipeline.examine(Path("samples/nota.pdf"), Settings())
    examined.write(tmp_path / "nota.review.zip", seen.document, seen.persons, seen.proposed)
    back = examined.read(tmp_path / "nota.review.zip")
    assert back.document.text == seen.document.text
    assert back.persons == seen.persons and back.decisions == seen.proposed
    assert back.proposal == examined.proposal_of(seen.document, seen.proposed)
    for page in seen.document.pages:
        again = back.page(page.number)
        assert (again.start, again.end, again.rotation) == (page.start, page.end, page.rotation)
        for offset in range(page.start, page.end):
            before, after = page.box(offset), again.box(offset)
            assert (before is None) == (after is None)
            assert before is None or after is None or abs(before.left - after.left) <= 0.005
    assert back.prepared() is None
