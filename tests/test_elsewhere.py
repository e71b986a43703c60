"""Folders elsewhere: input and output at addresses, a journal that goes along, and no keys in what is said."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from woo_anon.batch import journal_file, run
from woo_anon.batch.outcome import Outcome
from woo_anon.batch.plan import plan
from woo_anon.cli.app import main
from woo_anon.discover import discover
from woo_anon.errors import ExitCode, MissingError, UsageError
from woo_anon.settings import Settings
from woo_anon.storage import given

SERIAL = Settings(executor="serial")
# Fictitious, as everything here: made for these tests.
NOTA = "Opgesteld door\nJanneke Zandvoort\nj.zandvoort@minwes.nl\n\nDe minister verzoekt om een besluit.\n"
IN, OUT = "memory://woo/in", "memory://woo/out"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[fsspec.AbstractFileSystem]:
    """A store in memory with two documents, and no state or settings of the user's."""
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    filesystem = fsspec.filesystem("memory")
    filesystem.pipe({"/woo/in/a.txt": NOTA.encode(), "/woo/in/sub/b.txt": b"Er is geen bezwaar.\n"})
    yield filesystem
    filesystem.rm("/woo", recursive=True)


def redact(settings: Settings = SERIAL) -> list[Outcome]:
    return list(run.redact(plan(discover([IN], OUT), OUT), settings))


def stored(store: fsspec.AbstractFileSystem) -> dict[str, bytes]:
    """What stands in the output folder, but for the journal."""
    found = {name.removeprefix("/woo/out/"): store.cat(name) for name in store.find("/woo/out")}
    return {name: content for name, content in found.items() if "journal" not in name}


def test_a_folder_at_an_address_gives_what_one_on_disk_gives(store: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    assert [outcome.failure for outcome in redact()] == [None, None]
    store.get("/woo/in/", str(tmp_path / "in"), recursive=True)
    list(run.redact(plan(discover([tmp_path / "in"]), tmp_path / "out"), SERIAL))
    on_disk = {path.relative_to(tmp_path / "out").as_posix(): path for path in (tmp_path / "out").rglob("*.*")}
    public = {name: path.read_bytes() for name, path in on_disk.items() if name.startswith("publication/")}
    assert {name: content for name, content in stored(store).items() if name.startswith("publication/")} == public
    assert "internal/sub/b.review.html" in stored(store)


def test_outcomes_name_the_addresses_of_the_outputs() -> None:
    first, _ = redact()
    assert [placed.path for placed in first.outputs] == [
        f"{OUT}/internal/a.review.zip",
        f"{OUT}/internal/a.review.html",
        f"{OUT}/publication/a.anon.json",
        f"{OUT}/publication/a.anon.txt",
    ]


def test_a_second_run_leaves_what_is_done_and_does_what_changed(store: fsspec.AbstractFileSystem) -> None:
    redact()
    assert [outcome.unchanged for outcome in redact()] == [True, True]
    store.pipe("/woo/in/a.txt", f"{NOTA}Nog een regel.\n".encode())
    assert [outcome.unchanged for outcome in redact()] == [False, True]
    assert b"Nog een regel." in stored(store)["publication/a.anon.txt"]


def test_the_journal_goes_along_so_that_another_machine_can_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    redact()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    assert [outcome.unchanged for outcome in redact()] == [True, True]
    with journal_file.read(OUT) as opened:
        assert [entry.name for entry in opened.entries()] == ["a.txt", "sub/b.txt"]


def test_a_file_of_somebody_else_under_a_final_name_stays(store: fsspec.AbstractFileSystem) -> None:
    store.pipe("/woo/out/publication/a.anon.txt", b"somebody else's")
    first, second = redact()
    assert first.failure is not None and first.failure.exit_code is ExitCode.OUTPUT
    assert second.failure is None
    assert stored(store)["publication/a.anon.txt"] == b"somebody else's"


def test_what_now_fails_is_no_longer_published(store: fsspec.AbstractFileSystem) -> None:
    redact()
    store.pipe("/woo/in/a.txt", NOTA.encode() + b"\xff")
    redact()
    assert "publication/a.anon.txt" not in stored(store)
    assert "internal/superseded/a.anon.txt" in stored(store)


def test_an_upload_that_fails_leaves_nothing(store: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = type(store).put_file

    def full(self: object, source: str, path: str, **options: object) -> None:
        if path.endswith("a.anon.txt"):
            raise OSError(28, "No space left on device")
        sound(self, source, path, **options)

    monkeypatch.setattr(type(store), "put_file", full)
    first, second = redact()
    assert first.failure is not None and "No space left" in first.failure.message
    assert second.failure is None
    assert [name for name in stored(store) if "/a." in name] == []


def test_the_command_line_takes_addresses(store: fsspec.AbstractFileSystem, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["redact", IN, "-o", OUT, "--executor", "serial"]) == 0
    assert main(["status", OUT, "--json"]) == 0
    out = capsys.readouterr().out
    assert [json.loads(line)["status"] for line in out.splitlines()] == ["done", "done"]
    assert main(["redact", IN, "--executor", "serial"]) == ExitCode.USAGE


def test_a_file_address_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "met spatie").mkdir()
    (tmp_path / "met spatie" / "nota.txt").write_text(NOTA)
    address = (tmp_path / "met spatie").as_uri()
    assert main(["redact", address, "-o", (tmp_path / "out").as_uri(), "--executor", "serial", "-q"]) == 0
    assert (tmp_path / "out" / "publication" / "nota.anon.txt").exists()


def test_keys_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as raised:
        given("s3://AKIAEXAMPLE:geheim@bucket/map")
    assert "geheim" not in str(raised.value) and "AKIA" not in str(raised.value)


def test_an_unknown_kind_of_address_is_told_in_plain_words() -> None:
    with pytest.raises(UsageError, match="nergens"):
        given("nergens://a/b")


def test_a_kind_whose_library_is_missing_is_told_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MissingError, match="s3://"):
        given("s3://bucket/map")


def test_an_empty_address_is_code_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["redact", "memory://woo/nothing", "-o", OUT, "--executor", "serial"]) == ExitCode.UNREADABLE
    assert "no documents" in capsys.readouterr().err


def test_the_journal_that_goes_along_is_whole(store: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    redact()
    copy = tmp_path / "copy.sqlite"
    copy.write_bytes(store.cat("/woo/out/internal/journal.sqlite"))
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
