"""Audits small PDFs and picks issues by code. Names in them are fictitious, made for these tests."""

from __future__ import annotations

from pathlib import Path

from attacks import MARKER, Attack, make

from woo_anon.audit import audit_file
from woo_anon.audit.codes import Severity
from woo_anon.audit.issue import Issue


def audited(path: Path, names: tuple[str, ...] = ()) -> tuple[Issue, ...]:
    """All issues of a file."""
    return audit_file(path.read_bytes(), path.name, names).issues


def found(path: Path, names: tuple[str, ...] = ()) -> set[str]:
    """The codes of its leaks and risks."""
    return {issue.code for issue in audited(path, names) if issue.severity is not Severity.NOTE}


def drawn(tmp_path: Path, content: str, attack: Attack | None = None) -> Path:
    """A page with this content; font F1 is Helvetica."""
    return make(tmp_path / "file.pdf", attack, content)


def only(path: Path, code: str) -> Issue:
    """The one issue with this code."""
    (issue,) = [issue for issue in audited(path) if issue.code == code]
    return issue


__all__ = ["MARKER", "audited", "drawn", "found", "only"]
