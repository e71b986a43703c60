"""The text of a mail as a document, and what its parts are.

Van: …                      field       one a line, as mail programs show them
Onderwerp: …                field
                                        a blank line
Beste …                     body
                                        a blank line
Bijlagen:                   attachments
- begroting.xlsx (Excel)
─────────────────────────────────────── what stands below is evidence: read and searched, never written
Received: …                 evidence
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from woo_anon.formats.mail.message import MAIL_TYPE, TNEF_TYPE, Attachment, Message
from woo_anon.spans import Span

ATTACHMENTS = "Bijlagen:"

_KINDS = {
    MAIL_TYPE: "e-mail", TNEF_TYPE: "niet te lezen", "application/pdf": "PDF", "text/plain": "tekst",
    "text/html": "webpagina", "text/csv": "tabel", "text/calendar": "agenda", "text/vcard": "visitekaartje",
    "text/x-vcard": "visitekaartje", "application/msword": "Word", "application/vnd.ms-excel": "Excel",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument.text": "OpenDocument", "application/zip": "archief",
    "application/x-zip-compressed": "archief",
}  # fmt: skip
# For what came without a type that says something.
_SUFFIXES = {".pdf": "PDF", ".doc": "Word", ".docx": "Word", ".xls": "Excel", ".xlsx": "Excel", ".ppt": "PowerPoint",
             ".pptx": "PowerPoint", ".odt": "OpenDocument", ".txt": "tekst", ".csv": "tabel", ".zip": "archief",
             ".jpg": "afbeelding", ".png": "afbeelding", ".msg": "e-mail", ".eml": "e-mail"}  # fmt: skip
_FAMILIES = {"image": "afbeelding", "audio": "geluid", "video": "video", "text": "tekst"}


class PartKind(StrEnum):
    """What a part of the text is."""

    FIELD = "field"
    BODY = "body"
    ATTACHMENTS = "attachments"  # the line above the list
    ATTACHMENT = "attachment"


@dataclass(frozen=True)
class TextPart:
    """A part of the text. Parts are disjoint and in order; between them stands white space alone.

    `label` characters at the start of a field are its name; `member` is the path of an attachment.
    """

    kind: PartKind
    span: Span
    label: int = 0
    member: tuple[int, ...] = ()


@dataclass(frozen=True)
class Composed:
    """The whole text; up to `seen` it is what a reader sees."""

    text: str = field(repr=False)
    seen: int
    parts: tuple[TextPart, ...]


def compose(message: Message) -> Composed:
    """The text of `message`, the same for the same message."""
    pieces = _Pieces()
    for one in message.fields:
        pieces.add(f"{one.name}: {one.value}", PartKind.FIELD, label=len(one.name) + 1)
    if message.body.strip():
        pieces.gap()
        pieces.add(message.body, PartKind.BODY)
    if message.attachments:
        pieces.gap()
        pieces.add(ATTACHMENTS, PartKind.ATTACHMENTS)
    for attachment in message.attachments:
        pieces.add(f"- {attachment.name} ({kind_of(attachment)})", PartKind.ATTACHMENT, member=attachment.path)
    end = pieces.length
    evidence = [f"{one.name}: {one.value}" for one in message.other] + list(message.unseen)
    text = "".join(pieces.pieces) + "".join(
        f"\n{line}\n" if at == 0 else f"{line}\n" for at, line in enumerate(evidence)
    )
    return Composed(text, end, tuple(pieces.parts))


def kind_of(attachment: Attachment) -> str:
    """What an attachment is, in Dutch."""
    by_name = _SUFFIXES.get(PurePath(attachment.name).suffix.lower(), "bestand")
    family = _FAMILIES.get(attachment.media_type.partition("/")[0], by_name)
    kind = _KINDS.get(attachment.media_type, family)
    if attachment.inline:
        return f"{kind} in de tekst"
    return f"{kind}, niet te lezen" if attachment.unread and kind != "niet te lezen" else kind


class _Pieces:
    """Text that grows, with the parts it is made of."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.parts: list[TextPart] = []
        self.length = 0

    def add(self, text: str, kind: PartKind, *, label: int = 0, member: tuple[int, ...] = ()) -> None:
        span = Span(self.length, self.length + len(text))
        self.parts.append(TextPart(kind, span, label, member))
        self._put(f"{text}\n")

    def gap(self) -> None:
        if self.pieces:
            self._put("\n")

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)
