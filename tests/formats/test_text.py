"""UTF-8 text: read unchanged, written with labels in brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from woo_anon.document import Action, Decision, Entity, Redaction, Role
from woo_anon.errors import RefusedError, UnreadableError
from woo_anon.formats import recognise
from woo_anon.formats.text import read, replace, write
from woo_anon.spans import Span


def redaction(number: int, start: int, end: int, label: str = "") -> Redaction:
    decision = Decision(
        Span(start, end), Entity.PERSON, Action.REDACT, Role.UNKNOWN, "5.1.2e", label, "rest", 0.9, "test"
    )
    return Redaction(number, decision)


def test_line_ends_and_a_byte_order_mark_stay_as_they_are(tmp_path):
    path = tmp_path / "nota.txt"
    path.write_bytes("\ufeffeen\r\ntwee\n".encode())
    assert read(path).text == "\ufeffeen\r\ntwee\n"


def test_offsets_count_code_points(tmp_path):
    path = tmp_path / "nota.txt"
    path.write_text("😅 Tuğba", encoding="utf-8")
    assert read(path).text[2:7] == "Tuğba"


def test_a_redaction_without_a_ground_reads_persoonsgegeven():
    assert replace("Aan Wytse.", [redaction(1, 4, 9)]) == "Aan [persoonsgegeven]."


def test_a_redaction_with_a_ground_reads_the_ground():
    assert replace("Aan Wytse.", [redaction(1, 4, 9, "5.1.2e")]) == "Aan [5.1.2e]."


def test_neighbouring_redactions_stay_apart():
    assert replace("Wytse Durkje", [redaction(1, 0, 5, "5.1.2e"), redaction(2, 6, 12, "5.1.2e")]) == "[5.1.2e] [5.1.2e]"


def test_writing_gives_the_replaced_text(tmp_path):
    source, target = tmp_path / "nota.txt", tmp_path / "uit.txt"
    source.write_bytes(b"Aan Wytse\r\n")
    write(source, target, read(source), [redaction(1, 4, 9)])
    assert target.read_bytes() == b"Aan [persoonsgegeven]\r\n"


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", "né".encode("utf-16"), b"caf\xe9 zonder utf-8", bytes(range(256))]
)
def test_what_is_no_text_is_not_recognised(tmp_path, content):
    path = tmp_path / "vreemd.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableError):
        recognise(path)


def test_a_character_cut_by_the_end_of_the_head_is_still_text(tmp_path):
    path = tmp_path / "lang.txt"
    path.write_bytes(b"a" * 4095 + "é".encode() * 10)
    assert recognise(path).key == "text"


def test_recognition_is_by_content_and_not_by_suffix(tmp_path):
    path = tmp_path / "nota.txt"
    path.write_bytes(b"%PDF-1.7\n")
    assert recognise(path).key == "pdf"


def test_a_missing_file_is_unreadable(tmp_path):
    with pytest.raises(UnreadableError, match=r"weg\.txt"):
        recognise(tmp_path / "weg.txt")


def test_a_nul_anywhere_is_refused(tmp_path):
    path = tmp_path / "nota.txt"
    path.write_bytes(b"tekst " * 2000 + b"\0Tu\0gba")
    with pytest.raises(UnreadableError, match="NUL"):
        recognise(path).read(path)


def test_a_text_too_large_to_examine_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "nota.txt"
    path.write_bytes(b"tekst " * 1_000_000)
    with pytest.raises(RefusedError, match="larger than"):
        read(path)


@given(st.text(min_size=3, max_size=60), st.data())
def test_all_outside_the_redactions_is_unchanged(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    written = replace(text, [redaction(1, start, end, "5.1.2e")])
    assert written == text[:start] + "[5.1.2e]" + text[end:]
