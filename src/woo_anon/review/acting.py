"""What a reviewer asks for, checked, as entries for the trail.

A request is a mapping from JSON. Whatever is wrong with it is an `AskedWrongError`, whose text is Dutch and for the
reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from woo_anon.document import Action, Entity, Role
from woo_anon.geometry import Box
from woo_anon.policy.profile import GROUND
from woo_anon.policy.rulings import Area, Passage, Ruling, Where, Wording
from woo_anon.review.case import Case
from woo_anon.spans import Span
from woo_anon.trail.entry import Act, Entry, Kind
from woo_anon.trail.standing import in_force

LONGEST_WHY = 2000
_LONGEST_TEXT = 500
_Chosen = TypeVar("_Chosen", Action, Role, Entity)


class AskedWrongError(ValueError):
    """A request that makes no sense, or no longer; its text is for the reviewer."""


def ruling(case: Case, asked: Mapping[str, Any]) -> tuple[Ruling, bool]:
    """The ruling that is asked for (its number is 0), and whether it is for the whole dossier.

    `scope` says where it holds: `mention`, `person` or `dossier` (both with the `key` of a mention), `passage`
    (`start`, `end`), `text` or `text-dossier` (`text`), or `area` (`page`, `box`).
    """
    scope = asked.get("scope")
    action = _one_of(Action, asked.get("action"))
    if action is Action.REVIEW:
        raise AskedWrongError("Kies lakken of behouden.")
    made = Ruling(
        0,
        _where(case, str(scope), asked),
        action,
        _ground(asked.get("ground")),
        _one_of(Role, asked.get("role")),
        _one_of(Entity, asked.get("entity")),
    )
    if made.action is None and made.role is None and made.ground is None:
        raise AskedWrongError("Kies wat er moet gebeuren.")
    if made.ground and made.action is None:
        made = replace(made, action=Action.REDACT)
    return made, scope in ("dossier", "text-dossier")


def act(case: Case, who: str, made: Ruling, *, everywhere: bool, documents: tuple[str, ...], why: object) -> Act:
    """The entry for a ruling."""
    source = "" if everywhere else case.row.listed.source
    return Act(who, Kind.RULING, source, ruling=made, documents=documents if everywhere else (), why=reason(why))


def undo(who: str, entries: tuple[Entry, ...]) -> Act:
    """Takes back the last ruling that this reviewer made here and that holds."""
    holding = [entry for entry in in_force(entries) if entry.kind is Kind.RULING and entry.act.who == who]
    if not holding:
        raise AskedWrongError("Er is niets om ongedaan te maken.")
    last = holding[-1]
    return Act(who, Kind.UNDONE, last.act.source, undoes=last.number)


def redo(who: str, entries: tuple[Entry, ...]) -> Act:
    """Takes back the last undoing, when this reviewer has ruled nothing since."""
    rulings = {entry.number for entry in entries if entry.kind is Kind.RULING}
    last_ruling = max(
        (entry.number for entry in entries if entry.number in rulings and entry.act.who == who), default=0
    )
    undoings = [
        entry
        for entry in in_force(entries)
        if entry.act.who == who and entry.act.undoes in rulings and entry.number > last_ruling
    ]
    if not undoings:
        raise AskedWrongError("Er is niets om opnieuw te doen.")
    return Act(who, Kind.UNDONE, undoings[-1].act.source, undoes=undoings[-1].number)


def reason(why: object) -> str:
    """A reason, as it may be stored."""
    if not isinstance(why, str | None):
        raise AskedWrongError("De toelichting is geen tekst.")
    return (why or "").strip()[:LONGEST_WHY]


def number(value: object) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise AskedWrongError("Dit is geen geheel getal.")
    return value


def _where(case: Case, scope: str, asked: Mapping[str, Any]) -> Where:
    match scope:
        case "mention" | "person" | "dossier":
            return _of_mention(case, scope, asked)
        case "passage":
            text = case.examined.document.text
            start, end = number(asked.get("start")), number(asked.get("end"))
            if not 0 <= start < end <= len(text) or end - start > _LONGEST_TEXT:
                raise AskedWrongError("Deze selectie is te lang of staat niet in het document.")
            return Passage.of(text, _trimmed(text, start, end))
        case "text" | "text-dossier":
            return Wording(_text(asked.get("text")))
        case "area":
            return Area(_page(case, asked.get("page")), _box(asked.get("box")))
    raise AskedWrongError("Onbekend verzoek.")


def _of_mention(case: Case, scope: str, asked: Mapping[str, Any]) -> Where:
    mention = case.by_key.get(str(asked.get("key")))
    if mention is None:
        raise AskedWrongError("Deze vondst is er niet meer: iemand anders heeft hem veranderd.")
    if scope != "mention":
        named = case.named(mention, everywhere=scope == "dossier")
        if named is not None:
            return named
        surface = case.surface(mention.decision.span)
        if not surface:
            raise AskedWrongError("Dit deel van de pagina hoort bij niemand.")
        return Wording(surface)
    if mention.decision.area:
        return Area(mention.page, mention.decision.area.area)
    return Passage.of(case.examined.document.text, mention.decision.span)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise AskedWrongError("Er is geen tekst geselecteerd.")
    return Span(start, end)


def _text(value: object) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not re.search(r"\w", text) or len(text) > _LONGEST_TEXT:
        raise AskedWrongError("Geef een tekst met letters of cijfers.")
    return text


def _page(case: Case, value: object) -> int:
    page = number(value)
    if page not in case.pages:
        raise AskedWrongError("Die pagina is er niet.")
    return page


def _box(value: object) -> Box:
    edges = value if isinstance(value, list) else []
    if len(edges) != 4 or not all(isinstance(edge, int | float) and abs(edge) < 1e5 for edge in edges):
        raise AskedWrongError("Dit is geen vlak.")
    left, bottom, right, top = map(float, edges)
    if right - left < 1 or top - bottom < 1:
        raise AskedWrongError("Het vlak is te klein.")
    return Box(left, bottom, right, top)


def _ground(value: object) -> str | None:
    if value in (None, ""):
        return None
    if not isinstance(value, str) or not GROUND.fullmatch(value):
        raise AskedWrongError("Dit is geen grond van de Woo.")
    return value


def _one_of(kind: type[_Chosen], value: object) -> _Chosen | None:
    if value in (None, ""):
        return None
    try:
        return kind(str(value))
    except ValueError:
        raise AskedWrongError("Onbekende keuze.") from None
