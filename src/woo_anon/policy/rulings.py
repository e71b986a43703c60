"""What people ruled on a document, and what that makes of the decisions on it.

A ruling says where it holds and what happens there. It goes before every rule of the policy, and a later ruling before
an earlier one:

    Passage    one place in the text, known by what stands around it
    Named      every mention of the person who bears one of these names
    Wording    every occurrence of a text, as whole words
    Area       a part of a page, with the text on it

Rulings outlive the decisions that they were made on: a later run may read the text otherwise or find other people.
`Ruled.unplaced` are those that no longer fit. A passage that was to go and is not found where it was goes wherever its
text stands, for a person to look at again: a leak is worse than a box too many.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from woo_anon.document import REVIEWER, Action, Decision, Document, Entity, Evidence, Person, Role
from woo_anon.geometry import Box, Place
from woo_anon.policy.areas import in_order, spans_under
from woo_anon.policy.decide import pieces, placed
from woo_anon.policy.occurrences import occurrences
from woo_anon.policy.profile import Profile
from woo_anon.spans import Overlaps, Span

SURROUNDINGS = 32  # characters on either side by which a passage is known
_FALLBACK = "5.1.2e"  # privacy: the ground where the policy, that keeps such a name, says none
_SHARE = 0.5  # of an area that another one must cover to be about the same part of the page


@dataclass(frozen=True)
class Passage:
    """A place in the text: what stands there and around it, and the offset at which it stood when it was ruled on."""

    text: str = field(repr=False)
    start: int
    before: str = field(default="", repr=False)
    after: str = field(default="", repr=False)

    @classmethod
    def of(cls, text: str, span: Span) -> Passage:
        """The passage at `span` of a document's text."""
        return cls(
            text[span.start : span.end],
            span.start,
            text[max(0, span.start - SURROUNDINGS) : span.start],
            text[span.end : span.end + SURROUNDINGS],
        )


@dataclass(frozen=True)
class Named:
    """All mentions of the person of whom one bears one of these names: full ones, if there are any.

    `role` tells apart two people of one name in a document; where nobody of that name has it, all of them are meant.
    """

    names: tuple[str, ...] = field(repr=False)
    role: Role | None = None


@dataclass(frozen=True)
class Wording:
    """All occurrences of a text as whole words, whatever its capitals."""

    text: str = field(repr=False)


@dataclass(frozen=True)
class Area:
    """A part of a page: points, user space of the unrotated page, origin lower left."""

    page: int
    box: Box


Where = Passage | Named | Wording | Area


@dataclass(frozen=True)
class Ruling:
    """What one person ruled. `number` is its place in the trail; of two that meet the higher one holds.

    Without `action` the policy says what happens to an `entity` of this `role`; without `ground` it says on what
    ground. What is None stays what the machine made of it. `by_mark`: it is no entry of the trail but a mark for
    redaction that somebody set, left or removed in another program (`policy.marked`).
    """

    number: int
    where: Where
    action: Action | None = None
    ground: str | None = None
    role: Role | None = None
    entity: Entity | None = None
    by_mark: bool = False

    @property
    def rule(self) -> str:
        """How decisions that follow from it name it."""
        return f"{REVIEWER}:{'mark' if self.by_mark else self.number}"


@dataclass(frozen=True)
class Ruled:
    """Decisions after the rulings, and the numbers of the rulings that no longer fit the text."""

    decisions: tuple[Decision, ...]
    unplaced: tuple[int, ...] = ()


@dataclass(frozen=True)
class Proposed:
    """What the machine made of a document: what rulings are laid over."""

    document: Document
    persons: tuple[Person, ...]
    decisions: tuple[Decision, ...]

    @cached_property
    def at(self) -> Mapping[Span, Decision]:
        """The decisions on the text by their span."""
        return {decision.span: decision for decision in self.decisions if decision.area is None}

    def everywhere(self, text: str) -> Sequence[Span]:
        """Where a text stands, as whole words and whatever its capitals."""
        if text not in self._found:
            self._found[text] = tuple(found.span for found in occurrences(self.document.text, [text]))
        return self._found[text]

    @cached_property
    def _found(self) -> dict[str, Sequence[Span]]:
        return {}

    @cached_property
    def bearers(self) -> Mapping[str, Sequence[Person]]:
        """The persons by each of their names, as `plain` writes it."""
        found: dict[str, list[Person]] = {}
        for person in self.persons:
            for name in {self.document.text[one.span.start : one.span.end] for one in person.mentions}:
                found.setdefault(plain(name), []).append(person)
        return found

    @cached_property
    def of_person(self) -> Mapping[int, Sequence[Decision]]:
        """The decisions by the number of their person."""
        found: dict[int, list[Decision]] = {}
        for decision in self.decisions:
            if decision.person is not None:
                found.setdefault(decision.person, []).append(decision)
        return found


def overruled(proposed: Proposed, rulings: Sequence[Ruling], profile: Profile) -> Ruled:
    """The decisions of `proposed` with those of `rulings` in their place; disjoint and in reading order."""
    return further(proposed, Ruled(proposed.decisions), rulings, profile)


def further(proposed: Proposed, ruled: Ruled, rulings: Sequence[Ruling], profile: Profile) -> Ruled:
    """What `ruled` comes to with more rulings, all later than those that it comes from."""
    if not rulings:
        return ruled
    in_text = _InText(proposed.document.text, (one for one in ruled.decisions if one.area is None))
    areas = [decision for decision in ruled.decisions if decision.area is not None]
    unplaced = list(ruled.unplaced)
    for ruling in sorted(rulings, key=lambda ruling: ruling.number):
        made = _Making(proposed, ruling, profile)
        if isinstance(ruling.where, Area):
            areas = made.areas(areas, ruling.where)
        new, fits = made.in_text()
        for decision in new:
            in_text.put(decision)
        if not fits:
            unplaced.append(ruling.number)
    decisions = sorted([*in_text.all, *areas], key=in_order) if areas else in_text.all
    return Ruled(tuple(decisions), tuple(unplaced))


def meets(proposed: Proposed, ruling: Ruling, profile: Profile) -> bool:
    """Whether a ruling on text would make any decision."""
    new, _ = _Making(proposed, ruling, profile).in_text()
    return any(True for one in new for _ in pieces(proposed.document.text, one))


class _InText:
    """Decisions on a text, disjoint and in reading order; one that is put in takes the room that it needs."""

    def __init__(self, text: str, decisions: Iterable[Decision]) -> None:
        self._text = text
        self.all = list(decisions)
        self._starts = [decision.span.start for decision in self.all]

    def put(self, decision: Decision) -> None:
        """Put a decision in place of what it overlaps; of that stays what it leaves free."""
        first = bisect_right(self._starts, decision.span.start)
        if first and self.all[first - 1].span.end > decision.span.start:
            first -= 1
        end = bisect_left(self._starts, decision.span.end, first)
        met = self.all[first:end]
        whole = all(decision.span.contains(one.span) for one in met)
        left = [decision] if whole else sorted(placed([decision, *met]), key=in_order)
        cut = [piece for one in left for piece in pieces(self._text, one)]
        self.all[first:end] = cut
        self._starts[first:end] = [piece.span.start for piece in cut]


class _Making:
    """The decisions that one ruling makes."""

    def __init__(self, proposed: Proposed, ruling: Ruling, profile: Profile) -> None:
        self._proposed, self._ruling, self._profile = proposed, ruling, profile

    def in_text(self) -> tuple[Iterator[Decision], bool]:
        """Its decisions on the text, and whether it fits the document as it is."""
        where = self._ruling.where
        if isinstance(where, Named):
            return map(self._on, self._of_person(where)), True
        if isinstance(where, Wording):
            return self._at(self._proposed.everywhere(where.text)), True
        if isinstance(where, Area):
            return self._at(self._under(Place(where.page, where.box))), True
        span = located(self._text, where)
        if span is not None:
            return self._at([span]), True
        if self._ruling.action is Action.KEEP:
            return iter(()), False
        everywhere = self._at(self._proposed.everywhere(where.text))
        return (replace(each, action=Action.REVIEW) for each in everywhere if each.removes), False

    def areas(self, others: Iterable[Decision], where: Area) -> list[Decision]:
        """`others` after a ruling on a part of a page: what is about the same part gives way to it."""
        page = next((page for page in self._proposed.document.pages if page.number == where.page), None)
        if page is None:
            return list(others)
        own = Place(where.page, where.box)
        met = [other for other in others if other.area and _same_part(other.area, own)]
        left = [other for other in others if other not in met]
        if self._ruling.action is Action.KEEP:
            return [*left, *map(self._on, met)]
        entity = self._ruling.entity or Entity.AREA
        return [*left, self._on(self._bare(Span(page.start, page.start), entity, own))]

    def _under(self, place: Place) -> Iterator[Span]:
        """The text that goes with a part of a page; of one that stays, what went with the signature found there."""
        spans = spans_under(self._proposed.document, place)
        if self._ruling.action is not Action.KEEP:
            return spans
        signed = Overlaps(one for one in self._proposed.decisions if one.entity is Entity.SIGNATURE and not one.area)
        return (one.span for span in spans for one in signed.of(span))

    @property
    def _text(self) -> str:
        return self._proposed.document.text

    def _of_person(self, where: Named) -> Iterator[Decision]:
        bearers = [bearer for name in where.names for bearer in self._proposed.bearers.get(plain(name), ())]
        meant = [person for person in bearers if person.role is where.role] or bearers
        numbers = {person.number for person in meant}
        return (decision for number in sorted(numbers) for decision in self._proposed.of_person.get(number, ()))

    def _at(self, spans: Iterable[Span]) -> Iterator[Decision]:
        for span in spans:
            yield self._on(self._proposed.at.get(span) or self._bare(span, Entity.TERM))

    def _bare(self, span: Span, entity: Entity, area: Place | None = None) -> Decision:
        rule = self._profile.rule_for(entity, Role.UNKNOWN)
        return Decision(span, entity, rule.action, Role.UNKNOWN, rule.ground, "", "", 1.0, REVIEWER, area=area)

    def _on(self, decision: Decision) -> Decision:
        """`decision` as it is after the ruling."""
        ruling = self._ruling
        entity, role = ruling.entity or decision.entity, ruling.role or decision.role
        by_policy = self._profile.rule_for(entity, role, doubtful=False)
        action = ruling.action or by_policy.action
        ground = None if action is Action.KEEP else ruling.ground or by_policy.ground or decision.ground or _FALLBACK
        return replace(
            decision,
            action=action,
            entity=entity,
            role=role,
            ground=ground,
            label=ground if ground and self._profile.ground_on_box else "",
            rule=ruling.rule,
            score=1.0,
            evidence=(Evidence(REVIEWER), *decision.evidence),
        )


def located(text: str, passage: Passage) -> Span | None:
    """Where a passage stands in `text`: where it stood, or the nearest place with the same surroundings; None when it
    stands nowhere like that."""
    if not passage.text:
        return None
    own = Span(passage.start, passage.start + len(passage.text))
    if Passage.of(text, own) == passage:  # nearly always, and a document may be long
        return own
    spans = [Span(*found.span()) for found in re.finditer(re.escape(passage.text), text)]
    same = [span for span in spans if _surroundings(Passage.of(text, span)) == _surroundings(passage)]
    return min(same, key=lambda span: abs(span.start - passage.start), default=None)


def _surroundings(passage: Passage) -> tuple[str, str]:
    """Words before and after, for spaces and line ends are the reader's."""
    return "".join(passage.before.split())[-SURROUNDINGS // 2 :], "".join(passage.after.split())[: SURROUNDINGS // 2]


def plain(name: str) -> str:
    """A name without capitals, accents and double spaces, as names are compared."""
    decomposed = unicodedata.normalize("NFKD", name)
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold().split())


def names_of(document: Document, person: Person) -> tuple[str, ...]:
    """The names by which rulings know a person: full ones, or what there is."""
    named = [one for one in person.mentions if one.entity is Entity.PERSON] or list(person.mentions)
    forms = {plain(document.text[one.span.start : one.span.end]) for one in named}
    return tuple(sorted(form for form in forms if " " in form) or sorted(forms))


def _same_part(one: Place, other: Place) -> bool:
    if one.page != other.page or not one.area.intersects(other.area):
        return False
    a, b = one.area, other.area
    shared = (min(a.right, b.right) - max(a.left, b.left)) * (min(a.top, b.top) - max(a.bottom, b.bottom))
    return shared >= _SHARE * min(a.width * a.height, b.width * b.height)
