"""What a whole document says of a word: seen as a name, in lower case, in a mail address, behind a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from woo_anon.detect.lexicon import fold
from woo_anon.detect.tokens import Tokens
from woo_anon.detect.words import FIRST_KINDS, INFIX, NAME_KINDS, OFFICE, PARTY, SURNAME_KINDS, TITLE, Word

_LOCAL_PART = re.compile(r"([\w.+-]{2,64})\s?@(?=\w)")
_USER = re.compile(r"[\\/]([A-Za-z][\w.-]{2,30})[\\/]|(?<![\w.])@([A-Za-z][\w.-]{2,30})")
_PIECES = re.compile(r"[^\W\d_]{3,}")
_NAME_ZONES = {"mail_header": "M", "author": "A", "addressee": "T", "signature": "S", "attendance": "P", "chat": "C"}
_SENTENCE_ENDS = frozenset(".!?:;•-–—>*\"'([„“”|\\/")
Evidence = tuple[str, ...]


def document_evidence(text: str, tokens: Tokens, known: Sequence[Word], line_zones: Sequence[str]) -> list[Evidence]:
    """Evidence for each token, as codes in a fixed order."""
    marks: dict[str, set[str]] = {}
    _mark_contexts(tokens, known, line_zones, marks)
    for piece in _address_pieces(text):
        if piece in marks:
            marks[piece].add("@")
    initials = _initials_of_names(tokens, known) | set(_reversed_initials(known))
    ordered = {word: tuple(sorted(found)) for word, found in marks.items()}
    return [
        (*ordered.get(word.folded, ()), "I")
        if len(word.text) < 7 and word.folded in initials
        else ordered.get(word.folded, ())
        for word in known
    ]


def _mark_contexts(
    tokens: Tokens, known: Sequence[Word], line_zones: Sequence[str], marks: dict[str, set[str]]
) -> None:
    """c capitalised within a sentence, l in lower case, t behind a title, o behind an office, i behind an initial,
    f behind a first name, b before a surname, y before a party, 1 and 2 how often; and the zone it was seen in."""
    last = len(known) - 1
    for at, word in enumerate(known):
        if not word.text[0].isalpha() or len(word.text) < 2:
            continue
        found = marks.setdefault(word.folded, set())
        if word.text.islower():
            found.add("l")
        if len(word.text) < 7 and word.frequency < 3:
            found.add("2" if "1" in found else "1")  # a short word that few use: once, or again
        if word.frequency > 5:
            continue
        before, behind = known[at - 1 if at else 0], known[min(at + 1, last)]
        if word.text[0].isupper():
            found.update(_of_capitalised(tokens, known, at, before, behind))
        if before.kinds & TITLE:
            found.add("t")
        if before.kinds & OFFICE:
            found.add("o")
        zone = _NAME_ZONES.get(line_zones[tokens.lines[at]])
        if zone and word.frequency < 5:
            found.add(zone)


def _of_capitalised(tokens: Tokens, known: Sequence[Word], at: int, before: Word, behind: Word) -> Iterator[str]:
    if (
        tokens.gaps[at] < 2
        and before.text not in _SENTENCE_ENDS
        and before.text[0].isalnum()
        and not before.text.isupper()
    ):
        yield "c"
    if before.text == "." and at > 1 and len(known[at - 2].text) <= 2 and known[at - 2].text[0].isupper():
        yield "i"
    if tokens.gaps[at] < 3 and before.text[0].isupper() and before.kinds & FIRST_KINDS and not before.text.isupper():
        yield "f"
    if behind.text[0].isupper() and behind.kinds & SURNAME_KINDS and known[at].kinds & NAME_KINDS:
        yield "b"
    if behind.text == "(" and at + 2 < len(known) and known[at + 2].kinds & PARTY:
        yield "y"


def _address_pieces(text: str) -> Iterator[str]:
    """Names that may be inside mail addresses, handles and paths: `jansenp@…` → jansenp, jansen, ansenp."""
    for pattern in (_LOCAL_PART, _USER):
        for match in pattern.finditer(text):
            for piece in _PIECES.findall(fold(match.group(match.lastindex or 0))):
                yield piece
                if len(piece) > 4:
                    yield piece[1:]
                    yield piece[:-1]
                if len(piece) > 5:
                    yield piece[2:]
                    yield piece[:-2]


def _initials_of_names(tokens: Tokens, known: Sequence[Word]) -> set[str]:
    """Folded initials of the runs of capitalised words with infixes: `Mieke van den Berg` → mvdb, mb."""
    found: set[str] = set()
    run: list[Word] = []
    for at, word in enumerate(known):
        named = word.text[0].isupper() and not word.text.isupper() and (word.frequency < 6 or word.kinds & FIRST_KINDS)
        infix = bool(run) and bool(word.kinds & INFIX) and word.text[0].isalpha()
        joined = word.text in ".-" and bool(run)
        single = len(word.text) == 1 and word.text.isupper()
        if tokens.gaps[at] > 1:
            _add_initials(run, found)
            run = []
        if named or infix or single:
            run.append(word)
        elif not joined:
            _add_initials(run, found)
            run = []
    _add_initials(run, found)
    return found


def _add_initials(run: Sequence[Word], found: set[str]) -> None:
    if not 2 <= len(run) <= 7:
        return
    found.add("".join(word.folded[0] for word in run if word.folded))
    found.add("".join(word.folded[0] for word in run if word.folded and not word.text.islower()))
    found.add(run[0].folded[:1] + run[-1].folded[:1])


def _reversed_initials(known: Sequence[Word]) -> Iterator[str]:
    """`Bogaard, W. uit den` → wudb, wb; `Tasma, Kor` → kt."""
    for at in range(1, len(known) - 1):
        if known[at].text != "," or not known[at - 1].text[0].isupper() or not known[at + 1].text[0].isupper():
            continue
        letters: list[str] = []
        for word in known[at + 1 : at + 8]:
            if word.text[0].isupper() or (letters and word.kinds & INFIX and word.text[0].isalpha()):
                letters.append(word.folded[:1])
            elif word.text not in ".-":
                break
        surname = known[at - 1].folded[:1]
        yield "".join(letters) + surname
        yield letters[0] + surname
