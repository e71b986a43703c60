"""`woo-anon redact`: what it writes, what it prints where, its exit codes, and that nothing half done is ever left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

from woo_anon.cli.app import main

Captured = pytest.CaptureFixture[str]
# Fictitious, made for these tests.
NOTA = "Opgesteld door\nJanneke Zandvoort\nj.zandvoort@minwes.nl\n\nDe minister verzoekt om een besluit.\n"
OUTPUTS = ["nota.anon.json", "nota.anon.txt", "nota.review.html"]
SERIAL = ["--executor", "serial"]


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder and a configuration folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path.parent / "nobody"))


def write(name: str, content: str = NOTA) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def listing(folder: str = ".") -> list[str]:
    """Its files, but for those of the journal."""
    found = (path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file())
    return sorted(path for path in found if "journal." not in path)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "woo_anon.cli.app", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )


def test_a_text_gets_its_outputs_beside_it(capsys: Captured) -> None:
    write("nota.txt")
    assert main(["redact", "nota.txt", *SERIAL]) == 0
    assert listing() == [*OUTPUTS, "nota.txt"]
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("nota.txt: ")
    assert "nota.anon.txt" in err


def test_quiet_says_nothing_at_all(capsys: Captured) -> None:
    write("nota.txt")
    assert main(["redact", "-q", "nota.txt", *SERIAL]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_folder_goes_to_a_mirror_beside_it(capsys: Captured) -> None:
    write("dossier/nota.txt")
    write("dossier/sub/nota.txt")
    assert main(["redact", "dossier", *SERIAL]) == 0
    assert listing("dossier.woo") == [
        "internal/nota.review.html",
        "internal/nota.review.zip",
        "internal/sub/nota.review.html",
        "internal/sub/nota.review.zip",
        "publication/nota.anon.json",
        "publication/nota.anon.txt",
        "publication/sub/nota.anon.json",
        "publication/sub/nota.anon.txt",
    ]
    assert "2 of 2 documents done" in capsys.readouterr().err


def test_the_same_folder_again_leaves_what_is_done_and_with_force_does_it_again(capsys: Captured) -> None:
    write("dossier/nota.txt")
    assert main(["redact", "dossier", *SERIAL]) == 0
    before = Path("dossier.woo/publication/nota.anon.txt").stat().st_ino
    assert main(["redact", "dossier", "--json", *SERIAL]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] is True
    assert Path("dossier.woo/publication/nota.anon.txt").stat().st_ino == before
    assert main(["redact", "dossier", "--json", "--force", *SERIAL]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] is False


def test_json_gives_one_object_per_document_on_stdout(capsys: Captured) -> None:
    write("in/a.txt")
    Path("in/b.bin").write_bytes(b"\0\1\2")
    assert main(["redact", "in", "-o", "out", "--json", *SERIAL]) == 9
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["schema"], first["source"], first["status"], first["exit_code"]) == (1, "a.txt", "done", 0)
    assert first["redacted"] + first["review"] >= 2
    assert set(first["outputs"]) == {"publication", "log", "report", "review"}
    assert all(Path(path).exists() for path in first["outputs"].values())
    assert (second["source"], second["status"], second["exit_code"]) == ("b.bin", "failed", 3)
    assert second["message"] and second["remedy"]


def test_a_dry_run_says_on_stdout_what_would_be_done_and_writes_nothing(capsys: Captured) -> None:
    write("nota.txt")
    assert main(["redact", "--dry-run", "-o", "out", "nota.txt", *SERIAL]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("nota.txt: ")
    assert "out/publication/nota.anon.txt" in out
    assert err == ""
    assert listing() == ["nota.txt"]


def test_a_dry_run_knows_of_existing_outputs() -> None:
    write("nota.txt")
    write("nota.anon.json", "older")
    assert main(["redact", "--dry-run", "nota.txt", *SERIAL]) == 5


def test_terms_and_kept_names_are_heeded() -> None:
    write("nota.txt", f"{NOTA}\nProject Zandloper gaat door.\n")
    write("terms.txt", "verzoekt\n")
    arguments = ["--term", "Project Zandloper", "--keep", "Janneke Zandvoort", "--terms", "terms.txt"]
    assert main(["redact", "nota.txt", *arguments, *SERIAL]) == 0
    published = Path("nota.anon.txt").read_text("utf-8")
    assert "Zandloper" not in published
    assert "verzoekt" not in published
    assert "Janneke Zandvoort" in published


def test_a_redacted_name_is_taken_out_of_the_file_names(capsys: Captured) -> None:
    write("Memo Zandvoort.txt")
    assert main(["redact", "Memo Zandvoort.txt", *SERIAL]) == 0
    assert "a name was taken out of the file name" in capsys.readouterr().err
    assert listing() == [
        "Memo Zandvoort.txt",
        "Memo gelakt.anon.json",
        "Memo gelakt.anon.txt",
        "Memo gelakt.review.html",
    ]
    assert "De bestandsnaam bevat een gelakt woord" in Path("Memo gelakt.review.html").read_text("utf-8")


def test_the_profile_decides_on_the_label() -> None:
    write("nota.txt")
    main(["redact", "nota.txt", "-o", "plain", *SERIAL])
    main(["redact", "nota.txt", "-o", "coded", "--profile", "woo-besluit", *SERIAL])
    assert "[persoonsgegeven]" in Path("plain/publication/nota.anon.txt").read_text("utf-8")
    assert "[5.1.2e]" in Path("coded/publication/nota.anon.txt").read_text("utf-8")


def test_two_inputs_with_one_output_are_refused_before_anything_is_written(capsys: Captured) -> None:
    write("in/nota.txt")
    write("more/nota.txt")
    assert main(["redact", "in/nota.txt", "more/nota.txt", "-o", "out", *SERIAL]) == 2
    assert "would both be written" in capsys.readouterr().err
    assert listing() == ["in/nota.txt", "more/nota.txt"]


# ── Hostile input ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 3),
        (b"   \n", 3),
        (bytes(range(256)) * 40, 3),
        ("een tekst".encode("utf-16"), 3),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, 3),
        (b"%PDF-1.7\n1 0 obj\n" + b"[" * 10_000, 3),
        (b"tekst " * 1000 + b"\xff\xfe", 3),
    ],
    ids=["empty", "blank", "bytes", "utf-16", "pdf-bytes", "nested", "late-bad-byte"],
)
def test_bad_input_ends_with_a_clear_error_and_leaves_nothing(content: bytes, code: int) -> None:
    Path("nota.x").write_bytes(content)
    ended = run("redact", "nota.x")
    assert (ended.returncode, ended.stdout) == (code, "")
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stderr.startswith("woo-anon: nota.x: ")
    assert listing() == ["nota.x"]


def test_a_missing_file_is_code_3(capsys: Captured) -> None:
    assert main(["redact", "none.pdf", *SERIAL]) == 3
    assert "none.pdf" in capsys.readouterr().err


def test_a_folder_without_documents_is_code_3(capsys: Captured) -> None:
    Path("in").mkdir()
    assert main(["redact", "in", *SERIAL]) == 3
    assert "no documents" in capsys.readouterr().err
    assert not Path("in.woo").exists()


def test_an_output_folder_that_is_a_file_is_code_5(capsys: Captured) -> None:
    write("nota.txt")
    write("out", "a file")
    assert main(["redact", "nota.txt", "-o", "out", *SERIAL]) == 5
    assert listing() == ["nota.txt", "out"]


@pytest.mark.parametrize(
    "name", ["met spatie.txt", "ünïcode ☃.txt", "[red]vet[/red].txt", "a\nb.txt", "\x1b[31m.txt", "-x.txt"]
)
def test_odd_names_are_handled_and_printed_on_one_line(capsys: Captured, name: str) -> None:
    write(f"in/{name}")
    assert main(["redact", "in", "-o", "out", *SERIAL]) == 0
    assert Path("out/publication", name.removesuffix(".txt") + ".anon.txt").exists()
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "\x1b" not in err


def test_a_name_that_begins_with_a_dash_can_be_given_after_two_dashes() -> None:
    write("-x.txt")
    assert main(["redact", *SERIAL, "--", "-x.txt"]) == 0
    assert Path("-x.anon.txt").exists()


def test_a_name_without_room_for_the_outputs_is_code_5(capsys: Captured) -> None:
    write(f"{'n' * 251}.txt")
    assert main(["redact", f"{'n' * 251}.txt", *SERIAL]) == 5
    assert "too long" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux")
def test_a_name_that_is_no_text_is_refused_in_plain_words() -> None:
    Path("in").mkdir()
    Path(os.fsdecode(b"in/\xff.txt")).write_text(NOTA)
    ended = run("redact", "in", "--json")
    assert ended.returncode == 3
    assert json.loads(ended.stdout)["source"] == "\udcff.txt"
    assert ended.stderr == "woo-anon: \\udcff.txt: the file's name is no valid text. Rename it.\n"


def test_no_document_text_stands_in_what_is_printed() -> None:
    write("in/a.txt")
    Path("in/b.txt").write_bytes(NOTA.encode() + b"\xff")
    ended = run("redact", "in", "-v", "--json")
    assert ended.returncode == 9
    assert not any(word in ended.stdout + ended.stderr for word in ("Janneke", "andvoort", "minwes", "Opgesteld"))


# ── Broken off ────────────────────────────────────────────────────────────────────────────────────────────────────────


def begin(*arguments: str) -> subprocess.Popen[str]:
    """Start the tool, and wait until it is at work."""
    tool = subprocess.Popen(
        [sys.executable, "-m", "woo_anon.cli.app", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "WOO_ANON_LIMITS_SECONDS": "100"},
    )
    for _ in range(400):
        if Path("out/internal/journal.sqlite").exists():
            return tool
        time.sleep(0.025)
    tool.kill()
    raise AssertionError("no journal was made")


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("delay", [0.0, 2.5])
def test_an_interrupted_run_leaves_nothing_and_gives_code_130(number: signal.Signals, delay: float) -> None:
    write("nota.txt", NOTA * 20_000)
    tool = begin("redact", "nota.txt", "-o", "out")
    time.sleep(delay)
    tool.send_signal(number)
    out, err = tool.communicate(timeout=20)
    assert (tool.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert listing() == ["nota.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="POSIX signals")
def test_a_killed_run_leaves_nothing_once_its_worker_has_noticed() -> None:
    write("nota.txt", NOTA * 20_000)
    tool = begin("redact", "nota.txt", "-o", "out")
    time.sleep(2.5)
    tool.kill()
    tool.communicate()
    for _ in range(100):
        if listing() == ["nota.txt"]:
            return
        time.sleep(0.1)
    assert listing() == ["nota.txt"]


def test_a_reader_that_leaves_ends_the_run_in_silence() -> None:
    for number in range(4):
        write(f"in/{number}.txt")
    tool = subprocess.Popen(
        [sys.executable, "-m", "woo_anon.cli.app", "redact", "in", "--json", "-q"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tool.stdout is not None and tool.stderr is not None
    tool.stdout.close()
    assert tool.wait(60) != 0
    assert tool.stderr.read() == ""
    tool.stderr.close()
    assert not any(".woo-anon-" in name for name in listing())


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No programs at all."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))


def word(name: str) -> Path:
    path = Path(name)
    made = docx.Document()
    paragraph = made.add_paragraph("Opgesteld door Janneke Zandvoort. De minister verzoekt om een besluit.")
    made.add_comment(paragraph.runs, text="Vraag Tjitske Halfwerk nog even.", author="tjhalfw", initials="TH")
    made.save(str(path))
    return path


@pytest.mark.usefixtures("without_office")
def test_without_libreoffice_a_word_document_gets_its_word_version_and_a_notice(capsys: Captured) -> None:
    word("nota.docx")
    assert main(["redact", "nota.docx", *SERIAL]) == 0
    assert "nota.anon.docx" in listing() and "nota.anon.pdf" not in listing()
    err = capsys.readouterr().err
    assert "LibreOffice is missing" in err and "apt install" in err


@pytest.mark.usefixtures("without_office")
def test_a_pdf_that_is_asked_for_and_cannot_be_made_is_a_missing_program(capsys: Captured) -> None:
    word("nota.docx")
    assert main(["redact", "--to", "pdf", "nota.docx", *SERIAL]) == 7
    assert listing() == ["nota.docx"]
    assert "LibreOffice" in capsys.readouterr().err


@pytest.mark.usefixtures("without_office")
def test_a_pdf_that_is_asked_for_stops_no_other_format() -> None:
    write("nota.txt")
    assert main(["redact", "--to", "pdf", "nota.txt", *SERIAL]) == 0


@pytest.mark.usefixtures("without_office")
def test_comments_that_are_kept_stay_without_the_names_of_people(capsys: Captured) -> None:
    word("nota.docx")
    assert main(["redact", "--comments", "keep", "nota.docx", *SERIAL]) == 0
    (comment,) = docx.Document("nota.anon.docx").comments
    assert (comment.text, comment.author) == ("Vraag [persoonsgegeven] nog even.", "[persoonsgegeven]")
    log = json.loads(Path("nota.anon.json").read_text("utf-8"))
    assert 2 in {entry["page"] for entry in log["redactions"]}
    assert "comments" not in log["removed"]
