"""One document under review: what the machine proposes, what people ruled, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from woo_anon.document import REVIEWER, Decision, Entity, Person
from woo_anon.policy.profile import Profile
from woo_anon.policy.rulings import Area, Named, Proposed, Ruled, Ruling, further, meets, names_of
from woo_anon.record.attention import is_doubtful
from woo_anon.record.examined import Examined
from woo_anon.review.folder import Row
from woo_anon.spans import Span


@dataclass(frozen=True)
class Mention:
    """One decision as it stands. `key` names it while nobody changes what it is about."""

    key: str
    decision: Decision
    page: int
    doubtful: bool


@dataclass(frozen=True)
class Subject:
    """A person with all mentions, or what belongs to nobody (`person` None)."""

    person: Person | None
    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Case:
    """A document under review. Cheap to make: what costs is worked out when it is asked for, once."""

    row: Row
    examined: Examined
    profile: Profile
    # What no ruling changes is the same object before and after it: its mention is made once. By identity.
    _made: dict[int, Mention] = field(default_factory=dict, repr=False, compare=False)
    # What the last few sets of rulings came to: one more goes on from there, and undo goes back.
    _known: dict[tuple[Ruling, ...], Ruled] = field(default_factory=dict, repr=False, compare=False)

    def with_row(self, row: Row) -> Case:
        """The same document where it stands now. Of what was worked out is kept what the rulings leave as it is."""
        moved = replace(self, row=row)
        kept = {name for name, value in vars(Case).items() if isinstance(value, cached_property)}
        if row.standing.rulings != self.row.standing.rulings:
            kept = _OF_THE_MACHINE
        vars(moved).update({name: value for name, value in vars(self).items() if name in kept})
        return moved

    @cached_property
    def ruled(self) -> Ruled:
        """Decisions after the rulings."""
        rulings = self.row.standing.rulings
        known = [earlier for earlier in list(self._known) if rulings[: len(earlier)] == earlier]
        start = max(known, key=len, default=())
        further_ones = rulings[len(start) :]
        before = self._known.get(start) or Ruled(self.examined.decisions)
        ruled = further(self._proposed(further_ones), before, further_ones, self.profile)
        self._known[rulings] = ruled
        for earlier in list(self._known)[:-_MOST_KNOWN]:
            self._known.pop(earlier, None)
        return ruled

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All decisions in reading order."""
        made = self._made
        for one in self.ruled.decisions:
            if id(one) not in made:
                made[id(one)] = self._mention(one)
        return tuple(made[id(one)] for one in self.ruled.decisions)

    def _mention(self, decision: Decision) -> Mention:
        page = self.examined.document.page_of(decision)
        return Mention(_key(decision), decision, page, is_doubtful(decision))

    @cached_property
    def by_key(self) -> Mapping[str, Mention]:
        return {mention.key: mention for mention in self.mentions}

    @cached_property
    def by_page(self) -> Mapping[int, tuple[Mention, ...]]:
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.page, []).append(mention)
        return {number: tuple(mentions) for number, mentions in found.items()}

    def subjects_on(self, page: int) -> tuple[Subject, ...]:
        """The persons on a page in order of their first mention there, with all their mentions in the document; and
        what on the page belongs to nobody."""
        here = self.by_page.get(page, ())
        numbers = dict.fromkeys(one.decision.person for one in here if one.decision.person is not None)
        found = [
            Subject(self._persons.get(number), self._name(self._by_person[number]), tuple(self._by_person[number]))
            for number in numbers
        ]
        nobody = tuple(one for one in here if one.decision.person is None)
        return (*found, *([Subject(None, "", nobody)] if nobody else []))

    @cached_property
    def _by_person(self) -> Mapping[int, Sequence[Mention]]:
        grouped: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            if mention.decision.person is not None:
                grouped.setdefault(mention.decision.person, []).append(mention)
        return grouped

    @cached_property
    def _persons(self) -> Mapping[int, Person]:
        return {person.number: person for person in self.examined.persons}

    def person_of(self, mention: Mention) -> Person | None:
        """Whose mention it is."""
        number = mention.decision.person
        return self._persons.get(number) if number is not None else None

    def surface(self, span: Span) -> str:
        """The text at a span, on one line."""
        return " ".join(self.examined.document.text[span.start : span.end].split())

    def reviewer(self, mention: Mention) -> str:
        """Who decided on a mention; "" when the machine did."""
        _, _, number = mention.decision.rule.partition(":")
        return (
            self.row.standing.ruled_by.get(int(number), "") if number.isdigit() and mention.decision.by_reviewer else ""
        )

    def named(self, mention: Mention, *, everywhere: bool) -> Named | None:
        """The ruling's place for all mentions of the person of a mention; None when it is nobody's."""
        person = self.person_of(mention)
        if person is None:
            return None
        return Named(names_of(self.examined.document, person), None if everywhere else person.role)

    def meets(self, ruling: Ruling) -> bool:
        """Whether a ruling would make or change any decision."""
        if isinstance(ruling.where, Area):
            return bool(self.met_by(ruling))
        return meets(self._plain, ruling, self.profile)

    def made_by(self, number: int) -> tuple[Mention, ...]:
        """The decisions as the ruling with this number in the trail made them."""
        own = f"{REVIEWER}:{number}"
        return tuple(one for one in self.mentions if one.decision.rule == own)

    def met_by(self, ruling: Ruling) -> tuple[Mention, ...]:
        """The decisions that a ruling would make or change, as they would be."""
        number = max((one.number for one in self.row.standing.rulings), default=0) + 1
        trial = Ruling(number, ruling.where, ruling.action, ruling.ground, ruling.role, ruling.entity)
        made = further(self._proposed([trial]), self.ruled, [trial], self.profile).decisions
        own = f"{REVIEWER}:{number}"
        return tuple(self._mention(one) for one in made if one.rule == own)

    def _proposed(self, rulings: Sequence[Ruling]) -> Proposed:
        """What the rulings are laid over; where they are about parts of pages, with the boxes of those pages."""
        pages = {ruling.where.page for ruling in rulings if isinstance(ruling.where, Area)}
        if not pages:
            return self._plain
        return Proposed(self.examined.with_boxes(pages), self.examined.persons, self.examined.decisions)

    @cached_property
    def _plain(self) -> Proposed:
        return Proposed(self.examined.document, self.examined.persons, self.examined.decisions)

    @cached_property
    def pages(self) -> tuple[int, ...]:
        return tuple(page.number for page in self.examined.document.pages)

    def seen_by(self, who: str) -> frozenset[int]:
        """The pages that somebody saw as they are now."""
        seen = {(page, proposal) for name, page, proposal in self.row.standing.seen if name == who}
        return frozenset(page for page, on_page in self.examined.on_pages.items() if (page, on_page) in seen)

    def _name(self, mentions: Sequence[Mention]) -> str:
        names = [self.surface(one.decision.span) for one in mentions if one.decision.entity is Entity.PERSON]
        return max(names or [self.surface(one.decision.span) for one in mentions], key=len)


_MOST_KNOWN = 20  # sets of rulings; each holds a reference for every decision
_OF_THE_MACHINE = {"_plain", "_persons", "pages"}  # what of a case follows from no ruling


def _key(decision: Decision) -> str:
    if decision.area:
        box = decision.area.area
        return f"a{decision.area.page}-{box.left:.0f}-{box.bottom:.0f}-{box.right:.0f}-{box.top:.0f}"
    return f"{decision.span.start}-{decision.span.end}"
