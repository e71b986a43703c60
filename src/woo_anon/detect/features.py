"""What the name tagger sees of a text: for every token features, in a few channels.

A channel gives each token a key (a word, a pair of word classes, a description of its line) and every key its
features. Keys occur again and again, so that the work is done once per key and not once per token: the chain and the
network turn the features of a key into a vector, keep it, and add up vectors. The chain sees neighbouring words as
features; the network, which looks around by itself, takes only those of the token (offset 0).

Everything is linear in the length of the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from woo_anon.detect.evidence import document_evidence
from woo_anon.detect.headed import Heading, headings
from woo_anon.detect.tokens import Tokens
from woo_anon.detect.words import CUE_KINDS, INFIX, NAME_KINDS, NOTHING, Description, Word, Words
from woo_anon.document import Zone, ZoneKind

_LABEL_CUES = frozenset(
    [
        "aan",
        "van",
        "door",
        "namens",
        "cc",
        "from",
        "to",
        "met",
        "tav",
        "via",
        "voor",
        "bij",
        "contact",
        "paraaf",
        "parafen",
        "gezien",
        "akkoord",
        "auteur",
        "steller",
        "aanwezig",
        "afwezig",
        "vz",
        "vzr",
        "secr",
        "woont",
        "wonende",
        "geboren",
        "geb",
        "naam",
        "account",
        "login",
        "gebruiker",
        "adres",
    ]
)
_CUE_REACH = 12  # tokens
_CHAT_HEAD = 6  # tokens of a chat line before what is said: time and sender
# Where zones overlap a line is described by the first of these.
_ZONE_ORDER = (
    ZoneKind.CHAT,
    ZoneKind.MAIL_HEADER,
    ZoneKind.PARAFEN,
    ZoneKind.AUTHOR,
    ZoneKind.ADDRESSEE,
    ZoneKind.ATTENDANCE,
    ZoneKind.REFERENCES,
    ZoneKind.SIGNATURE,
    ZoneKind.HEADER_BLOCK,
)

Key = Hashable
Features = Callable[[Key, int], list[str]]
OUTSIDE: Key = ""  # the key of what lies before and behind the text


@dataclass(frozen=True, slots=True)
class Channel:
    """`keys[index[i]]` is token i's key; `keys[0]` is `OUTSIDE`.

    The features of token i are `features(key, offset)` of the keys of tokens i + offset, for each of `offsets`. A key
    means the same in every document.
    """

    name: str
    keys: list[Key]
    index: list[int]
    features: Features
    offsets: tuple[int, ...] = (0,)


def _channel(name: str, keys: Sequence[Key], features: Features, offsets: tuple[int, ...] = (0,)) -> Channel:
    numbers: dict[Key, int] = {OUTSIDE: 0}
    number = numbers.setdefault
    index = [number(key, len(numbers)) for key in keys]
    return Channel(name, list(numbers), index, features, offsets)


def channels(text: str, tokens: Tokens, zones: Sequence[Zone], words: Words) -> list[Channel]:
    """The channels of `text`."""
    known = [words(word) for word in tokens.words]
    briefs = ["", *(word.brief for word in known), ""]
    names = ["", *(_short(word) for word in known), ""]
    lines = _Lines.of(tokens, known, zones)
    evidence = document_evidence(text, tokens, known, lines.zones)
    return [
        _channel("word", tokens.words, partial(_word_features, words), (-3, -2, -1, 0, 1, 2, 3)),
        _channel("class", [word.description for word in known], _class_features, (-3, -2, -1, 0, 1, 2, 3)),
        _channel("around", [*zip(briefs, briefs[1:], briefs[2:], strict=False)], _around),
        _channel("left", [*zip(names, briefs[1:-1], strict=False)], partial(_joined, "pl")),
        _channel("right", [*zip(briefs[1:], names[2:], strict=False)], partial(_joined, "pr")),
        _channel("seen", [*zip(evidence, briefs[1:], strict=False)], _seen),
        _channel("line", [lines.keys[line] for line in tokens.lines], _line),
        _channel("case", [*_cases(tokens, known, lines)], _case),
        _channel("place", [*_places(tokens, lines)], _place),
        _channel("cue", [*_cues(tokens, known)], _cue),
        _channel("cue behind", [*_cues_behind(tokens, known)], partial(_joined, "qr")),
        _channel("heading", [heading or "" for heading in headings(tokens, known)], _heading),
    ]


def written_out(made: Sequence[Channel]) -> list[list[str]]:
    """The features of every token as strings, for training."""
    tables = [
        (channel.index, offset, [channel.features(key, offset) for key in channel.keys])
        for channel in made
        for offset in channel.offsets
    ]
    count = len(made[0].index)
    rows: list[list[str]] = []
    for at in range(count):
        row: list[str] = []
        for index, offset, table in tables:
            row += table[index[at + offset] if 0 <= at + offset < count else 0]
        rows.append(row)
    return rows


def _short(word: Word) -> str:
    """The word itself where it is a common one or a cue, else its class."""
    return word.folded if word.frequency > 4 or word.kinds & CUE_KINDS else word.brief


# ── features of keys ────────────────────────────────────────────────────────────────────────────────────────────────


def _word_features(words: Words, key: Key, offset: int) -> list[str]:
    word = words(str(key))
    if offset == 0:
        return word.features()
    if abs(offset) == 1:
        return [f"{offset}w={word.folded}", f"{offset}e={word.folded[-3:]}"]
    return [f"{offset}w={word.folded}"]


def _class_features(key: Key, offset: int) -> list[str]:
    description = key if isinstance(key, Description) else NOTHING
    if offset == 0:
        return description.features()
    brief = f"{offset}b={description.brief}"
    if abs(offset) == 1:
        return [
            brief,
            f"{offset}s={description.shape}",
            f"{offset}k={description.kinds & NAME_KINDS}",
            f"{offset}f={description.frequency}",
        ]
    return [brief]


def _around(key: Key, offset: int) -> list[str]:
    if not isinstance(key, tuple):
        return []
    before, own, after = key
    return [f"a={before} {own} {after}", f"ab={before} {own}", f"aa={own} {after}", f"ax={before} {after}"]


def _joined(name: str, key: Key, offset: int) -> list[str]:
    return [f"{name}={' '.join(map(str, key))}"] if isinstance(key, tuple) else []


def _seen(key: Key, offset: int) -> list[str]:
    if not isinstance(key, tuple):
        return []
    evidence, brief = key
    together = "".join(evidence)
    return [*(f"d={item}" for item in evidence), *(f"dc={item} {brief[:2]}" for item in evidence), f"da={together}"]


def _line(key: Key, offset: int) -> list[str]:
    if not isinstance(key, tuple):
        return []
    return [f"{name}={value}" for name, value in zip(("z", "lf", "lb", "la", "lc", "lp"), key, strict=True)]


def _case(key: Key, offset: int) -> list[str]:
    if not isinstance(key, tuple) or key[0] == "M":
        return []
    case, brief, names, frequency = key
    return [f"cb={case} {brief}", f"cn={case} {names} {frequency}"]


def _place(key: Key, offset: int) -> list[str]:
    if not isinstance(key, tuple):
        return []
    zone, position, gap, gap_behind, first = key
    return [
        f"zp={zone} {position}",
        f"g={gap} {gap_behind}",
        f"zg={zone} {gap} {gap_behind}",
        f"pf={position} {first}",
        f"zf={zone} {first}",
    ]


def _cue(key: Key, offset: int) -> list[str]:
    if not isinstance(key, tuple):
        return []
    cue, distance, listed, earlier = key
    features = [f"q={cue}", f"qd={cue} {distance}", f"q2={earlier}", f"q12={earlier} {cue}"]
    return [*features, f"ql={cue} {listed}"] if listed else features


def _heading(key: Key, offset: int) -> list[str]:
    return key.features() if isinstance(key, Heading) else []


# ── keys of tokens ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Lines:
    """Per line with tokens on it: zone, case of its letters (Lower, Upper, Mixed), key for the line channel."""

    zones: list[str]
    cases: list[str]
    keys: list[tuple[str, ...]]

    @classmethod
    def of(cls, tokens: Tokens, known: Sequence[Word], zones: Sequence[Zone]) -> _Lines:
        first_of = [at for at, line in enumerate(tokens.lines) if at == 0 or line != tokens.lines[at - 1]]
        kinds = _line_zones([tokens.starts[at] for at in first_of], zones)
        firsts = [_short(known[at]) for at in first_of]
        cases, patterns = [], []
        for (first, end), kind in zip(pairwise([*first_of, len(tokens)]), kinds, strict=True):
            body = first + _CHAT_HEAD if kind == ZoneKind.CHAT else first
            cases.append(
                _line_case([word.text for word in known[body:end] if len(word.text) > 1 and word.text.isalpha()])
            )
            patterns.append(" ".join(word.brief[:2] for word in known[first:end]) if end - first < 8 else "")
        around = ["", *firsts, ""]
        return cls(kinds, cases, [*zip(kinds, firsts, around, around[2:], cases, patterns, strict=False)])


def _line_case(words: Sequence[str]) -> str:
    if len(words) > 2 and all(map(str.islower, words)):
        return "L"
    return "U" if len(words) > 1 and sum(map(str.isupper, words)) > 0.6 * len(words) else "M"


def _line_zones(starts: Sequence[int], zones: Sequence[Zone]) -> list[str]:
    kinds = ["-"] * len(starts)
    for zone in sorted(zones, key=lambda zone: -_ZONE_ORDER.index(zone.kind)):
        first = bisect_left(starts, zone.span.start)
        for line in range(first, bisect_left(starts, zone.span.end)):
            kinds[line] = zone.kind.value
    return kinds


def _cases(tokens: Tokens, known: Sequence[Word], lines: _Lines) -> Iterator[Key]:
    for line, word in zip(tokens.lines, known, strict=True):
        case = lines.cases[line]
        yield ("M",) if case == "M" else (case, word.brief, word.kinds & NAME_KINDS, word.frequency)


def _places(tokens: Tokens, lines: _Lines) -> Iterator[Key]:
    behind = [*tokens.gaps[1:], 4]
    current, position = -1, 0
    for line, gap, gap_behind in zip(tokens.lines, tokens.gaps, behind, strict=False):
        if line != current:
            current, position = line, 0
        place = position if position < 3 else 3 if position < 6 else 4 if position < 12 else 5
        yield lines.zones[line], f"{place}{'e' if gap_behind > 2 else ''}", gap, gap_behind, lines.keys[line][1]
        position += 1


def _cues(tokens: Tokens, known: Sequence[Word]) -> Iterator[Key]:
    """The nearest cue before each token on its line, how far it is, whether only a list of names lies between."""
    current, cue, earlier, at_cue, listed = -1, "", "", 0, 0
    for at, (line, word) in enumerate(zip(tokens.lines, known, strict=True)):
        if line != current:
            # A cue at the end of a line goes on for a few words: names are broken over line ends.
            current = line
            if at - at_cue > 3:
                cue, earlier, listed = "", "", 0
        distance = at - at_cue
        if cue and distance > _CUE_REACH and not listed:
            cue = earlier = ""
        near = distance if distance < 3 else 3 if distance < 6 else 4
        yield cue, near if cue else 0, listed if cue else 0, earlier
        if word.kinds & CUE_KINDS or word.folded in _LABEL_CUES:
            earlier, cue, at_cue, listed = cue, word.folded, at, 1
        elif listed and not _lists(word):
            listed = 0
        elif listed and word.folded in ("en", ","):
            listed = 2


def _lists(word: Word) -> bool:
    """Whether the word can stand in a list of names: `de leden X, Van Y (Z) en W`."""
    return (
        not word.text.islower()
        or bool(word.kinds & INFIX)
        or word.folded in ("en", "of", "e")
        or not word.text[0].isalnum()
    ) and word.text not in ".!?:;"


def _cues_behind(tokens: Tokens, known: Sequence[Word]) -> Iterator[Key]:
    """The first cue within five tokens behind each token, and what sign stands before it."""
    count = len(known)
    found: list[Key] = [("", 0)] * count
    cue, at_cue = "", 0
    for at in range(count - 1, -1, -1):
        distance = at_cue - at
        found[at] = (cue, distance) if cue and distance < 6 else ("", 0)
        word = known[at]
        if word.kinds & CUE_KINDS:
            cue, at_cue = word.folded, at
        if tokens.gaps[at] > 3:
            cue = ""
    return iter(found)
