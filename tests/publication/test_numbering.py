"""Numbers of documents: given once, kept, and remembered in a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.errors import UnreadableError
from woo_anon.publication import numbering

places = st.sets(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=10), max_size=6)


@given(places, places)
def test_a_number_is_kept_and_never_given_twice(first: set[str], later: set[str]) -> None:
    before = numbering.number(first, {})
    after = numbering.number(later, before)
    assert before.items() <= after.items()
    assert set(after) == first | later
    assert len(set(after.values())) == len(after)


def test_documents_are_counted_in_order_of_place() -> None:
    assert numbering.number(["b", "a"], {}) == {"a": "10001", "b": "10002"}


def test_the_number_of_a_document_that_is_gone_is_not_given_again() -> None:
    assert numbering.number(["b"], {"a": "10001"})["b"] == "10002"


def test_a_number_that_somebody_else_gave_is_not_given_again() -> None:
    assert numbering.number(["a", "b"], {"a": "10001"}, taken=["10002", "A7"])["b"] == "10003"


@given(places)
def test_what_is_written_is_read_back(found: set[str]) -> None:
    numbers = numbering.number(found, {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / numbering.FILE_NAME
        path.write_bytes(numbering.as_csv(numbers))
        assert numbering.read(path) == numbers


def test_without_a_file_there_are_no_numbers(tmp_path: Path) -> None:
    assert numbering.read(tmp_path / "none.csv") == {}


@pytest.mark.parametrize(
    "text", ["", "ID\n", "ID,place\n10001\n", "ID,place\nx,a\n", "ID,place\n1,a\n1,b\n", "ID,place\n1,a\n2,a\n"]
)
def test_a_file_that_is_no_list_of_numbers_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "ids.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError):
        numbering.read(tmp_path / "ids.csv")
