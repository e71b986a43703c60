"""Proves that nothing redacted can be recovered from a written file.

Looks at the written bytes with other eyes than the writer's: PDFium for pages and pixels, pypdf for objects and a
second reading of the text; for Word the standard library's ZIP and XML. Fails closed: a check that breaks is a failed
check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from woo_anon.document import Check, Document, Redaction, Verification


def verify(source: Path, target: Path, document: Document, redactions: Sequence[Redaction]) -> Verification:
    """Check the written file `target` against `source`, read as `document`, with `redactions` removed.

    Never raises for what stands in the files: whatever goes wrong is a failed check. No detail holds text.
    """
    return Verification(tuple(_closed(lambda: _checks(source, target, document, redactions))))


def verify_rendered(made: Path, target: Path, document: Document, redactions: Sequence[Redaction]) -> Verification:
    """Check the PDF `target` that a program made of the redacted version `made` of `document`, a Word document.

    Never raises, as `verify`.
    """
    from woo_anon.verify.word_pdf import check_rendering

    return Verification(tuple(_closed(lambda: check_rendering(made, target, document, redactions))))


def _checks(source: Path, target: Path, document: Document, redactions: Sequence[Redaction]) -> Iterable[Check]:
    if document.format == "text":
        from woo_anon.verify.plain_text import check_text

        return check_text(target, document, redactions)
    if document.format == "pdf":
        from woo_anon.verify.pdf import check_pdf

        return check_pdf(source, target, document, redactions)
    if document.format == "word":
        from woo_anon.verify.word import check_word

        return check_word(target, document, redactions)
    if document.format == "mail":
        from woo_anon.verify.mail import check_mail

        return check_mail(target, document, redactions)
    return [Check("known-format", False, document.format)]


def _closed(checks: Callable[[], Iterable[Check]]) -> Iterator[Check]:
    """The checks; when one of them breaks, a failed check in its place and in place of all that were to follow."""
    ran = 0
    try:
        for check in checks():
            ran += 1
            yield check
    except Exception as error:  # the border of a document: any failure of a library must fail the file, not pass it
        yield Check("verification-ran", False, f"after {ran} checks: {type(error).__name__}")
