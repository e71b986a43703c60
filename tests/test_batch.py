"""Batches: the plan of outputs, and what becomes of documents through the serial executor and worker processes."""

from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path, PurePath

import pikepdf
import pypdfium2
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from woo_anon.batch import run
from woo_anon.batch.border import UnexpectedError, unexpected
from woo_anon.batch.members import with_members
from woo_anon.batch.outcome import Failure, Outcome, exit_code
from woo_anon.batch.plan import Work, plan
from woo_anon.discover import Source, discover
from woo_anon.errors import ExitCode, UnreadableError, UsageError, WooAnonError
from woo_anon.settings import Limits, Settings

SERIAL = Settings(executor="serial")
# Fictitious, as everything here: made for these tests.
NOTA = "Opgesteld door\nJanneke Zandvoort\nj.zandvoort@minwes.nl\n\nDe minister verzoekt om een besluit.\n"


def write(path: Path, content: str = NOTA) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def listing(folder: Path) -> list[str]:
    """Its files, but for those of the journal."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if "journal." not in path)


def redact(folder: Path, *inputs: Path, settings: Settings = SERIAL) -> list[Outcome]:
    return list(run.redact(plan(discover(inputs, folder), folder), settings))


# ── Planning ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def paths(work: Work) -> list[str]:
    return [output.path.as_posix() for output in work.outputs()]


def test_beside_the_input_without_an_output_folder() -> None:
    (work,) = plan([Source(Path("/in/nota.pdf"), PurePath("nota.pdf"), suffixes=(".pdf",))], None)
    assert paths(work) == ["/in/nota.review.html", "/in/nota.anon.json", "/in/nota.anon.pdf"]


def test_an_output_folder_mirrors_the_input_tree() -> None:
    source = Source(Path("/in/a/nota.pdf"), PurePath("a/nota.pdf"), Path("/in"), (".pdf",))
    (work,) = plan([source], Path("/out"))
    internal = [f"/out/internal/a/nota.review.{kind}" for kind in ("zip", "html")]
    assert paths(work) == [*internal, *(f"/out/publication/a/nota.anon.{kind}" for kind in ("json", "pdf"))]


def test_a_folder_without_an_output_folder_goes_beside_it() -> None:
    (work,) = plan([Source(Path("/x/in/n.txt"), PurePath("n.txt"), Path("/x/in"), (".txt",))], None)
    assert paths(work)[-1] == "/x/in.woo/publication/n.anon.txt"


def test_the_root_folder_needs_an_output_folder() -> None:
    with pytest.raises(UsageError, match="-o"):
        plan([Source(Path("/n.txt"), PurePath("n.txt"), Path("/"), (".txt",))], None)


def test_inputs_of_one_name_get_outputs_with_their_suffix() -> None:
    sources = [Source(Path(f"/in/nota{kind}"), PurePath(f"nota{kind}"), suffixes=(kind,)) for kind in (".pdf", ".txt")]
    pdf, text = plan(sources, None)
    assert paths(pdf)[1:] == ["/in/nota-pdf.anon.json", "/in/nota-pdf.anon.pdf"]
    assert paths(text)[1:] == ["/in/nota-txt.anon.json", "/in/nota-txt.anon.txt"]


def test_two_inputs_with_the_same_output_are_refused() -> None:
    sources = [Source(Path(f"/{folder}/nota.txt"), PurePath("nota.txt"), suffixes=(".txt",)) for folder in "ab"]
    with pytest.raises(UsageError, match=r"/a/nota\.txt and /b/nota\.txt"):
        plan(sources, Path("/out"))


def test_an_output_never_replaces_an_input() -> None:
    names = ("nota.txt", "nota.review.html")
    with pytest.raises(UsageError):
        plan([Source(Path(f"/in/{name}"), PurePath(name), suffixes=(".txt",)) for name in names], None)


names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    lambda name: name not in (".", "..")
)
within = st.lists(names, min_size=1, max_size=3).map(lambda parts: PurePath(*parts))


@given(st.lists(within, unique=True, max_size=6), st.sampled_from([Path("/out"), Path("/in/out"), None]))
def test_a_plan_that_is_made_is_disjoint_and_keeps_inside_its_folders(
    places: list[PurePath], folder: Path | None
) -> None:
    sources = [Source(Path("/in") / place, place, Path("/in"), (".txt",)) for place in places]
    try:
        works = plan(sources, folder)
    except UsageError:
        assume(False)
    planned = [output.path for work in works for output in work.outputs()]
    assert len(set(planned)) == len(planned) == 4 * len(sources)
    assert not set(planned) & {source.path for source in sources}
    root = folder or Path("/in.woo")
    for work in works:
        assert [output.private for output in work.outputs()] == [True, True, False, False]
        review, report, log, publication = (output.path for output in work.outputs())
        assert review.is_relative_to(root / "internal") and report.is_relative_to(root / "internal")
        assert log.is_relative_to(root / "publication")
        assert publication.is_relative_to(root / "publication")


# ── Running ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_document_gets_its_files(tmp_path: Path) -> None:
    (outcome,) = redact(tmp_path / "out", write(tmp_path / "nota.txt"))
    assert outcome.failure is None
    internal = ["internal/nota.review.html", "internal/nota.review.zip"]
    assert listing(tmp_path / "out") == [*internal, "publication/nota.anon.json", "publication/nota.anon.txt"]
    assert [Path(placed.path).exists() for placed in outcome.outputs] == [True] * 4


def test_nothing_redacted_stands_in_what_is_published(tmp_path: Path) -> None:
    redact(tmp_path / "out", write(tmp_path / "nota.txt"))
    published = [path.read_text("utf-8") for path in (tmp_path / "out" / "publication").iterdir()]
    assert not any("zandvoort" in text.lower() for text in published)
    assert any("@minwes.nl" in text for text in published)


def test_the_input_is_untouched(tmp_path: Path) -> None:
    nota = write(tmp_path / "nota.txt")
    before = nota.stat().st_mtime_ns
    redact(tmp_path / "out", nota)
    assert (nota.read_text("utf-8"), nota.stat().st_mtime_ns) == (NOTA, before)


@pytest.mark.skipif(os.name == "nt", reason="looks at POSIX permissions")
def test_the_review_report_is_its_owners_alone(tmp_path: Path) -> None:
    redact(tmp_path / "out", write(tmp_path / "a" / "nota.txt"))
    assert (tmp_path / "out" / "internal" / "nota.review.html").stat().st_mode & 0o077 == 0


def test_a_document_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "in" / "b.txt")
    (tmp_path / "in" / "a.bin").write_bytes(b"\0\1\2")
    outcomes = redact(tmp_path / "out", tmp_path / "in")
    assert [(outcome.name, outcome.failure is None) for outcome in outcomes] == [("a.bin", False), ("b.txt", True)]
    assert exit_code(outcomes) == ExitCode.SOME_FAILED


def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    settings = Settings(executor="serial", dry_run=True)
    (outcome,) = redact(tmp_path / "out", write(tmp_path / "nota.txt"), settings=settings)
    assert outcome.figures is not None
    assert outcome.figures.redacted + outcome.figures.review >= 2
    assert listing(tmp_path) == ["nota.txt"]


def test_an_existing_output_is_refused_and_force_replaces_it(tmp_path: Path) -> None:
    nota = write(tmp_path / "nota.txt")
    older = write(tmp_path / "out" / "publication" / "nota.anon.txt", "old")
    (refused,) = redact(tmp_path / "out", nota)
    assert refused.failure is not None
    assert refused.failure.exit_code is ExitCode.OUTPUT
    assert listing(tmp_path / "out") == ["publication/nota.anon.txt"]
    (done,) = redact(tmp_path / "out", nota, settings=Settings(executor="serial", force=True))
    assert done.failure is None
    assert older.read_text("utf-8") != "old"


def test_worker_processes_give_what_the_serial_executor_gives(tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / "in" / f"{number}.txt", f"{NOTA}\nBel 06 1234567{number}.\n")
    redact(tmp_path / "serial", tmp_path / "in")
    outcomes = redact(tmp_path / "processes", tmp_path / "in", settings=Settings(jobs=2))
    assert [outcome.name for outcome in outcomes] == ["0.txt", "1.txt", "2.txt"]
    for number in range(3):
        published = [(tmp_path / kind / "publication" / f"{number}.anon.txt") for kind in ("serial", "processes")]
        assert len({path.read_bytes() for path in published}) == 1


def test_a_document_that_takes_too_long_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    long = write(tmp_path / "long.txt", NOTA * 3000)
    (outcome,) = redact(tmp_path / "out", long, settings=Settings(limits=Limits(seconds=1)))
    assert outcome.failure is not None
    assert outcome.failure.exit_code is ExitCode.REFUSED
    assert listing(tmp_path / "out") == []


def test_a_name_that_goes_in_one_document_is_looked_for_in_the_others(tmp_path: Path) -> None:
    sources = [
        Source(write(tmp_path / "a.txt"), PurePath("a.txt"), suffixes=(".txt",)),
        Source(
            write(
                tmp_path / "b.txt", "Wethouder Okkerse belt. De zandvoort route is dicht, janneke zandvoort loopt er.\n"
            ),
            PurePath("b.txt"),
            suffixes=(".txt",),
        ),
    ]
    alone, together = ([outcome.scan for outcome in run.scan(chosen, SERIAL)][-1] for chosen in (sources[1:], sources))
    assert alone is not None and together is not None
    assert "review" in {mark.action for mark in alone.marks}
    assert "review" not in {mark.action for mark in together.marks}
    apart = replace(SERIAL, dossier=False)
    assert [outcome.scan for outcome in run.scan(sources, apart)][-1] == alone


MAIL = (
    "Dit voorstel is vorige week met de gemeente besproken en daarna in JZ uitgewerkt, zodat het"
    " maandag met de stukken naar het waterschap kan worden gestuurd.\n"
)


def test_a_passage_is_redacted_alike_in_every_document(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", f"{NOTA}\nJanneke Zandvoort schrijft:\n\n{MAIL}")
    quoted = "".join(f"> {line}\n" for line in MAIL.replace("en daarna", "en\ndaarna").splitlines())
    write(tmp_path / "in" / "b.txt", f"De heer Bakker stuurt dit door.\n\n{quoted}")
    redact(tmp_path / "out", tmp_path / "in")
    publication = tmp_path / "out" / "publication"
    assert not any("JZ" in (publication / name).read_text("utf-8") for name in ("a.anon.txt", "b.anon.txt"))
    assert '"zelfde-passage"' in (publication / "b.anon.json").read_text("utf-8")


@pytest.mark.parametrize("settings", [SERIAL, Settings(jobs=2)], ids=["serial", "processes"])
def test_with_pseudonyms_one_person_has_one_number_in_all_documents(tmp_path: Path, settings: Settings) -> None:
    write(tmp_path / "in" / "a.txt", NOTA)
    write(tmp_path / "in" / "b.txt", f"Opgesteld door\nFemke Oldeboom\nf.oldeboom@minwes.nl\n\n{NOTA}")
    redact(tmp_path / "out", tmp_path / "in", settings=replace(settings, pseudonyms=True))
    first, second = ((tmp_path / "out" / "publication" / f"{name}.anon.txt").read_text("utf-8") for name in "ab")
    assert "[ambtenaar 1]" in first
    assert second.index("[ambtenaar 2]") < second.index("[ambtenaar 1]")
    log = json.loads((tmp_path / "out" / "publication" / "b.anon.json").read_text("utf-8"))
    labels = [entry["label"] for entry in log["redactions"] if entry["entity"] == "PERSON"]
    assert labels == ["ambtenaar 2", "ambtenaar 1"]


def test_with_pseudonyms_a_document_alone_numbers_its_own_people(tmp_path: Path) -> None:
    nota = write(tmp_path / "nota.txt")
    redact(tmp_path / "out", nota, settings=replace(SERIAL, pseudonyms=True))
    assert "[ambtenaar 1]" in (tmp_path / "out" / "publication" / "nota.anon.txt").read_text("utf-8")


def test_of_two_documents_that_are_the_same_each_names_the_other(tmp_path: Path) -> None:
    for name in ("a.txt", "sub/b.txt"):
        write(tmp_path / "in" / name, MAIL)
    outcomes = redact(tmp_path / "out", tmp_path / "in")
    twins = [outcome.figures.twin for outcome in outcomes if outcome.figures]
    assert [twin and (Path(twin.name), twin.similarity, twin.differences) for twin in twins] == [
        (Path("sub/b.txt"), 1.0, 0),
        (Path("../a.txt"), 1.0, 0),
    ]
    report = (tmp_path / "out" / "internal" / "a.review.html").read_text("utf-8")
    assert "Dit document is hetzelfde als een ander" in report
    assert "sub/b.txt" in report


def test_a_scan_gives_offsets_of_the_file_itself(tmp_path: Path) -> None:
    content = f"\ufeff😀\r\n{NOTA}"
    (tmp_path / "nota.txt").write_bytes(content.encode("utf-8"))
    (outcome,) = run.scan(discover([tmp_path / "nota.txt"]), SERIAL)
    assert outcome.scan is not None
    assert outcome.scan.characters == len(content)
    assert outcome.scan.marks
    assert all(content[mark.start : mark.end] == mark.text for mark in outcome.scan.marks)
    assert any(mark.text == "Janneke Zandvoort" for mark in outcome.scan.marks)


def test_a_mark_keeps_its_text_out_of_its_repr(tmp_path: Path) -> None:
    (outcome,) = run.scan(discover([write(tmp_path / "nota.txt")]), SERIAL)
    assert "Zandvoort" not in repr(outcome)


def test_leaving_early_breaks_off_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    for number in range(6):
        write(tmp_path / "in" / f"{number}.txt")
    running = run.redact(plan(discover([tmp_path / "in"]), tmp_path / "out"), Settings(jobs=1))
    next(running)
    running.close()
    left = listing(tmp_path / "out")
    assert not any(".woo-anon-" in name for name in left)
    assert len(left) % 4 == 0
    assert 4 <= len(left) < 24


# ── Failures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_exit_code_of_one_document_is_its_own() -> None:
    failure = Failure(ExitCode.REFUSED, "", "")
    assert exit_code([Outcome("a", failure=failure)]) is ExitCode.REFUSED


def test_the_exit_code_of_nothing_wrong_is_zero() -> None:
    assert exit_code([Outcome("a"), Outcome("b")]) is ExitCode.DONE


def test_an_unexpected_error_is_told_by_type_and_place_and_not_by_its_text() -> None:
    try:
        {}["Janneke Zandvoort"]  # type: ignore[index]
    except KeyError as error:
        told = unexpected(error)
    assert "Zandvoort" not in f"{told}{told.frames}{told!r}"
    assert "KeyError at test_batch.py" in told.message


def test_a_failure_names_the_document_once_and_with_its_folder(tmp_path: Path) -> None:
    source = Source(
        tmp_path / "a" / "n.pdf",
        PurePath("a/n.pdf"),
        tmp_path,
        failure=UnreadableError("n.pdf: is broken.", "Mend it."),
    )
    (outcome,) = run.redact(plan([source], None), SERIAL)
    assert outcome.failure == Failure(ExitCode.UNREADABLE, "a/n.pdf: is broken.", "Mend it.")


def test_an_unexpected_error_travels_between_processes_with_its_frames() -> None:
    import pickle

    copy: WooAnonError = pickle.loads(pickle.dumps(UnexpectedError("what", "remedy", ("a.py:1 in f",))))
    assert (copy.message, copy.remedy, copy.frames) == ("what", "remedy", ("a.py:1 in f",))  # type: ignore[attr-defined]


# ── Documents within documents ────────────────────────────────────────────────────────────────────────────────────────

WITH_FILES = b"""\
From: Janneke Zandvoort <j.zandvoort@minwes.nl>
To: griffie@minwes.nl
Date: Thu, 7 Mar 2024 16:52:00 +0100
Subject: De brug
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

Zie de bijlage van Janneke Zandvoort.
--x
Content-Type: text/plain; name="cv Zandvoort.txt"
Content-Disposition: attachment; filename="cv Zandvoort.txt"

Cv van Janneke Zandvoort.
--x
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="../../weg.bin"
Content-Transfer-Encoding: base64

AAECAwQ=
--x--
"""


def test_what_hangs_from_a_mail_becomes_documents_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.eml").write_bytes(WITH_FILES)
    sources = with_members(discover([tmp_path / "in"]), SERIAL)
    outcomes = list(run.redact(plan(sources, tmp_path / "out"), SERIAL))
    assert [(outcome.name, outcome.failure is None) for outcome in outcomes] == [
        ("a.bijlagen/1 cv Zandvoort.txt", True),
        ("a.bijlagen/2 weg.bin", False),
        ("a.eml", True),
    ]
    names = listing(tmp_path / "out" / "publication")
    assert [name for name in names if "andvoort" in name] == []
    assert {Path(name).suffix for name in names if name.startswith("a.bijlagen/1 cv gelakt")} == {".json", ".txt"}


def test_the_mails_of_a_mailbox_are_documents_and_the_mailbox_is_none(tmp_path: Path) -> None:
    envelope = b"From jan@minwes.example Thu Mar  7 16:52:00 2024\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "post.mbox").write_bytes((envelope + WITH_FILES + b"\n") * 2)
    names = [source.name for source in with_members(discover([tmp_path / "in"]), SERIAL)]
    assert len(names) == 6
    assert all(name.startswith("post.bijlagen/") for name in names)
    assert sum(name.endswith(".eml") for name in names) == 2


def test_a_run_again_over_a_mail_leaves_it_and_its_attachments(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.eml").write_bytes(WITH_FILES)
    for unchanged in (False, True):
        sources = with_members(discover([tmp_path / "in"]), SERIAL)
        outcomes = list(run.redact(plan(sources, tmp_path / "out"), SERIAL))
        assert [outcome.unchanged for outcome in outcomes if not outcome.failure] == [unchanged] * 2


def redact_mails(folder: Path, settings: Settings = SERIAL) -> dict[str, Outcome]:
    sources = with_members(discover([folder / "in"]), settings)
    return {outcome.name: outcome for outcome in run.redact(plan(sources, folder / "out"), settings)}


def attachments_in(pdf: Path) -> list[str]:
    """The list of attachments that a mail's PDF shows."""
    text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(text.partition("Bijlagen:")[2].split()).removeprefix("- ").split(" - ")


def test_a_mail_says_what_became_of_its_attachments(tmp_path: Path) -> None:
    inner = WITH_FILES.replace(b"boundary=x", b"boundary=y").replace(b"--x", b"--y")
    forwarded = b"Content-Type: message/rfc822\n\n" + inner
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.eml").write_bytes(WITH_FILES.replace(b"--x--", b"--x\n" + forwarded + b"\n--x--"))
    redact_mails(tmp_path)
    shown = attachments_in(tmp_path / "out/publication/a.anon.pdf")
    assert [line.partition(" – ")[2] for line in shown] == [
        "deels openbaar",
        "niet gepubliceerd (mislukt)",
        "deels openbaar",
    ]
    (of_inner,) = (tmp_path / "out/publication/a.bijlagen").glob("3 *.anon.pdf")
    assert [line.partition(" – ")[2] for line in attachments_in(of_inner)] == [
        "deels openbaar",
        "niet gepubliceerd (mislukt)",
    ]


def test_a_mail_is_written_again_when_something_else_becomes_of_an_attachment(tmp_path: Path) -> None:
    locked = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page()
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 700 Td (De brug gaat open.) Tj ET")
        pdf.save(locked, encryption=pikepdf.Encryption(owner="beheer", user="open sesam"))
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "griffie@minwes.nl", "bestuur@minwes.nl", "De brug"
    message.set_content("Zie de bijlage.")
    message.add_attachment(locked.getvalue(), maintype="application", subtype="pdf", filename="plan.pdf")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.eml").write_bytes(message.as_bytes())
    redact_mails(tmp_path)
    assert attachments_in(tmp_path / "out/publication/a.anon.pdf") == ["plan.pdf (PDF) – niet gepubliceerd (geweigerd)"]
    (tmp_path / "passwords").write_text("open sesam\n")
    knowing = replace(SERIAL, password_file=tmp_path / "passwords", passwords=("open sesam",))
    assert redact_mails(tmp_path, knowing)["a.eml"].unchanged is False
    assert attachments_in(tmp_path / "out/publication/a.anon.pdf") == ["plan.pdf (PDF) – openbaar"]
    assert redact_mails(tmp_path, knowing)["a.eml"].unchanged is True


def test_a_mail_says_nothing_of_its_attachments_in_words_that_are_redacted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.eml").write_bytes(WITH_FILES.replace(b"De brug", b"Het is mislukt"))
    assert redact_mails(tmp_path, replace(SERIAL, terms=("mislukt",)))["a.eml"].failure is None
    shown = attachments_in(tmp_path / "out/publication/a.anon.pdf")
    assert [line.partition(" – ")[2] for line in shown] == ["deels openbaar", ""]
