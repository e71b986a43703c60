"""What the templates print: a page with its marks and its text, the people of a document, the rows of a folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from woo_anon.document import Action, Page
from woo_anon.formats.picture import Picture
from woo_anon.geometry import Box
from woo_anon.record.overlay import Frame, frame, shown_size
from woo_anon.record.report import CONTEXT, Reasons, printable, reasons
from woo_anon.review.case import Case, Mention, Subject
from woo_anon.review.folder import Row
from woo_anon.trail.standing import State

PER_PAGE = 50  # documents on one page of the folder
_WORD = re.compile(r"\S+")
STATES = {
    State.TO_DO: "Te doen",
    State.IN_REVIEW: "In beoordeling",
    State.SECOND_REVIEW: "Wacht op tweede beoordelaar",
    State.DISPUTED: "Verschil van oordeel",
    State.DONE: "Akkoord",
    State.REFUSED: "Geweigerd",
}
ORDERS = {"naam": "naam", "twijfel": "twijfel", "paginas": "pagina’s", "stand": "stand"}


@dataclass(frozen=True)
class Item:
    """One mention as it is shown beside the page."""

    mention: Mention
    text: str
    before: str
    after: str
    reasons: Reasons

    @property
    def key(self) -> str:
        return self.mention.key

    @property
    def state(self) -> str:
        """What it looks like: redact, keep or review."""
        return self.mention.decision.action.value


@dataclass(frozen=True)
class Mark:
    """A box on the picture of a page."""

    key: str
    state: str
    frame: Frame
    doubtful: bool


@dataclass(frozen=True)
class Word:
    """A word of the page where the picture shows it, so that it can be selected: offsets in the document's text."""

    text: str
    start: int
    end: int
    frame: Frame


@dataclass(frozen=True)
class Sheet:
    """One page: a picture's size with what lies on it, or text in pieces."""

    number: int
    width: float = 0.0
    height: float = 0.0
    marks: tuple[Mark, ...] = ()
    words: tuple[Word, ...] = ()
    pieces: tuple[tuple[int, str, Mention | None], ...] = ()

    @property
    def pictured(self) -> bool:
        return self.width > 0


@dataclass(frozen=True)
class Group:
    """A person with the items on the page, and how many more there are elsewhere."""

    subject: Subject
    items: tuple[Item, ...]
    elsewhere: int


def sheet(case: Case, number: int, picture: Picture | None) -> Sheet:
    """A page as it is shown."""
    mentions = case.by_page.get(number, ())
    if picture is None:
        return Sheet(number, pieces=tuple(_pieces(case, number, mentions)))
    document = case.examined.with_boxes([number])
    page = next(page for page in document.pages if page.number == number)
    width, height = shown_size(picture.width_pt, picture.height_pt, picture.rotation)
    marks = [
        Mark(mention.key, mention.decision.action.value, on_picture(place.area, picture), mention.doubtful)
        for mention in mentions
        for place in document.places_of(mention.decision)
        if place.page == number
    ]
    words = tuple(_words(case.examined.document.text, page, picture))
    return Sheet(number, round(width, 2), round(height, 2), tuple(marks), words)


def on_picture(box: Box, picture: Picture) -> Frame:
    """Where a box of the page lies on its picture, in points."""
    moved = Box(
        box.left - picture.left_pt,
        box.bottom - picture.bottom_pt,
        box.right - picture.left_pt,
        box.top - picture.bottom_pt,
    )
    exact = frame(moved, picture.width_pt, picture.height_pt, picture.rotation)
    return Frame(round(exact.x, 1), round(exact.y, 1), round(exact.width, 1), round(exact.height, 1))


def _words(text: str, page: Page, picture: Picture) -> Iterator[Word]:
    for found in _WORD.finditer(text, page.start, page.end):
        boxes = [box for at in range(*found.span()) if (box := page.box(at)) is not None]
        if boxes:
            whole = boxes[0]
            for box in boxes[1:]:
                whole = whole.union(box)
            yield Word(printable(found[0]), *found.span(), on_picture(whole, picture))


def _pieces(case: Case, number: int, mentions: Sequence[Mention]) -> Iterator[tuple[int, str, Mention | None]]:
    """The text of a page cut at its mentions, each piece with the offset at which it begins."""
    text = case.examined.document.text
    page = case.examined.page(number)
    at = page.start
    for mention in mentions:
        span = mention.decision.span
        if span.start < at or not len(span):
            continue
        yield at, printable(text[at : span.start]), None
        yield span.start, printable(text[span.start : span.end]), mention
        at = span.end
    yield at, printable(text[at : page.end]), None


def groups(case: Case, number: int) -> tuple[Group, ...]:
    """The people with a mention on a page, those with doubts first, each with its mentions there."""
    found = []
    for subject in case.subjects_on(number):
        items = tuple(item(case, mention) for mention in subject.mentions if mention.page == number)
        found.append(Group(subject, items, len(subject.mentions) - len(items)))
    return tuple(found)


def item(case: Case, mention: Mention) -> Item:
    """A mention with its surroundings and reasons."""
    text, span = case.examined.document.text, mention.decision.span
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return Item(
        mention,
        printable(case.surface(span)),
        " ".join(printable(before).split()),
        " ".join(printable(after).split()),
        reasons(mention.decision.evidence),
    )


@dataclass(frozen=True)
class Bar:
    """The figures of a document under review. `doubts` are key and page of what is still in doubt, in order."""

    state: State
    pages: int
    seen: frozenset[int]
    redacted: int
    kept: int
    doubts: tuple[tuple[str, int], ...]
    unplaced: int
    changed: bool

    @property
    def all_seen(self) -> bool:
        return len(self.seen) == self.pages


def bar(case: Case, who: str) -> Bar:
    """The figures of a document for one reviewer."""
    actions = Counter(mention.decision.action for mention in case.mentions)
    return Bar(
        case.row.state,
        len(case.pages),
        case.seen_by(who),
        actions[Action.REDACT] + actions[Action.REVIEW],
        actions[Action.KEEP],
        tuple((mention.key, mention.page) for mention in case.mentions if mention.doubtful),
        len(case.ruled.unplaced),
        case.row.changed,
    )


@dataclass(frozen=True)
class Shelf:
    """The documents that a reviewer asked for, of all there are."""

    rows: tuple[Row, ...]
    matching: int
    all: int
    counts: Counter[State]
    page: int

    @property
    def last_page(self) -> int:
        return max(1, -(-self.matching // PER_PAGE))

    @property
    def finished(self) -> int:
        return self.counts[State.DONE] + self.counts[State.REFUSED]


def shelf(rows: Sequence[Row], *, words: str, state: str, order: str, page: int) -> Shelf:
    """One page of the folder: documents whose name holds `words`, in a state, in an order."""
    counts = Counter(row.state for row in rows if row.reviewable)
    wanted = words.casefold().split()
    matching = [
        row
        for row in rows
        if all(word in row.listed.name.casefold() for word in wanted)
        and (not state or (row.changed if state == "changed" else row.reviewable and row.state.value == state))
    ]
    matching.sort(key=lambda row: _rank(row, order))
    at = max(1, min(page, max(1, -(-len(matching) // PER_PAGE))))
    shown = tuple(matching[(at - 1) * PER_PAGE : at * PER_PAGE])
    return Shelf(shown, len(matching), len(rows), counts, at)


def _rank(row: Row, order: str) -> tuple[int, str]:
    figures = row.listed.figures
    if order == "twijfel":
        return (-(figures.doubtful if figures else 0), row.listed.name)
    if order == "paginas":
        return (-(figures.pages if figures else 0), row.listed.name)
    if order == "stand":
        return (list(State).index(row.state), row.listed.name)
    return (0, row.listed.name)
