"""Who is who over a dossier: whoever goes for certain in one document is looked for in the others.

Only full names count, and only of people whom nobody that stays in the dossier could be: a namesake of an office holder
is told apart within each document, or not at all. What is known gives way to an office that stands at the name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field

from woo_anon.document import Entity, Evidence, Person
from woo_anon.people.name import Name, fold, parse

EVIDENCE = Evidence("dossier", -2.0)
BELIEF = 0.2  # that a mention of somebody who goes elsewhere in the dossier may stay
_CERTAIN = 0.85
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True)
class Known:
    """Names of one document: full ones of persons who go for certain, and all of those who stay.

    `words` are the different words of its text, folded, with spaces between: whom it could name.
    """

    going: tuple[str, ...] = field(default=(), repr=False)
    staying: tuple[str, ...] = field(default=(), repr=False)
    words: str = field(default="", repr=False)

    def to_json(self) -> str:
        """As JSON, for a journal."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Known:
        """What `to_json` made."""
        values = json.loads(text)
        return cls(tuple(values["going"]), tuple(values["staying"]), values["words"])


@dataclass(frozen=True)
class Dossier:
    """Names that go in some document and stay in none, by folded surname. Travels between processes."""

    by_surname: Mapping[str, tuple[Name, ...]] = field(default_factory=dict, repr=False)

    def named_in(self, text: str) -> tuple[Name, ...]:
        """The names whose surname is a word of the text."""
        if not self.by_surname:
            return ()
        words = _words(text)
        return tuple(name for word in sorted(words & self.by_surname.keys()) for name in self.by_surname[word])

    def part_for(self, document: Known) -> Dossier:
        """What of it concerns one document; decisions on that document are the same with the part."""
        words = set(document.words.split())
        return Dossier({surname: names for surname, names in self.by_surname.items() if surname in words})

    def digest(self) -> str:
        """A SHA-256 of the names in it, as hexadecimal digits; "" when there are none. Not for publication."""
        if not self.by_surname:
            return ""
        names = [[surname, [asdict(name) for name in names]] for surname, names in sorted(self.by_surname.items())]
        return hashlib.sha256(json.dumps(names, default=sorted).encode()).hexdigest()


NO_DOSSIER = Dossier()


def known(text: str, persons: Iterable[Person], going: Container[int]) -> Known:
    """What a document knows of `persons`; `going` holds the numbers of those whom the decisions remove."""
    sure: list[str] = []
    staying: list[str] = []
    for person in persons:
        for surface in _names(text, person):
            if person.number not in going:
                staying.append(surface)
            elif not person.doubtful and person.score >= _CERTAIN and parse(surface).full:
                sure.append(surface)
    return Known(tuple(dict.fromkeys(sure)), tuple(dict.fromkeys(staying)), " ".join(sorted(_words(text))))


def _words(text: str) -> set[str]:
    return {fold(word) for word in _WORD.findall(text)}


def _names(text: str, person: Person) -> Iterator[str]:
    for mention in person.mentions:
        if mention.entity is Entity.PERSON and mention.score >= _CERTAIN:
            yield " ".join(text[mention.span.start : mention.span.end].split())


def gather(documents: Iterable[Known]) -> Dossier:
    """What the documents know together."""
    going: set[Name] = set()
    staying: dict[str, list[Name]] = defaultdict(list)
    for document in documents:
        going |= set(map(parse, document.going))
        for name in map(parse, document.staying):
            staying[_surname(name)].append(name)
    found: dict[str, list[Name]] = defaultdict(list)
    for name in sorted(going, key=lambda name: (name.surname, name.words, name.initials)):
        if not any(_may_be(name, other) for other in staying[name.surname]):
            found[name.surname].append(name)
    return Dossier({surname: tuple(names) for surname, names in found.items()})


def _surname(name: Name) -> str:
    return name.surname or (name.words[-1] if name.words else "")


def _may_be(one: Name, other: Name) -> bool:
    """Whether two names with one surname can be one person's."""
    first, second = one.first_letters, other.first_letters
    return not first or not second or first[0] == second[0]
