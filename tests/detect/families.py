"""What the tests of all families share: which texts a family finds in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from woo_anon.detect.pattern import Hit
from woo_anon.detect.reading import read

Find = Callable[[str], Iterable[Hit]]


def found(find: Find, text: str) -> list[str]:
    """The surface texts of all hits that are not thought to stay."""
    reading = read(text)
    return [reading.text[hit.start : hit.end] for hit in find(reading.text) if hit.stays < 0.5]


def kept(find: Find, text: str) -> list[str]:
    """The surface texts of all hits that are thought to stay."""
    reading = read(text)
    return [reading.text[hit.start : hit.end] for hit in find(reading.text) if hit.stays >= 0.5]
