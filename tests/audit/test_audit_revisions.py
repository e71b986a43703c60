"""Earlier states of a file."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdf
from attacks import make
from audited import MARKER, found, only
from pdf_files import CATALOG, FONT, PAGES, page, stream, written

from woo_anon.audit.codes import Severity
from woo_anon.audit.revisions import revision_ends


def saved_again(path: Path, content: bytes) -> Path:
    """The file with its page's content replaced by an incremental update, as editors do it."""
    before = path.read_bytes()
    reader = pypdf.PdfReader(path)
    number = reader.pages[0].raw_get("/Contents").idnum
    update = b"\n%d 0 obj\n%s\nendobj\n" % (number, stream(content))
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, len(before) + 1)
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    root = reader.trailer.raw_get("/Root").idnum
    size, prev = int(reader.trailer["/Size"]), int(before.rsplit(b"startxref", 1)[1].split()[0])
    path.write_bytes(before + update + table + trailer % (size, root, prev, len(before) + len(update)))
    return path


def note(tmp_path: Path, text: bytes = b"BT /F1 12 Tf 50 50 Td (Beste Zwartemans) Tj ET", *more: bytes) -> Path:
    return written(tmp_path / "file.pdf", CATALOG, PAGES, page(), stream(text), FONT, *more)


def test_text_of_an_earlier_revision_that_is_gone_is_a_leak(tmp_path: Path) -> None:
    path = saved_again(note(tmp_path), b"BT /F1 12 Tf 50 50 Td (Beste allen) Tj ET")
    issue = only(path, "earlier-revision")
    assert (issue.severity, issue.text, issue.detail) == (Severity.LEAK, MARKER.casefold(), "1 words")
    assert issue.place.what == "revision 1 of 2"


def test_an_earlier_revision_from_which_nothing_was_taken_is_a_note(tmp_path: Path) -> None:
    path = saved_again(note(tmp_path), b"BT /F1 12 Tf 50 50 Td (Beste Zwartemans, welkom) Tj ET")
    assert only(path, "revisions").severity is Severity.NOTE
    assert found(path) == set()


def test_a_name_that_now_stands_less_often_is_a_leak(tmp_path: Path) -> None:
    twice = note(tmp_path, b"BT /F1 12 Tf 50 50 Td (Zwartemans en Zwartemans) Tj ET")
    assert found(saved_again(twice, b"BT /F1 12 Tf 50 50 Td (Zwartemans en) Tj ET")) == {"earlier-revision"}


def test_a_linearised_file_has_one_revision(tmp_path: Path) -> None:
    with pikepdf.open(make(tmp_path / "bron.pdf")) as pdf:
        pdf.save(tmp_path / "web.pdf", linearize=True)
    content = (tmp_path / "web.pdf").read_bytes()
    assert content.count(b"%%EOF") == 2
    assert len(revision_ends(content)) == 1
    assert found(tmp_path / "web.pdf") == set()
