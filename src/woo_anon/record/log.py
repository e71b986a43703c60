"""The redaction log: what was redacted where, on what ground and by which rule; never what it was.

The log is published beside the document, so whoever reads it may try to work out a redacted name from it. It therefore
holds no text, length, offset or hash of a redacted span, and less than the tool knows of three things that would let
somebody test a list of candidate names against it:

- scores are rounded to tenths: the exact score of a public model in a published sentence singles out the name;
- evidence and the numbers of persons stay out: they tell which redactions belong together;
- what is no code of ours (details of checks, names of the output and the profile, labels) is left out where it holds a
  redacted word.

Format: `log.schema.json` (JSON Schema, draft 2020-12) and docs/log.md.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypedDict

from woo_anon.document import REVIEWER, Action, Decision, Document, Entity, Redaction, Verification, Written
from woo_anon.geometry import Place
from woo_anon.record.secrets import Secrets

SCHEMA_VERSION = 1
_NAMES = frozenset({Entity.PERSON, Entity.INITIALS})


class InputEntry(TypedDict):
    """The file that was read. `sha256` is None where it is withheld."""

    format: str
    sha256: str | None
    pages: int


class VersionEntry(TypedDict):
    """A file that is published. `name` is None where the file's name holds a redacted word."""

    name: str | None
    sha256: str


class OutputEntry(VersionEntry):
    """The publication version, and `also` what is published beside it: the Word version of a PDF."""

    also: list[VersionEntry]


class FamilyEntry(TypedDict):
    """The mail that it belongs to, by its number in the run, and the place in that: "" for the mail, 1.0 for the first
    attachment of the second."""

    number: int
    place: str


class BoxEntry(TypedDict):
    """One drawn box: points, origin lower left of the unrotated page."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


class RedactionEntry(TypedDict):
    """One redaction. `line` counts from 1 and is None for formats with boxes."""

    number: int
    page: int
    line: int | None
    boxes: list[BoxEntry]
    entity: str
    role: str
    ground: str | None
    label: str
    action: str
    rule: str
    decided_by: str
    detector: str
    score: float


class CheckEntry(TypedDict):
    """One check of the verification."""

    name: str
    passed: bool
    detail: str


class VerificationEntry(TypedDict):
    """All checks on the written file."""

    passed: bool
    checks: list[CheckEntry]


class PageEntry(TypedDict):
    """A page of which something must be said, and why: that it was made an image, or could not be read."""

    page: int
    reason: str


class Log(TypedDict):
    """The whole log, as `log.schema.json` describes it."""

    schema: int
    created: str | None
    profile: str
    versions: dict[str, str]
    input: InputEntry
    output: OutputEntry
    family: FamilyEntry | None
    thread: int | None
    redactions: list[RedactionEntry]
    kept_names: dict[str, int]
    pages_as_images: list[PageEntry]
    recognised_pages: list[int]
    pages_not_read: list[PageEntry]
    pages_with_exact_widths: list[int]
    hidden_text_pages: list[int]
    removed: list[str]
    verification: VerificationEntry


def build(
    *,
    source: Path,
    source_sha256: str | None,
    outputs: Sequence[tuple[str, str]],
    document: Document,
    redactions: Sequence[Redaction],
    decisions: Sequence[Decision],
    verification: Verification,
    written: Written,
    profile: str,
    versions: Mapping[str, str],
    created: str | None = None,
    family: tuple[int, str] | None = None,
    thread: int | None = None,
) -> Log:
    """The log of one document.

    `outputs` are name and SHA-256 of what is published, the publication version last. `versions` holds versions and
    hashes of tool, model and settings; a hash of settings must not cover terms of the user, which are redacted text.
    `created` is a moment in RFC 3339, given by the caller so that a run can be repeated
    byte for byte; None leaves it out. `source` tells nothing but its suffix; its name may be somebody's.
    `family` are number and place of a document that belongs to a mail, `thread` is the number of a mail's conversation.
    `source_sha256` is None to withhold the hash of the input (docs/log.md says when that is wise).
    """
    secrets = Secrets.of(document, redactions)
    # A document has few labels, and may have thousands of redactions and of secrets.
    labels = {label: secrets.without(label) for label in {redaction.decision.label for redaction in redactions}}
    return Log(
        schema=SCHEMA_VERSION,
        created=created,
        profile=secrets.without(profile_name(profile)),
        versions={key: versions[key] for key in sorted(versions)},
        input=InputEntry(
            format=document.format or source.suffix.lstrip("."), sha256=source_sha256, pages=len(document.pages)
        ),
        output=_output(outputs, secrets),
        family=FamilyEntry(number=family[0], place=family[1]) if family else None,
        thread=thread,
        redactions=[_redaction(document, redaction, labels[redaction.decision.label]) for redaction in redactions],
        kept_names=_kept_names(decisions),
        pages_as_images=[PageEntry(page=page, reason=reason) for page, reason in written.pages_as_images],
        recognised_pages=list(document.recognised_pages),
        pages_not_read=[PageEntry(page=page, reason=reason) for page, reason in document.pages_not_read],
        pages_with_exact_widths=list(written.pages_with_exact_widths),
        hidden_text_pages=list(written.hidden_text_pages),
        removed=list(written.removed),
        verification=VerificationEntry(
            passed=verification.passed,
            checks=[
                CheckEntry(name=check.name, passed=check.passed, detail=secrets.without(check.detail))
                for check in verification.checks
            ],
        ),
    )


def dumps(log: Log) -> str:
    """The log as JSON text: two spaces of indent, a line end at the end, same bytes for the same log."""
    return json.dumps(log, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


@cache
def schema() -> dict[str, Any]:
    """The published JSON Schema of the log."""
    text = (resources.files("woo_anon.record") / "log.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def profile_name(profile: str) -> str:
    """The name of a profile that was given by name or as the path of a TOML file."""
    return Path(profile).stem if profile.endswith(".toml") else profile


def decided_by(decision: Decision) -> str:
    """`reviewer` when a person took the decision, else `rule`."""
    return REVIEWER if decision.by_reviewer else "rule"


def _output(outputs: Sequence[tuple[str, str]], secrets: Secrets) -> OutputEntry:
    *also, main = (
        VersionEntry(name=None if secrets.in_text(name) else name, sha256=digest) for name, digest in outputs
    )
    return OutputEntry(**main, also=also)


def _redaction(document: Document, redaction: Redaction, label: str) -> RedactionEntry:
    decision = redaction.decision
    has_geometry = decision.area is not None or any(candidate.boxes for candidate in document.pages)
    return RedactionEntry(
        number=redaction.number,
        page=document.page_of(decision),
        line=None if has_geometry else _line(document, decision.span.start),
        boxes=[_box(place) for place in redaction.places],
        entity=decision.entity.value,
        role=decision.role.value,
        ground=decision.ground,
        label=label,
        action=decision.action.value,
        rule=decision.rule,
        decided_by=decided_by(decision),
        detector=decision.detector,
        score=round(decision.score, 1),
    )


def _line(document: Document, offset: int) -> int:
    return document.text.count("\n", document.page_at(offset).start, offset) + 1


def _box(place: Place) -> BoxEntry:
    box = place.box
    return BoxEntry(
        page=place.page,
        left=round(box.left, 1),
        bottom=round(box.bottom, 1),
        right=round(box.right, 1),
        top=round(box.top, 1),
    )


def _kept_names(decisions: Sequence[Decision]) -> dict[str, int]:
    kept = (decision for decision in decisions if decision.action is Action.KEEP and decision.entity in _NAMES)
    counts = Counter(decision.role.value for decision in kept)
    return dict(sorted(counts.items()))
