"""The redaction log: complete, valid, and empty of what was redacted."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fictitious_note import NAMES, Case, make
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from woo_anon.document import Action, Check, Entity, Page, Redaction, Role, Verification, Written
from woo_anon.geometry import Box, Place
from woo_anon.record import log
from woo_anon.spans import Span

# Letters that no other word of the log is made of, so that whatever is found comes from the document.
_NAME = st.text(alphabet="QXYZqxyzÿž ", min_size=2, max_size=30).filter(lambda name: len(name.strip()) >= 2)


def _built(case: Case, **changes: object) -> log.Log:
    given_values: dict[str, object] = {
        "source": Path("map/nota.txt"),
        "source_sha256": "a" * 64,
        "outputs": [("nota.anon.txt", "b" * 64)],
        "document": case.document,
        "redactions": case.redactions,
        "decisions": case.decisions,
        "verification": case.verification,
        "written": case.written,
        "profile": "beslisnota",
        "versions": {"tool": "0.1.0", "model": "0.1.0", "settings_sha256": "c" * 64},
        "created": "2024-11-05T09:30:00+01:00",
    }
    return log.build(**{**given_values, **changes})  # type: ignore[arg-type]


def _errors(built: object) -> list[str]:
    validator = Draft202012Validator(log.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(built)]


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(log.schema())


@pytest.mark.parametrize("geometry", [False, True])
def test_a_log_is_valid_under_its_schema(geometry: bool) -> None:
    assert _errors(json.loads(log.dumps(_built(make(geometry=geometry))))) == []


def test_a_log_without_hash_of_the_input_or_moment_is_valid(note: Case) -> None:
    assert _errors(_built(note, source_sha256=None, created=None)) == []


@pytest.mark.parametrize("key", ["start", "end", "text", "length", "sha256"])
def test_the_schema_allows_no_further_field_on_a_redaction(note: Case, key: str) -> None:
    built = json.loads(log.dumps(_built(note)))
    built["redactions"][0][key] = 1
    assert _errors(built)


def test_every_object_of_the_schema_is_closed() -> None:
    def objects(node: object) -> list[dict[str, object]]:
        if isinstance(node, list):
            return [found for item in node for found in objects(item)]
        if not isinstance(node, dict):
            return []
        own = [node] if node.get("type") == "object" else []
        return own + [found for item in node.values() for found in objects(item)]

    for node in objects(log.schema()):
        closed = node["additionalProperties"]
        assert closed is False or (isinstance(closed, dict) and "propertyNames" in node)


def test_every_field_of_the_schema_is_described() -> None:
    def fields(node: object) -> list[tuple[str, dict[str, object]]]:
        if isinstance(node, list):
            return [found for item in node for found in fields(item)]
        if not isinstance(node, dict):
            return []
        own = list(node.get("properties", {}).items())
        return own + [found for item in node.values() for found in fields(item)]

    coordinates = {"left", "bottom", "right", "top", "checks"}
    undescribed = {name for name, field in fields(log.schema()) if "description" not in field and "$ref" not in field}
    assert undescribed <= coordinates


def test_the_schema_names_every_entity_and_role() -> None:
    definitions = log.schema()["$defs"]
    assert definitions["redaction"]["properties"]["entity"]["enum"] == [entity.value for entity in Entity]
    assert definitions["role"]["enum"] == [role.value for role in Role]


@given(st.lists(_NAME, min_size=4, max_size=4), st.booleans())
def test_the_log_is_the_same_whatever_was_redacted(names: list[str], geometry: bool) -> None:
    # Everything that could tell the name (text, length, offset, hash) would make the two logs differ.
    other = make(dict(zip(NAMES, names, strict=True)), geometry=geometry)
    assert log.dumps(_built(other)) == log.dumps(_built(make(geometry=geometry)))


@given(st.lists(_NAME, min_size=4, max_size=4))
def test_no_redacted_word_stands_in_the_log_even_where_others_wrote_it(names: list[str]) -> None:
    case = make(dict(zip(NAMES, names, strict=True)))
    name = names[0].strip()
    built = _built(
        case,
        source=Path(f"{name}.txt"),
        outputs=[(f"nota_{name.replace(' ', '')}.anon.txt", "b" * 64)],
        profile=f"/etc/{name}.toml",
        verification=Verification((Check("text", False, f"page 1: {name}"),)),
    )
    text = log.dumps(built).casefold()
    telling = [word for word in name.casefold().split() if len(word) >= 3]
    assert not any(word in text for word in telling)


@pytest.mark.parametrize(
    "output", ["nota_zandvoort.anon.pdf", "NotaZandvoort.pdf", "notazandvoort.pdf", "nota-WILKE.pdf"]
)
def test_an_output_name_that_holds_a_redacted_word_is_left_out(note: Case, output: str) -> None:
    assert _built(note, outputs=[(output, "b" * 64)])["output"]["name"] is None


def test_an_accent_does_not_hide_a_redacted_word() -> None:
    case = make({"author": "Zoë Müller"})
    assert _built(case, outputs=[("nota_muller.pdf", "b" * 64)])["output"]["name"] is None


def test_a_kept_name_may_stand_in_the_output_name(note: Case) -> None:
    assert _built(note, outputs=[("nota_oldenkamp.pdf", "b" * 64)])["output"]["name"] == "nota_oldenkamp.pdf"


def test_an_infix_of_a_redacted_name_does_not_blank_a_detail() -> None:
    case = make({"author": "Jan van der Zandvoort"})
    verification = Verification((Check("text", True, "2 van 3 pagina's"),))
    assert _built(case, verification=verification)["verification"]["checks"][0]["detail"] == "2 van 3 pagina's"


def test_redactions_carry_the_fields_of_the_contract(note: Case) -> None:
    first = _built(note)["redactions"][0]
    assert first == {
        "number": 1,
        "page": 1,
        "line": 2,
        "boxes": [],
        "entity": "PERSON",
        "role": "ambtenaar",
        "ground": "5.1.2e",
        "label": "5.1.2e",
        "action": "redact",
        "rule": "persoonsgegeven",
        "decided_by": "rule",
        "detector": "ner",
        "score": 1.0,
    }


def test_boxes_are_those_that_were_drawn(note: Case) -> None:
    drawn = replace(note.redactions[0], places=(Place(1, Box(70.04, 700.0, 119.96, 712.5)),))
    built = _built(note, redactions=(drawn,))
    assert built["redactions"][0]["boxes"] == [{"page": 1, "left": 70.0, "bottom": 700.0, "right": 120.0, "top": 712.5}]


def test_a_format_with_boxes_gives_no_line() -> None:
    assert _built(make(geometry=True))["redactions"][0]["line"] is None


def test_a_part_of_a_page_without_text_has_a_page_and_no_line(note: Case) -> None:
    place = Place(1, Box(60, 500, 160, 540))
    area = replace(note.redactions[0].decision, span=Span(0, 0), entity=Entity.SIGNATURE, area=place)
    document = replace(note.document, text="", pages=(Page(1, 0, 0, 595, 842),))
    (entry,) = _built(note, document=document, redactions=(Redaction(1, area, (place,)),))["redactions"]
    assert (entry["page"], entry["line"], entry["entity"]) == (1, None, "SIGNATURE")


def test_a_decision_of_a_reviewer_is_told_from_one_of_a_rule(note: Case) -> None:
    decision = replace(note.redactions[0].decision, rule="reviewer")
    built = _built(note, redactions=(replace(note.redactions[0], decision=decision),))
    assert built["redactions"][0]["decided_by"] == "reviewer"


def test_kept_names_are_counted_by_role(note: Case) -> None:
    assert _built(note)["kept_names"] == {"ambtsdrager": 1, "naamgever": 1}


def test_only_names_count_as_kept_names(note: Case) -> None:
    kept = next(decision for decision in note.decisions if decision.action is Action.KEEP)
    assert _built(note, decisions=[replace(kept, entity=Entity.PHONE)])["kept_names"] == {}


def test_pages_made_images_and_things_removed_are_listed(note: Case) -> None:
    built = _built(note, written=Written(((3, "font:vertical"),), ("xmp",)))
    assert (built["pages_as_images"], built["removed"]) == ([{"page": 3, "reason": "font:vertical"}], ["xmp"])


def test_pages_that_lost_text_nobody_sees_are_listed(note: Case) -> None:
    built = _built(note, written=Written(removed=("hidden-text",), hidden_text_pages=(2, 5)))
    assert built["hidden_text_pages"] == [2, 5]
    Draft202012Validator(log.schema()).validate(built)


def test_one_failed_check_fails_the_verification(note: Case) -> None:
    built = _built(note, verification=Verification((Check("text", True), Check("pixels", False))))
    assert built["verification"]["passed"] is False


@given(st.floats(0, 1))
def test_a_score_has_no_more_than_ten_steps_to_tell_a_name_by(score: float) -> None:
    note = make()
    decision = replace(note.redactions[0].decision, score=score)
    built = _built(note, redactions=(replace(note.redactions[0], decision=decision),))
    assert re.fullmatch(r"[01]\.\d", str(built["redactions"][0]["score"]))


def test_the_same_log_gives_the_same_bytes(note: Case) -> None:
    versions = {"tool": "0.1.0", "model": "0.1.0"}
    turned = dict(reversed(versions.items()))
    assert log.dumps(_built(note, versions=versions)) == log.dumps(_built(note, versions=turned))


def test_what_is_published_beside_the_publication_version_is_named_too(note: Case) -> None:
    built = _built(note, outputs=[("nota.anon.docx", "c" * 64), ("nota.anon.pdf", "b" * 64)])
    assert built["output"] == {
        "name": "nota.anon.pdf",
        "sha256": "b" * 64,
        "also": [{"name": "nota.anon.docx", "sha256": "c" * 64}],
    }
