"""The component in a spaCy pipeline, and the recogniser that hands its spans to Presidio."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer.nlp_engine import NlpArtifacts
from spacy.language import Language

from woo_anon.detect.location import locate_model
from woo_anon.detect.names import NamesRecogniser
from woo_anon.detect.tagger import CONFIG, GROUP
from woo_anon.document import Entity

NOTE = (
    "Aan: minister Harbers\nVan: Tuğba Karaman (DGMo)\nParafen  MvdB 3/2\n\n"
    "Het lid Van Haga vroeg mevrouw Karaman naar nota_karaman_v6.docx.\n"
)
PIECES = st.lists(
    st.sampled_from(
        [
            "Jan",
            "van",
            "den",
            "Berg",
            "berg",
            ".",
            ",",
            "\n",
            " ",
            "  ",
            "\t",
            "Aan:",
            "minister",
            "@",
            "7",
            "MvdB/",
            "(",
            "🙂",
            "e\u0301",
        ]
    ),
    max_size=60,
).map("".join)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(locate_model())


def marked(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)  # spans live as long as their document
    return [(span.text, span.label_) for span in doc.spans[GROUP]]


def artifacts(nlp: Language, text: str) -> NlpArtifacts:
    return NlpArtifacts([], nlp(text), [], [], None, "nl")


@pytest.mark.parametrize("text", ["Tuğba Karaman", "Harbers", "Van Haga", "karaman"])
def test_names_of_a_note_are_marked(nlp: Language, text: str) -> None:
    assert (text, "PERSON") in marked(nlp, NOTE)


def test_a_paraaf_is_marked_without_what_stands_around_it(nlp: Language) -> None:
    assert ("MvdB", "INITIALS") in marked(nlp, NOTE)


def test_a_minister_stays_and_a_civil_servant_goes(nlp: Language) -> None:
    doc = nlp(NOTE)
    group = doc.spans[GROUP]
    stays = {span.text: score[1] for span, score in zip(group, group.attrs["scores"], strict=True)}
    assert stays["Harbers"] > 0.5 > stays["Tuğba Karaman"]


@pytest.mark.parametrize("text", ["De tafel staat in de kamer.", "Artikel 5 van de wet regelt dit.", "", "\n\n  "])
def test_text_without_names_has_none(nlp: Language, text: str) -> None:
    assert marked(nlp, text) == []


@given(text=PIECES)
@settings(max_examples=80, deadline=None)
def test_spans_lie_in_the_text_in_order_on_one_line_and_never_overlap(nlp: Language, text: str) -> None:
    doc = nlp(text)
    group = doc.spans[GROUP]
    assert doc.text == text
    borders = [(span.start_char, span.end_char) for span in group]
    assert all(0 <= start < end <= len(text) and "\n" not in text[start:end] for start, end in borders)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(borders))
    assert all(0 <= value <= 1 for scores in group.attrs["scores"] for value in scores)
    assert len(group.attrs["scores"]) == len(group.attrs["things"]) == len(group)


@given(text=st.text(max_size=120))
@settings(max_examples=80, deadline=None)
def test_any_text_goes_through_unchanged(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


def test_a_pipeline_written_and_read_marks_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path)(NOTE).spans[GROUP].attrs == nlp(NOTE).spans[GROUP].attrs


def test_a_tagger_without_weights_refuses_to_answer() -> None:
    empty = spacy.blank("nl", config=CONFIG)
    empty.add_pipe("woo_anon_names")
    with pytest.raises(ValueError, match="no weights"):
        empty(NOTE)


def test_a_tagger_refuses_a_pipeline_that_cuts_the_text_otherwise() -> None:
    with pytest.raises(ValueError, match="needs the tokeniser"):
        spacy.blank("nl").add_pipe("woo_anon_names")


def test_the_recogniser_carries_score_stays_and_offsets(nlp: Language) -> None:
    results = NamesRecogniser().analyze(NOTE, ["PERSON"], artifacts(nlp, NOTE))
    found = {NOTE[result.start : result.end]: result for result in results}
    assert found["Harbers"].stays > 0.5
    assert found["Tuğba Karaman"].score > 0.9
    assert found["Tuğba Karaman"].detector == "ner"


def test_the_recogniser_gives_only_what_is_asked_for(nlp: Language) -> None:
    results = NamesRecogniser().analyze(NOTE, ["INITIALS"], artifacts(nlp, NOTE))
    assert {result.entity for result in results} == {Entity.INITIALS}


def test_the_recogniser_fails_when_the_tagger_did_not_run() -> None:
    other = NlpArtifacts([], spacy.blank("nl")(NOTE), [], [], None, "nl")
    with pytest.raises(ValueError, match="did not go through"):
        NamesRecogniser().analyze(NOTE, ["PERSON"], other)
