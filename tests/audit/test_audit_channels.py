"""Every channel of the table of leaks that `audit` knows, each with a marker in one place."""

from __future__ import annotations

from pathlib import Path

import attacks
import pytest
from attacks import BESIDE, make
from audited import MARKER, audited, found

EXPECTED = {
    "info": {"author", "custom-property"},
    "outline": {"outline"},
    "page label": {"outline"},
    "JavaScript name tree": {"javascript"},
    "OpenAction": {"javascript"},
    "AA of the catalog": {"javascript"},
    "AA of a page": {"javascript"},
    "PieceInfo of the catalog": {"private-data"},
    "PieceInfo of a page": {"private-data"},
    "thumbnail": {"thumbnail"},
    "comment": {"comment", "comment-author"},
    "form field": {"form-value"},
    "XFA": {"xfa"},
    "attached file": {"attachment"},
    "named destination": {"outline"},
    "mailto link": {"mail-link"},
    "URI base": {"stray-string"},
    "SpiderInfo": {"stray-string"},
    "threads": {"stray-string"},
    "collection": {"stray-string"},
    "unknown catalog key": {"stray-string"},
    "trailer key": {"stray-string"},
    "hidden layer": {"hidden-layer"},
}


@pytest.mark.parametrize("channel", EXPECTED)
def test_a_channel_is_found(channel: str, tmp_path: Path) -> None:
    path = make(tmp_path / "file.pdf", BESIDE[channel], "BT /F1 12 Tf 72 700 Td (Beste allen tot ziens) Tj ET")
    assert found(path) == EXPECTED[channel]


def test_a_page_without_anything_beside_it_is_clean(tmp_path: Path) -> None:
    assert found(make(tmp_path / "file.pdf")) == set()


def test_what_is_said_stands_in_the_text_of_the_issue_alone(tmp_path: Path) -> None:
    for issue in audited(make(tmp_path / "file.pdf", attacks.info)):
        assert MARKER not in issue.detail + issue.place.what
