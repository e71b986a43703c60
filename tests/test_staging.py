"""Placing files: all or none, and nothing left behind."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from woo_anon.errors import OutputError, WooAnonError
from woo_anon.staging import PREFIX, Output, staged, working_copy

pytestmark = pytest.mark.skipif(os.name == "nt", reason="looks at POSIX permissions")
NAMES = ("nota.review.html", "nota.anon.json", "nota.anon.txt")


def outputs(folder: Path) -> tuple[Output, ...]:
    report, log, publication = (folder / name for name in NAMES)
    return Output(report, private=True), Output(log), Output(publication)


def fill(temporary: tuple[Path, ...], text: str = "new") -> None:
    for path in temporary:
        path.write_text(text)


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_all_files_get_their_final_names(tmp_path: Path) -> None:
    with staged(outputs(tmp_path), force=False) as temporary:
        fill(temporary)
    assert listing(tmp_path) == sorted(NAMES)


def test_before_the_end_no_final_name_stands_and_only_the_owner_can_read(tmp_path: Path) -> None:
    with staged(outputs(tmp_path), force=False) as temporary:
        assert not set(NAMES) & set(listing(tmp_path))
        assert {mode(path) for path in temporary} == {0o600}
        fill(temporary)


def test_temporary_files_lie_in_the_final_folder(tmp_path: Path) -> None:
    with staged(outputs(tmp_path), force=False) as temporary:
        assert {path.parent for path in temporary} == {tmp_path}
        fill(temporary)


def test_a_private_file_is_its_owners_and_the_others_follow_the_mask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with staged(outputs(tmp_path), force=False) as temporary:
            fill(temporary)
    finally:
        os.umask(before)
    assert [mode(tmp_path / name) for name in NAMES] == [0o600, 0o640, 0o640]


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_an_exception_leaves_neither_file_nor_new_folder(tmp_path: Path, failure: type[BaseException]) -> None:
    with pytest.raises(failure), staged(outputs(tmp_path / "a" / "b"), force=False) as temporary:
        fill(temporary)
        raise failure
    assert listing(tmp_path) == []


def test_an_exception_leaves_the_older_files_as_they_were(tmp_path: Path) -> None:
    fill(tuple(tmp_path / name for name in NAMES), "old")
    with pytest.raises(RuntimeError), staged(outputs(tmp_path), force=True) as temporary:
        fill(temporary)
        raise RuntimeError
    assert [(tmp_path / name).read_text() for name in NAMES] == ["old"] * 3
    assert listing(tmp_path) == sorted(NAMES)


def test_when_the_last_file_cannot_be_placed_the_first_are_taken_back(tmp_path: Path) -> None:
    (tmp_path / NAMES[0]).write_text("old")
    with pytest.raises(OutputError), staged(outputs(tmp_path), force=True) as temporary:
        fill(temporary)
        (tmp_path / NAMES[2]).mkdir()
        (tmp_path / NAMES[2] / "full").touch()
    assert (tmp_path / NAMES[0]).read_text() == "old"
    assert listing(tmp_path) == sorted([NAMES[0], NAMES[2], "full"])


@pytest.mark.parametrize("name", NAMES)
def test_an_existing_output_is_refused_without_force(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("old")
    with pytest.raises(OutputError, match="exists already"), staged(outputs(tmp_path), force=False):
        pass
    assert listing(tmp_path) == [name]
    assert (tmp_path / name).read_text() == "old"


def test_an_output_that_appears_during_the_work_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(OutputError), staged(outputs(tmp_path), force=False) as temporary:
        fill(temporary)
        (tmp_path / NAMES[1]).write_text("somebody else's")
    assert listing(tmp_path) == [NAMES[1]]
    assert (tmp_path / NAMES[1]).read_text() == "somebody else's"


def test_force_replaces_all_three_and_leaves_no_older_copy(tmp_path: Path) -> None:
    fill(tuple(tmp_path / name for name in NAMES), "old")
    with staged(outputs(tmp_path), force=True) as temporary:
        fill(temporary)
    assert [(tmp_path / name).read_text() for name in NAMES] == ["new"] * 3
    assert listing(tmp_path) == sorted(NAMES)


def test_force_replaces_a_link_and_not_what_it_leads_to(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("kept")
    (tmp_path / NAMES[2]).symlink_to(kept)
    with staged(outputs(tmp_path), force=True) as temporary:
        fill(temporary)
    assert kept.read_text() == "kept"
    assert not (tmp_path / NAMES[2]).is_symlink()


def test_a_file_that_nobody_wrote_to_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WooAnonError, match="nothing was written"), staged(outputs(tmp_path), force=False) as temporary:
        fill(temporary[:2])
    assert listing(tmp_path) == []


def test_a_name_that_is_too_long_is_an_error_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="too long"), staged((Output(tmp_path / ("n" * 256)),), force=False):
        pytest.fail("the work began")
    assert listing(tmp_path) == []


def test_a_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError), staged(outputs(tmp_path / "out"), force=False):
        pytest.fail("the work began")
    assert listing(tmp_path) == ["out"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_an_error_before_the_work(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError), staged(outputs(tmp_path), force=False):
            pytest.fail("the work began")
    finally:
        tmp_path.chmod(0o700)


def test_a_working_copy_is_private_and_gone_in_the_end(tmp_path: Path) -> None:
    with pytest.raises(KeyError), working_copy(tmp_path) as copy:
        copy.write_text("unredacted")
        assert copy.name.startswith(PREFIX)
        assert os.name == "nt" or copy.stat().st_mode & 0o777 == 0o600
        raise KeyError
    assert list(tmp_path.iterdir()) == []
