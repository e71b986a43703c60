"""Reads gold documents and turns their marks into the tagger's labels.

The format is that of models/corpus: a header of `# key: value` lines, a blank line, and text with `{{LABEL|surface}}`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from woo_anon.detect.lexicon import Kind, fold
from woo_anon.detect.tokens import Tokens
from woo_anon.detect.words import NAME_KINDS, Words
from woo_anon.evaluation import gold as annotated

_SURE_THING = re.compile(
    r"(?i)(straat|laan|weg|plein|kade|gracht|singel|hof|zaal|kamer|toren|huis|gebouw|school|college|lyceum|gymnasium|"
    r"kazerne|brug|tunnel|sluis|dijk|park|museum|prijs|fonds|stichting|universiteit|ziekenhuis|kliniek|instituut|haven|"
    r"fort|bos|polder|monument|paviljoen|kerk|molen|foundation|center|wet|norm|b\.?v\.?|n\.?v\.?|advies|advocaten)\b"
)
# First letters of the slices by what they are: ordinary as the documents of an authority are in how often a name is an
# office holder's; written for what is hard at the seam between office holders and civil servants; for what the tagger
# confused; later, realistic for two thirds and hard for one; or last, long and dense.
SLICES = {"ordinary": "RST", "seam": "UV", "confused": "W", "later": "XY", "dense": "AB"}
_POSTAL = re.compile(r"(?i)\b\d{4}\s*[a-z]{2}\b|postbus")
_POLITICS = frozenset(
    {"motie", "moties", "amendement", "amendementen", "kabinet", "initiatiefnota", "lid", "leden", "minister", "stas"}
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A marked span of the plain text."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold document without its marks. `kind` is nota, email, …"""

    name: str
    kind: str
    text: str
    mentions: tuple[Mention, ...]


def parse(name: str, source: str) -> Gold:
    """A document from its file's content. Raises UnreadableError for a broken mark or header."""
    return _of(annotated.parse(name, source))


def read(folder: Path) -> list[Gold]:
    """All documents of a folder, by name. Raises UnreadableError as `parse` does, and when there is none."""
    return [_of(document) for document in annotated.read(folder)]


def _of(document: annotated.Gold) -> Gold:
    mentions = (Mention(marked.span.start, marked.span.end, marked.label) for marked in document.mentions)
    return Gold(document.name, document.header.get("kind", ""), document.text, tuple(mentions))


def marked(gold: Gold) -> str:
    """The document in the gold format again."""
    text, last = [f"# kind: {gold.kind}\n\n"], 0
    for mention in gold.mentions:
        text += [gold.text[last : mention.start], f"{{{{{mention.label}|{gold.text[mention.start : mention.end]}}}}}"]
        last = mention.end
    return "".join([*text, gold.text[last:]])


def label_of(gold: Gold, mention: Mention, words: Words) -> str | None:
    """The tagger's label of a mention (without B- and I-); None where another detector is asked."""
    surface = gold.text[mention.start : mention.end]
    match mention.label:
        case "PERSON":
            return "GO"
        case "INITIALS":
            return "INI"
        case "USERNAME":
            return "USER"
        case "ADDRESS":
            return "ADDR"
        case "TOP" | "KEEP":
            return _kept(gold.text[max(0, mention.start - 30) : mention.start], surface, words)
    return None


def _kept(before: str, surface: str, words: Words) -> str | None:
    letters = [word for word in re.findall(r"[^\W\d_]+", surface) if len(word) > 2]
    if "@" in surface or (not letters and any(sign.isdecimal() for sign in surface)):
        return None
    if _POSTAL.search(surface) or re.search(r"[^\W\d_]{4,} \d+", surface):
        return "ADDRSTAY"
    if _like_initials(surface, words):
        return "INISTAY"
    previous = fold(re.sub(r".*[^\w]", "", before.rstrip(" -'\"“‘").rpartition("\n")[2]))
    if previous in _POLITICS:
        return "STAY"
    thing = int(Kind.THING | Kind.ORGANISATION)
    if _SURE_THING.search(surface) or (words(previous).kinds & thing if previous else 0):
        return "THING"
    return "THING" if any(words(word.lower()).kinds & thing for word in letters if word.islower()) else "STAY"


def _like_initials(surface: str, words: Words) -> bool:
    if len(surface) > 6 or " " in surface or re.fullmatch(r"[^\W\d_][^\W\d_A-Z]{2,}\W?", surface):
        return False
    return len(surface) < 4 or not surface.isalpha() or not words(surface).kinds & NAME_KINDS


_CHAINED = frozenset({"GO", "STAY", "THING"})


def token_labels(gold: Gold, tokens: Tokens, words: Words) -> list[str]:
    """A label for every token: names with B- and I-, the other entities without, else O."""
    labels = ["O"] * len(tokens)
    at = 0
    for mention in gold.mentions:
        label = label_of(gold, mention, words)
        while at < len(tokens) and tokens.ends[at] <= mention.start:
            at += 1
        first, end = at, at
        while end < len(tokens) and tokens.starts[end] < mention.end:
            end += 1
        if label is None:
            continue
        for place in range(first, end):
            labels[place] = f"{'B' if place == first else 'I'}-{label}" if label in _CHAINED else label
    return labels


def folds(documents: Sequence[Gold], count: int = 5) -> list[set[str]]:
    """Names of the documents of each fold; every slice of the corpus is spread over all folds."""
    return [{gold.name for gold in documents[fold::count]} for fold in range(count)]
