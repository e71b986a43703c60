"""One entry of the trail: who, when, on which document, what and why. As rows and JSON in `trail.py`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from woo_anon.document import Action, Entity, Role
from woo_anon.geometry import Box
from woo_anon.policy.rulings import Area, Named, Passage, Ruling, Where, Wording


class Kind(StrEnum):
    """What a reviewer did."""

    RULING = "ruling"  # decided on a passage, a person, a text or a part of a page
    UNDONE = "undone"  # took an entry back; undone itself, that entry counts again
    SEEN = "seen"  # saw a page
    APPROVED = "approved"  # the document may be published like this
    REFUSED = "refused"  # the document is not to be published
    REOPENED = "reopened"  # neither of these any more


CHANGING = frozenset({Kind.RULING, Kind.UNDONE})


@dataclass(frozen=True)
class Act:
    """What somebody is about to add to the trail.

    `source` is the journal's key of the document, "" for the whole dossier; then `documents` are those that the ruling
    met when it was made. `proposal` is the digest of what the machine proposed when the document was approved, or of
    what it proposed on the page that was seen.
    """

    who: str
    kind: Kind
    source: str = ""
    ruling: Ruling | None = None
    page: int | None = None
    undoes: int | None = None
    proposal: str = ""
    documents: tuple[str, ...] = ()
    why: str = field(default="", repr=False)


@dataclass(frozen=True)
class Entry:
    """An act in the trail, numbered from 1, with the moment (RFC 3339, UTC). Its ruling has the entry's number."""

    number: int
    at: str
    act: Act

    @property
    def kind(self) -> Kind:
        return self.act.kind


def dumps(act: Act) -> str:
    """What an act holds beside who, kind, source, undoes and why, as JSON."""
    held: dict[str, Any] = {}
    if act.ruling is not None:
        held["ruling"] = ruling_as_json(act.ruling)
    if act.page is not None:
        held["page"] = act.page
    if act.proposal:
        held["proposal"] = act.proposal
    if act.documents:
        held["documents"] = list(act.documents)
    return json.dumps(held, ensure_ascii=False)


def loads(number: int, text: str) -> dict[str, Any]:
    """The arguments of an `Act` that `dumps` made JSON of, for the entry `number`."""
    held: dict[str, Any] = json.loads(text)
    if "ruling" in held:
        held["ruling"] = _as_ruling(number, held["ruling"])
    if "documents" in held:
        held["documents"] = tuple(held["documents"])
    return held


def ruling_as_json(ruling: Ruling) -> dict[str, Any]:
    """A ruling without its number, which is that of its entry."""
    chosen = {key: getattr(ruling, key) for key in ("action", "ground", "role", "entity")}
    return {"where": _where(ruling.where), **{key: value for key, value in chosen.items() if value is not None}}


def _as_ruling(number: int, held: dict[str, Any]) -> Ruling:
    kinds = {"action": Action, "ground": str, "role": Role, "entity": Entity}
    chosen: dict[str, Any] = {key: kind(held[key]) for key, kind in kinds.items() if key in held}
    return Ruling(number, _as_where(held["where"]), **chosen)


def _where(where: Where) -> dict[str, Any]:
    match where:
        case Passage():
            return {"passage": where.text, "start": where.start, "before": where.before, "after": where.after}
        case Named():
            return {"names": list(where.names), "role": where.role}
        case Wording():
            return {"wording": where.text}
        case Area():
            box = where.box
            return {"page": where.page, "box": [box.left, box.bottom, box.right, box.top]}


def _as_where(held: dict[str, Any]) -> Where:
    if "passage" in held:
        return Passage(held["passage"], held["start"], held["before"], held["after"])
    if "names" in held:
        return Named(tuple(held["names"]), Role(held["role"]) if held["role"] else None)
    if "wording" in held:
        return Wording(held["wording"])
    return Area(held["page"], Box(*held["box"]))
