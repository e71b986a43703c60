"""Pseudonyms, where the user wants them: `ambtenaar 1`, `burger 2`, one for each person throughout a dossier.

Numbers are given in the order in which people first appear, document after document, so they tell nothing of a name,
and nothing is derived from one. Every dossier counts anew. People are the same over documents by surname and first
given name, by initials that fit one of those alone, by a surname that one of them alone bears; others count in their
own document only. So one person can get two pseudonyms, which tells less than is true, before two get one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from woo_anon.document import Decision, Entity, Person, Role
from woo_anon.people.name import Name, fold, parse

_WORDS = {
    Role.CIVIL_SERVANT: "ambtenaar",
    Role.TOP_OFFICIAL: "ambtenaar",
    Role.CITIZEN: "burger",
    Role.EXTERNAL: "externe",
}
_ANYBODY = ("persoon", "betrokkene", "iemand")  # the next where the first is somebody's name
_NAMED = frozenset({Entity.PERSON, Entity.INITIALS, Entity.USERNAME})

Key = tuple[str, str, str]  # document ("" for all of them), surname or other word, first given name or initial


@dataclass(frozen=True, slots=True)
class Alias:
    """A person whom a document removes: the names by which it does, and the role."""

    names: tuple[str, ...] = field(repr=False)
    role: str


@dataclass(frozen=True)
class Pseudonyms:
    """The pseudonyms of a dossier. `bearers` are the first given names and initials by surname."""

    bearers: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    labels: Mapping[Key, str] = field(default_factory=dict, repr=False)

    def of(self, path: str, alias: Alias) -> str | None:
        """The pseudonym of somebody in the document at `path`; None when nobody gave one."""
        return self.labels.get(_key(path, alias, self.bearers))

    def part_for(self, path: str, words: Container[str]) -> Pseudonyms:
        """What of it concerns one document, which has these words."""
        return Pseudonyms(
            {surname: firsts for surname, firsts in self.bearers.items() if surname in words},
            {key: label for key, label in self.labels.items() if key[0] == path or (not key[0] and key[1] in words)},
        )


def aliases(text: str, persons: Iterable[Person], decisions: Iterable[Decision]) -> Mapping[int, Alias]:
    """Whom the document removes, by number, in the order of their first removed mention.

    Not those about whom there is doubt: who they are the same as is what is not known.
    """
    by_number = {person.number: person for person in persons if not person.doubtful}
    found: dict[int, Alias] = {}
    for decision in decisions:
        person = by_number.get(decision.person or 0)
        if decision.removes and decision.entity in _NAMED and person is not None and person.number not in found:
            found[person.number] = Alias(tuple(dict.fromkeys(_surfaces(text, person))), person.role.value)
    return found


def _surfaces(text: str, person: Person) -> Iterator[str]:
    for mention in person.mentions:
        if mention.entity in _NAMED:
            yield " ".join(text[mention.span.start : mention.span.end].split())


def pseudonyms(documents: Iterable[tuple[str, Sequence[Alias]]]) -> Pseudonyms:
    """The pseudonyms of all `documents` (path, people), in this order."""
    listed = [(path, alias) for path, people in documents for alias in people]
    bearers = _bearers(alias for _, alias in listed)
    roles: dict[Key, set[Role]] = defaultdict(set)
    for path, alias in listed:
        roles[_key(path, alias, bearers)].add(Role(alias.role))
    words = {word for _, alias in listed for name in alias.names for word in fold(name).split()}
    labels = {key: f"{_word(told, words)} {number}" for number, (key, told) in enumerate(roles.items(), 1)}
    return Pseudonyms(bearers, labels)


def _word(roles: set[Role], taken: set[str]) -> str:
    told = {_WORDS[role] for role in roles if role in _WORDS}
    anybody = next(word for word in _ANYBODY if word not in taken or word == _ANYBODY[-1])
    word = told.pop() if len(told) == 1 else anybody
    return anybody if word in taken else word


def _bearers(people: Iterable[Alias]) -> dict[str, tuple[str, ...]]:
    """By surname the first given names of all; of initials those that fit none of them."""
    given: dict[str, dict[str, None]] = defaultdict(dict)
    initials: dict[str, dict[str, None]] = defaultdict(dict)
    for name in (_most_telling(alias) for alias in people):
        if name.surname and name.given:
            given[name.surname][name.given[0]] = None
        elif name.surname and name.initials:
            initials[name.surname][name.initials[0]] = None
    found = {}
    for surname in given | initials:
        firsts = tuple(given[surname])
        rest = (letter for letter in initials[surname] if not any(first.startswith(letter) for first in firsts))
        found[surname] = (*firsts, *rest)
    return found


def _most_telling(alias: Alias) -> Name:
    names = [parse(name) for name in alias.names]
    return max(names, key=lambda name: (bool(name.surname and name.given), name.full, len(name.words)))


def _key(path: str, alias: Alias, bearers: Mapping[str, Sequence[str]]) -> Key:
    name = _most_telling(alias)
    surname = name.surname or (name.words[-1] if name.words else "")
    first = name.given[0] if name.given else name.initials[:1]
    fitting = [bearer for bearer in bearers.get(surname, ()) if bearer.startswith(first)]
    if name.full and name.given:
        return "", surname, first
    if surname and len(fitting) == 1:
        return "", surname, fitting[0]
    return path, surname or fold(alias.names[0]), first


def labelled(
    text: str, decisions: Sequence[Decision], people: Mapping[int, Alias], path: str, names: Pseudonyms
) -> tuple[Decision, ...]:
    """`decisions` with pseudonyms for labels, where there are any; `people` are the `aliases` of the document.

    A document that removes the very word, such as the term `burger`, does not get it back in a label.
    """
    surfaces = (text[one.span.start : one.span.end] for one in decisions if one.removes)
    removed = {word for surface in surfaces for word in fold(surface).split()}
    known = {number: names.of(path, alias) for number, alias in people.items()}
    fit = {number: label for number, label in known.items() if label and label.split()[0] not in removed}
    return tuple(
        replace(one, label=fit[one.person])
        if one.removes and one.entity in _NAMED and one.person is not None and one.person in fit
        else one
        for one in decisions
    )
