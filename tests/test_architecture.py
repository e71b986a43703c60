"""The rules on imports (docs/architecture.md): stated in pyproject.toml, kept by import-linter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {
    "spacy",
    "presidio_analyzer",
    "presidio_anonymizer",
    "pikepdf",
    "pypdf",
    "pypdfium2",
    "fontTools",
    "jinja2",
    "numpy",
}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def test_imports_keep_to_the_layers() -> None:
    outcome = run(
        sys.executable, "-c", "from importlinter.cli import lint_imports as l; exit(l(no_cache=True, no_logo=True))"
    )
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("module", ["woo_anon", "woo_anon.cli.app", "woo_anon.settings"])
def test_importing_what_help_needs_loads_no_heavy_library(module: str) -> None:
    code = f"import {module}, sys; print(*sorted({HEAVY!r} & set(sys.modules)))"
    outcome = run(sys.executable, "-c", code)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.strip() == ""


def test_importing_the_whole_package_leaves_logging_alone() -> None:
    code = """
import importlib, logging, pkgutil, woo_anon
before = logging.root.level, list(logging.root.handlers)
for module in pkgutil.walk_packages(woo_anon.__path__, "woo_anon."):
    importlib.import_module(module.name)
assert (logging.root.level, logging.root.handlers) == before
"""
    outcome = run(sys.executable, "-c", code)
    assert outcome.returncode == 0, outcome.stderr
