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
import json
import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from woo_anon.errors import OutputError, SettingsError
from woo_anon.people.name import INFIXES, Name, fold, parse

SHIPPED = Path(__file__).with_name("officials.csv")
COLUMNS = ("surname", "infix", "given", "initials", "office", "body", "from", "until", "source")

# Office codes with the Dutch words for them. The last four are for an organisation's own rows; none of them is shipped.
OFFICES = {
    "minister-president": "minister-president",
    "minister": "minister",
    "staatssecretaris": "staatssecretaris",
    "kamerlid": "lid van de Tweede Kamer",
    "senator": "lid van de Eerste Kamer",
    "europarlementarier": "lid van het Europees Parlement",
    "eurocommissaris": "Europees commissaris, voorzitter van een Europese instelling",
    "commissaris-van-de-koning": "commissaris van de Koning",
    "gedeputeerde": "gedeputeerde",
    "burgemeester": "burgemeester",
    "wethouder-grote-stad": "wethouder van een grote stad",
    "dijkgraaf": "dijkgraaf",
    "gouverneur": "gouverneur",
    "ombudsman": "ombudsman",
    "hoog-college": "lid van een Hoog College van Staat",
    "koninklijk-huis": "lid van het Koninklijk Huis",
    "regeringsleider": "staatshoofd of regeringsleider",
    "buitenlandse-minister": "minister van een ander land",
    "wethouder": "wethouder",
    "raadslid": "raadslid",
    "statenlid": "lid van provinciale staten",
    "ambtsdrager": "andere ambtsdrager",
}

_DATE = re.compile(r"(\d{4}(-\d\d(-\d\d)?)?)?")
_BREAK = re.compile(r"[\s\-‐‑–]+")
_HYPHEN = re.compile(r"[-‐‑–]")
_SHORTENED = frozenset({"v", "d", "vd", "v.d", "vdn"})
# Words before a name that name an office; detection may take them into the mention.
_STYLES = frozenset(
    (
        "minister premier staatssecretaris kamerlid senator lid burgemeester wethouder commissaris eurocommissaris "
        "president bondskanselier gouverneur ombudsman koning koningin prins prinses gedeputeerde dijkgraaf voorzitter"
    ).split()
)
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
class Official:
    """One office of one person. `since` and `until` are ISO dates or years; "" when unknown or still going on.

    `initials` as written ("W.B."), `office` a key of `OFFICES`, `body` the ministry, party, municipality, province or
    country, `source` where the row comes from.
    """

    surname: str
    infix: str
    given: str
    initials: str
    office: str
    body: str
    since: str
    until: str
    source: str

    @property
    def name(self) -> str:
        """The name as one reads it: given name (or initials), infix, surname."""
        return " ".join(part for part in (self.given or self.initials, self.infix, self.surname) if part)

    def held_in(self, year: int) -> bool:
        """Whether the office was, for all that is known, held at some time in `year`."""
        return (not self.since or int(self.since[:4]) <= year) and (not self.until or int(self.until[:4]) >= year)


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
        """How far `name` agrees with anybody in the register; a genitive with an apostrophe (Rutte's) does not matter."""
        found = self._match(name)
        if found.level is Level.NONE and name.words and name.words[-1].endswith(("'s", "'")):
            found = self._match(_without_genitive(name))
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
    rows = dict.fromkeys(_shipped())
    for path in paths:
        rows.update(dict.fromkeys(read(path)))
    return Register(tuple(rows))


def user_file() -> Path:
    """Where the user's own rows live; the file need not exist."""
    from platformdirs import user_config_path

    return user_config_path("woo-anon", appauthor=False) / "officials.csv"


@lru_cache(maxsize=1)
def _shipped() -> tuple[Official, ...]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(Official(*row) for row in rows)


def read(path: Path) -> tuple[Official, ...]:
    """Read rows from a file; which of three forms it is shows from its content.

    1. CSV with the columns of the register in any order, comma or semicolon between; `office` and a `surname` or
       `given` are needed, the rest may lack.
    2. JSON: a list of objects with the same keys, or such a list under `officials`.
    3. JSON as the House's open-data feed gives it (Tweede Kamer OData v4, entity Persoon: a list under `value` of
       objects with Achternaam, Tussenvoegsel, Roepnaam, Initialen, Functie, Fractielabel). Persons without a public
       function and deleted ones are left out. Source: https://opendata.tweedekamer.nl/documentatie/persoon

    Raises SettingsError when the file cannot be read, is of no such form or has an unknown column, office or date.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read.", "Check the path and your rights.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8.", "Save the file as CSV UTF-8 or as JSON.") from error
    if text.lstrip()[:1] in {"[", "{"}:
        return _read_json(path, text)
    return _read_csv(path, text)


def _read_csv(path: Path, text: str) -> tuple[Official, ...]:
    header = text.split("\n", 1)[0]
    rows = csv.DictReader(text.splitlines(), delimiter=";" if header.count(";") > header.count(",") else ",")
    columns = [column.strip().lower() for column in rows.fieldnames or ()]
    if "office" not in columns or not {"surname", "given"} & set(columns):
        raise SettingsError(
            f"{path}: neither a register nor a person list of the House.",
            f"The first line must name the columns: {', '.join(COLUMNS)}.",
        )
    rows.fieldnames = columns
    return tuple(_official(path, number, row) for number, row in enumerate(rows, 2))


def _read_json(path: Path, text: str) -> tuple[Official, ...]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise SettingsError(f"{path}: not valid JSON.", "Save the file again as JSON.") from error
    if isinstance(content, dict):
        content = content.get("officials", content.get("value"))
    if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
        raise SettingsError(
            f"{path}: neither a register nor a person list of the House.",
            "Give a list of objects, or one under `officials` or `value`.",
        )
    if any("Achternaam" in item for item in content):
        return tuple(official for item in content if (official := _from_feed(item)))
    return tuple(_official(path, number, item) for number, item in enumerate(content, 1))


def _official(path: Path, number: int, row: dict[str, object]) -> Official:
    """A row of the register's own form; `number` (line or item) is told when something is wrong with it."""
    unknown = [key for key in row if key not in COLUMNS]
    if unknown:
        raise SettingsError(f"{path}, row {number}: unknown column.", f"Known are {', '.join(COLUMNS)}.")
    official = Official(*(str(row.get(column) or "").strip() for column in COLUMNS))
    if official.office not in OFFICES:
        raise SettingsError(f"{path}, row {number}: unknown office.", f"Known are {', '.join(OFFICES)}.")
    if not official.surname and not official.given:
        raise SettingsError(f"{path}, row {number}: no name.", "Fill in surname or given.")
    if not _DATE.fullmatch(official.since) or not _DATE.fullmatch(official.until):
        raise SettingsError(
            f"{path}, row {number}: not a date.", "Write from and until as 2024, 2024-07 or 2024-07-02."
        )
    return official


def _from_feed(item: dict[str, object]) -> Official | None:
    """A person of the House's feed; None without a function that makes the name public."""

    def field(name: str) -> str:
        return str(item.get(name) or "").strip()

    office = _feed_office(fold(field("Functie")))
    if not office or not field("Achternaam") or item.get("Verwijderd") is True:
        return None
    return Official(
        surname=field("Achternaam"),
        infix=field("Tussenvoegsel"),
        given=field("Roepnaam"),
        initials=field("Initialen"),
        office=office,
        body=field("Fractielabel"),
        since="",
        until="",
        source="opendata.tweedekamer.nl",
    )


def _feed_office(function: str) -> str | None:
    if "eerste kamer" in function:
        return "senator"
    if "kamerlid" in function:
        return "kamerlid"
    for office in ("minister-president", "staatssecretaris", "minister"):
        if office in function:
            return office
    if "europees parlement" in function:
        return "europarlementarier"
    return None


def add(path: Path, officials: Iterable[Official]) -> int:
    """Lay rows on top of those in the CSV file `path`, made when it does not exist; gives how many are new.

    The file is replaced in one step, so that a reader never sees half of it. Raises SettingsError when the present file
    is broken and OutputError when the new one cannot be written.
    """
    present = read(path) if path.exists() else ()
    fresh = [official for official in dict.fromkeys(officials) if official not in set(present)]
    if fresh:
        write(path, sorted([*present, *fresh], key=_order))
    return len(fresh)


def write(path: Path, officials: Iterable[Official]) -> None:
    """Write rows as CSV to `path`, in one step. Raises OutputError when that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written.", "Check the path and your rights.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(COLUMNS)
            rows.writerows(_fields(official) for official in officials)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written.", "Check the path and your rights.") from error


def as_dict(official: Official) -> dict[str, str]:
    """The row under its column names, as CSV and JSON have them."""
    return dict(zip(COLUMNS, _fields(official), strict=True))


def _fields(official: Official) -> tuple[str, ...]:
    return tuple(getattr(official, "since" if column == "from" else column) for column in COLUMNS)


def _order(official: Official) -> tuple[str, ...]:
    return (fold(official.surname), fold(official.given), official.since, official.office, official.body)


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
    pieces = [tuple(word for word in _BREAK.split(part) if word and word not in INFIXES) for part in parts]
    return _Shape(
        pieces=tuple(piece for piece in pieces if piece),
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
    if piece is None or _married(name, shape):
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


def _royal_given(name: Name) -> str:
    """The given name by which a member of the royal house is called in `name`; "" when it is not such a name."""
    if name.initials or name.infix or not name.words:
        return ""
    if name.words[0] in _ROYAL:
        return "-".join(name.words[1:])
    alone = "-".join(name.words)
    return alone if alone in _KNOWN_BY_GIVEN_NAME and not name.surname else ""
