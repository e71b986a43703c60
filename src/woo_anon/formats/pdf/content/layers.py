"""Optional content: which layers are shown when the document is opened (ISO 32000-2, 8.11).

What is not shown goes; of what is shown, nothing but the content is kept, so that no name of a layer survives.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf

_MOST_EXPRESSIONS = 1000


def hidden_test(pdf: pikepdf.Pdf) -> tuple[Callable[[Any], bool], bool]:
    """A test whether an optional content group or membership dictionary is hidden, and whether any group is."""
    off = _hidden_groups(pdf)

    def is_hidden(group: Any) -> bool:
        if not isinstance(group, pikepdf.Dictionary):
            return False
        if str(group.get("/Type")) == "/OCMD":
            return _membership_hidden(group, off)
        return group.objgen in off

    return is_hidden, bool(off)


def _hidden_groups(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    properties = pdf.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return set()
    config = properties.get("/D", pikepdf.Dictionary())
    everything = {group.objgen for group in _groups(properties, "/OCGs")}
    hidden = {group.objgen for group in _groups(config, "/OFF")}
    if str(config.get("/BaseState", "/ON")) == "/OFF":
        hidden |= everything - {group.objgen for group in _groups(config, "/ON")}
    # A group may say itself whether it is shown on screen; PDFium, by which we read, listens to that first.
    said = {group.objgen: _view_state(group) for group in _groups(properties, "/OCGs")}
    hidden -= {key for key, state in said.items() if state == "/ON"}
    return hidden | {key for key, state in said.items() if state == "/OFF"}


def _groups(holder: Any, key: str) -> list[Any]:
    """The groups in an array; files have nulls in it for those that went."""
    listed = holder.get(key)
    groups = list(listed) if isinstance(listed, pikepdf.Array) else []
    return [group for group in groups if isinstance(group, pikepdf.Dictionary)]


def _view_state(group: Any) -> str:
    none = pikepdf.Dictionary()
    usage = group.get("/Usage", none)
    return str(usage.get("/View", none).get("/ViewState", ""))


def _membership_hidden(group: Any, off: set[tuple[int, int]]) -> bool:
    if "/VE" in group:
        return not _expression(group.VE, off)
    members = group.get("/OCGs")
    if members is None:
        return False
    listed = list(members) if isinstance(members, pikepdf.Array) else [members]
    shown = [member.objgen not in off for member in listed]
    if not shown:
        return False
    policy = str(group.get("/P", "/AnyOn"))
    visible = {"/AllOn": all(shown), "/AnyOff": not all(shown), "/AllOff": not any(shown)}.get(policy, any(shown))
    return not visible


def _expression(expression: Any, off: set[tuple[int, int]], known: dict[tuple[int, int], bool] | None = None) -> bool:
    """Whether a visibility expression (ISO 32000-2, 8.11.2.2) holds; each array once, and one within itself holds."""
    known = {} if known is None else known
    if isinstance(expression, pikepdf.Dictionary) or len(known) > _MOST_EXPRESSIONS:
        return expression.objgen not in off
    if expression.is_indirect and expression.objgen in known:
        return known[expression.objgen]
    known[expression.objgen] = True
    operator, *operands = list(expression)
    values = [_expression(operand, off, known) for operand in operands]
    together = {"/Not": lambda given: not given[0], "/And": all}.get(str(operator), any)
    result = known[expression.objgen] = together(values)
    return result
