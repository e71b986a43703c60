"""Figures of the tagger on gold documents, mention by mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus import Gold, Mention, label_of

from woo_anon.detect.labeller import Entity
from woo_anon.detect.words import Words

_PEOPLE = ("PERSON", "INITIALS", "USERNAME", "ADDRESS")


@dataclass
class Figures:
    """Counts over documents.

    found     per gold label: mentions whose letters and digits all lie in some entity
    goes      of those that must go: mentions wholly covered by entities believed to go (stays < 0.5)
    kept      of KEEP and TOP: mentions not touched by an entity believed to go
    good      letters covered by entities believed to go that gold redacts too; `redacted`: all letters so covered
    """

    total: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    goes: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    good: int = 0
    redacted: int = 0
    stray: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, gold: Gold, entities: Sequence[Entity], words: Words) -> None:
        """Count one document."""
        anything = _letters(gold.text, ((e.start, e.end) for e in entities))
        going = _letters(gold.text, ((e.start, e.end) for e in entities if e.stays < 0.5))
        must: set[int] = set()
        marked: set[int] = set()
        for mention in gold.mentions:
            letters = _letters(gold.text, [(mention.start, mention.end)])
            marked |= letters
            key = _key(gold, mention, words)
            if key is None or not letters:
                continue
            self.total[key] += 1
            self.found[key] += letters <= anything
            if mention.label in _PEOPLE:
                must |= letters
                self.goes[key] += letters <= going
                if not letters <= going:
                    self.misses.append(_miss(gold, mention, "NOT FOUND" if not letters <= anything else "STAYS"))
            else:
                self.kept[key] += not letters & going
                if letters & going:
                    self.misses.append(_miss(gold, mention, "GOES"))
        self.good += len(going & must)
        self.redacted += len(going & must) + len(going - marked) + len(going & marked - must)
        self.stray += len(anything - marked)
        self.misses += [_miss(gold, place, "STRAY") for place in _strays(entities, marked, gold.text)]

    def rows(self) -> list[tuple[str, int, float, float | None, float | None]]:
        """(label, mentions, found, goes, kept); None where it does not apply."""
        return [
            (
                key,
                count,
                self.found[key] / count,
                self.goes[key] / count if key in _PEOPLE else None,
                self.kept[key] / count if key not in _PEOPLE else None,
            )
            for key, count in sorted(self.total.items())
        ]

    def report(self) -> str:
        """The figures as a table, and the shares over all names."""
        lines = [f"{'label':16}{'mentions':>9}{'found':>8}{'goes':>8}{'kept':>8}"]
        for key, count, *shares in self.rows():
            lines.append(f"{key:16}{count:9}" + "".join(f"{'-' if s is None else f'{s:.4f}':>8}" for s in shares))
        names = ("PERSON", "INITIALS")
        total = sum(self.total[key] for key in names) or 1
        keeps = sum(self.kept.values()) / (sum(self.total[key] for key in self.kept) or 1)
        lines.append(
            f"names found {sum(self.found[key] for key in names) / total:.4f}  goes "
            f"{sum(self.goes[key] for key in names) / total:.4f}  kept {keeps:.4f}  precision "
            f"{self.good / (self.redacted or 1):.4f}  letters outside any mark {self.stray}"
        )
        return "\n".join(lines)


def _key(gold: Gold, mention: Mention, words: Words) -> str | None:
    if mention.label in _PEOPLE:
        return mention.label
    label = label_of(gold, mention, words)
    return f"{mention.label} {label}" if label else None


def _letters(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end) if text[at].isalnum()}


def _strays(entities: Sequence[Entity], marked: set[int], text: str) -> Iterator[Mention]:
    for entity in entities:
        letters = _letters(text, [(entity.start, entity.end)])
        if entity.stays < 0.5 and not letters & marked:
            yield Mention(entity.start, entity.end, entity.label)


def _miss(gold: Gold, mention: Mention, why: str) -> str:
    around = gold.text[max(0, mention.start - 35) : mention.end + 25].replace("\n", "⏎")
    return f"{gold.name} {why:9} {mention.label:9} {gold.text[mention.start : mention.end]!r} in {around!r}"
