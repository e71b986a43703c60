"""Reads a mail of Outlook (.msg): properties as [MS-OXPROPS] names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.compound import DAMAGED, opened
from woo_anon.formats.mail import message as m
from woo_anon.formats.mail.body import Body, chosen, is_pgp_encrypted, of_html
from woo_anon.formats.mail.characters import decode, seen
from woo_anon.formats.mail.headers import dutch, person
from woo_anon.formats.mail.internet import as_internet
from woo_anon.formats.mail.mapi import OBJECT, Storage, codepage, message
from woo_anon.formats.mail.message import Attachment, Field, Message
from woo_anon.formats.mail.mime import read_mime

DEEPEST = 10  # mails within each other
_RECIPIENTS = {1: m.TO, 2: m.CC, 3: m.BCC}  # PidTagRecipientType
_CLASS, _SUBJECT, _BODY, _HTML, _RTF, _HEADERS = 0x001A, 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_SUBMITTED, _DELIVERED, _START, _END = 0x0039, 0x0E06, 0x0060, 0x0061
_SENDER = (0x0C1A, 0x5D01, 0x0C1F)  # name, SMTP address, address
_AUTHOR = (0x0042, 0x5D02, 0x0065)  # on whose behalf
_RECIPIENT = (0x3001, 0x39FE, 0x3003)
_NOT_EVIDENCE = {_CLASS, _SUBJECT, _BODY, _HTML, _HEADERS}
_MAILS = ("ipm.note", "ipm.schedule", "report.", "ipm.post", "ipm.outlook.recall")
_SAVE = "Save the mail again from Outlook."


def read_msg(path: Path) -> Message:
    """The mail in an Outlook file.

    Raises UnreadableError when it is damaged, RefusedError when it is encrypted or hostile.
    """
    try:
        with opened(path) as ole:
            return _Reader(path.name, ()).read(message(ole))
    except DAMAGED as error:
        raise UnreadableError(f"{path.name}: a damaged Outlook mail.", _SAVE) from error


@dataclass
class _Reader:
    name: str
    path: m.Path
    depth: int = 0
    notes: set[str] = field(default_factory=set)

    def read(self, mail: Storage) -> Message:
        kind = mail.text(_CLASS).lower()
        signed = kind.startswith("ipm.note.smime.multipartsigned")
        if not signed and (".smime" in kind or kind.startswith("ipm.note.rpmsg")):
            raise RefusedError(
                f"{self.name}: the mail is encrypted.", "Decrypt the mail, save it without encryption and try again."
            )
        if mail.damaged & {_CLASS, _SUBJECT, _BODY, _HTML}:
            raise ValueError("a damaged property")
        if mail.damaged:
            self.notes.add("mail:damaged")
        if not kind.startswith(_MAILS):
            self.notes.add("mail:class")
        attachments = self._attachments(mail)
        if signed and len(attachments) == 1:
            return self._signed(mail, attachments[0])
        body = self._body(mail)
        other = (*_headers(mail), *_properties(mail))
        self.notes |= body.notes | ({"mail:headers"} if other else set())
        return Message(
            tuple(_fields(mail)), body.text.strip("\n"), attachments, other, body.unseen, tuple(sorted(self.notes))
        )

    def _signed(self, mail: Storage, whole: Attachment) -> Message:
        """A signed mail is kept as one attachment: the MIME body that was signed ([MS-OXOSMIME] 2.1.2)."""
        inner = read_mime(whole.content, self.name, self.path)
        notes = {*inner.notes, *self.notes, "mail:signature", "mail:headers"}
        other = (*_headers(mail), *_properties(mail), *inner.other)
        return replace(inner, fields=tuple(_fields(mail)), other=other, notes=tuple(sorted(notes)))

    def _body(self, mail: Storage) -> Body:
        plain = mail.text(_BODY)
        if is_pgp_encrypted(plain):
            raise RefusedError(f"{self.name}: the mail is encrypted (PGP).", "Decrypt it, save it and try again.")
        html = mail.text(_HTML) or self._html(mail)
        parts = (Body(seen(plain)) if plain.strip() else None, of_html(html, self.name) if html.strip() else None)
        if any(parts):
            return chosen(*parts)
        packed = mail.binary(_RTF)
        return self._rtf(packed) if packed else Body("")

    def _html(self, mail: Storage) -> str:
        data = mail.binary(_HTML)
        if data is None:
            return ""
        text, right = decode(data, codepage(mail.whole(0x3FDE) or 65001))
        if not right:
            self.notes.add("mail:charset")
        return text

    def _rtf(self, packed: bytes) -> Body:
        """The text of RTF: what is left when there is nothing better."""
        from woo_anon.formats.mail.rtf import text_of

        return Body(seen(text_of(packed)), (), frozenset({"mail:rtf"}))

    def _attachments(self, mail: Storage) -> tuple[Attachment, ...]:
        found: list[Attachment] = []
        for name in mail.named("__attach_version1.0_"):
            path = (*self.path, len(found))
            try:
                found.append(self._attachment(mail.below(name, "attachment"), path))
            except DAMAGED:
                self.notes.add("mail:damaged")
                found.append(Attachment(f"bijlage-{path[-1] + 1}", "application/octet-stream", 0, path, unread=True))
        return tuple(found)

    def _attachment(self, part: Storage, path: m.Path) -> Attachment:
        name = part.text(0x3707) or part.text(0x3704) or part.text(0x3001)
        name = " ".join(seen(re.split(r"[\\/]", name)[-1]).split()) or f"bijlage-{path[-1] + 1}"
        kind = part.text(0x370E).strip().lower() or "application/octet-stream"
        method = part.whole(0x3705)
        if part.holds(0x3701, OBJECT):
            return self._object(part, name, path)
        data = part.binary(0x3701)
        if data is None or method in {2, 3, 4, 7}:  # by reference, or on the web
            self.notes.add("mail:external")
            return Attachment(name, kind, 0, path, unread=True)
        unread = name.lower() == "winmail.dat" or kind == m.TNEF_TYPE
        if unread:
            self.notes.add("mail:tnef")
        if kind == "multipart/signed":
            return Attachment(name, kind, len(data), path, content=data)
        inline = kind.startswith("image/") and bool(part.text(0x3712))
        return Attachment(name, m.TNEF_TYPE if unread else kind, len(data), path, inline, unread, data)

    def _object(self, part: Storage, name: str, path: m.Path) -> Attachment:
        inner = part.below(next(one for one in part.named("__substg1.0_3701000d")), "embedded")
        if not inner.named("__properties_version1.0"):
            self.notes.add("mail:ole-object")
            return Attachment(name, "application/octet-stream", 0, path, unread=True)
        if self.depth >= DEEPEST:
            self.notes.add("mail:nesting")
            return Attachment(name, m.MAIL_TYPE, 0, path, unread=True)
        reader = _Reader(self.name, (), self.depth + 1)
        mail = reader.read(inner)
        self.notes |= reader.notes & {"mail:damaged", "mail:ole-object", "mail:nesting", "mail:external", "mail:rtf"}
        data = as_internet(mail)
        return Attachment(mail.subject or name, m.MAIL_TYPE, len(data), path, content=data)


def _fields(mail: Storage) -> Iterator[Field]:
    sender, author = _person(mail, _SENDER), _person(mail, _AUTHOR)
    if sender and author and sender != author:
        yield Field(m.SENDER, sender)
    if author or sender:
        yield Field(m.FROM, author or sender)
    recipients: dict[str, list[str]] = {}
    for name in mail.named("__recip_version1.0_"):
        recipient = mail.below(name, "recipient")
        field_name = _RECIPIENTS.get((recipient.whole(0x0C15) or 1) & 0xF, m.TO)
        recipients.setdefault(field_name, []).append(_person(recipient, _RECIPIENT))
    for field_name, number in ((m.TO, 0x0E04), (m.CC, 0x0E03), (m.BCC, 0x0E02)):
        people = "; ".join(filter(None, recipients.get(field_name, ()))) or _line(mail.text(number))
        if people:
            yield Field(field_name, people)
    at = mail.time(_SUBMITTED) or mail.time(_DELIVERED)
    if at is not None:
        yield Field(m.DATE, dutch(at))
    for label, number in (("Wanneer", _START), ("Tot", _END)):
        moment = mail.time(number) if "schedule" in mail.text(_CLASS).lower() else None
        if moment is not None:
            yield Field(label, dutch(moment))
    yield Field(m.SUBJECT, _line(mail.text(_SUBJECT)) or m.NO_SUBJECT)


def _person(storage: Storage, numbers: tuple[int, int, int]) -> str:
    """Name and address. One in Exchange's own directory (`/o=…/cn=…`) is none that readers see."""
    name, smtp, address = (_line(storage.text(number)) for number in numbers)
    address = smtp or (address if "@" in address else "")
    return person(name.strip("'"), address)


def _headers(mail: Storage) -> Iterator[Field]:
    """The internet header that a received mail came with."""
    unfolded = re.sub(r"\r?\n[ \t]+", " ", mail.text(_HEADERS))
    for line in unfolded.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield Field(_line(name), _line(value))


def _properties(mail: Storage) -> Iterator[Field]:
    """All other text that the mail holds: of the sender's machine, of who changed it last, of its categories."""
    for number, text in sorted(mail.texts.items()):
        if number not in _NOT_EVIDENCE and _line(text):
            yield Field(f"{number:04X}", _line(text))
    for name in mail.named("__recip_version1.0_"):
        for number, text in sorted(mail.below(name, "recipient").texts.items()):
            if _line(text):
                yield Field(f"{number:04X}", _line(text))


def _line(text: str) -> str:
    return " ".join(seen(text).split())
