"""Puts labels in the place of what was redacted.

    <w:t>Beste Jan Jan</w:t> <w:t>sen, hierbij</w:t>   ─►   Beste │[persoonsgegeven]│ , hierbij
     run in bold              run in plain                   bold  bold, on grey      plain

The label looks as the first of the redacted characters did, so it stands in the line as its word did; what else of the
word stood in other runs, paragraphs or cells goes.
"""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from woo_anon.document import Redaction
from woo_anon.formats.word.edition import Edition
from woo_anon.formats.word.flow import Piece
from woo_anon.formats.word.losses import remove
from woo_anon.formats.word.namespaces import SPACE, q

PLAIN_LABEL = "persoonsgegeven"  # as in a text, where the profile puts no ground on a redaction
GREY = "D9D9D9"
_MARK = "label"
_BEHIND_SHADE = frozenset(map(q, ("w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:oMath")))
_COLOUR_FOLLOWS = _BEHIND_SHADE | frozenset(
    map(
        q,
        (
            "w:spacing",
            "w:w",
            "w:kern",
            "w:position",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:effect",
            "w:bdr",
            "w:shd",
        ),
    )
)

_Cut = tuple[int, int, str]  # from, to, and what stands there instead


def label_of(redaction: Redaction) -> str:
    """What stands in the place of a redaction."""
    return f"[{redaction.decision.label or PLAIN_LABEL}]"


def replace_redactions(edition: Edition, redactions: Iterable[Redaction]) -> None:
    """Replace what `redactions` remove in the trees of `edition`, whose text they mean."""
    cuts: dict[int, list[_Cut]] = {}
    for redaction in sorted(redactions, key=lambda redaction: redaction.decision.span):
        _plan(edition, redaction, cuts)
    for index, found in cuts.items():
        _cut(edition.pieces[index], found)
    for story in (*edition.stories, *filter(None, [edition.comments])):
        for run in list(story.root.iter(q("w:r"))):
            _split_at_labels(run)
        for text in story.root.iter(q("w:t")):
            text.attrib.pop(_MARK, None)  # of a label that stands in no run


def _plan(edition: Edition, redaction: Redaction, cuts: dict[int, list[_Cut]]) -> None:
    span, label = redaction.decision.span, label_of(redaction)
    index = max(bisect_right(edition.starts, span.start) - 1, 0)
    while index < len(edition.pieces) and edition.starts[index] < span.end:
        piece, start = edition.pieces[index], edition.starts[index]
        first, last = max(span.start - start, 0), min(span.end - start, len(piece.text))
        if piece.node is not None and first < last:
            cuts.setdefault(index, []).append((first, last, label))
            label = ""
        index += 1


def _cut(piece: Piece, cuts: Sequence[_Cut]) -> None:
    if piece.key is not None:
        piece.node.set(piece.key, "".join(text for text, _ in _parts(piece.text, cuts)))
    elif piece.node.tag == q("m:t"):
        piece.node.text = "".join(text for text, _ in _parts(piece.text, cuts))
    elif piece.is_fixed:
        _put(piece.node, [(label, True) for _, _, label in cuts if label])
    else:
        _put(piece.node, _parts(piece.text, cuts))


def _parts(text: str, cuts: Sequence[_Cut]) -> list[tuple[str, bool]]:
    """What is left of a text, and the labels in it (True)."""
    parts, at = [], 0
    for first, last, label in cuts:
        parts += [(text[at:first], False), (label, True)]
        at = last
    return [part for part in [*parts, (text[at:], False)] if part[0]]


def _put(node: Any, parts: Sequence[tuple[str, bool]]) -> None:
    parent = node.getparent()
    at = parent.index(node)
    made = []
    for text, is_label in parts:
        element = etree.Element(q("w:t"))
        element.text = text
        element.set(SPACE, "preserve")
        if is_label:
            element.set(_MARK, "")
        made.append(element)
    parent[at : at + 1] = made
    if parent.tag == q("w:r") and all(child.tag == q("w:rPr") for child in parent):
        remove(parent)


def _split_at_labels(run: Any) -> None:
    """Give every label in a run a run of its own."""
    children = [child for child in run if child.tag != q("w:rPr")]
    if not any(child.get(_MARK) is not None for child in children):
        return
    properties = run.find(q("w:rPr"))
    runs: list[Any] = []
    was_label = True
    for child in children:
        is_label = child.attrib.pop(_MARK, None) is not None
        if is_label or was_label:
            runs.append(etree.Element(q("w:r")))
            if properties is not None:
                runs[-1].append(copy.deepcopy(properties))
            if is_label:
                _shade(runs[-1])
        runs[-1].append(child)
        was_label = is_label
    parent = run.getparent()
    at = parent.index(run)
    parent[at : at + 1] = runs


def _shade(run: Any) -> None:
    """Black on grey, whatever colours the text had."""
    properties = run.find(q("w:rPr"))
    if properties is None:
        properties = etree.SubElement(run, q("w:rPr"))
    for name in ("w:color", "w:highlight", "w:shd"):
        for element in properties.findall(q(name)):
            remove(element)
    _insert(properties, etree.Element(q("w:color"), {q("w:val"): "000000"}), _COLOUR_FOLLOWS)
    shade = {q("w:val"): "clear", q("w:color"): "auto", q("w:fill"): GREY}
    _insert(properties, etree.Element(q("w:shd"), shade), _BEHIND_SHADE)


def _insert(properties: Any, element: Any, followers: frozenset[str]) -> None:
    at = next((at for at, child in enumerate(properties) if child.tag in followers), len(properties))
    properties.insert(at, element)


def holds_label(element: Any) -> bool:
    """Whether a label stands in `element`."""
    return any(shade.get(q("w:fill")) == GREY for shade in element.iterfind(f"{q('w:r')}/{q('w:rPr')}/{q('w:shd')}"))
