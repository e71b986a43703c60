"""Checks of a PDF that was composed of a mail: it says what remains of the mail, all of it, in order, and nothing else.

    Document.text, page 1 ── redacted spans as [label], marks of quotes dropped ──► expected
    the written pages     ── PDFium ───────────────────────────────────────────────► must be the same, white space aside

Then whatever else the file holds, read with pypdf: nothing that was redacted, wherever in the mail that stood, and no
key that a composed file has no use for.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pypdf

from woo_anon.document import Check, Document, Redaction
from woo_anon.spans import Span
from woo_anon.verify.checks import check_none
from woo_anon.verify.finds import Finds
from woo_anon.verify.pdf import check_revision
from woo_anon.verify.pdf_objects import check_found, look_between, scan
from woo_anon.verify.pdf_text import text_of
from woo_anon.verify.strings import Gone, Words, gone, plain
from woo_anon.verify.vocabulary import is_composed

PLAIN_LABEL = "persoonsgegeven"

_CATALOG = {"/Type", "/Pages", "/Metadata", "/OutputIntents", "/Lang", "/StructTreeRoot", "/MarkInfo",
            "/ViewerPreferences", "/Outlines", "/PageLabels", "/Version"}  # fmt: skip
_PAGE = {"/Type", "/Resources", "/MediaBox", "/StructParents", "/Tabs", "/Parent", "/Contents", "/Group", "/Rotate"}
_INFO = {"/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"}
_TRAILER = {"/Size", "/Root", "/Info", "/ID", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"}
_MARKS = re.compile(r"(?m)^ {0,3}>(?: {0,3}>)*")
_BY_NUMBER = re.compile(r"\[U\+([0-9A-F]{4,6})[^\[\]]{0,100}\]")
_LIST = "\nBijlagen:\n"


def check_mail(target: Path, document: Document, redactions: Sequence[Redaction]) -> Iterator[Check]:
    """All checks on the PDF `target`."""
    data = target.read_bytes()
    visible = document.text[: document.pages[0].end]
    strings = _gone(document, redactions, visible)
    yield check_revision(data)
    reader = pypdf.PdfReader(io.BytesIO(data))
    yield _known_keys(reader)
    finds = Finds(strings, is_composed)
    scan(reader, finds)
    look_between(data, finds)
    yield check_found("no-redacted-string-beside-the-text", finds.beside)
    yield check_found("no-redacted-string-in-binary-data", finds.binary)
    allowed = {string.number: string.allowed for string in strings}
    often = {number for number, times in finds.shown.items() if times > allowed[number]}
    yield check_found("no-redacted-string-in-content-streams", often)
    written = text_of(data)
    yield _left("text-by-pdfium", written, strings)
    yield _left("text-by-pypdf", "\n".join(page.extract_text() for page in reader.pages), strings)
    same = _squeezed(written) == _squeezed(_expected(visible, redactions, dict(document.attachments)))
    yield Check("text-as-redacted", same)


def _gone(document: Document, redactions: Sequence[Redaction], visible: str) -> tuple[Gone, ...]:
    """The redacted strings of the whole mail; each may occur as often as it stands unredacted in what is shown."""
    inside = [one for one in redactions if one.decision.span.start < len(visible)]
    remaining = Words(plain(_replaced(visible, [(one.decision.span, "\ufffc") for one in inside])))
    return tuple(
        replace(string, allowed=remaining.count(string.text), within=partial(remaining.within, string.text))
        for string in gone(document, redactions)
    )


def _known_keys(reader: pypdf.PdfReader) -> Check:
    info = reader.trailer.get("/Info")
    places = {
        "catalog": set(reader.root_object.keys()) - _CATALOG,
        "trailer": set(reader.trailer.keys()) - _TRAILER,
        "info": set(info.get_object().keys() if info is not None else ()) - _INFO,
        "pages": {key for page in reader.pages for key in page} - _PAGE,
    }
    wrong = [place for place, keys in places.items() if keys]
    return Check("only-known-keys", not wrong, ", ".join(wrong))


def _left(name: str, text: str, strings: Sequence[Gone]) -> Check:
    """A string that stands in a longer word of what remains may be set apart by another reader (`within`)."""
    words = Words(plain(text))
    left = [one.number for one in strings if words.count(one.text) > max(one.allowed, one.within())]
    return check_none(name, "redactions", left)


def _expected(visible: str, redactions: Sequence[Redaction], attachments: Mapping[int, str]) -> str:
    """The text that the pages must show."""
    changes = [
        (one.decision.span, f"[{one.decision.label or PLAIN_LABEL}]")
        for one in redactions
        if one.decision.span.start < len(visible)
    ]
    at = visible.rfind(_LIST) + len(_LIST)
    for number, line in enumerate(visible[at:].splitlines(keepends=True)):
        at += len(line)
        if said := attachments.get(number):
            changes.append((Span(at - 1, at), f" – {said}\n"))  # in place of the line's end
    return _MARKS.sub("", _replaced(visible, changes))


def _replaced(text: str, changes: Sequence[tuple[Span, str]]) -> str:
    pieces, at = [], 0
    for span, label in sorted(changes):
        pieces += [text[at : span.start], label]
        at = span.end
    return "".join([*pieces, text[at:]])


def _squeezed(text: str) -> str:
    """`text` without white space; characters that were written by their number as themselves. PDFium gives a hyphen at
    the end of a line as a control character."""
    text = text.replace("\x02", "-").replace("\ufffe", "-").replace("\u200b", "")
    text = _BY_NUMBER.sub(_character, "".join(text.split()))  # a line may end within such a number
    return "".join(unicodedata.normalize("NFKC", text).split())


def _character(number: re.Match[str]) -> str:
    code = int(number[1], 16)
    return chr(code) if code < 0x110000 else number[0]
