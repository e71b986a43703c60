"""What hangs from a mail, as files of their own: attachments, mails within mails, the mails of a mailbox.

    mail with two attachments, of which the second is a mail with one:   (0,)  (1,)  (1, 0)
    mailbox of two mails, of which the second has an attachment:         (0,)  (1,)  (1, 0)

Paths are stable: they number what the file holds, in its order, read or unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from woo_anon.errors import OutputError, UnreadableError, WooAnonError
from woo_anon.formats.mail import mailbox, message
from woo_anon.formats.mail.conversation import thread_of
from woo_anon.formats.mail.message import MAIL_TYPE, Attachment, Message
from woo_anon.formats.mail.mime import read_mime
from woo_anon.formats.mail.parse import parse
from woo_anon.formats.member import Member, Thread

DEEPEST = 10  # mails within each other; those of a deeper one are found when it is handled itself


def attachments(path: Path, *, nested: bool = True) -> tuple[Attachment, ...]:
    """All members of the mail or mailbox at `path`, without their content; `nested`: those of its mails too.

    A mail within that is encrypted or broken is listed, but not what is in it: handled by itself, it is refused.
    Raises as `parse` does for the mail itself.
    """
    return tuple(replace(one, content=b"") for one, _ in _members(path, nested=nested))


def members(path: Path, head: int) -> tuple[Member, ...]:
    """All members that are documents of their own, with their first `head` bytes: not the images that a text shows, nor
    what could not be taken out. Raises as `attachments`."""
    return tuple(
        Member(one.path, _file_name(one), one.content[:head], thread_of(mail) if mail else None)
        for one, mail in _members(path, nested=True)
        if not one.inline and not one.unread
    )


def thread(path: Path) -> Thread | None:
    """The conversation of the mail at `path`; None for a mailbox. Raises as `attachments`."""
    return None if _is_mailbox(path) else thread_of(parse(path))


def _file_name(one: Attachment) -> str:
    if one.media_type != MAIL_TYPE:
        return one.name
    return one.name if one.name.casefold().endswith(".eml") else f"{one.name or 'bericht'}.eml"


def extract(path: Path, member: message.Path, target: Path) -> None:
    """Write the content of a member of the mail at `path` to `target`: a mail as .eml, another as it came.

    Raises UnreadableError when there is no such member or its content could not be taken out, OutputError when
    `target` cannot be written, and as `parse` does.
    """
    content = _content(path, member)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{target.name}: cannot be written ({error.strerror or 'output error'}).") from error


def _content(path: Path, member: message.Path) -> bytes:
    found = _top(path, member[:1])
    for at in range(1, len(member)):
        found = _inside(found, path.name)
        found = [one for one in found if one.path == member[: at + 1]]
    if not found or found[0].unread:
        raise UnreadableError(f"{path.name}: there is no such attachment, or it cannot be taken out.")
    return found[0].content


def _top(path: Path, member: message.Path) -> list[Attachment]:
    return [one for one in _first(path, member) if one.path == member]


def _inside(found: Sequence[Attachment], name: str) -> list[Attachment]:
    if not found or found[0].media_type != MAIL_TYPE:
        return []
    return list(read_mime(found[0].content, name, found[0].path).attachments)


def _members(path: Path, *, nested: bool) -> Iterator[tuple[Attachment, Message | None]]:
    """The members, and what those are that are mails and can be read."""
    for one in _first(path):
        yield from _with_inner(one, path.name) if nested else ((one, None),)


def _with_inner(one: Attachment, name: str) -> Iterator[tuple[Attachment, Message | None]]:
    mail = _as_mail(one, name)
    yield one, mail
    for member in mail.attachments if mail and len(one.path) < DEEPEST else ():
        yield from _with_inner(member, name)


def _as_mail(one: Attachment, name: str) -> Message | None:
    if one.media_type != MAIL_TYPE or one.unread:
        return None
    try:
        return read_mime(one.content, name, one.path)
    except WooAnonError:
        return None


def _first(path: Path, member: message.Path = ()) -> Iterator[Attachment]:
    """The members at the first level; of a mailbox, the content of all of them or of `member` alone."""
    if not _is_mailbox(path):
        yield from parse(path).attachments
        return
    for number, place in enumerate(mailbox.places(path)):
        content = mailbox.mail(path, place) if member in {(), (number,)} else b""
        yield Attachment(f"bericht-{number + 1:05d}.eml", MAIL_TYPE, place[1] - place[0], (number,), content=content)


def _is_mailbox(path: Path) -> bool:
    try:
        return mailbox.is_mailbox(path)
    except OSError as error:
        raise UnreadableError(f"{path.name}: cannot be read ({error.strerror or 'input error'}).") from error
