"""Reads a mail as a document: what its reader sees as page 1; evidence, when there is any, as page 2."""

from __future__ import annotations

from pathlib import Path

from woo_anon.document import Document, Page, Unseen
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import NO_ACCESS, Access
from woo_anon.formats.mail.compose import Composed, compose
from woo_anon.formats.mail.parse import parse

LARGEST_TEXT = 2_000_000  # characters: some 700 pages; setting them takes some ten seconds


def read(path: Path, access: Access = NO_ACCESS) -> Document:
    """Read a mail (.eml or .msg) as a document of format `mail`, without geometry.

    Page 1 is the text that the publication version shows, redacted. Page 2 (`unseen`) is what no reader of the mail
    sees: other header fields, hidden HTML. Raises as `parse`, UnreadableError for a mail without any text and
    RefusedError for one with too much of it.
    """
    composed = compose(parse(path))
    if len(composed.text) > LARGEST_TEXT:
        raise RefusedError(f"{path.name}: more than {LARGEST_TEXT // 1_000_000} million characters of text.")
    if not composed.text[: composed.seen].strip():
        raise UnreadableError(f"{path.name}: holds no text.", "Check the export that made it.")
    return Document(path.name, "mail", composed.text, _pages(composed))


def _pages(composed: Composed) -> tuple[Page, ...]:
    seen = Page(1, 0, composed.seen)
    if composed.seen == len(composed.text):
        return (seen,)
    return seen, Page(2, composed.seen, len(composed.text), unseen=Unseen())
