"""What the file knows of its makers is evidence for the text."""

import pytest

from woo_anon.document import Document, Entity, Finding, Hint, Page, Role
from woo_anon.people.authors import authors
from woo_anon.people.resolve import resolve
from woo_anon.spans import Span


def persons(text: str, *hints: Hint, found: str = ""):
    document = Document("nota.pdf", "pdf", text, (Page(1, 0, len(text)),), hints)
    findings = [
        Finding(Span(at, at + len(found)), Entity.PERSON, 0.99, "ner", 0.6)
        for at in range(len(text))
        if found and text.startswith(found, at)
    ]
    return resolve(document, findings, ())


def test_the_author_of_the_file_is_found_in_the_text_and_goes():
    (person,) = persons("Tjitske van Oldeboom rekende.", Hint("info:Author", "Oldeboom, T. van (Tjitske)"))
    assert person.role is not Role.OFFICE_HOLDER
    assert "file:author" in {evidence.code for evidence in person.evidence}


def test_a_mention_by_surname_goes_when_the_author_bears_it():
    (person,) = persons("Volgens Oldeboom kan dat.", Hint("xmp:creator", "Tjitske Oldeboom"), found="Oldeboom")
    assert person.role is not Role.OFFICE_HOLDER


def test_a_minister_of_the_authors_name_stays():
    text = "De minister Oldeboom tekent."
    (person,) = persons(text, Hint("info:Author", "Tjitske Oldeboom"), found="Oldeboom")
    assert person.role is Role.OFFICE_HOLDER


@pytest.mark.parametrize(
    "hint",
    [
        Hint("info:Aan", "Femke Oldeboom"),
        Hint("info:Author", "Microsoft Office User"),
        Hint("info:Author", "Ministerie van Financiën"),
        Hint("info:Author", "oldeboomt01"),
        Hint("info:Title", "Nota Oldeboom Besluit"),
    ],
)
def test_what_is_no_maker_or_no_name_is_no_evidence(hint):
    assert authors([hint]) == ()
