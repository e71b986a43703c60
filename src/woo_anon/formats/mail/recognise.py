"""Tells a mail from another file: by its content, never by its suffix.

Recognises:  "Received: from mx1 …", "MIME-Version: 1.0 / From: a@b.example / …", an OLE file with MAPI properties,
             "From jan@b.example Thu Mar  7 16:52:00 2024" above such fields (mbox).
Leaves:      "Van: Jan / Aan: Piet / Onderwerp: …", a text that somebody pasted; "From: Jan / Sent: … / To: …",
             Outlook's words for the same; an OLE file of Word or Excel.
"""

from __future__ import annotations

import re
from pathlib import Path

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
HEAD = 4096  # bytes of a file that `recognise` wants to see
MSG_STREAM = "__properties_version1.0"  # [MS-OXMSG] 2.4: every message has one at its root

# RFC 4155, appendix A: the envelope's sender and the moment in the form of asctime; some writers add a time zone.
ENVELOPE = re.compile(
    rb"From \S[^\r\n]{0,250}? +(?:\w{3},? +)?\w{3} +\d{1,2} +\d{1,2}:\d{2}(?::\d{2})?"
    rb"(?: +[A-Z+\-0-9]{1,5}){0,2} +\d{4}\b"
)
_FIELD = re.compile(rb"([!-9;-~]{1,76}):(.*)")
_CONTINUED = re.compile(rb"[ \t]")
# Fields that programs write and people do not, with what their values must look like.
_OF_PROGRAMS = {
    b"received": re.compile(rb"\s*(?:from|by|via|for|\(|$)", re.IGNORECASE),
    b"message-id": re.compile(rb"\s*(?:<[^>]*>|$)"),
    b"mime-version": re.compile(rb"\s*1\.0"),
    b"return-path": re.compile(rb"\s*<"),
    b"delivered-to": re.compile(rb"\s*\S+@\S+\s*$"),
    b"dkim-signature": re.compile(rb"\s*\w+=|\s*$"),
    b"content-type": re.compile(rb"\s*[\w-]+/[\w.+-]+\s*(?:;|$)"),
}
# RFC 5322, 3.3; with the obsolete forms, but not the dates that a mail program shows its user.
_DATE = re.compile(
    rb"\s*(?:\w{3}\s*,\s*)?\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s+\d{2,4}\s+"
    rb"\d{1,2}:\d{2}(?::\d{2})?\s+(?:[+-]\d{4}|UT|GMT|[A-Z]{3})\b",
    re.IGNORECASE,
)


def recognise(head: bytes) -> str | None:
    """What a file that begins with `head` is: `eml`; `mbox` (`mailbox.is_mailbox` tells whether it holds more mails);
    `msg`, or another OLE file (`is_msg`); None when it is no mail."""
    if head.startswith(OLE_MAGIC):
        return "msg"
    head = head.removeprefix(b"\xef\xbb\xbf")
    first, _, rest = head.partition(b"\n")
    if ENVELOPE.match(first):
        return "mbox" if _begins_with_fields(rest) else None
    return "eml" if _begins_with_fields(head) else None


def is_msg(path: Path) -> bool:
    """Whether the OLE file at `path` is a mail of Outlook, and not a document of Word, Excel or another program."""
    from woo_anon.formats.compound import opened

    try:
        with opened(path) as ole:
            return bool(ole.exists(MSG_STREAM))
    except (OSError, ValueError):
        return False


def _begins_with_fields(head: bytes) -> bool:
    """Whether header fields stand at the start, of which some are a program's, or sender, date and addressee."""
    fields = _fields(head)
    if len(fields) < 2:
        return False
    if any(name in fields and pattern.match(fields[name]) for name, pattern in _OF_PROGRAMS.items()):
        return True
    dated = _DATE.match(fields.get(b"date", b"")) is not None
    return dated and b"@" in fields.get(b"from", b"") and bool(fields.keys() & {b"to", b"cc", b"subject"})


def _fields(head: bytes) -> dict[bytes, bytes]:
    """The fields up to the blank line, by name in lower case; none when another line stands among them."""
    found: dict[bytes, bytes] = {}
    lines = head.split(b"\n")
    for at, line in enumerate(line.rstrip(b"\r") for line in lines):
        if not line:
            break
        if found and _CONTINUED.match(line):
            continue
        field = _FIELD.match(line)
        if field is None:
            # The last line may be cut off by the end of the head.
            return found if at == len(lines) - 1 else {}
        found.setdefault(field[1].lower(), field[2])
    return found
