"""What no reader asks for is not in the publication version, on pages without redactions either."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from redacting import redact
from scanner import places_of
from unasked import LOOKS_THE_SAME, NAME, NOBODY_ASKS, READERS_DIFFER, holds_itself, make_with

from woo_anon.verify import verify

WAYS = NOBODY_ASKS | LOOKS_THE_SAME


@pytest.mark.parametrize("way", WAYS)
def test_a_short_name_where_nobody_asks_is_gone_and_the_page_looks_the_same(way: str, tmp_path: Path) -> None:
    source = make_with(tmp_path / "note.pdf", WAYS[way])
    done = redact(source, [NAME])
    assert done.written.pages_as_images == ()
    assert places_of(NAME, done.target) == []
    failed = [check for check in verify(source, done.target, done.document, done.redactions).checks if not check.passed]
    assert failed == []
    assert _picture(done.target) == _picture(source)


@pytest.mark.parametrize("way", READERS_DIFFER)
def test_a_page_that_readers_see_differently_for_it_becomes_a_picture(way: str, tmp_path: Path) -> None:
    source = make_with(tmp_path / "note.pdf", READERS_DIFFER[way])
    done = redact(source, [NAME])
    assert done.written.pages_as_images == ((2, "content:operands"),)
    assert places_of(NAME, done.target) == []


def test_what_holds_itself_is_cleaned_all_the_same(tmp_path: Path) -> None:
    done = redact(make_with(tmp_path / "note.pdf", holds_itself), [NAME])
    assert places_of(NAME, done.target) == []


def _picture(path: Path) -> bytes:
    """Page 2 as anybody sees it."""
    document = pypdfium2.PdfDocument(path)
    pixels = document[1].render(scale=1).to_numpy().tobytes()
    document.close()
    return pixels
