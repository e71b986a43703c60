"""Who is who over a dossier: what is certain of a person in one document holds in the others.

Only full names count, and a name that two people of the dossier may bear is told apart within each document, or not at
all. A surname alone is somebody's when nobody else in the dossier bears it. What a document itself says at a name is
stronger than what the others know:

    known elsewhere     here nothing is said                    here it is said
    goes                goes                                    an office at the mention keeps it
    holds an office     the belief that it may stay is raised   a function of the staff leaves the belief as it is
    one here, one there redacted, for a person to judge         as it is said

The parent process gathers, so this module and those it imports stay light. What reads a document is in telling.py.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from enum import StrEnum
from functools import lru_cache

from woo_anon.document import Evidence, Role
from woo_anon.people.duplicates import Duplicate, Trace, duplicates
from woo_anon.people.fingerprints import unpacked
from woo_anon.people.name import Name, fold, nickname, parse
from woo_anon.people.passages import NO_PASSAGES, Passages, disputed
from woo_anon.people.pseudonyms import Alias, Pseudonyms, pseudonyms
from woo_anon.spans import Span

# What an office elsewhere adds to the log-odds that a mention may stay. On the corpus cut in halves, each half a
# document, with scores of held-out folds, 40 mentions more stay rightly and 4 wrongly, those by surname alone.
OFFICE_LOGIT = 3.0
OFFICES = frozenset({Role.OFFICE_HOLDER, Role.TOP_OFFICIAL})
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


class Standing(StrEnum):
    """What the dossier knows of the bearer of a name. The values are codes of evidence."""

    GOES = "dossier"
    OFFICE = "dossier:office"
    DISPUTED = "dossier:disputed"


_WEIGHTS = {Standing.GOES: -2.0, Standing.OFFICE: OFFICE_LOGIT, Standing.DISPUTED: -1.0}


@dataclass(frozen=True)
class Known:
    """What one document knows of its people, as names, and of its text.

    going     full ones of persons who go for certain
    staying   all of those who stay
    perhaps   full ones of those who go, but not for certain
    roles     (full name, role) of those who go for certain, and of those who stay with an office at a mention
    trace     of its text, by which passages and duplicates are found
    aliases   whom it removes, when they are to have pseudonyms
    words     the different words of its text, folded, with spaces between: whom it could name
    """

    going: tuple[str, ...] = field(default=(), repr=False)
    staying: tuple[str, ...] = field(default=(), repr=False)
    perhaps: tuple[str, ...] = field(default=(), repr=False)
    roles: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    trace: Trace = field(default_factory=Trace, repr=False)
    aliases: tuple[Alias, ...] = ()
    words: str = field(default="", repr=False)

    def to_json(self) -> str:
        """As JSON, for a journal."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Known:
        """What `to_json` made."""
        values = json.loads(text)
        names = {key: tuple(values[key]) for key in ("going", "staying", "perhaps")}
        roles = tuple((name, role) for name, role in values["roles"])
        aliases = tuple(Alias(tuple(each["names"]), each["role"]) for each in values["aliases"])
        return cls(**names, roles=roles, trace=Trace.of(values["trace"]), aliases=aliases, words=values["words"])


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of the bearer of a full name. `others` are the full names of other people with this surname in the
    dossier; `role` is UNKNOWN where documents do not tell it, or differ."""

    name: Name = field(repr=False)
    standing: Standing
    role: Role = Role.UNKNOWN
    others: tuple[Name, ...] = field(default=(), repr=False)

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.standing.value, _WEIGHTS[self.standing])


@dataclass(frozen=True)
class Dossier:
    """What the documents know together: people by folded surname, passages that not all of them remove, duplicates by
    location. Travels between processes. `own` is the location of the document that it is for."""

    by_surname: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict, repr=False)
    passages: Passages = NO_PASSAGES
    duplicates: Mapping[str, Duplicate] = field(default_factory=dict, repr=False)
    pseudonyms: Pseudonyms | None = None
    own: str = field(default="", repr=False)

    def named_in(self, text: str) -> tuple[Fact, ...]:
        """What is known of those whose surname is a word of the text."""
        if not self.by_surname:
            return ()
        words = words_of(text)
        return tuple(fact for word in sorted(words & self.by_surname.keys()) for fact in self.by_surname[word])

    def surnames_at(self, text: str) -> tuple[Span, ...]:
        """Where a text says the surname of somebody who goes."""
        going = {fact.name.surname for fact in self.named_in(text) if fact.standing is Standing.GOES}
        return tuple(Span(*match.span()) for match in _WORD.finditer(text) if fold(match.group()) in going)

    def part_for(self, document: Known) -> Dossier:
        """What of it concerns one document; decisions on that document are the same with the part."""
        words = set(document.words.split())
        own = document.trace.location
        return Dossier(
            {surname: facts for surname, facts in self.by_surname.items() if surname in words},
            self.passages.at(unpacked(document.trace.fingerprints)) if self.passages else NO_PASSAGES,
            {own: self.duplicates[own]} if own in self.duplicates else {},
            self.pseudonyms.part_for(own, words) if self.pseudonyms else None,
            own,
        )

    def digest(self) -> str:
        """A SHA-256 of what is in it, as hexadecimal digits; "" when that is nothing. Not for publication."""
        parts = (self.by_surname, self.duplicates, self.pseudonyms and self.pseudonyms.labels)
        if not any(parts) and not self.passages:
            return ""
        told = [sorted((str(key), _plain(value)) for key, value in part.items()) for part in parts if part]
        return hashlib.sha256(json.dumps([told, self.passages.kinds]).encode() + self.passages.rows).hexdigest()


@lru_cache(1 << 16)  # the documents of a dossier are told the same facts
def _plain(value: object) -> str:
    """A fact, passages or a duplicate with all that is in it; their `repr` leaves out names."""
    if isinstance(value, tuple):
        return json.dumps([_plain(each) for each in value])
    return json.dumps(asdict(value)) if is_dataclass(value) and not isinstance(value, type) else str(value)


def words_of(text: str) -> set[str]:
    """The different words of a text, folded."""
    return {fold(word) for word in _WORD.findall(text)}


NO_DOSSIER = Dossier()


# ── What they know together ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Bearers:
    """All bearers of one surname."""

    going: set[Name] = field(default_factory=set)
    staying: set[Name] = field(default_factory=set)
    perhaps: set[Name] = field(default_factory=set)
    roles: dict[Name, set[Role]] = field(default_factory=lambda: defaultdict(set))

    def facts(self) -> Iterator[Fact]:
        offices = {name for name, roles in self.roles.items() if roles & OFFICES}
        full = sorted((name for name in self.going | self.staying | self.perhaps if name.full), key=_order)
        for name in sorted(self.going | offices, key=_order):
            standing = self._standing(name, offices)
            if standing:
                others = tuple(other for other in full if not _one_person(name, other))
                yield Fact(name, standing, self._role(name, standing), others)

    def _standing(self, name: Name, offices: set[Name]) -> Standing | None:
        goes = any(_one_person(name, other) for other in self.going)
        if any(_one_person(name, other) for other in offices):
            return Standing.DISPUTED if goes else Standing.OFFICE
        return None if any(_one_person(name, other) for other in self.staying) else Standing.GOES

    def _role(self, name: Name, standing: Standing) -> Role:
        told = {role for other, roles in self.roles.items() if _one_person(name, other) for role in roles}
        told -= {Role.UNKNOWN}
        return told.pop() if len(told) == 1 and standing is not Standing.DISPUTED else Role.UNKNOWN


def gather(documents: Iterable[Known]) -> Dossier:
    """What the documents know together."""
    known_of = tuple(documents)
    traces = [document.trace for document in known_of if document.trace.location]
    named = [(document.trace.location, document.aliases) for document in known_of if document.aliases]
    return Dossier(
        _people(known_of),
        disputed((unpacked(one.fingerprints) for one in traces), (each for one in traces for each in one.passages)),
        duplicates(traces),
        pseudonyms(named) if named else None,
    )


def _people(documents: Iterable[Known]) -> dict[str, tuple[Fact, ...]]:
    by_surname: dict[str, _Bearers] = defaultdict(_Bearers)
    for document in documents:
        for name in map(parse, document.going):
            by_surname[name.surname].going.add(name)
        for name in map(parse, document.staying):
            by_surname[_surname(name)].staying.add(name)
        for name in map(parse, document.perhaps):
            by_surname[name.surname].perhaps.add(name)
        for surface, role in document.roles:
            name = parse(surface)
            by_surname[name.surname].roles[name].add(Role(role))
    found = {surname: tuple(by_surname[surname].facts()) for surname in sorted(by_surname)}
    return {surname: facts for surname, facts in found.items() if facts}


def _order(name: Name) -> tuple[str, tuple[str, ...], str]:
    return name.surname, name.words, name.initials


def _surname(name: Name) -> str:
    return name.surname or (name.words[-1] if name.words else "")


def _one_person(one: Name, other: Name) -> bool:
    """Whether two names with one surname are, for all that they say, one person's."""
    if one.infix and other.infix and one.infix != other.infix:
        return False
    if one.given and other.given:
        return any(first == second or nickname(first, second) for first in one.given for second in other.given)
    first, second = one.first_letters, other.first_letters
    return not first or not second or first[0] == second[0]
