"""What the tagger marked and cannot be a name is dropped."""

import pytest

from woo_anon.detect.names import mentions
from woo_anon.document import Entity


def left(text: str, marked: str, entity: Entity) -> list[str]:
    start = text.index(marked)
    made = mentions(text, start, start + len(marked), entity, 0.6, 0.1, 0.0)
    return [text[mention.start : mention.end] for mention in made]


@pytest.mark.parametrize(
    ("text", "marked", "entity"),
    [
        ("Aan Tjitske   Van Oldeboom", "Van", Entity.PERSON),
        ("dat is familie van raadslid Oldeboom", "van", Entity.PERSON),
        ("Date: Sun, 19 Oct 2008", "Sun", Entity.PERSON),
        ("agenda\nma 9/5  staf", "ma", Entity.INITIALS),
        ("w.g. T. Oldeboom", "w.g", Entity.INITIALS),
        ("majoor b.d. Oldeboom", "b.d", Entity.INITIALS),
        ("L.S.,\n\nHet is nu", "L.S", Entity.INITIALS),
    ],
)
def test_an_infix_alone_and_a_day_are_no_names(text, marked, entity):
    assert left(text, marked, entity) == []


@pytest.mark.parametrize(
    ("text", "marked", "entity"),
    [
        ("gezien: MA 9/5", "MA", Entity.INITIALS),
        ("L.S. Oldeboom", "L.S", Entity.INITIALS),
        ("mail van Sun Oldeboom", "Sun Oldeboom", Entity.PERSON),
        ("dag van der Oldeboom", "van der Oldeboom", Entity.PERSON),
    ],
)
def test_a_paraaf_with_its_date_and_a_name_that_is_a_day_go(text, marked, entity):
    assert left(text, marked, entity) == [marked]


def test_two_people_taken_for_one_are_two():
    text = "Overleg Tjitske Oldeboom - Iris Vos"
    assert left(text, "Tjitske Oldeboom - Iris Vos", Entity.PERSON) == ["Tjitske Oldeboom", "Iris Vos"]


def test_a_shortened_title_is_no_part_of_the_name():
    assert left("Aanwezig: Wth Hendriks", "Wth Hendriks", Entity.PERSON) == ["Hendriks"]


def test_a_word_with_a_number_as_scanners_name_files_is_no_account():
    assert left("scan0001", "scan0001", Entity.USERNAME) == []
    assert left("hoekemw02", "hoekemw02", Entity.USERNAME) == ["hoekemw02"]


def test_the_machine_in_a_path_is_no_account():
    assert left("op \\\\almfs01\\woo\\stukken", "almfs01", Entity.USERNAME) == []
