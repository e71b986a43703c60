"""Drawings and objects: text boxes, shapes and pictures stay; charts, diagrams, embedded files and controls go.

What goes leaves a few words in its place, so that a reader knows that something stood there.

    mc:AlternateContent      the choice that we know; its fallback says the same to older programs, and goes
    w:object, w:control      an embedded file or control, with a picture of it
    w:altChunk, w:subDoc     another document
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from woo_anon.formats.word.losses import Losses, remove, words
from woo_anon.formats.word.namespaces import KEPT, prefixed, q

_KNOWN = frozenset(("wps", "wpg"))  # a canvas (wpc) is shown by Word alone: its fallback is taken
_CHART, _DIAGRAM = "[grafiek verwijderd]", "[schema verwijderd]"
_OBJECT, _DOCUMENT = "[ingesloten bestand verwijderd]", "[ingevoegd document verwijderd]"
_DRAWING = "[tekening verwijderd]"
PLACEHOLDERS = (_CHART, _DIAGRAM, _OBJECT, _DOCUMENT, _DRAWING)
_DRAWN = frozenset(KEPT[prefix] for prefix in ("pic", "wps", "wpg"))
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:visibility:\s*hidden|display:\s*none)", re.IGNORECASE)


def choose_alternates(root: Any, losses: Losses) -> None:
    """Put the alternative that a reader sees in the place of all alternatives."""
    for alternates in list(root.iter(q("mc:AlternateContent"))):
        parent = alternates.getparent()
        if parent is None:
            continue
        options = list(alternates)
        chosen = next((option for option in options if _is_understood(option)), None)
        said = set(words(chosen)) if chosen is not None else set()
        for option in options:
            if option is not chosen:
                losses.lines += [line for line in words(option) if line not in said]
        at = parent.index(alternates)
        parent[at : at + 1] = list(chosen) if chosen is not None else []


def _is_understood(option: Any) -> bool:
    if option.tag == q("mc:Fallback"):
        return True
    required = [option.nsmap.get(prefix, prefix) for prefix in option.get("Requires", "").split()]
    return bool(required) and all(uri in {KEPT[prefix] for prefix in _KNOWN} for uri in required)


def replace_objects(root: Any, losses: Losses) -> None:
    """Put words in the place of what may not stay."""
    for element in list(root.iter(q("w:object"), q("w:control"), q("w:movie"))):
        _say(element, _OBJECT, "embedded-objects", losses)
    for element in list(root.iter(q("w:altChunk"), q("w:subDoc"))):
        _say_in_paragraph(element, _DOCUMENT, "inserted-documents", losses)
    for element in list(root.iter(q("w:drawing"))):
        _judge_drawing(element, losses)
    for element in list(root.iter(q("w:pict"))):
        _judge_picture(element, losses)
    _drop_hidden_shapes(root, losses)
    _square_free_forms(root, losses)


def _say(element: Any, text: str, kind: str, losses: Losses) -> None:
    if element.getparent() is None:
        return
    said = etree.Element(q("w:t"))
    said.text = text
    losses.note(element, kind)
    parent = element.getparent()
    if parent.tag != q("w:r"):
        run = etree.Element(q("w:r"))
        run.append(said)
        said = run
    parent.replace(element, said)


def _say_in_paragraph(element: Any, text: str, kind: str, losses: Losses) -> None:
    parent = element.getparent()
    if parent.tag == q("w:p"):
        _say(element, text, kind, losses)
        return
    paragraph = etree.Element(q("w:p"))
    run = etree.SubElement(paragraph, q("w:r"))
    etree.SubElement(run, q("w:t")).text = text
    losses.note(element, kind)
    parent.replace(element, paragraph)


def _judge_drawing(drawing: Any, losses: Losses) -> None:
    """Keep a drawing that holds pictures and shapes alone. A hidden one goes without a word."""
    properties = drawing.find(f".//{q('wp:docPr')}")
    if properties is not None and properties.get("hidden") in ("1", "true"):
        losses.drop(drawing, "hidden-objects")
        return
    kinds = [data.get("uri", "") for data in drawing.iter(q("a:graphicData"))]
    if not kinds or any(kind not in _DRAWN for kind in kinds):
        told = next((kind for kind in kinds if kind not in _DRAWN), "").rpartition("/")[2]
        text = _CHART if "chart" in told else _DIAGRAM if told == "diagram" else _DRAWING
        _say(drawing, text, "charts" if text == _CHART else "drawings", losses)


def _judge_picture(picture: Any, losses: Losses) -> None:
    for element in picture.iter():
        if prefixed(element.tag) in ("o:OLEObject", "w:control", "w:movie"):
            _say(picture, _OBJECT, "embedded-objects", losses)
            return


def _drop_hidden_shapes(root: Any, losses: Losses) -> None:
    for element in list(root.iter()):
        tag = prefixed(element.tag) if isinstance(element.tag, str) else ""
        hidden = (
            element.get("hidden") in ("1", "true")
            if tag in ("wps:cNvPr", "wpg:cNvPr", "pic:cNvPr")
            else tag.startswith("v:") and _HIDDEN_STYLE.search(element.get("style", "")) is not None
        )
        if hidden:
            shape = element if tag.startswith("v:") else _shape(element)
            losses.note(shape, "hidden-objects")
            remove(shape)


def _square_free_forms(root: Any, losses: Losses) -> None:
    """Make rectangles of free forms: a signature is drawn so."""
    for form in list(root.iter(q("a:custGeom"))):
        square = etree.Element(q("a:prstGeom"), {"prst": "rect"})
        etree.SubElement(square, q("a:avLst"))
        losses.note(form, "free-forms")
        form.getparent().replace(form, square)


def _shape(properties: Any) -> Any:
    """The shape or picture of which these are properties."""
    parent = properties.getparent()
    return parent.getparent() if prefixed(parent.tag) in ("pic:nvPicPr", "wpg:nvGrpSpPr") else parent
