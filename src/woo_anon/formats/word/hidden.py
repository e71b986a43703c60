"""Text that Word keeps but does not show: `w:vanish` on a run or in its styles, hidden rows.

A style hides when it or one that it is based on says so. Where a paragraph's and a run's style both hide, Word shows
the text again (ECMA-376 part 1, 17.7.3); here it goes then too: that errs on the side of taking out.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from woo_anon.formats.word.losses import Losses, remove
from woo_anon.formats.word.namespaces import q

HIDDEN = "hidden-text"
_OFF = ("0", "false", "off")
_FIELD_MARKS = frozenset(map(q, ("w:fldChar", "w:instrText", "w:rPr")))
_SMALLEST = 2  # half points: what is smaller than 1 pt is not read by anybody


def hiding_styles(styles: Any | None) -> frozenset[str]:
    """The identifiers of styles that hide text."""
    if styles is None:
        return frozenset()
    based: dict[str, str] = {}
    hides: dict[str, bool | None] = {}
    for style in styles.iter(q("w:style")):
        name = style.get(q("w:styleId"), "")
        base = style.find(q("w:basedOn"))
        based[name] = base.get(q("w:val"), "") if base is not None else ""
        hides[name] = _hides(style.find(q("w:rPr")))
    return frozenset(name for name in hides if _inherited(name, based, hides))


def _inherited(name: str, based: dict[str, str], hides: dict[str, bool | None]) -> bool:
    seen: set[str] = set()
    while name in hides and name not in seen:
        said = hides[name]
        if said is not None:
            return said
        seen.add(name)
        name = based[name]
    return False


def _hides(properties: Any | None) -> bool | None:
    """Whether run properties hide; None when they do not say."""
    if properties is None:
        return None
    size = properties.find(q("w:sz"))
    if size is not None and size.get(q("w:val"), "").isdigit() and int(size.get(q("w:val"))) < _SMALLEST:
        return True
    vanish = properties.find(q("w:vanish"))
    return None if vanish is None else vanish.get(q("w:val"), "1") not in _OFF


def drop_hidden(root: Any, styles: Set[str], losses: Losses) -> None:
    """Take hidden runs and rows out; the marks of fields that stay are kept."""
    for mark in list(root.iter(q("w:hidden"))):
        holder = mark.getparent()
        if holder.tag == q("w:trPr") and mark.get(q("w:val"), "1") not in _OFF:
            losses.drop(holder.getparent(), HIDDEN)
    for run in list(root.iter(q("w:r"))):
        if run.getparent() is not None and _is_hidden(run, styles):
            for child in list(run):
                if child.tag not in _FIELD_MARKS:
                    losses.drop(child, HIDDEN)
            if all(child.tag == q("w:rPr") for child in run):
                remove(run)
    for run in list(root.iter(q("m:r"))):
        if any(_hides(properties) for properties in run.iter(q("w:rPr"))):
            losses.drop(run, HIDDEN)


def _is_hidden(run: Any, styles: Set[str]) -> bool:
    properties = run.find(q("w:rPr"))
    said = _hides(properties)
    if said is not None:
        return said
    if not styles:
        return False
    own = properties.find(q("w:rStyle")) if properties is not None else None
    named = {own.get(q("w:val"))} if own is not None else set()
    for holder, path in (
        (q("w:p"), f"{q('w:pPr')}/{q('w:pStyle')}"),
        (q("w:tbl"), f"{q('w:tblPr')}/{q('w:tblStyle')}"),
    ):
        found = next((ancestor.find(path) for ancestor in run.iterancestors(holder)), None)
        if found is not None:
            named.add(found.get(q("w:val")))
    return not styles.isdisjoint(named)
