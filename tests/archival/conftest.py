"""veraPDF for the tests: one process for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from verapdf import VeraPdf, missing


@pytest.fixture(scope="session")
def vera() -> Iterator[VeraPdf]:
    """The running validator. Where it cannot run the test is skipped, but in CI it fails."""
    reason = missing()
    if reason is not None and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if reason is not None:
        pytest.skip(reason)
    with VeraPdf() as running:
        yield running
