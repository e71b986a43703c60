"""A mail of Outlook in the form of the internet, so that one within another can stand in a file of its own.

What is shown, evidence and attachments of the one are those of the other when it is read.
"""

from __future__ import annotations

import base64
import hashlib
import re
from email.header import Header

from woo_anon.formats.mail import message as m
from woo_anon.formats.mail.message import Attachment, Message

_FIELDS = {m.SENDER: "Sender", m.FROM: "From", m.REPLY_TO: "Reply-To", m.TO: "To", m.CC: "Cc", m.BCC: "Bcc",
           m.DATE: "Date", m.SUBJECT: "Subject"}  # fmt: skip


def as_internet(mail: Message) -> bytes:
    """`mail` as RFC 5322 with MIME, the same bytes for the same mail."""
    parts = [_text(mail.body), *map(_attached, mail.attachments)]
    # Of its parts, so that no part holds it and no clock or chance is needed.
    boundary = "=_" + hashlib.sha256(b"".join(parts)).hexdigest()[:40]
    header = [_field(_FIELDS.get(one.name, f"X-{one.name}"), one.value) for one in mail.fields]
    header += [_field(f"X-{re.sub('[^A-Za-z0-9-]', '', one.name)[:60]}", one.value) for one in mail.other]
    header += [_field("X-Unseen", text) for text in mail.unseen]
    header += [b"MIME-Version: 1.0", b'Content-Type: multipart/mixed; boundary="%b"' % boundary.encode("ascii")]
    mark = b"\r\n--" + boundary.encode("ascii")
    return b"\r\n".join(header) + b"\r\n" + b"".join(mark + b"\r\n" + part for part in parts) + mark + b"--\r\n"


def _field(name: str, value: str) -> bytes:
    line = " ".join(value.split())
    if line.isascii() and len(line) < 900 and "=?" not in line:
        return f"{name}: {line}".encode("ascii")
    return f"{name}: {Header(line, 'utf-8', maxlinelen=75).encode()}".replace("\n", "\r\n").encode("ascii")


def _text(text: str) -> bytes:
    return b"Content-Type: text/plain; charset=utf-8\r\n" + _encoded(text.encode("utf-8", "replace"))


def _attached(attachment: Attachment) -> bytes:
    kind = attachment.media_type if re.fullmatch(r"[\w.+-]+/[\w.+-]+", attachment.media_type) else ""
    name = Header(attachment.name, "utf-8", maxlinelen=10_000).encode()
    opening = f'Content-Type: {kind or "application/octet-stream"}; name="{name}"\r\n'
    opening += f'Content-Disposition: {"inline" if attachment.inline else "attachment"}; filename="{name}"\r\n'
    if attachment.inline:
        opening += "Content-ID: <inline>\r\n"
    if attachment.media_type == m.MAIL_TYPE:
        return opening.encode("ascii") + b"\r\n" + attachment.content
    return opening.encode("ascii") + _encoded(attachment.content)


def _encoded(data: bytes) -> bytes:
    return b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data).replace(b"\n", b"\r\n")
