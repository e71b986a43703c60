"""A fictitious note with findings marked by hand, as text and as a page with boxes."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass

from woo_anon.document import (
    Action,
    Check,
    Decision,
    Document,
    Entity,
    Evidence,
    Finding,
    Page,
    Person,
    Redaction,
    Role,
    Verification,
    Written,
)
from woo_anon.spans import Span

NOTE = """Aan: de minister van Klimaat, mevrouw Oldenkamp
Opgesteld door: {author}
Telefoon {phone}

De bewoner {citizen} schreef een brief. Zie ook de motie-Grovestins.
{doubtful} vraagt om nader onderzoek.

Informatie die niet openbaar gemaakt kan
worden
In de openbaar gemaakte versie van deze nota zijn alle persoonsgegevens van ambtenaren geanonimiseerd.
"""
NAMES = {"author": "Wilke Zandvoort", "phone": "06 41 52 63 74", "citizen": "K. Ouwejan", "doubtful": "Zuidgeest"}
A4 = (595.0, 842.0)


@dataclass(frozen=True)
class Case:
    """A document and everything the stages made of it."""

    document: Document
    decisions: tuple[Decision, ...]
    redactions: tuple[Redaction, ...]
    persons: tuple[Person, ...]
    verification: Verification
    written: Written


def make(names: dict[str, str] | None = None, *, geometry: bool = False, note: str = NOTE) -> Case:
    """The note with these names in it. With `geometry` every redaction has a box that does not depend on its text."""
    names = {**NAMES, **(names or {})}
    spans, text = _filled(note, names)
    boxes = array("d", [0.0, 0.0, 5.0, 10.0] * len(text)) if geometry else array("d")
    page = Page(1, 0, len(text), *A4, 0, boxes)
    document = Document("nota.pdf" if geometry else "nota.txt", "pdf" if geometry else "text", text, (page,))
    decisions = sorted(_decisions(text, spans), key=lambda decision: decision.span)
    removed = [decision for decision in decisions if decision.removes]
    return Case(
        document,
        tuple(decisions),
        tuple(Redaction(number, decision) for number, decision in enumerate(removed, 1)),
        _persons(decisions),
        Verification((Check("text", True), Check("objects", True, "12 objects"))),
        Written(((1, "font:vertical"),), ("xmp", "comments")),
    )


def _filled(note: str, names: dict[str, str]) -> tuple[dict[str, Span], str]:
    spans: dict[str, Span] = {}
    text = ""
    for at, piece in enumerate(re.split(r"\{(\w+)\}", note)):
        if at % 2:
            spans[piece] = Span(len(text), len(text) + len(names[piece]))
        text += names[piece] if at % 2 else piece
    return spans, text


def _decisions(text: str, spans: dict[str, Span]) -> list[Decision]:
    made = {
        "author": (Entity.PERSON, Action.REDACT, Role.CIVIL_SERVANT, 0.97, 1),
        "phone": (Entity.PHONE, Action.REDACT, Role.CIVIL_SERVANT, 0.99, 1),
        "citizen": (Entity.PERSON, Action.REDACT, Role.CITIZEN, 0.61, 2),
        "doubtful": (Entity.PERSON, Action.REVIEW, Role.UNKNOWN, 0.74, 3),
    }
    found = [
        Decision(
            spans[key], entity, action, role, "5.1.2e", "5.1.2e", "persoonsgegeven", score, "ner", person,
            (Evidence("zone:author", -1.4), Evidence("register:none", -0.5)),
        )
        for key, (entity, action, role, score, person) in made.items()
        if key in spans
    ]  # fmt: skip
    for name, role in (("Oldenkamp", Role.OFFICE_HOLDER), ("Grovestins", Role.EPONYM)):
        if name in text:
            span = Span(text.index(name), text.index(name) + len(name))
            evidence = (Evidence("before:office", 3.0),)
            found.append(
                Decision(
                    span, Entity.PERSON, Action.KEEP, role, None, "", "blijft", 0.9, "ner", 4 + len(found), evidence
                )
            )
    return found


def _persons(decisions: list[Decision]) -> tuple[Person, ...]:
    numbers = sorted({decision.person for decision in decisions if decision.person is not None})
    return tuple(
        Person(
            number,
            tuple(
                Finding(decision.span, decision.entity, decision.score, decision.detector)
                for decision in decisions
                if decision.person == number
            ),
            next(decision.role for decision in decisions if decision.person == number),
            0.9,
            doubtful=number == 3,
        )
        for number in numbers
    )
