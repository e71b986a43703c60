"""Objects that nothing leads to."""

from __future__ import annotations

from pathlib import Path

from audited import MARKER, found, only
from pdf_files import CATALOG, FONT, PAGES, page, stream, written


def note(tmp_path: Path, text: bytes = b"BT /F1 12 Tf 50 50 Td (Beste Zwartemans) Tj ET", *more: bytes) -> Path:
    return written(tmp_path / "file.pdf", CATALOG, PAGES, page(), stream(text), FONT, *more)


def test_content_to_which_nothing_leads_is_a_leak(tmp_path: Path) -> None:
    path = note(tmp_path, b"BT /F1 12 Tf 50 50 Td (Beste allen) Tj ET", stream(b"BT (Zwartemans) Tj ET"))
    issue = only(path, "orphaned-text")
    assert (issue.place.what, issue.text) == ("object 6", MARKER)


def test_strings_to_which_nothing_leads_are_a_risk(tmp_path: Path) -> None:
    path = note(tmp_path, b"BT /F1 12 Tf 50 50 Td (Beste allen) Tj ET", b"<</T(Zwartemans)>>")
    assert found(path) == {"orphaned-string"}


def test_an_orphan_that_repeats_what_the_page_shows_is_left(tmp_path: Path) -> None:
    text = b"BT /F1 12 Tf 50 50 Td (Beste Zwartemans) Tj ET"
    assert found(note(tmp_path, text, stream(text))) == set()


def test_an_object_that_no_table_knows_is_found(tmp_path: Path) -> None:
    path = note(tmp_path, b"BT /F1 12 Tf 50 50 Td (Beste allen) Tj ET")
    lost = b"9 0 obj\n" + stream(b"BT (Zwartemans) Tj ET") + b"\nendobj\n"
    head, table = path.read_bytes().split(b"xref\n0", 1)
    start = b"startxref\n%d\n" % len(head)
    path.write_bytes((head + lost + b"xref\n0" + table).replace(start, b"startxref\n%d\n" % (len(head) + len(lost))))
    assert only(path, "orphaned-text").place.what == "object 9, in no table"
