"""Names broken over a line end."""

import pytest

from woo_anon.document import Entity, Finding
from woo_anon.people.lines import over_line_ends
from woo_anon.spans import Span


def reached(text: str, found: str) -> str:
    start = text.index(found)
    finding = Finding(Span(start, start + len(found)), Entity.PERSON, 1.0, "ner")
    (reaching,) = over_line_ends(text, [finding])
    return text[reaching.span.start : reaching.span.end]


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("Pieter van\nEssenstam voert", "Essenstam", "Pieter van\nEssenstam"),
        ("drs. W.J. van der\n  Meulen", "Meulen", "W.J. van der\n  Meulen"),
        ("W.J. van der Meulen-\nAchterberg", "W.J. van der Meulen-", "W.J. van der Meulen-\nAchterberg"),
        ("mevrouw Kuiper-\nvan den Dool", "van den Dool", "Kuiper-\nvan den Dool"),
        ("aan Minister van\nWeel", "Weel", "van\nWeel"),
        ("aan Joost van\nRossum", "Joost van", "Joost van\nRossum"),
    ],
)
def test_the_other_half_is_taken_along(text, found, whole):
    assert reached(text, found) == whole


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in de brief van\nTerpstra staat", "Terpstra"),
        ("akkoord.\nTerpstra belt", "Terpstra"),
        ("Jelle Terpstra\nBeleidsmedewerker", "Jelle Terpstra"),
        ("Het Besluit-\nvorming", "Het"),
        ("Van: Ommen, Wytze van\nVerzonden: maandag", "Ommen, Wytze van"),
        ("Van: Dungen, K.L. (Kas) van den\nBijlage", "Dungen, K.L. (Kas) van den"),
        ("Aanwezig:\n  Ommen, Wytze van\n  Kerkhoven, Bartho van", "Kerkhoven, Bartho van"),
        ("Marieke Ooster-\nDatum: 20 september", "Marieke Ooster-"),
    ],
)
def test_what_is_no_part_of_the_name_is_left(text, found):
    assert reached(text, found) == found
