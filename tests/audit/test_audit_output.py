"""What woo-anon writes itself audits clean, and the report says what was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attacks import BESIDE, MARKER, SHOWN, info, make
from audited import NAMES, audited, drawn, found
from redacting import redact

from woo_anon.audit import _closed
from woo_anon.audit.codes import CODES
from woo_anon.audit.issue import Audit, Issue, Place
from woo_anon.audit.report import Audited, render


@pytest.mark.parametrize("channel", ["info", "xmp", "outline", "comment", "attached file", "form field", "thumbnail"])
def test_a_file_that_was_redacted_is_clean(channel: str, tmp_path: Path) -> None:
    done = redact(make(tmp_path / "file.pdf", BESIDE[channel]), [MARKER])
    assert found(done.target) == set()


@pytest.mark.parametrize("way", ["Tj", "TJ in pieces", "rotated", "rise and scaling", "mirrored page"])
def test_a_file_is_clean_whatever_way_the_text_was_shown(way: str, tmp_path: Path) -> None:
    done = redact(make(tmp_path / "file.pdf", None, SHOWN[way]), [MARKER], label="5.1.2e")
    assert found(done.target) == set()


def test_the_boxes_of_a_redacted_file_tell_no_name(tmp_path: Path) -> None:
    done = redact(make(tmp_path / "file.pdf", None, SHOWN["Tj"]), [MARKER])
    assert found(done.target, (MARKER, *NAMES)) == set()


def test_the_documentation_lists_every_code_with_its_severity() -> None:
    rows = (Path(__file__).parents[2] / "docs" / "audit.md").read_text("utf-8").splitlines()
    listed = {tuple(cell.strip(" `") for cell in row.split("|")[1:3]) for row in rows if row.startswith("| `")}
    assert {(code, known.severity.value) for code, known in CODES.items()} <= listed


def test_a_check_that_breaks_counts_as_an_issue() -> None:
    def breaks() -> Iterator[Issue]:
        yield Issue("comment", Place(1))
        raise KeyError("Zwartemans")

    issues = list(_closed(breaks, Place(what="comments")))
    assert [issue.code for issue in issues] == ["comment", "not-checked"]
    assert MARKER not in repr(issues)


def page_of(path: Path, *, text: bool, name: str = "nota.pdf") -> str:
    return render([Audited(name, Audit(1, audited(path)))], text)


def test_the_report_stands_by_itself_and_is_dutch(tmp_path: Path) -> None:
    page = page_of(drawn(tmp_path, "BT /F1 12 Tf 72 700 Td (Jansen) Tj ET 60 690 90 30 re f"), text=False)
    assert '<html lang="nl">' in page
    assert "Tekst onder een vlak" in page
    assert "http://" not in page and "https://" not in page and "<script" not in page


def test_the_report_shows_text_only_when_asked_for(tmp_path: Path) -> None:
    path = make(tmp_path / "file.pdf", info)
    assert MARKER not in page_of(path, text=False)
    assert MARKER in page_of(path, text=True)
    assert "NIET OPENBAAR" in page_of(path, text=True)


def test_what_comes_from_a_file_is_escaped_in_the_report(tmp_path: Path) -> None:
    page = page_of(make(tmp_path / "file.pdf", info), text=True, name="<img src=x>.pdf")
    assert "<img src=x>" not in page


def test_a_file_that_was_not_read_stands_in_the_report_with_the_reason() -> None:
    assert "needs a password" in render([Audited("a.pdf", None, "a.pdf: the PDF needs a password.")], text=False)
