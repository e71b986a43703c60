"""Dossiers for the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossier import NOTE, REPORT, Dossier


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """Two documents, redacted: a note with people in it, and a report without anybody."""
    return Dossier(tmp_path, nota=NOTE, verslag=REPORT).redact("--profile", "woo-besluit")
