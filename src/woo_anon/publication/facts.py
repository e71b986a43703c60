"""What the organisation says of its publication: taken from the settings, and checked all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from woo_anon.errors import SettingsError
from woo_anon.publication.tooi import Value, find, is_organisation, lists
from woo_anon.settings import ENVIRONMENT_PREFIX, Publication, Settings

_REQUIRED = ("publisher", "publisher_name", "category", "handling", "handling_date", "matter", "base_url")
_MATTER = re.compile(r"[A-Za-z0-9._~-]{1,255}")  # what open.minvws.nl takes
_FEW = 20  # values that a message can name


@dataclass(frozen=True)
class Facts:
    """What all documents of a publication have in common."""

    publisher: Value
    category: Value
    kind: Value | None
    language: Value
    handling: Value
    handled_at: str  # xs:dateTime
    document_date: date | None
    matter: str
    case_number: str
    base_url: str  # ends with a slash


def facts(settings: Settings, *, dates_needed: bool = False) -> Facts:
    """The facts in `settings`. `dates_needed`: there are documents whose date is not known otherwise.

    Raises SettingsError, which names every key that is missing or wrong and says how to set it.
    """
    given = settings.publication
    required = (*_REQUIRED, "document_date") if dates_needed else _REQUIRED
    missing = [name for name in required if not getattr(given, name).strip()]
    wrong = [f"{name} {why} ({settings.origin(f'publication.{name}')})" for name, why in _wrong(given)]
    if missing or wrong:
        raise _error(missing, wrong)
    known = lists()
    return Facts(
        publisher=Value(given.publisher.strip(), one_line(given.publisher_name)),
        category=_found(known.categories, given.category),
        kind=_found(known.kinds, given.document_kind) if given.document_kind.strip() else None,
        language=_found(known.languages, given.language),
        handling=_found(known.handlings, given.handling),
        handled_at=_moment(given.handling_date),
        document_date=date.fromisoformat(given.document_date.strip()) if given.document_date.strip() else None,
        matter=given.matter.strip(),
        case_number=one_line(given.case_number),
        base_url=given.base_url.strip().rstrip("/") + "/",
    )


def one_line(text: str) -> str:
    """`text` without anything that breaks a line or cannot be written."""
    return "".join(char if char.isprintable() else " " for char in text).strip()


def _wrong(given: Publication) -> Iterator[tuple[str, str]]:
    """The name of every value that was given and makes no sense, and why."""
    known = lists()
    if given.publisher.strip() and not is_organisation(given.publisher.strip()):
        yield (
            "publisher",
            "is no identifier of TOOI, such as https://identifier.overheid.nl/tooi/id/ministerie/mnre1034",
        )
    for name, values in (
        ("category", known.categories),
        ("document_kind", known.kinds),
        ("language", known.languages),
        ("handling", known.handlings),
    ):
        text = getattr(given, name)
        if text.strip() and find(values, text) is None:
            yield name, _choices(values)
    if given.handling_date.strip() and not _moment(given.handling_date):
        yield "handling_date", "is no date, such as 2025-03-31"
    if given.document_date.strip() and not _is_day(given.document_date.strip()):
        yield "document_date", "is no date, such as 2025-03-31"
    if given.matter.strip() and not _MATTER.fullmatch(given.matter.strip()):
        yield "matter", "may hold letters, digits and - . _ ~ only"
    if given.base_url.strip() and not _is_address(given.base_url.strip()):
        yield "base_url", "is no address that begins with https://"


def _choices(values: tuple[Value, ...]) -> str:
    if len(values) > _FEW:
        return "stands in no list of TOOI; see docs/publication.md"
    return f"is none of {', '.join(value.label for value in values)}"


def _error(missing: list[str], wrong: list[str]) -> SettingsError:
    said = [f"publication.{what}" for what in wrong]
    if missing:
        keys = ", ".join(f"publication.{name} (--{name.replace('_', '-')})" for name in missing)
        said.append(f"missing: {keys}")
    variable = f"{ENVIRONMENT_PREFIX}PUBLICATION_{(missing or wrong)[0].split()[0].upper()}"
    return SettingsError(
        f"{'; '.join(said)}.",
        f"Set it in the table [publication] of woo-anon.toml, as an option, or as a variable such as {variable}; "
        "see docs/publication.md.",
    )


def _found(values: tuple[Value, ...], text: str) -> Value:
    value = find(values, text)
    assert value is not None  # _wrong saw to it
    return value


def _moment(text: str) -> str:
    """A date, or a moment with a time, as xs:dateTime; "" when it is neither."""
    try:
        return datetime.fromisoformat(text.strip()).isoformat(timespec="seconds")
    except ValueError:
        return ""


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_address(text: str) -> bool:
    """The Woo harvester follows https alone (DiWoo handbook 0.9.8, technische implementatie)."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and not set(' <>"') & set(text)
    return plain and parts.scheme == "https" and bool(parts.hostname) and not (parts.query or parts.fragment)
