"""Redacts words in a mail the way the pipeline does, without detection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from redacting import decision

from woo_anon.document import Document, Redaction, Written
from woo_anon.formats.mail.read import read
from woo_anon.formats.mail.write import write
from woo_anon.spans import Span


@dataclass(frozen=True)
class RedactedMail:
    """A composed PDF and what it was made from."""

    source: Path
    target: Path
    document: Document
    redactions: tuple[Redaction, ...]
    written: Written


def redact_mail(source: Path, words: Sequence[str], *, label: str = "5.1.2e") -> RedactedMail:
    """Redact every occurrence of `words` (in any case) in the mail and its evidence."""
    document = read(source)
    found = re.finditer("|".join(map(re.escape, words)), document.text, re.IGNORECASE) if words else ()
    spans = [Span(*match.span()) for match in found]
    redactions = tuple(Redaction(number, decision(span, label)) for number, span in enumerate(spans, 1))
    target = source.with_name(f"{source.stem}.anon.pdf")
    return RedactedMail(source, target, document, redactions, write(source, target, document, redactions))
