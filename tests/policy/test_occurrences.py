"""Where a term stands: in every way in which a document may write it, and nowhere else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.policy.occurrences import occurrences

LETTERS = st.text("abdeghkmnoprtuvéüöïABDEG", min_size=1, max_size=9)


def found(term: str, text: str) -> list[str]:
    return [text[finding.span.start : finding.span.end] for finding in occurrences(text, [term])]


@pytest.mark.parametrize(
    ("term", "written"),
    [
        ("Zwaluwstaart", "ZWALUWSTAART"),
        ("Zwaluwstaart", "Zwaluw-\nstaart"),
        ("Zwaluwstaart", "Zwaluw\u00ad\r\nstaart"),
        ("Zwaluwstaart", "Zwaluw\u2010\n  staart"),
        ("Zwaluwstaart", "Zwa\u00adluw\u200bstaart"),
        ("Zwaluwstaart", "Zwaluws\ntaart"),
        ("Zwaluwstaart", "Zwal\nuwstaa\nrt"),
        ("Zwaluwstaart", "Z w a l u w s t a a r t"),
        ("Zwaluwstaart", "Z.w.a.l.u.w.s.t.a.a.r.t"),
        ("Zeearend-Noordoever", "Zeearend-\nNoordoever"),
        ("PZN-2024-0017", "PZN-2024-\n0017"),
        ("project Zandloper", "project\nzandloper"),
        ("Van 't Hof", "Van ’t Hof"),
        ("Bos-Straßer", "BOS–STRASSER"),
        ("Bos-Strasser", "Bos\u2011Straßer"),
        ("Bösch", "Bo\u0308sch"),
        ("Bo\u0308sch", "Bösch"),
        ("Fijnaart", "Fĳnaart"),
        ("Fijnaart", "ﬁjnaart"),
        ("Staffler", "Staﬄer"),
    ],
)
def test_a_term_is_found_however_it_is_written(term: str, written: str) -> None:
    assert found(term, f"Aan {written}, ter kennis.") == [written]


@pytest.mark.parametrize(
    ("term", "written", "halves"),
    [
        ("Zwaluwstaart", "Zwaluw-\nPagina 1 van 2\n\nGemeente Hoorn\nstaart", ["Zwaluw-", "staart"]),
        ("Jan Zwaluwstaart", "Jan Zwaluw-\n\n3\n\nstaart", ["Jan Zwaluw-", "staart"]),
        ("Zwaluwstaart", "Zwaluw-  |\n12  staart", ["Zwaluw-", "staart"]),
    ],
)
def test_halves_at_the_end_of_a_page_and_the_begin_of_the_next_are_found(
    term: str, written: str, halves: list[str]
) -> None:
    assert found(term, f"Aan {written} ter kennis.") == halves


@pytest.mark.parametrize("text", ["Zwaluw-\nPagina 1\nnest", "Zwaluw-\nPagina 1\nstaarten", "Bos\nma"])
def test_other_halves_are_none(text: str) -> None:
    assert found("Zwaluwstaart", text) == found("Bosma", text) == []


@pytest.mark.parametrize("text", ["Bos2 zegt", "Bos² zegt", "de Bos⁴, en", "Bos-\nJansen"])
def test_the_digit_of_a_note_or_another_half_behind_a_short_word_does_not_hide_it(text: str) -> None:
    assert len(found("Bos", text)) == 1


@pytest.mark.parametrize("text", ["Zandloper1 zegt", "Zandloper² zegt", "zie 3Zandloper", "nota_zandloper_v2"])
def test_a_digit_or_a_low_line_beside_a_long_word_does_not_hide_it(text: str) -> None:
    assert len(found("Zandloper", text)) == 1


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Zandloper", "zandlopers en Zandloperij"),
        ("Bos", "Bosman, bossen en 4Bos"),
        ("Bos", "het Bos-\nbeheer en het bos\u00ad\nje"),
        ("Smit", "s m i t s"),
        ("vander", "van der Aa"),
        ("inde", "in de zaal"),
        ("2024", "20241 en 12024"),
        ("Jan Bos", "Jan-Bos en JanBos"),
    ],
)
def test_what_only_resembles_it_stays(term: str, text: str) -> None:
    assert found(term, text) == []


def test_no_term_finds_nothing() -> None:
    assert found(" \t", "Aan de minister") == []


@given(LETTERS, st.sampled_from(["NFC", "NFD", "NFKC"]), st.booleans())
def test_a_word_is_found_in_every_form_and_case(word: str, form: str, upper: bool) -> None:
    written = unicodedata.normalize(form, word.upper() if upper else word)  # type: ignore[arg-type]
    assert found(word, f"– {written} –") == [written]
