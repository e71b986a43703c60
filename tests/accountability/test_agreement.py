"""`woo-anon evaluate --decisions`: what reviewers made of what the machine proposed, and the gold files of it.

Which places the machine finds is read from what it proposed, so the figures hold whatever the model finds.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from dossier import NOTE, REPORT, Dossier

from woo_anon.cli.app import main
from woo_anon.document import Action, Decision, Document, Entity, Page, Role
from woo_anon.errors import ExitCode
from woo_anon.evaluation.agreement import Paired, Verdict, compare, pair, summarise
from woo_anon.evaluation.figures import Share
from woo_anon.evaluation.gold import read
from woo_anon.evaluation.reviewed import Reviewed
from woo_anon.policy.rulings import Area, Ruling
from woo_anon.spans import Span
from woo_anon.trail.entry import Act, Kind

Captured = pytest.CaptureFixture[str]
SAMPLE = Path(__file__).parents[2] / "samples" / "nota.pdf"


def evaluated(dossier: Dossier, capsys: Captured, *more: str, code: ExitCode = ExitCode.DONE) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["evaluate", "--decisions", str(dossier.out), "--json", *more]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


# ── One document, made by hand ────────────────────────────────────────────────────────────────────────────────────────

TEXT = "Sem Ruigrok belde Lot Halfwerk over project Zandhaas.\nBeleid: liever niet. Groet, Sem\n"


def decision(surface: str, action: Action, **more: Any) -> Decision:
    start = TEXT.index(surface)
    given = {"entity": Entity.PERSON, "role": Role.CIVIL_SERVANT, "rule": "persoonsgegeven", "detector": "names"} | more
    ground = more.pop("ground", None if action is Action.KEEP else "5.1.2e")
    given.pop("ground", None)
    return Decision(span=Span(start, start + len(surface)), action=action, ground=ground, label="", score=1.0, **given)


def by_reviewer(surface: str, action: Action, **more: Any) -> Decision:
    given = {"entity": Entity.TERM, "role": Role.UNKNOWN, "rule": "reviewer:1", "detector": "reviewer"}
    return decision(surface, action, **given | more)


def reviewed(proposed: list[Decision], approved: list[Decision]) -> Reviewed:
    document = Document("nota.txt", "text", TEXT, (Page(1, 0, len(TEXT)),))
    in_order = sorted(approved, key=lambda each: each.span)
    return Reviewed(1, "nota", document, tuple(proposed), tuple(in_order), 1, "woo-besluit")


def verdicts(proposed: list[Decision], approved: list[Decision]) -> dict[Verdict, int]:
    return dict(summarise([compare(reviewed(proposed, approved))]).verdicts)


RUIGROK, HALFWERK = decision("Sem Ruigrok", Action.REDACT), decision("Lot Halfwerk", Action.KEEP)


def test_what_nobody_changed_was_right() -> None:
    found = compare(reviewed([RUIGROK, HALFWERK], [RUIGROK, HALFWERK]))
    assert summarise([found]).verdicts == {Verdict.CONFIRMED: 1, Verdict.KEPT: 1}
    assert (found.measurement.precision, found.measurement.misses) == (Share(10, 10), ())


def test_what_people_added_was_missed() -> None:
    added = by_reviewer("Zandhaas", Action.REDACT)
    found = compare(reviewed([RUIGROK], [RUIGROK, added]))
    assert summarise([found]).verdicts == {Verdict.CONFIRMED: 1, Verdict.MISSED: 1}
    assert [judgement.right for judgement in found.measurement.judgements] == [True, False]


def test_what_people_let_stay_was_wrongly_redacted() -> None:
    kept = decision("Sem Ruigrok", Action.KEEP, rule="reviewer:1")
    found = compare(reviewed([RUIGROK], [kept]))
    assert summarise([found]).verdicts == {Verdict.WRONGLY_REDACTED: 1}
    assert found.measurement.precision == Share(0, 10)


def test_what_people_took_out_that_the_machine_let_stay_was_wrongly_kept() -> None:
    gone = decision("Lot Halfwerk", Action.REDACT, rule="reviewer:1")
    assert verdicts([HALFWERK], [gone]) == {Verdict.WRONGLY_KEPT: 1}


def test_a_part_that_is_left_is_a_miss() -> None:
    whole = by_reviewer("Sem Ruigrok", Action.REDACT)
    assert verdicts([decision("Ruigrok", Action.REDACT)], [whole]) == {Verdict.MISSED: 1}


def test_passages_on_other_grounds_are_not_the_machines_to_find() -> None:
    passage = by_reviewer("Beleid: liever niet. Groet, Sem", Action.REDACT, ground="5.2.1")
    inside = Decision(Span(TEXT.rindex("Sem"), TEXT.rindex("Sem") + 3), Entity.PERSON, Action.REDACT,
                      Role.CIVIL_SERVANT, "5.1.2e", "", "r", 1.0, "names")  # fmt: skip
    found = compare(reviewed([RUIGROK, inside], [RUIGROK, passage]))
    assert summarise([found]).verdicts == {Verdict.CONFIRMED: 1} and found.beside == 1
    assert found.measurement.precision == Share(10, 10)


def test_changes_of_what_was_confirmed_are_counted() -> None:
    other = decision("Sem Ruigrok", Action.REDACT, rule="reviewer:1", ground="5.1.2h", role=Role.CITIZEN)
    found = summarise([compare(reviewed([RUIGROK], [other]))])
    assert found.changed == {"ground": 1, "role": 1}
    assert found.by_role == {"burger": {Verdict.CONFIRMED: 1}}


def test_kappa_is_that_of_the_example_in_the_books() -> None:
    # Fifty proposals, two readers: 20 both yes, 5 and 10 apart, 15 both no.
    assert Paired(20, 5, 10, 15).kappa == pytest.approx(0.4)
    assert Paired(7, 0, 0, 0).kappa is None and Paired().kappa is None
    assert Paired(5, 0, 0, 5).kappa == 1.0


def test_two_reviewers_are_compared_place_by_place() -> None:
    first, second = (RUIGROK, HALFWERK), (RUIGROK, by_reviewer("Zandhaas", Action.REDACT))
    assert pair(TEXT, first, second) == Paired(both_gone=1, second_only=1, both_stay=1)
    assert pair(TEXT, second, first) == Paired(both_gone=1, first_only=1, both_stay=1)


# ── An output folder ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_approved_documents_are_measured(dossier: Dossier, capsys: Captured) -> None:
    assert main(["evaluate", "--decisions", str(dossier.out)]) == ExitCode.UNREADABLE
    dossier.approve("anna")
    assert evaluated(dossier, capsys)["agreement"]["documents"] == 1
    dossier.refuse("anna")
    assert main(["evaluate", "--decisions", str(dossier.out)]) == ExitCode.UNREADABLE


def test_an_approval_of_another_proposal_does_not_count(dossier: Dossier, capsys: Captured) -> None:
    dossier.approve("anna")
    dossier.approve("anna", name="verslag")
    Path(dossier.source()).write_text(f"Kop\n{NOTE}", "utf-8")
    dossier.redact("--profile", "woo-besluit")
    assert evaluated(dossier, capsys)["documents"] == 1


def test_what_was_approved_as_proposed_gives_figures_of_one(dossier: Dossier, capsys: Captured) -> None:
    dossier.approve("anna")
    found = evaluated(dossier, capsys, "--min-recall", "1", "--min-precision", "1", "--min-kept", "1")
    proposed = dossier.examined().decisions
    gone = sum(each.removes for each in proposed)
    assert found["agreement"]["verdicts"] == {
        **dict.fromkeys(("missed", "wrongly_kept", "wrongly_redacted"), 0),
        "confirmed": gone,
        "kept": len(proposed) - gone,
    }
    assert (found["recall"], found["precision"], found["must_go_mentions"]) == (1.0, 1.0, gone)


def test_rulings_make_the_figures(dossier: Dossier, capsys: Captured) -> None:
    dossier.rule("anna", "dakgoot", Action.REDACT)
    dossier.rule_everywhere("anna", "Tjitske Oldeboom", Action.KEEP)
    dossier.approve("anna")
    found = evaluated(dossier, capsys, "--min-recall", "1", code=ExitCode.FOUND)
    agreed = found["agreement"]["verdicts"]
    assert (agreed["missed"], agreed["wrongly_redacted"]) == (1, 2)
    assert found["agreement"]["by_entity"]["TERM"]["missed"] == 1
    assert found["recall_by_label"]["TERM"] == [0, 1]
    assert found["keep_mentions"] * (1 - found["kept"]) == pytest.approx(2)


def test_two_reviewers_are_compared_by_what_each_approved_first(dossier: Dossier, capsys: Captured) -> None:
    dossier.approve("anna")
    dossier.rule("bert", "dakgoot", Action.REDACT)
    dossier.approve("bert", "anna")
    reviewers = evaluated(dossier, capsys)["agreement"]["reviewers"]
    assert (reviewers["documents"], reviewers["second_only"], reviewers["first_only"]) == (1, 1, 0)
    assert 0 < reviewers["kappa"] < 1


def test_tables_say_what_reviewers_made_of_it_without_text(dossier: Dossier, capsys: Captured) -> None:
    dossier.rule("anna", "dakgoot", Action.REDACT)
    dossier.approve("anna", "bert")
    capsys.readouterr()
    assert main(["evaluate", "--decisions", str(dossier.out)]) == ExitCode.DONE
    told = capsys.readouterr().out
    assert "1 approved documents" in told and "approved by two reviewers" in told
    assert not {word for word in ("Oldeboom", "Hezik", "dakgoot") if word in told}
    assert main(["evaluate", "--decisions", str(dossier.out), "--misses"]) == ExitCode.DONE
    assert "dakgoot" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["gold", "--decisions", "out"],
        ["--decisions", "out", "--profile", "woo-besluit"],
        ["--decisions", "out", "--jobs", "0"],
        ["gold", "--gold", "elsewhere"],
        ["gold", "--force"],
    ],
)
def test_arguments_that_do_not_go_together_are_refused(arguments: list[str]) -> None:
    assert main(["evaluate", *arguments]) == ExitCode.USAGE


# ── Gold files ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_approved_documents_are_written_as_gold_documents(dossier: Dossier, capsys: Captured) -> None:
    dossier.rule("anna", "dakgoot", Action.REDACT, entity=Entity.PERSON)
    dossier.approve("anna", "bert")
    dossier.approve("anna", name="verslag")
    target = dossier.folder / "goud"
    evaluated(dossier, capsys, "--gold", str(target))
    note, report = sorted(read(target), key=lambda gold: gold.text)
    assert (note.text, report.text) == (NOTE, REPORT)
    marks = {note.text[mention.span.start : mention.span.end]: mention.label for mention in note.mentions}
    assert marks["dakgoot"] == "PERSON" and marks["t.oldeboom@oudewater.example"] == "EMAIL"
    assert marks["Hermans"] == "KEEP"
    assert note.header["note"] == "approved by 2 reviewers"
    assert {path.stat().st_mode & 0o077 for path in (target, *target.iterdir())} == {0}


def test_lines_that_the_format_cannot_hold_are_left_out_and_counted(tmp_path: Path, capsys: Captured) -> None:
    dossier = Dossier(tmp_path, nota="{{formule}}\nDe dakgoot lekt.\nTjitske Oldeboom belde.\n").redact()
    dossier.rule("anna", "dakgoot", Action.REDACT, ground="5.2.1")
    dossier.approve("anna")
    assert main(["evaluate", "--decisions", str(dossier.out), "--gold", str(tmp_path / "goud"), "-q"]) == ExitCode.DONE
    assert "2 lines in 1 documents" in capsys.readouterr().err
    (gold,) = read(tmp_path / "goud")
    assert gold.text == "Tjitske Oldeboom belde.\n"


def test_a_part_of_a_page_is_counted_and_its_text_is_left_out_of_gold_files(tmp_path: Path, capsys: Captured) -> None:
    dossier = Dossier(tmp_path)
    shutil.copy(SAMPLE, tmp_path / "in" / "nota.pdf")
    dossier.redact()
    seen = dossier.examined()
    line = next(each for each in seen.with_boxes([1]).places(Span(0, 40)))
    area = Ruling(0, Area(1, line.area), Action.REDACT, "5.2.1", entity=Entity.AREA)
    dossier.decide(Act("anna", Kind.RULING, dossier.source("nota.pdf"), ruling=area))
    dossier.decide(Act("anna", Kind.APPROVED, dossier.source("nota.pdf"), proposal=seen.proposal))
    found = evaluated(dossier, capsys, "--gold", str(tmp_path / "goud"))
    assert (found["recall"], found["agreement"]["verdicts"]["missed"]) == (1.0, 0) and found["agreement"]["beside"] >= 1
    (gold,) = read(tmp_path / "goud")
    covered = seen.document.text[: seen.document.text.index("\n")]
    assert covered and not gold.text.startswith(covered) and gold.text and gold.text in seen.document.text


def test_gold_files_are_not_replaced_unasked_and_never_leave_the_building(dossier: Dossier, capsys: Captured) -> None:
    dossier.approve("anna")
    target = str(dossier.folder / "goud")
    evaluated(dossier, capsys, "--gold", target)
    assert main(["evaluate", "--decisions", str(dossier.out), "--gold", target]) == ExitCode.OUTPUT
    evaluated(dossier, capsys, "--gold", target, "--force")
    public = dossier.out / "publication" / "goud"
    assert main(["evaluate", "--decisions", str(dossier.out), "--gold", str(public)]) == ExitCode.USAGE
    assert not public.exists()
