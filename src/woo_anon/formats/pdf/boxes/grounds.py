"""What a box says to somebody who does not see it: that something was redacted, and on what ground."""

from __future__ import annotations

import re

_NORMAL_FORM = re.compile(r"5\.(\d)\.(\d)([a-z])?")
_ORDINALS = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde", 6: "zesde", 7: "zevende"}


def spoken(ground: str | None, label: str = "") -> str:
    """The Dutch sentence for a ground in normal form (`5.1.2e`: article 5.1, second paragraph, under e, of the Woo).

    A label that is no ground is said first: `ambtenaar 1, gelakt op grond van …`.
    """
    who = f"{label}, " if label and label != ground else ""
    found = _NORMAL_FORM.fullmatch(ground or "")
    if found is None:
        return f"{who}gelakt"
    article, paragraph, letter = found.groups()
    under = f", onder {letter}" if letter else ""
    return f"{who}gelakt op grond van artikel 5.{article}, {_ORDINALS.get(int(paragraph), paragraph)} lid{under}, Woo"
