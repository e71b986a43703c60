"""File names carry nobody's name, and keep the words that name nobody."""

from pathlib import PurePath

import pytest

from woo_anon.document import Action, Decision, Document, Entity, Page, Role
from woo_anon.record.naming import as_document, without_names
from woo_anon.spans import Span

TEXT = "De brug gaat open, zegt Zandvoort. Minister Bruins opent De Brug."


def found(text: str, words: str, action: Action = Action.REDACT) -> Decision:
    start = text.index(words)
    span = Span(start, start + len(words))
    return Decision(span, Entity.PERSON, action, Role.UNKNOWN, "", "", "test", 0.9, "test")


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("cv Zandvoort.txt", "Zandvoort", "cv gelakt.txt"),  # goes from the document
        ("cv Fennema.txt", "Fennema", "cv gelakt.txt"),  # stands in no document
        ("nota Bruins.txt", "Bruins", "nota Bruins.txt"),  # stays in the document
        ("3 De brug.txt", "De brug", "3 De brug.txt"),  # the document says it, and it is nobody
    ],
)
def test_of_a_name_in_a_file_name_the_document_tells_whether_it_is_one(path: str, name: str, expected: str) -> None:
    document = Document("a.txt", "text", TEXT, (Page(1, 0, len(TEXT)),))
    decisions = [found(TEXT, "Zandvoort"), found(TEXT, "Bruins", Action.KEEP)]
    of_path = as_document(PurePath(path).with_suffix("")).text
    shown = without_names(PurePath(path).with_suffix(""), [found(of_path, name)], document, decisions)
    assert shown == PurePath(expected).with_suffix("")
