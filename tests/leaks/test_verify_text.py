"""Verification of text files."""

from __future__ import annotations

from pathlib import Path

from redacting import decision

from woo_anon.document import Document, Page, Redaction, Verification
from woo_anon.spans import Span
from woo_anon.verify import verify


def _verified(tmp_path: Path, text: str, written: str, *spans: tuple[int, int]) -> Verification:
    document = Document("note.txt", "text", text, (Page(1, 0, len(text)),))
    redactions = [Redaction(n, decision(Span(*span))) for n, span in enumerate(spans, start=1)]
    target = tmp_path / "note.anon.txt"
    target.write_text(written, encoding="utf-8", newline="")
    return verify(tmp_path / "note.txt", target, document, redactions)


def _failed(result: Verification) -> list[str]:
    return [check.name for check in result.checks if not check.passed]


def test_a_redacted_name_may_stay_inside_another_word(tmp_path: Path) -> None:
    assert _verified(tmp_path, "Jan in Januari\r\n", "[5.1.2e] in Januari\r\n", (0, 3)).passed


def test_a_kept_mention_of_the_same_name_may_stay(tmp_path: Path) -> None:
    assert _verified(tmp_path, "Van Haga en lid Van Haga", "[5.1.2e] en lid Van Haga", (0, 8)).passed


def test_a_name_that_was_not_replaced_fails(tmp_path: Path) -> None:
    assert "redacted-strings-gone" in _failed(_verified(tmp_path, "dag Okkerse", "dag Okkerse", (4, 11)))


def test_other_text_that_changed_fails(tmp_path: Path) -> None:
    assert _failed(_verified(tmp_path, "dag Okkerse, tot ziens", "dag [5.1.2e], tot zo", (4, 11))) == [
        "other-text-unchanged"
    ]


def test_an_output_that_cannot_be_read_fails(tmp_path: Path) -> None:
    document = Document("note.txt", "text", "dag", (Page(1, 0, 3),))
    assert not verify(tmp_path / "note.txt", tmp_path / "missing.txt", document, []).passed


def test_an_unknown_format_fails(tmp_path: Path) -> None:
    document = Document("note.odd", "odd", "dag", (Page(1, 0, 3),))
    assert _failed(verify(tmp_path / "note.odd", tmp_path / "note.odd", document, [])) == ["known-format"]
