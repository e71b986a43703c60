"""The engine: our recognisers on our pipeline, without network, and closed when something fails."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from woo_anon.detect import pattern
from woo_anon.detect.engine import FAMILIES, Detector
from woo_anon.detect.pattern import Pattern
from woo_anon.document import Document, Entity, Page
from woo_anon.errors import MissingError, RefusedError

NOTE = (
    "Opgesteld door\nJan Jansen\nM 06-12345678\nj.jansen@minbzk.nl\n\n"
    "Vragen: persvoorlichting@minbzk.nl, algemeen 070 426 64 26. BSN 999912525, kenmerk 2024-0000518274.\n"
)


def document(text: str) -> Document:
    return Document("nota.txt", "text", text, (Page(1, 0, len(text)),))


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


def test_contact_data_and_identifiers_of_a_note_are_found(detector: Detector) -> None:
    findings = detector.detect(document(NOTE)).findings
    goes = {(each.entity, NOTE[each.span.start : each.span.end]) for each in findings if (each.stays or 0.0) < 0.5}
    assert {
        (Entity.PHONE, "06-12345678"),
        (Entity.EMAIL, "j.jansen@minbzk.nl"),
        (Entity.BSN, "999912525"),
        (Entity.PERSON, "Jan Jansen"),
    } <= goes


def test_what_is_general_is_found_and_may_stay(detector: Detector) -> None:
    findings = detector.detect(document(NOTE)).findings
    stays = {NOTE[each.span.start : each.span.end] for each in findings if (each.stays or 0.0) >= 0.5}
    assert {"persvoorlichting@minbzk.nl", "070 426 64 26"} <= stays


def test_findings_are_in_reading_order_without_duplicates(detector: Detector) -> None:
    findings = detector.detect(document(NOTE)).findings
    assert len(set(findings)) == len(findings)
    assert [each.span for each in findings] == sorted(each.span for each in findings)


def test_offsets_are_those_of_the_document_even_when_the_reading_is_shorter(detector: Detector) -> None:
    text = "bel te­le­foon­num­mer 06-1234\u00ad5678 nu"
    (phone,) = (each for each in detector.detect(document(text)).findings if each.entity is Entity.PHONE)
    assert text[phone.span.start : phone.span.end] == "06-1234\u00ad5678"


@pytest.mark.parametrize("text", ["", " \n\f\n"])
def test_a_document_without_text_has_no_findings(detector: Detector, text: str) -> None:
    assert detector.detect(document(text)).findings == ()


def test_no_connection_is_opened(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert detector.detect(document(NOTE)).findings


def test_a_folder_without_a_pipeline_is_reported_as_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        Detector(tmp_path)


def test_a_pattern_that_takes_too_long_refuses_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern, "SECONDS", 0.05)
    slow = Pattern(r"(?:a|aa)+(?:a|aa)+(?:a|aa)+\d$")
    with pytest.raises(RefusedError) as error:
        list(slow.finditer("a" * 500))
    assert "aaa" not in str(error.value)


def test_every_entity_but_names_terms_and_parts_of_pages_has_a_family() -> None:
    covered = {entity for family in FAMILIES for entity in family.entities}
    assert covered == set(Entity) - {Entity.PERSON, Entity.INITIALS, Entity.TERM, Entity.SIGNATURE, Entity.AREA}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_family_takes_linear_time(family: object) -> None:
    import time

    def seconds(size: int) -> float:
        text = ("De heer Jansen, tel. 06-12345678, woont Dorpsstraat 12 te Assen, geb. 3-6-1981; " * size)[: 80 * size]
        start = time.process_time()
        list(family.find(text))  # type: ignore[attr-defined]
        return time.process_time() - start

    # Ten times the text; a hundred times the time would be quadratic. The best of five: others use the machine too.
    long, short = (min(seconds(size) for _ in range(5)) for size in (2000, 200))
    assert long < 40 * max(short, 0.002)
