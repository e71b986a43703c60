"""Finding documents: which files count, and what is told about those that cannot be handled."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from woo_anon.discover import discover
from woo_anon.errors import RefusedError, UnreadableError


def text(path: Path, content: str = "Een nota.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def names(*inputs: Path, skip: Path | None = None) -> list[str]:
    return [source.name for source in discover(inputs, skip)]


def test_a_folder_is_read_with_all_below_it_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c/d.txt", "a.txt"):
        text(tmp_path / name)
    assert names(tmp_path) == ["a.txt", "b.txt", "a/z.txt", "a/c/d.txt"]


@pytest.mark.parametrize(
    "name",
    ["nota.anon.txt", "nota.anon.json", "nota.review.html", "x.woo/internal/a.txt", ".woo-anon-0011223344556677.txt",
     ".hidden", ".git/config", "~$nota.docx", "Thumbs.db"],
)  # fmt: skip
def test_outputs_of_ours_and_files_that_are_no_documents_are_left_out_of_a_folder(tmp_path: Path, name: str) -> None:
    text(tmp_path / "nota.txt")
    text(tmp_path / name)
    assert names(tmp_path) == ["nota.txt"]


def test_the_output_folder_is_left_out(tmp_path: Path) -> None:
    text(tmp_path / "nota.txt")
    text(tmp_path / "out" / "publication" / "other.txt")
    assert names(tmp_path, skip=tmp_path / "out") == ["nota.txt"]


def test_a_file_that_is_named_counts_whatever_its_name(tmp_path: Path) -> None:
    assert names(text(tmp_path / ".hidden")) == [".hidden"]


def test_a_document_given_twice_is_handled_once(tmp_path: Path) -> None:
    nota = text(tmp_path / "nota.txt")
    assert names(nota, tmp_path, nota, tmp_path / "." / "nota.txt") == ["nota.txt"]


def test_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    (tmp_path / "nota.txt").write_bytes(b"%PDF-1.7\n")
    text(tmp_path / "nota.pdf")
    assert {source.name: source.suffixes for source in discover([tmp_path])} == {
        "nota.txt": (".pdf",),
        "nota.pdf": (".txt",),
    }


@pytest.mark.parametrize("content", [b"", b"\0\1\2\3" * 99, "tekst".encode("utf-16")])
def test_a_file_of_no_known_format_stands_in_the_result_with_its_failure(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd").write_bytes(content)
    (source,) = discover([tmp_path])
    assert isinstance(source.failure, UnreadableError)
    assert source.suffixes == ()


def test_a_missing_file_stands_in_the_result_with_its_failure(tmp_path: Path) -> None:
    (source,) = discover([tmp_path / "none.pdf"])
    assert isinstance(source.failure, UnreadableError)


def test_a_name_that_is_too_long_for_the_system_is_a_failure(tmp_path: Path) -> None:
    (source,) = discover([tmp_path / ("n" * 300)])
    assert isinstance(source.failure, UnreadableError)


def test_a_folder_without_documents_is_an_error(tmp_path: Path) -> None:
    text(tmp_path / ".hidden")
    with pytest.raises(UnreadableError, match="no documents"):
        discover([tmp_path])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (source,) = discover([tmp_path])
    assert isinstance(source.failure, UnreadableError)


def test_a_link_to_a_folder_that_is_read_anyway_ends_there(tmp_path: Path) -> None:
    text(tmp_path / "a" / "nota.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert names(tmp_path) == ["a/nota.txt"]


def test_a_link_to_a_folder_elsewhere_is_told_and_not_followed(tmp_path: Path) -> None:
    text(tmp_path / "in" / "nota.txt")
    text(tmp_path / "elsewhere" / "secret.txt")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "elsewhere")
    failures = {source.name: type(source.failure) for source in discover([tmp_path / "in"])}
    assert failures == {"link": RefusedError, "nota.txt": type(None)}


def test_a_link_that_leads_to_itself_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (source,) = discover([tmp_path])
    assert isinstance(source.failure, UnreadableError)


def test_a_link_to_a_file_is_read_under_its_own_name(tmp_path: Path) -> None:
    text(tmp_path / "elsewhere" / "nota.txt")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "elsewhere" / "nota.txt")
    (source,) = discover([tmp_path / "in"])
    assert (source.name, source.failure) == ("link.txt", None)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_a_failure_in_the_result(tmp_path: Path) -> None:
    text(tmp_path / "closed" / "nota.txt")
    (tmp_path / "closed").chmod(0)
    try:
        (source,) = discover([tmp_path])
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert isinstance(source.failure, UnreadableError)
