"""What the mentions of a document say of each other."""

from __future__ import annotations

import pytest

from woo_anon.document import Entity, Evidence, Finding, Zone, ZoneKind
from woo_anon.people.group import group
from woo_anon.people.official import Official
from woo_anon.people.register import Register
from woo_anon.people.survey import Survey, survey
from woo_anon.spans import Span

HOLDER = Official("Zandvoorde", "van", "Liselore", "L.M.", "minister", "OCW", "2021", "", "test")


def seen(text: str, names: list[str], zones: tuple[Zone, ...] = (), thing: str = "") -> Survey:
    findings = []
    for name in names:
        start = text.index(name)
        evidence = (Evidence("ner:thing", 1.0),) if name == thing else ()
        findings.append(Finding(Span(start, start + len(name)), Entity.PERSON, 0.9, "test", 0.3, evidence))
    return survey(text, findings, zones, group(text, findings), Register((HOLDER,)))


def test_an_office_of_one_in_a_list_counts_for_the_others() -> None:
    found = seen("Aanwezig: wethouder Tamminga, Okkerse en Bertogna", ["Tamminga", "Okkerse", "Bertogna"])
    assert "list:office" in found.listed[1]
    assert "list:office" not in found.listed[0]


@pytest.mark.parametrize(
    "text", ["Tamminga (VVD), Okkerse", "Tamminga / Okkerse", "Tamminga en mw. Okkerse", "Tamminga\nOkkerse"]
)
def test_names_with_little_between_them_are_a_list(text: str) -> None:
    assert set(seen(text, ["Tamminga", "Okkerse"]).listed) == {0, 1}


@pytest.mark.parametrize(
    "text", ["Tamminga vroeg het aan Okkerse", "Tamminga. Okkerse", "Tamminga, de zus van Okkerse"]
)
def test_names_in_running_text_are_no_list(text: str) -> None:
    assert not seen(text, ["Tamminga", "Okkerse"]).listed


def test_somebody_alone_has_no_neighbours_in_a_list_of_one_person() -> None:
    assert not any(seen("Okkerse, Okkerse", ["Okkerse"]).listed.values())


def test_a_given_name_of_an_office_holder_who_is_named_elsewhere_is_noticed() -> None:
    found = seen("Liselore komt morgen; Van Zandvoorde spreekt. Ook Joke komt.", ["Liselore", "Van Zandvoorde", "Joke"])
    assert found.given == {0}


def test_a_given_name_alone_says_nothing_of_an_office_holder() -> None:
    assert not seen("Liselore komt morgen.", ["Liselore"]).given


def test_the_kinds_of_zones_are_features_of_the_document() -> None:
    zone = Zone(ZoneKind.CHAT, Span(0, 20))
    assert "document:chat" in seen("[09:02] Tamminga: ja", ["Tamminga"], (zone,)).of_document


def test_what_names_a_thing_has_a_cue_of_its_own() -> None:
    assert "ner:thing" in seen("in de Tammingazaal", ["Tammingazaal"], thing="Tammingazaal").known[0].cues


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("Okkerse B.V. wint. Okkerse begint in mei.", {"Okkerse B.V", "Okkerse"}),
        ("Okkerse Infra BV wint. Okkerse begint in mei.", {"Okkerse"}),
        ("Okkerse B.V. wint. De heer Okkerse belt.", {"Okkerse B.V"}),
        ("Okkerse B.V. wint. Jan Okkerse belt, Okkerse komt.", {"Okkerse B.V"}),
        ("Okkerse wint. Okkerse belt.", set()),
    ],
)
def test_what_is_a_firm_once_is_one_everywhere_unless_somebody_bears_the_name(text: str, firms: set[str]) -> None:
    names = [name for name in ("Okkerse B.V", "Jan Okkerse") if name in text]
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    spans.append(Span(text.rindex("Okkerse"), text.rindex("Okkerse") + len("Okkerse")))
    findings = [Finding(span, Entity.PERSON, 0.9, "test", 0.3) for span in spans]
    found = survey(text, findings, (), group(text, findings), Register((HOLDER,))).known
    told = [spans[index] for index, mention in found.items() if "firm:elsewhere" in mention.cues]
    assert {text[span.start : span.end] for span in told} == firms
