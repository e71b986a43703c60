"""Characters of a mail as its reader sees them: without those that show nothing, which would part a name unseen."""

from __future__ import annotations

import codecs
import unicodedata

# Category Cf and Cc aside: a combining grapheme joiner, Hangul fillers, selectors of a variant.
_SHOWING_NOTHING = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810),
                    *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}  # fmt: skip
_LINE_ENDS = {0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029}
_WHITE = {"Zs": " ", "Zl": "\n", "Zp": "\n"}
# No text in a mail is in these; some take time out of proportion, some raise what no decoder should.
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}


class _Table(dict[int, str]):
    """What `str.translate` puts for a character; worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = _shown(code)
        return shown


def _shown(code: int) -> str:
    if code in _LINE_ENDS:
        return "\n"
    if chr(code) in "\t\n":
        return chr(code)
    category = unicodedata.category(chr(code))
    if category in {"Cf", "Cc"} or code in _SHOWING_NOTHING:
        return ""
    if category == "Cs" or code & 0xFFFE == 0xFFFE:  # no characters
        return "\ufffd"
    return _WHITE.get(category, chr(code))


_TABLE = _Table()


def seen(text: str) -> str:
    """`text` with line feeds as line ends, ordinary spaces, and nothing that shows nothing."""
    return text.replace("\r\n", "\n").translate(_TABLE)


def decode(data: bytes, charset: str | None) -> tuple[str, bool]:
    """`data` as text, and whether `charset` was right. When not: UTF-8 if it is that, else Windows-1252.

    Latin-1 and ASCII are read as Windows-1252, as all mail programs do (WHATWG Encoding, 4.2).
    """
    name = _known(charset)
    if name is not None:
        try:
            return data.decode(name), True
        except (UnicodeError, LookupError):
            pass
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), False


def _known(charset: str | None) -> str | None:
    try:
        name = codecs.lookup((charset or "us-ascii").strip().strip("'\"")).name
    except (LookupError, ValueError):
        return None
    if name in _NO_CHARSETS:
        return None
    return "cp1252" if name == "iso8859-1" else name
