"""A file with one mail becomes a Message."""

from __future__ import annotations

from pathlib import Path

from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats.mail.mailbox import is_mailbox, mail, places
from woo_anon.formats.mail.message import Message
from woo_anon.formats.mail.recognise import HEAD, is_msg, recognise

LARGEST = 200_000_000  # bytes; mail servers take 150 MB at most (Exchange Online), and base64 adds a third to .eml


def parse(path: Path) -> Message:
    """The mail in the file at `path`.

    Raises UnreadableError when it is missing, broken or no mail; RefusedError when it is encrypted, too large, or a
    mailbox of several mails (`members.attachments` names them).
    """
    try:
        if is_mailbox(path):
            raise RefusedError(f"{path.name}: a mailbox (mbox) with several mails.", "Handle its mails one by one.")
        if path.stat().st_size > LARGEST:
            raise RefusedError(f"{path.name}: larger than {LARGEST // 1_000_000} MB.", "Take out the attachments.")
        with path.open("rb") as file:
            kind = recognise(file.read(HEAD))
        data = b"" if kind == "msg" else _mail(path, kind)
    except OSError as error:
        raise UnreadableError(f"{path.name}: cannot be read ({error.strerror or 'input error'}).") from error
    if kind != "msg":
        from woo_anon.formats.mail.mime import read_mime

        return read_mime(data, path.name)
    if not is_msg(path):
        raise UnreadableError(f"{path.name}: an OLE file, but no mail of Outlook.")
    from woo_anon.formats.mail.outlook import read_msg

    return read_msg(path)


def _mail(path: Path, kind: str | None) -> bytes:
    return path.read_bytes() if kind != "mbox" else mail(path, next(places(path)))
