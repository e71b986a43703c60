"""The values of TOOI that DiWoo metadata may hold: identifier and label (`tooi.toml` says from where)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

# Kinds of organisation and the form of their codes, as in the registers of DiWoo metadata 0.9.8.
_ORGANISATION = re.compile(
    r"https://identifier\.overheid\.nl/tooi/id/"
    r"(col/col\d{2}|gemeente/gm\d{4}|ministerie/mnre\d{4}|oorg/oorg\d{5}|provincie/pv\d{2}|so/so\d{4}"
    r"|waterschap/ws\d{4}|zbo/zb\d{6})"
)


@dataclass(frozen=True)
class Value:
    """One value of a list, or an organisation. `number` is its place in the list, from 1."""

    uri: str
    label: str
    number: int = 0


@dataclass(frozen=True)
class Lists:
    """The lists that come with the package."""

    categories: tuple[Value, ...]  # information categories, in the order of art. 3.3 Woo
    kinds: tuple[Value, ...]  # of document
    handlings: tuple[Value, ...]  # what was done with a document, and when it counts from
    languages: tuple[Value, ...]
    formats: tuple[Value, ...]  # of files


@cache
def lists() -> Lists:
    """All lists, read once."""
    data = tomllib.loads((resources.files("woo_anon.publication") / "tooi.toml").read_text("utf-8"))
    base = data.pop("base")
    return Lists(
        **{
            name: tuple(
                Value(code if "/" in code else base + code, label, number)
                for number, (code, label) in enumerate(rows, start=1)
            )
            for name, rows in data.items()
        }
    )


def find(values: tuple[Value, ...], text: str) -> Value | None:
    """The value that `text` means by identifier, by the last part of it, or by label; None when there is none."""
    sought = _plain(text)
    names = ((value, (value.uri, value.uri.rpartition("/")[2], value.label)) for value in values)
    return next((value for value, known in names if sought in map(_plain, known)), None)


def is_organisation(uri: str) -> bool:
    """Whether `uri` has the form of an organisation's identifier; that there is such an organisation is not known."""
    return _ORGANISATION.fullmatch(uri) is not None


def _plain(text: str) -> str:
    return text.strip().casefold().replace("’", "'")
