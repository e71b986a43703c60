"""Fixtures of the log's and the report's tests."""

from __future__ import annotations

import pytest
from fictitious_note import Case, make


@pytest.fixture
def note() -> Case:
    return make()
