"""Reads a mail in MIME (RFC 5322, 2045 to 2047, 2231), broken ones as far as they go."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message as Part
from typing import cast

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.mail import message as m
from woo_anon.formats.mail.appointment import read_calendar
from woo_anon.formats.mail.body import Body, chosen, is_pgp_encrypted, of_html, without_signature
from woo_anon.formats.mail.characters import decode, seen
from woo_anon.formats.mail.headers import addresses, decoded, moment, raw_text
from woo_anon.formats.mail.message import Attachment, Field, Message

DEEPEST = 30  # parts within each other


class _AsItCame(policy.Compat32):
    """Header fields are written as they were read: folding them anew fails on some, and changes others."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}{self.linesep}".encode("ascii", "surrogateescape")


_POLICY = _AsItCame()
_SHOWN = {"sender": m.SENDER, "from": m.FROM, "reply-to": m.REPLY_TO, "to": m.TO, "cc": m.CC, "bcc": m.BCC}
_ENCRYPTED = {"application/x-microsoft-rpmsg-message", "multipart/encrypted", "application/pgp-encrypted"}
_SMIME = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
_BODIES = {"text/plain", "text/html", "text/calendar", "text/enriched"}
_STANDARD_PREAMBLE = re.compile(r"this is a (?:multi-?part|cryptographically|s/mime|openpgp).*", re.IGNORECASE)
_DECRYPT = "Decrypt the mail, save it without encryption and try again."


def read_mime(data: bytes, name: str, path: m.Path = ()) -> Message:
    """The mail `data`; `name` is for messages, `path` that of the mail among the members of the file.

    Raises UnreadableError when there is no header, RefusedError when it is encrypted, or hostile.
    """
    try:
        part = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=_POLICY)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, MessageError) as error:
        raise UnreadableError(f"{name}: its MIME structure is broken.", "Save the mail again.") from error
    gathered = _Gathered(name, path)
    gathered.add(part, 0)
    fields, other = _fields(part)
    if not fields and not gathered.body and not gathered.attachments:
        raise UnreadableError(f"{name}: this is no mail.", "Save the mail again.")
    if other:
        gathered.notes.add("mail:headers")
    return Message(
        fields,
        "\n\n".join(text for text in (text.strip("\n") for text in gathered.body) if text),
        tuple(gathered.attachments),
        other,
        tuple(gathered.unseen),
        tuple(sorted(gathered.notes)),
    )


def _fields(part: Part) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """What readers see of the header, in their order, and the rest as it came."""
    values: dict[str, list[str]] = {}
    other: list[Field] = []
    for key, value in _raw(part):
        name = key.lower()
        values.setdefault(name, []).append(value)
        if name not in _SHOWN and name not in {"date", "subject"}:
            other.append(Field(decoded(key), decoded(value)))
    if addresses(values.get("sender", ())) == addresses(values.get("from", ())):
        values.pop("sender", None)
    fields = [Field(shown, text) for name, shown in _SHOWN.items() if (text := addresses(values.get(name, ())))]
    fields += [Field(m.DATE, moment(value)) for value in values.get("date", ()) if value.strip()]
    subject = " ".join(filter(None, map(decoded, values.get("subject", ()))))
    if fields or subject:
        fields.append(Field(m.SUBJECT, subject or m.NO_SUBJECT))
    return tuple(fields), tuple(other)


def _raw(part: Part) -> Iterator[tuple[str, str]]:
    return ((str(key), str(value)) for key, value in part.raw_items())


@dataclass
class _Gathered:
    """What is found on the way through the parts."""

    name: str
    path: m.Path
    body: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)

    def add(self, part: Part, depth: int) -> None:
        """A part and what is in it."""
        kind = _kind(part)
        self._refuse_encrypted(part, kind)
        if part.defects:
            self.notes.add("mail:structure")
        if depth > DEEPEST:
            self.notes.add("mail:nesting")
            self._attach(part, "application/octet-stream", self._as_bytes(part))
        elif kind in _SIGNATURES:
            self.notes.add("mail:signature")
        elif kind in {m.MAIL_TYPE, "message/global"}:
            self._attach_mail(part)
        elif kind.startswith("message/") and part.is_multipart():
            self._attach(part, kind, b"\n".join(map(self._as_bytes, part.get_payload())))
        elif part.is_multipart():
            self._add_parts(part, kind, depth)
        elif kind in _BODIES and not _is_attached(part):
            self._say(self._body(part, kind))
        else:
            self._attach_leaf(part, kind)

    def _refuse_encrypted(self, part: Part, kind: str) -> None:
        if kind in _ENCRYPTED or (kind in _SMIME and "signed" not in _parameter(part, "smime-type")):
            raise RefusedError(f"{self.name}: the mail, or a part of it, is encrypted.", _DECRYPT)
        if kind in _SMIME:
            raise RefusedError(
                f"{self.name}: the mail is wrapped in its signature (S/MIME).",
                "Save it without signature and try again.",
            )

    def _add_parts(self, part: Part, kind: str, depth: int) -> None:
        for between in (part.preamble, part.epilogue):
            text = _line(between or "")
            if text and not _STANDARD_PREAMBLE.fullmatch(text):
                self.unseen.append(text)
                self.notes.add("mail:between-parts")
        parts = cast(list[Part], part.get_payload())
        if kind == "multipart/alternative":
            self._choose(parts, depth)
            return
        for one in parts:
            self.add(one, depth + 1)

    def _choose(self, parts: list[Part], depth: int) -> None:
        """The alternatives: of each the text, and of all of them what hangs on."""
        plain = html = None
        calendars = []
        for one in parts:
            if _kind(one) == "text/calendar":
                calendars.append(one)
                continue
            inner = _Gathered(self.name, self.path, attachments=self.attachments, notes=self.notes)
            inner.add(one, depth + 1)
            body = Body("\n\n".join(inner.body), tuple(inner.unseen))
            if not body.text.strip():
                self.unseen += inner.unseen
            elif _kind(one) == "text/plain" and plain is None:
                plain = body
            else:
                html = chosen(html, body)
        self._say(chosen(plain, html))
        for one in calendars:  # below what is said of the appointment
            self.add(one, depth + 1)

    def _say(self, body: Body) -> None:
        if body.text.strip():
            self.body.append(body.text)
        self.unseen += body.unseen
        self.notes |= body.notes

    def _body(self, part: Part, kind: str) -> Body:
        data = self._content(part)
        text, right = decode(data, _charset(part, data, kind))
        if not right:
            self.notes.add("mail:charset")
        if is_pgp_encrypted(text):
            raise RefusedError(f"{self.name}: a part of the mail is encrypted (PGP).", _DECRYPT)
        if kind == "text/html":
            return of_html(text, self.name)
        if kind == "text/calendar":
            events = read_calendar(text, "\n".join(self.body))
            return Body(events.text, events.unseen)
        return without_signature(seen(text))

    def _content(self, part: Part) -> bytes:
        """The bytes of a leaf, transfer encoding undone as far as it goes."""
        before = len(part.defects)
        try:
            data = part.get_payload(decode=True)
        except (ValueError, LookupError, binascii.Error, AttributeError, TypeError):
            data = None
        coding = _line(str(part.get("content-transfer-encoding", ""))).lower()
        known = coding in {
            "",
            "7bit",
            "8bit",
            "binary",
            "base64",
            "quoted-printable",
            "x-uuencode",
            "uuencode",
            "x-uue",
        }
        if data is None or len(part.defects) > before or not known:
            self.notes.add("mail:encoding")
        return data if isinstance(data, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")

    def _attach_leaf(self, part: Part, kind: str) -> None:
        name = _file_name(part)
        if kind in {m.TNEF_TYPE, "application/vnd.ms-tnef"} or name.lower() == "winmail.dat":
            self.notes.add("mail:tnef")
            self._attach(part, m.TNEF_TYPE, self._content(part), unread=True)
        elif kind in {"message/external-body", "message/partial"}:
            self.notes.add("mail:external")
            self._attach(part, kind, self._content(part), unread=True)
        else:
            self._attach(part, kind, self._content(part))

    def _attach(self, part: Part, kind: str, data: bytes, *, unread: bool = False) -> None:
        path = (*self.path, len(self.attachments))
        name = _file_name(part) or f"bijlage-{path[-1] + 1}"
        inline = kind.startswith("image/") and part.get("content-id") is not None and not _is_disposed(part)
        self.attachments.append(Attachment(name, kind, len(data), path, inline, unread, data))

    def _as_bytes(self, part: Part) -> bytes:
        try:
            return part.as_bytes(policy=_POLICY)
        except (ValueError, LookupError, AttributeError, TypeError, RecursionError, MessageError):
            self.notes.add("mail:nesting")
            return b""

    def _attach_mail(self, part: Part) -> None:
        payload = part.get_payload()
        if isinstance(payload, list) and payload:
            inner = cast(Part, payload[0])
            data = self._as_bytes(inner)
            if _line(str(part.get("content-transfer-encoding", ""))).lower() == "base64":
                data = _from_base64(data)
            name = _file_name(part) or decoded(str(dict(_raw(inner)).get("Subject", "")))
        else:
            data, name = self._content(part), _file_name(part)
        path = (*self.path, len(self.attachments))
        self.attachments.append(
            Attachment(name or f"bericht-{path[-1] + 1}", m.MAIL_TYPE, len(data), path, content=data)
        )


def _kind(part: Part) -> str:
    """The media type. What says that it is multipart and has no parts is text, for its text is there to be read."""
    try:
        kind = part.get_content_type()
    except (ValueError, TypeError, AttributeError, IndexError):
        return "application/octet-stream"
    return "text/plain" if kind.startswith("multipart/") and not part.is_multipart() else kind


def _is_attached(part: Part) -> bool:
    return _is_disposed(part) or bool(_file_name(part))


def _is_disposed(part: Part) -> bool:
    return _line(str(part.get("content-disposition", ""))).lower().startswith("attachment")


def _file_name(part: Part) -> str:
    described = Part(_POLICY)
    for key, value in _raw(part):
        if key.lower() in {"content-disposition", "content-type"}:
            described[key] = raw_text(value)
    try:
        name = described.get_filename()
    except (ValueError, TypeError, AttributeError, IndexError, LookupError):
        name = None
    # A folder in the name is none of ours: what stands there is a name of the sender's machine.
    return re.split(r"[\\/]", decoded(name))[-1].strip() if name else ""


def _parameter(part: Part, name: str) -> str:
    try:
        value = part.get_param(name, "")
    except (ValueError, TypeError, AttributeError, IndexError):
        return ""
    return str(value[2] if isinstance(value, tuple) else value).lower()


def _charset(part: Part, data: bytes, kind: str) -> str:
    """What the header says, else what the HTML says of itself."""
    said = _parameter(part, "charset")
    if said or kind != "text/html":
        return said or "utf-8" if data.isascii() else said
    meta = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", data[:4096], re.IGNORECASE)
    return meta[1].decode("ascii") if meta else "utf-8"


def _from_base64(data: bytes) -> bytes:
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        return data


def _line(text: str) -> str:
    return " ".join(seen(text).split())
