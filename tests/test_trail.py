"""The trail keeps what people decided, for good; where a document stands follows from it."""

import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Action, Entity, Role
from woo_anon.errors import OutputError
from woo_anon.geometry import Box
from woo_anon.policy.rulings import Area, Named, Passage, Ruling, Wording
from woo_anon.trail import trail
from woo_anon.trail.entry import Act, Entry, Kind, dumps, loads
from woo_anon.trail.standing import UNTOUCHED, State, in_force, of, standing, standings

DOC, OTHER = "/in/nota.pdf", "/in/andere.pdf"
ROELOF = Ruling(0, Wording("Roelof"), Action.REDACT, "5.1.2e")

texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
places = st.one_of(
    st.builds(Passage, texts, st.integers(0, 10_000), texts, texts),
    st.builds(Named, st.lists(texts, min_size=1, max_size=3).map(tuple), st.none() | st.sampled_from(Role)),
    st.builds(Wording, texts),
    st.builds(Area, st.integers(1, 500), st.builds(Box, *[st.floats(-1e4, 1e4)] * 4)),
)
rulings = st.builds(
    Ruling,
    st.just(5),
    places,
    st.none() | st.sampled_from([Action.KEEP, Action.REDACT]),
    st.none() | st.just("5.1.2e"),
    st.none() | st.sampled_from(Role),
    st.none() | st.sampled_from(Entity),
)


@given(rulings)
def test_a_ruling_comes_back_as_it_was_stored(ruling: Ruling):
    act = Act("a", Kind.RULING, DOC, ruling=ruling)
    assert loads(5, dumps(act))["ruling"] == ruling


def entry(number: int, kind: Kind, who: str = "anna", source: str = DOC, **more) -> Entry:
    return Entry(number, "2026-01-01T00:00:00Z", Act(who, kind, source, **more))


def test_what_is_undone_no_longer_holds_and_what_undid_it_can_be_undone():
    rule, undo, redo = (
        entry(1, Kind.RULING, ruling=ROELOF),
        entry(2, Kind.UNDONE, undoes=1),
        entry(3, Kind.UNDONE, undoes=2),
    )
    assert [one.number for one in in_force([rule, undo])] == [2]
    assert [one.number for one in in_force([rule, undo, redo])] == [1, 3]
    assert standing(DOC, [rule, undo]).rulings == ()
    assert standing(DOC, [rule, undo, redo]).rulings == (ROELOF,)


def test_an_approval_lapses_when_something_is_ruled_or_proposed_after_it():
    approved = entry(1, Kind.APPROVED, proposal="p")
    stands = standing(DOC, [approved])
    assert stands.state("p", four_eyes=False) is State.DONE
    assert stands.state("q", four_eyes=False) is State.IN_REVIEW
    later = standing(DOC, [approved, entry(2, Kind.RULING, ruling=ROELOF)])
    assert later.state("p", four_eyes=False) is State.IN_REVIEW
    assert later.lapsed == (approved,)


def test_with_four_eyes_two_people_must_approve_the_same():
    first, again = entry(1, Kind.APPROVED, proposal="p"), entry(2, Kind.APPROVED, proposal="p")
    assert standing(DOC, [first, again]).state("p", four_eyes=True) is State.SECOND_REVIEW
    second = entry(2, Kind.APPROVED, "bert", proposal="p")
    assert standing(DOC, [first, second]).state("p", four_eyes=True) is State.DONE
    changed = [first, entry(2, Kind.RULING, "bert", ruling=ROELOF), entry(3, Kind.APPROVED, "bert", proposal="p")]
    assert standing(DOC, changed).state("p", four_eyes=True) is State.DISPUTED
    settled = [*changed, entry(4, Kind.APPROVED, "anna", proposal="p")]
    assert standing(DOC, settled).state("p", four_eyes=True) is State.DONE


def test_a_refused_document_is_not_published_until_it_is_reopened():
    refused = standing(DOC, [entry(1, Kind.REFUSED)])
    assert refused.state("p", four_eyes=False) is State.REFUSED
    assert not refused.may_be_published("p", four_eyes=False)
    reopened = standing(DOC, [entry(1, Kind.REFUSED), entry(2, Kind.REOPENED)])
    assert reopened.state("p", four_eyes=False) is State.IN_REVIEW
    assert reopened.may_be_published("p", four_eyes=False)
    assert not reopened.may_be_published("p", four_eyes=True)


def test_a_ruling_for_the_dossier_holds_everywhere_and_undoes_approvals_where_it_met_something():
    approvals = [entry(1, Kind.APPROVED, proposal="p"), entry(2, Kind.APPROVED, source=OTHER, proposal="p")]
    whole = entry(3, Kind.RULING, source="", ruling=ROELOF, documents=(DOC,))
    everywhere = standings([*approvals, whole])
    assert [of(source, everywhere).rulings for source in (DOC, OTHER, "/in/nieuw.pdf")] == [(ROELOF,)] * 3
    assert of(DOC, everywhere).state("p", four_eyes=False) is State.IN_REVIEW
    assert of(OTHER, everywhere).state("p", four_eyes=False) is State.DONE
    undone = standings([*approvals, whole, entry(4, Kind.UNDONE, source="", undoes=3)])
    assert of("/in/nieuw.pdf", undone).rulings == ()


def test_the_digest_changes_with_what_shapes_the_outputs():
    assert UNTOUCHED.digest() == standing(DOC, [entry(1, Kind.SEEN, page=1)]).digest() == ""
    ruled = standing(DOC, [entry(1, Kind.RULING, ruling=ROELOF)]).digest()
    assert ruled and ruled != standing(DOC, [entry(1, Kind.REFUSED)]).digest()


def test_pages_that_were_seen_are_remembered():
    seen = standing(DOC, [entry(1, Kind.SEEN, page=1, proposal="p"), entry(2, Kind.SEEN, "bert", page=3)]).seen
    assert seen == {("anna", 1, "p"), ("bert", 3, "")}


def test_entries_are_stored_read_again_and_private(tmp_path: Path):
    with trail.opened(tmp_path) as opened:
        first, second = opened.add(
            Act("anna", Kind.RULING, DOC, ruling=ROELOF, why="staat al op internet"),
            Act("anna", Kind.SEEN, DOC, page=2),
        )
        opened.add(Act("bert", Kind.APPROVED, OTHER, proposal="p"))
        assert first.act.ruling == Ruling(1, ROELOF.where, ROELOF.action, ROELOF.ground)
        assert opened.entries(DOC) == (first, second)
        assert [each.number for each in opened.entries(after=1)] == [2, 3]
    assert trail.entries(str(tmp_path))[:2] == (first, second)
    assert (tmp_path / "internal" / trail.NAME).stat().st_mode & 0o077 == 0
    assert trail.entries("") == () == trail.entries(str(tmp_path / "leeg"))
    assert "Roelof" not in repr(first) and "internet" not in repr(first)


@pytest.mark.parametrize("change", ["UPDATE entry SET who = 'x'", "DELETE FROM entry"])
def test_entries_can_not_be_changed_or_removed(tmp_path: Path, change: str):
    with trail.opened(tmp_path) as opened:
        opened.add(Act("anna", Kind.REFUSED, DOC))
    with pytest.raises(sqlite3.IntegrityError):
        sqlite3.connect(tmp_path / "internal" / trail.NAME).execute(change)


def test_two_reviewers_at_once_lose_nothing(tmp_path: Path):
    def add(who: str) -> None:
        with trail.opened(tmp_path) as opened:
            for page in range(1, 26):
                opened.add(Act(who, Kind.SEEN, DOC, page=page))

    threads = [threading.Thread(target=add, args=(who,)) for who in ("anna", "bert")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = trail.entries(str(tmp_path))
    assert [each.number for each in stored] == list(range(1, 51))
    for who in ("anna", "bert"):
        assert [each.act.page for each in stored if each.act.who == who] == list(range(1, 26))


def test_a_damaged_trail_is_not_passed_over(tmp_path: Path):
    (tmp_path / "internal").mkdir()
    (tmp_path / "internal" / trail.NAME).write_bytes(b"not a database, and longer than a header would be" * 20)
    with pytest.raises(OutputError):
        trail.entries(str(tmp_path))
