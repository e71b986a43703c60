"""Grouping: one person in many forms, and two persons with one name."""

import re

import pytest

from woo_anon.document import Entity, Finding
from woo_anon.people.group import group
from woo_anon.spans import Span

_MARK = re.compile(r"\{(\w?)\|([^}]*)\}")
_KINDS = {"": Entity.PERSON, "i": Entity.INITIALS, "u": Entity.USERNAME}


def grouped(marked: str) -> set[frozenset[str]]:
    """Groups of surfaces; mentions are marked `{|name}`, `{i|initials}`, `{u|account}`."""
    text, findings, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        findings.append(Finding(Span(len(text), len(text) + len(mark[2])), _KINDS[mark[1]], 1.0, "test"))
        text += mark[2]
        last = mark.end()
    text += marked[last:]
    return {
        frozenset(text[findings[i].span.start : findings[i].span.end] for i in made.mentions)
        for made in group(text, findings)
    }


@pytest.mark.parametrize(
    "marked",
    [
        "{|Willemijn van der Meulen} en later {|Van der Meulen}",
        "{|Willemijn van der Meulen}, {|W. van der Meulen}, {|W.J. van der Meulen}",
        "{|Meulen, W.J. van der (Willemijn)} en {|Willemijn}",
        "{|Osman Yıldırım} en {|Yıldırıms} analyse",
        "{|Osman Yıldırım} en {|YILDIRIM}",
        "{|Tuğba Çelikkanat} en {|celikkanat}",
        "{|W. Hoekema-Yntema}, {|Yntema} en {|Hoekema}",
        "{|Ingeborg Thevissen}: dank {|Inge}",
        "{|Willemijn van der Meulen}, paraaf {i|WvdM}",
        "{|Willemijn van der Meulen}, paraaf {i|wvdm}",
        "{|Xiulan Zhang} met account {u|zhangx07}",
        "{|Zoetebier, A.} en {|Zoeteb1er}",
        "{|Jelle Terpstra} en {|Terpstra, Jelle}",
    ],
)
def test_mentions_of_one_person_come_together(marked):
    assert len(grouped(marked)) == 1


@pytest.mark.parametrize(
    "marked",
    [
        "{|Femke Wiersma} en {|Jorrit Wiersma}",
        "{|F. Wiersma} en {|J.S. Wiersma}",
        "{|Jan Bakker} en {|Piet Visser}",
        "{|Jan Bakker} met paraaf {i|PV}",
        "{|A. van den Berg} en {|B. van den Berg}",
    ],
)
def test_two_persons_stay_apart(marked):
    assert len(grouped(marked)) == 2


def test_a_surname_that_two_bear_goes_to_the_nearest_before_it():
    found = grouped("{|Femke Wiersma} sprak. {|Jorrit Wiersma} rekende. {|Wiersma} rekende door.")
    assert frozenset({"Jorrit Wiersma", "Wiersma"}) in found


def test_every_mention_is_in_exactly_one_group():
    text = "Jan Bakker, Bakker, JB, bakkerj"
    spans = [(0, 10, Entity.PERSON), (12, 18, Entity.PERSON), (20, 22, Entity.INITIALS), (24, 31, Entity.USERNAME)]
    findings = [Finding(Span(start, end), entity, 1.0, "test") for start, end, entity in spans]
    assert sorted(index for made in group(text, findings) for index in made.mentions) == [0, 1, 2, 3]
