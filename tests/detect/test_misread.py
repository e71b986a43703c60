"""Words of a scan that may be misread names are found, and marked for review."""

from __future__ import annotations

from array import array
from math import nan

import pytest

from woo_anon.detect.misread import misread
from woo_anon.document import Action, Document, Entity, Finding, Page
from woo_anon.pipeline import examine_document
from woo_anon.settings import Settings
from woo_anon.spans import Span


def scanned(text: str, *unsure: str, scan: bool = True) -> Document:
    """A page that OCR read with confidence, but for the words `unsure`."""
    confidences = array("d", [95.0 if character != " " else nan for character in text])
    for word in unsure:
        at = text.index(word)
        confidences[at : at + len(word)] = array("d", [40.0] * len(word))
    page = Page(1, 0, len(text), confidences=confidences if scan else None)
    return Document("a.pdf", "pdf", text, (page,))


def found(document: Document, *names: str) -> list[str]:
    spans = [Span(at, at + len(name)) for name in names if (at := document.text.index(name)) >= 0]
    findings = [Finding(span, Entity.PERSON, 0.9, "names") for span in spans]
    return [document.text[one.span.start : one.span.end] for one in misread(document, findings)]


def test_a_word_like_a_name_found_elsewhere_is_found() -> None:
    document = scanned("Het voorstel van Zandvoortse gaat naar Zandvcortse en daarna door.")
    assert found(document, "Zandvoortse") == ["Zandvcortse"]


def test_a_word_that_ocr_is_unsure_of_and_that_may_be_a_name_is_found() -> None:
    assert found(scanned("Dit is besproken met Wortelb0er en de gemeente.", "Wortelb0er")) == ["Wortelb0er"]


@pytest.mark.parametrize("text", ["Dit is met Wortelboer besproken.", "Het Ministerie is akkoord."])
def test_a_word_that_ocr_is_sure_of_is_left(text: str) -> None:
    assert found(scanned(text)) == []


def test_an_ordinary_word_is_left(text: str = "De Vergadering is gesloten.") -> None:
    assert found(scanned(text, "Vergadering")) == []


def test_pages_with_text_are_left() -> None:
    document = scanned("Het voorstel van Zandvoortse gaat naar Zandvcortse.", "Zandvcortse", scan=False)
    assert found(document, "Zandvoortse") == []


def test_what_may_be_a_name_is_marked_for_review() -> None:
    document = scanned("Onderwerp Xiwqelborst wegen en water", "Xiwqelborst")
    decisions = examine_document(document, Settings()).decisions
    at = document.text.index("Xiwqelborst")
    assert [one.action for one in decisions if one.span.start == at] == [Action.REVIEW]
