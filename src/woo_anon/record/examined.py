"""What the review shows of a document: its text, where each character stands, and what the machine proposed.

A ZIP file in `internal/`, so that one page of hundreds is read without the others:

    document.json    name, format, proposal, text, pages, persons, decisions, evidence
    prepared.pdf     what was read in place of the source (`Document.prepared`), if anything was
    boxes/12         of page 12 signed 32-bit numbers, little-endian: first left of all characters, then bottom, right
                     and top, in hundredths of a point, each as the step from the character before, modulo 2**32; of a
                     character without a place all four are the lowest number
"""

from __future__ import annotations

import gc
import hashlib
import json
import zipfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from woo_anon.document import Action, Decision, Document, Entity, Evidence, Finding, Function, Page, Person, Role
from woo_anon.errors import UnreadableError
from woo_anon.geometry import Box, Place
from woo_anon.spans import Span

SUFFIX = ".review.zip"
_VERSION = 1
_NONE = -(2**31)
_PREPARED = "prepared.pdf"
# By value: a long document has tens of thousands of them, and calling an enumeration is slow.
_ENTITIES = {one.value: one for one in Entity}
_ACTIONS = {one.value: one for one in Action}
_ROLES = {one.value: one for one in Role}
_MEMBER_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest there is: the same bytes for the same document


def proposal_of(document: Document, decisions: Sequence[Decision]) -> str:
    """A digest of what the machine proposes for a document: of its text and of what happens to it, not of how sure that
    is or why. It says something of the text: not for publication."""
    said = [document.text, *map(_proposed, decisions)]
    return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def _proposed(decision: Decision) -> str:
    what = (decision.entity.value, decision.action.value, decision.role.value, decision.ground)
    return repr((decision.span.start, decision.span.end, *what, _area(decision.area)))


def write(target: Path, document: Document, persons: Sequence[Person], decisions: Sequence[Decision]) -> None:
    """Write what the review needs of an examined document; `decisions` are those that the machine proposes.

    Raises OSError.
    """
    table: dict[Evidence, int] = {}
    held = {
        "version": _VERSION,
        "name": document.name,
        "format": document.format,
        "proposal": proposal_of(document, decisions),
        "text": document.text,
        "pages": [[*_page(page), digest] for page, digest in _digests(document, decisions)],
        "persons": [_person(person, table) for person in persons],
        "decisions": [_decision(decision, table) for decision in decisions],
    }
    held["evidence"] = [[one.code, one.weight] for one in table]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        _put(file, "document.json", json.dumps(held, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        for page in document.pages:
            if page.boxes:
                _put(file, f"boxes/{page.number}", _packed(page.boxes))
        if document.prepared is not None:
            _put(file, _PREPARED, document.prepared.content)


def _put(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    file.writestr(zipfile.ZipInfo(name, _MEMBER_TIME), content, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Examined:
    """An examined document as it was written to `path`. The pages of `document` have no boxes: `page` reads them."""

    path: Path
    proposal: str
    document: Document
    persons: tuple[Person, ...]
    decisions: tuple[Decision, ...]
    on_pages: Mapping[int, str]  # by number, a digest of what a page says and what the machine proposes on it

    def page(self, number: int) -> Page:
        """A page with its boxes. Raises KeyError when there is no such page, UnreadableError as `read`."""
        page = self._by_number[number]
        try:
            with zipfile.ZipFile(self.path) as file:
                name = f"boxes/{number}"
                packed = file.read(name) if name in file.namelist() else b""
        except (OSError, zipfile.BadZipFile) as error:
            raise _unreadable(self.path) from error
        return replace(page, boxes=_unpacked(packed))

    def with_boxes(self, numbers: Iterable[int]) -> Document:
        """The document in which these pages have their boxes."""
        wanted = set(numbers)
        pages = (self.page(page.number) if page.number in wanted else page for page in self.document.pages)
        return replace(self.document, pages=tuple(pages))

    def prepared(self) -> bytes | None:
        """The file that was read in place of the source, if one was. Raises UnreadableError as `read`."""
        try:
            with zipfile.ZipFile(self.path) as file:
                return file.read(_PREPARED) if _PREPARED in file.namelist() else None
        except (OSError, zipfile.BadZipFile) as error:
            raise _unreadable(self.path) from error

    @cached_property
    def _by_number(self) -> dict[int, Page]:
        return {page.number: page for page in self.document.pages}


def read(path: Path) -> Examined:
    """What `write` wrote. Raises UnreadableError when it is not there, damaged, or of another version."""
    try:
        with _uncollected(), zipfile.ZipFile(path) as file:
            return _as_examined(path, json.loads(file.read("document.json").decode("utf-8", "surrogatepass")))
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
        raise _unreadable(path) from error


def _as_examined(path: Path, held: Mapping[str, Any]) -> Examined:
    if held["version"] != _VERSION:
        raise _unreadable(path)
    pages = [_as_page(page[:-1]) for page in held["pages"]]
    document = Document(held["name"], held["format"], held["text"], tuple(pages))
    on_pages = {page[0]: page[-1] for page in held["pages"]}
    table = [Evidence(*one) for one in held["evidence"]]
    persons = (_as_person(person, table) for person in held["persons"])
    decisions = (_as_decision(decision, table) for decision in held["decisions"])
    return Examined(path, held["proposal"], document, tuple(persons), tuple(decisions), on_pages)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage while a hundred thousand objects are made that all stay: a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _unreadable(path: Path) -> UnreadableError:
    return UnreadableError(f"{path}: cannot be read.", "Run woo-anon redact again, with --force.")


def _digests(document: Document, decisions: Iterable[Decision]) -> Iterator[tuple[Page, str]]:
    """Each page with a digest of its text and of what is proposed on it, wherever it stands in the document."""
    on: dict[int, list[Decision]] = {}
    for decision in decisions:
        on.setdefault(document.page_of(decision), []).append(decision)
    for page in document.pages:
        said = replace(document, text=document.text[page.start : page.end])
        yield page, proposal_of(said, [_from(page.start, decision) for decision in on.get(page.number, ())])


def _from(offset: int, decision: Decision) -> Decision:
    """`decision` with its span counted from `offset`, and without its person's number, which others give it."""
    span = decision.span
    return replace(decision, span=Span(span.start - offset, span.end - offset), person=None)


def _packed(boxes: array[float]) -> bytes:
    import numpy as np  # this module is also imported where nothing is read or written

    edges = np.rint(np.frombuffer(boxes) * 100)
    whole = np.where(np.isnan(edges), _NONE, edges).astype("<i4").reshape(-1, 4)
    return np.diff(whole, axis=0, prepend=np.zeros((1, 4), "<i4")).T.tobytes()


def _unpacked(packed: bytes) -> array[float]:
    import numpy as np

    steps = np.frombuffer(packed, "<i4").reshape(4, -1).T
    whole = np.cumsum(steps, axis=0, dtype="<i4")
    edges = np.where(whole == _NONE, np.nan, whole / 100)
    return array("d", edges.astype("d").tobytes())


def _page(page: Page) -> list[Any]:
    return [page.number, page.start, page.end, page.width_pt, page.height_pt, page.rotation, page.doubt]


def _as_page(held: list[Any]) -> Page:
    number, start, end, width, height, rotation, _ = held
    return Page(number, start, end, width, height, rotation)


def _person(person: Person, table: dict[Evidence, int]) -> list[Any]:
    mentions = [_finding(one, table) for one in person.mentions]
    functions = sorted(function.value for function in person.functions)
    return [
        person.number, mentions, person.role.value, person.score, _evidence(person.evidence, table), person.doubtful,
        functions,
    ]  # fmt: skip


def _as_person(held: list[Any], table: Sequence[Evidence]) -> Person:
    number, mentions, role, score, evidence, doubtful, functions = held
    return Person(
        number,
        tuple(_as_finding(one, table) for one in mentions),
        _ROLES[role],
        score,
        _as_evidence(evidence, table),
        doubtful,
        frozenset(map(Function, functions)),
    )


def _finding(found: Finding, table: dict[Evidence, int]) -> list[Any]:
    return [
        found.span.start, found.span.end, found.entity.value, found.score, found.detector, found.stays,
        _evidence(found.evidence, table),
    ]  # fmt: skip


def _as_finding(held: list[Any], table: Sequence[Evidence]) -> Finding:
    start, end, entity, score, detector, stays, evidence = held
    return Finding(Span(start, end), _ENTITIES[entity], score, detector, stays, _as_evidence(evidence, table))


def _decision(decision: Decision, table: dict[Evidence, int]) -> list[Any]:
    return [
        decision.span.start, decision.span.end, decision.entity.value, decision.action.value, decision.role.value,
        decision.ground, decision.label, decision.rule, decision.score, decision.detector, decision.person,
        _evidence(decision.evidence, table), _area(decision.area),
    ]  # fmt: skip


def _as_decision(held: list[Any], table: Sequence[Evidence]) -> Decision:
    start, end, entity, action, role, *rest = held
    ground, label, rule, score, detector, person, evidence, area = rest
    return Decision(
        Span(start, end),
        _ENTITIES[entity],
        _ACTIONS[action],
        _ROLES[role],
        ground,
        label,
        rule,
        score,
        detector,
        person,
        _as_evidence(evidence, table),
        Place(area[0], Box(*area[1:])) if area else None,
    )


def _area(place: Place | None) -> list[Any] | None:
    if place is None:
        return None
    return [place.page, place.area.left, place.area.bottom, place.area.right, place.area.top]


def _evidence(evidence: Iterable[Evidence], table: dict[Evidence, int]) -> list[int]:
    """Evidence by its place in the table: a long document has thousands, and few that differ."""
    return [table.setdefault(one, len(table)) for one in evidence]


def _as_evidence(held: Iterable[int], table: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(table[at] for at in held)
