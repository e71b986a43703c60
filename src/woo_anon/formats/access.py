"""What the user allows and knows, so that a file that is locked, signed or without text can be handled."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Access:
    """`passwords` are tried one after the other on a file that asks for one; `accept_signed` lets a signed file be
    handled, whose signature then goes; `ocr` lets pages without text be recognised; with `keep_comments` readers of the
    publication version see the comments of a Word document; `marked` says that marks for redaction were read before,
    and are taken out. The passwords are kept out of the `repr`."""

    passwords: tuple[str, ...] = field(default=(), repr=False)
    accept_signed: bool = False
    ocr: bool = True
    keep_comments: bool = False
    marked: bool = False


NO_ACCESS = Access()
