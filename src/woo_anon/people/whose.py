"""Whose name it is: the belief that a mention belongs to somebody, or something, whose name may stay.

A logistic regression over few, readable features: what the tagger believes of the mention itself and of the other
mentions of the same group, the cues around them, the zones in which they stand, the register of office holders, mail
addresses. The weights were fitted on the corpus with tagger scores of held-out folds (models/scripts/fit_whose.py)
and lie in `whose.json`. A feature that speaks for its person becomes evidence of the decision.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from woo_anon.document import Entity, Evidence, Finding, Overlaps, Zone
from woo_anon.people.cues import around
from woo_anon.people.group import Group, named_in
from woo_anon.people.name import fold, parse
from woo_anon.people.register import Level, Match, Register

_LOGIT_LIMIT = 5.0
# What names an office of the mention itself, and what names something else that it may be.
OFFICE_CUES = frozenset({"before:office", "behind:office", "behind:party", "listed:office", "before:top", "behind:top"})
STAFF_CUES = frozenset(
    {"before:staff", "behind:staff", "behind:unit", "before:author", "behind:mail", "before:citizen"}
)
# Mail domains of those whose members are public by office, and of the government's staff.
_PARLIAMENT = ("tweedekamer.nl", "eerstekamer.nl", "parlement.nl", "europarl.europa.eu", "ec.europa.eu")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What is known of one mention by itself."""

    logit: float  # of the tagger's belief that it may stay
    certainty: float  # log-odds of the detector's belief that it is a name at all
    cues: frozenset[str]
    zones: frozenset[str]
    form: str
    register: str


def logit(probability: float | None) -> float:
    """Log-odds, limited to ±5; 0 for no opinion."""
    if probability is None:
        return 0.0
    clipped = min(max(probability, 1e-9), 1 - 1e-9)
    return max(-_LOGIT_LIMIT, min(_LOGIT_LIMIT, math.log(clipped / (1 - clipped))))


def mentioned(text: str, finding: Finding, zones: frozenset[str], register: Register, year: int | None) -> Mentioned:
    """Describe the mention `finding`; `zones` are the kinds of the zones it stands in, `year` that of the document."""
    name = parse(text[finding.span.start : finding.span.end])
    if finding.entity is not Entity.PERSON:
        form, listed = finding.entity.value.lower(), Level.NONE.value
    else:
        if name.full:
            form = "lettered" if name.initials and not name.given else "full"
        else:
            form = "infix" if name.infix else "single"
        listed = _listed(register.match(name), year)
    return Mentioned(
        logit(finding.stays), logit(finding.score), frozenset(around(text, finding.span)), zones, form, listed
    )


def _listed(match: Match, year: int | None) -> str:
    """Level of agreement with the register, and whether one who agrees held a national office in the year."""
    if not match.offices or year is None:
        return match.level.value
    now = any(row.office in _NATIONAL and row.held_in(year) for row in match.officials)
    return f"{match.level.value}:{'now' if now else 'else'}"


_NATIONAL = frozenset({"minister-president", "minister", "staatssecretaris", "kamerlid", "senator"})
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]|20[0-4])\d(?!\d)")
_NEAR = 40  # characters between the neighbours of a list


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
    mean: float  # of all mentions


def survey(
    text: str, findings: Sequence[Finding], zones: Sequence[Zone], groups: Sequence[Group], register: Register
) -> Survey:
    """Survey the mentions in `groups`, whose indices are those of `findings`."""
    kinds = zones_of(findings, zones)
    year = _year(text)
    known = {
        index: mentioned(text, findings[index], kinds[index], register, year)
        for made in groups
        for index in made.mentions
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
        sum(logits) / len(logits) if logits else 0.0,
    )


def _year(text: str) -> int | None:
    """The year that a document speaks of most."""
    years = Counter(_YEAR.findall(text))
    return int(years.most_common(1)[0][0]) if years else None


def _near(findings: Sequence[Finding], known: Mapping[int, Mentioned]) -> dict[int, float]:
    order = sorted(known, key=lambda index: findings[index].span)
    beside: dict[int, list[float]] = defaultdict(list)
    for one, two in pairwise(order):
        if 0 <= findings[two].span.start - findings[one].span.end <= _NEAR:
            beside[one].append(known[two].logit)
            beside[two].append(known[one].logit)
    return {index: sum(logits) / len(logits) for index, logits in beside.items()}


def features(index: int, group: Group, seen: Survey) -> dict[str, float]:
    """Features of the mention `index` of `group`."""
    own, shared = seen.known[index], seen.shared[group.number]
    found = {
        "bias": 1.0,
        "own": own.logit,
        f"certainty:{own.form}": own.certainty,
        f"own:{own.form}": own.logit,
        "document": seen.mean,
        "near": seen.near.get(index, 0.0),
        f"form:{own.form}": 1.0,
        f"register:{own.register}": 1.0,
    }
    found.update({code: 1.0 for code in own.cues})
    found.update({f"zone:{kind}": 1.0 for kind in own.zones})
    found.update(_of_others(own, shared))
    if shared.standing:
        found[shared.standing] = 1.0
        found[f"{shared.standing}:{own.form}"] = 1.0
    if own.cues & {"before:thing", "behind:thing"} and not own.cues & STAFF_CUES:
        found["thing"] = 1.0
    if group.number in seen.mails:
        parliament = seen.mails[group.number].endswith(_PARLIAMENT)
        found["mail:parliament" if parliament else "mail:other"] = 1.0
    if index in group.ambiguous:
        found["ambiguous"] = 1.0
    return found


def _codes(mention: Mentioned) -> set[str]:
    """What a mention says of the others of its group."""
    return {
        *(f"others:{code}" for code in mention.cues if not code.endswith("polite")),
        *(f"others:zone:{kind}" for kind in mention.zones),
        f"others:register:{mention.register}",
        f"others:form:{mention.form}",
    }


def _shared(mentions: Sequence[Mentioned], namesakes: bool) -> Shared:
    codes = Counter(code for mention in mentions for code in _codes(mention))
    return Shared(codes, tuple(sorted(mention.logit for mention in mentions)), _standing(mentions, namesakes))


def _of_others(own: Mentioned, shared: Shared) -> dict[str, float]:
    """Features of the mentions of the group but `own`; none when there is no other."""
    logits, count = shared.logits, len(shared.logits) - 1
    if not count:
        return {}
    mean = (sum(logits) - own.logit) / count
    said = _codes(own)
    found = dict.fromkeys((code for code, times in shared.codes.items() if times > (code in said)), 1.0)
    return found | {
        "others": 1.0,
        "others:mean": mean,
        "others:most": logits[-2] if own.logit == logits[-1] else logits[-1],
        "others:least": logits[1] if own.logit == logits[0] else logits[0],
        "own*others": own.logit * mean / _LOGIT_LIMIT,
    }


def has_office(found: Mapping[str, float]) -> bool:
    """Whether an office stands at the mention itself."""
    return not OFFICE_CUES.isdisjoint(found)


def _least(found: Mapping[str, float]) -> float:
    """The least belief that an office gives to a mention without a cue of the staff.

    On the held-out folds, which hold far more namesakes than notes do, 97 of 100 mentions with an office of their own
    stay, and 87 of 100 of the others of a group whose office nobody disputes.
    """
    if not STAFF_CUES.isdisjoint(found):
        return 0.0
    if has_office(found):
        return 0.85
    return 0.6 if "office:sole" in found else 0.0


def _standing(mentions: Sequence[Mentioned], namesakes: bool) -> str:
    """Whether the group holds an office, and whether anything in the document speaks against it; "" for no office.

    `sole` is an office that nobody else of the name can be meant beside: no namesake, no full name without the
    office, no function or unit of the staff.
    """
    if not any(mention.cues & OFFICE_CUES for mention in mentions):
        return ""
    plain = any(
        mention.form in ("full", "lettered") and not mention.cues & OFFICE_CUES and mention.register in _UNLISTED
        for mention in mentions
    )
    staff = any(mention.cues & STAFF_CUES and not mention.cues & OFFICE_CUES for mention in mentions)
    return "office:mixed" if namesakes or plain or staff else "office:sole"


_UNLISTED = ("none", "contradicted")


def with_namesakes(groups: Sequence[Group]) -> frozenset[int]:
    """Numbers of the groups that share a surname with another one."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for made in groups:
        for surname in made.surnames:
            bearers[surname].add(made.number)
    return frozenset(number for numbers in bearers.values() if len(numbers) > 1 for number in numbers)


def mail_domains(text: str, findings: Sequence[Finding], groups: Sequence[Group]) -> dict[int, str]:
    """For each group that a mail address names: the address's domain, in lower case."""
    named: dict[int, str] = {}
    for finding in findings:
        if finding.entity is not Entity.EMAIL or (finding.stays or 0.0) >= 0.5:
            continue
        local, _, domain = text[finding.span.start : finding.span.end].partition("@")
        candidates = named_in(fold(local), groups)
        if len(candidates) == 1:
            named[candidates[0].number] = domain.lower().strip()
    return named


def zones_of(findings: Sequence[Finding], zones: Sequence[Zone]) -> list[frozenset[str]]:
    """For each finding the kinds of the zones that it stands in."""
    standing = Overlaps(zones)
    return [frozenset(zone.kind.value for zone in standing.of(finding.span)) for finding in findings]


@cache
def weights() -> Mapping[str, float]:
    """The fitted weights, a feature's name to its weight."""
    text = (resources.files("woo_anon.people") / "whose.json").read_text("utf-8")
    return {str(key): float(value) for key, value in json.loads(text)["weights"].items()}


def belief(found: Mapping[str, float]) -> tuple[float, tuple[Evidence, ...]]:
    """The belief 0..1 that the mention may stay, and the features that weighed most, heaviest first."""
    fitted = weights()
    parts = {code: value * fitted.get(code, 0.0) for code, value in found.items()}
    total = max(-30.0, min(30.0, sum(parts.values())))
    heavy = sorted(
        (code for code in parts if code != "bias" and abs(parts[code]) >= 0.3), key=lambda code: -abs(parts[code])
    )
    return max(1 / (1 + math.exp(-total)), _least(found)), tuple(
        Evidence(code, round(parts[code], 2)) for code in heavy[:6]
    )
