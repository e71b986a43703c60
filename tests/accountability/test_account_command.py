"""`woo-anon account`: what was decided, on what ground, where and by whom; and nothing of what was redacted."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from dossier import NOTE, Dossier
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.accountability.account import Account, Accounted, Judgement, Redactions, read
from woo_anon.accountability.paper import MOST_ROWS, as_paper
from woo_anon.accountability.tally import entity, numbers
from woo_anon.accountability.workbook import as_workbook
from woo_anon.cli.app import main
from woo_anon.document import Action
from woo_anon.errors import ExitCode
from woo_anon.record import wording

Captured = pytest.CaptureFixture[str]
ARTICLE = "artikel 5.1, tweede lid, aanhef en onder e, Woo"


def account(dossier: Dossier, *more: str, code: ExitCode = ExitCode.DONE) -> None:
    assert main(["account", str(dossier.out), *more]) == code


def sheet(dossier: Dossier, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet, by header."""
    header, *rows = openpyxl.load_workbook(dossier.out / "internal" / "verantwoording.xlsx")[name].values
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def document(dossier: Dossier, name: str) -> dict[str, Any]:
    return next(row for row in sheet(dossier, "Documenten") if row["Document"] == name)


def paper(dossier: Dossier) -> str:
    """The text of the PDF, every line end a space."""
    pages = pypdfium2.PdfDocument(dossier.out / "internal" / "verantwoording.pdf")
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def test_it_counts_what_the_logs_say(dossier: Dossier) -> None:
    account(dossier)
    log = dossier.log()
    rows = sheet(dossier, "Gelakte plaatsen")
    counted = Counter[tuple[str, str]]()
    for row in rows:
        counted[row["Code"], row["Soort gegeven"]] += row["Aantal"]
    said = Counter((each["ground"], entity(each["entity"])) for each in log["redactions"])
    assert counted == said and said
    assert {row["Bladzijde"] for row in rows} == {1} and {row["Beslist door"] for row in rows} == {"programma"}
    assert document(dossier, "nota.txt")["Gelakte plaatsen"] == len(log["redactions"])
    assert document(dossier, "nota.txt")["Namen die blijven staan"] == sum(log["kept_names"].values()) > 0


def test_a_document_without_redactions_is_public_and_others_are_partly(dossier: Dossier) -> None:
    account(dossier)
    assert [document(dossier, name)["Beoordeling"] for name in ("verslag.txt", "nota.txt")] == [
        "openbaar",
        "deels openbaar",
    ]
    assert "totaal 2 2" in paper(dossier)


def test_grounds_are_written_out_as_a_decision_writes_them(dossier: Dossier) -> None:
    account(dossier)
    (row,) = sheet(dossier, "Gronden")
    count = len(dossier.log()["redactions"])
    assert (row["Code"], row["Grond"], row["Gelakte plaatsen"]) == ("5.1.2e", ARTICLE, count)
    assert f"Gelakt op grond van {ARTICLE}: {count} keer." in paper(dossier)


def test_what_a_reviewer_decided_is_told_apart_from_what_the_program_proposed(dossier: Dossier) -> None:
    dossier.rule("anna", "dakgoot", Action.REDACT, ground="5.1.2b")
    dossier.approve("anna", "bert")
    dossier.apply()
    account(dossier)
    own = [row for row in sheet(dossier, "Gelakte plaatsen") if row["Beslist door"] == "beoordelaar 1"]
    assert [(row["Code"], row["Aantal"]) for row in own] == [("5.1.2b", 1)]
    row = document(dossier, "nota.txt")
    assert (row["Door beoordelaars"], row["Goedgekeurd door"]) == (1, "beoordelaar 1; beoordelaar 2")
    assert row["Gronden"] == "5.1.2b;5.1.2e" and row["Goedgekeurd op"]
    assert "Goedgekeurd door beoordelaar 1 en beoordelaar 2" in paper(dossier)


def test_reviewers_are_named_only_when_asked_for(dossier: Dossier) -> None:
    dossier.approve("anna")
    dossier.apply()
    account(dossier)
    assert "anna" not in paper(dossier) + unpacked(dossier)
    account(dossier, "--reviewers", "--force")
    assert "anna" in paper(dossier) and "anna" in unpacked(dossier)


def unpacked(dossier: Dossier) -> str:
    with zipfile.ZipFile(dossier.out / "internal" / "verantwoording.xlsx") as file:
        return "".join(file.read(name).decode("utf-8") for name in file.namelist())


def test_nothing_of_what_was_redacted_is_in_it(dossier: Dossier) -> None:
    dossier.rule("anna", "dakgoot", Action.REDACT, ground="5.1.2b")
    dossier.apply()
    account(dossier, "--reviewers")
    for gone in ("Oldeboom", "Tjitske", "Hezik", "dakgoot"):
        assert gone in NOTE and gone not in (dossier.out / "publication" / "nota.anon.txt").read_text("utf-8")
        assert gone not in paper(dossier) and gone not in unpacked(dossier)


def test_names_of_people_in_names_of_files_do_not_come_with_it(tmp_path: Path) -> None:
    files = {"brief Wolvendaal": "Brief van mevrouw K. Wolvendaal.\n", "kapot Wolvendaal": "x"}
    dossier = Dossier(tmp_path, **files)
    Path(dossier.source("kapot Wolvendaal")).write_bytes(b"%PDF-1.7 broken")
    dossier.redact(code=ExitCode.SOME_FAILED)
    account(dossier)
    assert "Wolvendaal" not in paper(dossier) and "Wolvendaal" not in unpacked(dossier)
    number = dossier.entry("kapot Wolvendaal").number
    row = document(dossier, f"document {number}")
    assert row["Beoordeling"] == "niet verwerkt" and row["Toelichting"] == "niet te lezen"


def test_a_refused_document_is_not_public_and_has_no_redactions(dossier: Dossier) -> None:
    dossier.refuse("anna")
    dossier.apply()
    account(dossier)
    row = document(dossier, "nota")
    assert (row["Beoordeling"], row["Gelakte plaatsen"], row["Bladzijden"]) == ("niet openbaar", 0, 1)


def test_decisions_that_are_not_applied_yet_are_no_part_of_it_and_it_says_so(
    dossier: Dossier, capsys: Captured
) -> None:
    dossier.rule("anna", "dakgoot", Action.REDACT)
    account(dossier, code=ExitCode.SOME_FAILED)
    assert "nota.txt: was decided on since it was redacted" in capsys.readouterr().err
    row = document(dossier, "nota.txt")
    assert row["Door beoordelaars"] == 0 and "nog beslist" in row["Toelichting"]


@pytest.mark.parametrize("changed", ["nota.anon.json", "nota.anon.txt"])
def test_it_does_not_vouch_for_what_was_changed_since_it_was_verified(dossier: Dossier, changed: str) -> None:
    path = dossier.out / "publication" / changed
    path.write_text(path.read_text("utf-8") + " ", "utf-8")
    account(dossier, code=ExitCode.SOME_FAILED)
    row = document(dossier, "nota")
    assert (row["Beoordeling"], row["Gelakte plaatsen"]) == ("niet verwerkt", 0) and row["Toelichting"]


def test_a_document_that_no_run_made_is_told(dossier: Dossier, capsys: Captured) -> None:
    for suffix in ("json", "txt"):
        content = (dossier.out / "publication" / f"nota.anon.{suffix}").read_bytes()
        (dossier.out / "publication" / f"elders.anon.{suffix}").write_bytes(content)
    account(dossier, code=ExitCode.SOME_FAILED)
    assert "elders: stands in publication/" in capsys.readouterr().err


def test_documents_have_the_numbers_of_the_inventory(dossier: Dossier) -> None:
    (dossier.out / "internal" / "document-ids.csv").write_text("ID,place\n10007,nota\n10008,verslag\n", "utf-8")
    account(dossier)
    assert [(row["ID"], row["Document"]) for row in sheet(dossier, "Documenten")] == [
        (10007, "nota.txt"),
        (10008, "verslag.txt"),
    ]
    assert "10007: nota.txt" in paper(dossier)


def test_the_files_are_for_their_owner_alone_and_are_not_replaced_unasked(dossier: Dossier) -> None:
    account(dossier)
    paths = [dossier.out / "internal" / f"verantwoording{suffix}" for suffix in (".xlsx", ".pdf")]
    assert [path.stat().st_mode & 0o077 for path in paths] == [0, 0]
    before = [path.read_bytes() for path in paths]
    account(dossier, code=ExitCode.OUTPUT)
    account(dossier, "--force")
    assert [path.read_bytes() for path in paths] == before


def test_a_folder_that_is_no_output_folder_is_refused(tmp_path: Path) -> None:
    assert main(["account", str(tmp_path)]) == ExitCode.OUTPUT


def test_the_same_account_gives_the_same_bytes(dossier: Dossier) -> None:
    made = read(dossier.out)
    assert as_paper(made) == as_paper(made) and as_workbook(made) == as_workbook(made)


def test_of_a_large_dossier_the_pdf_leaves_the_pages_to_the_workbook() -> None:
    pages = tuple(Redactions(page, "5.1.2e", "PERSON", "programma", (page,)) for page in range(1, MOST_ROWS + 2))
    content = as_paper(Account((Accounted("1", "nota.pdf", Judgement.PARTIAL, len(pages), pages),), (), ""))
    with pypdfium2.PdfDocument(content) as paper:
        text = " ".join(paper[0].get_textpage().get_text_bounded().split())
        assert len(paper) == 1 and "verantwoording.xlsx" in text
    assert f"onder e, Woo: {MOST_ROWS + 1} keer" in text


@given(st.sets(st.integers(1, 400)))
def test_numbers_in_runs_are_the_numbers(found: set[int]) -> None:
    told = set[int]()
    for run in filter(None, numbers(sorted(found)).split(", ")):
        first, _, last = run.partition("–")
        told |= set(range(int(first), int(last or first) + 1))
    assert told == found


def test_of_very_many_numbers_the_first_are_told() -> None:
    told = numbers(range(1, 100_000, 2))
    assert told.startswith("1, 3, 5") and told.endswith("399 en verder")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("5.1.1e", "artikel 5.1, eerste lid, aanhef en onder e, Woo"),
        ("5.1.2e", ARTICLE),
        ("5.1.5", "artikel 5.1, vijfde lid, Woo"),
        ("5.2", "artikel 5.2 Woo"),
        ("5.2.1", "artikel 5.2, eerste lid, Woo"),
        ("10.2e", "10.2e"),
    ],
)
def test_a_ground_is_an_article_with_paragraph_and_letter(code: str, words: str) -> None:
    assert wording.article(code) == words
