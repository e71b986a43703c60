"""Redacts words in a PDF the way the pipeline does, without detection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from woo_anon.document import Action, Decision, Document, Entity, Redaction, Role, Written
from woo_anon.formats.pdf.read import read
from woo_anon.formats.pdf.write import write
from woo_anon.geometry import Box, Place
from woo_anon.spans import Span


@dataclass(frozen=True)
class Redacted:
    """A redacted file and what it was made from."""

    source: Path
    target: Path
    document: Document
    redactions: tuple[Redaction, ...]
    written: Written


def decision(span: Span, label: str = "5.1.2e") -> Decision:
    """A decision to redact a name."""
    return Decision(span, Entity.PERSON, Action.REDACT, Role.CIVIL_SERVANT, "5.1.2e", label, "test", 1.0, "test")


def redact(
    source: Path,
    words: Sequence[str],
    *,
    label: str = "5.1.2e",
    boxes: Sequence[Box] = (),
    document: Document | None = None,
    keep_layout: bool = False,
) -> Redacted:
    """Redact every occurrence of `words` on the pages of `source`, and what lies under `boxes` of page 1."""
    document = document or read(source)
    source = handled(source, document)
    spans = sorted(span for word in words for span in _spans(document.text, word))
    redactions = [Redaction(n, decision(span, label), document.places(span)) for n, span in enumerate(spans, start=1)]
    for box in boxes:
        number = len(redactions) + 1
        redactions.append(Redaction(number, decision(Span(0, 1), label), (Place(1, box),)))
    target = source.with_name(f"{source.stem}.anon.pdf")
    written = write(source, target, document, redactions, keep_layout=keep_layout)
    return Redacted(source, target, document, written.redactions, written)


def handled(source: Path, document: Document) -> Path:
    """What is redacted: the source, or the copy that reading prepared of it."""
    if document.prepared is None:
        return source
    copy = source.with_name(f"{source.stem}.prepared.pdf")
    copy.write_bytes(document.prepared.content)
    return copy


def _spans(text: str, word: str) -> list[Span]:
    found, at = [], text.find(word)
    while at >= 0:
        found.append(Span(at, at + len(word)))
        at = text.find(word, at + len(word))
    return found
