"""Parafen that follow from names, in the zones where parafen stand."""

from woo_anon.document import Entity, Finding, Zone, ZoneKind
from woo_anon.people.parafen import parafen
from woo_anon.spans import Span

TEXT = "Contactpersoon D.W. Okkerse\nLijnparaaf DWO / FEZ\nDe DWO vergadert."
NAME = Finding(Span(15, 27), Entity.PERSON, 0.99, "ner")
LINE = Zone(ZoneKind.PARAFEN, Span(28, 48))


def found(findings, zones):
    return [TEXT[f.span.start : f.span.end] for f in parafen(TEXT, findings, zones) if f.entity is Entity.INITIALS]


def test_the_letters_of_a_name_are_found_among_the_parafen_only():
    assert found([NAME], [LINE]) == ["DWO"]


def test_without_a_name_there_is_no_paraaf():
    assert found([], [LINE]) == []


def test_a_paraaf_that_was_found_already_is_not_found_again():
    at = TEXT.index("DWO")
    assert len(found([NAME, Finding(Span(at, at + 3), Entity.INITIALS, 0.9, "ner")], [LINE])) == 1


def test_findings_of_one_span_keep_their_order():
    twins = [Finding(NAME.span, Entity.PERSON, score, f"detector-{score}") for score in (0.9, 0.8, 0.7, 0.6)]
    assert [f.score for f in parafen(TEXT, twins, []) if f.span == NAME.span] == [0.9, 0.8, 0.7, 0.6]
