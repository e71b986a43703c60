"""Keys of dictionaries and streams, by allowlist."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any


def keep(dictionary: Any, keys: Collection[str]) -> None:
    """Delete all other keys."""
    for key in list(dictionary.keys()):
        if key not in keys:
            del dictionary[key]
