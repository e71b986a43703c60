"""What a document lacks."""

from __future__ import annotations

from pathlib import Path

from attacks import make
from audited import audited

from woo_anon.audit.codes import Severity


def test_missing_tags_language_and_title_are_notes(tmp_path: Path) -> None:
    codes = {issue.code for issue in audited(make(tmp_path / "file.pdf")) if issue.severity is Severity.NOTE}
    assert {"untagged", "no-language", "no-title"} <= codes
