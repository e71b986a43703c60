"""The words of `cues.toml`, each class as one alternation."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def words() -> Mapping[str, str]:
    """Each class of `cues.toml` as one alternation, with what may stand before an office, a function."""
    classes = tomllib.loads((resources.files("woo_anon.people") / "cues.toml").read_text("utf-8"))
    classes["parties"] = [*map(re.escape, classes["parties"]), *classes.pop("local_parties")]
    made = {name: f"(?:{'|'.join(alternatives)})" for name, alternatives in classes.items()}
    for name in ("office", "top", "staff"):
        made[name] = f"(?:{made[f'before_{name}']})*{made[name]}"
    return made
