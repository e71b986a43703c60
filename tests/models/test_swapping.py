"""The training project's reading of marks and swapping of names."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest

SCRIPTS = Path(__file__).parents[2] / "models" / "scripts"
sys.path.insert(0, str(SCRIPTS))

from woo_anon.detect.lexicon import Lexicon  # noqa: E402
from woo_anon.detect.tokens import tokenise  # noqa: E402
from woo_anon.detect.words import Words  # noqa: E402

import augment  # noqa: E402  # isort: skip
import corpus  # noqa: E402  # isort: skip

WORDS = Words(Lexicon.compile({}))
NAMES = augment.Names(
    first={"dutch": ["Quirina"]},
    last={"dutch": ["Zwaluwstaart"]},
    common=["Zwaluwstaart"],
    common_first=["Quirina"],
)
SOURCE = (
    "# kind: nota\n\nVan {{PERSON|Kor Tasma}}, {{EMAIL|k.tasma@minx.nl}}\n"
    "{{PERSON|TASMA}} en {{PERSON|Tasmas}} nota_{{PERSON|tasma}}.docx, paraaf {{INITIALS|KT}}\n"
    "{{KEEP|Rijnstraat 8}}, {{KEEP|Thorbeckezaal}}, lid {{KEEP|Grinwis}}, {{KEEP|info@minx.nl}}"
)


def swapped(seed: int) -> str:
    gold = corpus.parse("x", SOURCE)
    return corpus.marked(augment.swapped(gold, NAMES, WORDS, Random(seed))[0])


@pytest.mark.parametrize("seed", range(12))
def test_a_swapped_name_is_gone_in_every_form(seed: int) -> None:
    assert "tasma" not in swapped(seed).lower()


@pytest.mark.parametrize("seed", range(12))
def test_marks_stay_what_they_were(seed: int) -> None:
    gold = corpus.parse("x", SOURCE)
    again = corpus.parse("x", swapped(seed))
    assert [mention.label for mention in again.mentions] == [mention.label for mention in gold.mentions]


def test_case_genitive_and_initials_follow() -> None:
    text = next(text for seed in range(50) if "Quirina Zwaluwstaart" in (text := swapped(seed)))
    for part in (
        "ZWALUWSTAART",
        "Zwaluwstaarts",
        "nota_{{PERSON|zwaluwstaart}}",
        "zwaluwstaart@minx.nl",
        "INITIALS|QZ",
    ):
        assert part in text


def test_a_surname_that_has_an_infix_keeps_it_and_one_that_begins_with_one_has_a_capital_alone() -> None:
    names = augment.Names({"dutch": ["Quirina"]}, {"dutch": ["van Zwaluw"]}, ["van Zwaluw"], ["Quirina"])
    gold = corpus.parse("x", "# kind: nota\n\n{{PERSON|Kor Tasma}}, {{PERSON|Tasma}}, {{PERSON|Ada van der Oldeboom}}")
    texts = [corpus.marked(augment.swapped(gold, names, WORDS, Random(seed))[0]) for seed in range(30)]
    assert any("{{PERSON|Quirina van Zwaluw}}, {{PERSON|Van Zwaluw}}" in text for text in texts)
    assert any("van der Zwaluw}}" in text for text in texts)
    assert not any("van der van" in text for text in texts)


def test_what_is_no_person_is_left() -> None:
    assert "{{KEEP|Thorbeckezaal}}" in swapped(1)
    assert "{{KEEP|Rijnstraat 8}}" in swapped(1)


def test_reading_and_writing_marks_gives_the_same() -> None:
    assert corpus.marked(corpus.parse("x", SOURCE)) == SOURCE


def test_labels_follow_the_marks() -> None:
    gold = corpus.parse(
        "x", "# kind: nota\n\nlid {{KEEP|Van Haga}} en {{PERSON|Jan}}, {{KEEP|Rijnstraat 8}}, {{INITIALS|MvdB}}"
    )
    tokens = tokenise(gold.text)
    labels = dict(zip(tokens.words, corpus.token_labels(gold, tokens, WORDS), strict=True))
    assert [labels[word] for word in ("lid", "Van", "Haga", "Jan", "Rijnstraat", "8", "MvdB")] == [
        "O", "B-STAY", "I-STAY", "B-GO", "ADDRSTAY", "ADDRSTAY", "INI",
    ]  # fmt: skip


def test_every_document_is_in_one_fold() -> None:
    documents = [corpus.Gold(str(number), "nota", "", ()) for number in range(13)]
    folds = corpus.folds(documents, 5)
    assert sorted(name for fold in folds for name in fold) == sorted(gold.name for gold in documents)
