"""An output folder under review, and a reviewer at the application over it."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reviewing import HOSTILE, HOSTILE_NAME, MAIL, REVIEW_ALL, SECOND, Reviewer, enter, note, redacted, serving


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two texts, a PDF of three pages, and a text with a hostile name; all that is found is put to review."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "in").mkdir()
    (folder / "in" / "a mail.txt").write_text(MAIL, encoding="utf-8")
    (folder / "in" / "b mail.txt").write_text(SECOND, encoding="utf-8")
    (folder / "in" / HOSTILE_NAME).write_text(HOSTILE, encoding="utf-8")
    pages = [["Opgesteld door: Tjitske Oldeboom", "Aan: minister Hermans", "Kenmerk: Blauwbaard"], ["Niets te zien."],
             ["Met vriendelijke groet,", "Roelof van Hezik"]]  # fmt: skip
    note(folder / "in" / "nota.pdf", pages)
    (folder / "alles.toml").write_text(REVIEW_ALL, encoding="utf-8")
    redacted(folder / "in", folder / "out", "--profile", str(folder / "alles.toml"), "--no-dossier")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """The output folder, for one test to change."""
    return Path(shutil.copytree(made / "out", tmp_path / "out"))


@pytest.fixture
def reviewer(folder: Path) -> Iterator[Reviewer]:
    """Anna, at the application over the folder."""
    with serving(folder, "anna") as address:
        yield enter(address)


@pytest.fixture
def numbers(reviewer: Reviewer) -> Callable[[str], str]:
    """The path of the document of which the name begins so."""

    def path(name: str) -> str:
        _, page, _ = reviewer.get("/")
        return re.search(rf'<a href="(/document/\d+)">{re.escape(name)}', page)[1]

    return path
