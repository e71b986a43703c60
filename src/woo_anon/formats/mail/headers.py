"""Header fields as their reader sees them: unfolded, decoded (RFC 2047), addresses as `Name <address>`."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import getaddresses, parsedate_to_datetime

from woo_anon.formats.mail.characters import decode, seen

_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]*)?\?([bBqQ])\?([^?\r\n]*)\?=")
_TOKEN = re.compile(r"\w+")
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december")  # fmt: skip


def raw_text(value: str) -> str:
    """A field's value as `email` gives it, bytes outside ASCII as text: UTF-8 (RFC 6532), else Windows-1252."""
    try:
        data = value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return value
    return decode(data, "utf-8")[0]


def decoded(value: str) -> str:
    """A field's value on one line, encoded words decoded."""
    return " ".join(seen(_without_words(raw_text(value))).split())


def _without_words(text: str) -> str:
    """`text` with its encoded words decoded. White space between two of them is none (RFC 2047, 6.2); neighbours in
    one character set are decoded together, for some programs cut a character in two."""
    pieces: list[str] = []
    run: list[bytes] = []
    charset, at = "", 0
    for word in _WORD.finditer(text):
        between = text[at : word.start()]
        if run and (between.strip() or word[1].lower() != charset):
            pieces.append(decode(b"".join(run), charset)[0])
            run = []
        if between.strip() or not at:
            pieces.append(between)
        charset, at = word[1].lower(), word.end()
        run.append(_bytes(word[2], word[3]))
    if run:
        pieces.append(decode(b"".join(run), charset)[0])
    return "".join([*pieces, text[at:]])


def _bytes(encoding: str, data: str) -> bytes:
    raw = data.encode("utf-8", "replace")
    if encoding in "qQ":
        return quopri.decodestring(raw.replace(b"_", b" "), header=False)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return raw


def addresses(values: Iterable[str]) -> str:
    """The addresses of the fields `values`, as `Name <address>`, parted by `; `.

    A field that does not follow the grammar is shown as it stands: no word of it is lost.
    """
    return "; ".join(filter(None, map(_addresses, values)))


def _addresses(value: str) -> str:
    plain = decoded(value)
    shown = "; ".join(_people(value))
    return shown if _words(plain) <= _words(shown) else plain


def _people(value: str) -> Iterator[str]:
    try:
        people = getaddresses([" ".join(raw_text(value).split())])
    except (ValueError, IndexError, RecursionError):
        return
    for name, address in ((decoded(name), decoded(address)) for name, address in people):
        if name or address:
            yield person(name, address)


def person(name: str, address: str) -> str:
    """`Name <address>`, or the one of the two that is there."""
    if not address or name.casefold() == address.casefold():
        return name or address
    return f"{name} <{address}>" if name else address


def _words(text: str) -> set[str]:
    return set(_TOKEN.findall(text))


def moment(value: str) -> str:
    """A date of RFC 5322 in Dutch, with its own offset from UTC; as it stands when it is none."""
    try:
        return dutch(parsedate_to_datetime(raw_text(value)))
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return decoded(value)


def dutch(at: datetime) -> str:
    """`donderdag 7 maart 2024 16:52 (UTC+01:00)`."""
    offset = at.strftime("%z")
    zone = f" (UTC{offset[:3]}:{offset[3:5]})" if offset and at.utcoffset() else " (UTC)" if offset else ""
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M}{zone}"
