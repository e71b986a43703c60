"""A mail as read: what its reader sees, what he does not, and what hangs from it.

Codes of what was not read, not shown or changed (`Message.notes`; they go into the log, and hold no text):

    mail:headers             header fields that mail programs do not show
    mail:hidden-html         HTML that no reader sees
    mail:between-parts       text before the first or behind the last part of a MIME body
    mail:alternative         another version of the text, with words that the chosen one lacks
    mail:signature           the signature of a signed mail
    mail:charset             text in another character set than it says, or in an unknown one
    mail:encoding            damaged base64 or quoted-printable, or an unknown transfer encoding
    mail:structure           MIME that breaks the rules: boundaries missing, headers damaged
    mail:nesting             parts deeper than we go, left as they are in an attachment
    mail:tnef                winmail.dat, which we do not open
    mail:external            an attachment that the mail only refers to
    mail:ole-object          an object of another program within an Outlook mail
    mail:characters          characters without a glyph, written by their number (`typesetting.py`)
    mail:rtf                 the text was made of RTF, for there was no other
    mail:class               a task, contact or appointment of Outlook: its own fields are not shown
    mail:damaged             a property or attachment of an Outlook mail that could not be read
"""

from __future__ import annotations

from dataclasses import dataclass, field

MAIL_TYPE = "message/rfc822"
TNEF_TYPE = "application/ms-tnef"

Path = tuple[int, ...]  # of a member: its number, and below it the number in that mail


@dataclass(frozen=True)
class Field:
    """A header field as it is shown, its name in Dutch for those that readers see."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Attachment:
    """A part with content of its own; `size` in bytes. A mail within the mail has the type `message/rfc822`.

    `inline`: an image that the text shows. `content` is empty where only the list was asked for, and where `unread`.
    """

    name: str = field(repr=False)
    media_type: str
    size: int
    path: Path
    inline: bool = False
    unread: bool = False  # there is something that we could not take out
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Message:
    """One mail. `fields` in the order in which a reader sees them; `other` and `unseen` are evidence, never written."""

    fields: tuple[Field, ...]
    body: str = field(repr=False)
    attachments: tuple[Attachment, ...] = ()
    other: tuple[Field, ...] = ()
    unseen: tuple[str, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The subject, "" when there is none."""
        return next((one.value for one in self.fields if one.name == SUBJECT), "")


# The names that readers see, in their order (as Dutch mail programs give them).
SENDER = "Afzender"
FROM = "Van"
REPLY_TO = "Antwoord aan"
TO = "Aan"
CC = "Cc"
BCC = "Bcc"
DATE = "Datum"
SUBJECT = "Onderwerp"
NO_SUBJECT = "(geen onderwerp)"
