"""The scripts of the training project use what the package has."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDERS = [Path(__file__).parents[2] / name for name in ("models/scripts", "benchmarks")]
SCRIPTS = sorted(path for folder in FOLDERS for path in folder.glob("*.py"))


def imported(script: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("woo_anon"):
            yield from ((node.module or "", alias.name) for alias in node.names)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_what_a_script_imports_is_there(script: Path) -> None:
    for module, name in imported(script):
        holder = importlib.import_module(module)
        assert hasattr(holder, name) or importlib.import_module(f"{module}.{name}")
