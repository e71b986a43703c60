"""What a calendar part says (iCalendar, RFC 5545): fields that mail programs show, in Dutch; the rest is unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from woo_anon.formats.mail.characters import seen
from woo_anon.formats.mail.headers import dutch, person

_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[^=;:]+=(?:"[^"\n]*"|[^":;\n]*))*):(.*)')
_NAME = re.compile(r';CN=(?:"([^"]*)"|([^":;]*))', re.IGNORECASE)
_ZONE = re.compile(r";TZID=\"?([^\";:]*)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$")
# In the order in which they are shown.
_SHOWN = {"SUMMARY": "Afspraak", "ORGANIZER": "Organisator", "ATTENDEE": "Deelnemers", "LOCATION": "Waar",
          "DTSTART": "Wanneer", "DTEND": "Tot", "DESCRIPTION": ""}  # fmt: skip


@dataclass(frozen=True)
class Appointments:
    """The text of all events of a calendar part, and the lines that nobody sees."""

    text: str = field(repr=False)
    unseen: tuple[str, ...] = field(repr=False)


def read_calendar(text: str, body: str = "") -> Appointments:
    """The events of `text`. A description that stands in `body` already is not said again."""
    shown: list[str] = []
    unseen: list[str] = []
    event: dict[str, list[str]] = {}
    depth: list[str] = []
    for line in re.sub(r"\n[ \t]", "", seen(text)).split("\n"):
        parts = _LINE.match(line)
        name = parts[1].upper() if parts else ""
        if name == "BEGIN" and parts:
            depth.append(parts[3].strip().upper())
        elif name == "END" and depth:
            if depth.pop() in {"VEVENT", "VTODO"}:
                shown.append(_event(event, body))
                event = {}
        elif parts and name in _SHOWN and depth[-1:] in (["VEVENT"], ["VTODO"]):
            event.setdefault(name, []).append(_value(name, parts[2], parts[3]))
        elif line.strip():
            unseen.append(line)
    if event:  # cut off
        shown.append(_event(event, body))
    return Appointments("\n\n".join(filter(None, shown)), tuple(unseen))


def _event(event: dict[str, list[str]], body: str) -> str:
    lines = []
    for name, label in _SHOWN.items():
        value = "; ".join(filter(None, event.get(name, ())))
        if not value or (name == "DESCRIPTION" and _squeezed(value) in _squeezed(body)):
            continue
        lines.append(f"{label}: {value}" if label else f"\n{value}")
    return "\n".join(lines)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _value(name: str, parameters: str, value: str) -> str:
    if name in {"ORGANIZER", "ATTENDEE"}:
        cn = _NAME.search(parameters)
        address = re.sub(r"^mailto:", "", value.strip(), flags=re.IGNORECASE)
        return person(((cn[1] or cn[2] or "") if cn else "").strip(), address)
    if name in {"DTSTART", "DTEND"}:
        zone = _ZONE.search(parameters)
        return f"{_moment(value.strip())} ({zone[1]})" if zone else _moment(value.strip())
    text = _ESCAPE.sub(lambda escaped: "\n" if escaped[1] in "nN" else escaped[1], value)
    return text.strip() if name == "DESCRIPTION" else " ".join(text.split())


def _moment(value: str) -> str:
    parts = _MOMENT.match(value)
    if parts is None:
        return value
    try:
        at = datetime(*(int(part or 0) for part in parts.groups()[:6]))  # type: ignore[arg-type]
    except ValueError:
        return value
    shown = dutch(at)
    return shown.removesuffix(" 00:00") if parts[4] is None else f"{shown} (UTC)" if parts[7] else shown
