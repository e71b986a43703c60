"""The text as a reader sees it, with the way back to the offsets of the document.

Extracted text carries marks that no reader sees: soft hyphens, zero-width characters, quoted-printable escapes of raw
mail, HTML and JSON escapes, dashes and spaces of a dozen kinds. The recognisers look at a `Reading`, in which these are
resolved, so that their patterns stay short; a span in the reading leads back to the span in the document.

    document   0 6 - 1 2 ­ 3 4 = \\n 5 6          soft hyphen, quoted-printable line end
    reading    0 6 - 1 2   3 4       5 6
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from woo_anon.spans import Span

_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# One character for one character: offsets do not move.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys("\u2018\u2019\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "\uff20": "@",
        "\ufe6b": "@",
        "\uff0b": "+",
        "\x0b": "\n",
        "\x0c": "\n",
        "\r": " ",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
_UNSEEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
_ENTITY = r"&(?:#\d{2,5}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});"
_JSON = r"\\/|\\u(?:00[a-fA-F][0-9a-fA-F]|01[0-9a-fA-F]{2}|02[0-4][0-9a-fA-F]|20[0-6][0-9a-fA-F])"
_GLYPH = r"\(cid:(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6])\)"  # a PDF glyph that its producer did not name
_TAIL = "=[89AB][0-9A-F]"  # an octet that continues a character of UTF-8
_QUOTED = rf"=\r?\n|=(?:[CD][0-9A-F]{_TAIL}|E[0-9A-F](?:{_TAIL}){{2}}|F[0-4](?:{_TAIL}){{3}}|[0-9A-F]{{2}})"
_PLAIN_ESCAPES = re.compile(f"{_UNSEEN}|{_ENTITY}|{_GLYPH}")
_WITH_JSON = re.compile(f"{_UNSEEN}|{_ENTITY}|{_GLYPH}|{_JSON}")
_WITH_QUOTED = re.compile(f"{_UNSEEN}|{_ENTITY}|{_GLYPH}|{_QUOTED}")
_LOOKS_QUOTED = re.compile(
    r"(?:=\r?\n[^\n]+){2}|=[0-9A-F]{2}=[0-9A-F]{2}|=20\n|[a-z]=\n[a-z0-9]|\d=2D\d|[a-z]=[CEF][0-9A-F][a-z]"
)


@dataclass(frozen=True)
class Reading:
    """`text` is what is read. `marks` holds, sorted, (offset in the reading, offset in the document, width there)."""

    text: str = field(repr=False)
    marks: tuple[tuple[int, int, int], ...] = field(default=(), repr=False)

    def span(self, start: int, end: int) -> Span:
        """The span of the document that `text[start:end]` was read from."""
        return Span(self._place(start)[0], self._place(end - 1)[1])

    def _place(self, offset: int) -> tuple[int, int]:
        """Start and end in the document of one character of the reading."""
        at = bisect_right(self.marks, (offset, 1 << 62, 0)) - 1
        if at < 0:
            return offset, offset + 1
        seen, source, width = self.marks[at]
        if seen == offset:
            return source, source + width
        return source + offset - seen, source + offset - seen + 1


def read(text: str) -> Reading:
    """Resolve what a reader does not see. Linear in the length of `text`."""
    pieces: list[str] = []
    marks: list[tuple[int, int, int]] = []
    seen = last = 0
    for match in _escapes(text).finditer(text):
        plain = _resolve(match.group())
        if plain is None:
            continue
        before = text[last : match.start()]
        pieces += (before, plain)
        seen += len(before)
        if plain:
            marks.append((seen, match.start(), match.end() - match.start()))
            seen += len(plain)
        last = match.end()
        marks.append((seen, last, 1))
    pieces.append(text[last:])
    return Reading("".join(pieces).translate(_ALIKE), tuple(marks))


def _escapes(text: str) -> re.Pattern[str]:
    if _LOOKS_QUOTED.search(text):
        return _WITH_QUOTED
    if '":' in text and ("\\u" in text or "\\/" in text):
        return _WITH_JSON
    return _PLAIN_ESCAPES


def _resolve(escape: str) -> str | None:
    """The one character that an escape stands for, "" for what is not seen, None when it is no escape after all."""
    if escape[0] == "&":
        plain = html.unescape(escape)
        return plain if len(plain) == 1 else None
    if escape[0] == "\\":
        if escape == "\\/":
            return "/"
        return chr(int(escape[2:6], 16))
    if escape[0] == "(":
        return chr(int(escape[5:-1]))
    if escape[0] != "=" or "\n" in escape:
        return ""
    return _unquote(bytes.fromhex(escape.replace("=", "")))


def _unquote(octets: bytes) -> str | None:
    for encoding in ("utf-8", "cp1252"):
        try:
            plain = octets.decode(encoding)
        except UnicodeDecodeError:
            continue
        return plain if len(plain) == 1 else None
    return None
