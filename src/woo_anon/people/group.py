"""Grouping: which mentions are of one person.

Full names come first and make the groups; two full names are one person's when the surname agrees (also by one half
of a double name, or but for a letter or two that OCR changed) and nothing in given names or initials contradicts.
Single words, initials and account names then join the group that they fit; where more than one fits, the nearest
earlier mention decides and the mention is marked as ambiguous.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from woo_anon.document import Entity, Finding
from woo_anon.people.name import Name, fold, nickname, paraaf_letters, parse

GROUPED = frozenset({Entity.PERSON, Entity.INITIALS, Entity.USERNAME})
# Two surnames of six letters or more that OCR or a typing error set apart: at most one letter in eight differs.
_FUZZY_LETTERS, _FUZZY_RATIO = 6, 87.0


@dataclass(slots=True)
class Group:
    """Mentions believed to be of one person. `ambiguous` holds the indices of mentions that fitted other groups as
    well, with the numbers of those groups."""

    number: int
    surnames: set[str] = field(default_factory=set)  # surname and the halves of a double one, folded
    infixes: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    initials: set[str] = field(default_factory=set)
    parafen: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)
    ambiguous: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def take(self, index: int, name: Name | None = None) -> None:
        """Add a mention, and what its name tells about the person."""
        self.mentions.append(index)
        if name is None:
            return
        if name.surname:
            self.surnames |= {name.surname, *(word for word in name.words if word not in name.given)}
            self.parafen |= paraaf_letters(name)
        self.given |= set(name.given)
        if name.infix:
            self.infixes.add(name.infix)
        if name.initials:
            self.initials.add(name.initials)

    def first_letters(self) -> set[str]:
        return {letters[0] for letters in self.initials} | {given[0] for given in self.given}


class _Grouping:
    """The groups so far, with an index from word to groups, so that each mention looks at few of them."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.by_surname: dict[str, list[Group]] = defaultdict(list)
        self.by_given: dict[str, list[Group]] = defaultdict(list)
        self.by_paraaf: dict[str, list[Group]] = defaultdict(list)

    def new(self) -> Group:
        group = Group(len(self.groups) + 1)
        self.groups.append(group)
        return group

    def take(self, group: Group, index: int, name: Name | None) -> None:
        group.take(index, name)
        for table, words in (
            (self.by_surname, group.surnames),
            (self.by_given, group.given),
            (self.by_paraaf, group.parafen),
        ):
            for word in words:
                if group not in table[word]:
                    table[word].append(group)

    def with_surname(self, word: str) -> list[Group]:
        """Groups with this surname; without its genitive s or but for an OCR error when there is none so."""
        for form in _forms(word):
            if self.by_surname.get(form):
                return self.by_surname[form]
        if len(word) >= _FUZZY_LETTERS:
            close = process.extractOne(word, self.by_surname.keys(), scorer=fuzz.ratio, score_cutoff=_FUZZY_RATIO)
            if close:
                return self.by_surname[close[0]]
        return []

    def with_given(self, word: str) -> list[Group]:
        for form in _forms(word):
            if self.by_given.get(form):
                return self.by_given[form]
        if len(word) >= 3:
            short = {
                group.number: group for key, groups in self.by_given.items() if nickname(word, key) for group in groups
            }
            return list(short.values())
        return []


def _forms(word: str) -> list[str]:
    """The word and, were it a genitive, the name in it: `yildirims`, `jan's`."""
    forms = [word]
    for ending in ("'s", "s", "'"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            forms.append(word[: -len(ending)])
    return forms


def group(text: str, findings: Sequence[Finding]) -> list[Group]:
    """Group the mentions among `findings` (persons, initials, accounts); indices in the groups are of `findings`."""
    names = {
        index: parse(text[finding.span.start : finding.span.end])
        for index, finding in enumerate(findings)
        if finding.entity in GROUPED
    }
    grouping = _Grouping()
    _full_names(grouping, findings, names)
    for index, name in names.items():
        finding = findings[index]
        if finding.entity is Entity.PERSON and not name.full:
            _single(grouping, findings, index, name)
    for index in names:
        entity = findings[index].entity
        if entity is Entity.INITIALS:
            _initials(grouping, findings, index, text)
        elif entity is Entity.USERNAME:
            _account(grouping, index, text, findings)
    return [made for made in grouping.groups if made.mentions]


def _full_names(grouping: _Grouping, findings: Sequence[Finding], names: dict[int, Name]) -> None:
    full = [index for index, name in names.items() if name.full and findings[index].entity is Entity.PERSON]
    # The most telling first, so that `J. Bakker` finds `Jan-Willem Bakker` and `Jan Bakker` apart already.
    for index in sorted(full, key=lambda at: (-len(names[at].words), -len(names[at].initials), at)):
        name = names[index]
        candidates = [made for made in grouping.with_surname(name.surname) if agrees(made, name)]
        if not candidates and name.given:  # reversed, as in `Meulen Willemijn`
            turned = [made for made in grouping.with_surname(name.given[0]) if name.surname in made.given]
            candidates = turned
        chosen = _nearest(candidates, index) if candidates else grouping.new()
        grouping.take(chosen, index, name)


def agrees(made: Group, name: Name) -> bool:
    """Whether nothing in given names and initials of the group contradicts the name."""
    if name.infix and made.infixes and name.infix not in made.infixes and len(name.words) < 3:
        return False
    if name.given and made.given:
        return any(
            one == other or nickname(one, other) or (len(one) > 4 and fuzz.ratio(one, other) >= _FUZZY_RATIO)
            for one in name.given
            for other in made.given
        )
    letters = made.first_letters()
    if name.initials and made.initials:
        return any(one.startswith(name.initials) or name.initials.startswith(one) for one in made.initials)
    return not letters or not name.first_letters or name.first_letters[0] in letters


def _single(grouping: _Grouping, findings: Sequence[Finding], index: int, name: Name) -> None:
    if not name.words:
        _place(
            grouping, grouping.by_paraaf.get(name.initials, []), findings, index, Name((), name.initials, "", "", ())
        )
        return
    word = name.words[-1]
    surnames = [made for made in grouping.with_surname(word) if _infix_fits(made, name)]
    givens = [] if name.infix else [made for made in grouping.with_given(word) if made not in surnames]
    candidates = surnames or givens
    fresh = Name(name.words, name.initials, name.infix, name.surname or word, ())
    _place(grouping, candidates, findings, index, fresh)


def _infix_fits(made: Group, name: Name) -> bool:
    return not name.infix or not made.infixes or name.infix in made.infixes


def _place(
    grouping: _Grouping, candidates: list[Group], findings: Sequence[Finding], index: int, fresh: Name | None
) -> None:
    """Put the mention into the nearest candidate, or a group of its own named by `fresh`."""
    if not candidates:
        grouping.take(grouping.new(), index, fresh)
        return
    chosen = _nearest(candidates, index)
    grouping.take(chosen, index, None)
    others = tuple(made.number for made in candidates if made is not chosen)
    if others:
        chosen.ambiguous[index] = others


def _nearest(candidates: Sequence[Group], index: int) -> Group:
    """The group with the nearest mention; an earlier one goes before a later one at the same distance."""

    def distance(made: Group) -> tuple[int, int]:
        return min((abs(index - at), int(at > index)) for at in made.mentions)

    return min(candidates, key=distance)


def _initials(grouping: _Grouping, findings: Sequence[Finding], index: int, text: str) -> None:
    span = findings[index].span
    letters = "".join(character for character in fold(text[span.start : span.end]) if character.isalpha())
    candidates = grouping.by_paraaf.get(letters, [])
    fresh = Group(0, parafen={letters})
    if candidates:
        _place(grouping, candidates, findings, index, None)
        return
    made = grouping.new()
    made.parafen |= fresh.parafen
    grouping.take(made, index, None)


def _account(grouping: _Grouping, index: int, text: str, findings: Sequence[Finding]) -> None:
    span = findings[index].span
    local = fold(text[span.start : span.end])
    candidates = Bearers(grouping.groups).named_in(local)
    _place(grouping, candidates, findings, index, None)


class Bearers:
    """Groups by the names that may stand in a mail address or account name, each name looked at once."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._by_surname: dict[str, list[Group]] = defaultdict(list)
        self._by_given: dict[str, list[Group]] = defaultdict(list)
        for made in groups:
            for word in made.surnames:
                if len(word) >= 4:
                    self._by_surname[word.replace("-", "")[:8]].append(made)
            for given in made.given:
                if len(given) >= 4:
                    self._by_given[given].append(made)

    def named_in(self, local: str) -> list[Group]:
        """The groups whose surname (four letters or more) stands in a folded mail local part or account name.

        A given name or initials in it choose between people with one surname; a given name alone counts when no
        surname fits.
        """
        squeezed = "".join(character for character in local if character.isalpha())
        by_surname = _standing_in(squeezed, self._by_surname)
        if not by_surname:
            return _standing_in(squeezed, self._by_given)
        named = [made for made in by_surname if any(given in squeezed for given in made.given)]
        lettered = [made for made in by_surname if squeezed[:1] in made.first_letters()]
        return named or lettered or by_surname


def _standing_in(text: str, table: Mapping[str, Sequence[Group]]) -> list[Group]:
    """The groups of all keys that are part of `text`, each once and in the order of their numbers."""
    standing = {made.number: made for word, groups in table.items() if word in text for made in groups}
    return [standing[number] for number in sorted(standing)]
