"""Checks that pass when nothing was found, and say where something was."""

from __future__ import annotations

from collections.abc import Sequence

from woo_anon.document import Check

_MOST = 20  # numbers that a check shows


def check_none(name: str, kind: str, numbers: Sequence[int]) -> Check:
    """Passed when there are no `numbers`; `kind` says of what they are ("pages", "redactions")."""
    return Check(name, not numbers, f"{kind} {', '.join(map(str, numbers[:_MOST]))}" if numbers else "")
