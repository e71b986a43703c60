"""Which text of a mail is shown, of those that it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from woo_anon.formats.mail.hypertext import read_html

_WORD = re.compile(r"\w+")
_PGP_MESSAGE = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.MULTILINE)
_PGP_SIGNATURE = re.compile(r"^-----BEGIN PGP SIGNATURE-----.*?(?:^-----END PGP SIGNATURE-----\n?|\Z)", re.M | re.S)
_PGP_OPENING = re.compile(r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:\w+: .*\n)*\n?", re.MULTILINE)


@dataclass(frozen=True)
class Body:
    """A text with what belongs to it and is not seen, and the codes of what was done."""

    text: str = field(repr=False)
    unseen: tuple[str, ...] = field(default=(), repr=False)
    notes: frozenset[str] = frozenset()


def of_html(html: str, name: str) -> Body:
    """The text of HTML. Raises RefusedError as `read_html`."""
    read = read_html(html, name)
    return Body(read.text, read.unseen, frozenset({"mail:hidden-html"} if read.hidden else ()))


def chosen(plain: Body | None, html: Body | None) -> Body:
    """The plain text; the HTML when there is no plain text, or one that holds less than half of its words ("this is an
    HTML mail"). What the one left out says beyond the other is unseen, and a note says that there is such text."""
    if plain is None or html is None:
        return plain or html or Body("")
    plain_words, html_words = _WORD.findall(plain.text), _WORD.findall(html.text)
    one, other = (plain, html) if 2 * len(plain_words) >= len(html_words) else (html, plain)
    words = set(_WORD.findall(one.text))
    beyond = [line for line in other.text.split("\n") if not words.issuperset(_WORD.findall(line))]
    notes = one.notes | other.notes | ({"mail:alternative"} if beyond else set())
    return Body(one.text, (*one.unseen, *other.unseen, *beyond), notes)


def is_pgp_encrypted(text: str) -> bool:
    """Whether a text is, or holds, a message encrypted with PGP (RFC 9580, 6.2)."""
    return _PGP_MESSAGE.search(text) is not None


def without_signature(text: str) -> Body:
    """A text without the armour of a PGP signature."""
    bare = _PGP_SIGNATURE.sub("", _PGP_OPENING.sub("", text))
    return Body(bare, (), frozenset({"mail:signature"} if bare != text else ()))
