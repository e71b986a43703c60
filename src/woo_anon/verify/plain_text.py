"""Checks of a written text file: the redacted strings are gone and the rest stands as it stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from woo_anon.document import Check, Document, Redaction
from woo_anon.verify.checks import check_none
from woo_anon.verify.strings import count, gone, plain


def check_text(target: Path, document: Document, redactions: Sequence[Redaction]) -> Iterator[Check]:
    """All checks on the text file `target`."""
    written = target.read_bytes().decode("utf-8")
    seen = plain(written)
    left = [string.number for string in gone(document, redactions) if count(string.text, seen) > string.allowed]
    yield check_none("redacted-strings-gone", "redactions", left)
    moved = _first_difference(written, document.text, redactions)
    yield Check("other-text-unchanged", moved is None, "" if moved is None else f"before redaction {moved}")


def _first_difference(written: str, text: str, redactions: Sequence[Redaction]) -> int | None:
    """Number of the redaction before which the text is not the source's any more; None when all of it is."""
    at = seen = 0
    ordered = sorted(redactions, key=lambda redaction: redaction.decision.span)
    for redaction in ordered:
        between = text[at : redaction.decision.span.start]
        if not written.startswith(between, seen):
            return redaction.number
        seen += len(between)
        end = written.find("]", seen)
        if not written.startswith("[", seen) or end < 0:
            return redaction.number
        seen, at = end + 1, redaction.decision.span.end
    return None if written[seen:] == text[at:] else len(ordered) + 1
