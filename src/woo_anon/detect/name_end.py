"""Where a name ends in what the tagger took for one: before a unit, a rank, a degree, the rest of the sentence, or
another name.

    Oldeboom, T. van (Tjitske) - DGMo     Tjitske Oldeboom - Iris Vos     Tjitske Oldeboom uit Vaassen
    ─────────────────────────             ──────────────── · ────────     ────────────────
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from woo_anon.detect.dictionary import is_common, is_first_name, is_name, is_ordinary, may_name

# What mail systems write behind a name: ` - DGMo`, `, MAJ, JIVC/KIXS`, ` (COA)`, and degrees.
_BEHIND = re.compile(
    r"\s+[-–|]\s+\S.*$"
    r"|(?<=,)(?P<first>[^,]*),\s*\S.*$"
    r"|\s*\((?:[A-Z][A-Z/&-]+[a-z]?|external|extern)\)?$"
    r"|(?:,?\s+(?:MSc|BSc|MA|BA|LLM|LLB|PhD|MBA|MPA|MCM|RA|RE|CISA)\.?)+$"
)

# Between two people whom the tagger took for one: `Oldeboom - Vos`, `Oldeboom, Tjitske, Iris Vos`.
_BETWEEN = re.compile(r"\s+[-–|]\s+|,\s*")
_WORD = re.compile(r"[^\W\d_][\w'’-]+")
_INFIX = frozenset({"van", "de", "der", "den", "ten", "ter", "te", "het", "el", "al", "von", "da", "dos"})
_OF_TOWNS = frozenset({"den", "het", "te"})  # `Den Haag`
_ABBREVIATION = re.compile(r"(?!IJ|Mc|Mac)(?:[A-Z]{2}|\w+[a-z][A-Z])")  # `JIVC`, `DGMo`, `MinBZ`
_SHORTEST = 4  # letters of a word in capitals that may be a name behind another

# `mevrouw Oldeboom van FEZ`: the preposition belongs to the unit in capitals.
_OF_UNIT = re.compile(r"(?<=[^\W\d_]{2})\s+(?:van|bij|uit)(?: de| het)?$")
_UNIT = re.compile(r"\s+[A-Z]{2,}")
# `Iris Vos van ⟦Oldeboom Advocaten⟧`: the preposition behind a whole name, before another one on the line.
_OF_FIRM = re.compile(
    r"(?:\b[A-Z][\w'’-]+|\b[A-Z]\.)[^,]*?\b[A-Z][\w'’-]+(?P<of>\s+(?:van|bij|uit)(?:\s(?:de|het|der|den))?)$"
)
# `Iris Vos uit Vaassen`, `Wesley van de liftfirma`: where the sentence goes on behind the name.
_SENTENCE = re.compile(
    r"(?<=[^\W\d_]{2})\s+(?:(?:aan|bij|en|in|namens|of|op|te|uit|vs|als)$|(?:van|vd|op|in|bij)(?:\s(?:de|het))?$"
    r"|(?:van|bij)\s(?:de|het)\s[a-z])"
)
# `Hamid a.s. donderdag`, `Pauline d.d. 3 december`: abbreviations, of which the tagger may take one letter.
_SHORTENED = re.compile(r"\s+(?:a\.s|d\.d|c\.s|e\.a|b\.d|w\.g|t\.a\.v|i\.v\.m|n\.a\.v|m\.b\.t|o\.b\.v)\.")
# The sentence, also on the next line; or who is no surname: `Iris van Beveiliging`.
_GOES_ON = re.compile(r"[^\w\n]*(?:[a-z0-9]|[A-Z]{2,}\b)|[ \t]*\r?\n[ \t>]*[a-z]")
_CAPITALISED = re.compile(r"[ \t]+([^\W\d_]{3,})(?![\w-])")


def names_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the name in `text[start:end]` stands, and the names of others behind it."""
    while start < end:
        stop = name_end(text, start, end)
        yield start, stop
        between = _BETWEEN.match(text, stop, end)
        if between is None or not _is_name(_BETWEEN.split(text[between.end() : end])[0]):
            return
        start = between.end()


def name_end(text: str, start: int, end: int) -> int:
    """Where the name in `text[start:end]` ends: before unit, rank and degree, behind the bracket of a given name."""
    surface = text[start:end]
    behind = _BEHIND.search(surface)
    if behind:
        cut = start + (behind.end("first") if behind.group("first") is not None else behind.start())
        return cut if any(character.isalpha() for character in text[start:cut]) else end
    shortened = _SHORTENED.search(text, start, end + 6)
    if shortened and start < shortened.start() < end:
        return shortened.start()
    preposition = None if "," in surface else _preposition(text, start, end)
    if preposition is not None:
        return start + preposition
    if surface.count("(") > surface.count(")") and text[end : end + 1] == ")":
        return end + 1
    return end


def _preposition(text: str, start: int, end: int) -> int | None:
    """Where in the name a preposition begins that belongs to what stands behind: a unit, a firm, the sentence."""
    surface = text[start:end]
    of_unit = _OF_UNIT.search(surface)
    if of_unit and _UNIT.match(text, end):
        return of_unit.start()
    of_firm = _OF_FIRM.search(surface)
    if of_firm and _CAPITALISED.match(text, end):
        return of_firm.start("of")
    sentence = _SENTENCE.search(surface)
    if sentence and not surface.islower() and _in_sentence(text, start + sentence.end(), end):
        return sentence.start()
    return None


def _in_sentence(text: str, at: int, end: int) -> bool:
    """Whether a preposition that ends at `at`, in a name that ends at `end`, belongs to the sentence."""
    if at < end or text[end - 2 : end] in ("it", "te", "en", "ns", "vs") or _GOES_ON.match(text, end):
        return True
    word = _CAPITALISED.match(text, end)
    return word is not None and is_ordinary(word[1]) and not is_name(word[1])


def _is_name(behind: str) -> bool:
    """Whether what stands behind a name, and was taken for part of it, may be another one: not a unit or a rank."""
    said = _WORD.findall(behind)
    words = [word for word in said if word.lower() not in _INFIX]
    if not words or any(_ABBREVIATION.match(word) and len(word) < _SHORTEST for word in words):
        return False
    if said[0] != words[0] and said[0].lower() not in _OF_TOWNS:
        return is_name(words[-1])
    return (is_first_name(words[0]) and not is_common(words[0])) or all(_names(word) for word in words)


def _names(word: str) -> bool:
    if is_common(word) or is_ordinary(word):
        return False
    return is_name(word) or (may_name(word) and not _ABBREVIATION.match(word))
