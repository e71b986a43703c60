"""What is known of the mentions of a document: each by itself, of its group, of its neighbours, of the document."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from woo_anon.document import Entity, Finding, Zone
from woo_anon.people.columns import office_cells, staff_cells
from woo_anon.people.cues import around
from woo_anon.people.firms import named_firms
from woo_anon.people.group import Bearers, Group
from woo_anon.people.name import Name, fold, parse
from woo_anon.people.register import Level, Match, Register
from woo_anon.spans import Overlaps, Span

LOGIT_LIMIT = 5.0
COLUMN, OFFICE_COLUMN = "column:staff", "column:office"
FIRM = "firm:elsewhere"  # the name is that of a firm, which the text says once in full
# What names an office of the mention itself, and what names something else that it may be.
OFFICE_CUES = frozenset(
    {"before:office", "behind:office", "behind:party", "listed:office", "before:top", "behind:top", OFFICE_COLUMN}
)
STAFF_CUES = frozenset(
    {"before:staff", "behind:staff", "behind:unit", "before:author", "behind:mail", "before:citizen", COLUMN}
)
_THING = "ner:thing"
_NATIONAL = frozenset({"minister-president", "minister", "staatssecretaris", "kamerlid", "senator"})
_SEVERAL = 3  # office holders with one surname from which on it says next to nothing: many others are called so
_UNLISTED = ("none", "contradicted")
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)")
_NEAR = 40  # characters between the neighbours of a list
# What stands between the names of a list: `, `, ` en mw. `, ` (D66), `, a line end.
_LISTED = re.compile(
    r"(?:\s?\([^()\n]{1,25}\))?\s?(?:[,;/&|–\n-]|en\s)?\s?"
    r"(?:en\s|mw\.?\s|dhr\.?\s|mr\.?\s|drs\.?\s|de heer\s|mevrouw\s)?"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the register says of a name: the level of agreement, with `:now` behind it when one who agrees held a
    national office in the document's year, and `:else` when not; and the offices of those who agree."""

    level: str
    offices: frozenset[str]
    namesakes: bool = False  # a surname alone that several of them bear, and so many others do

    @property
    def code(self) -> str:
        """The level as a feature of the mention."""
        return "namesakes" if self.namesakes else self.level


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What is known of one mention by itself."""

    logit: float  # of the tagger's belief that it may stay
    certainty: float  # log-odds of the detector's belief that it is a name at all
    going: float  # log-odds of both: that it is a name and must go
    cues: frozenset[str]
    zones: frozenset[str]
    form: str
    shape: str  # of initials: capitals, mixed, lower or digits, with their number; else ""
    listed: Listed

    @property
    def has_office(self) -> bool:
        """Whether an office stands at the mention itself."""
        return not self.cues.isdisjoint(OFFICE_CUES)

    @property
    def on_staff(self) -> bool:
        """Whether a function, a unit or the like stands at the mention itself."""
        return not self.cues.isdisjoint(STAFF_CUES)

    @property
    def names_thing(self) -> bool:
        """Whether it is more likely a street, a law or a room than the person it is named after."""
        return _THING in self.cues

    @property
    def names_in_full(self) -> bool:
        """Whether it says a given name or initials with a surname, of a person."""
        return self.form in {"full", "lettered"} and not self.names_thing


@dataclass(frozen=True)
class Shared:
    """What the mentions of one group say together; what all but one of them say follows from it."""

    codes: Counter[str]  # how many mentions say it
    logits: tuple[float, ...]  # sorted
    standing: str


@dataclass(frozen=True)
class Survey:
    """All that is known of the mentions of a document; keys are indices of the findings, or numbers of groups."""

    known: Mapping[int, Mentioned]
    mails: Mapping[int, str]
    shared: Mapping[int, Shared]
    near: Mapping[int, float]  # mean of the tagger's log-odds of the mentions directly before and behind
    listed: Mapping[int, Mapping[str, float]]  # features of the other people of a list
    of_document: Mapping[str, float]  # features of the document
    mean: float  # of the tagger's log-odds of all mentions
    given: frozenset[int]  # mentions that are the given name of an office holder whose surname stands elsewhere


def survey(
    text: str, findings: Sequence[Finding], zones: Sequence[Zone], groups: Sequence[Group], register: Register
) -> Survey:
    """Survey the mentions in `groups`, whose indices are those of `findings`."""
    kinds = zones_of(findings, zones)
    year = _year(text)
    indices = [index for made in groups for index in made.mentions]
    names = {index: parse(text[findings[index].span.start : findings[index].span.end]) for index in indices}
    matches = {
        index: register.match(name) if findings[index].entity is Entity.PERSON else Match(Level.NONE)
        for index, name in names.items()
    }
    firms = frozenset(named_firms(text, findings, names))
    cells = {COLUMN: staff_cells(text), OFFICE_COLUMN: office_cells(text)}
    spans = sorted(findings[index].span for index in indices)
    known = {
        index: mentioned(
            text,
            findings[index],
            names[index],
            kinds[index],
            _listed(matches[index], year),
            told=frozenset(code for code, known in cells.items() if known.any(findings[index].span))
            | ({FIRM} if index in firms else frozenset()),
            beside=_beside(spans, findings[index].span),
        )
        for index in indices
    }
    namesakes = with_namesakes(groups)
    shared = {
        made.number: _shared([known[index] for index in made.mentions], made.number in namesakes) for made in groups
    }
    logits = [mention.logit for mention in known.values()]
    return Survey(
        known,
        mail_domains(text, findings, groups),
        shared,
        _near(findings, known),
        _listed_features(text, findings, groups, known),
        _of_document(zones, matches, known.values()),
        sum(logits) / len(logits) if logits else 0.0,
        frozenset(_given_names(names, matches)),
    )


def _beside(spans: Sequence[Span], own: Span) -> tuple[int | None, int | None]:
    """Where the last of `spans`, which are in order, ends before `own`, and where the first behind it begins."""
    before = bisect_left(spans, own)
    behind = bisect_left(spans, own.end, key=lambda span: span.start)
    return (spans[before - 1].end if before else None), (spans[behind].start if behind < len(spans) else None)


def logit(probability: float | None) -> float:
    """Log-odds, limited to ±5; 0 for no opinion."""
    if probability is None:
        return 0.0
    clipped = min(max(probability, 1e-9), 1 - 1e-9)
    return max(-LOGIT_LIMIT, min(LOGIT_LIMIT, math.log(clipped / (1 - clipped))))


def mentioned(
    text: str,
    finding: Finding,
    name: Name,
    zones: frozenset[str],
    listed: Listed,
    *,
    told: frozenset[str] = frozenset(),
    beside: tuple[int | None, int | None] = (None, None),
) -> Mentioned:
    """Describe the mention `finding` of `name`; `zones` are the kinds of the zones it stands in, `told` are codes of
    what the rest of the text tells, `beside` says where the mention before it ends and the next one begins."""
    stays = 0.5 if finding.stays is None else finding.stays
    cues = set(around(text, finding.span, *beside))
    if any(evidence.code == _THING for evidence in finding.evidence):
        cues.add(_THING)
    cues |= told
    return Mentioned(
        logit(finding.stays),
        logit(finding.score),
        logit(finding.score * (1 - stays)),
        frozenset(cues),
        zones,
        _form(finding.entity, name),
        _shape(text[finding.span.start : finding.span.end]) if finding.entity is Entity.INITIALS else "",
        listed,
    )


def _form(entity: Entity, name: Name) -> str:
    if entity is not Entity.PERSON:
        return entity.value.lower()
    if name.full:
        return "lettered" if name.initials and not name.given else "full"
    return "infix" if name.infix else "single"


def _shape(surface: str) -> str:
    if any(character.isdigit() for character in surface):
        kind = "digits"
    elif surface.islower():
        kind = "lower"
    else:
        kind = "capitals" if surface.isupper() else "mixed"
    return f"{kind}:{min(len(surface), 6)}"


def _listed(match: Match, year: int | None) -> Listed:
    bearers = {(row.given, row.surname) for row in match.officials}
    namesakes = match.level is Level.SURNAME and len(bearers) >= _SEVERAL
    if not match.offices or year is None:
        return Listed(match.level.value, match.offices, namesakes)
    now = any(row.office in _NATIONAL and row.held_in(year) for row in match.officials)
    return Listed(f"{match.level.value}:{'now' if now else 'else'}", match.offices, namesakes)


def _year(text: str) -> int | None:
    """The year that a document speaks of most."""
    years = Counter(_YEAR.findall(text))
    return int(years.most_common(1)[0][0]) if years else None


def _near(findings: Sequence[Finding], known: Mapping[int, Mentioned]) -> dict[int, float]:
    beside: dict[int, list[float]] = defaultdict(list)
    for one, two in pairwise(_in_order(findings, known)):
        if 0 <= findings[two].span.start - findings[one].span.end <= _NEAR:
            beside[one].append(known[two].logit)
            beside[two].append(known[one].logit)
    return {index: sum(logits) / len(logits) for index, logits in beside.items()}


def _in_order(findings: Sequence[Finding], known: Mapping[int, Mentioned]) -> list[int]:
    return sorted(known, key=lambda index: findings[index].span)


def _of_document(zones: Sequence[Zone], matches: Mapping[int, Match], known: Collection[Mentioned]) -> dict[str, float]:
    """What kind of document it is: which zones it has, how many mentions, how many of them the register knows, and
    whether an office stands at none."""
    found = {f"document:{zone.kind.value}": 1.0 for zone in zones}
    found["document:mentions"] = math.log1p(len(matches)) / 3
    public = sum(match.level in (Level.FULL, Level.INITIAL) for match in matches.values())
    if public > 1:
        found["document:register"] = math.log(public) / 3
    if not public and not any(mention.has_office or "headed:office" in mention.cues for mention in known):
        found["document:no-office"] = 1.0
    return found


def _given_names(names: Mapping[int, Name], matches: Mapping[int, Match]) -> Iterator[int]:
    """Mentions of one word that is the given name of an office holder whom another mention may mean."""
    given = {
        fold(row.given)
        for index, match in matches.items()
        if match.offices
        for row in match.officials
        if names[index].surname or match.level is Level.FULL or row.office in _NATIONAL
    }
    for index, name in names.items():
        if not name.full and name.words and name.words[-1] in given:
            yield index


# ── Lists ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Sum:
    """What a number of mentions say together."""

    count: int = 0
    logit: float = 0.0
    going: float = 0.0
    office: int = 0
    staff: int = 0
    register: int = 0

    def add(self, mention: Mentioned) -> None:
        self.count += 1
        self.logit += mention.logit
        self.going += mention.going
        self.office += mention.has_office
        self.staff += mention.on_staff
        self.register += mention.listed.level.startswith(("full", "initial"))

    def without(self, part: _Sum) -> dict[str, float]:
        """Features of what is left when `part` is taken out; none when nothing is."""
        count = self.count - part.count
        if not count:
            return {}
        found = {
            "list": 1.0,
            "list:mean": (self.logit - part.logit) / count,
            "list:going": (self.going - part.going) / count,
        }
        for code, more in (
            ("list:office", self.office > part.office),
            ("list:staff", self.staff > part.staff),
            ("list:register", self.register > part.register),
        ):
            if more:
                found[code] = 1.0
        return found


def _listed_features(
    text: str, findings: Sequence[Finding], groups: Sequence[Group], known: Mapping[int, Mentioned]
) -> dict[int, dict[str, float]]:
    """For each mention of a list features of the other people in it."""
    group_of = {index: made.number for made in groups for index in made.mentions}
    found: dict[int, dict[str, float]] = {}
    for members in _lists(text, findings, known):
        whole, parts = _Sum(), defaultdict[int, _Sum](_Sum)
        for index in members:
            whole.add(known[index])
            parts[group_of[index]].add(known[index])
        for index in members:
            found[index] = whole.without(parts[group_of[index]])
    return found


def _lists(text: str, findings: Sequence[Finding], known: Mapping[int, Mentioned]) -> Iterator[list[int]]:
    """Runs of mentions with nothing but commas, brackets and forms of address between them."""
    run: list[int] = []
    for index in _in_order(findings, known):
        if run and not _follows(text, findings[run[-1]], findings[index]):
            if len(run) > 1:
                yield run
            run = []
        run.append(index)
    if len(run) > 1:
        yield run


def _follows(text: str, one: Finding, two: Finding) -> bool:
    gap = two.span.start - one.span.end
    return 0 <= gap <= _NEAR and _LISTED.fullmatch(text, one.span.end, two.span.start) is not None


# ── Groups ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def codes(mention: Mentioned) -> set[str]:
    """What a mention says of the others of its group."""
    return {
        *(f"others:{code}" for code in mention.cues if not code.endswith("polite")),
        *(f"others:zone:{kind}" for kind in mention.zones),
        f"others:register:{mention.listed.level}",
        f"others:form:{mention.form}",
    }


def _shared(mentions: Sequence[Mentioned], namesakes: bool) -> Shared:
    said = Counter(code for mention in mentions for code in codes(mention))
    return Shared(said, tuple(sorted(mention.logit for mention in mentions)), _standing(mentions, namesakes))


def _standing(mentions: Sequence[Mentioned], namesakes: bool) -> str:
    """Whether the group holds an office, and whether anything in the document speaks against it; "" for no office.

    `sole` is an office that nobody else of the name can be meant beside: no namesake, no full name without the
    office, no function or unit of the staff.
    """
    if not any(mention.has_office for mention in mentions):
        return ""
    plain = any(
        mention.form in ("full", "lettered") and not mention.has_office and mention.listed.level in _UNLISTED
        for mention in mentions
    )
    staff = any(mention.on_staff and not mention.has_office for mention in mentions)
    return "office:mixed" if namesakes or plain or staff else "office:sole"


def with_namesakes(groups: Sequence[Group]) -> frozenset[int]:
    """Numbers of the groups that share a surname with another one."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for made in groups:
        for surname in made.surnames:
            bearers[surname].add(made.number)
    return frozenset(number for numbers in bearers.values() if len(numbers) > 1 for number in numbers)


def mail_domains(text: str, findings: Sequence[Finding], groups: Sequence[Group]) -> dict[int, str]:
    """For each group that a mail address names: the address's domain, in lower case."""
    bearers = Bearers(groups)
    named: dict[int, str] = {}
    for finding in findings:
        if finding.entity is not Entity.EMAIL or (finding.stays or 0.0) >= 0.5:
            continue
        local, _, domain = text[finding.span.start : finding.span.end].partition("@")
        candidates = bearers.named_in(fold(local))
        if len(candidates) == 1:
            named[candidates[0].number] = domain.lower().strip()
    return named


def zones_of(findings: Sequence[Finding], zones: Sequence[Zone]) -> list[frozenset[str]]:
    """For each finding the kinds of the zones that it stands in."""
    standing = Overlaps(zones)
    return [frozenset(zone.kind.value for zone in standing.of(finding.span)) for finding in findings]
