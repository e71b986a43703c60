"""The file under audit, opened by the two readers: pypdf for its objects, PDFium for its pages."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pypdf
import pypdfium2

from woo_anon.audit.drawing import text_of_page
from woo_anon.audit.objects import BROKEN, Held, resolved, walk
from woo_anon.audit.words import squeezed
from woo_anon.errors import RefusedError, UnreadableError


@dataclass(frozen=True)
class File:
    """A PDF under audit. `names` are candidates for what a box may hide; `texts` the words of each page as drawn."""

    content: bytes = field(repr=False)
    reader: pypdf.PdfReader
    document: Any  # PDFium's
    names: tuple[str, ...] = field(repr=False)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The text of every page, seen or not, in the order of the file."""
        return page_texts(self.document)

    @cached_property
    def all_text(self) -> str:
        """Letters and digits of all pages, folded."""
        return squeezed("".join(self.texts))

    @cached_property
    def _walked(self) -> tuple[tuple[Held, ...], frozenset[int]]:
        seen: set[int] = set()
        return tuple(walk(self.reader.trailer, seen)), frozenset(seen)

    @property
    def held(self) -> tuple[Held, ...]:
        """All dictionaries and streams that the trailer leads to."""
        return self._walked[0]

    @property
    def reachable(self) -> frozenset[int]:
        """The numbers of the objects that the trailer leads to."""
        return self._walked[1]

    @cached_property
    def pages(self) -> tuple[Any, ...]:
        """pypdf's page dictionaries, in order."""
        return tuple(self.reader.pages)

    @property
    def root(self) -> Any:
        """The catalog."""
        return resolved(self.reader.trailer.get("/Root"))


def page_texts(document: Any) -> tuple[str, ...]:
    """The text of every page of a PDFium document."""
    texts = []
    for page in document:
        texts.append(text_of_page(page))
        page.close()
    return tuple(texts)


@contextmanager
def opened(content: bytes, name: str, names: tuple[str, ...] = ()) -> Iterator[File]:
    """The PDF opened by both readers; closed at the end. `name` is for messages.

    A file that is encrypted with an empty password is opened. Raises RefusedError when it needs another one,
    UnreadableError when one of the readers cannot open it or it has no pages.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote the file
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unopened(name, error) from error
    try:
        yield File(content, _reader(content, name), _with_pages(document, name), names)
    finally:
        document.close()


def _unopened(name: str, error: pypdfium2.PdfiumError) -> RefusedError | UnreadableError:
    if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD or "password" in str(error).casefold():
        return RefusedError(f"{name}: the PDF needs a password.", "Save it without a password and try again.")
    return UnreadableError(f"{name}: this PDF is broken.", "Export the document again from its source.")


def _with_pages(document: Any, name: str) -> Any:
    if not len(document):
        raise UnreadableError(f"{name}: the PDF has no pages.", "Export the document again from its source.")
    return document


def _reader(content: bytes, name: str) -> pypdf.PdfReader:
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedError(f"{name}: the PDF needs a password.", "Save it without a password and try again.")
        if resolved(reader.trailer.get("/Root")) is None:
            raise UnreadableError(f"{name}: this PDF has no catalog.", "Export the document again from its source.")
        return reader
    except BROKEN as error:
        raise UnreadableError(f"{name}: this PDF is broken.", "Export the document again from its source.") from error
