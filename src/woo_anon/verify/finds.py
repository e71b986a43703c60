"""Where redacted strings were found in a written file: by the number of their first redaction, never by their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace

from woo_anon.verify.strings import Gone, Haystack, Needle, Sought, Words, count, is_odd, plain, readings, words_of
from woo_anon.verify.vocabulary import NAMES, SPOKEN, is_own

_APART = "\ufffc"  # no letter, no space: what stands on both sides of it is not one word, nor one phrase


@dataclass
class Finds:
    """What was found of `strings`: beside the text, in binary data, and how often content streams show each.

    `own`: whether a whole string is one that the writer of the file puts into every file; `own_name` likewise.
    """

    strings: Sequence[Gone]
    own: Callable[[str], bool] = is_own
    own_name: Callable[[str], bool] = is_own
    beside: set[int] = field(default_factory=set)
    binary: set[int] = field(default_factory=set)
    shown: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        long = [string for string in self.strings if string.is_long]
        wholes = [replace(string, text=text) for string in self.strings for text in string.wholes]
        self._sought, self._sought_long = Sought([*self.strings, *wholes]), Sought(long)
        self._nowhere = [(string, Needle(string.text), _squeezed(string.text)) for string in long if not string.allowed]
        self._known: set[str] = set()  # texts that were looked at: most strings and names of a file stand in it often
        self._names: set[str] = set()

    def look_at_string(self, data: bytes, text: str | None = None) -> None:
        """A string object, in every reading, and as the second reader decoded it."""
        self.look_at_texts(readings(data) if text is None else [*readings(data), plain(text)])

    def look_at_texts(self, texts: Iterable[str]) -> None:
        """Texts in plain form: whole words."""
        said = [text for text in texts if text and text not in self._known and not self.own(text)]
        if not said:
            return
        self._known.update(said)
        for text in said:
            found = (string for string in self._sought.among(words_of(text)) if count(string.text, text))
            self.beside.update(string.number for string in found)

    def look_at_name(self, name: str, known: Set[str] = NAMES) -> None:
        """A name: whole words, and long strings inside of others, for names have no spaces (`JanJansen`)."""
        text = plain(name.lstrip("/"))
        if not text or text in known or text in self._names or self.own_name(text):
            return
        self._names.add(text)
        self.look_at_texts([text])
        squeezed = _squeezed(text)
        self.beside.update(string.number for string, _, letters in self._nowhere if letters in squeezed)

    def look_at_bytes(self, data: bytes, known: Set[str] = frozenset()) -> None:
        """Data without known syntax: long strings in every encoding, unless they are words of the data's own kind."""
        haystack = Haystack(data)
        for string, needle, _ in self._nowhere:
            if string.text not in known and haystack.holds(needle):
                self.binary.add(string.number)

    def count_shown(self, pieces: Sequence[bytes]) -> None:
        """Count long strings in what a content stream shows, in the reading that has most of each. Short ones are left
        to the checks of the page's text: words cut up by kerning would look like them."""
        texts = [Words(SPOKEN.sub(_APART, text)) for text in _together(pieces)] if self.strings else []
        for string in self._sought_long.among({word for text in texts for word in text.words}):
            found = max(text.count(string.text) for text in texts)
            if found:
                self.shown[string.number] = self.shown.get(string.number, 0) + found


def _together(pieces: Sequence[bytes]) -> list[str]:
    """All pieces in each encoding, in plain form; and those that only UTF-16 or hexadecimal digits explain."""
    texts = [plain(_APART.join(piece.decode(name, "ignore") for piece in pieces)) for name in ("latin-1", "utf-8")]
    odd = [text for piece in pieces if is_odd(piece) for text in readings(piece)]
    return [*dict.fromkeys(texts), _APART.join(odd)]


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
