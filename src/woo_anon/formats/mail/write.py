"""Writes a mail as an accessible PDF (PDF/UA-1, PDF/A-2a), set by typst from the text that remains.

    source ──► Composed ──┐
    redactions ───────────┴──► runs ──► data (JSON) ──► template.typ ──► PDF

What was redacted never reaches typst: no width, glyph or name in the file can tell of it. The same input gives the same
bytes: only typst's own fonts, no clock, no network.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

from woo_anon.document import Document, Redaction, Written
from woo_anon.errors import OutputError
from woo_anon.formats.mail.compose import Composed, PartKind, compose
from woo_anon.formats.mail.message import SUBJECT
from woo_anon.formats.mail.parse import parse
from woo_anon.formats.mail.setting import Runs, set_text
from woo_anon.spans import Span
from woo_anon.typesetting import FONTS, as_pdf, without_glyphs, written_out

_LONG = 6
TITLE = "E-mail"  # when the subject tells something that is redacted elsewhere, or there is none


def write(
    source: Path,
    target: Path,
    document: Document,
    redactions: Sequence[Redaction],
    *,
    keep_layout: bool = False,
) -> Written:
    """Write the publication version of a mail. `keep_layout` makes no difference: there is no layout to keep.

    What became of an attachment (`document.attachments`) stands behind its name. Raises OutputError when the mail does
    not read as `document` any more, or the PDF cannot be set or written.
    """
    message = parse(source)
    composed = compose(message)
    if composed.text != document.text:
        raise OutputError(f"{source.name}: changed since it was read.", "Try again.")
    text, said = composed.text[: composed.seen], dict(document.attachments)
    missing = without_glyphs(text + "".join(one.decision.label for one in redactions) + "".join(said.values()))
    runs = Runs(text, _within(redactions, composed.seen), lambda piece: written_out(piece, missing))
    data = {
        "title": _title(composed, runs, document, redactions),
        "fonts": FONTS,
        **set_text(composed, runs, lambda part: written_out(said.get(part.member[-1], ""), missing)),
    }
    _compile(data, target)
    removed = {*message.notes, *(("mail:characters",) if missing else ())}
    return Written(removed=tuple(sorted(removed)), redactions=tuple(redactions))


def _within(redactions: Sequence[Redaction], end: int) -> list[Redaction]:
    return [one for one in redactions if one.decision.span.start < end]


def _title(composed: Composed, runs: Runs, document: Document, redactions: Sequence[Redaction]) -> str:
    """The subject as it is shown, unless it holds words that are redacted elsewhere."""
    label = f"{SUBJECT}:"
    for part in composed.parts:
        if part.kind is PartKind.FIELD and composed.text.startswith(label, part.span.start):
            start = part.span.start + len(label)
            title = runs.plain(Span(start, part.span.end)) if start < part.span.end else ""
            return title if title and not _tells(title, document, redactions) else TITLE
    return TITLE


def _tells(title: str, document: Document, redactions: Sequence[Redaction]) -> bool:
    spans = (one.decision.span for one in redactions)
    gone = {" ".join(document.text[span.start : span.end].casefold().split()) for span in spans}
    return any(_holds(title.casefold(), text) for text in gone)


def _holds(title: str, text: str) -> bool:
    """As a whole word; a long text within one too."""
    if len(text) >= _LONG:
        return text in title
    return re.search(rf"(?<!\w){re.escape(text)}(?!\w)", title) is not None


def _compile(data: Mapping[str, object], target: Path) -> None:
    template = resources.files("woo_anon.formats.mail").joinpath("template.typ").read_bytes()
    pdf = as_pdf(template, data, f"{target.name}: the mail")
    try:
        target.write_bytes(pdf)
    except OSError as error:
        raise OutputError(f"{target.name}: cannot be written ({error.strerror or 'output error'}).") from error
