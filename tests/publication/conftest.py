"""An output folder as `woo-anon redact` makes it. Everybody in it is invented."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from organisation import SETTINGS

from woo_anon.cli.app import main
from woo_anon.errors import ExitCode

DOCUMENTS = {
    "verslag.txt": "Verslag van het overleg over de brug.\n\nDe brug gaat in mei open.\n",
    "dossier Wolvendaal/brief.txt": "Brief van mevrouw K. Wolvendaal, k.wolvendaal@oudewater.example.\n",
    "dossier Wolvendaal/nota Halfwerk.txt": "Nota van de heer J. Halfwerk, telefoon 06-12345678.\n",
}


@pytest.fixture(scope="session")
def redacted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three documents, redacted: one has nothing to redact, one a name that tells. Not to be written in."""
    folder = tmp_path_factory.mktemp("redacted")
    for name, text in DOCUMENTS.items():
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_text(text, encoding="utf-8")
    assert (
        main(["redact", str(folder / "in"), "-o", str(folder / "out"), "--executor", "serial", "-q"]) == ExitCode.DONE
    )
    return folder / "out"


@pytest.fixture
def folder(redacted: Path, tmp_path: Path) -> Path:
    """A copy of the output folder."""
    return Path(shutil.copytree(redacted, tmp_path / "out"))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings that say all that a publication needs."""
    path = tmp_path / "own.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    return path
