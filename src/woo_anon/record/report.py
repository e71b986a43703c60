"""The review report: one HTML file, in Dutch and for internal use, that shows every finding and why it was decided so.

The file stands by itself: no network, no external resource, its script and style allowed by their own hash only. It
works without script as well, then without filters. Everything from the document is escaped by Jinja.

The page is built from a small view of the findings (`Item`) so that the template only prints.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TypeVar

from jinja2 import Environment
from markupsafe import Markup

from woo_anon import templating
from woo_anon.document import (
    Action,
    Decision,
    Document,
    Entity,
    Evidence,
    Page,
    Person,
    Redaction,
    Role,
    Twin,
    Verification,
    Written,
)
from woo_anon.geometry import Box, Place
from woo_anon.record import attention, closing, wording
from woo_anon.record.log import decided_by, profile_name
from woo_anon.record.overlay import Frame, frame, shown_size
from woo_anon.spans import Span

_Kind = TypeVar("_Kind", Entity, Role)
CONTEXT = 60  # characters shown on either side of a finding


@dataclass(frozen=True)
class PageImage:
    """A picture of a page of the source, as a reader sees it (rotated).

    `width_pt` and `height_pt` are those of the page before rotation, as in `document.Page`. `png` may also be a JPEG or
    WebP; it is shown as it is, so the caller decides how small it is.
    """

    number: int
    png: bytes = field(repr=False)
    width_pt: float
    height_pt: float
    rotation: int = 0
    left_pt: float = 0.0  # user-space coordinates of the picture's lower left corner before rotation
    bottom_pt: float = 0.0


@dataclass(frozen=True)
class Reasons:
    """Evidence in Dutch: what speaks for redacting, what for staying, and what only describes. Heaviest first."""

    redact: tuple[str, ...]
    keep: tuple[str, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One finding as the report shows it. `key` is the log's number, or B1, B2, … for what stays."""

    key: str
    decision: Decision
    page: int
    text: str = field(repr=False)
    before: str = field(repr=False)
    after: str = field(repr=False)
    places: tuple[Place, ...]
    reasons: Reasons
    low: bool

    @property
    def state(self) -> str:
        return self.decision.action.value


@dataclass(frozen=True)
class Mark:
    """A box on a picture."""

    item: Item
    frame: Frame
    first: bool  # of several boxes only the first carries the number


@dataclass(frozen=True)
class PageView:
    """A page with its picture and marks, or its text in pieces."""

    number: int
    width: float
    height: float
    image: str | None = field(repr=False)
    marks: tuple[Mark, ...] = ()
    pieces: tuple[tuple[str, Item | None], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class PersonView:
    """A person with all mentions."""

    person: Person
    name: str = field(repr=False)
    items: tuple[Item, ...]
    reasons: Reasons


def render(
    *,
    document: Document,
    decisions: Sequence[Decision],
    redactions: Sequence[Redaction],
    persons: Sequence[Person],
    profile: str,
    twin: Twin | None = None,
    verification: Verification | None = None,
    written: Written | None = None,
    page_images: Iterable[PageImage] = (),
    versions: Mapping[str, str] | None = None,
    created: str | None = None,
) -> Iterator[str]:
    """The report as HTML text (UTF-8, no byte order mark), in pieces: of a long document it is some hundred megabytes.

    `redactions` give removed findings their number and drawn boxes. Without `page_images` the text is shown with marks.
    `verification` is None when nothing was written (a dry run). `created` is shown as given.
    """
    written = written or Written()
    policy = profile_name(profile)
    items = _items(document, decisions, redactions)
    by_decision = {item.decision: item for item in items}
    pages = _pages(document, items, page_images)
    closing_found = closing.find_closing(document.text) if policy == "beslisnota" else None
    return (
        _environment()
        .get_template("report.html.j2")
        .generate(
            document=document,
            profile=policy,
            created=created,
            versions=dict(sorted((versions or {}).items())),
            items=items,
            pages=pages,
            persons=_persons(persons, items),
            points=attention.points(document, decisions, written, policy, twin=twin),
            item_of=by_decision.get,
            counts=Counter(item.state for item in items),
            entities=_present(Entity, (item.decision.entity for item in items)),
            roles=_present(Role, (item.decision.role for item in items)),
            grounds=Counter(item.decision.ground for item in items if item.decision.ground),
            closing=closing_found,
            closing_page=document.page_at(closing_found.heading.start).number if closing_found else None,
            closing_doubts=closing.doubts(closing_found, decisions) if policy == "beslisnota" else (),
            verification=verification,
            written=written,
            has_images=any(page.image for page in pages),
        )
    )


def _items(document: Document, decisions: Sequence[Decision], redactions: Sequence[Redaction]) -> tuple[Item, ...]:
    drawn = {redaction.decision: redaction for redaction in redactions}
    items: list[Item] = []
    kept = 0
    for decision in sorted(decisions, key=lambda decision: decision.span):
        redaction = drawn.get(decision)
        if redaction is None:
            kept += 1
        key = f"B{kept}" if redaction is None else str(redaction.number)
        places = redaction.places if redaction and redaction.places else document.places_of(decision)
        items.append(_item(document, decision, key, places))
    return tuple(items)


def _item(document: Document, decision: Decision, key: str, places: tuple[Place, ...]) -> Item:
    before, text, after = _quoted(document.text, decision)
    return Item(
        key=key,
        decision=decision,
        page=document.page_of(decision),
        text=text,
        before=before,
        after=after,
        places=places,
        reasons=reasons(decision.evidence),
        low=decision.score < attention.LOW_SCORE,
    )


def _quoted(text: str, decision: Decision) -> tuple[str, str, str]:
    """What a decision is about, between what stands before and behind it."""
    if decision.area is not None:
        return "", wording.PART_OF_PAGE, ""
    start, end = decision.span.start, decision.span.end
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return (
        ("…" if start > CONTEXT else "") + _one_line(before),
        _one_line(text[start:end]),
        _one_line(after) + ("…" if end + CONTEXT < len(text) else ""),
    )


def reasons(evidence: Iterable[Evidence]) -> Reasons:
    """Evidence in Dutch.

    Weights are log odds that the mention may stay: above zero for staying, below for redacting.
    """
    ordered = sorted(evidence, key=lambda item: -abs(item.weight))

    def words(sign: int) -> tuple[str, ...]:
        chosen = (item for item in ordered if (item.weight > 0) - (item.weight < 0) == sign)
        return tuple(dict.fromkeys(wording.evidence(item) for item in chosen))

    return Reasons(redact=words(-1), keep=words(1), plain=words(0))


def _pages(document: Document, items: Sequence[Item], images: Iterable[PageImage]) -> tuple[PageView, ...]:
    marked: dict[int, list[tuple[Item, Box, bool]]] = defaultdict(list)
    for item in items:
        for at, place in enumerate(item.places):
            marked[place.page].append((item, place.area, at == 0))
    pictured = tuple(_pictured(image, marked[image.number]) for image in images)
    if pictured:
        return pictured
    return tuple(PageView(page.number, 0, 0, None, (), _pieces(document, page, items)) for page in document.pages)


def _pictured(image: PageImage, marked: Iterable[tuple[Item, Box, bool]]) -> PageView:
    width, height = shown_size(image.width_pt, image.height_pt, image.rotation)
    marks = tuple(Mark(item, _frame(image, box), first) for item, box, first in marked)
    return PageView(image.number, round(width, 2), round(height, 2), _data_uri(image.png), marks)


def _frame(image: PageImage, box: Box) -> Frame:
    moved = Box(
        box.left - image.left_pt, box.bottom - image.bottom_pt, box.right - image.left_pt, box.top - image.bottom_pt
    )
    exact = frame(moved, image.width_pt, image.height_pt, image.rotation)
    return Frame(round(exact.x, 1), round(exact.y, 1), round(exact.width, 1), round(exact.height, 1))


def _pieces(document: Document, page: Page, items: Sequence[Item]) -> tuple[tuple[str, Item | None], ...]:
    """The page's text cut at the findings on it."""
    pieces: list[tuple[str, Item | None]] = []
    at = page.start
    whole = Span(page.start, page.end) if page.end > page.start else None
    for item in items:
        span = item.decision.span
        if whole is None or not span.overlaps(whole):
            continue
        start, end = max(span.start, page.start), min(span.end, page.end)
        pieces.append((printable(document.text[at:start]), None))
        pieces.append((printable(document.text[start:end]), item))
        at = end
    pieces.append((printable(document.text[at : page.end]), None))
    return tuple(piece for piece in pieces if piece[0])


def _persons(persons: Sequence[Person], items: Sequence[Item]) -> tuple[PersonView, ...]:
    mentions: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        if item.decision.person is not None:
            mentions[item.decision.person].append(item)
    views = []
    for person in persons:
        own = mentions[person.number]
        if own:
            name = max((item.text for item in own if item.decision.entity is Entity.PERSON), key=len, default="")
            name = name or max((item.text for item in own), key=len)
            views.append(PersonView(person, name, tuple(own), reasons(person.evidence)))
    return tuple(views)


def _present(kinds: type[_Kind], used: Iterable[_Kind]) -> tuple[_Kind, ...]:
    seen = set(used)
    return tuple(kind for kind in kinds if kind in seen)


def _one_line(text: str) -> str:
    return " ".join(printable(text).split(" ")) if "\n" not in text else printable(text).replace("\n", " ")


# Control characters have no place in HTML; marks that turn the direction of text could make a finding look different.
_UNSHOWN = {code: "\ufffd" for code in (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_UNSHOWN |= {code: "\ufffd" for code in (*range(0xD800, 0xE000), 0xFFFE, 0xFFFF)}
_UNSHOWN |= {ord("\t"): "\t", ord("\n"): "\n", ord("\f"): "\n", ord("\r"): ""}


def printable(text: str) -> str:
    """Text of a document as HTML can hold it; still to be escaped."""
    return text.translate(_UNSHOWN)


def _data_uri(picture: bytes) -> str:
    media_type = "image/png"
    if picture.startswith(b"\xff\xd8"):
        media_type = "image/jpeg"
    elif picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        media_type = "image/webp"
    return f"data:{media_type};base64,{base64.b64encode(picture).decode('ascii')}"


@cache
def _environment() -> Environment:
    environment = templating.environment("woo_anon.record")
    style, script = _asset("parts.css") + _asset("report.css"), _asset("report.js")
    environment.globals.update(
        wording=wording,
        decided_by=decided_by,
        Action=Action,
        context=CONTEXT,
        style=Markup(style),  # our own file
        script=Markup(script),  # our own file
        policy=(
            f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}';"
            " base-uri 'none'; form-action 'none'"
        ),
    )
    return environment


def _asset(name: str) -> str:
    return (resources.files("woo_anon.record") / "templates" / name).read_text("utf-8")


def _hash(text: str) -> str:
    """The hash by which a content security policy (CSP level 2) allows an inline element."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
