"""The words of `cues.toml`, each class as one alternation."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

DEGREES = r"(?:(?:mr|drs|ir|dr|ing|prof)\.?\s+)*"  # before a name


@cache
def words() -> Mapping[str, str]:
    """Each class of `cues.toml` as one alternation, with what may stand before an office, a function; and `official`,
    an office or one of the top."""
    classes = tomllib.loads((resources.files("woo_anon.people") / "cues.toml").read_text("utf-8"))
    classes["parties"] = [*map(re.escape, classes["parties"]), *classes.pop("local_parties")]
    made = {name: f"(?:{'|'.join(alternatives)})" for name, alternatives in classes.items()}
    for name in ("office", "top", "staff"):
        made[name] = f"(?:{made[f'before_{name}']})*{made[name]}"
    made["official"] = f"(?:{made['office']}|{made['top']})"
    return made
