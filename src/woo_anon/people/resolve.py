"""Who is who in one document: mentions to persons with a role.

    mentions ──spread──► more mentions ──group──► groups ──belief per mention──► persons

A group that holds mentions believed to stay and others believed to go was two people with one name: it becomes two
persons, and a third of those mentions about which there is doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from woo_anon.document import Document, Evidence, Finding, Function, Person, Role, Zone
from woo_anon.people import authors, telling
from woo_anon.people.accounts import accounts
from woo_anon.people.dossier import NO_DOSSIER, Dossier, Fact, Standing
from woo_anon.people.functions import functions_at
from woo_anon.people.group import Group, group
from woo_anon.people.lines import over_line_ends
from woo_anon.people.name import Name
from woo_anon.people.parafen import parafen
from woo_anon.people.register import Register, load
from woo_anon.people.spread import spread
from woo_anon.people.survey import Mentioned, Survey, survey
from woo_anon.people.whose import belief, features, has_office

STAYS = 0.55  # from this belief on a mention stays: in doubt it goes
DOUBT = 0.3  # from this belief on a mention that goes is marked for review
FOLLOWS = 0.8  # up to this belief a mention by one word goes where the full names of its person go for certain
DOUBTED = 0.5
_MANY, _SEVERAL = 0.9, 4  # share of the full names of a person, and how many of them, that tell of the others
_FULL_NAME = Evidence("others:full-name", -1.0)


@dataclass(frozen=True, slots=True)
class _Judged:
    finding: Finding
    stays: float
    evidence: tuple[Evidence, ...]
    known: Mentioned
    functions: frozenset[Function]

    @property
    def doubted(self) -> _Judged:
        """The same with a belief that makes it go, in doubt."""
        return replace(self, stays=DOUBTED, evidence=(_FULL_NAME, *self.evidence))

    @property
    def confident(self) -> Finding:
        """The finding with, as its score, the belief that what is decided on it is right."""
        return replace(self.finding, score=round(self.stays if self.stays >= STAYS else 1 - self.stays, 4))


def resolve(
    document: Document,
    findings: Sequence[Finding],
    zones: Sequence[Zone],
    register: Register | None = None,
    *,
    domains: Sequence[str] = (),
    dossier: Dossier = NO_DOSSIER,
) -> tuple[Person, ...]:
    """The persons of the document, numbered by their first mention, with all mentions that detection or spreading
    found.

    `register` defaults to the one that comes with the package; `domains` are the organisation's own mail domains: who
    has an address there and goes is a civil servant. `dossier` is what the documents beside this one know.
    """
    register = register or load()
    text = document.text
    made_by, elsewhere = authors.authors(document.hints), dossier.named_in(text)
    detected = [*findings, *authors.mentions(text, made_by, findings)]
    for fact in elsewhere:
        if fact.standing is not Standing.OFFICE:
            detected += authors.mentions(text, (fact.name,), detected, fact.evidence)
    found = completed(text, detected, zones)
    groups = group(text, found)
    seen = survey(text, found, zones, groups, register)
    told = {made.number: tuple(one for fact in elsewhere if (one := telling.told(fact, made))) for made in groups}
    judged = _judge(text, found, seen, _Beforehand(groups, made_by, told))
    own = tuple(domain.lower().lstrip("@") for domain in domains)
    persons = [
        person
        for made in groups
        for person in _persons(made, judged, _at(seen.mails.get(made.number, ""), own), told[made.number])
    ]
    persons.sort(key=lambda person: person.mentions[0].span)
    return tuple(replace(person, number=number) for number, person in enumerate(persons, 1))


def completed(text: str, findings: Sequence[Finding], zones: Sequence[Zone]) -> tuple[Finding, ...]:
    """`findings` with the mentions that they lead to, in order of their spans."""
    return spread(text, over_line_ends(text, accounts(text, parafen(text, findings, zones))))


def _at(domain: str, own: Sequence[str]) -> bool:
    """Whether a mail domain is one of the organisation's own, or lies below one."""
    return any(domain == ours or domain.endswith(f".{ours}") for ours in own)


@dataclass(frozen=True)
class _Beforehand:
    """The groups, and what is known of them beforehand: from the file, and from the rest of the dossier."""

    groups: Sequence[Group]
    authors: Sequence[Name]
    told: Mapping[int, Sequence[Fact]]


def _judge(text: str, findings: Sequence[Finding], seen: Survey, beforehand: _Beforehand) -> dict[int, _Judged]:
    judged = {}
    for made in beforehand.groups:
        facts, is_author = beforehand.told[made.number], authors.bears(made, beforehand.authors)
        said = _says(made, seen)
        for index in made.mentions:
            found = features(index, made, seen)
            stays, evidence = belief(found)
            office = has_office(found)
            if is_author and not office:
                stays, evidence = min(stays, authors.BELIEF), (authors.EVIDENCE, *evidence)
            weighed = telling.weighed(stays, facts, office=office, said=said)
            if weighed != stays:
                evidence = (*(fact.evidence for fact in facts), *evidence)
            functions = frozenset(functions_at(text, findings[index].span))
            judged[index] = _Judged(findings[index], weighed, evidence, seen.known[index], functions)
        if _goes_by_full_name(made, judged):
            judged.update({index: judged[index].doubted for index in made.mentions if _follows(index, made, judged)})
    return judged


def _goes_by_full_name(made: Group, judged: Mapping[int, _Judged]) -> bool:
    """Whether the person is named in full and goes for certain wherever that is so; in a long document, nearly so."""
    full = [judged[index].stays for index in made.mentions if judged[index].known.names_in_full]
    certain = sum(stays < DOUBT for stays in full)
    return bool(full) and (certain == len(full) or certain >= _MANY * len(full) > _SEVERAL)


def _follows(index: int, made: Group, judged: Mapping[int, _Judged]) -> bool:
    """Whether a mention that might stay goes with the full names of its person: nobody else can be meant, and neither
    an office nor a thing stands there."""
    mention = judged[index]
    open_to = STAYS <= mention.stays < FOLLOWS and index not in made.ambiguous
    return open_to and not mention.known.has_office and not mention.known.names_thing


def _says(made: Group, seen: Survey) -> bool:
    """Whether the document says who a person is: an office, or a function of the staff, at any mention."""
    return bool(seen.shared[made.number].standing) or any(seen.known[index].on_staff for index in made.mentions)


def _persons(made: Group, judged: Mapping[int, _Judged], of_staff: bool, told: Sequence[Fact]) -> list[Person]:
    mentions = [judged[index] for index in made.mentions]
    staying = [mention for mention in mentions if mention.stays >= STAYS]
    going = [mention for mention in mentions if mention.stays < STAYS]
    sure = [mention for mention in going if mention.stays < DOUBT]
    doubted = [mention for mention in going if mention.stays >= DOUBT]
    return [
        _person(part, doubtful=doubtful, of_staff=of_staff, told=telling.role_of(told))
        for part, doubtful in ((staying, False), (sure, False), (doubted, True))
        if part
    ]


def _person(mentions: Sequence[_Judged], *, doubtful: bool, of_staff: bool, told: Role) -> Person:
    stays = sum(mention.stays for mention in mentions) / len(mentions)
    evidence = sorted(
        {item for mention in mentions for item in mention.evidence}, key=lambda item: (-abs(item.weight), item.code)
    )
    strongest: dict[str, Evidence] = {}
    for item in evidence:
        strongest.setdefault(item.code, item)
    return Person(
        number=0,
        mentions=tuple(sorted((mention.confident for mention in mentions), key=lambda finding: finding.span)),
        role=_role(mentions, stays, of_staff=of_staff, told=told),
        score=round(max(stays, 1 - stays), 4),
        evidence=tuple(strongest.values())[:6],
        doubtful=doubtful,
        functions=frozenset[Function]().union(*(mention.functions for mention in mentions)),
    )


def _role(mentions: Sequence[_Judged], stays: float, *, of_staff: bool, told: Role) -> Role:
    """The role by the cues of all mentions; where none names one, as other documents tell it, or by the belief."""
    cues = {cue.split(":")[1] for mention in mentions for cue in mention.known.cues}
    zones = {kind for mention in mentions for kind in mention.known.zones}
    if stays >= STAYS:
        by_cues = _public_role(cues, zones)
        return by_cues or (told if told is Role.TOP_OFFICIAL else Role.OFFICE_HOLDER)
    by_cues = Role.CIVIL_SERVANT if of_staff else _private_role(cues, zones)
    return by_cues or (told if told in _PRIVATE else Role.UNKNOWN)


_PRIVATE = frozenset({Role.CIVIL_SERVANT, Role.CITIZEN, Role.EXTERNAL})


def _public_role(cues: Set[str], zones: Set[str]) -> Role | None:
    if cues & {"thing", "firm"}:
        return Role.EPONYM
    if "top" in cues:
        return Role.TOP_OFFICIAL
    if "references" in zones or "cited" in cues:
        return Role.AUTHOR
    return Role.OFFICE_HOLDER if cues & {"office", "party"} else None


def _private_role(cues: Set[str], zones: Set[str]) -> Role | None:
    if "citizen" in cues:
        return Role.CITIZEN
    if "outside" in cues and not cues & {"staff", "unit"}:
        return Role.EXTERNAL
    staff = cues & {"staff", "unit", "author"} or zones & {"author", "parafen", "addressee"}
    return Role.CIVIL_SERVANT if staff else None
