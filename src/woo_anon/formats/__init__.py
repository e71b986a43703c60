"""The formats we read and write: one explicit table, recognised by content and never by suffix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from woo_anon.document import Document, Redaction, Written
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.access import NO_ACCESS, Access
from woo_anon.formats.member import Member, Thread
from woo_anon.formats.picture import Picture
from woo_anon.formats.program import LIBREOFFICE

HEAD_BYTES = 4096  # how much of a file recognition may look at


class Reader(Protocol):
    """Reads the file at `path`. Raises UnreadableError, and RefusedError for what `access` does not open or accept."""

    def __call__(self, path: Path, access: Access = NO_ACCESS) -> Document: ...


class Writer(Protocol):
    """Writes the publication version of `document`, read from `source`, to `target`. `keep_layout`: no text moves.

    Raises WooAnonError when it cannot; then `target` may exist half-written and the caller removes it.
    """

    def __call__(
        self,
        source: Path,
        target: Path,
        document: Document,
        redactions: Sequence[Redaction],
        *,
        keep_layout: bool = False,
    ) -> Written: ...


@dataclass(frozen=True)
class Holds:
    """How the documents within a file come out of it, and what conversation it is of itself. All raise WooAnonError."""

    members: Callable[[Path], tuple[Member, ...]]
    extract: Callable[[Path, tuple[int, ...], Path], None]
    thread: Callable[[Path], Thread | None]


def _always(path: Path) -> bool:
    return True


@dataclass(frozen=True)
class Render:
    """How what `Format.write` makes becomes the publication version, by a program of its own: a PDF of a Word document.

    `source_suffix` is that of what is written first, which is published as well. Without the program (`available`) it
    is the publication version itself; `remedy` says how to get it. `make` takes the name of the document for messages,
    and raises WooAnonError.
    """

    source_suffix: str
    available: Callable[[], bool]
    make: Callable[[Path, Path, str], None]
    remedy: str


@dataclass(frozen=True)
class Format:
    """One format: how it is recognised, read and written. `suffix` is that of the publication version.

    `recognise` looks at the first bytes; where those do not tell enough, `confirm` at the file.

    What `read` had to prepare (`Document.prepared`) takes the place of the source for `write` and `pictures`. With
    `marks` that is a PDF in which people can mark what must go.
    """

    key: str
    suffix: str
    recognise: Callable[[bytes], bool]
    read: Reader
    write: Writer
    pictures: Callable[[Path], Iterator[Picture]]
    render: Render | None = None
    confirm: Callable[[Path], bool] = _always
    holds: Holds | None = None
    page_picture: Callable[[Path, int, float], Picture] | None = None  # of one page, in pixels a point
    marks: bool = False

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of what is published, the publication version last: with this machine's programs. None of a mere holder."""
        if not self.suffix:
            return ()
        if self.render is None:
            return (self.suffix,)
        first = self.render.source_suffix
        return (first, self.suffix) if self.render.available() else (first,)


def _is_pdf(head: bytes) -> bool:
    # ISO 32000-2, 7.5.2 and Annex I: readers accept the header within the first 1024 bytes.
    return b"%PDF-" in head[:1024]


def _read_pdf(path: Path, access: Access = NO_ACCESS) -> Document:
    from woo_anon.formats.pdf.read import read

    return read(path, access)


def _write_pdf(
    source: Path, target: Path, document: Document, redactions: Sequence[Redaction], *, keep_layout: bool = False
) -> Written:
    from woo_anon.formats.pdf.write import write

    return write(source, target, document, redactions, keep_layout=keep_layout)


def _picture_pdf(path: Path) -> Iterator[Picture]:
    from woo_anon.formats.pdf.picture import pictures

    return pictures(path)


def _page_picture_pdf(path: Path, number: int, scale: float) -> Picture:
    from woo_anon.formats.pdf.picture import page_picture

    return page_picture(path, number, scale)


def _read_text(path: Path, access: Access = NO_ACCESS) -> Document:
    from woo_anon.formats.text import read

    return read(path)


def _write_text(
    source: Path, target: Path, document: Document, redactions: Sequence[Redaction], *, keep_layout: bool = False
) -> Written:
    from woo_anon.formats.text import write

    return write(source, target, document, redactions)


def _no_pictures(path: Path) -> Iterator[Picture]:
    return iter(())


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character cut off by the end of the head is no fault.
        return error.start >= len(head) - 3 and len(head) == HEAD_BYTES
    return not any(byte < 9 or 13 < byte < 27 for byte in head)


def _is_word(head: bytes) -> bool:
    from woo_anon.formats.word.kinds import recognise

    return recognise(head)


def _read_word(path: Path, access: Access = NO_ACCESS) -> Document:
    from woo_anon.formats.word.read import read

    return read(path, access)


def _write_word(
    source: Path, target: Path, document: Document, redactions: Sequence[Redaction], *, keep_layout: bool = False
) -> Written:
    from woo_anon.formats.word.write import write

    return write(source, target, document, redactions, keep_layout=keep_layout)


def _has_office() -> bool:
    from woo_anon.formats.word.render import find_office

    return find_office() is not None


def _render_word(made: Path, target: Path, name: str) -> None:
    from woo_anon.formats.word.render import to_pdf

    to_pdf(made, target, RENDER_SECONDS, name)


def _is_office(head: bytes) -> bool:
    from woo_anon.formats.office import recognise

    return recognise(head)


def _confirm_office(path: Path) -> bool:
    from woo_anon.formats.office import confirm

    return confirm(path)


def _read_office(path: Path, access: Access = NO_ACCESS) -> Document:
    from woo_anon.formats.office import read

    return read(path, access)


def _is_image(head: bytes) -> bool:
    from woo_anon.formats.image import recognise

    return recognise(head)


def _read_image(path: Path, access: Access = NO_ACCESS) -> Document:
    from woo_anon.formats.image import read

    return read(path, access)


def _is_mail(head: bytes) -> bool:
    from woo_anon.formats.mail.recognise import recognise

    return recognise(head) is not None


def _read_mail(path: Path, access: Access = NO_ACCESS) -> Document:
    from woo_anon.formats.mail.read import read

    return read(path, access)


def _write_mail(
    source: Path, target: Path, document: Document, redactions: Sequence[Redaction], *, keep_layout: bool = False
) -> Written:
    from woo_anon.formats.mail.write import write

    return write(source, target, document, redactions, keep_layout=keep_layout)


def _is_mailbox(head: bytes) -> bool:
    from woo_anon.formats.mail.recognise import recognise

    return recognise(head) == "mbox"


def _read_mailbox(path: Path, access: Access = NO_ACCESS) -> Document:
    raise RefusedError(f"{path.name}: is a mailbox; its mails are handled one by one.", "Use woo-anon redact.")


def _members_of_mail(path: Path) -> tuple[Member, ...]:
    from woo_anon.formats.mail.members import members

    return members(path, HEAD_BYTES)


def _extract_from_mail(path: Path, member: tuple[int, ...], target: Path) -> None:
    from woo_anon.formats.mail.members import extract

    extract(path, member, target)


def _thread_of_mail(path: Path) -> Thread | None:
    from woo_anon.formats.mail.members import thread

    return thread(path)


_MAIL = Holds(_members_of_mail, _extract_from_mail, _thread_of_mail)
RENDER_SECONDS = 120  # for LibreOffice to make a PDF
_RENDER_WORD = Render(".docx", _has_office, _render_word, LIBREOFFICE)

# Order matters: the first that recognises the content reads it.
FORMATS: tuple[Format, ...] = (
    Format("pdf", ".pdf", _is_pdf, _read_pdf, _write_pdf, _picture_pdf, page_picture=_page_picture_pdf, marks=True),
    Format("word", ".pdf", _is_word, _read_word, _write_word, _no_pictures, _RENDER_WORD),
    Format(
        "office",
        ".pdf",
        _is_office,
        _read_office,
        _write_pdf,
        _picture_pdf,
        confirm=_confirm_office,
        page_picture=_page_picture_pdf,
    ),
    Format(
        "image", ".pdf", _is_image, _read_image, _write_pdf, _picture_pdf, page_picture=_page_picture_pdf, marks=True
    ),
    Format("mailbox", "", _is_mailbox, _read_mailbox, _write_text, _no_pictures, holds=_MAIL),
    Format("mail", ".pdf", _is_mail, _read_mail, _write_mail, _no_pictures, holds=_MAIL),
    Format("text", ".txt", _is_text, _read_text, _write_text, _no_pictures),
)


def recognise(path: Path) -> Format:
    """The format of the file at `path`, by its content.

    Raises UnreadableError when the file is missing, empty, unreadable or of a format that we do not know.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise UnreadableError(
            f"{path.name}: cannot be read ({error.strerror or 'input error'}).",
            "Check that the file exists and may be read.",
        ) from error
    return recognise_head(head, path.name, path)


def recognise_head(head: bytes, name: str, path: Path | None = None) -> Format:
    """The format of a file that begins with `head`, its first HEAD_BYTES; `name` is for messages, `path` to look into
    the file where its beginning is not enough.

    Raises UnreadableError when it is empty or of a format that we do not know.
    """
    if not head:
        raise UnreadableError(f"{name}: the file is empty.", "Check the export that made it.")
    for candidate in FORMATS:
        if candidate.recognise(head) and (path is None or candidate.confirm(path)):
            return candidate
    raise UnreadableError(
        f"{name}: this is of no format that is read.", "Convert it to PDF or UTF-8 text and try again."
    )


def may_hold(head: bytes) -> bool:
    """Whether documents may hang from a file that begins with `head`; `Format.holds` says it of a recognised one."""
    return any(candidate.holds is not None for candidate in FORMATS if candidate.recognise(head))


def by_key(key: str) -> Format:
    """The format with this key. Raises KeyError when there is none."""
    for candidate in FORMATS:
        if candidate.key == key:
            return candidate
    raise KeyError(key)
