"""The belief that a mention may stay, from what is known of it."""

from woo_anon.people.resolve import STAYS
from woo_anon.people.whose import belief

_AN_OFFICE = {"bias": 1.0, "before:office": 1.0, "form:single": 1.0}


def test_an_office_at_the_name_keeps_it_where_nothing_speaks_against_it():
    assert belief(_AN_OFFICE)[0] >= 0.85


def test_an_office_at_the_name_keeps_it_where_the_tagger_doubts():
    assert belief({**_AN_OFFICE, "own": -1.0})[0] >= STAYS


def test_an_office_beside_a_function_of_the_staff_proves_nothing():
    doubted = {**_AN_OFFICE, "register:none": 1.0, "own": -1.0}
    assert belief(doubted)[0] > belief({**doubted, "before:staff": 1.0})[0]


def test_an_office_is_somebody_elses_where_all_else_is_sure_that_the_name_goes():
    assert belief({**_AN_OFFICE, "register:none": 1.0, "own": -5.0, "own:single": -5.0})[0] < 0.2


def test_a_surname_in_the_register_speaks_for_its_bearer_and_never_against() -> None:
    for level in ("surname", "surname:now", "surname:else", "full:now", "initial"):
        _, evidence = belief({"bias": 1.0, f"register:{level}": 1.0})
        assert all(item.weight > 0 for item in evidence)
    assert belief({"bias": 1.0, "register:none": 1.0, "form:full": 1.0})[1] == ()
