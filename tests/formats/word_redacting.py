"""Redacts words in a Word document the way the pipeline does, without detection."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from woo_anon.document import Action, Decision, Document, Entity, Redaction, Role, Verification, Written
from woo_anon.formats.access import Access
from woo_anon.formats.word.read import read
from woo_anon.formats.word.write import write
from woo_anon.spans import Span
from woo_anon.verify import verify


@dataclass(frozen=True)
class Redacted:
    """A redacted file and what it was made from."""

    source: Path
    target: Path
    document: Document
    written: Written

    @property
    def parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.target) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @property
    def body(self) -> str:
        return self.parts["word/document.xml"].decode()

    @property
    def text(self) -> str:
        """What readers see of the written file, as we read it ourselves."""
        document = read(self.target)
        return document.text[: document.pages[0].end]

    @property
    def verification(self) -> Verification:
        return verify(self.source, self.target, self.document, self.written.redactions)

    @property
    def failed(self) -> list[str]:
        return [check.name for check in self.verification.checks if not check.passed]


def redact(source: Path, words: Sequence[str], *, label: str = "5.1.2e", keep_comments: bool = False) -> Redacted:
    """Redact every occurrence of `words`; of overlapping ones the first and longest."""
    document = read(source, Access(keep_comments=keep_comments))
    redactions = tuple(
        Redaction(number, _decision(span, label)) for number, span in enumerate(_spans(document.text, words), 1)
    )
    target = source.with_name(f"{source.stem}.anon.docx")
    written = write(source, target, document, redactions)
    return Redacted(source, target, document, written)


def _decision(span: Span, label: str) -> Decision:
    return Decision(span, Entity.PERSON, Action.REDACT, Role.CIVIL_SERVANT, "5.1.2e", label, "test", 1.0, "test")


def _spans(text: str, words: Sequence[str]) -> list[Span]:
    if not words:
        return []
    pattern = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return [Span(*found.span()) for found in re.finditer(pattern, text)]
