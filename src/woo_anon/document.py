"""The data types that travel through the stages.

Ranges of the text are `spans.Span`, places on a page `geometry.Box`. All types are frozen and picklable. Text of the
document is kept out of every `repr`.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from woo_anon.geometry import Box, Place, same_column, same_line
from woo_anon.spans import Span

_STRAIGHT = 1.6  # times the largest letter that a line may be high: lines of scans rise by a degree or two
_INITIAL = 1.6  # times as high as the letters of the line that it begins
REVIEWER = "reviewer"  # rule of a decision that a person took, with its number in the trail: `reviewer:12`


class Entity(StrEnum):
    """What kind of personal data a finding is (the labels of the gold format)."""

    PERSON = "PERSON"
    INITIALS = "INITIALS"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    DOB = "DOB"
    BSN = "BSN"
    IBAN = "IBAN"
    PLATE = "PLATE"
    IDDOC = "IDDOC"
    PERSONNEL = "PERSONNEL"
    USERNAME = "USERNAME"
    URL = "URL"
    TERM = "TERM"  # a text that the user said must go, or stay
    SIGNATURE = "SIGNATURE"  # handwriting: a signature or paraaf as a picture
    AREA = "AREA"  # a part of a page that a person said must go


class Role(StrEnum):
    """Whose name it is. Dutch, for it is shown to users and stands in the log."""

    CIVIL_SERVANT = "ambtenaar"
    OFFICE_HOLDER = "ambtsdrager"
    TOP_OFFICIAL = "topambtenaar"
    CITIZEN = "burger"
    EXTERNAL = "extern"
    AUTHOR = "auteur"
    EPONYM = "naamgever"  # a law, street, commission or prize named after somebody; a historical person
    FUNCTIONAL = "functioneel"  # a functional mailbox, a general number, an office address
    UNKNOWN = "onbekend"


class Function(StrEnum):
    """A function of staff that an organisation may choose to be open about. Dutch, as it stands in the settings."""

    DIRECTOR = "directeur"
    SPOKESPERSON = "woordvoerder"
    MANDATE = "mandaat"  # signs in the name of an authority


class Action(StrEnum):
    """What happens to a finding. `review` is redacted and marked for a person to judge."""

    REDACT = "redact"
    KEEP = "keep"
    REVIEW = "review"


class ZoneKind(StrEnum):
    """A part of a note that tells what names in it are."""

    HEADER_BLOCK = "header_block"  # colofon, address block, reference lines
    AUTHOR = "author"  # "Opgesteld door", "Auteur", "Contactpersoon", "Behandeld door"
    ADDRESSEE = "addressee"  # "Aan", "Kopie aan", "Afgestemd met"
    PARAFEN = "parafen"  # table or line of initials
    MAIL_HEADER = "mail_header"  # Van:, Aan:, CC:, Verzonden:, Onderwerp:
    SIGNATURE = "signature"  # below "Met vriendelijke groet", contact lines below it
    ATTENDANCE = "attendance"  # "Aanwezig:", "Deelnemers"
    REFERENCES = "references"  # literature list
    CHAT = "chat"  # a line "[09:02] Name: text"


@dataclass(frozen=True, slots=True)
class Unseen:
    """Text of a page that no reader sees and that the publication version must not hold.

    `origins` are two doubles a glyph, in points in user space; without any the page has text of no extent. `starts` are
    two more: where the first glyph of its text stands, when something is seen at the place of the glyph itself, from
    which it is told apart by that; NaN otherwise. `doubt` is a code that says why the text cannot be taken out of the
    page, or None. `boxes` are four doubles a character, as of a page, for the end of its text, where it has none: what
    is unseen is read there.
    """

    origins: array[float] = field(default_factory=lambda: array("d"), repr=False)
    starts: array[float] = field(default_factory=lambda: array("d"), repr=False)
    boxes: array[float] = field(default_factory=lambda: array("d"), repr=False)
    doubt: str | None = None


@dataclass(frozen=True)
class Page:
    """One page: its text is `Document.text[start:end]`.

    `boxes` holds four doubles a character (left, bottom, right, top in points), NaN for a character that has no place
    on the page (an implied space or line end). The box is as wide as the glyph's advance and as high as the font's
    ascent and descent. Empty for formats without geometry.

    `confidences`, of a page that OCR read or a picture on which it read, hold one number a character, 0..100, NaN where
    none is known. `doubt` is a code that says why the page does not count as read, or None.
    """

    number: int
    start: int
    end: int
    width_pt: float = 0.0
    height_pt: float = 0.0
    rotation: int = 0  # degrees clockwise: 0, 90, 180, 270
    boxes: array[float] = field(default_factory=lambda: array("d"), repr=False)
    unseen: Unseen | None = None
    confidences: array[float] | None = field(default=None, repr=False)
    doubt: str | None = None
    drawn: tuple[Box, ...] = ()  # parts of it that may be written by hand, from the top
    hides_pictures: bool = False  # a part of a picture on it may be unseen

    def box(self, offset: int) -> Box | None:
        """Box of the character at `offset` (in `Document.text`); None when it has no place."""
        at = (offset - self.start) * 4
        if not self.boxes or math.isnan(self.boxes[at]):
            return None
        return Box(*self.boxes[at : at + 4])

    def of_unseen(self) -> Page:
        """The page with boxes for its unseen text alone."""
        boxes = self.unseen.boxes if self.unseen else array("d")
        nowhere = array("d", [math.nan]) * (4 * (self.end - self.start) - len(boxes))
        return replace(self, boxes=nowhere + boxes)


@dataclass(frozen=True)
class Hint:
    """A name or mail address that the file itself knows: author, custom property, comment author."""

    kind: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Prepared:
    """A file changed before it could be read: unlocked, unsigned, its form fields made part of the pages, recognised.

    `content` takes the place of the source in all that follows; `removed` are the kinds of things taken from it.
    """

    content: bytes = field(repr=False)
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """Another document of the dossier that says the same, or nearly. `name` is the path that leads there from the
    document's own folder, `similarity` in 0..1; `others` is how many more there are; `differences` how many times the
    document shows what its twin removes."""

    name: str
    similarity: float
    others: int = 0
    differences: int = 0


@dataclass(frozen=True)
class Document:
    """A document as read. `name` is the file's name without folder; `format` the key of the formats table."""

    name: str
    format: str
    text: str = field(repr=False)
    pages: tuple[Page, ...]
    hints: tuple[Hint, ...] = field(default=(), repr=False)
    prepared: Prepared | None = None  # what was read in place of the file as it came
    attachments: tuple[tuple[int, str], ...] = ()  # of a mail: what became of them, by number, for readers
    authors: tuple[Span, ...] = ()  # where the file says who wrote something in it: a comment
    beside: tuple[str, ...] = field(default=(), repr=False)  # what it says beside its pages: titles, alternative texts
    named: tuple[tuple[str, Entity], ...] = field(default=(), repr=False)  # what goes of these

    @property
    def recognised_pages(self) -> tuple[int, ...]:
        """Numbers of the pages that OCR read, or a picture on which it read."""
        return tuple(page.number for page in self.pages if page.confidences is not None)

    @property
    def pages_not_read(self) -> tuple[tuple[int, str], ...]:
        """Numbers of the pages that do not count as read, each with a code that says why."""
        return tuple((page.number, page.doubt) for page in self.pages if page.doubt)

    def without(self, spans: Iterable[Span]) -> str:
        """The text with a NUL in place of each of `spans`, and of those that overlap one."""
        pieces, at = [], 0
        for span in sorted(spans):
            pieces.append(self.text[at : span.start])
            at = max(at, span.end)
        return "\0".join([*pieces, self.text[at:]])

    def page_at(self, offset: int) -> Page:
        """The page on which the character at `offset` stands. Raises IndexError outside the text."""
        at = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        if at < 0 or offset >= self.pages[at].end:
            raise IndexError(offset)
        return self.pages[at]

    def pages_of(self, span: Span) -> tuple[Page, ...]:
        """The pages that characters of `span` stand on."""
        first = bisect_right(self.pages, span.start, key=lambda page: page.end)
        behind = bisect_left(self.pages, span.end, key=lambda page: page.start)
        return self.pages[first:behind]

    def page_of(self, decision: Decision) -> int:
        """Number of the page on which a decision's span begins, or its area lies."""
        return decision.area.page if decision.area else self.page_at(decision.span.start).number

    def places_of(self, decision: Decision) -> tuple[Place, ...]:
        """Where a decision's span or area lies; empty without geometry."""
        return (decision.area,) if decision.area else self.places(decision.span)

    def places(self, span: Span) -> tuple[Place, ...]:
        """One box per line and page that together cover the characters of `span`; empty without geometry."""
        return tuple(self._places(span))

    def unseen_places(self, span: Span) -> tuple[Place, ...]:
        """The same for those characters of `span` that no reader sees."""
        return replace(self, pages=tuple(page.of_unseen() for page in self.pages_of(span))).places(span)

    def _places(self, span: Span) -> Iterator[Place]:
        for page in self.pages_of(span):
            current: Box | None = None
            largest, new_line = 0.0, False
            for offset in range(max(span.start, page.start), min(span.end, page.end)):
                new_line |= self.text[offset] == "\n"
                box = page.box(offset)
                if box is None:
                    continue
                if current is not None:
                    largest = max(largest, box.width, box.height)
                    on_line = same_line(current, box) or (not new_line and same_column(current, box))
                    if on_line and _runs_straight(current.union(box), largest) and not _hangs(current, box):
                        current = current.union(box)
                        continue
                    yield Place(page.number, current)
                current, largest, new_line = box, max(box.width, box.height), False
            if current is not None:
                yield Place(page.number, current)


def _hangs(box: Box, next_box: Box) -> bool:
    """Whether `box` is that of a large letter before several lines, of which the first goes on with `next_box`."""
    beside = next_box.left > (box.left + box.right) / 2 and next_box.bottom < box.top
    return beside and box.height > _INITIAL * next_box.height and next_box.bottom - box.bottom > 0.3 * box.height


def _runs_straight(union: Box, largest: float) -> bool:
    """Whether letters of which none is larger than `largest` make a line along the page: a box around those that run
    aslant holds much that is not theirs."""
    return min(union.width, union.height) <= _STRAIGHT * largest


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something is believed: a stable code such as `title:minister`, `zone:author`, `register`, and its weight.

    A code never holds text of the document that is to be redacted.
    """

    code: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Zone:
    """A recognised part of the text."""

    kind: ZoneKind
    span: Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks like personal data. `score` in 0..1 is the belief that it is what `entity` says.

    `stays` in 0..1 is the detector's own belief that this mention belongs to what may stay (None: it has no opinion).
    `detector` names the recogniser.
    """

    span: Span
    entity: Entity
    score: float
    detector: str
    stays: float | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A part of a page (`Page.drawn`) that may be a signature or paraaf. `score` in 0..1 is the belief that it is;
    `evidence` says what stands near it."""

    place: Place
    score: float
    detector: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Mentions of one person (or of one thing named after somebody), with the role and what speaks for it."""

    number: int
    mentions: tuple[Finding, ...]
    role: Role
    score: float  # belief in the role, 0..1
    evidence: tuple[Evidence, ...] = ()
    doubtful: bool = False  # whether the name may stay is in doubt: the mentions are marked for review
    functions: frozenset[Function] = frozenset()  # that stand at a mention


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to one finding, on what ground, and which rule said so. Decisions of a document are disjoint.

    One about a part of a page (`area`) has an empty span where the page begins: what text stands there has decisions of
    its own.
    """

    span: Span
    entity: Entity
    action: Action
    role: Role
    ground: str | None  # normal form, `5.1.2e`; None when kept
    label: str  # what the box or replacement says; "" for a plain box
    rule: str  # identifier of the policy rule
    score: float
    detector: str
    person: int | None = None  # number of the person
    evidence: tuple[Evidence, ...] = ()
    area: Place | None = None  # the part of a page that it is about

    @property
    def by_reviewer(self) -> bool:
        """Whether a person took it."""
        return self.rule.partition(":")[0] == REVIEWER

    @property
    def removes(self) -> bool:
        """Whether the text goes from the publication version."""
        return self.action is not Action.KEEP


@dataclass(frozen=True, slots=True)
class Redaction:
    """One removed span, numbered from 1 in reading order, with the boxes that cover it (empty without geometry)."""

    number: int
    decision: Decision
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a format's writer did. Codes and page numbers only, never text."""

    pages_as_images: tuple[tuple[int, str], ...] = ()  # (page number, reason)
    removed: tuple[str, ...] = ()  # kinds of things taken from the file: "xmp", "attachments", …
    redactions: tuple[Redaction, ...] = ()  # as they were given, with the boxes as they were drawn
    hidden_text_pages: tuple[int, ...] = ()  # numbers of pages that lost text that nobody sees

    @property
    def pages_with_exact_widths(self) -> tuple[int, ...]:
        """Pages on which some box is as wide as the text that it covers."""
        places = (place for redaction in self.redactions for place in redaction.places)
        return tuple(sorted({place.page for place in places if place.exact}))


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the verification. `detail` says where and of what kind, never the text itself."""

    name: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """All checks on one written file."""

    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        return all(check.passed for check in self.checks)
