"""A batch that was killed and given again leaves what an undisturbed one leaves."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

# Fictitious, as everything here: made for these tests.
NOTA = "Opgesteld door\nJanneke Zandvoort\nj.zandvoort@minwes.nl\n\nDe minister verzoekt om een besluit.\n"


def command(folder: Path, output: str) -> list[str]:
    return [sys.executable, "-m", "woo_anon.cli.app", "redact", str(folder / "in"), "-o", str(folder / output), "-q"]


def standing(folder: Path) -> list[Path]:
    """The files that stand there, but for the journal's. Folders may go meanwhile: workers whose run was killed clean
    up."""
    files = (Path(at) / name for at, _, names in os.walk(folder) for name in names)
    return [file for file in files if not file.name.startswith("journal.")]


def contents(folder: Path) -> dict[str, bytes]:
    found = {}
    for file in standing(folder):
        with contextlib.suppress(FileNotFoundError):  # a temporary one that was just cleaned up
            found[file.relative_to(folder).as_posix()] = file.read_bytes()
    return found


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_killed_at_several_moments_and_resumed_it_leaves_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nobody"))
    (tmp_path / "in").mkdir()
    for number in range(8):
        text = f"{NOTA}\nBel 06 1234567{number}.\n" * (1 + 20 * (number % 3))
        (tmp_path / "in" / f"{number}.txt").write_text(text, "utf-8")
    assert subprocess.run(command(tmp_path, "calm"), check=False).returncode == 0
    expected = contents(tmp_path / "calm")
    killed = 0
    for wanted in (0, 1, 4, 12, 20, 27):  # files that stand when it is killed
        tool = subprocess.Popen(command(tmp_path, "killed"), start_new_session=True)
        while tool.poll() is None and len(standing(tmp_path / "killed")) < wanted:
            time.sleep(0.01)
        if tool.poll() is None:
            os.killpg(tool.pid, signal.SIGKILL)
            killed += 1
        tool.wait()
        half = contents(tmp_path / "killed")
        assert {name: half[name] for name in expected if name in half} == {
            name: expected[name] for name in expected if name in half
        }
    assert killed >= 3
    assert subprocess.run(command(tmp_path, "killed"), check=False).returncode == 0
    assert contents(tmp_path / "killed") == expected
