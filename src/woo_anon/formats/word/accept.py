"""Accepts tracked changes: what was inserted or moved here stays, what was deleted or moved away goes.

w:ins w:moveTo          their content stays                     w:del w:moveFrom          goes
the mark of a deleted paragraph: what is left of it starts the next one (ECMA-376 part 1, 17.13.5.15)
rows and cells that were deleted go; former formatting goes with the elements that `allowed.py` does not know
"""

from __future__ import annotations

from typing import Any

from woo_anon.formats.word.losses import Losses, remove, unwrap
from woo_anon.formats.word.namespaces import q

REVISIONS = "revisions"
_GONE = tuple(map(q, ("w:del", "w:moveFrom")))
_STAYING = tuple(map(q, ("w:ins", "w:moveTo")))
_MARKS = tuple(map(q, ("w:rPr", "w:trPr", "w:tcPr", "w:numPr", "w:ctrlPr")))  # in these they mark, and hold nothing
_HOLDERS = frozenset(map(q, ("w:p", "w:tbl", "w:tr", "w:tc")))


def accept_changes(root: Any, losses: Losses) -> None:
    """Accept every tracked change under `root`."""
    _accept_rows(root, losses)
    for element in list(root.iter(*_GONE)):
        if not _is_mark(element):
            losses.drop(element, REVISIONS)
    for element in list(root.iter(*_STAYING)):
        losses.say(element.get(q("w:author")), REVISIONS)
        if not _is_mark(element):
            unwrap(element)
    _join_paragraphs(root, losses)
    _forget_former_looks(root, losses)


def _is_mark(element: Any) -> bool:
    parent = element.getparent()
    return parent is None or parent.tag in _MARKS or element.getparent().tag == q("m:ctrlPr")


def _accept_rows(root: Any, losses: Losses) -> None:
    for mark in list(root.iter(q("w:del"), q("w:cellDel"))):
        holder = mark.getparent()
        if holder is not None and holder.tag in (q("w:trPr"), q("w:tcPr")):
            _drop_from_table(holder.getparent(), losses)


def _drop_from_table(element: Any, losses: Losses) -> None:
    """Drop a row or cell, and the row and the table that it leaves empty."""
    parent = element.getparent()
    losses.drop(element, REVISIONS)
    while parent is not None and parent.tag in (q("w:tr"), q("w:tbl")) and not _has_rest(parent):
        parent, empty = parent.getparent(), parent
        remove(empty)


def _has_rest(element: Any) -> bool:
    wanted = q("w:tc") if element.tag == q("w:tr") else q("w:tr")
    return next(element.iter(wanted), None) is not None


def _join_paragraphs(root: Any, losses: Losses) -> None:
    for paragraph in list(root.iter(q("w:p"))):
        mark = paragraph.find(f"{q('w:pPr')}/{q('w:rPr')}")
        gone = None if mark is None else next((mark.find(tag) for tag in _GONE if mark.find(tag) is not None), None)
        if gone is None:
            continue
        losses.say(gone.get(q("w:author")), REVISIONS)
        remove(gone)
        following = paragraph.getnext()
        if (
            following is not None
            and following.tag == q("w:p")
            and paragraph.find(f"{q('w:pPr')}/{q('w:sectPr')}") is None
        ):
            content = [child for child in paragraph if child.tag != q("w:pPr")]
            properties = following.find(q("w:pPr"))
            at = 0 if properties is None else following.index(properties) + 1
            following[at:at] = content
            remove(paragraph)


def _forget_former_looks(root: Any, losses: Losses) -> None:
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.tag.endswith(
            ("PrChange", "PrExChange", "GridChange", "numberingChange")
        ):
            losses.drop(element, REVISIONS)
