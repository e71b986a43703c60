"""The command line around the main job: help, version, settings, doctor, and what errors look like."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from woo_anon import __version__
from woo_anon.cli.app import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder and a configuration folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("HOME", str(tmp_path))


def test_help_goes_to_stdout_and_names_every_command(capsys: Captured) -> None:
    assert main(["--help"]) == 0
    out, err = capsys.readouterr()
    assert all(command in out for command in ("redact", "scan", "doctor", "config"))
    assert err == ""


@pytest.mark.parametrize("command", ["redact", "scan", "doctor", "config"])
def test_every_command_has_help(capsys: Captured, command: str) -> None:
    assert main([command, "-h"]) == 0
    assert "Usage: woo-anon" in capsys.readouterr().out


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom woo_anon.cli.app import main\nmain(['--help'])\n"
        "heavy = {'spacy', 'numpy', 'presidio_analyzer', 'pikepdf', 'pypdfium2', 'rich', 'jinja2', 'pypdf'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_parent_of_the_workers_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "nota.txt").write_text("Een nota zonder namen.")
    script = (
        "import sys\nfrom woo_anon.cli.app import main\nmain(['scan', '--json', 'nota.txt'])\n"
        "heavy = {'spacy', 'numpy', 'presidio_analyzer', 'pikepdf', 'pypdfium2', 'jinja2', 'woo_anon.pipeline'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_version_is_the_packages(capsys: Captured) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"woo-anon {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["redact"], ["unknown"], ["scan", "--unknown", "x"], ["redact", "--jobs", "many", "x"]]
)
def test_wrong_use_is_code_2_on_stderr(capsys: Captured, arguments: list[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Usage: woo-anon" in err


def test_config_show_prints_every_setting_with_its_origin(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("woo-anon.toml").write_text('profile = "woo-besluit"\n[limits]\nseconds = 9')
    monkeypatch.setenv("WOO_ANON_JOBS", "3")
    assert main(["config", "show"]) == 0
    shown = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    file = Path("woo-anon.toml").absolute()
    assert f'profile = "woo-besluit" # {file}' in shown
    assert f"limits.seconds = 9 # {file}" in shown
    assert "jobs = 3 # WOO_ANON_JOBS" in shown
    assert 'review = "redact" # default' in shown


def test_config_show_as_json(capsys: Captured) -> None:
    assert main(["config", "show", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["settings"]["profile"] == {"value": "beslisnota", "origin": "default"}


def test_what_config_show_prints_can_be_read_back(capsys: Captured) -> None:
    Path("woo-anon.toml").write_text('terms = ["Zandloper \\"II\\"", "é"]\n[limits]\nseconds = 9')
    main(["config", "show"])
    shown = capsys.readouterr().out
    Path("own.toml").write_text("\n".join(line for line in shown.splitlines() if "_file" not in line), "utf-8")
    Path("woo-anon.toml").unlink()
    assert main(["config", "show", "--config", "own.toml"]) == 0
    values = [line.rpartition("#")[0] for line in capsys.readouterr().out.splitlines()]
    assert values == [line.rpartition("#")[0] for line in shown.splitlines()]


def test_config_path_lists_the_files_in_force(capsys: Captured, tmp_path: Path) -> None:
    user = tmp_path / "user" / "woo-anon" / "woo-anon.toml"
    user.parent.mkdir(parents=True)
    user.touch()
    Path("woo-anon.toml").touch()
    assert main(["config", "path"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[0] == str(Path("woo-anon.toml").absolute())
    assert sys.platform != "linux" or listed[1:] == [str(user)]


def test_an_unknown_setting_is_code_8_with_the_likely_name(capsys: Captured) -> None:
    Path("woo-anon.toml").write_text("profil = 'x'")
    Path("nota.txt").write_text("Een nota.")
    assert main(["scan", "nota.txt"]) == 8
    out, err = capsys.readouterr()
    assert out == ""
    assert "unknown key profil. Did you mean profile?" in err
    assert len(err.splitlines()) == 1


def test_an_unknown_profile_is_code_8(capsys: Captured) -> None:
    Path("nota.txt").write_text("Een nota.")
    assert main(["redact", "nota.txt", "--profile", "onbekend", "--executor", "serial"]) == 8
    assert "onbekend" in capsys.readouterr().err
    assert [path.name for path in Path().iterdir()] == ["nota.txt"]


def test_the_dask_executor_without_dask_is_code_7(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    Path("nota.txt").write_text("Een nota.")
    assert main(["scan", "nota.txt", "--executor", "dask"]) == 7
    assert "woo-anon[dask]" in capsys.readouterr().err


def test_doctor_finds_everything_here(capsys: Captured) -> None:
    assert main(["doctor"]) == 0
    out, err = capsys.readouterr()
    assert "MISSING" not in out
    assert all(name in out for name in ("python", "spacy", "pikepdf", "model"))
    assert err == ""


def test_doctor_as_json(capsys: Captured) -> None:
    assert main(["doctor", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["healthy"] is True
    parts = {part["name"]: part for part in found["parts"]}
    assert parts["pypdfium2"]["version"]
    assert parts["model"]["present"] is True


def test_doctor_says_what_is_missing_and_gives_code_7(tmp_path: Path) -> None:
    # In a process of its own, where a library's metadata cannot be found.
    script = (
        "import importlib.metadata as m, sys\nfound = m.version\n"
        "def version(name):\n    if name == 'pikepdf': raise m.PackageNotFoundError(name)\n    return found(name)\n"
        "m.version = version\nfrom woo_anon.cli.app import main\nsys.exit(main(['doctor']))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.returncode == 7
    assert "MISSING pikepdf" in ended.stdout
