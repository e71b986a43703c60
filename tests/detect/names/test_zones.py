"""Zones: where they start, how far they go, and that they are found in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.detect.zones import find_zones
from woo_anon.document import ZoneKind


def zones(text: str, kind: ZoneKind) -> list[str]:
    return [text[zone.span.start : zone.span.end] for zone in find_zones(text) if zone.kind is kind]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Opgesteld door\nT. Yntema\nDGMo\n\nAanleiding", ZoneKind.AUTHOR, "Opgesteld door\nT. Yntema\nDGMo"),
        ("Auteur: S. Hoogterp\nDe nota gaat over het spoor.", ZoneKind.AUTHOR, "Auteur: S. Hoogterp"),
        ("Behandeld door  K. Tasma\n\nTekst", ZoneKind.AUTHOR, "Behandeld door  K. Tasma"),
        ("Contactpersoon\nR. Ilic\nT 06 12\n\nx", ZoneKind.AUTHOR, "Contactpersoon\nR. Ilic"),
        ("Afgestemd met: FEZ (Vos)\nKern", ZoneKind.ADDRESSEE, "Afgestemd met: FEZ (Vos)"),
        ("Parafen\nMvdB 3/2\nJdV 4/2\n\nKern", ZoneKind.PARAFEN, "Parafen\nMvdB 3/2\nJdV 4/2"),
        (
            "Van: Tasma, K.\nVerzonden: maandag\nAan: Ilic, R.;\nVos, P.\nOnderwerp: x\n\nDag",
            ZoneKind.MAIL_HEADER,
            "Van: Tasma, K.\nVerzonden: maandag\nAan: Ilic, R.;\nVos, P.\nOnderwerp: x",
        ),
        (
            "Tekst.\n\nMet vriendelijke groet,\n\nKor Tasma\nFEZ",
            ZoneKind.SIGNATURE,
            "Met vriendelijke groet,\n\nKor Tasma\nFEZ",
        ),
        ("Aanwezig: Tasma, Ilic\nVos\n\n1. Opening", ZoneKind.ATTENDANCE, "Aanwezig: Tasma, Ilic\nVos"),
        ("Literatuur\nVos, P. (2019). Titel.\n", ZoneKind.REFERENCES, "Literatuur\nVos, P. (2019). Titel."),
        ("[09:02] Kor: is storm er?", ZoneKind.CHAT, "[09:02] Kor: is storm er?"),
        ("04-09-2024 08:56 - Loes: ja", ZoneKind.CHAT, "04-09-2024 08:56 - Loes: ja"),
        ("Datum  3 mei\nOns kenmerk  2023-1\n\nTekst", ZoneKind.HEADER_BLOCK, "Datum  3 mei\nOns kenmerk  2023-1"),
    ],
)
def test_a_zone_reaches_from_its_label_to_its_last_line(text: str, kind: ZoneKind, expected: str) -> None:
    assert zones(text, kind) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "De nota is opgesteld door de directie en gaat morgen uit.",
        "Van de leden was de helft aanwezig.",
        "Om 12.30 uur begint de lunch: soep.",
        "",
        "\n\n",
    ],
)
def test_running_text_has_no_zone(text: str) -> None:
    assert find_zones(text) == ()


def test_sender_and_addressee_of_a_note_are_no_mail_header() -> None:
    text = "Aan: de minister\nVan: DGMo\n\nAanleiding"
    assert zones(text, ZoneKind.MAIL_HEADER) == []
    assert zones(text, ZoneKind.ADDRESSEE) == ["Aan: de minister", "Van: DGMo"]


LINES = ("Van: x", "Onderwerp: y", "Aanwezig:", "Groet,", "Auteur", "Paraaf", "", "[09:02] x: y", "Datum z", "woord")


@given(st.lists(st.sampled_from(LINES), max_size=30).map("\n".join))
def test_zones_lie_inside_the_text_in_order(text: str) -> None:
    found = find_zones(text)
    assert all(0 <= zone.span.start < zone.span.end <= len(text) for zone in found)
    assert list(found) == sorted(found, key=lambda zone: (zone.span, zone.kind))


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    assert all(zone.span.end <= len(text) for zone in find_zones(text))


@pytest.mark.parametrize("line", [*LINES, "a" * 300, "Aan:;", " " * 40, "12:00 " * 10])
def test_time_grows_with_the_length(line: str) -> None:
    text = f"{line}\n" * 20_000
    start = time.perf_counter()
    find_zones(text)
    assert time.perf_counter() - start < 10
