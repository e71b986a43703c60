"""Who is who in one document: mentions to persons with a role.

    mentions ──spread──► more mentions ──group──► groups ──belief per mention──► persons

A group that holds mentions believed to stay and others believed to go was two people with one name: it becomes two
persons, and a third of those mentions about which there is doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from woo_anon.document import Document, Evidence, Finding, Person, Role, Zone
from woo_anon.people.authors import BELIEF, EVIDENCE, authors, is_author, mentions
from woo_anon.people.group import Group, group
from woo_anon.people.lines import over_line_ends
from woo_anon.people.name import Name
from woo_anon.people.parafen import parafen
from woo_anon.people.register import Register, load
from woo_anon.people.spread import spread
from woo_anon.people.whose import Mentioned, Survey, belief, features, has_office, survey

STAYS = 0.5  # from this belief on a mention stays
DOUBT = 0.3  # from this belief on a mention that goes is marked for review


@dataclass(frozen=True, slots=True)
class _Judged:
    finding: Finding
    stays: float
    evidence: tuple[Evidence, ...]
    known: Mentioned

    @property
    def confident(self) -> Finding:
        """The finding with, as its score, the belief that what is decided on it is right."""
        return replace(self.finding, score=round(self.stays if self.stays >= STAYS else 1 - self.stays, 4))


def resolve(
    document: Document, findings: Sequence[Finding], zones: Sequence[Zone], register: Register | None = None
) -> tuple[Person, ...]:
    """The persons of the document, numbered by their first mention, with all mentions that detection or spreading
    found.

    `register` defaults to the one that comes with the package.
    """
    register = register or load()
    made_by = authors(document.hints)
    detected = [*findings, *mentions(document.text, made_by, findings)]
    found = spread(document.text, over_line_ends(document.text, parafen(document.text, detected, zones)))
    groups = group(document.text, found)
    judged = _judge(found, groups, survey(document.text, found, zones, groups, register), made_by)
    persons = [person for made in groups for person in _persons(made, judged)]
    persons.sort(key=lambda person: person.mentions[0].span)
    return tuple(replace(person, number=number) for number, person in enumerate(persons, 1))


def _judge(
    findings: Sequence[Finding], groups: Sequence[Group], seen: Survey, made_by: Sequence[Name]
) -> dict[int, _Judged]:
    judged = {}
    for made in groups:
        author = is_author(made, made_by)
        for index in made.mentions:
            found = features(index, made, seen)
            stays, evidence = belief(found)
            if author and not has_office(found):
                stays, evidence = min(stays, BELIEF), (EVIDENCE, *evidence)
            judged[index] = _Judged(findings[index], stays, evidence, seen.known[index])
    return judged


def _persons(made: Group, judged: Mapping[int, _Judged]) -> list[Person]:
    mentions = [judged[index] for index in made.mentions]
    staying = [mention for mention in mentions if mention.stays >= STAYS]
    going = [mention for mention in mentions if mention.stays < STAYS]
    sure = [mention for mention in going if mention.stays < DOUBT]
    doubted = [mention for mention in going if mention.stays >= DOUBT]
    return [
        _person(part, doubtful=doubtful)
        for part, doubtful in ((staying, False), (sure, False), (doubted, True))
        if part
    ]


def _person(mentions: Sequence[_Judged], *, doubtful: bool) -> Person:
    stays = sum(mention.stays for mention in mentions) / len(mentions)
    evidence = sorted({item for mention in mentions for item in mention.evidence}, key=lambda item: -abs(item.weight))
    strongest: dict[str, Evidence] = {}
    for item in evidence:
        strongest.setdefault(item.code, item)
    return Person(
        number=0,
        mentions=tuple(sorted((mention.confident for mention in mentions), key=lambda finding: finding.span)),
        role=_role(mentions, stays),
        score=round(max(stays, 1 - stays), 4),
        evidence=tuple(strongest.values())[:6],
        doubtful=doubtful,
    )


def _role(mentions: Sequence[_Judged], stays: float) -> Role:
    """The role by the cues of all mentions; by the belief alone when no cue names one."""
    cues = {cue.split(":")[1] for mention in mentions for cue in mention.known.cues}
    zones = {kind for mention in mentions for kind in mention.known.zones}
    return _public_role(cues, zones) if stays >= STAYS else _private_role(cues, zones)


def _public_role(cues: Set[str], zones: Set[str]) -> Role:
    if "thing" in cues:
        return Role.EPONYM
    if "top" in cues:
        return Role.TOP_OFFICIAL
    return Role.AUTHOR if "references" in zones or "cited" in cues else Role.OFFICE_HOLDER


def _private_role(cues: Set[str], zones: Set[str]) -> Role:
    if "citizen" in cues:
        return Role.CITIZEN
    if "outside" in cues and not cues & {"staff", "unit"}:
        return Role.EXTERNAL
    staff = cues & {"staff", "unit", "author"} or zones & {"author", "parafen", "addressee"}
    return Role.CIVIL_SERVANT if staff else Role.UNKNOWN
