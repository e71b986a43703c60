"""The review report: one safe, complete file."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fictitious_note import A4, Case, make
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from woo_anon.document import (
    Action,
    Check,
    Decision,
    Document,
    Entity,
    Evidence,
    Page,
    Redaction,
    Role,
    Verification,
    Written,
)
from woo_anon.geometry import Box, Place
from woo_anon.record import report
from woo_anon.record.report import PageImage
from woo_anon.spans import Span

_VOID = {"meta", "img", "input", "link", "br", "hr"}


class _Reader(HTMLParser):
    """Reads HTML; raises when an element is not closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self.open), data))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(value in attributes.get(key, "").split() for key, value in wanted.items())
        ]

    def text(self, *without: str) -> str:
        return "".join(text for path, text in self.texts if not {"script", "style", *without} & set(path))


def _render(case: Case, **changes: object) -> str:
    given_values: dict[str, object] = {
        "document": case.document,
        "decisions": case.decisions,
        "redactions": case.redactions,
        "persons": case.persons,
        "profile": "beslisnota",
        "verification": case.verification,
        "written": case.written,
    }
    return "".join(report.render(**{**given_values, **changes}))  # type: ignore[arg-type]


def _picture(kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("L", (20, 30), 255).save(file, kind)
    return file.getvalue()


def _pictured(case: Case, rotation: int = 0) -> str:
    drawn = [replace(redaction, places=(Place(1, Box(60, 700, 110, 712)),)) for redaction in case.redactions]
    return _render(case, redactions=drawn, page_images=[PageImage(1, _picture(), *A4, rotation)])


@pytest.mark.parametrize("pictures", [False, True])
def test_the_report_is_well_formed(pictures: bool) -> None:
    case = make(geometry=True)
    _Reader(_pictured(case) if pictures else _render(case))


@pytest.mark.parametrize("pictures", [False, True])
def test_nothing_points_outside_the_file(pictures: bool) -> None:
    case = make(geometry=True)
    html = _pictured(case) if pictures else _render(case)
    for _, attributes in _Reader(html).elements:
        for key in ("src", "href", "action", "srcset", "xlink:href"):
            assert attributes.get(key, "#").startswith(("#", "data:image/")), attributes
        assert "style" not in attributes
    assert not re.search(r"url\(|@import|https?:|\bfetch\(|XMLHttpRequest|import\(", html)


def test_the_security_policy_allows_this_script_and_style_only(note: Case) -> None:
    read = _Reader(_render(note))
    policy = next(found["content"] for found in read.all("meta") if "http-equiv" in found)
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for element in ("script", "style"):
        inside = "".join(text for path, text in read.texts if path and path[-1] == element)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy


def test_the_report_says_that_it_is_internal(note: Case) -> None:
    text = _Reader(_render(note)).text()
    assert "INTERN – NIET OPENBAAR MAKEN" in text
    assert "bevat gelakte gegevens" in text


@pytest.mark.parametrize("pictures", [False, True])
def test_markup_in_a_document_stays_text(pictures: bool) -> None:
    nasty = "\"><script>alert('1')</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"
    case = make({"author": nasty, "citizen": nasty}, geometry=True)
    case = replace(case, document=replace(case.document, name=nasty))
    read = _Reader(_pictured(case) if pictures else _render(case))
    assert len(read.all("script")) == 1
    assert len(read.all("img")) == (1 if pictures else 0)
    assert nasty in read.text()


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=1, max_size=200))
def test_any_text_is_shown_whole_in_a_well_formed_report(text: str) -> None:
    document = Document("a.txt", "text", text, (Page(1, 0, len(text)),))
    html = "".join(report.render(document=document, decisions=(), redactions=(), persons=(), profile="woo-besluit"))
    html.encode("utf-8")
    sheet = "".join(text for path, text in _Reader(html).texts if path[-2:] == ("figure", "div"))
    assert sheet.strip("\n") == report.printable(text).strip("\n")


def test_every_finding_has_an_entry_with_its_text_and_context(note: Case) -> None:
    read = _Reader(_render(note))
    assert len(read.all("li", **{"class": "item"})) == len(note.decisions)
    text = read.text()
    for decision in note.decisions:
        assert note.document.text[decision.span.start : decision.span.end] in text
    assert "De bewoner K. Ouwejan schreef een brief" in " ".join(text.split())


def test_redacted_findings_carry_the_numbers_of_the_log(note: Case) -> None:
    entries = _Reader(_render(note)).all("li", **{"class": "item"})
    keys = [entry["data-key"] for entry in entries if entry["data-action"] != "keep"]
    assert keys == [str(redaction.number) for redaction in note.redactions]


def test_kept_names_are_listed_as_kept(note: Case) -> None:
    entries = _Reader(_render(note)).all("li", **{"class": "keep", "data-action": "keep"})
    assert [entry["data-key"] for entry in entries] == ["B1", "B2"]


@pytest.mark.parametrize("pictures", [False, True])
def test_every_finding_and_its_mark_point_at_each_other(pictures: bool) -> None:
    case = make(geometry=True)
    read = _Reader(_pictured(case) if pictures else _render(case))
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for tag, attributes in read.elements if tag == "a"}
    assert targets <= set(ids)
    assert {f"k{entry['data-key']}" for entry in read.all("li", **{"class": "item"})} <= set(ids)


def test_boxes_on_a_turned_page_are_drawn_where_the_reader_sees_them() -> None:
    html = _pictured(make(geometry=True), rotation=90)
    assert '<rect x="700.0" y="60.0" width="12.0" height="50.0"' in html.replace("700 ", "700.0 ")
    assert 'viewBox="0 0 842.0 595.0"' in html


def test_a_picture_that_does_not_start_at_the_origin_moves_its_boxes() -> None:
    case = make(geometry=True)
    drawn = [replace(case.redactions[0], places=(Place(1, Box(60, 700, 110, 712)),))]
    html = _render(
        case,
        decisions=[case.redactions[0].decision],
        redactions=drawn,
        page_images=[PageImage(1, _picture(), *A4, left_pt=10, bottom_pt=20)],
    )
    assert '<rect x="50.0" y="150.0" width="50.0" height="12.0"/>' in re.sub(r'"(\d+)"', r'"\1.0"', html)


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "png"), ("JPEG", "jpeg"), ("WEBP", "webp")])
def test_a_picture_is_labelled_by_its_content(note: Case, kind: str, media_type: str) -> None:
    html = _render(note, page_images=[PageImage(1, _picture(kind), *A4)])
    assert f"data:image/{media_type};base64," in html


def test_mentions_of_a_person_stand_together(note: Case) -> None:
    persons = _Reader(_render(note)).all("article", **{"class": "person"})
    assert persons[0]["data-keys"] == "1 2"


def test_evidence_is_told_in_dutch_with_its_direction(note: Case) -> None:
    text = " ".join(_Reader(_render(note)).text().split())
    assert "Pleit voor lakken: staat in het blok “Opgesteld door” of een contactregel" in text
    assert "Pleit voor laten staan: titel van een ambtsdrager ervoor" in text


def test_an_unknown_evidence_code_is_shown_and_not_hidden(note: Case) -> None:
    decision = replace(note.decisions[0], evidence=(Evidence("new_kind:thing"),))
    html = _render(note, decisions=[decision], redactions=[], persons=[])
    assert "new kind:thing" in html


@pytest.mark.parametrize(
    "title",
    [
        "Gelakt, maar te beoordelen",
        "Lage zekerheid (onder 70%)",
        "Pagina’s die een afbeelding zijn geworden",
        "Inhoudelijke gronden",
        "Indirecte herkenbaarheid",
    ],
)
def test_what_must_still_be_judged_is_named(note: Case, title: str) -> None:
    assert title in _Reader(_render(note)).text()


def test_a_function_that_points_to_one_person_is_named() -> None:
    case = make(note="De projectdirecteur Veluwerand overlegt met {author}.\n")
    text = _Reader(_render(case)).text()
    assert "Functies die naar één persoon kunnen wijzen" in text
    assert "projectdirecteur Veluwerand (pagina 1)" in text


def test_what_does_not_occur_is_not_asked_of_the_reviewer() -> None:
    case = make(note="Tekst van {author}.\n")
    text = _Reader(_render(case, written=Written())).text()
    for title in ("Gelakt, maar te beoordelen", "Lage zekerheid", "een afbeelding zijn geworden", "Functies die"):
        assert title not in text


def test_handwriting_is_a_point_for_pages_and_not_for_text() -> None:
    assert "handschrift" in _Reader(_render(make(geometry=True))).text()
    assert "handschrift" not in _Reader(_render(make())).text()


def test_the_closing_paragraph_is_quoted_with_what_it_promises(note: Case) -> None:
    text = " ".join(_Reader(_render(note)).text().split())
    assert "Staat op pagina 1: In de openbaar gemaakte versie van deze nota" in text
    assert "Belooft niet openbaar te maken: persoonsgegevens van ambtenaren" in text
    assert "spreken elkaar niet tegen" in text


def test_a_missing_closing_paragraph_is_warned_of() -> None:
    text = _Reader(_render(make(note="Opgesteld door: {author}\n"))).text()
    assert "De slotalinea over wat niet openbaar wordt gemaakt ontbreekt" in text


def test_a_woo_decision_needs_no_closing_paragraph() -> None:
    text = _Reader(_render(make(note="Opgesteld door: {author}\n"), profile="woo-besluit")).text()
    assert "lotalinea" not in text


def test_a_failed_check_is_shown(note: Case) -> None:
    text = _Reader(_render(note, verification=Verification((Check("text", False, "page 1"),)))).text()
    assert "controle mislukt" in text


def test_a_document_without_findings_says_so() -> None:
    case = make(note="Niets aan de hand.\n")
    text = _Reader(_render(case, decisions=(), redactions=(), persons=())).text()
    assert "Er is niets gevonden" in text


def test_a_redaction_over_two_lines_has_two_boxes_and_one_number() -> None:
    case = make(geometry=True)
    places = (Place(1, Box(60, 700, 110, 712)), Place(1, Box(10, 680, 40, 692)))
    redaction = Redaction(1, case.redactions[0].decision, places)
    html = _render(
        case, decisions=[redaction.decision], redactions=[redaction], page_images=[PageImage(1, _picture(), *A4)]
    )
    read = _Reader(html)
    assert len(read.all("a", **{"class": "box"})) == 2
    assert len(read.all("rect", **{"class": "label"})) == 1


def test_signatures_are_named_with_a_number_and_a_box_each() -> None:
    case = make(geometry=True)
    places = [Place(1, Box(60, bottom, 160, bottom + 40)) for bottom in (700, 500)]
    decisions = [
        Decision(
            Span(0, 0), Entity.SIGNATURE, Action.REVIEW, Role.UNKNOWN, "5.1.2e", "", "twijfel", 0.5, "signature",
            evidence=(Evidence("near:signature"),), area=place,
        )
        for place in places
    ]  # fmt: skip
    redactions = [
        Redaction(number, one, (place,)) for number, one, place in zip((1, 2), decisions, places, strict=True)
    ]
    html = _render(case, decisions=decisions, redactions=redactions, page_images=[PageImage(1, _picture(), *A4)])
    read, text = _Reader(html), " ".join(_Reader(html).text().split())
    assert "Mogelijke handtekeningen of parafen 2" in text and "Gelakt, maar te beoordelen" not in text
    assert "Kenmerken: beeld bij een woord als “paraaf” of “handtekening”" in text
    assert [box["data-key"] for box in read.all("a", **{"class": "box"})] == ["1", "2"]


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _colours() -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", report._asset("parts.css").split("}")[0]))


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink", "ground"),
        ("soft", "paper"),
        ("soft", "ground"),
        ("accent", "ground"),
        *((state, "paper") for state in ("redact", "review", "keep")),
        *((state, f"{state}-soft") for state in ("redact", "review", "keep")),
        *(("ink", f"{state}-soft") for state in ("redact", "review", "keep")),
        *(("soft", f"{state}-soft") for state in ("redact", "review", "keep")),
    ],
)
def test_text_has_the_contrast_that_wcag_asks(text: str, ground: str) -> None:
    colours = _colours()
    assert _contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize(
    ("created", "shown"),
    [
        ("2024-11-05T09:30:00Z", "5 nov 2024, 09:30 UTC"),
        ("2024-11-05T09:30:00+01:00", "5 nov 2024, 09:30"),
        ("gisteren", "gisteren"),
    ],
)
def test_the_moment_is_shown_as_a_dutch_date(note: Case, created: str, shown: str) -> None:
    assert f"· {shown}</p>" in _render(note, created=created)


def test_why_a_page_became_an_image_is_told_in_dutch_with_its_code(note: Case) -> None:
    text = _Reader(_render(note, written=Written(((3, "font:vertical"),)))).text()
    assert "Pagina 3: lettertype dat niet met zekerheid te lezen is (font:vertical)" in text


def test_pages_that_lost_text_nobody_sees_are_named_with_the_reason(note: Case) -> None:
    text = _Reader(_render(note, written=Written(removed=("hidden-text",), hidden_text_pages=(2, 5)))).text()
    assert "Op de pagina’s 2, 5 stond tekst die een lezer niet ziet" in text
    assert "Op pagina 2 stond tekst" in _Reader(_render(note, written=Written(hidden_text_pages=(2,)))).text()
