"""The register of public office holders: who holds or held an office that makes a name public.

A name in the register is evidence, not proof. Many office holders are called Jansen or De Vries, and a civil servant
may bear a minister's full name: "Bas Hermans, beleidsmedewerker" goes although a minister Hermans stays. What `match`
says is one piece of evidence among titles, zones and functions; it never decides by itself.

The register has one row per office and period, so a person may stand in it several times. The shipped rows stand in
`officials.csv` (where they come from: `officials.SOURCES.md`); an organisation's own rows, in `officials.csv` in the
user's configuration folder, are laid on top.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from woo_anon.people.name import INFIXES, Name, fold, parse
from woo_anon.people.official import OFFICES, Official
from woo_anon.people.register_files import add, read, user_file

__all__ = ["OFFICES", "Level", "Match", "Official", "Register", "add", "load", "read", "user_file"]

SHIPPED = Path(__file__).with_name("officials.csv")

_BREAK = re.compile(r"[\s\-‐‑–]+")
_HYPHEN = re.compile(r"[-‐‑–]")
_SHORTENED = frozenset({"v", "d", "vd", "v.d", "vdn"})
# Words before a name that name an office; detection may take them into the mention.
_STYLES = {
    *("minister", "premier", "staatssecretaris", "kamerlid", "senator", "lid", "burgemeester", "wethouder"),
    *("commissaris", "eurocommissaris", "president", "bondskanselier", "gouverneur", "ombudsman", "koning"),
    *("koningin", "prins", "prinses", "gedeputeerde", "dijkgraaf", "voorzitter"),
}
_ROYAL = frozenset({"koning", "koningin", "prins", "prinses"})
# Members of the royal house whose given name alone hardly means anybody else.
_KNOWN_BY_GIVEN_NAME = frozenset({"willem-alexander", "maxima"})


class Level(StrEnum):
    """How far a name agrees with the register, from most to least."""

    FULL = "full"  # given name, or all initials (two or more, or the one there is), and surname
    INITIAL = "initial"  # first initial and surname
    SURNAME = "surname"  # only a surname is given, and it agrees
    GIVEN = "given"  # a royal given name alone
    CONTRADICTED = "contradicted"  # the surname agrees, but given name or initials contradict everybody who bears it
    NONE = "none"


_RANK = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Match:
    """What the register says of a name: the level, and the rows that agree so far (at `contradicted`: that do not)."""

    level: Level
    officials: tuple[Official, ...] = ()

    @property
    def offices(self) -> frozenset[str]:
        """Codes of the offices of those who agree; empty when nobody does."""
        return frozenset() if self.level is Level.CONTRADICTED else frozenset(row.office for row in self.officials)


@dataclass(frozen=True)
class Register:
    """The rows, with an index by surname that is made when first asked for."""

    officials: tuple[Official, ...]

    @cached_property
    def _index(self) -> dict[str, tuple[Official, ...]]:
        index: defaultdict[str, dict[Official, None]] = defaultdict(dict)
        for official in self.officials:
            for key in _surname_keys(official.surname):
                index[key][official] = None
        return {key: tuple(rows) for key, rows in index.items()}

    @cached_property
    def _royals(self) -> dict[str, tuple[Official, ...]]:
        found: defaultdict[str, list[Official]] = defaultdict(list)
        for official in self.officials:
            if official.office == "koninklijk-huis":
                found[fold(official.given)].append(official)
        return {given: tuple(rows) for given, rows in found.items()}

    def by_surname(self, folded: str) -> tuple[Official, ...]:
        """Everybody with this surname (folded, without infix), or with it as one half of a double name."""
        return self._index.get(folded, ())

    def match(self, name: Name) -> Match:
        """How far `name` agrees with anybody in the register; a genitive with apostrophe (Rutte's) does not matter."""
        found = self._match(name)
        if found.level is Level.NONE and name.words and name.words[-1].endswith(("'s", "'")):
            found = self._match(_without_genitive(name))
        if not found.offices and name.words and 2 <= len(name.initials) <= 3:
            shouted = self._match(_short_surname(name))
            found = shouted if shouted.level is Level.FULL else found
        return found

    def find(self, text: str) -> tuple[Official, ...]:
        """Rows for a name as somebody types it: those that match it best, else those whose name holds the text."""
        found = self.match(parse(text))
        if found.offices:
            return found.officials
        wanted = fold(text).strip()
        return tuple(row for row in self.officials if wanted in fold(row.name)) if wanted else ()

    def _match(self, name: Name) -> Match:
        levels: defaultdict[Level, list[Official]] = defaultdict(list)
        for official in self._candidates(name):
            level = _compare(name, official)
            if level is not Level.NONE:
                levels[level].append(official)
        if not levels or set(levels) == {Level.CONTRADICTED}:
            royals = self._royals.get(_royal_given(name), ())
            if royals:
                return Match(Level.GIVEN, royals)
        if not levels:
            return Match(Level.NONE)
        best = min(levels, key=_RANK.__getitem__)
        return Match(best, tuple(levels[best]))

    def _candidates(self, name: Name) -> Iterator[Official]:
        """Rows that share a word with the name as a surname: the whole one, a half, or the last word of either."""
        seen: set[Official] = set()
        for word in name.words:
            for official in self._index.get(word, ()):
                if official not in seen:
                    seen.add(official)
                    yield official


def load(extra: Sequence[Path] = ()) -> Register:
    """The shipped register with the user's own rows and those of the files `extra` on top.

    Raises SettingsError when one of the files cannot be read or is none of the three forms (see `read`).
    """
    own = user_file()
    paths = [*([own] if own.exists() else []), *extra]
    return _loaded(tuple((path, path.stat().st_mtime_ns if path.exists() else 0) for path in paths))


@lru_cache(maxsize=4)
def _loaded(stamped: tuple[tuple[Path, int], ...]) -> Register:
    """The register with these files on top, made anew when one of them changed: every document asks for it."""
    rows = dict.fromkeys(_shipped())
    for path, _ in stamped:
        rows.update(dict.fromkeys(read(path)))
    return Register(tuple(rows))


@lru_cache(maxsize=1)
def _shipped() -> tuple[Official, ...]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(Official(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A row's name, folded. `pieces`: the whole surname and the halves of a double one, as words without infixes."""

    pieces: tuple[tuple[str, ...], ...]
    infix: tuple[str, ...]
    inner: frozenset[str]  # infixes inside a double name: Faber-van de Klashorst
    given: tuple[str, ...]  # a hyphenated given name is one
    initials: str

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for piece in self.pieces for word in piece)


@lru_cache(maxsize=4096)
def _shape(official: Official) -> _Shape:
    surname = fold(official.surname)
    parts = [surname, *(_HYPHEN.split(surname) if _HYPHEN.search(surname) else [])]
    words = [[word for word in _BREAK.split(part) if word and word not in INFIXES] for part in parts]
    return _Shape(
        pieces=tuple(tuple(dict.fromkeys(piece)) for piece in words if piece),  # `Name.words` names each word once
        infix=tuple(fold(official.infix).split()),
        inner=frozenset(word for word in _BREAK.split(surname) if word in INFIXES),
        given=tuple(fold(official.given).split()),
        initials="".join(letter for letter in fold(official.initials) if letter.isalpha()),
    )


def _surname_keys(surname: str) -> Iterator[str]:
    """The folded surname, its halves, and the last word of each, by which `match` looks them up."""
    folded = fold(surname)
    for part in (folded, *_HYPHEN.split(folded)):
        words = [word for word in _BREAK.split(part) if word and word not in INFIXES]
        if words:
            yield part.strip()
            yield " ".join(words)
            yield words[-1]


def _compare(name: Name, official: Official) -> Level:
    """How far the name agrees with this one row."""
    shape = _shape(official)
    piece = next((piece for piece in shape.pieces if _holds(name.words, piece)), None)
    if piece is None or _married(name, shape) or _goes_on(name, piece, shape):
        return Level.NONE
    infix = _infix_tokens(name, shape)
    level = _given_level(name, shape)
    if infix and not _same_infix(infix, shape):
        return Level.NONE
    if not infix and shape.infix and level is not Level.FULL:
        return Level.NONE  # Jonge is not De Jonge, unless Hugo stands before it
    if not _is_surname(name, piece, shape) and level is not Level.FULL:
        return Level.NONE  # a given name that is somebody's surname: Thomas
    return level


def _holds(words: tuple[str, ...], piece: tuple[str, ...]) -> bool:
    size = len(piece)
    return any(words[at : at + size] == piece for at in range(len(words) - size + 1))


def _is_surname(name: Name, piece: tuple[str, ...], shape: _Shape) -> bool:
    """Whether the piece is what the name has for a surname."""
    if not name.surname:
        return name.words == piece
    return set(_halves(name.surname)) <= shape.words


def _married(name: Name, shape: _Shape) -> bool:
    """Whether one half of the name's double surname is theirs and the other is not: Rutte-Jansen."""
    halves = set(_halves(name.surname))
    return bool(halves & shape.words) and not halves <= shape.words


def _goes_on(name: Name, piece: tuple[str, ...], shape: _Shape) -> bool:
    """Whether a surname of others stands behind theirs: Eppo Bruins Slot."""
    last = name.words[-1]
    known = shape.words | set(shape.given)
    return last in _halves(name.surname) and name.words[-len(piece) :] != piece and not set(_halves(last)) & known


def _halves(word: str) -> list[str]:
    return [part for part in _HYPHEN.split(word) if part and part not in INFIXES]


def _infix_tokens(name: Name, shape: _Shape) -> list[str]:
    """The infix of the name without what is this person's given name (Ben)."""
    return [token for token in name.infix.split() if token not in shape.given]


def _same_infix(tokens: list[str], shape: _Shape) -> bool:
    if tuple(tokens) == shape.infix or (shape.inner and set(tokens) <= shape.inner | set(shape.infix)):
        return True
    if not _SHORTENED & set(tokens):
        return False
    short = "".join(tokens).replace(".", "").removesuffix("n")
    return short == "".join(token[0] for token in shape.infix)


def _given_level(name: Name, shape: _Shape) -> Level:
    """What given names and initials say, the surname taken to agree."""
    given = _given_tokens(name, shape)
    if given:
        # Initials with names beside them (in brackets or not): any of the names may be the call name.
        tried = given if name.initials else given[:1]
        if any(_same_given(token, given, shape.given) for token in tried):
            return Level.FULL
        if any(_short_form(token, shape.given) for token in tried):
            return Level.INITIAL
        if not shape.given and shape.initials.startswith(given[0][0]):
            return Level.INITIAL
        return Level.CONTRADICTED
    if name.initials:
        return _initials_level(name.initials, shape)
    return Level.FULL if any(token in shape.given for token in name.infix.split()) else Level.SURNAME


def _given_tokens(name: Name, shape: _Shape) -> list[str]:
    theirs = shape.words | _STYLES
    tokens = [token for token in name.given if not set(_halves(token)) <= theirs]
    return tokens or [word for word in name.words if word not in theirs]


def _same_given(token: str, given: list[str], theirs: tuple[str, ...]) -> bool:
    """Whether a given name is theirs; Jan is not Jan-Willem, but Jan Peter and Jan-Peter are one."""
    if not theirs:
        return False
    all_theirs = {half for word in theirs for half in _halves(word)}
    all_given = {half for word in given for half in _halves(word)}
    return set(_halves(token)) <= all_theirs and set(_halves(theirs[0])) <= all_given


def _short_form(token: str, theirs: tuple[str, ...]) -> bool:
    """Whether one is the beginning of the other: Alex, Alexander."""
    return any(
        min(len(token), len(word)) >= 3 and (token.startswith(word) or word.startswith(token)) for word in theirs
    )


def _initials_level(letters: str, shape: _Shape) -> Level:
    if shape.initials and letters == shape.initials:
        return Level.FULL
    if shape.initials and len(letters) > 1:
        return Level.INITIAL if shape.initials.startswith(letters) else Level.CONTRADICTED
    firsts = {shape.initials[:1], shape.given[0][0] if shape.given else ""} - {""}
    return Level.INITIAL if letters[0] in firsts else Level.CONTRADICTED


def _without_genitive(name: Name) -> Name:
    def plain(word: str) -> str:
        return word.removesuffix("s").removesuffix("'") if word.endswith(("'s", "'")) else word

    return replace(name, words=(*name.words[:-1], plain(name.words[-1])), surname=plain(name.surname))


def _short_surname(name: Name) -> Name:
    """The name with its last capitals read as a surname: of WIM KOK they look like initials."""
    return replace(name, words=(*name.words, name.initials), given=name.words, surname=name.initials, initials="")


def _royal_given(name: Name) -> str:
    """The given name by which a member of the royal house is called in `name`; "" when it is not such a name."""
    if name.initials or name.infix or not name.words:
        return ""
    if name.words[0] in _ROYAL:
        return "-".join(name.words[1:])
    alone = "-".join(name.words)
    return alone if alone in _KNOWN_BY_GIVEN_NAME and not name.surname else ""
