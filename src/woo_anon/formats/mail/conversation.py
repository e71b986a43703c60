"""What ties a mail to others of its conversation (RFC 5322, 3.6.4; [MS-OXOMSG], 2.2.1.2 and 2.2.1.3)."""

from __future__ import annotations

import base64
import binascii
import re

from woo_anon.formats.mail.message import Message
from woo_anon.formats.member import Thread

_OWN = frozenset({"message-id", "1035"})  # of Outlook its property's number
_ANSWERED = frozenset({"in-reply-to", "references", "1042", "1039"})
_IDENTIFIER = re.compile(r"<[^<>\s]+>")
_ANSWERS = re.compile(
    r"\s*(?:\[[^\]]{1,20}\]\s*)*(?:re|fwd?|fw|antw(?:oord)?|aw|wg|doorst(?:uren)?|tr|rv|vs|sv)\s*(?:\[\d+\])?\s*:",
    re.IGNORECASE,
)
_INDEX = 22  # bytes of Outlook's index of a conversation that all its mails share


def thread_of(mail: Message) -> Thread:
    """The conversation of `mail`."""
    own, answered = set(), set()
    for field in mail.other:
        name = field.name.casefold().removeprefix("x-")  # so a mail of Outlook within another has them
        if name in _OWN:
            own |= set(_IDENTIFIER.findall(field.value))
        elif name in _ANSWERED:
            answered |= set(_IDENTIFIER.findall(field.value))
        elif name == "thread-index":
            answered |= _index(field.value)
    subject, follows = _subject(mail.subject)
    return Thread(frozenset(own | answered), subject, follows and not answered)


def _index(value: str) -> set[str]:
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return set()
    return {data[:_INDEX].hex()} if len(data) >= _INDEX else set()


def _subject(subject: str) -> tuple[str, bool]:
    """The subject without `RE:` and the like, and whether it had any."""
    rest = subject
    while found := _ANSWERS.match(rest):
        rest = rest[found.end() :]
    return " ".join(rest.casefold().split()), rest != subject
